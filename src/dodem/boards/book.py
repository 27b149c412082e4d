"""The published figures that one page shows, read at once and looked up by name.

However many figures a page needs, they cost one query for the observations and one for the state of their
sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from dodem.boards.comparing import comparable
from dodem.indicators.figures import Figure, figures_of
from dodem.indicators.models import Observation
from dodem.indicators.queries import TOTAL, months_until
from dodem.registers.queries import standings
from dodem.units.models import Unit

YEAR = 12  # months that a trend shows
SHOWN_TO = Decimal("0.1")


@dataclass(frozen=True)
class Want:
    """Some indicators at some units. ``months`` ends with the book's month; ``groups`` brings the figures of
    each group besides the total.
    """

    indicators: Sequence[str]
    units: Iterable[Unit]
    months: int = 1
    groups: bool = False


@dataclass(frozen=True)
class Trend:
    """One figure over the months, oldest first; None is a month without one."""

    series: Sequence[Figure | None]

    @property
    def now(self) -> Figure | None:
        """The figure of the newest month."""
        return self.series[-1] if self.series else None

    @property
    def before(self) -> Figure | None:
        return self.series[-2] if len(self.series) > 1 else None

    @property
    def values(self) -> list[Decimal | None]:
        """What a chart draws: gaps where nothing is known or too few cases stand behind it."""
        return [comparable(one) for one in self.series]

    @property
    def target(self) -> Decimal | None:
        return self.now.target if self.now else None

    @property
    def change(self) -> Decimal | None:
        """From the month before to this one as it is shown, a share to a tenth of a point; None where one of
        them cannot be compared.
        """
        now, before = comparable(self.now), comparable(self.before)
        if now is None or before is None:
            return None
        return (now - before).quantize(SHOWN_TO)

    @property
    def tone(self) -> str:
        """ "good", "bad" or "" for no change or an indicator that is neither."""
        better = self.now.indicator.better.value if self.now else "neutral"
        if not self.change or better == "neutral":
            return ""
        return "good" if (self.change > 0) == (better == "higher") else "bad"


@dataclass(frozen=True)
class Book:
    """``month`` is the first day of the newest release's; None before the first release, with no figures."""

    month: date | None
    _figures: Mapping[tuple[str, str, str, date], Figure] = field(default_factory=dict)

    def figure(self, indicator: str, unit: str, group: str = TOTAL) -> Figure | None:
        """The figure of the book's month, by the unit's code."""
        return self._figures.get((indicator, unit, group, self.month)) if self.month else None

    def trend(self, indicator: str, unit: str, group: str = TOTAL, *, months: int = YEAR) -> Trend:
        if self.month is None:
            return Trend([None] * months)
        span = months_until(self.month, months)
        return Trend([self._figures.get((indicator, unit, group, month)) for month in span])


def read(*wants: Want, month: date | None, now: datetime) -> Book:
    """The figures in force that a page wants. Two queries; none of the figures before the first release."""
    if month is None:
        return Book(None)
    units = {unit.pk: unit for want in wants for unit in want.units}
    first, *rest = [_chosen(want, month) for want in wants]
    observations = list(first.union(*rest, all=True) if rest else first)
    for observation in observations:
        observation.unit = units[observation.unit_id]
    found = figures_of(observations, standings(now=now))
    return Book(month, {(one.code, one.unit.code, one.group, one.period_start): one for one in found})


def _chosen(want: Want, month: date) -> QuerySet[Observation]:
    chosen = Observation.objects.current().filter(
        indicator__in=list(want.indicators), unit__in=[unit.pk for unit in want.units]
    )
    if want.months == 1:
        chosen = chosen.filter(period_start=month)
    else:
        chosen = chosen.filter(period_start__gte=months_until(month, want.months)[0], period_start__lte=month)
    return chosen if want.groups else chosen.filter(group=TOTAL)
