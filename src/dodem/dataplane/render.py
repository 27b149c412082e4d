"""Expressions of the vocabulary written as DuckDB SQL. With ``cell_sql`` the only place that knows the
dialect.

Values reach the engine through `bind`: a function that takes a value and returns what stands for it in the
SQL, a parameter when the query runs and a literal when it is shown to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from dodem.dataplane.engine import identifier, quote
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

Value = str | int | bool | date
Bind = Callable[[Value], str]

FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        "is_missing": "({0} IS NULL)",
        "is_present": "({0} IS NOT NULL)",
        "matches": "coalesce(regexp_full_match({0}, {1}), false)",
        "starts_with": "coalesce(starts_with({0}, {1}), false)",
        "length": "length({0})",
        "either": "coalesce({0}, {1})",
        "month_of": "CAST(date_trunc('month', {0}) AS DATE)",
        "year_of": "year({0})",
        "day_of": "CAST({0} AS DATE)",
        "days_between": "date_diff('day', {0}, {1})",
        "contains": "coalesce(list_contains({0}, {1}), false)",
        "count_of": "coalesce(len({0}), 0)",
    }
)


def sql_of(expression: Expression, *, bind: Bind) -> str:
    """Write `expression` as SQL over columns named like its fields.

    `as_of` is an ordinary column here: the queries that use it provide it.
    """
    match expression:
        case Literal():
            return bind(expression.value)
        case Name():
            return identifier(expression.name)
        case Call():
            arguments = [sql_of(one, bind=bind) for one in expression.arguments]
            return FUNCTIONS[expression.function].format(*arguments)
        case Compare(operator="!="):
            return f"NOT {_compared('=', expression, bind)}"
        case Compare():
            return _compared(expression.operator, expression, bind)
        case Among():
            options = ", ".join(bind(option.value) for option in expression.options)
            return f"coalesce({sql_of(expression.value, bind=bind)} IN ({options}), false)"
        case Arithmetic():
            left, right = sql_of(expression.left, bind=bind), sql_of(expression.right, bind=bind)
            return f"({left} {expression.operator} {right})"
        case Not():
            return f"NOT {condition_sql(expression.inner, bind=bind)}"
        case Logic():
            parts = (condition_sql(part, bind=bind) for part in expression.parts)
            return "(" + f" {expression.operator} ".join(parts) + ")"


def condition_sql(expression: Expression, *, bind: Bind) -> str:
    """Write a yes/no expression as SQL that is never NULL."""
    written = sql_of(expression, bind=bind)
    return f"coalesce({written}, false)" if isinstance(expression, Name) else written


def literal(value: Value) -> str:
    """A value written out in SQL, for showing a query. Fits `Bind`."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return f"DATE '{value.isoformat()}'"
        case str():
            return quote(value)


class Parameters:
    """Collects bound values under names $p1, $p2, …; `bind` fits `Bind`."""

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}

    def bind(self, value: Value) -> str:
        name = f"p{len(self.values) + 1}"
        self.values[name] = value
        return f"${name}"


def _compared(operator: str, compare: Compare, bind: Bind) -> str:
    left, right = sql_of(compare.left, bind=bind), sql_of(compare.right, bind=bind)
    return f"coalesce({left} {operator} {right}, false)"
