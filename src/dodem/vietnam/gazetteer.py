"""Every name a unit of the city has or had, ready for look-up by folded key."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from dodem.vietnam import units
from dodem.vietnam.text import fold
from dodem.vietnam.units import FormerKind

T = TypeVar("T")

_TITLES = ("Phường ", "Xã ", "Thị trấn ", "Đặc khu ", "Huyện ", "Quận ", "Thành phố ", "Thị xã ")
_KIND_BY_TITLE: dict[str, FormerKind] = {"Phường": "ward", "Xã": "commune", "Thị": "township"}

HCMC = "Thành phố Hồ Chí Minh"


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of before 1 July 2025 and the codes of the present units that hold its land."""

    name: str
    kind: FormerKind
    district: str
    province: str
    codes: tuple[str, ...]
    land_only: frozenset[str] = frozenset()
    merged_into: str = ""  # name of the unit that had taken it in before the reform

    @property
    def label(self) -> str:
        """ "Phường Bến Nghé (Quận 1)"."""
        return self.name if self.name == self.district else f"{self.name} ({self.district})"


@dataclass(frozen=True, slots=True)
class District:
    """A former district: its places by key, and the present units that hold any of its land."""

    name: str
    province: str
    places: Mapping[str, tuple[Place, ...]]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Look-up tables by folded name without its kind ("ben nghe", "9")."""

    present: Mapping[str, tuple[units.Commune, ...]]
    former: Mapping[str, tuple[Place, ...]]
    districts: Mapping[str, District]
    other_provinces: Mapping[str, str]
    other_province_endings: frozenset[str]  # their last words, to look no further where none stands
    told_apart_by_marks: frozenset[str]  # keys such as "thanh an": Xã Thanh An and Xã Thạnh An

    def proper(self, key: str) -> str:
        """How the name under a known key is written, without its kind: "Bến Nghé", "9"."""
        names = [unit.name for unit in (self.present.get(key) or self.former[key])[:1]]
        return bare_name(names[0])


def bare_name(name: str) -> str:
    """A unit's name without its kind: "Phường Bến Nghé" gives "Bến Nghé"."""
    for title in _TITLES:
        if name.startswith(title):
            return name.removeprefix(title)
    return name


def key_of(name: str) -> str:
    """The look-up key of a unit's name: folded, without its kind."""
    return fold(bare_name(name))


@cache
def load_names() -> Names:
    """All names from definitions/units, built once."""
    present: dict[str, list[units.Commune]] = defaultdict(list)
    for unit in units.communes():
        present[fold(unit.short_name)].append(unit)
    places = places_before_reform()
    former: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        former[key_of(place.name)].append(place)
    return Names(
        present=_frozen(present),
        former=_frozen(former),
        districts={key_of(district.name): district for district in _districts(places)},
        other_provinces={fold(name): name for name in units.other_provinces()},
        other_province_endings=frozenset(fold(name).split()[-1] for name in units.other_provinces()),
        told_apart_by_marks=_told_apart_by_marks(places),
    )


def _told_apart_by_marks(places: tuple[Place, ...]) -> frozenset[str]:
    spellings: dict[str, set[str]] = defaultdict(set)
    for name in [unit.name for unit in units.communes()] + [place.name for place in places]:
        spellings[key_of(name)].add(bare_name(name).lower())
    return frozenset(key for key, found in spellings.items() if len(found) > 1)


@cache
def places_before_reform() -> tuple[Place, ...]:
    """The 442 units of 30 June 2025, then the earlier ones they had taken in."""
    moves: dict[tuple[str, str], list[units.FormerUnit]] = defaultdict(list)
    for move in units.former_units():
        moves[move.district, move.name].append(move)
    by_code = {group[0].code: _place(group) for group in moves.values()}
    earlier = (
        Place(
            name=unit.name,
            kind=_KIND_BY_TITLE[unit.name.split()[0]],
            district=unit.district,
            province=unit.province,
            codes=by_code[unit.became_code].codes,
            land_only=by_code[unit.became_code].land_only,
            merged_into=unit.became_name,
        )
        for unit in units.historic_units()
    )
    return (*by_code.values(), *earlier)


def _place(moves: list[units.FormerUnit]) -> Place:
    first = moves[0]
    return Place(
        name=first.name,
        kind=first.kind,
        district=first.district,
        province=first.province,
        codes=tuple(move.new_code for move in moves),
        land_only=frozenset(move.new_code for move in moves if move.role == "part_area_only"),
    )


def _districts(places: tuple[Place, ...]) -> list[District]:
    members: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        members[place.district].append(place)
    found = [_district(name, group) for name, group in members.items()]
    for earlier in units.earlier_districts():
        within = [
            place
            for place in members[earlier.within]
            if not earlier.wards or bare_name(place.name) in earlier.wards
        ]
        found.append(_district(earlier.name, within))
    return found


def _district(name: str, places: list[Place]) -> District:
    by_key: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_key[key_of(place.name)].append(place)
    codes = dict.fromkeys(code for place in places for code in place.codes)
    return District(name, places[0].province, _frozen(by_key), tuple(sorted(codes)))


def _frozen(table: Mapping[str, list[T]]) -> dict[str, tuple[T, ...]]:
    return {key: tuple(values) for key, values in table.items()}
