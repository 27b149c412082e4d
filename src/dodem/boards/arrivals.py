"""Which sources have come by their rhythm, and which have not: what the board cannot conclude."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dodem.access.models import User
from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.registers.health import Health
from dodem.registers.models import Source
from dodem.registers.queries import source_health


@dataclass(frozen=True)
class Arrival:
    source: Source
    health: Health


@dataclass(frozen=True)
class Arrivals:
    """Every source, the latest late one first. ``may_open``: the reader may open the page of sources."""

    all: Sequence[Arrival]
    may_open: bool

    @property
    def late(self) -> list[Arrival]:
        return [one for one in self.all if one.health.is_stale]

    @property
    def on_rhythm(self) -> int:
        return len(self.all) - len(self.late)


def arrivals(user: User, *, now: datetime) -> Arrivals:
    """One query."""
    found = [
        Arrival(source, source_health(source, now=now)) for source in Source.objects.select_related("owner")
    ]
    found.sort(key=lambda one: (not one.health.is_stale, one.source.title))
    return Arrivals(found, bool(can(user, Permission.SOURCE_SEE)))
