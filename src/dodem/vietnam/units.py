"""The units of the city as data: definitions/units/*.csv read once into frozen dataclasses.

Codes are strings. A commune-level unit has its five-digit code, the city is "79", its two group nodes are
"79-CX" (commune level) and "79-SN" (departments). The columns are described in definitions/units/README.md.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

CITY = "79"
COMMUNE_LEVEL = "79-CX"
DEPARTMENTS = "79-SN"
REFORM_ON = date(2025, 7, 1)  # Resolution 1685/NQ-UBTVQH15 takes effect; districts end

CommuneKind = Literal["ward", "commune", "special_zone"]
FormerKind = Literal["ward", "commune", "township", "district"]
Role = Literal["whole", "part", "rest", "part_area_only", "unchanged"]


@dataclass(frozen=True, slots=True)
class Node:
    """The city or a group of units. `aliases` are the ways a paper addresses it."""

    code: str
    kind: Literal["city", "group"]
    parent_code: str | None
    name: str
    short_name: str
    name_en: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Department:
    """A department, or an agency of that rank. `code` is our placeholder until `agency_code` is known."""

    code: str
    agency_code: str | None
    parent_code: str
    name: str
    short_name: str
    name_en: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune-level unit; `lat`, `lon` (WGS 84) is its label point, `clause` the one that made it."""

    code: str
    kind: CommuneKind
    name: str
    short_name: str
    name_en: str
    former_area: str
    area_km2: float
    population: int
    population_on: date
    office: str
    lat: float
    lon: float
    clause: int | None
    valid_from: date


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """One former unit going, whole or in part, to `new_code`; a split unit has one row for each part."""

    code: str | None
    name: str
    kind: FormerKind
    district: str
    province: str
    new_code: str
    role: Role
    clause: int | None
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class HistoricUnit:
    """A unit already merged before 30 June 2025, and the unit of that day which had taken it in."""

    province: str
    district: str
    name: str
    became_code: str
    became_name: str
    year: int | None
    source: str


@dataclass(frozen=True, slots=True)
class EarlierDistrict:
    """A district gone before 2025. `wards` (short names) is empty when it is all of `within`, or nearly."""

    name: str
    within: str
    wards: tuple[str, ...]
    until: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A unit's hexagon: odd rows are shifted right by half a cell; row 0 is in the north."""

    code: str
    col: int
    row: int


@cache
def nodes() -> tuple[Node, ...]:
    """The city first, then its group nodes."""
    return tuple(
        Node(
            code=row["code"],
            kind="city" if row["kind"] == "city" else "group",
            parent_code=row["parent_code"] or None,
            name=row["name"],
            short_name=row["short_name"],
            name_en=row["name_en"],
            aliases=_list(row["aliases"]),
        )
        for row in _rows("nodes")
    )


@cache
def departments() -> tuple[Department, ...]:
    """The 15 departments, in the order of the file."""
    return tuple(
        Department(
            code=row["code"],
            agency_code=row["agency_code"] or None,
            parent_code=row["parent_code"],
            name=row["name"],
            short_name=row["short_name"],
            name_en=row["name_en"],
            aliases=_list(row["aliases"]),
        )
        for row in _rows("departments")
    )


@cache
def communes() -> tuple[Commune, ...]:
    """The 168 commune-level units, by code."""
    return tuple(
        Commune(
            code=row["code"],
            kind=_COMMUNE_KINDS[row["kind"]],
            name=row["name"],
            short_name=row["short_name"],
            name_en=row["name_en"],
            former_area=row["former_area"],
            area_km2=float(row["area_km2"]),
            population=int(row["population"]),
            population_on=date.fromisoformat(row["population_on"]),
            office=row["office"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            clause=_number(row["clause"]),
            valid_from=date.fromisoformat(row["valid_from"]),
        )
        for row in _rows("communes")
    )


@cache
def commune(code: str) -> Commune:
    """One commune-level unit. Raises KeyError for a code that is not one of the 168."""
    for unit in communes():
        if unit.code == code:
            return unit
    raise KeyError(code)


@cache
def former_units() -> tuple[FormerUnit, ...]:
    """Every move from a former unit to a present one (493 rows, 442 former units)."""
    return tuple(
        FormerUnit(
            code=row["former_code"] or None,
            name=row["former_name"],
            kind=_FORMER_KINDS[row["former_kind"]],
            district=row["former_district"],
            province=row["former_province"],
            new_code=row["new_code"],
            role=_ROLES[row["role"]],
            clause=_number(row["clause"]),
            lat=float(row["lat"]),
            lon=float(row["lon"]),
        )
        for row in _rows("former")
    )


@cache
def historic_units() -> tuple[HistoricUnit, ...]:
    """Units merged before 30 June 2025 that old addresses still name."""
    return tuple(
        HistoricUnit(
            province=row["former_province"],
            district=row["former_district"],
            name=row["name"],
            became_code=row["became_code"],
            became_name=row["became_name"],
            year=_number(row["year"]),
            source=row["source"],
        )
        for row in _rows("historic")
    )


@cache
def earlier_districts() -> tuple[EarlierDistrict, ...]:
    """Districts that old addresses name and that had gone before 2025."""
    return tuple(
        EarlierDistrict(row["name"], row["within"], _list(row["wards"]), int(row["until"]))
        for row in _rows("districts")
    )


@cache
def other_provinces() -> tuple[str, ...]:
    """Names, before or after 2025, of the provinces and cities that are not this one."""
    return tuple(row["name"] for row in _rows("elsewhere"))


@cache
def tiles() -> tuple[Tile, ...]:
    """The hexagon of each of the 168 units, by code."""
    return tuple(Tile(row["code"], int(row["col"]), int(row["row"])) for row in _rows("tiles"))


_COMMUNE_KINDS: dict[str, CommuneKind] = {
    "ward": "ward",
    "commune": "commune",
    "special_zone": "special_zone",
}
_FORMER_KINDS: dict[str, FormerKind] = {
    "ward": "ward",
    "commune": "commune",
    "township": "township",
    "district": "district",
}
_ROLES: dict[str, Role] = {
    "whole": "whole",
    "part": "part",
    "rest": "rest",
    "part_area_only": "part_area_only",
    "unchanged": "unchanged",
}


def _rows(name: str) -> list[dict[str, str]]:
    table = files("dodem").joinpath("definitions", "units", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(table.splitlines()))


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _number(cell: str) -> int | None:
    return int(cell) if cell else None
