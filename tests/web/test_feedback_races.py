"""Several processes at once on one report and one case, on a database of their own."""

from __future__ import annotations

from tests import processes
from tests.processes import OwnDatabase

PREPARE = """
from tests import factories
from dodem.access.roles import Role
factories.user(role=Role.OFFICER, unit=factories.SAI_GON, username="can-bo")
"""
SEND = """
from tests.web.feedback_cases import receive
print(receive(submission="cung-mot-bieu-mau-0001").report.code)
"""
ANSWER = """
from datetime import timedelta
from dodem.access.models import User
from dodem.feedback import actions
from dodem.feedback.models import Case
from dodem.feedback.workflow import InvalidMove
from tests.factories import NOON
officer = User.objects.get(username="can-bo")
try:
    actions.answer_case(
        case=Case.objects.get(), note="Đã xong.", record_number="1", by=officer, at=NOON + timedelta(days=1)
    )
    print("answered")
except InvalidMove:
    print("refused")
"""
LOOK = """
from dodem.audit.models import Event
from dodem.feedback.models import Case, CaseStep, Report
print(Report.objects.count(), Case.objects.count(), CaseStep.objects.filter(kind="answered").count())
print(Event.objects.filter(object_type="case").count())
"""


def at_once(database: OwnDatabase, script: str, *, times: int) -> list[str]:
    """What each of several processes said that ran the script side by side."""
    started = [database.start(script) for _ in range(times)]
    return [processes.finish(process).strip() for process in started]


def test_one_form_sent_from_four_processes_at_once_is_one_report_and_one_answer_wins(
    own_database: OwnDatabase,
) -> None:
    own_database.run(PREPARE)
    codes = at_once(own_database, SEND, times=4)
    assert len(set(codes)) == 1
    assert sorted(at_once(own_database, ANSWER, times=3)) == ["answered", "refused", "refused"]
    reports_cases_answers, events = own_database.run(LOOK).strip().splitlines()
    assert reports_cases_answers == "1 1 1"
    assert events == "2"
