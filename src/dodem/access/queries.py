"""People with their roles, and the ledger as somebody may read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Min, Prefetch, QuerySet
from django.utils import timezone

from dodem.access.models import Grant, User
from dodem.access.roles import Permission, Role
from dodem.access.rules import places
from dodem.audit import words
from dodem.audit.kinds import Kind
from dodem.audit.models import Event
from dodem.units.models import Unit
from dodem.vietnam.text import fold, sort_key

EVENTS_A_PAGE = 50


def people(*, query: str = "", role: str = "", unit: Unit | None = None) -> list[int]:
    """Keys of the accounts that match, as a Vietnamese list of people is sorted: by given name first.

    Every word of ``query`` has to begin a word of the name, the sign-in name or the position; marks do not
    matter. A few thousand accounts are folded and sorted in memory, in tens of milliseconds.
    """
    found = User.objects.all()
    if role or unit:
        holding = Grant.objects.filter(revoked_at=None)
        if role:
            holding = holding.filter(role=role)
        if unit:
            holding = holding.filter(unit__path__startswith=unit.path)
        found = found.filter(pk__in=holding.values("user"))
    wanted = [f" {word}" for word in fold(query).split()]
    matching = []
    for pk, username, name, position in found.values_list("pk", "username", "display_name", "position"):
        words = f" {fold(f'{name} {username} {position}')}" if wanted else ""
        if all(word in words for word in wanted):
            given = (name or username).split()[-1]
            matching.append((sort_key(f"{given} {name}"), username, pk))
    return [pk for _key, _username, pk in sorted(matching)]


def with_grants(keys: Sequence[int]) -> list[User]:
    """The accounts of these keys in their order, each with its living grants in ``living_grants``."""
    living = Grant.objects.filter(revoked_at=None).select_related("unit").order_by("granted_at", "pk")
    found = User.objects.filter(pk__in=keys).prefetch_related(
        Prefetch("grants", queryset=living, to_attr="living_grants")
    )
    by_key = {user.pk: user for user in found}
    return [by_key[key] for key in keys if key in by_key]


@dataclass(frozen=True)
class EventFilter:
    """What to keep of the ledger; an empty field keeps everything."""

    kinds: tuple[str, ...] = ()
    object_key: str = ""
    person: User | None = None
    from_on: date | None = None
    to_on: date | None = None


def events(user: User, wanted: EventFilter) -> QuerySet[Event]:
    """Events that ``user`` may read, newest first: those of the subtrees of their grants."""
    found = Event.objects.select_related("actor").order_by("-number")
    tops = places(user, Permission.AUDIT_SEE)
    if not any(top.parent_id is None for top in tops):
        found = found.filter(unit_code__in=Unit.objects.beneath(tops).values("code"))
    if wanted.kinds:
        found = found.filter(kind__in=wanted.kinds)
    if wanted.object_key:
        found = found.filter(object_key=wanted.object_key)
    if wanted.person:
        found = found.filter(actor=wanted.person)
    if wanted.from_on:
        found = found.filter(at__gte=start_of(wanted.from_on))
    if wanted.to_on:
        found = found.filter(at__lt=start_of(date.fromordinal(wanted.to_on.toordinal() + 1)))
    return found


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Line:
    """One event as the ledger page and its export show it."""

    number: int
    at: datetime
    label: str
    actor: str
    role: str
    object_type: str
    object_key: str
    unit_code: str
    details: str
    origin: str


def lines(found: Iterable[Event]) -> Iterator[Line]:
    for event in found:
        yield Line(
            number=event.number,
            at=event.at,
            label=str(Kind(event.kind).label),
            actor=str(event.actor) if event.actor else "",
            role=str(Role(event.role).label) if event.role in Role.values else event.role,
            object_type=event.object_type,
            object_key=event.object_key,
            unit_code=event.unit_code,
            details=words.spelled(json.loads(event.data)),
            origin=words.door(event.origin),
        )


def sample_accounts() -> list[Grant]:
    """One sample account for each role, in the order of the table of roles; two queries."""
    first = (
        Grant.objects.filter(user__is_sample=True, user__is_active=True, revoked_at=None)
        .values("role")
        .annotate(first=Min("pk"))
        .values("first")
    )
    grants = Grant.objects.filter(pk__in=first).select_related("user", "unit")
    order = list(Role.values)
    return sorted(grants, key=lambda grant: order.index(grant.role))
