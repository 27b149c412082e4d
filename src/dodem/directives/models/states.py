"""The rule of ``workflow.state_of`` written as SQL, so that lists and counts need no loop.

A test walks random histories and proves that both give the same stage, timing and day of completion.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from dodem.directives.workflow import DUE_SOON, Stage, Timing

Tasks = TypeVar("Tasks", bound=QuerySet[Any])


def end_of(day: date) -> datetime:
    """The first moment after a day, in the city's time zone."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=timezone.get_default_timezone())


def with_state(tasks: Tasks, *, on: date, reports: QuerySet[Any]) -> Tasks:
    """Tasks assigned by the end of a day, each with ``stage``, ``timing``, ``completed_on``, ``reported_at``.

    ``reports`` are all updates that report completion. What came after that day is not looked at. Acceptance
    and withdrawal are columns of the task, so only open tasks pay for a look at their reports.
    """
    after = end_of(on)
    is_withdrawn, is_done = Q(withdrawn_at__lt=after), Q(accepted_at__lt=after)
    posted = reports.filter(task=OuterRef("pk"), posted_at__lt=after)
    undecided = posted.filter(Q(decision__isnull=True) | Q(decision__decided_at__gte=after))
    waiting = Subquery(undecided.order_by("posted_at").values("posted_at")[:1])
    return tasks.filter(assigned_at__lt=after).annotate(
        is_open=Case(When(is_withdrawn | is_done, then=Value(False)), default=Value(True)),
        completed_on=Case(When(is_withdrawn, then=None), When(is_done, then=F("done_on"))),
        reported_at=Case(When(is_withdrawn | is_done, then=None), default=waiting),
        stage=Case(
            When(is_withdrawn, then=Value(Stage.WITHDRAWN)),
            When(is_done, then=Value(Stage.DONE)),
            When(Exists(undecided), then=Value(Stage.AWAITING)),
            When(started_at__lt=after, then=Value(Stage.IN_PROGRESS)),
            default=Value(Stage.NOT_STARTED),
        ),
        timing=Case(
            When(due_on__isnull=True, then=Value(Timing.NO_DEADLINE)),
            When(is_done & ~is_withdrawn & Q(done_on__lte=F("due_on")), then=Value(Timing.IN_TIME)),
            When(is_done & ~is_withdrawn, then=Value(Timing.LATE)),
            When(due_on__lt=on, then=Value(Timing.OVERDUE)),
            When(due_on__lte=on + DUE_SOON, then=Value(Timing.DUE_SOON)),
            default=Value(Timing.NOT_YET_DUE),
        ),
    )
