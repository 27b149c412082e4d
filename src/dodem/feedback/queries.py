"""What others ask of this app: rows for the data plane, a unit's summary, what needs a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dodem.access.models import User
from dodem.feedback import workflow
from dodem.feedback.kinds import DeclineReason
from dodem.feedback.models import STILL_OPEN, Case, CaseStep, Report
from dodem.feedback.wording import deadline_status
from dodem.feedback.workflow import Standing
from dodem.units.models import Unit
from dodem.vietnam.units import CITY

CHUNK = 5_000
PASSED_AROUND = 3  # transfers from which somebody has to say whose a case is


def register_rows(*, as_of: datetime) -> Iterator[dict[str, object]]:
    """One row a case for the register ``cases``, as everything stood at ``as_of``; joined cases are not rows.

    ``answered_on`` is the day of the first final answer, which is measured by ``due_on``, the first day
    promised; that the matter was reported again shows in ``reopened``. ``rating`` is the lowest for the
    answer rated last. A case is outside authority when it was declined as such, referred to the track of
    complaints, or withdrawn. Nothing of a sender is read. Two queries for every ``CHUNK`` cases: the rows
    of the cases say how they stand now, and only those that something happened to later are replayed.
    """
    first_report = Report.objects.filter(case=OuterRef("pk")).order_by("received_at", "pk")
    cases = (
        Case.objects.filter(opened_at__lte=as_of)
        .annotate(channel=Subquery(first_report.values("channel")[:1]), unit_code=F("unit__code"))
        .order_by("pk")
        .values_list(
            *("pk", "code", "category", "channel", "opened_at", "due_on", "unit_code"),
            *(field.name for field in fields(Standing)),
            named=True,
        )
    )
    last = 0
    while chunk := list(cases.filter(pk__gt=last)[:CHUNK]):
        earlier = _standings_before(chunk[0].pk, chunk[-1].pk, as_of=as_of)
        for case in chunk:
            standing, unit_code = earlier.get(case.pk, (case, case.unit_code))
            if standing.joined_at is None:
                yield _row(case, standing, unit_code)
        last = chunk[-1].pk


def _standings_before(first: int, last: int, *, as_of: datetime) -> dict[int, tuple[Standing, str]]:
    """Standing and unit at ``as_of`` of those cases from ``first`` to ``last`` that have gone on since."""
    moved = CaseStep.objects.filter(case_id__gte=first, case_id__lte=last, at__gt=as_of).values("case_id")
    steps: dict[int, list[CaseStep]] = defaultdict(list)
    for step in CaseStep.objects.filter(case_id__in=moved).select_related("unit").order_by("id"):
        steps[step.case_id].append(step)
    standings = {}
    for case_id, happened in steps.items():
        until = [step for step in happened if step.at <= as_of]
        standings[case_id] = (workflow.replay(until), until[-1].unit.code if until else CITY)
    return standings


def _row(case: Any, standing: Any, unit_code: str) -> dict[str, object]:
    """``standing`` is a Standing, or the row of a case, which has the same names."""
    outside = standing.decline_reason == DeclineReason.OUTSIDE_AUTHORITY
    return {
        "case_code": case.code,
        "unit_code": unit_code,
        "category": case.category,
        "channel": case.channel,
        "received_at": case.opened_at,
        "routed_at": standing.routed_at,
        "due_on": case.due_on,
        "answered_on": standing.first_answered_on,
        "rating": standing.rating,
        "reopened": standing.reopened_at is not None,
        "complained": standing.complained_at is not None,
        "is_within_authority": not (outside or standing.referred_at or standing.withdrawn_at),
    }


@dataclass(frozen=True)
class UnitSummary:
    """A unit's cases on a day. ``answered`` and ``in_time`` are of the 30 days before, by the first day
    promised.
    """

    open: int
    overdue: int
    due_soon: int
    awaiting_citizen: int
    answered: int
    in_time: int
    url: str


def of_unit(unit: Unit, *, on: date) -> UnitSummary:
    """The cases with a unit or beneath it; one query."""
    at = _end_of(on)
    soon = on + timedelta(days=1)
    recently = Q(
        first_answered_at__gt=at - timedelta(days=30), first_answered_at__lte=at, joined_at__isnull=True
    )
    counted = (
        Case.objects.filter(unit__path__startswith=unit.path)
        .with_state(at=at)
        .aggregate(
            open=Count("pk", filter=STILL_OPEN),
            overdue=Count("pk", filter=STILL_OPEN & Q(current_due_on__lt=on)),
            due_soon=Count("pk", filter=STILL_OPEN & Q(current_due_on__range=(on, soon))),
            awaiting_citizen=Count("pk", filter=Q(state=workflow.State.AWAITING_CITIZEN)),
            answered=Count("pk", filter=recently),
            in_time=Count("pk", filter=recently & Q(first_answered_on__lte=F("due_on"))),
        )
    )
    return UnitSummary(**counted, url=f"{reverse('feedback:queue')}?don-vi={unit.code}")


@dataclass(frozen=True)
class DecisionNeeded:
    """``ask`` says in words what has to be decided; ``shape`` and ``words`` its status; ``days`` it is
    overdue.
    """

    reason: str
    code: str
    title: str
    url: str
    owner: str
    ask: str
    shape: str
    words: str
    due_on: date
    days: int


def need_decision(user: User, *, on: date, limit: int = 7) -> list[DecisionNeeded]:
    """Open cases that a decision would move, the longest overdue first: overdue, or passed from unit to
    unit. One query.
    """
    cases = (
        Case.objects.visible_to(user)
        .still_open()
        .filter(Q(current_due_on__lt=on) | Q(transfers__gte=PASSED_AROUND))
        .select_related("unit")
        .order_by("current_due_on", "pk")[:limit]
    )
    return [_decision(case, on=on) for case in cases]


def _decision(case: Case, *, on: date) -> DecisionNeeded:
    if case.at_desk:
        reason, ask = "at_desk", _("Giao cho đơn vị nào xử lý")
    elif case.transfers >= PASSED_AROUND:
        reason = "passed_around"
        ask = _("Đã chuyển %(n)s lần: chốt đơn vị chịu trách nhiệm") % {"n": case.transfers}
    elif case.reopened_at:
        reason, ask = "reopened", _("Người dân phản ánh lại: xử lý dứt điểm và trả lời")
    else:
        reason, ask = "overdue", _("Trả lời người dân, hẹn ngày xong")
    status = deadline_status(case, on=on)
    return DecisionNeeded(
        reason=reason,
        code=case.code,
        title=case.title,
        url=reverse("feedback:case", args=[case.code]),
        owner=case.unit.display_name,
        ask=ask,
        shape=status.shape,
        words=status.words,
        due_on=case.current_due_on,
        days=max((on - case.current_due_on).days, 0),
    )


def _end_of(day: date) -> datetime:
    """The last moment of a day in the city, or now when the day is still running."""
    end = timezone.make_aware(datetime.combine(day, time.max))
    return min(end, timezone.now()) if day == timezone.localdate() else end
