"""Find units by any name they ever had; hand names and tree to the libraries that know no database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dodem.units.models import Succession, Unit, UnitName
from dodem.vietnam.text import fold, nfc

SHORT_PREFIXES = {"p": "phuong", "x": "xa", "dk": "dac khu", "tt": "thi tran"}
OFFICE_PREFIXES = ("ubnd ", "uy ban nhan dan ")
LIKENESSES = EXACT, BEGINS, WORD, WITHIN = range(4)


@dataclass(frozen=True)
class Match:
    """A unit found. ``reason`` says why where its present name does not show it; ``likeness`` 0 is exact."""

    unit: Unit
    reason: str
    likeness: int


def search(query: str, *, on: date, limit: int = 20) -> list[Match]:
    """Units that exist on a day and match by a name they have, had or took over; the best first.

    Marks do not matter, but a name written with the very marks of the query comes before one without.
    """
    wanted = search_term(query)
    if not wanted:
        return []
    found = list(Unit.objects.filter(search_key__contains=wanted))
    best: dict[int, Match] = {}
    for match in [*by_own_name(found, wanted, on=on), *by_former_unit(found, wanted, on=on)]:
        known = best.get(match.unit.pk)
        if known is None or (match.likeness, bool(match.reason)) < (known.likeness, bool(known.reason)):
            best[match.unit.pk] = match
    marked = nfc(query).casefold().strip()

    def rank(match: Match) -> tuple[int, bool, bool, str]:
        as_written = marked in f"{match.unit.name} {match.reason}".casefold()
        return match.likeness, not as_written, bool(match.reason), match.unit.sort_key

    return sorted(best.values(), key=rank)[:limit]


def search_term(query: str) -> str:
    """The folded query without "UBND" and with its kind spelled out: "P. Bến Nghé", "phuong ben nghe"."""
    term = fold(query)
    for prefix in OFFICE_PREFIXES:
        term = term.removeprefix(prefix)
    first, space, rest = term.partition(" ")
    return f"{SHORT_PREFIXES.get(first, first)} {rest}" if space else first


def by_own_name(found: list[Unit], wanted: str, *, on: date) -> list[Match]:
    living = [unit for unit in found if exists(unit, on)]
    earlier: dict[int, list[UnitName]] = defaultdict(list)
    for name in UnitName.objects.filter(unit__in=living, valid_to__lt=on):
        earlier[name.unit_id].append(name)
    matches = []
    for unit in living:
        likeness, reason = likeness_of([unit.name, unit.short_name, unit.name_en], wanted), ""
        if likeness is None:
            likeness = likeness_of(unit.other_names, wanted)
            old = next(
                (
                    name
                    for name in earlier[unit.pk]
                    if likeness_of([name.name, name.name_en], wanted) is not None
                ),
                None,
            )
            if old:
                reason = _("tên cũ: %(name)s") % {"name": old.name}
            elif likeness is not None:
                reason = _("còn gọi là %(name)s") % {"name": closest(unit.other_names, wanted)}
        matches.append(Match(unit, reason, WITHIN if likeness is None else likeness))
    return matches


def by_former_unit(found: list[Unit], wanted: str, *, on: date) -> list[Match]:
    """What became of the ended units that match, followed until units that exist on the day."""
    ended = {unit.pk: unit for unit in found if unit.valid_to and unit.valid_to < on}
    matches = []
    steps = {pk: (unit, likeness_of(all_names(unit), wanted)) for pk, unit in ended.items()}
    while steps:
        onward: dict[int, tuple[Unit, int | None]] = {}
        for succession in Succession.objects.filter(
            predecessor__in=steps, effective_on__lte=on
        ).select_related("successor"):
            former, likeness = steps[succession.predecessor_id]
            if exists(succession.successor, on):
                reason = why(former, succession)
                matches.append(Match(succession.successor, reason, WITHIN if likeness is None else likeness))
            else:
                onward[succession.successor_id] = (former, likeness)
        steps = onward
    return matches


def why(former: Unit, succession: Succession) -> str:
    """ "gồm toàn bộ Phường Bến Nghé cũ (Quận 1), khoản 38 Điều 1 …"."""
    words = {
        Succession.Role.WHOLE: _("gồm toàn bộ %(name)s cũ"),
        Succession.Role.PART: _("gồm một phần %(name)s cũ"),
        Succession.Role.REST: _("gồm phần còn lại của %(name)s cũ"),
        Succession.Role.PART_AREA_ONLY: _("gồm một phần diện tích %(name)s cũ"),
        Succession.Role.UNCHANGED: _("giữ nguyên từ %(name)s cũ"),
    }[Succession.Role(succession.role)] % {"name": former.name}
    place = f" ({former.former_area})" if former.former_area else ""
    return f"{words}{place}" + (f", {succession.clause}" if succession.clause else "")


def all_names(unit: Unit) -> list[str]:
    return [unit.name, unit.short_name, unit.name_en, *unit.other_names]


def likeness_of(names: list[str], wanted: str) -> int | None:
    """How near the nearest of some names comes to the folded term; None when none contains it."""
    likenesses = [likeness for name in names if (likeness := one_likeness(fold(name), wanted)) is not None]
    return min(likenesses, default=None)


def one_likeness(name: str, wanted: str) -> int | None:
    if wanted not in name:
        return None
    if name == wanted:
        return EXACT
    if name.startswith(wanted):
        return BEGINS
    return WORD if f" {wanted}" in name else WITHIN


def closest(names: list[str], wanted: str) -> str:
    return min((name for name in names if wanted in fold(name)), key=lambda name: len(name))


def exists(unit: Unit, on: date) -> bool:
    return not ((unit.valid_from and unit.valid_from > on) or (unit.valid_to and unit.valid_to < on))


def name_on(unit: Unit, day: date) -> str:
    """What a unit was, is or will be called on a day; outside its life, the name it bore last."""
    name = UnitName.objects.valid(on=day).filter(unit=unit).values_list("name", flat=True).first()
    return name or unit.name


def scopes(*, on: date) -> list[tuple[str, str]]:
    """(code, code of itself or of a unit above it) for every unit: where a row of a unit is counted.

    Ended units are in it as well, for old files name them, but for a code that a unit of the day has now.
    """
    units = list(Unit.objects.order_by("path"))
    code_of = {unit.pk: unit.code for unit in units}
    taken = {unit.code for unit in units if exists(unit, on)}
    pairs = {
        (unit.code, code_of[int(key)])
        for unit in units
        if exists(unit, on) or unit.code not in taken
        for key in unit.path.rstrip("/").split("/")
    }
    return sorted(pairs)


def directory(*, on: date) -> list[tuple[str, str, tuple[str, ...]]]:
    """(code, name, other names) of every unit of a day, for whoever reads units out of text."""
    return [
        (unit.code, unit.name, tuple(dict.fromkeys([unit.short_name, *unit.other_names])))
        for unit in Unit.objects.valid(on=on).in_order()
    ]
