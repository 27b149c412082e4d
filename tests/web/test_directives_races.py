"""Two people press at the same moment, in two processes on one database."""

from __future__ import annotations

import pytest

from tests import processes

PREPARE = """
from tests.web import walk_two
paper = walk_two.paper()
print(paper.drafts.order_by("start").first().pk)
"""
CONFIRM = """
import sys
from django.utils import timezone
from dodem.directives import actions
from dodem.directives.models import Draft
try:
    print(actions.confirm_draft(draft=Draft.objects.get(pk=sys.argv[1]), by=None, at=timezone.now()).code)
except actions.DraftSettled:
    print("settled")
"""
ASSIGN = """
from django.utils import timezone
from dodem.directives import actions
from tests import factories
for n in range(15):
    actions.assign_task(title="Việc", lead_unit=factories.unit(factories.HEALTH), by=None, at=timezone.now())
"""
NUMBERS = """
from dodem.audit.models import Event
from dodem.directives.models import Task
print(sorted(Task.objects.values_list("number", flat=True)) == list(range(1, 46)), Event.objects.filter(kind="task.assigned").count())
"""  # noqa: E501


@pytest.mark.process
def test_a_draft_that_two_people_confirm_at_once_becomes_one_task(own_database):
    draft = own_database.run(PREPARE).split()[-1]

    started = [own_database.start(CONFIRM, draft) for _ in range(3)]
    said = sorted(processes.finish(process).split()[-1] for process in started)

    assert said[0].startswith("NV-")
    assert said[1:] == ["settled", "settled"]


@pytest.mark.process
def test_tasks_assigned_at_once_get_numbers_without_gap_or_repeat(own_database):
    started = [own_database.start(ASSIGN) for _ in range(3)]
    for process in started:
        processes.finish(process)

    assert own_database.run(NUMBERS).split()[-2:] == ["True", "45"]
