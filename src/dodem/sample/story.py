"""What happens in the sample city: who does well, who struggles, and where it gets worse month by month.

Shares are per unit and drawn once from the seed, so that every part of the city tells the same story.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.utils import timezone

SEED = 2026
MONTHS = 12
CITY, COMMUNE_LEVEL, DEPARTMENTS = "79", "79-CX", "79-SN"
TROUBLED_COMMUNES = 5
TROUBLED_DEPARTMENT = "H29.KHCN"  # its tasks come late
WORSENING_DEPARTMENT = "H29.NNMT"  # its backlog rises month by month
SILENT_SOURCE = "budget_lines"  # nothing has come for longer than its rhythm allows
SILENT_FOR = timedelta(days=9)


@dataclass(frozen=True)
class Place:
    """A unit of the sample as the simulator needs it. ``people`` is its population, 0 for a department."""

    pk: int
    code: str
    name: str
    people: int

    @property
    def is_department(self) -> bool:
        return self.people == 0


@dataclass(frozen=True)
class Scale:
    """How much of everything is made."""

    communes: int
    directives: int
    tasks_per_directive: int
    cases: int
    dossiers: int


SCALES = {
    "city": Scale(communes=168, directives=36, tasks_per_directive=34, cases=6_500, dossiers=60_000),
    "ward": Scale(communes=6, directives=6, tasks_per_directive=10, cases=150, dossiers=2_500),
}


@dataclass(frozen=True)
class Story:
    """The plan of one sample city, made at ``now`` (aware)."""

    now: datetime
    scale: Scale
    communes: Sequence[Place]
    departments: Sequence[Place]

    @cached_property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def moment(self, day: date, hour: int, chance: random.Random | None = None) -> datetime:
        """Some minute of an hour of a day in the city; of today's hours only those that have passed."""
        minute, second = (chance.randint(0, 59), chance.randint(0, 59)) if chance else (0, 0)
        at = timezone.make_aware(datetime.combine(day, time(hour, minute, second)))
        return at if day > self.today else min(at, self.now - timedelta(minutes=minute, seconds=second))

    @cached_property
    def begins_on(self) -> date:
        """The first day of the first of the twelve months that end with today's."""
        first = date(self.today.year, self.today.month, 1)
        for _ in range(MONTHS - 1):
            first = (first - timedelta(days=1)).replace(day=1)
        return first

    @property
    def places(self) -> list[Place]:
        return [*self.communes, *self.departments]

    def chance(self, part: str) -> random.Random:
        """A source of chance for one part of the city, independent of how the others use theirs."""
        return random.Random(f"{SEED}:{part}")  # noqa: S311  a simulator wants repeatable chance

    @cached_property
    def troubled(self) -> frozenset[str]:
        """Codes of the communes that fall behind."""
        chosen = self.chance("troubled").sample(
            [place.code for place in self.communes], k=min(TROUBLED_COMMUNES, len(self.communes) // 3)
        )
        return frozenset(chosen)

    @cached_property
    def diligence(self) -> dict[str, float]:
        """0 (always late) to 1 (always in time), for every unit."""
        chance = self.chance("diligence")
        drawn = {place.code: chance.betavariate(16, 2.2) for place in self.places}
        for code in self.troubled:
            drawn[code] = chance.uniform(0.45, 0.62)
        drawn[TROUBLED_DEPARTMENT] = 0.58
        drawn[WORSENING_DEPARTMENT] = 0.74
        return drawn

    def diligence_on(self, code: str, day: date) -> float:
        """The same, with the worsening department losing ground over the year."""
        kept = self.diligence[code]
        if code == WORSENING_DEPARTMENT:
            kept -= 0.35 * max(0.0, (day - self.begins_on).days / 365)
        return kept
