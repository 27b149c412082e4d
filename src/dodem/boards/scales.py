"""Which indicators a map of units can show, and the round limits of their five classes.

The limits are written here so that they stay the same all quarter: a unit changes its colour because its
figure changed, never because the others' did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dodem.pages import formats
from dodem.pages.formats import Number
from dodem.pages.ramps import Bad, Ramp


@dataclass(frozen=True)
class Scale:
    """``show`` writes a limit in the legend."""

    ramp: Ramp
    show: Callable[[Number], str]


def short_percent(value: Number) -> str:
    return formats.percent(value, 0 if float(value).is_integer() else 1)


def share(*limits: float) -> Scale:
    """A share of which more is better."""
    low, second, third, high = limits
    return Scale(Ramp((low, second, third, high), Bad.LOW), short_percent)


def load(*limits: float) -> Scale:
    """A count of which more is worse."""
    low, second, third, high = limits
    return Scale(Ramp((low, second, third, high), Bad.HIGH), formats.number)


SCALES: dict[str, Scale] = {
    "feedback_open_overdue": load(2, 4, 6, 9),
    "feedback_on_time": share(70, 80, 90, 95),
    "feedback_satisfaction": share(70, 80, 90, 95),
    "tasks_overdue": load(1, 2, 3, 5),
    "tasks_on_time": share(60, 70, 80, 90),
    "dossiers_on_time": share(90, 95, 98, 99),
    "dossiers_overdue_open": load(1, 2, 4, 8),
    "dossiers_fully_online": share(60, 70, 80, 90),
    "st_budget_disbursed": share(20, 40, 60, 80),
    "data_rows_sound": share(95, 98, 99, 99.5),
}
FIRST = "dossiers_on_time"
