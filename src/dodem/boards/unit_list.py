"""The table of all units with their figures: filtered, sorted, searched by any name they ever had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_noop

from dodem.boards import book as books
from dodem.boards.book import Want
from dodem.boards.comparing import comparable
from dodem.boards.living import living_units
from dodem.indicators.figures import Figure
from dodem.indicators.models import Release
from dodem.indicators.queries import latest_release, month_of
from dodem.units.models import Kind, Unit
from dodem.units.queries import search

COLUMNS = (
    "tasks_overdue",
    "tasks_on_time",
    "feedback_open_overdue",
    "feedback_on_time",
    "dossiers_on_time",
    "dossiers_fully_online",
    "data_rows_sound",
)
SHORT = {
    "tasks_overdue": gettext_noop("Nhiệm vụ quá hạn"),
    "tasks_on_time": gettext_noop("Nhiệm vụ đúng hạn"),
    "feedback_open_overdue": gettext_noop("Phản ánh quá hạn"),
    "feedback_on_time": gettext_noop("Phản ánh đúng hạn"),
    "dossiers_on_time": gettext_noop("Hồ sơ đúng hạn"),
    "dossiers_fully_online": gettext_noop("Hồ sơ trực tuyến"),
    "data_rows_sound": gettext_noop("Dòng không lỗi"),
}
KINDS = {
    "phuong": Kind.WARD,
    "xa": Kind.COMMUNE,
    "dac-khu": Kind.SPECIAL_ZONE,
    "so-nganh": Kind.DEPARTMENT,
}


@dataclass(frozen=True)
class Asked:
    """What a reader wants of the table. ``kind``: a key of KINDS; ``sort``: "name", "people", a column."""

    query: str = ""
    kind: str = ""
    area: str = ""
    sort: str = ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.query or self.kind or self.area)


@dataclass(frozen=True)
class Row:
    """``reason`` says why a unit was found where its present name does not show it."""

    unit: Unit
    figures: Sequence[Figure | None]
    reason: str = ""


@dataclass(frozen=True)
class UnitList:
    rows: Sequence[Row]
    areas: Sequence[str]
    release: Release | None
    count: int


def unit_list(asked: Asked, *, now: datetime) -> UnitList:
    """Every unit that fits. Four queries; searching adds four."""
    today = timezone.localdate(now)
    release = latest_release()
    living = living_units(on=today)
    wants = Want(COLUMNS, living.leaves)
    book = books.read(wants, month=month_of(release.as_of) if release else None, now=now)
    reasons = found(asked.query, on=today) if asked.query else {}
    rows = [
        Row(unit, [book.figure(code, unit.code) for code in COLUMNS], reasons.get(unit.pk, ""))
        for unit in living.leaves
        if fits(unit, asked) and (not asked.query or unit.pk in reasons)
    ]
    if asked.query and not asked.sort:
        order = {pk: place for place, pk in enumerate(reasons)}
        rows.sort(key=lambda row: order[row.unit.pk])
    return UnitList(
        rows=sort(rows, asked.sort),
        areas=sorted({unit.former_area for unit in living.communes if unit.former_area}),
        release=release,
        count=len(living.leaves),
    )


def fits(unit: Unit, asked: Asked) -> bool:
    return (not asked.kind or unit.kind == KINDS.get(asked.kind)) and (
        not asked.area or unit.former_area == asked.area
    )


def found(query: str, *, on: date) -> dict[int, str]:
    """Units by any name they have, had or took over, the best first, each with the reason or ""."""
    return {match.unit.pk: match.reason for match in search(query, on=on, limit=200)}


def sort(rows: list[Row], by: str) -> list[Row]:
    """By one column; what cannot be compared comes last either way. An unknown column changes nothing."""
    name = by.removeprefix("-")
    turned = by.startswith("-")
    if name == "name":
        return sorted(rows, key=lambda row: row.unit.sort_key, reverse=turned)
    if name == "people":
        known = {row.unit.pk: Decimal(row.unit.population) for row in rows if row.unit.population}
    elif name in COLUMNS:
        place = COLUMNS.index(name)
        values = {row.unit.pk: comparable(row.figures[place]) for row in rows}
        known = {pk: value for pk, value in values.items() if value is not None}
    else:
        return rows
    first = sorted(
        (row for row in rows if row.unit.pk in known), key=lambda row: known[row.unit.pk], reverse=turned
    )
    return first + [row for row in rows if row.unit.pk not in known]
