"""Write to the ledger. Call ``record`` inside the transaction that makes the change it tells of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, models

from dodem.audit import chain, origin
from dodem.audit.bulk import insert_many
from dodem.audit.kinds import Kind
from dodem.audit.models import Event

LOCK_KEY = 0x646F64656D  # "dodem" in ASCII: the advisory lock that puts writers of the ledger in line


class Actor(Protocol):
    pk: Any


@dataclass(frozen=True)
class Entry:
    """An event before it has its number and hash. ``object_key`` is the object's public code or key."""

    kind: Kind
    object_type: str
    object_key: str
    at: datetime
    actor_id: int | None = None
    unit_code: str = ""
    role: str = ""
    data: Mapping[str, object] = field(default_factory=dict)


def record(
    kind: Kind,
    subject: models.Model,
    *,
    by: Actor | None,
    at: datetime,
    unit_code: str = "",
    **data: object,
) -> Event:
    """Append one event about ``subject``. Raises AssertionError outside a transaction."""
    entry = Entry(
        kind=kind,
        object_type=subject._meta.model_name or "",
        object_key=str(getattr(subject, "ledger_key", subject.pk)),
        at=at,
        actor_id=by.pk if by else None,
        unit_code=unit_code,
        data=data,
    )
    return append([entry])[0]


def append(entries: Iterable[Entry]) -> list[Event]:
    """Append events in the order given; one round of statements however many they are."""
    assert connection.in_atomic_block, "the ledger is written in the transaction of the change it records"
    take_turn()
    here = origin.current()
    last = Event.objects.order_by("-number").values_list("number", "hash").first()
    number, previous_hash = last or (0, chain.GENESIS)
    events = []
    for entry in entries:
        number += 1
        event = Event(
            number=number,
            at=entry.at,
            kind=entry.kind.value,
            actor_id=entry.actor_id,
            role=entry.role or here.role,
            object_type=entry.object_type,
            object_key=entry.object_key,
            unit_code=entry.unit_code,
            data=chain.canonical(entry.data),
            origin=here.door,
            previous_hash=previous_hash,
        )
        event.hash = previous_hash = hash_of(event)
        events.append(event)
    insert_many(Event, events)
    return events


def hash_of(event: Event) -> str:
    """The hash the event ought to have, from its columns as they stand."""
    return chain.digest(
        previous_hash=event.previous_hash,
        number=event.number,
        at=event.at,
        kind=event.kind,
        actor_id=event.actor_id,
        role=event.role,
        object_type=event.object_type,
        object_key=event.object_key,
        unit_code=event.unit_code,
        data=event.data,
        origin=event.origin,
    )


def take_turn() -> None:
    """One writer at a time. SQLite's immediate transactions already see to that."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_KEY])
