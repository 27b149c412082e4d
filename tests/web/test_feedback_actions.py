"""What is done to reports and cases: each act is one event and leaves the case where it should."""

from __future__ import annotations

import itertools
import random
from datetime import date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage

from dodem.access.models import User
from dodem.access.roles import Role
from dodem.audit.kinds import Kind as Event
from dodem.audit.models import Event as Entry
from dodem.feedback import actions, catalogue, codes, photo_files, workflow
from dodem.feedback.actions import ActionRefused
from dodem.feedback.kinds import DeclineReason, LegalTrack
from dodem.feedback.models import Case, CaseStep, Photo, Report, Sender
from dodem.feedback.workflow import InvalidMove, State, Step
from tests import factories
from tests.factories import BEN_THANH, CITY, HEALTH, NOON, SAI_GON
from tests.web.feedback_cases import a_case, a_photo, answered, receive

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def officer() -> User:
    return factories.user(role=Role.OFFICER, unit=SAI_GON)


def events_of(case: Case) -> list[str]:
    found = Entry.objects.filter(object_type="case", object_key=case.code).order_by("number")
    return list(found.values_list("kind", flat=True))


# Receiving ---------------------------------------------------------------------------------------


def test_a_report_opens_a_case_with_the_unit_chosen_and_its_clock_runs() -> None:
    report = receive(name="Trần Thị Minh", phone="+84912345678").report
    case = report.case
    assert (case.code, case.unit.code, case.routed_at) == (report.code, SAI_GON, NOON)
    assert case.due_on == case.current_due_on == date(2026, 11, 25)
    assert case.state_at(NOON) == State.IN_PROGRESS
    assert events_of(case) == [Event.REPORT_RECEIVED]
    assert report.sender.phone == "+84912345678"


def test_an_old_address_is_routed_to_the_unit_of_today_and_says_why() -> None:
    report = receive(unit_code=None, address="45 Đồng Khởi, P. Bến Nghé, Quận 1").report
    assert report.case.unit.code == SAI_GON
    assert "Bến Nghé" in report.basis_words


def test_a_report_nobody_can_place_waits_at_the_citys_desk() -> None:
    case = receive(unit_code=None, address="12 đường số 8").report.case
    assert (case.unit.code, case.at_desk, case.routed_at) == (CITY, True, None)
    assert case.state_at(NOON) == State.AT_DESK


def test_the_same_form_sent_twice_makes_one_report_with_the_same_secret() -> None:
    first = receive(submission="gui-hai-lan-0123456789")
    again = receive(submission="gui-hai-lan-0123456789", text="Nội dung khác hẳn lần đầu.")
    assert again.is_repeat
    assert not first.is_repeat
    assert (again.report.pk, again.secret) == (first.report.pk, first.secret)
    assert Report.objects.count() == Case.objects.count() == 1
    assert len(events_of(first.report.case)) == 1


def test_a_code_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = receive().report.code
    drawn = iter([taken, taken, "PA-2611-WXYZ"])
    monkeypatch.setattr(codes, "new_code", lambda on: next(drawn))
    assert receive().report.code == "PA-2611-WXYZ"
    assert Case.objects.count() == 2


def test_neither_the_secret_nor_the_form_can_be_read_from_the_database() -> None:
    received = receive(submission="bieu-mau-0123456789abc")
    row = Report.objects.filter(pk=received.report.pk).values().get()
    stored = " ".join(str(value) for value in row.values())
    assert received.secret not in stored
    assert "bieu-mau" not in stored
    assert row["secret_digest"] == codes.digest(received.secret)


def test_nothing_of_a_sender_reaches_the_ledger(officer: User) -> None:
    received = receive(name="Trần Thị Minh", phone="+84912345678", address="Hẻm 120 đường số 8")
    actions.add_information(report=received.report, text="Gọi tôi số 0912345678", at=NOON)
    actions.withdraw_report(report=received.report, at=NOON)
    written = " ".join(Entry.objects.values_list("data", flat=True))
    assert not [word for word in ("Minh", "912345678", "120", "ngập") if word in written]


# Officers ----------------------------------------------------------------------------------------


def test_an_answer_closes_the_clock_and_waits_for_the_citizen(officer: User) -> None:
    case = a_case()
    case = actions.answer_case(case=case, note="Đã nạo vét.", photos=[a_photo()], by=officer, at=NOON + DAY)
    assert case.state_at(NOON + DAY) == State.AWAITING_CITIZEN
    assert case.first_answered_at == case.answered_at == NOON + DAY
    assert default_storage.exists(Photo.objects.get(step__case=case).path)
    assert events_of(case) == [Event.REPORT_RECEIVED, Event.CASE_ANSWERED]


def test_answering_twice_is_refused_and_leaves_one_event(officer: User) -> None:
    case = a_case()
    actions.answer_case(case=case, note="Đã nạo vét.", record_number="12/BB", by=officer, at=NOON)
    with pytest.raises(InvalidMove):
        actions.answer_case(case=case, note="Đã nạo vét.", record_number="12/BB", by=officer, at=NOON)
    assert events_of(case).count(Event.CASE_ANSWERED) == 1


def test_what_can_be_seen_on_the_spot_is_not_done_without_proof(officer: User) -> None:
    with pytest.raises(ActionRefused, match="ảnh"):
        actions.answer_case(case=a_case(category="flooding"), note="Đã xong.", by=officer, at=NOON)
    paperwork = a_case(category="paperwork")
    assert actions.answer_case(case=paperwork, note="Đã trả kết quả.", by=officer, at=NOON).answered_at


def test_news_past_the_day_promised_needs_a_new_day_and_leaves_the_old_one(officer: User) -> None:
    case = a_case()
    late = NOON + 10 * DAY
    with pytest.raises(ActionRefused, match="hẹn"):
        actions.post_progress(case=case, note="Đang chờ vật tư.", promised_on=None, by=officer, at=late)
    after = actions.post_progress(
        case=case, note="Đang chờ vật tư.", promised_on=date(2026, 12, 5), by=officer, at=late
    )
    assert after.current_due_on == case.due_on
    assert after.state_at(late) == State.IN_PROGRESS


def test_a_transferred_case_keeps_its_day_and_loses_its_officer(officer: User) -> None:
    case = actions.assign_case(case=a_case(), to=officer, by=officer, at=NOON)
    assert case.assignee == officer
    target = factories.unit(BEN_THANH)
    moved = actions.transfer_case(case=case, to=target, reason="Thuộc Bến Thành.", by=officer, at=NOON + DAY)
    assert (moved.unit, moved.assignee, moved.due_on, moved.transfers) == (target, None, case.due_on, 1)
    assert moved.routed_at == NOON
    assert events_of(case)[-1] == Event.CASE_TRANSFERRED


def test_a_case_can_go_to_a_department_or_back_to_the_desk_but_not_to_a_group(officer: User) -> None:
    health = factories.unit(HEALTH)
    assert actions.transfer_case(case=a_case(), to=health, reason="Y tế.", by=officer, at=NOON).unit == health
    back = actions.transfer_case(case=a_case(), to=None, reason="Không rõ.", by=officer, at=NOON)
    assert (back.unit.code, back.state_at(NOON)) == (CITY, State.AT_DESK)
    for refused in (factories.unit(factories.DEPARTMENTS), factories.unit(SAI_GON)):
        with pytest.raises(ActionRefused):
            actions.transfer_case(case=a_case(), to=refused, reason="Thử.", by=officer, at=NOON)


def test_the_desk_routes_by_hand_and_the_first_routing_is_not_a_transfer() -> None:
    office = factories.user(role=Role.STANDING_OFFICE)
    case = receive(unit_code=None, address="").report.case
    routed = actions.transfer_case(
        case=case, to=factories.unit(SAI_GON), reason="Ảnh chụp ở đây.", by=office, at=NOON + DAY
    )
    assert (routed.transfers, routed.routed_at) == (0, NOON + DAY)
    assert events_of(case)[-1] == Event.CASE_ROUTED


def test_joined_cases_become_one_with_the_earliest_day_and_all_reports(officer: User) -> None:
    later, first = a_case(at=NOON + 2 * DAY), a_case(at=NOON)
    joined = actions.join_cases(cases=[later, first], by=officer, at=NOON + 3 * DAY)
    assert (joined.code, joined.due_on, joined.reports.count()) == (first.code, first.due_on, 2)
    later.refresh_from_db()
    assert (later.state_at(NOON + 3 * DAY), later.joined_into) == (State.JOINED, first)
    assert events_of(first) == [Event.REPORT_RECEIVED, Event.CASE_JOINED]


def test_cases_of_two_units_are_not_joined(officer: User) -> None:
    with pytest.raises(ActionRefused, match="cùng một đơn vị"):
        actions.join_cases(cases=[a_case(), a_case(unit_code=BEN_THANH)], by=officer, at=NOON)
    assert not Case.objects.filter(joined_at__isnull=False).exists()


def test_a_sender_whose_case_was_joined_speaks_to_the_case_that_stayed(officer: User) -> None:
    first, second = receive(at=NOON), receive(at=NOON + DAY)
    stale = Report.objects.select_related("case").get(pk=second.report.pk)
    actions.join_cases(cases=[first.report.case, second.report.case], by=officer, at=NOON + DAY)
    case = actions.add_information(report=stale, text="Hôm nay vẫn ngập.", at=NOON + 2 * DAY)
    assert case.code == first.report.code


def test_only_who_may_answer_at_the_unit_is_given_a_case(officer: User) -> None:
    stranger = factories.user(role=Role.OFFICER, unit=BEN_THANH)
    with pytest.raises(ActionRefused):
        actions.assign_case(case=a_case(), to=stranger, by=officer, at=NOON)


def test_a_complaint_in_the_sense_of_the_law_leaves_the_track(officer: User) -> None:
    case = actions.refer_case(
        case=a_case(),
        track=LegalTrack.COMPLAINT,
        note="Nộp đơn tại bộ phận tiếp công dân.",
        by=officer,
        at=NOON,
    )
    assert case.state_at(NOON) == State.REFERRED
    with pytest.raises(InvalidMove):
        actions.answer_case(case=case, note="Trả lời.", record_number="1", by=officer, at=NOON)


# Citizens ----------------------------------------------------------------------------------------


def test_each_sender_rates_an_answer_once(officer: User) -> None:
    received = answered(by=officer)
    actions.rate_case(report=received.report, rating=2, comment="", at=NOON + 2 * DAY)
    with pytest.raises(InvalidMove, match="đã chấm"):
        actions.rate_case(report=received.report, rating=5, comment="", at=NOON + 2 * DAY)
    case = Case.objects.get(pk=received.report.case_id)
    assert (case.rating, case.steps.filter(kind=Step.RATED).count()) == (2, 1)
    assert events_of(case).count(Event.CASE_RATED) == 1


def test_a_reopened_case_gets_a_second_day_beside_the_first(officer: User) -> None:
    received = answered(by=officer)
    case = actions.reopen_case(report=received.report, note="Vẫn ngập như cũ.", at=NOON + 3 * DAY)
    assert case.state_at(NOON + 3 * DAY) == State.IN_PROGRESS
    assert case.due_on == date(2026, 11, 25)
    assert case.current_due_on == date(2026, 11, 30)  # the fifth day is a Saturday
    assert case.first_answered_at == NOON + DAY


def test_after_the_days_to_judge_nothing_can_be_reopened(officer: User) -> None:
    received = answered(by=officer)
    over = NOON + DAY + timedelta(days=catalogue.clocks().days_to_reopen)
    with pytest.raises(InvalidMove):
        actions.reopen_case(report=received.report, note="Vẫn ngập.", at=over)
    with pytest.raises(InvalidMove):
        actions.rate_case(report=received.report, rating=1, comment="", at=over)


def test_a_withdrawn_report_loses_its_sender_and_ends_a_case_nobody_else_reports() -> None:
    received = receive(name="Trần Thị Minh", phone="+84912345678")
    case = actions.withdraw_report(report=received.report, at=NOON + DAY)
    assert case.state_at(NOON + DAY) == State.WITHDRAWN
    assert not Sender.objects.exists()
    with pytest.raises(InvalidMove):
        actions.withdraw_report(report=received.report, at=NOON + DAY)


def test_a_case_others_report_goes_on_when_one_of_them_withdraws(officer: User) -> None:
    first, second = receive(), receive()
    actions.join_cases(cases=[first.report.case, second.report.case], by=officer, at=NOON)
    case = actions.withdraw_report(report=second.report, at=NOON + DAY)
    assert case.state_at(NOON + DAY) == State.IN_PROGRESS


# Photos of a form ----------------------------------------------------------------------------------


def test_photos_of_a_form_are_kept_until_it_is_sent_and_forgotten_when_it_never_is() -> None:
    sent, never = codes.digest("gui-duoc-0123456789abc"), codes.digest("bo-do-0123456789abcdef")
    for digest in (sent, never):
        photo_files.stage(submission_digest=digest, photos=[a_photo(), a_photo()], drop=[], at=NOON)
    report = receive(submission="gui-duoc-0123456789abc").report
    assert report.photos.count() == 1  # the same photo twice is one
    assert actions.discard_abandoned(before=NOON) == 0
    assert actions.discard_abandoned(before=NOON + DAY) == 1
    assert default_storage.exists(report.photos.get().path)


# The standing --------------------------------------------------------------------------------------


def wander(case: Case, report: Report, *, officer: User, seed: int) -> datetime:
    """Do a dozen random things to a case, those that are refused left out; the moment of the last."""
    chance = random.Random(seed)
    clock = itertools.accumulate(itertools.repeat(timedelta(hours=20)), initial=NOON)
    moves = {
        "answer": lambda at: actions.answer_case(
            case=case, note="Xong.", record_number="1", by=officer, at=at
        ),
        "decline": lambda at: actions.decline_case(
            case=case, reason=DeclineReason.NOT_VERIFIABLE, note="Không rõ chỗ.", by=officer, at=at
        ),
        "progress": lambda at: actions.post_progress(
            case=case, note="Đang làm.", promised_on=date(2027, 1, 4), by=officer, at=at
        ),
        "rate": lambda at: actions.rate_case(report=report, rating=chance.randint(1, 5), comment="", at=at),
        "reopen": lambda at: actions.reopen_case(report=report, note="Chưa được.", at=at),
        "inform": lambda at: actions.add_information(report=report, text="Thêm nữa.", at=at),
        "complain": lambda at: actions.note_complaint(case=case, note="Đơn 5", by=officer, at=at),
        "wait": lambda at: next(clock),
    }
    at = NOON
    for name in chance.choices([*moves, "answer", "reopen"], k=12):
        at = next(clock)
        try:
            moves[name](at)
        except InvalidMove:
            continue
    return at


@pytest.mark.parametrize("seed", range(12))
def test_the_row_of_a_case_is_what_its_steps_make_of_it_and_sql_says_the_same_state(
    seed: int, officer: User
) -> None:
    report = receive().report
    at = wander(report.case, report, officer=officer, seed=seed)
    case = Case.objects.get(pk=report.case_id)
    assert case.standing == workflow.replay(CaseStep.objects.filter(case=case))
    for moment in (NOON, at, at + 3 * DAY, at + 30 * DAY):
        annotated = Case.objects.with_state(at=moment).get(pk=case.pk)
        assert annotated.state == case.state_at(moment)  # type: ignore[attr-defined]


@pytest.mark.parametrize("state", list(State))
def test_sql_and_the_pure_function_agree_on_every_state(state: State, officer: User) -> None:
    case = a_case()
    match state:
        case State.AT_DESK:
            actions.transfer_case(case=case, to=None, reason="?", by=officer, at=NOON)
        case State.AWAITING_CITIZEN | State.CLOSED:
            actions.answer_case(case=case, note="Xong.", record_number="1", by=officer, at=NOON)
        case State.REFERRED:
            actions.refer_case(case=case, track=LegalTrack.COMPLAINT, note="Nộp đơn.", by=officer, at=NOON)
        case State.WITHDRAWN:
            actions.withdraw_report(report=case.reports.get(), at=NOON)
        case State.JOINED:
            actions.join_cases(cases=[case, a_case(at=NOON - DAY)], by=officer, at=NOON)
    days = catalogue.clocks().days_to_reopen if state == State.CLOSED else 0
    moment = NOON + timedelta(days=days)
    found = Case.objects.with_state(at=moment).get(pk=case.pk)
    assert found.state == found.state_at(moment) == state  # type: ignore[attr-defined]
