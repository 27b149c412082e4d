"""Our own tables as sources: tasks and cases land like any file, when the ledger says they moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from dodem.audit.models import Event
from dodem.directives import queries as directives
from dodem.feedback import queries as feedback
from dodem.registers.actions import hand_in_rows
from dodem.registers.models import Source

SOONEST = timedelta(minutes=1)
LOOK_AGAIN = timedelta(minutes=10)
BYTES_A_MINUTE = 1_000_000  # a larger table lands less often, so that a busy day keeps to about 1.5 GB


@dataclass(frozen=True)
class OwnTable:
    """``event_prefix`` begins the kinds of ledger event that may have changed its rows."""

    event_prefix: str
    rows: Callable[[datetime], Iterable[Mapping[str, object]]]


TABLES = {
    "tasks": OwnTable("task.", lambda at: directives.register_rows(as_of=timezone.localdate(at))),
    "cases": OwnTable("case.", lambda at: feedback.register_rows(as_of=at)),
}


def land(*, now: datetime, at_once: bool = False) -> Iterator[str]:
    """Land each of our tables that has moved since it was last read; ``at_once`` waits for no pause."""
    for source in Source.objects.filter(code__in=TABLES).select_related("owner").order_by("code"):
        table = TABLES[source.code]
        moved = has_moved(source, table)
        if moved and (at_once or is_due(source, now=now)):
            yield land_one(source, table, now=now)
        elif not moved and (source.heard_at is None or now - source.heard_at >= LOOK_AGAIN):
            Source.objects.filter(pk=source.pk).update(heard_at=now)


def has_moved(source: Source, table: OwnTable) -> bool:
    """Whether the table was never read, or an event since then may have changed it."""
    if source.heard_at is None:
        return True
    return Event.objects.filter(number__gt=source.ledger_head, kind__startswith=table.event_prefix).exists()


def is_due(source: Source, *, now: datetime) -> bool:
    newest = source.deliveries.first()
    return newest is None or now - newest.received_at >= pause_after(newest.bytes)


def pause_after(size: int) -> timedelta:
    """How long to leave a table alone after a delivery of so many bytes."""
    return SOONEST * max(1.0, size / BYTES_A_MINUTE)


def land_one(source: Source, table: OwnTable, *, now: datetime) -> str:
    """The head is read before the rows: an event in between is read again, never missed."""
    head = Event.objects.order_by("-number").values_list("number", flat=True).first() or 0
    received = hand_in_rows(source=source, rows=table.rows(now), at=now)
    Source.objects.filter(pk=source.pk).update(ledger_head=head, heard_at=now)
    return f"{'landed' if received.is_new else 'unchanged'} {source.code}"
