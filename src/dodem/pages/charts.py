"""Charts drawn on the server: pure functions from numbers to SVG.

Every drawing has no ``style`` attribute, ``<style>`` or script, so it passes a strict content policy; takes
its colours from classes in ``charts.css``, so light, dark and paper need no second drawing; and carries
``role="img"`` with a spoken label, beside which the page must show the same numbers as text or table. Bars,
strips and pulses are laid out in percentages and stretch without bending the text. ``None`` in a series is
a gap, never a zero.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from django.utils.safestring import SafeString

from dodem.pages.formats import Number, number, percent
from dodem.pages.series import Series, last_known, path_data


def spark(
    values: Series,
    *,
    label: str,
    width: int = 96,
    height: int = 24,
    target: Number | None = None,
    low: Number | None = None,
    high: Number | None = None,
    bad: bool = False,
) -> SafeString:
    """A word-sized line, its last known point marked (red if ``bad``). No known value draws nothing."""
    known = [float(value) for value in values if value is not None]
    if not known:
        return SafeString("")
    seen = [*known, float(target)] if target is not None else known
    bottom = min(seen) if low is None else float(low)
    span = ((max(seen) if high is None else float(high)) - bottom) or 1.0
    step = (width - 6) / max(len(values) - 1, 1)

    def x(index: int) -> float:
        return 2 + index * step

    def y(value: Number) -> float:
        return height - 3 - (float(value) - bottom) / span * (height - 6)

    goal = f'<path class="tg" d="M2 {y(target):.1f}H{width - 4}"/>' if target is not None else ""
    last, value = last_known(values)
    return SafeString(
        f'<svg class="spark{" spark--bad" if bad else ""}" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">'
        f'{goal}<path d="{path_data(values, x, y, places=1)}"/>'
        f'<circle cx="{x(last):.1f}" cy="{y(value):.1f}" r="3"/></svg>'
    )


def bar(
    value: Number | None,
    *,
    label: str,
    top: Number = 100,
    target: Number | None = None,
    peer: Number | None = None,
    highlight: bool = False,
    thin: bool = False,
) -> SafeString:
    """One bar on a track from 0 to ``top``; a red tick at ``target``, a grey one at the median of its peers.

    An unknown value leaves the track empty. A value past the end is cut there: the text beside it tells.
    """

    def at(amount: Number) -> str:
        return f"{100 * min(max(float(amount) / float(top), 0.0), 1.0):.2f}%" if top else "0%"

    parts = ['<rect class="trk" width="100%" height="100%"/>']
    if value is not None:
        parts.append(f'<rect class="{"hi" if highlight else "main"}" width="{at(value)}" height="100%"/>')
    if target is not None:
        parts.append(f'<line class="tg" x1="{at(target)}" x2="{at(target)}" y1="-15%" y2="115%"/>')
    if peer is not None:
        parts.append(f'<line class="pk" x1="{at(peer)}" x2="{at(peer)}" y1="-10%" y2="110%"/>')
    size = " bar--thin" if thin else ""
    return SafeString(
        f'<svg class="bar{size}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


@dataclass(frozen=True)
class Part:
    """A part of a stacked bar. ``status`` colours it: late, risk, ok, done, done-late or none."""

    count: int
    status: str
    name: str


def stack(parts: Iterable[Part], *, label: str = "", thin: bool = False) -> SafeString:
    """Parts of a whole side by side, numbered where the number fits.

    Give the parts in the fixed order done, done late, on track, due soon, overdue: in grey, order tells.
    """
    parts = list(parts)
    total = sum(part.count for part in parts)
    drawn, x = [], 0.0
    for part in parts:
        if not part.count:
            continue
        width = 100 * part.count / total
        drawn.append(
            f'<rect class="f-{escape(part.status)}" x="{x:.2f}%" width="{max(width - 0.25, 0.1):.2f}%"'
            f' height="100%"><title>{escape(part.name)}: {number(part.count)}</title></rect>'
        )
        if not thin and width > 9:
            ink = f"on-{part.status}" if part.status in ("risk", "none") else "inv"
            drawn.append(
                f'<text class="{ink}" x="{x + width / 2:.2f}%" y="50%" dy=".36em" text-anchor="middle">'
                f"{number(part.count)}</text>"
            )
        x += width
    spoken = label or ", ".join(f"{part.name} {number(part.count)}" for part in parts)
    size = "bar--thin" if thin else "bar--stack"
    return SafeString(
        f'<svg class="bar {size}" role="img" aria-label="{escape(spoken)}">{"".join(drawn)}</svg>'
    )


def strip(
    peers: Iterable[Number],
    own: Number,
    *,
    label: str,
    low: Number,
    high: Number,
    median: Number | None = None,
    show: Callable[[Number], str] = percent,
) -> SafeString:
    """Where one unit stands among its peers: dots on one axis, its own dot large, the median as a tick."""
    span = (float(high) - float(low)) or 1.0

    def at(value: Number) -> float:
        return 100 * min(max((float(value) - float(low)) / span, 0.0), 1.0)

    parts = ['<line class="ax" x1="0" x2="100%" y1="11" y2="11"/>']
    parts += [f'<circle class="d" cx="{at(peer):.2f}%" cy="11" r="3.5"/>' for peer in peers]
    if median is not None:
        parts.append(f'<line class="md" x1="{at(median):.2f}%" x2="{at(median):.2f}%" y1="3" y2="19"/>')
    here = at(own)
    anchor = "start" if here < 15 else "end" if here > 85 else "middle"
    parts.append(f'<circle class="me" cx="{here:.2f}%" cy="11" r="6"/>')
    parts.append(
        f'<text class="tme" x="{here:.2f}%" y="33" text-anchor="{anchor}">{escape(show(own))}</text>'
    )
    if here > 22:
        parts.append(f'<text x="0" y="33">{escape(show(low))}</text>')
    if here < 78:
        parts.append(f'<text x="100%" y="33" text-anchor="end">{escape(show(high))}</text>')
    return SafeString(f'<svg class="strip" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>')


class Beat(StrEnum):
    """How one expected delivery went."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSED = "missed"


def pulse(beats: Sequence[Beat | str], *, label: str) -> SafeString:
    """One tick per expected delivery: on time is full, late is half as high, missed is hollow."""
    width = 100 / max(len(beats), 1)
    shape = {
        Beat.ON_TIME: 'y="0" height="100%"',
        Beat.LATE: 'class="p-late" y="50%" height="50%"',
        Beat.MISSED: 'class="p-miss" y="1" height="88%"',
    }
    ticks = "".join(
        f'<rect x="{index * width:.2f}%" width="{width * 0.66:.2f}%" {shape[Beat(beat)]}/>'
        for index, beat in enumerate(beats)
    )
    return SafeString(f'<svg class="pulse" role="img" aria-label="{escape(label)}">{ticks}</svg>')


@dataclass(frozen=True)
class Column:
    """A column of a small count chart: its name below, its count above (a link where ``href`` is given)."""

    name: str
    count: int
    href: str = ""
    highlight: bool = False


def column(count: int, *, highest: int) -> SafeString:
    """The column itself, full at ``highest``. Decorative: its number stands above it as text."""
    height = 100 * count / highest if highest else 0
    return SafeString(
        '<svg aria-hidden="true">'
        f'<rect x="12%" width="76%" y="{100 - height:.2f}%" height="{height:.2f}%"/></svg>'
    )
