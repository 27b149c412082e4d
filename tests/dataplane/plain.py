"""The vocabulary in dull Python: a second reading of every definition, to hold the engine against.

Nothing here is shared with the SQL: an expression is walked over one record, a dict of Python values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from dodem.dataplane.definitions import Indicator
from dodem.dataplane.expressions import (
    Among,
    Arithmetic,
    Call,
    Compare,
    Expression,
    Literal,
    Logic,
    Name,
    Not,
)
from dodem.dataplane.vocabulary import Kind

Record = Mapping[str, Any]
Cell = tuple[str, date, str]


def value_of(expression: Expression, record: Record) -> Any:
    match expression:
        case Literal(value=value):
            return value
        case Name(name=name):
            return record[name]
        case Call(function=function, arguments=arguments):
            return call(function, [value_of(one, record) for one in arguments])
        case Compare(operator=operator, left=left, right=right):
            return compare(operator, value_of(left, record), value_of(right, record))
        case Among(value=value, options=options):
            return value_of(value, record) in [one.value for one in options]
        case Arithmetic(operator=operator, left=left, right=right):
            return add(operator, value_of(left, record), value_of(right, record))
        case Not(inner=inner):
            return not value_of(inner, record)
        case Logic(operator="AND", parts=parts):
            return all(value_of(part, record) for part in parts)
        case Logic(parts=parts):
            return any(value_of(part, record) for part in parts)


def call(function: str, given: list[Any]) -> Any:
    first = given[0]
    if function == "is_missing":
        return first is None
    if function == "is_present":
        return first is not None
    if function == "either":
        return given[1] if first is None else first
    if function == "count_of":
        return len(first or [])
    if first is None or None in given:
        return False if function in {"matches", "starts_with", "contains"} else None
    match function:
        case "matches":
            return re.fullmatch(given[1], first) is not None
        case "starts_with":
            return first.startswith(given[1])
        case "contains":
            return given[1] in first
        case "length":
            return len(first)
        case "month_of":
            return date(first.year, first.month, 1)
        case "year_of":
            return first.year
        case "day_of":
            return first.date()
        case "days_between":
            return (given[1] - first).days
    raise AssertionError(function)


def compare(operator: str, left: Any, right: Any) -> bool:
    if operator == "!=":
        return not compare("=", left, right)
    if left is None or right is None:
        return False
    return {
        "=": left == right,
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
    }[operator]


def add(operator: str, left: Any, right: int | None) -> Any:
    if left is None or right is None:
        return None
    change: Any = (
        timedelta(days=right) if isinstance(left, date) and not isinstance(left, datetime) else right
    )
    return left + change if operator == "+" else left - change


def measure(
    indicator: Indicator, records: Iterable[Record], *, as_of: date, scopes: Iterable[tuple[str, str]]
) -> dict[Cell, tuple[int, int]]:
    """(scope, period, group) to (numerator, denominator), for cells that any record enters."""
    cells: dict[Cell, tuple[int, int]] = {}
    pairs = sorted(set(scopes))
    for plain in records:
        record = {**plain, "as_of": as_of}
        if not plain["accepted"] and not indicator.over_rejected:
            continue
        if indicator.where and not value_of(indicator.where.expression, record):
            continue
        base_condition = indicator.denominator or indicator.numerator
        base, top = (
            value_of(base_condition.expression, record),
            value_of(indicator.numerator.expression, record),
        )
        if base_condition.kind is Kind.TRUTH:
            if not base:
                continue
            base, top = 1, int(bool(top))
        elif base is None:
            continue
        period = value_of(indicator.period.expression, record) if indicator.period else as_of
        if period is None:
            continue
        groups = {""}
        if indicator.group:
            held = record[indicator.group]
            groups |= set(held or []) if indicator.group_is_list else ({held} if held is not None else set())
        for unit, scope in pairs:
            if unit == record["responsible_unit_code"]:
                for group in groups:
                    old_top, old_base = cells.get((scope, period, group), (0, 0))
                    cells[scope, period, group] = (old_top + (top or 0), old_base + base)
    return cells
