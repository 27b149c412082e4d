"""Comparing units with each other: which figures carry a comparison, and where one unit stands. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.utils.translation import gettext as _

from dodem.indicators.figures import Figure
from dodem.pages.formats import number

ENOUGH = 10  # a share of fewer cases is "ít": it is neither ranked nor painted


def comparable(figure: Figure | None) -> Decimal | None:
    """The value to compare; None where nothing is known or a share rests on fewer than ENOUGH cases."""
    if figure is None or figure.known is None:
        return None
    is_share = figure.denominator is not None
    return None if is_share and (figure.denominator or 0) < ENOUGH else figure.known


def in_words(figure: Figure | None) -> str:
    """ "94,4%", "12", "ít", "chưa có số"."""
    if figure is None:
        return _("chưa có số")
    return figure.text if comparable(figure) is not None or figure.value is None else _("ít")


def out_of(figure: Figure) -> str:
    """ "212/225" behind a share; "" for a count."""
    if figure.denominator is None or figure.measured_in.value != "percent":
        return ""
    return f"{number(figure.numerator)}/{number(figure.denominator)}"


def badness(figure: Figure | None) -> tuple[int, Decimal]:
    """Sorts the worst first, what cannot be compared last."""
    return figure.badness if figure and comparable(figure) is not None else (1, Decimal(0))


def worst_first(figures: Iterable[Figure]) -> list[Figure]:
    """Those that can be compared, the worst first, equals by name."""
    chosen = [one for one in figures if comparable(one) is not None]
    return sorted(chosen, key=lambda one: (one.badness, one.unit.sort_key))


@dataclass(frozen=True)
class Position:
    """Where one unit stands among its peers, itself included. ``rank`` 1 is the best; equals share a rank."""

    own: Figure
    peers: Sequence[Decimal]
    median: Decimal
    rank: int

    @property
    def count(self) -> int:
        return len(self.peers)

    @property
    def is_above_median(self) -> bool:
        """Better than the median, or as good."""
        value = self.own.known or Decimal(0)
        return value >= self.median if higher_is_better(self.own) else value <= self.median

    @property
    def is_low(self) -> bool:
        """In the last quarter."""
        return self.count >= 4 and self.rank > self.count * 3 / 4

    @property
    def ends(self) -> tuple[float, float]:
        """Round ends of the axis that hold every peer, five apart."""
        low, high = min(self.peers), max(self.peers)
        bottom, top = float(low // 5 * 5), float(-(-high // 5) * 5)
        return bottom, top if top > bottom else bottom + 5


def position(own: Figure | None, peers: Iterable[Figure | None]) -> Position | None:
    """The position of ``own`` among ``peers`` (itself one of them); None where it, or fewer than three of
    them, can be compared.
    """
    value = comparable(own)
    values = sorted(known for one in peers if (known := comparable(one)) is not None)
    if own is None or value is None or len(values) < 3:
        return None
    better = [one for one in values if (one > value if higher_is_better(own) else one < value)]
    return Position(own, values, Decimal(median(values)), len(better) + 1)


def higher_is_better(figure: Figure) -> bool:
    return figure.indicator.better.value != "lower"
