"""Read a boundary file and say what in it does not fit. Pure: bytes and codes in, outlines and faults out.

GeoJSON (RFC 7946) and TopoJSON 1.0, coordinates in WGS 84, longitude first.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

MAX_BYTES = 100 * 1024 * 1024
CODE_PROPERTIES = ("code", "unit_code", "ma", "ma_xa", "maxa", "ma_dvhc", "ward_code")
COUNTRY = (102.0, 6.0, 118.0, 24.0)  # west, south, east, north of Viet Nam, islands included

Ring = list[list[float]]
Polygon = list[Ring]


class UnreadableBoundaries(Exception):
    """The file is not a boundary file at all; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Shape:
    """One unit's polygons as the file has them. ``fault`` says why they cannot be used, or is empty."""

    code: str
    polygons: list[Polygon]
    fault: str = ""


@dataclass(frozen=True)
class Check:
    """``faults`` keep a file out; ``notes`` tell what it lacks or has too much of."""

    shapes: dict[str, list[Polygon]]
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def check(content: bytes, *, codes: Collection[str]) -> Check:
    """Hold a file against the codes of the living units. Raises UnreadableBoundaries."""
    shapes = list(read(content))
    if not shapes:
        raise UnreadableBoundaries("Tệp không có vùng nào.")
    times = Counter(shape.code for shape in shapes)
    faults = [f"{shape.code or 'Vùng không có mã'}: {shape.fault}" for shape in shapes if shape.fault]
    faults += [
        f"{code}: có {number} vùng cùng mã này." for code, number in times.items() if code and number > 1
    ]
    known = {shape.code: shape.polygons for shape in shapes if shape.code in codes}
    if not known:
        faults.append("Không vùng nào có mã của một đơn vị đang hoạt động.")
    unknown = sorted(set(times) - set(codes) - {""})
    missing = sorted(set(codes) - set(times))
    notes = []
    if unknown:
        notes.append(f"Bỏ qua {len(unknown)} mã không phải của đơn vị đang hoạt động: {listed(unknown)}.")
    if missing:
        notes.append(f"Chưa có ranh giới của {len(missing)} đơn vị: {listed(missing)}.")
    return Check(shapes=known, faults=faults, notes=notes)


def listed(codes: list[str], *, most: int = 12) -> str:
    return ", ".join(codes[:most]) + (f" và {len(codes) - most} mã khác" if len(codes) > most else "")


def read(content: bytes) -> Iterator[Shape]:
    """The shapes of a file, each with its own fault. Raises UnreadableBoundaries."""
    if len(content) > MAX_BYTES:
        raise UnreadableBoundaries(f"Tệp lớn hơn {MAX_BYTES // 1024 // 1024} MB.")
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableBoundaries("Tệp không phải JSON hợp lệ.") from error
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "FeatureCollection":
        for feature in mappings(document.get("features")):
            yield shape_of(feature, feature.get("geometry"), coordinates_of_geojson)
    elif kind == "Topology":
        arcs = unpacked_arcs(document)
        for collection in mappings(list((document.get("objects") or {}).values())):
            for geometry in mappings(collection.get("geometries")):
                yield shape_of(geometry, geometry, lambda found: coordinates_of_topojson(found, arcs))
    else:
        raise UnreadableBoundaries("Tệp phải là GeoJSON (FeatureCollection) hoặc TopoJSON (Topology).")


def shape_of(
    feature: Mapping[str, Any], geometry: Any, coordinates_of: Callable[[Mapping[str, Any]], list[Polygon]]
) -> Shape:
    """One feature as a shape. Whatever is wrong with its geometry becomes its fault."""
    code = code_of(feature)
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return Shape(code, [], "không phải vùng (Polygon hoặc MultiPolygon).")
    try:
        polygons = [
            [[position(at) for at in ring] for ring in polygon] for polygon in coordinates_of(geometry)
        ]
    except (TypeError, ValueError, KeyError, IndexError):
        return Shape(code, [], "tọa độ không đọc được.")
    return Shape(code, polygons, fault_of(polygons))


def code_of(feature: Mapping[str, Any]) -> str:
    """The unit's code from the usual properties, in any letter case, or else the feature's own id."""
    properties = feature.get("properties")
    given = (
        {str(key).lower(): value for key, value in properties.items()} if isinstance(properties, dict) else {}
    )
    values = [given.get(name) for name in CODE_PROPERTIES] + [feature.get("id")]
    return next((str(value).strip() for value in values if value not in (None, "")), "")


def coordinates_of_geojson(geometry: Mapping[str, Any]) -> list[Any]:
    coordinates = geometry["coordinates"]
    return [coordinates] if geometry["type"] == "Polygon" else list(coordinates)


def coordinates_of_topojson(geometry: Mapping[str, Any], arcs: list[list[Any]]) -> list[Any]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [[stitched(ring, arcs) for ring in polygon] for polygon in polygons]


def stitched(ring: list[int], arcs: list[list[Any]]) -> list[Any]:
    """A ring from its arcs: ~i is arc i backwards, and each arc begins where the one before it ended."""
    positions: list[Any] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        positions += arc[1:] if positions else arc
    return positions


def unpacked_arcs(topology: Mapping[str, Any]) -> list[list[Any]]:
    """The arcs as positions: a quantized topology keeps whole-number steps. Raises UnreadableBoundaries."""
    transform = topology.get("transform")
    try:
        if transform is None:
            return list(topology["arcs"])
        (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
        unpacked = []
        for arc in topology["arcs"]:
            x = y = 0
            positions = []
            for step in arc:
                x, y = x + step[0], y + step[1]
                positions.append([x * scale_x + left, y * scale_y + bottom])
            unpacked.append(positions)
    except (TypeError, ValueError, KeyError, IndexError) as error:
        raise UnreadableBoundaries("Các cung (arcs) của tệp TopoJSON không đọc được.") from error
    return unpacked


def position(given: Sequence[Any]) -> list[float]:
    """Longitude and latitude to six decimals, some ten centimetres. Raises ValueError for anything else."""
    longitude, latitude = float(given[0]), float(given[1])
    if not (isfinite(longitude) and isfinite(latitude)):
        raise ValueError(given)
    return [round(longitude, 6), round(latitude, 6)]


def fault_of(polygons: list[Polygon]) -> str:
    west, south, east, north = COUNTRY
    rings = [ring for polygon in polygons for ring in polygon]
    if not rings:
        return "vùng rỗng."
    if any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
        return "đường bao không khép kín."
    if any(not (west <= x <= east and south <= y <= north) for ring in rings for x, y in ring):
        return "nằm ngoài lãnh thổ Việt Nam; kiểm tra hệ tọa độ (WGS 84, kinh độ trước)."
    return ""


def mappings(found: Any) -> list[dict[str, Any]]:
    """The objects of a JSON list; nothing when it is no list."""
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
