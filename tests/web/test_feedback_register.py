"""What other parts of the centre read of the cases: the register, a unit's summary, what needs a decision."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from dodem.access.models import User
from dodem.access.roles import Permission, Role
from dodem.access.rules import can
from dodem.feedback import actions, queries
from dodem.feedback.kinds import DeclineReason, LegalTrack
from tests import factories
from tests.factories import BEN_THANH, CITY, NOON, SAI_GON
from tests.web.feedback_cases import a_case, answered, receive

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 11, 20)


@pytest.fixture
def officer() -> User:
    return factories.user(role=Role.OFFICER, unit=SAI_GON)


def rows(*, as_of: Any = NOON + 30 * DAY) -> dict[str, dict[str, Any]]:
    return {str(row["case_code"]): row for row in queries.register_rows(as_of=as_of)}


def test_a_row_tells_what_the_indicators_need_and_nothing_of_the_sender(officer: User) -> None:
    received = answered(by=officer, name="Trần Thị Hoạ Mi", phone="+84912345678")
    actions.rate_case(report=received.report, rating=2, comment="Còn bùn", at=NOON + 2 * DAY)
    code = received.report.code
    assert rows()[code] == {
        "case_code": code,
        "unit_code": SAI_GON,
        "category": "flooding",
        "channel": "web",
        "received_at": NOON,
        "routed_at": NOON,
        "due_on": date(2026, 11, 25),
        "answered_on": date(2026, 11, 21),
        "rating": 2,
        "reopened": False,
        "complained": False,
        "is_within_authority": True,
    }


def test_the_rows_of_an_earlier_moment_do_not_know_what_came_after(officer: User) -> None:
    case = a_case()
    moved = actions.transfer_case(
        case=case, to=factories.unit(BEN_THANH), reason="Ở đó.", by=officer, at=NOON + DAY
    )
    actions.answer_case(case=moved, note="Đã xong.", record_number="1", by=officer, at=NOON + 2 * DAY)
    before, between, after = (rows(as_of=NOON + n * DAY / 2)[case.code] for n in (1, 3, 5))
    assert (before["unit_code"], before["answered_on"]) == (SAI_GON, None)
    assert (between["unit_code"], between["answered_on"]) == (BEN_THANH, None)
    assert after["answered_on"] == date(2026, 11, 22)
    assert rows(as_of=NOON - DAY) == {}


def test_reopening_keeps_the_first_answer_and_is_told_apart(officer: User) -> None:
    received = answered(by=officer)
    actions.reopen_case(report=received.report, note="Vẫn ngập như cũ.", at=NOON + 3 * DAY)
    row = rows()[received.report.code]
    assert (row["answered_on"], row["due_on"], row["reopened"]) == (
        date(2026, 11, 21),
        date(2026, 11, 25),
        True,
    )


def test_what_is_not_ours_to_settle_is_outside_authority(officer: User) -> None:
    outside, unclear, referred = a_case(), a_case(), a_case()
    withdrawn = receive()
    actions.decline_case(
        case=outside, reason=DeclineReason.OUTSIDE_AUTHORITY, note="Của tỉnh khác.", by=officer, at=NOON
    )
    actions.decline_case(
        case=unclear, reason=DeclineReason.NOT_VERIFIABLE, note="Không rõ chỗ.", by=officer, at=NOON
    )
    actions.refer_case(case=referred, track=LegalTrack.COMPLAINT, note="Nộp đơn.", by=officer, at=NOON)
    actions.withdraw_report(report=withdrawn.report, at=NOON)
    within = {code for code, row in rows().items() if row["is_within_authority"]}
    assert within == {unclear.code}


def test_a_joined_case_is_one_row_and_a_case_at_the_desk_is_the_citys(officer: User) -> None:
    first, second, desk = a_case(), a_case(at=NOON + DAY), a_case(unit_code=None, address="")
    actions.join_cases(cases=[first, second], by=officer, at=NOON + 2 * DAY)
    assert set(rows()) == {first.code, desk.code}
    assert rows()[desk.code]["unit_code"] == CITY
    assert set(rows(as_of=NOON + DAY)) == {first.code, second.code, desk.code}


def test_rows_of_many_cases_come_in_chunks(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(queries, "CHUNK", 4)
    made = {a_case().code for _ in range(10)}
    with django_assert_num_queries(
        7
    ):  # 4, 4 and 2 cases, each with its steps, and the look that finds no more
        assert set(rows()) == made


def test_a_complaint_is_told(officer: User) -> None:
    received = answered(by=officer)
    actions.note_complaint(case=received.report.case, note="Đơn số 5", by=officer, at=NOON + 2 * DAY)
    assert rows()[received.report.code]["complained"]


def test_a_units_summary_counts_its_cases_on_a_day(officer: User, django_assert_num_queries: Any) -> None:
    a_case(at=NOON - 10 * DAY)
    a_case(at=NOON - 5 * DAY)
    a_case(at=NOON, unit_code=BEN_THANH)
    answered(by=officer, at=NOON - 3 * DAY)
    answered(by=officer, at=NOON - 20 * DAY, after=10 * DAY)
    unit = factories.unit(SAI_GON)
    with django_assert_num_queries(1):
        summary = queries.of_unit(unit, on=TODAY)
    assert (summary.open, summary.overdue, summary.due_soon) == (2, 1, 1)
    assert (summary.answered, summary.in_time) == (2, 1)


def test_what_needs_a_decision_is_the_longest_overdue_first_and_only_what_one_may_see(
    officer: User, django_assert_num_queries: Any
) -> None:
    today = timezone.localdate()
    now = timezone.now()
    late, later = a_case(at=now - 20 * DAY), a_case(at=now - 30 * DAY)
    a_case(at=now)
    a_case(at=now - 40 * DAY, unit_code=BEN_THANH)
    actions.assign_case(case=late, to=officer, by=officer, at=now)
    assert can(officer, Permission.CASE_SEE)  # the grants are read once and kept with the person
    with django_assert_num_queries(1):
        needed = queries.need_decision(officer, on=today)
    assert [decision.code for decision in needed] == [later.code, late.code]
    assert needed[0].days > needed[1].days > 0
    assert needed[0].shape == "late"
    assert needed[0].owner == "Phường Sài Gòn"


def test_a_case_passed_from_unit_to_unit_asks_who_is_responsible(officer: User) -> None:
    now = timezone.now()
    case = a_case(at=now)
    for code in (BEN_THANH, SAI_GON, BEN_THANH):
        case = actions.transfer_case(case=case, to=factories.unit(code), reason="?", by=officer, at=now)
    leader = factories.user(role=Role.LEADER)
    (needed,) = queries.need_decision(leader, on=timezone.localdate())
    assert needed.reason == "passed_around"
    assert "3 lần" in needed.ask
