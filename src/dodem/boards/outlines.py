"""The true outlines of the units as one drawing, where the city has imported its boundary file.

The coordinates are put on a grid of about 150 m before they are drawn: every point for itself, so that
neighbours still share their border, and what falls together or on a straight line is dropped.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from math import cos, radians

from django.core.cache import cache
from django.db.models import Max
from django.utils.safestring import SafeString

from dodem.units.models import Kind, Outline

WIDE = 900  # drawing units across the mainland
MARGIN = 4
DAY = 24 * 3600  # seconds that the drawing's paths are kept

Ring = list[list[float]]  # [longitude, latitude], the first point again at the end
Polygon = list[Ring]  # its outline, then its holes
Point = tuple[int, int]
Place = Callable[[Sequence[float]], Point]


@dataclass(frozen=True)
class Drawn:
    """Paths by unit code, in a drawing ``width`` by ``height``; ``frame`` is the box around the inset."""

    paths: dict[str, str]
    width: int
    height: int
    frame: tuple[int, int, int, int] | None


@dataclass(frozen=True)
class Painted:
    """One unit on a map: ``fill`` a class of its ramp, "" for hatched; ``says`` its figure in words."""

    code: str
    name: str
    fill: str
    says: str
    href: str


@dataclass(frozen=True)
class Extent:
    """Degrees of a set of shapes, and drawing units a degree."""

    west: float
    south: float
    east: float
    north: float
    scale: float

    @classmethod
    def of(cls, shapes: Iterable[Sequence[Polygon]], *, scale: float = 0.0) -> Extent:
        points = [point for polygons in shapes for rings in polygons for point in rings[0]]
        longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
        west, east = min(longitudes), max(longitudes)
        south, north = min(latitudes), max(latitudes)
        return cls(west, south, east, north, scale or WIDE / ((east - west) * narrowing(south, north)))

    @property
    def width(self) -> int:
        return round((self.east - self.west) * narrowing(self.south, self.north) * self.scale)

    @property
    def height(self) -> int:
        return round((self.north - self.south) * self.scale)

    def place(self, point: Sequence[float], *, right: int = 0, down: int = 0) -> Point:
        x = (point[0] - self.west) * narrowing(self.south, self.north) * self.scale
        return round(x) + right, round((self.north - point[1]) * self.scale) + down


def narrowing(south: float, north: float) -> float:
    """How much shorter a degree of longitude is than one of latitude."""
    return cos(radians((south + north) / 2))


def imported_at() -> datetime | None:
    """When outlines were last imported; None where there are none. One query."""
    newest: datetime | None = Outline.objects.aggregate(newest=Max("imported_at"))["newest"]
    return newest


def drawn(*, imported: datetime) -> Drawn:
    """The paths of the outlines imported by then, worked out once for each import."""
    key = f"boards:outlines:{imported.isoformat()}"
    kept: Drawn | None = cache.get(key)
    if kept is None:
        shapes, apart = {}, set()
        for outline in Outline.objects.select_related("unit").filter(unit__valid_to=None):
            shapes[outline.unit.code] = outline.rings
            if outline.unit.kind == Kind.SPECIAL_ZONE:
                apart.add(outline.unit.code)
        kept = draw(shapes, apart=apart)
        cache.set(key, kept, DAY)
    return kept


def draw(shapes: dict[str, list[Polygon]], *, apart: set[str]) -> Drawn:
    """Put shapes (degrees) on the grid. Those ``apart`` (islands far out) go into a box at the lower left,
    without their specks.
    """
    near = {code: polygons for code, polygons in shapes.items() if code not in apart}
    far = {code: without_specks(polygons) for code, polygons in shapes.items() if code in apart}
    if not near:
        near, far = shapes, {}
    extent = Extent.of(near.values())
    width, height = extent.width + 2 * MARGIN, extent.height + 2 * MARGIN
    paths = {
        code: path(polygons, lambda point: extent.place(point, right=MARGIN, down=MARGIN))
        for code, polygons in near.items()
    }
    frame = None
    if far:
        inset = Extent.of(far.values(), scale=extent.scale)
        right, down = 3 * MARGIN, height - inset.height - 3 * MARGIN
        frame = (MARGIN, down - 2 * MARGIN, inset.width + 4 * MARGIN, inset.height + 4 * MARGIN)
        for code, polygons in far.items():
            paths[code] = path(polygons, lambda point: inset.place(point, right=right, down=down))
    return Drawn(paths, width, height, frame)


def without_specks(polygons: Sequence[Polygon]) -> list[Polygon]:
    """The polygons of at least a fiftieth of the largest: islets would spread the box over half the sea."""
    areas = [area(rings[0]) for rings in polygons]
    return [rings for rings, size in zip(polygons, areas, strict=True) if size >= max(areas) / 50]


def area(ring: Ring) -> float:
    """In square degrees, whichever way the ring turns."""
    pairs = itertools.pairwise(ring)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def path(polygons: Iterable[Polygon], place: Place) -> str:
    """SVG path data of all rings that have an area on the grid; of a unit that has none, a dot."""
    rings = [on_grid(ring, place) for rings in polygons for ring in rings]
    visible = [ring for ring in rings if len(ring) > 2]
    if visible:
        return "".join(map(ring_data, visible))
    spot = next((ring[0] for ring in rings if ring), None)
    return f"M{spot[0]} {spot[1]}l2 2l-2 2l-2 -2z" if spot else ""


def on_grid(ring: Ring, place: Place) -> list[Point]:
    """The ring's points on the grid, without repeats and without points on a straight line."""
    points: list[Point] = []
    for raw in ring:
        point = place(raw)
        if points and point == points[-1]:
            continue
        if len(points) > 1 and is_straight(points[-2], points[-1], point):
            points[-1] = point
        else:
            points.append(point)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points


def is_straight(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def ring_data(ring: Sequence[Point]) -> str:
    steps = [f"M{ring[0][0]} {ring[0][1]}l"]
    steps.append(" ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in itertools.pairwise(ring)))
    return "".join(steps) + "z"


def outline_map(
    drawing: Drawn, units: Sequence[Painted], *, label: str, highlight: str, uid: str
) -> SafeString:
    """The drawing with each unit a link, as ``hexmap`` draws tiles; units without an outline are left out."""
    shown = sorted((one for one in units if one.code in drawing.paths), key=lambda one: one.code == highlight)
    hatch = (
        f'<defs><pattern id="{uid}-hatch" width="9" height="9" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><path class="hatchbg" d="M0 0h9v9H0z"/>'
        '<path class="hatch" d="M0 0v9"/></pattern></defs>'
    )
    links = []
    for place, one in enumerate(shown):
        paint = f'class="{escape(one.fill)}"' if one.fill else f'fill="url(#{uid}-hatch)"'
        mark = ' class="on"' if one.code == highlight else ""
        stop = "" if place == 0 else ' tabindex="-1"'
        links.append(
            f'<a href="{escape(one.href)}"{mark} aria-label="{escape(f"{one.name}: {one.says}")}"{stop}>'
            f'<path {paint} d="{drawing.paths[one.code]}"/></a>'
        )
    frame = ""
    if drawing.frame:
        x, y, width, height = drawing.frame
        frame = f'<rect class="rg" x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return SafeString(
        f'<svg viewBox="0 0 {drawing.width} {drawing.height}" role="group" aria-label="{escape(label)}">'
        f"{hatch}{''.join(links)}{frame}</svg>"
    )
