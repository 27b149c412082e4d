"""Every indicator with its newest figure of the city, and the figures others published."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dodem.access.roles import Permission
from dodem.access.web import StaffRequest, needs
from dodem.dataplane.definitions import Indicator
from dodem.indicators import published as quoted
from dodem.indicators import queries
from dodem.indicators.figures import Figure
from dodem.registers.queries import Standing, standings
from dodem.registers.words import in_language

CITY = "79"


@dataclass(frozen=True)
class Line:
    """An indicator in the catalogue. ``figure`` is None while nothing has been counted."""

    indicator: Indicator
    figure: Figure | None
    series: list[Figure | None]
    standing: Standing | None

    @property
    def title(self) -> str:
        return in_language(self.indicator.title)

    @property
    def meaning(self) -> str:
        return in_language(self.indicator.meaning)

    @property
    def known(self) -> list[object]:
        return [one.known if one else None for one in self.series]

    @property
    def has_history(self) -> bool:
        return sum(value is not None for value in self.known) > 1


@needs(Permission.FIGURE_SEE)
@require_GET
def catalogue(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    indicators = queries.indicator_list()
    series = queries.many_series([one.code for one in indicators], [CITY], now=now)
    state = standings(now=now)
    lines = [
        Line(
            indicator=one,
            figure=series[one.code, CITY][-1],
            series=series[one.code, CITY],
            standing=state.get(one.register),
        )
        for one in indicators
    ]
    context = {
        "nav": "figure",
        "lines": lines,
        "published": list(quoted.load().values()),
        "release": queries.latest_release(),
    }
    return render(request, "indicators/catalogue.html", context)


@needs(Permission.FIGURE_SEE)
@require_GET
def published(request: StaffRequest, code: str) -> HttpResponse:
    """A quoted figure: who said it, where, when, how exactly, and what we measure of the same thing."""
    figures = quoted.load()
    if code not in figures:
        raise Http404
    shown = figures[code]
    own = queries.current([shown.compare], [CITY]).get((shown.compare, CITY)) if shown.compare else None
    context = {
        "nav": "figure",
        "figure": shown,
        "numerator": figures.get(shown.numerator),
        "denominator": figures.get(shown.denominator),
        "own": own,
    }
    return render(request, "indicators/published.html", context)
