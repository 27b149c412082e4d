"""A task's state: the drawn table, and the same answer from SQL for any history."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dodem.directives.models import Decision, Task, Update
from dodem.directives.queries import count_states
from dodem.directives.workflow import (
    Facts,
    InvalidMove,
    Move,
    Outcome,
    Report,
    Stage,
    Timing,
    check_move,
    state_of,
)
from tests import factories
from tests.web import walk_two

DUE = date(2026, 11, 20)
ASSIGNED = date(2026, 11, 3)
D = timedelta(days=1)
ACCEPTED, RETURNED = Outcome.ACCEPTED, Outcome.RETURNED

TABLE = [
    # due, started, reports (posted, decided, outcome), asked on → stage, timing
    (DUE, None, [], DUE - 8 * D, Stage.NOT_STARTED, Timing.NOT_YET_DUE),
    (DUE, None, [], DUE - 7 * D, Stage.NOT_STARTED, Timing.DUE_SOON),
    (DUE, ASSIGNED, [], DUE, Stage.IN_PROGRESS, Timing.DUE_SOON),
    (DUE, ASSIGNED, [], DUE + D, Stage.IN_PROGRESS, Timing.OVERDUE),
    (None, ASSIGNED, [], DUE, Stage.IN_PROGRESS, Timing.NO_DEADLINE),
    (DUE, None, [(DUE, None, None)], DUE + D, Stage.AWAITING, Timing.OVERDUE),
    (DUE, None, [(DUE, DUE + 9 * D, ACCEPTED)], DUE + 9 * D, Stage.DONE, Timing.IN_TIME),
    (DUE, None, [(DUE, DUE + 9 * D, ACCEPTED)], DUE + 8 * D, Stage.AWAITING, Timing.OVERDUE),
    (DUE, None, [(DUE + D, DUE + D, ACCEPTED)], DUE + D, Stage.DONE, Timing.LATE),
    (None, None, [(DUE, DUE, ACCEPTED)], DUE, Stage.DONE, Timing.NO_DEADLINE),
    (DUE, ASSIGNED, [(DUE - D, DUE, RETURNED)], DUE, Stage.IN_PROGRESS, Timing.DUE_SOON),
    (
        DUE,
        ASSIGNED,
        [(DUE - D, DUE, RETURNED), (DUE + D, None, None)],
        DUE + D,
        Stage.AWAITING,
        Timing.OVERDUE,
    ),
]


@pytest.mark.parametrize(("due_on", "started_on", "reports", "on", "stage", "timing"), TABLE)
def test_the_state_follows_from_dates_and_decisions(due_on, started_on, reports, on, stage, timing):
    facts = Facts(
        assigned_on=ASSIGNED,
        due_on=due_on,
        started_on=started_on,
        reports=tuple(Report(*report) for report in reports),
    )

    state = state_of(facts, on=on)

    assert (state.stage, state.timing) == (stage, timing)


def test_a_slow_verifier_does_not_make_a_punctual_unit_late():
    facts = Facts(assigned_on=ASSIGNED, due_on=DUE, reports=(Report(DUE, DUE + 30 * D, ACCEPTED),))

    assert state_of(facts, on=DUE + 30 * D).completed_on == DUE


def test_a_withdrawn_task_is_withdrawn_from_its_day_on_and_not_before():
    facts = Facts(assigned_on=ASSIGNED, due_on=DUE, withdrawn_on=DUE)

    assert state_of(facts, on=DUE - D).stage == Stage.NOT_STARTED
    assert state_of(facts, on=DUE).stage == Stage.WITHDRAWN


def test_a_task_has_no_state_before_it_was_assigned():
    with pytest.raises(ValueError, match="not assigned"):
        state_of(Facts(assigned_on=DUE), on=DUE - D)


def test_a_move_that_the_stage_does_not_allow_is_refused_in_words():
    with pytest.raises(InvalidMove, match="Hoàn thành"):
        check_move(Move.REPORT, stage=Stage.DONE)


moments = st.integers(min_value=0, max_value=40 * 24).map(
    lambda hours: datetime.combine(ASSIGNED, time(0, 30), tzinfo=factories.VIETNAM) + timedelta(hours=hours)
)
days = st.integers(min_value=0, max_value=45).map(lambda n: ASSIGNED + n * D)
histories = st.fixed_dictionaries(
    {
        "assigned": moments,
        "due": st.none() | days,
        "started": st.none() | moments,
        "withdrawn": st.none() | moments,
        "reports": st.lists(st.tuples(moments, st.none() | moments, st.sampled_from(Outcome)), max_size=3),
    }
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories, on=days)
def test_sql_gives_every_history_the_state_that_the_pure_rule_gives(history, on):
    with transaction.atomic():
        task = _with_history(**history)
        found = Task.objects.with_state(on=on).filter(pk=task.pk).first()
        facts = task.facts()
        transaction.set_rollback(True)

    if facts.assigned_on > on:
        assert found is None
        return
    state = state_of(facts, on=on)
    assert (found.stage, found.timing, found.completed_on) == (state.stage, state.timing, state.completed_on)


def _with_history(*, assigned, due, started, withdrawn, reports) -> Task:
    """A task with any facts, also such as no action would write; an accepted report is the last."""
    task = walk_two.task(due_on=due, at=assigned)
    task.started_at, task.withdrawn_at = started, withdrawn
    task.withdrawn_reason = "thử" if withdrawn else ""
    task.save()
    for posted, decided, outcome in reports:
        update = Update.objects.create(
            task=task, unit=task.lead_unit, kind=Update.Kind.REPORT, posted_at=posted
        )
        if decided:
            decided = max(posted, decided)
            Decision.objects.create(report=update, outcome=outcome, decided_at=decided, reason="thử")
        if decided and outcome == ACCEPTED:
            task.done_on, task.accepted_at = timezone.localdate(posted), decided
            task.save()
            break
    return task


@pytest.mark.django_db
def test_counts_are_taken_in_one_query_and_add_up(django_assert_num_queries):
    on = date(2026, 11, 25)
    walk_two.task(due_on=on - D)
    walk_two.task(due_on=on + D)
    walk_two.task(due_on=on + 30 * D)
    walk_two.task(due_on=None)

    with django_assert_num_queries(1):
        counts = count_states(Task.objects.with_state(on=on))

    assert (counts.overdue, counts.due_soon, counts.on_track, counts.no_deadline) == (1, 1, 1, 1)
    assert counts.total == 4 == sum(part.count for part in counts.parts)


@pytest.mark.django_db
def test_the_database_itself_refuses_a_return_without_a_reason():
    task = walk_two.task()
    report = Update.objects.create(
        task=task, unit=task.lead_unit, kind=Update.Kind.REPORT, posted_at=walk_two.days_later(1)
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(report=report, outcome=RETURNED, decided_at=walk_two.days_later(2))
