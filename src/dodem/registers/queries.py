"""Reads that give a page its shape: every source with its health, one source's rhythm, findings a person may
see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from dodem.access.roles import Permission
from dodem.access.rules import visible
from dodem.pages.charts import Beat
from dodem.registers.health import Health, beats, health
from dodem.registers.models import Delivery, Finding, Origin, RegisterVersion, Repeat, Source

if TYPE_CHECKING:
    from dodem.access.models import User

PULSE_DAYS = 30
MACHINES = frozenset({Origin.INBOX, Origin.APPLICATION})


@dataclass(frozen=True)
class SourceLine:
    """A source in a list. ``beats`` is empty for our own tables, which have no deliveries to wait for."""

    source: Source
    health: Health
    newest: Delivery | None
    version: RegisterVersion | None
    findings: int
    beats: list[Beat]

    @property
    def pulse_words(self) -> str:
        return pulse_words(self.beats)


@dataclass(frozen=True)
class Standing:
    """What a figure needs to know of its register's source. ``grade`` is how the newest delivery is
    evidenced.
    """

    health: Health
    grade: str


def source_health(source: Source, *, now: datetime) -> Health:
    return health(source.register.rhythm, heard_at=source.heard_at, now=now)


def standings(*, now: datetime) -> dict[str, Standing]:
    """How every source stands, by its register's code; one query.

    What a system delivered or wrote itself is "measured"; what a person handed in is "declared".
    """
    newest = (
        Delivery.objects.filter(source=OuterRef("pk")).order_by("-received_at", "-pk").values("origin")[:1]
    )
    return {
        source.code: Standing(
            source_health(source, now=now),
            "measured" if source.newest_origin in MACHINES else "declared",
        )
        for source in Source.objects.annotate(newest_origin=Subquery(newest))
    }


def source_lines(user: User, *, now: datetime) -> list[SourceLine]:
    """Every source, the worst first; five queries however many there are."""
    sources = list(
        Source.objects.select_related("owner").annotate(
            newest_id=Subquery(
                Delivery.objects.filter(source=OuterRef("pk"))
                .order_by("-received_at", "-pk")
                .values("pk")[:1]
            ),
            version_id=Subquery(
                RegisterVersion.objects.filter(source=OuterRef("pk")).order_by("-serial").values("pk")[:1]
            ),
        )
    )
    newest = Delivery.objects.in_bulk([source.newest_id for source in sources])
    versions = RegisterVersion.objects.in_bulk([source.version_id for source in sources])
    counts = dict(
        findings_seen_by(user)
        .order_by()
        .values_list("source")
        .annotate(count=Count("pk"))
        .values_list("source", "count")
    )
    pulses = beats_of(sources, now=now)
    lines = [
        SourceLine(
            source=source,
            health=source_health(source, now=now),
            newest=newest.get(source.newest_id),
            version=versions.get(source.version_id),
            findings=counts.get(source.pk, 0),
            beats=pulses[source.pk],
        )
        for source in sources
    ]
    order = {"silent": 0, "never": 1, "late": 2, "on_rhythm": 3}
    return sorted(lines, key=lambda line: (order[line.health.state], line.source.title))


def beats_of(sources: Iterable[Source], *, now: datetime) -> dict[int, list[Beat]]:
    """The last thirty days of each source, by its key; two queries."""
    sources = list(sources)
    arrivals: dict[int, list[datetime]] = {source.pk: [] for source in sources}
    since = now - timedelta(days=PULSE_DAYS * 2)
    for key, at in Delivery.objects.filter(source__in=sources, received_at__gte=since).values_list(
        "source", "received_at"
    ):
        arrivals[key].append(at)
    for key, at in Repeat.objects.filter(delivery__source__in=sources, at__gte=since).values_list(
        "delivery__source", "at"
    ):
        arrivals[key].append(at)
    return {
        source.pk: []
        if source.is_application
        else beats(source.register.rhythm, arrivals[source.pk], now=now, days=PULSE_DAYS)
        for source in sources
    }


def pulse_words(beats: list[Beat]) -> str:
    """What the strip of thirty days shows, for whoever listens to the page."""
    return _("%(days)s ngày: đúng nhịp %(on_time)s, trễ %(late)s, không về %(missed)s") % {
        "days": len(beats),
        "on_time": beats.count(Beat.ON_TIME),
        "late": beats.count(Beat.LATE),
        "missed": beats.count(Beat.MISSED),
    }


def findings_seen_by(user: User) -> QuerySet[Finding]:
    """Findings about the rows of units where the reader may see them."""
    return Finding.objects.filter(visible(user, Permission.FINDING_SEE, path="unit__path"))
