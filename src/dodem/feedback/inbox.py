"""The officers' queue: which cases are on it, in which order, and what each row says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Q
from django.utils import timezone

from dodem.access.models import User
from dodem.access.roles import Permission
from dodem.access.rules import can, places
from dodem.feedback.keys import due_key, due_past, newest_key, newest_past
from dodem.feedback.models import STILL_OPEN, Case, CaseQuerySet
from dodem.feedback.workflow import State
from dodem.units.models import Unit
from dodem.vietnam.text import fold

PAGE = 25
SAME_PLACE_WITHIN = timedelta(days=365)


class Tab(StrEnum):
    """One part of the queue; the values are those of its address."""

    MINE = "cua-toi"
    UNIT = "don-vi"
    DESK = "cho-phan-cong"
    AWAITING = "cho-dan"
    MISROUTED = "chuyen-nham"
    CLOSED = "da-dong"


class Order(StrEnum):
    DUE = "han"
    NEWEST = "moi"


_PARTS = {
    Tab.UNIT: STILL_OPEN,
    Tab.DESK: STILL_OPEN & Q(at_desk=True),
    Tab.AWAITING: Q(state=State.AWAITING_CITIZEN),
    Tab.MISROUTED: STILL_OPEN & Q(transfers__gte=1),
    Tab.CLOSED: Q(state__in=(State.CLOSED, State.REFERRED, State.WITHDRAWN)),
}


@dataclass(frozen=True)
class Wanted:
    """What the address of the queue asks for. ``after`` is the key of the last row of the page before."""

    tab: Tab
    order: Order = Order.DUE
    category: str = ""
    unit: Unit | None = None
    words: str = ""
    only_overdue: bool = False
    after: str = ""


@dataclass(frozen=True)
class Page:
    """One page; ``next_after`` is "" on the last. Each case has ``state``, ``report_count`` and
    ``same_place``.
    """

    cases: list[Case]
    next_after: str


@dataclass(frozen=True)
class Counts:
    """How many cases each tab holds (the closed ones are not counted), and how pressing the open ones are."""

    tabs: dict[Tab, int]
    overdue: int
    due_today: int


def tabs_of(user: User) -> list[Tab]:
    """The parts of the queue that make sense for a person: the desk is for whoever routes in the whole
    city.
    """
    tabs = list(Tab)
    if not can(user, Permission.CASE_ANSWER):
        tabs.remove(Tab.MINE)
    if all(top.parent_id for top in places(user, Permission.CASE_ROUTE)):
        tabs.remove(Tab.DESK)
    return tabs


def count(*, user: User, at: datetime) -> Counts:
    """The numbers above the queue; one query."""
    today = timezone.localdate(at)
    parts = {tab.name: Count("pk", filter=_part(tab, user)) for tab in tabs_of(user) if tab != Tab.CLOSED}
    counted = (
        Case.objects.visible_to(user)
        .with_state(at=at)
        .aggregate(
            **parts,
            overdue=Count("pk", filter=STILL_OPEN & Q(current_due_on__lt=today)),
            due_today=Count("pk", filter=STILL_OPEN & Q(current_due_on=today)),
        )
    )
    return Counts(
        tabs={Tab[name]: counted[name] for name in parts},
        overdue=counted["overdue"],
        due_today=counted["due_today"],
    )


def select(*, user: User, wanted: Wanted, at: datetime) -> CaseQuerySet:
    """All cases of a queue in its order, without regard to pages."""
    cases = Case.objects.visible_to(user).with_state(at=at).filter(_part(wanted.tab, user))
    if wanted.category:
        cases = cases.filter(category=wanted.category)
    if wanted.unit:
        cases = cases.filter(unit__path__startswith=wanted.unit.path)
    if wanted.only_overdue:
        cases = cases.filter(STILL_OPEN, current_due_on__lt=timezone.localdate(at))
    for word in fold(wanted.words).split():
        cases = cases.filter(search_key__contains=word)
    order = ("current_due_on", "pk") if wanted.order == Order.DUE else ("-opened_at", "-pk")
    return cases.select_related("unit", "assignee").with_report_count().order_by(*order)


def page(*, user: User, wanted: Wanted, at: datetime) -> Page:
    """One page of a queue; two queries."""
    cases = select(user=user, wanted=wanted, at=at)
    key, past = (due_key, due_past) if wanted.order == Order.DUE else (newest_key, newest_past)
    if wanted.after:
        cases = cases.filter(past(wanted.after))
    rows = list(cases[: PAGE + 1])
    shown = rows[:PAGE]
    mark_same_place(shown)
    return Page(shown, key(shown[-1]) if len(rows) > PAGE else "")


def mark_same_place(cases: Iterable[Case]) -> None:
    """Set ``same_place`` on each case: how many earlier ones its unit had at that place within a year. One
    query.
    """
    placed = [case for case in cases if case.place_key]
    earlier: dict[tuple[int, str], list[datetime]] = {}
    if placed:
        found = Case.objects.filter(
            unit__in={case.unit_id for case in placed},
            place_key__in={case.place_key for case in placed},
            opened_at__gte=min(case.opened_at for case in placed) - SAME_PLACE_WITHIN,
            joined_at=None,
        )
        for unit_id, place_key, opened_at in found.values_list("unit_id", "place_key", "opened_at"):
            earlier.setdefault((unit_id, place_key), []).append(opened_at)
    for case in cases:
        moments = earlier.get((case.unit_id, case.place_key), [])
        since = case.opened_at - SAME_PLACE_WITHIN
        case.same_place = sum(since <= moment < case.opened_at for moment in moments)  # type: ignore[attr-defined]


def same_place(case: Case, *, at: datetime) -> list[Case]:
    """The other cases at the place of this one within a year, newest first, each with its ``state``."""
    if not case.place_key:
        return []
    return list(
        Case.objects.filter(
            unit=case.unit_id,
            place_key=case.place_key,
            opened_at__gte=case.opened_at - SAME_PLACE_WITHIN,
            joined_at=None,
        )
        .exclude(pk=case.pk)
        .with_state(at=at)
        .order_by("-opened_at")[:10]
    )


def _part(tab: Tab, user: User) -> Q:
    return STILL_OPEN & Q(assignee=user) if tab == Tab.MINE else _PARTS[tab]
