"""What happens to a task from assignment to its end, and what others read of it."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO

import pytest
from django.conf import settings

from dodem.access.roles import Permission, Role
from dodem.access.rules import can
from dodem.audit.models import Event
from dodem.directives import actions, queries
from dodem.directives.actions import Proof
from dodem.directives.files import FileRefused, path_of
from dodem.directives.models import Task, Update
from dodem.directives.workflow import InvalidMove, Stage
from tests import factories
from tests.web import walk_two
from tests.web.walk_two import days_later

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n" + b"bien ban nghiem thu " * 40


def proof(content: bytes = PDF, name: str = "biên bản.pdf") -> Proof:
    return Proof(name, BytesIO(content), len(content))


def stage_of(task: Task, *, days: int = 30) -> Stage:
    return Task.objects.get(pk=task.pk).state(on=days_later(days).date()).stage


def test_numbers_run_without_gaps_and_start_again_each_year():
    codes = [walk_two.task().code, walk_two.task().code, walk_two.task(at=days_later(100)).code]

    assert codes == ["NV-2026-0001", "NV-2026-0002", "NV-2027-0001"]


def test_a_task_walks_from_assignment_to_a_verified_end_with_one_event_a_step():
    task, officer, office = walk_two.task(), walk_two.officer(), walk_two.reviewer()

    actions.start_task(task=task, by=officer, at=days_later(1))
    actions.post_update(task=task, note="Đã họp", percent=40, by=officer, at=days_later(2))
    actions.report_done(task=task, note="Đã xong", proofs=[proof()], by=officer, at=days_later(20))
    actions.close_task(task=task, by=office, at=days_later(40))

    state = task.state(on=days_later(40).date())
    assert (state.stage, state.completed_on) == (Stage.DONE, days_later(20).date())
    assert list(Event.objects.filter(object_key=task.code).values_list("kind", flat=True)) == [
        "task.assigned",
        "task.started",
        "task.updated",
        "task.reported",
        "task.closed",
    ]


def test_closing_a_task_twice_is_refused_and_leaves_one_event():
    task = walk_two.task()
    actions.report_done(task=task, note="Đã xong", by=None, at=days_later(1))
    actions.close_task(task=task, by=None, at=days_later(2))

    with pytest.raises(InvalidMove):
        actions.close_task(task=task, by=None, at=days_later(3))

    assert Event.objects.filter(object_key=task.code, kind="task.closed").count() == 1


def test_a_returned_report_says_why_and_can_be_followed_by_another():
    task = walk_two.task()
    actions.report_done(task=task, note="Đã xong", by=None, at=days_later(1))

    with pytest.raises(actions.NoReason):
        actions.return_task(task=task, reason="  ", by=None, at=days_later(2))
    actions.return_task(task=task, reason="Thiếu biên bản", by=None, at=days_later(2))
    assert stage_of(task) == Stage.IN_PROGRESS
    actions.report_done(task=task, note="Đã bổ sung", by=None, at=days_later(3))

    assert stage_of(task) == Stage.AWAITING


def test_a_second_report_waits_until_the_first_is_answered():
    task = walk_two.task()
    actions.report_done(task=task, note="Đã xong", by=None, at=days_later(1))

    with pytest.raises(InvalidMove):
        actions.report_done(task=task, note="Lại xong", by=None, at=days_later(2))


def test_evidence_is_kept_byte_for_byte_under_its_hash():
    task = walk_two.task()

    update = actions.post_update(task=task, note="", proofs=[proof(), proof()], by=None, at=days_later(1))

    first, second = update.evidence.all()
    assert first.sha256 == second.sha256 == hashlib.sha256(PDF).hexdigest()
    assert path_of(first.sha256).read_bytes() == PDF
    assert (first.media_type, first.name, first.size) == ("application/pdf", "biên bản.pdf", len(PDF))


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90\x00 this is a program", "bien-ban.pdf", "không phải PDF"),
        (b"", "trong.pdf", "trống"),
        (b"PK\x03\x04 not really a zip", "so.xlsx", "không phải PDF"),
        (b"<script>alert(1)</script>", "anh.png", "không phải PDF"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_and_so_is_its_update(content, name, words):
    task = walk_two.task()

    with pytest.raises(FileRefused, match=words):
        actions.post_update(
            task=task, note="Kèm tệp", proofs=[proof(content, name)], by=None, at=days_later(1)
        )

    assert not Update.objects.exists()
    assert stage_of(task) == Stage.NOT_STARTED


def test_a_file_over_the_limit_is_refused():
    task = walk_two.task()
    large = Proof("lon.pdf", BytesIO(PDF), settings.DODEM_MAX_EVIDENCE + 1)

    with pytest.raises(FileRefused, match="20 MB"):
        actions.post_update(task=task, note="", proofs=[large], by=None, at=days_later(1))


def test_reassigning_moves_the_work_and_keeps_the_deadline():
    task = walk_two.task(helpers=(factories.FINANCE,))

    actions.reassign_task(
        task=task, to=factories.unit(factories.FINANCE), reason="Đúng chức năng", by=None, at=days_later(1)
    )

    task.refresh_from_db()
    assert (task.lead_unit.code, task.due_on) == (factories.FINANCE, date(2026, 11, 30))
    assert not task.coordinating.exists()


def test_a_withdrawn_task_leaves_every_count_but_its_own():
    task = walk_two.task()

    actions.withdraw_task(task=task, reason="Trùng việc", by=None, at=days_later(1))

    counts = queries.count_states(Task.objects.with_state(on=days_later(1).date()))
    assert (counts.total, counts.withdrawn) == (0, 1)
    with pytest.raises(InvalidMove):
        actions.post_update(task=task, note="Vẫn làm", by=None, at=days_later(2))


def test_an_officer_sees_led_and_helped_tasks_and_no_other():
    officer = factories.user(role=Role.OFFICER, unit=factories.SAI_GON)
    led = walk_two.task(unit=factories.SAI_GON)
    helped = walk_two.task(helpers=(factories.SAI_GON,))
    by_group = walk_two.task(helpers=(factories.COMMUNE_LEVEL,))
    other = walk_two.task(unit=factories.BEN_THANH)
    of_departments = walk_two.task(helpers=(factories.DEPARTMENTS,))

    seen = set(Task.objects.visible_to(officer))

    assert seen == {led, helped, by_group}
    for task in (led, helped, by_group, other, of_departments):
        verdict = can(officer, Permission.TASK_SEE, task.guarding_units(Permission.TASK_SEE))
        assert bool(verdict) == (task in seen)


def test_helping_does_not_let_a_unit_update():
    officer = factories.user(role=Role.OFFICER, unit=factories.SAI_GON)
    helped = walk_two.task(helpers=(factories.SAI_GON,))

    assert not can(officer, Permission.TASK_UPDATE, helped.guarding_units(Permission.TASK_UPDATE))


def test_the_register_tells_the_day_of_the_accepted_report_and_only_once_it_was_accepted():
    task = walk_two.task(programme="NQ57")
    actions.report_done(task=task, note="Đã xong", proofs=[proof()], by=None, at=days_later(5))
    actions.close_task(task=task, by=None, at=days_later(9))

    before = list(queries.register_rows(as_of=days_later(8).date()))
    after = list(queries.register_rows(as_of=days_later(9).date()))

    assert before[0]["completed_on"] is None
    assert after == [
        {
            "task_code": task.code,
            "title": task.title,
            "lead_unit_code": factories.HEALTH,
            "programme_codes": "NQ57",
            "assigned_on": date(2026, 11, 3),
            "due_on": date(2026, 11, 30),
            "completed_on": days_later(5).date(),
            "withdrawn_on": None,
            "has_evidence": True,
        }
    ]
    assert list(queries.register_rows(as_of=date(2026, 11, 2))) == []


def test_what_needs_a_decision_is_read_in_one_query_each_reason_in_its_turn(django_assert_num_queries):
    office, today = walk_two.reviewer(), days_later(40).date()
    late = [walk_two.task(title="Trễ", due_on=date(2026, 11, day)) for day in (10, 12, 14)]
    blocked = walk_two.task(title="Vướng", due_on=date(2026, 12, 30))
    actions.post_update(task=blocked, note="", bottleneck="Chưa có dự toán", by=None, at=days_later(2))
    waiting = walk_two.task(title="Chờ", due_on=date(2026, 12, 30))
    actions.report_done(task=waiting, note="Đã xong", by=None, at=days_later(3))
    undated = walk_two.task(title="Chưa hạn", due_on=None)
    walk_two.task(title="Ổn", due_on=date(2026, 12, 31))
    can(office, Permission.TASK_SEE)  # the grants are read once a request, before

    with django_assert_num_queries(1):
        decisions = queries.need_decision(office, on=today, limit=5)

    assert [decision.code for decision in decisions] == [
        late[0].code,
        waiting.code,
        blocked.code,
        undated.code,
        late[1].code,
    ]
    assert "Chưa có dự toán" in decisions[2].ask
    assert decisions[1].days == 37


def test_a_unit_sees_its_counts_and_what_presses_most():
    today = days_later(40).date()
    pressing = walk_two.task(due_on=date(2026, 11, 10))
    walk_two.task(due_on=None)
    walk_two.task(unit=factories.FINANCE)

    summary = queries.of_unit(factories.unit(factories.HEALTH), on=today)

    assert (summary.counts.total, summary.counts.overdue, summary.counts.no_deadline) == (2, 1, 1)
    assert [row.code for row in summary.urgent] == [pressing.code]
