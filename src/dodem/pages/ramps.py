"""Five classes for a map: which colour a value gets, and what the legend says.

Always five classes with round limits written out, so that colour is never the only carrier. The class names
are those of ``charts.css``: ``q1`` to ``q5`` where more is good or neutral, ``h1`` to ``h5`` where the dark
end is bad.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext

from dodem.pages.formats import Number, number


class Bad(StrEnum):
    """Which end of the scale is bad, and so dark brown."""

    LOW = "low"
    HIGH = "high"
    NEITHER = "neither"


@dataclass(frozen=True)
class LegendRow:
    fill: str
    label: str
    count: int


@dataclass(frozen=True)
class Ramp:
    """Four rising limits make five classes; a value on a limit belongs to the class above it."""

    limits: tuple[float, float, float, float]
    bad: Bad = Bad.NEITHER

    def __post_init__(self) -> None:
        if any(low >= high for low, high in pairwise(self.limits)):
            raise ValueError(f"limits must rise: {self.limits}")

    def fill(self, value: Number | None) -> str:
        """The CSS class of a value; "" where it is not known (drawn hatched)."""
        if value is None:
            return ""
        return self._class(sum(float(value) >= limit for limit in self.limits))

    def legend(
        self, values: Iterable[Number | None], *, show: Callable[[Number], str] = number
    ) -> Sequence[LegendRow]:
        """Five rows, worst or else lowest first: the limits in words and how many values fall there."""
        fills = [self.fill(value) for value in values]
        low, *_, high = self.limits
        labels = [
            gettext("dưới %(limit)s") % {"limit": show(low)},
            *(f"{show(a)}\u2013{show(b)}" for a, b in pairwise(self.limits)),
            gettext("từ %(limit)s") % {"limit": show(high)},
        ]
        rows = [
            LegendRow(fill=self._class(index), label=label, count=fills.count(self._class(index)))
            for index, label in enumerate(labels)
        ]
        return rows[::-1] if self.bad is Bad.HIGH else rows

    def _class(self, index: int) -> str:
        """Class ``index`` counts from the lowest values, 0 to 4."""
        if self.bad is Bad.NEITHER:
            return f"q{index + 1}"
        return f"h{5 - index}" if self.bad is Bad.LOW else f"h{index + 1}"
