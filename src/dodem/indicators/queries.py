"""Figures for boards, pages and the API. Each call costs two or three queries, however many figures it
brings.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from dodem.dataplane.definition_files import load_all
from dodem.dataplane.definitions import Indicator
from dodem.indicators.figures import Figure, figures_of
from dodem.indicators.models import FigureQuestion, Observation, ObservationQuerySet, Release
from dodem.registers.queries import standings
from dodem.units.models import COMMUNE_LEVEL, Kind, Unit

TOTAL = ""  # the group of a figure over all groups
LEAVES = (Kind.DEPARTMENT, *COMMUNE_LEVEL)


def latest_release() -> Release | None:
    return Release.objects.order_by("-number").first()


def latest_period() -> date | None:
    """The month of the newest release; None before the first."""
    release = latest_release()
    return month_of(release.as_of) if release else None


def current(
    indicators: Iterable[str],
    units: Iterable[str],
    *,
    period: date | None = None,
    group: str = TOTAL,
    now: datetime | None = None,
) -> dict[tuple[str, str], Figure]:
    """The figures in force of a month (default: the newest release's), by (indicator, unit code).

    What was never observed is not in it: show "chưa có số", not 0.
    """
    period = period or latest_period()
    if period is None:
        return {}
    observations = (
        Observation.objects.current()
        .filter(indicator__in=list(indicators), unit__code__in=list(units), period_start=period, group=group)
        .select_related("unit")
    )
    return {(figure.code, figure.unit.code): figure for figure in figures(observations, now=now)}


def many_series(
    indicators: Iterable[str],
    units: Iterable[str],
    *,
    months: int = 12,
    until: date | None = None,
    group: str = TOTAL,
    now: datetime | None = None,
) -> dict[tuple[str, str], list[Figure | None]]:
    """The months up to ``until`` (default: the newest release's), oldest first, by (indicator, unit code).

    None is a month without a figure. Every pair asked for is there. A whole board: one call.
    """
    indicators, units = list(indicators), list(units)
    until = until or latest_period()
    if until is None:
        return {(indicator, unit): [None] * months for indicator in indicators for unit in units}
    span = months_until(until, months)
    observations = (
        Observation.objects.current()
        .filter(
            indicator__in=indicators,
            unit__code__in=units,
            group=group,
            period_start__gte=span[0],
            period_start__lte=until,
        )
        .select_related("unit")
    )
    place = {month: index for index, month in enumerate(span)}
    found: dict[tuple[str, str], list[Figure | None]] = {
        (indicator, unit): [None] * months for indicator in indicators for unit in units
    }
    for figure in figures(observations, now=now):
        found[figure.code, figure.unit.code][place[figure.period_start]] = figure
    return found


def series(
    indicator: str,
    unit: str,
    *,
    months: int = 12,
    until: date | None = None,
    group: str = TOTAL,
    now: datetime | None = None,
) -> list[Figure | None]:
    """One indicator of one unit over the months, oldest first; None is a month without a figure."""
    found = many_series([indicator], [unit], months=months, until=until, group=group, now=now)
    return found[indicator, unit]


def by_unit(
    indicator: str,
    *,
    period: date | None = None,
    under: Unit | None = None,
    group: str = TOTAL,
    now: datetime | None = None,
) -> list[Figure]:
    """One indicator at every commune and department (beneath ``under``) in a month, the worst first."""
    period = period or latest_period()
    if period is None:
        return []
    return units_of(
        Observation.objects.current(), indicator, period=period, under=under, group=group, now=now
    )


def units_of(
    observations: ObservationQuerySet,
    indicator: str,
    *,
    period: date,
    under: Unit | None,
    group: str,
    now: datetime | None,
) -> list[Figure]:
    """``by_unit`` over given observations: those in force, or those of an earlier release."""
    chosen = observations.filter(
        indicator=indicator, period_start=period, group=group, unit__kind__in=LEAVES
    ).select_related("unit")
    if under is not None:
        chosen = chosen.filter(unit__path__startswith=under.path)
    return sorted(figures(chosen, now=now), key=lambda figure: (figure.badness, figure.unit.sort_key))


def by_group(
    indicator: str, unit: str, *, period: date | None = None, now: datetime | None = None
) -> list[Figure]:
    """One indicator of one unit in each of its groups (programmes, for tasks), by group code."""
    period = period or latest_period()
    if period is None:
        return []
    chosen = (
        Observation.objects.current()
        .filter(indicator=indicator, unit__code=unit, period_start=period)
        .exclude(group=TOTAL)
        .select_related("unit")
        .order_by("group")
    )
    return figures(chosen, now=now)


def figures(observations: Iterable[Observation], *, now: datetime | None = None) -> list[Figure]:
    """Observations (with ``unit``) as figures, each with the state of its source; one further query."""
    return figures_of(observations, standings(now=now or timezone.now()))


def indicator_list() -> list[Indicator]:
    """Every indicator there is, by title."""
    return sorted(load_all().indicators.values(), key=lambda one: one.title.vi)


def open_questions_to(units: Iterable[Unit]) -> list[FigureQuestion]:
    """Questions that wait for an answer of these units, the oldest first."""
    return list(
        FigureQuestion.objects.open()
        .filter(to_unit__in=list(units))
        .select_related("observation__unit", "asked_by", "to_unit")
        .order_by("asked_at")
    )


def month_of(day: date) -> date:
    return day.replace(day=1)


def months_until(last: date, count: int) -> list[date]:
    """``count`` first days of months, ending with ``last``'s."""
    first = last.year * 12 + last.month - count
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, first + count)]
