"""The map of units as equal hexagons, drawn on the server.

One tab stop: the first cell is in the tab order and ``ui.js`` moves it with the arrow keys; the page must
offer a link past the map and the same figures as a table. A unit without a value is hatched, never blank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, pi, sin, sqrt

from django.utils.safestring import SafeString

from dodem.vietnam.units import Tile

SIZE = 26  # width of a hexagon in drawing units
ROW = SIZE * sqrt(3) / 2
RADIUS = SIZE / sqrt(3) - 0.2  # the gap draws the borders
CORNERS = (
    "M" + "L".join(f"{RADIUS * sin(k * pi / 3):.1f} {RADIUS * cos(k * pi / 3):.1f}" for k in range(6)) + "z"
)

# Words around the rim, for orientation: the unit beside whose cell they stand -> (words, side).
LANDMARKS: Mapping[str, tuple[str, str]] = {
    "25864": ("Phú Giáo", "right"),
    "25951": ("Dĩ An", "right"),
    "26857": ("Thủ Đức", "right"),
    "27637": ("Bình Chánh", "below"),
    "27664": ("Cần Giờ", "below"),
    "26526": ("Vũng Tàu", "left"),
    "26596": ("Châu Đức", "left"),
    "26732": ("Côn Đảo", "left"),
}
_SIDES = {
    "right": (SIZE * 0.62, 4, "start"),
    "left": (-SIZE * 0.62, 4, "end"),
    "below": (0, SIZE * 0.98, "middle"),
    "above": (0, -SIZE * 0.66, "middle"),
}


@dataclass(frozen=True)
class Cell:
    """One unit: ``fill`` is a class of ``ramps.Ramp``, "" for no data; ``says`` is its figure in words."""

    tile: Tile
    name: str
    fill: str
    says: str
    href: str = ""
    text: str = ""


def hexmap(
    cells: Sequence[Cell],
    *,
    label: str,
    highlight: str = "",
    landmarks: Mapping[str, tuple[str, str]] = LANDMARKS,
    uid: str = "map",
) -> SafeString:
    """The drawing. A cell with ``href`` is a link named "name: says"; that of code ``highlight`` is outlined.

    ``uid`` keeps the hatch pattern's id, ``{uid}-hatch``, apart where a page has two maps.
    """
    if not cells:
        return SafeString("")
    top = min(_y(cell.tile) for cell in cells) - SIZE / 2 - 3
    width = max(_x(cell.tile) for cell in cells) + SIZE / 2 + 2
    height = max(_y(cell.tile) for cell in cells) + SIZE / 2 + 4 - top
    hatch = (
        f'<defs><pattern id="{uid}-hatch" width="5" height="5" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><path class="hatchbg" d="M0 0h5v5H0z"/>'
        '<path class="hatch" d="M0 0v5"/></pattern></defs>'
    )
    # The outlined cell is drawn last, so that no neighbour covers its outline.
    order = sorted(cells, key=lambda cell: (cell.tile.code == highlight, cell.tile.row, cell.tile.col))
    first_link = next((cell for cell in order if cell.href), None)
    drawn = [_cell(cell, uid=uid, on=cell.tile.code == highlight, stop=cell is first_link) for cell in order]
    words = [
        _landmark(cell.tile, *landmarks[cell.tile.code]) for cell in cells if cell.tile.code in landmarks
    ]
    return SafeString(
        f'<svg viewBox="0 {top:.0f} {width:.0f} {height:.0f}" role="group" aria-label="{escape(label)}">'
        f"{hatch}{''.join(drawn)}{''.join(words)}</svg>"
    )


def _x(tile: Tile) -> float:
    return (tile.col + (0.5 if tile.row % 2 else 0)) * SIZE + SIZE / 2 + 2


def _y(tile: Tile) -> float:
    return tile.row * ROW + SIZE / 2 + 4


def _cell(cell: Cell, *, uid: str, on: bool, stop: bool) -> str:
    x, y = _x(cell.tile), _y(cell.tile)
    paint = f'class="{escape(cell.fill)}"' if cell.fill else f'fill="url(#{uid}-hatch)"'
    body = f'<path {paint} d="{CORNERS}" transform="translate({x:.1f} {y:.1f})"/>'
    if cell.text:
        shade = cell.fill[-1:] or "1"
        body += f'<text class="vt vt{shade}" x="{x:.1f}" y="{y + 2.6:.1f}">{escape(cell.text)}</text>'
    mark = ' class="on"' if on else ""
    spoken = escape(f"{cell.name}: {cell.says}")
    if not cell.href:
        return f"<g{mark}>{body}<title>{spoken}</title></g>"
    skip = "" if stop else ' tabindex="-1"'
    return f'<a href="{escape(cell.href)}"{mark} aria-label="{spoken}"{skip}>{body}</a>'


def _landmark(tile: Tile, words: str, side: str) -> str:
    dx, dy, anchor = _SIDES[side]
    place = f'x="{_x(tile) + dx:.1f}" y="{_y(tile) + dy:.1f}" text-anchor="{anchor}"'
    return f'<text class="lb" aria-hidden="true" {place}>{escape(words)}</text>'
