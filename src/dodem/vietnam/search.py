"""Find units as people type: without marks, by the start or the middle of a name, by a name that is gone."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dodem.vietnam import units
from dodem.vietnam.gazetteer import Place, bare_name, load_names, places_before_reform
from dodem.vietnam.text import fold, nfc, sort_key


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit that was found. `why` is empty when its present name matched, otherwise a Vietnamese phrase."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    why: str
    names: tuple[str, ...]  # as written, lower case
    keys: tuple[str, ...]  # folded
    source: int  # 0 present name, 1 alias, 2 former unit, 3 former district
    order: str


def search_units(query: str, *, limit: int = 20) -> list[UnitHit]:
    """Units whose present, other or former name matches `query`, best first, one hit a unit.

    Whole names come before starts of names, these before starts of words, these before middles; then
    present names before former ones; then Vietnamese order. "Bến Nghé" finds Phường Sài Gòn and says why.
    An empty query finds nothing.
    """
    key = fold(query)
    if not key:
        return []
    written = nfc(query).strip().lower()
    ranked = []
    for entry in _entries():
        closeness = min(_closeness(key, name) for name in entry.keys)
        if closeness < _APART:
            spelt_otherwise = not written.isascii() and written not in entry.names
            rank = (closeness, closeness == 0 and spelt_otherwise, entry.source, entry.order)
            ranked.append((rank, entry))
    ranked.sort(key=lambda row: row[0])
    best: dict[str, UnitHit] = {}
    for _, entry in ranked:
        best.setdefault(entry.code, UnitHit(entry.code, entry.why))
    return list(best.values())[:limit]


_APART = 4


def _closeness(key: str, name: str) -> int:
    """0 the same, 1 a start, 2 the start of a word, 3 a middle, 4 apart. Numbers match whole words only."""
    if key == name:
        return 0
    if key[-1].isdigit():
        name += " "
        key += " "
    if name.startswith(key):
        return 1
    if f" {key}" in name:
        return 2
    return 3 if key in name and not key[0].isdigit() else _APART


@cache
def _entries() -> tuple[_Entry, ...]:
    return (*_present(), *_former())


def _entry(code: str, why: str, names: tuple[str, ...], source: int, order: str) -> _Entry:
    keys = tuple(dict.fromkeys(fold(name) for name in names))
    return _Entry(code, why, tuple(name.lower() for name in names), keys, source, sort_key(order))


def _present() -> Iterator[_Entry]:
    for unit in units.communes():
        yield _entry(unit.code, "", (unit.name, unit.short_name, unit.name_en, unit.code), 0, unit.short_name)
    offices: list[units.Node | units.Department] = [*units.nodes(), *units.departments()]
    for office in offices:
        yield _entry(office.code, "", (office.name, office.short_name, office.name_en), 0, office.name)
        for alias in office.aliases:
            yield _entry(office.code, f"còn gọi là {alias}", (alias,), 1, office.name)


def _former() -> Iterator[_Entry]:
    for place in places_before_reform():
        names = (place.name, bare_name(place.name), f"{place.name} {place.district}")
        for code in place.codes:
            yield _entry(code, _why(place, code), names, 2, place.name)
    for district in load_names().districts.values():
        called = (district.name, bare_name(district.name))
        for code in district.codes:
            why = f"có đất của {district.name} cũ"
            yield _entry(code, why, called, 3, units.commune(code).short_name)


def _why(place: Place, code: str) -> str:
    if code in place.land_only:
        return f"nhận một phần đất của {place.label} từ 01/07/2025"
    part = "một phần " if len(place.codes) > 1 else ""
    merged = f", đã nhập vào {place.merged_into}" if place.merged_into else ""
    return f"gồm {part}{place.label}{merged} trước 01/07/2025"
