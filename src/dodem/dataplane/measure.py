"""From a register version to observations, and from an observation back to its records.

There is one record-level query per indicator. `observe` wraps it in GROUP BY, `records_behind` in WHERE: so a
figure always equals what the records shown beneath it add up to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

import duckdb

from dodem.dataplane.csv_out import BYTE_ORDER_MARK, csv_line
from dodem.dataplane.definitions import Indicator, MeasuredIn, Privacy, Register
from dodem.dataplane.engine import DEFAULT_LIMITS, TIME_ZONE, EngineLimits, connect, identifier, quote
from dodem.dataplane.figure_sql import grouped_sql, records_sql, sql_shown
from dodem.dataplane.marked_yaml import Words
from dodem.dataplane.render import Parameters
from dodem.dataplane.store import RegisterVersion
from dodem.dataplane.vocabulary import FieldType, Kind
from dodem.vietnam.errors import UserError

__all__ = [
    "TOTAL",
    "NoSuchColumn",
    "Observation",
    "RecordColumn",
    "RecordPage",
    "RecordPart",
    "export_csv",
    "observe",
    "observe_all",
    "record_columns",
    "records_behind",
    "records_sql",
    "sql_shown",
]

TOTAL = ""  # the group code of a figure over all groups
ScopePairs = Iterable[tuple[str, str]]
RecordPart = Literal["denominator", "numerator", "shortfall"]

_PERCENT_PLACES = Decimal("0.000001")
_ZONE = ZoneInfo(TIME_ZONE)


class NoSuchColumn(UserError):
    """Records cannot be ordered by that name."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure: an indicator at a unit (or a node above it), in a month or on a day.

    `period_start` is the first day of the month, or `as_of` for a stock. `numerator` and `denominator` are
    whole counts or đồng; `denominator` is None where the indicator divides by nothing. `value` is in the
    indicator's measure, percent rounded to six places; it is None where the denominator is 0: no data is not
    zero.
    """

    indicator: str
    unit_code: str
    period_start: date
    group: str
    numerator: int
    denominator: int | None
    value: Decimal | None
    as_of: date


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A column of the records behind a figure.

    `privacy` says what must be masked; `titles` are the titles of a choice field's codes.
    """

    name: str
    title: Words
    kind: Kind
    privacy: Privacy
    titles: Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some of the records behind a figure, out of `total`.

    Each row maps a column's name to its value, and also holds `record_key`, `delivery_id`, `row_number`,
    `responsible_unit_code`, `has_finding`, `in_numerator`, and the amounts `numerator` and `denominator` it
    adds.
    """

    columns: tuple[RecordColumn, ...]
    rows: tuple[Mapping[str, Any], ...]
    total: int


def observe(
    version: RegisterVersion,
    indicator: Indicator,
    *,
    as_of: date,
    scopes: ScopePairs,
    limits: EngineLimits = DEFAULT_LIMITS,
) -> list[Observation]:
    """Measure one indicator in one register version.

    `scopes` pairs each unit's code with every code it counts for: itself, and the nodes above it. A stock
    gives an observation for every scope; a monthly figure one for every scope and month that has a counted
    record. Source: `records_sql`.
    """
    return next(observe_all(version, [indicator], as_of=as_of, scopes=scopes, limits=limits))


def observe_all(
    version: RegisterVersion,
    indicators: Iterable[Indicator],
    *,
    as_of: date,
    scopes: ScopePairs,
    limits: EngineLimits = DEFAULT_LIMITS,
) -> Iterator[list[Observation]]:
    """`observe` for many indicators of one version over one connection; one list each, in order."""
    pairs = sorted(set(scopes))
    with connect(version.root, limits=limits) as db:
        db.execute(
            # One text, not a list: the driver looks for a data frame library at every value it binds.
            "CREATE TEMP TABLE scope AS SELECT unnest(string_split($units, ' ')) AS unit_code, "
            "unnest(string_split($scopes, ' ')) AS scope_code",
            {"units": " ".join(unit for unit, _ in pairs), "scopes": " ".join(scope for _, scope in pairs)},
        )
        for indicator in indicators:
            parameters = Parameters()
            records = records_sql(indicator, source=_source(version), bind=parameters.bind)
            rows = db.execute(grouped_sql(records), {**parameters.values, "as_of": as_of}).fetchall()
            yield _observations(rows, indicator, as_of=as_of, scopes=[scope for _, scope in pairs])


def records_behind(
    version: RegisterVersion,
    indicator: Indicator,
    *,
    as_of: date,
    scopes: ScopePairs,
    unit_code: str,
    period_start: date,
    group: str = TOTAL,
    part: RecordPart = "denominator",
    order_by: str | None = None,
    descending: bool = False,
    limit: int = 50,
    offset: int = 0,
    only: tuple[str, int] | None = None,
    limits: EngineLimits = DEFAULT_LIMITS,
) -> RecordPage:
    """One page of the very records an observation counts.

    `part` is all of them, those in the numerator, or the shortfall between the two; `only` keeps the record
    that came from this delivery and line, to ask whether it is among them. Raises NoSuchColumn.
    """
    columns = record_columns(version.register)
    behind, parameters = _behind(
        version, indicator, scopes=scopes, unit_code=unit_code, group=group, part=part
    )
    if only is not None:
        delivery, line = (parameters.bind(value) for value in only)
        behind += f" AND delivery_id = {delivery} AND row_number = {line}"
    values = {**parameters.values, "as_of": as_of, "period_start": period_start}
    order = _order(columns, order_by, descending)
    with connect(version.root, limits=limits) as db:
        counted = db.execute(f"SELECT count(*) FROM ({behind}) AS behind", values).fetchone()
        query = (
            f"SELECT {_listed(columns)} FROM ({behind}) AS behind {order} LIMIT {limit:d} OFFSET {offset:d}"
        )
        rows = tuple(_as_mappings(db.execute(query, values), columns))
    assert counted is not None
    return RecordPage(columns=columns, rows=rows, total=counted[0])


def export_csv(
    version: RegisterVersion,
    indicator: Indicator,
    *,
    as_of: date,
    scopes: ScopePairs,
    unit_code: str,
    period_start: date,
    group: str = TOTAL,
    part: RecordPart = "denominator",
    show: Callable[[RecordColumn, object], object] = lambda _, value: value,
    language: str = "vi",
    limits: EngineLimits = DEFAULT_LIMITS,
) -> Iterator[str]:
    """The records behind a figure as CSV text, piece by piece, with file and line of each.

    Begins with a byte-order mark, so that spreadsheets read the diacritics; `show` may mask a value; text
    that a spreadsheet would run as a formula is made harmless with a leading apostrophe.
    """
    columns = record_columns(version.register)
    behind, parameters = _behind(
        version, indicator, scopes=scopes, unit_code=unit_code, group=group, part=part
    )
    values = {**parameters.values, "as_of": as_of, "period_start": period_start}
    places = {"vi": ["Đợt nhận", "Dòng"], "en": ["Delivery", "Line"]}[language if language == "en" else "vi"]
    yield BYTE_ORDER_MARK + csv_line([*(column.title.in_language(language) for column in columns), *places])
    with connect(version.root, limits=limits) as db:
        result = db.execute(
            f"SELECT {_listed(columns)} FROM ({behind}) AS behind {_order(columns, None, False)}",
            values,
        )
        for row in _as_mappings(result, columns):
            cells = [show(column, _titled(column, row[column.name], language)) for column in columns]
            yield csv_line([*cells, row["delivery_id"], row["row_number"]])


def record_columns(register: Register) -> tuple[RecordColumn, ...]:
    """The columns records are shown with: the register's fields, and the unit as the source reported it."""
    columns = [
        RecordColumn(
            name=field.name,
            title=field.title,
            kind=field.kind,
            privacy=field.privacy,
            titles={choice.code: choice.title for choice in field.choices},
        )
        for field in register.fields
    ]
    for field in register.fields:
        if field.type is FieldType.UNIT:
            title = Words(f"{field.title.vi} (nguồn ghi)", f"{field.title.en} (as reported)")
            columns.append(RecordColumn(f"{field.name}_reported", title, Kind.TEXT, field.privacy, titles={}))
    return tuple(columns)


def _observations(
    rows: Iterable[tuple[str, date, str, int, int]],
    indicator: Indicator,
    *,
    as_of: date,
    scopes: Iterable[str],
) -> list[Observation]:
    cells = {(unit, period, group): (int(top), int(base)) for unit, period, group, base, top in rows}
    if indicator.is_stock:
        for scope in scopes:
            cells.setdefault((scope, as_of, TOTAL), (0, 0))
    return [
        _observation(indicator, unit, period, group, top=top, base=base, as_of=as_of)
        for (unit, period, group), (top, base) in sorted(cells.items())
    ]


def _observation(
    indicator: Indicator, unit: str, period: date, group: str, *, top: int, base: int, as_of: date
) -> Observation:
    value: Decimal | None = Decimal(top)
    if indicator.measured_in is MeasuredIn.PERCENT:
        value = (Decimal(100 * top) / Decimal(base)).quantize(_PERCENT_PLACES) if base else None
    return Observation(
        indicator=indicator.code,
        unit_code=unit,
        period_start=period,
        group=group,
        numerator=top,
        denominator=base if indicator.denominator else None,
        value=value,
        as_of=as_of,
    )


def _behind(
    version: RegisterVersion,
    indicator: Indicator,
    *,
    scopes: ScopePairs,
    unit_code: str,
    group: str,
    part: RecordPart,
) -> tuple[str, Parameters]:
    """SQL of the records behind one cell, with $as_of and $period_start left open."""
    parameters = Parameters()
    records = records_sql(indicator, source=_source(version), bind=parameters.bind)
    units = parameters.bind(" ".join(sorted({unit for unit, scope in scopes if scope == unit_code})))
    where = [
        f"responsible_unit_code IN (SELECT unnest(string_split({units}, ' ')))",
        "period_start = $period_start",
    ]
    if group != TOTAL:
        where.append(f"list_contains(group_codes, {parameters.bind(group)})")
    where += {"denominator": [], "numerator": ["in_numerator"], "shortfall": ["NOT in_numerator"]}[part]
    return f"SELECT * FROM ({records}) AS record WHERE {' AND '.join(where)}", parameters


_ALWAYS = (
    "record_key",
    "delivery_id",
    "row_number",
    "responsible_unit_code",
    "has_finding",
    "in_numerator",
    "numerator",
    "denominator",
)


def _listed(columns: Iterable[RecordColumn]) -> str:
    return ", ".join(identifier(name) for name in (*(column.name for column in columns), *_ALWAYS))


def _order(columns: Iterable[RecordColumn], order_by: str | None, descending: bool) -> str:
    """Ends with file and line, so that pages never overlap."""
    first = ""
    if order_by is not None:
        if order_by not in {*(column.name for column in columns), *_ALWAYS}:
            raise NoSuchColumn(f"Không sắp xếp được theo “{order_by}”; hãy chọn một cột có trong bảng.")
        first = f"{identifier(order_by)} {'DESC' if descending else 'ASC'} NULLS LAST, "
    return f"ORDER BY {first}delivery_id, row_number"


def _as_mappings(
    result: duckdb.DuckDBPyConnection, columns: tuple[RecordColumn, ...]
) -> Iterator[dict[str, object]]:
    names = (*(column.name for column in columns), *_ALWAYS)
    while rows := result.fetchmany(1000):
        for row in rows:
            yield {
                name: value.replace(tzinfo=_ZONE) if isinstance(value, datetime) else value
                for name, value in zip(names, row, strict=True)
            }


def _titled(column: RecordColumn, value: object, language: str) -> object:
    title = column.titles.get(value) if isinstance(value, str) else None
    return title.in_language(language) if title else value


def _source(version: RegisterVersion) -> str:
    return f"read_parquet({quote(str(version.records_path))})"
