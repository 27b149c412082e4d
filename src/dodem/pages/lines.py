"""The line chart with axes: one series in ink, and where wanted its target path and an earlier period."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from math import ceil, floor, log10

from django.utils.safestring import SafeString

from dodem.pages.formats import Number
from dodem.pages.series import Series, last_known, path_data


@dataclass(frozen=True)
class Scale:
    """A vertical axis: its ends and the round values of its grid lines, low to high."""

    ticks: tuple[float, ...]

    @property
    def low(self) -> float:
        return self.ticks[0]

    @property
    def high(self) -> float:
        return self.ticks[-1]


def scale(
    *series: Series, most: int = 4, floor_at: Number | None = None, cut_at: Number | None = None
) -> Scale:
    """A scale that holds every known value of ``series``, its ticks 1, 2 or 5 times a power of ten apart.

    About ``most`` intervals. ``floor_at`` and ``cut_at`` bound it where no value can lie beyond, as 0 and 100
    for a share.
    """
    known = [float(value) for values in series for value in values if value is not None] or [0.0]
    low, high = min(known), max(known)
    if low == high:
        low, high = low - 1, high + 1
    raw = (high - low) / most
    magnitude = 10.0 ** floor(log10(raw))
    step = next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= raw)
    first, last = floor(low / step), ceil(high / step)
    ticks = [round(index * step, 10) for index in range(first, last + 1)]
    if floor_at is not None:
        ticks = [tick for tick in ticks if tick >= floor_at] or ticks
    if cut_at is not None:
        ticks = [tick for tick in ticks if tick <= cut_at] or ticks
    return Scale(tuple(ticks))


def line(
    values: Series,
    *,
    label: str,
    axis: Scale,
    names: Sequence[str],
    show: Callable[[Number], str],
    target: Series = (),
    target_name: str = "",
    earlier: Series = (),
    earlier_name: str = "",
    slots: int = 0,
    small: bool = False,
    filled: bool = False,
    caption: str = "",
) -> SafeString:
    """A series over time. No known value draws nothing.

    ``names`` label the horizontal axis, spread evenly; ``show`` writes a value of the vertical one and of the
    last point. ``slots`` is the length of the whole period where the series has not reached its end yet.
    """
    if all(value is None for value in values):
        return SafeString("")
    span = max(slots, len(values), len(target), len(earlier), 2) - 1

    def x(index: int) -> float:
        return 100 * index / span

    def y(value: Number) -> float:
        return 100 - 100 * (float(value) - axis.low) / (axis.high - axis.low)

    last, end = last_known(values)
    drawn = [
        f'<path class="ar" d="{_area(values, x, y)}"/>' if filled else "",
        f'<path class="ln past" d="{path_data(earlier, x, y)}"/>' if earlier else "",
        f'<path class="tg" d="{path_data(target, x, y)}"/>' if target else "",
        f'<path class="ln" d="{path_data(values, x, y)}"/>',
    ]
    at_edge = x(last) > 80
    words = [
        f'<text x="{x(last):.2f}%" y="{y(end):.2f}%" dx="{-8 if at_edge else 9}" dy="{-8 if at_edge else 4}"'
        f' text-anchor="{"end" if at_edge else "start"}">{escape(show(end))}</text>',
        _target_text(target, target_name, x, y),
        _earlier_text(earlier, earlier_name, x, y),
    ]
    grid = "".join(
        f'<line class="gl" x1="0" x2="100%" y1="{y(tick):.2f}%" y2="{y(tick):.2f}%"/>' for tick in axis.ticks
    )
    ticks = _spans(show(tick) for tick in reversed(axis.ticks))
    heading = f'<figcaption class="chart__c">{escape(caption)}</figcaption>' if caption else ""
    return SafeString(
        f'<figure class="chart">{heading}<div class="chart__y" aria-hidden="true">{ticks}</div>'
        f'<svg class="plot{" plot--s" if small else ""}" role="img" aria-label="{escape(label)}">{grid}'
        '<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">'
        f"{''.join(drawn)}</svg>"
        f'<circle cx="{x(last):.2f}%" cy="{y(end):.2f}%" r="5"/>{"".join(words)}</svg>'
        f'<div class="chart__x" aria-hidden="true">{_spans(names)}</div></figure>'
    )


def _spans(texts: Iterable[str]) -> str:
    return "".join(f"<span>{escape(text)}</span>" for text in texts)


def _area(values: Series, x: Callable[[int], float], y: Callable[[Number], float]) -> str:
    """The ground under each unbroken run of known values."""
    shape = ""
    for known, run in groupby(range(len(values)), key=lambda index: values[index] is not None):
        if known:
            indexes = list(run)
            tops = "L".join(f"{x(index):.2f} {y(values[index] or 0):.2f}" for index in indexes)
            shape += f"M{tops}L{x(indexes[-1]):.2f} 100L{x(indexes[0]):.2f} 100z"
    return shape


def _target_text(target: Series, name: str, x: Callable[[int], float], y: Callable[[Number], float]) -> str:
    """The name of the target path: at the left above a level target, at the end of one that moves."""
    if not name or all(value is None for value in target):
        return ""
    last, value = last_known(target)
    if len(set(target)) == 1:
        return f'<text class="tt" x="0" y="{y(value):.2f}%" dx="4" dy="-6">{escape(name)}</text>'
    place = f'x="{x(last):.2f}%" y="{y(value):.2f}%" dx="-4" dy="-7" text-anchor="end"'
    return f'<text class="tt" {place}>{escape(name)}</text>'


def _earlier_text(earlier: Series, name: str, x: Callable[[int], float], y: Callable[[Number], float]) -> str:
    if not name or all(value is None for value in earlier):
        return ""
    last, value = last_known(earlier)
    place = f'x="{x(last):.2f}%" y="{y(value):.2f}%" dx="-4" dy="15" text-anchor="end"'
    return f'<text class="tp" {place}>{escape(name)}</text>'
