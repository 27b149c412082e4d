"""Conditions: what they mean, twice over, and how their mistakes are named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dodem.dataplane.engine import connect
from dodem.dataplane.expressions import ExpressionError, parse
from dodem.dataplane.kinds import kind_of
from dodem.dataplane.render import FUNCTIONS as WRITTEN
from dodem.dataplane.render import Parameters, condition_sql, literal
from dodem.dataplane.store import Store
from dodem.dataplane.vocabulary import FUNCTIONS, Kind
from tests.dataplane.plain import value_of

FIELDS = {
    "n": Kind.WHOLE,
    "m": Kind.WHOLE,
    "d": Kind.DAY,
    "e": Kind.DAY,
    "s": Kind.TEXT,
    "b": Kind.TRUTH,
    "l": Kind.LIST,
}
TABLE = (
    "SELECT $n::BIGINT AS n, $m::BIGINT AS m, $d::DATE AS d, $e::DATE AS e, $s::VARCHAR AS s, "
    "$b::BOOLEAN AS b, $l::VARCHAR[] AS l, DATE '2026-11-22' AS as_of"
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(Store(Path(tmp_path_factory.mktemp("store"))).root) as connection:
        yield connection


def kind(text: str) -> Kind:
    return kind_of(parse(text), fields=FIELDS, place="indicator", text=text)


SENSIBLE = [
    "n < m",
    "n != m",
    "NOT n = m",
    "n + 1 >= m - 2",
    "n IN (1, 2, 3)",
    "n NOT IN (1, 2)",
    "d < e AND NOT b",
    "d = e OR b OR n > 0",
    "(b OR n = 1) AND (NOT b OR m = 1)",
    "is_missing(n) OR is_present(d)",
    "either(n, m) = 2",
    "days_between(d, e) <= 7",
    "d + 7 < as_of",
    "month_of(d) = month_of(e)",
    "year_of(d) = 2026 AND d != 2026-01-31",
    "s = 'a' OR starts_with(s, 'b')",
    "matches(s, '[ab]+')",
    "length(s) > 1",
    "contains(l, 'a') AND count_of(l) = 1",
    "s NOT IN ('a', 'b''c')",
    "NOT NOT b",
]
RECORD = st.fixed_dictionaries(
    {
        "n": st.none() | st.integers(-3, 3),
        "m": st.none() | st.integers(-3, 3),
        "d": st.none() | st.dates(date(2025, 12, 25), date(2026, 12, 5)),
        "e": st.none() | st.dates(date(2025, 12, 25), date(2026, 12, 5)),
        "s": st.none() | st.sampled_from(["a", "b", "ab", "b'c", "Đa"]),
        "b": st.none() | st.booleans(),
        "l": st.none() | st.lists(st.sampled_from(["a", "b"]), max_size=2),
    }
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=RECORD)
def test_the_engine_and_dull_python_agree_on_every_condition(
    db: duckdb.DuckDBPyConnection, record: dict[str, Any]
) -> None:
    parameters = Parameters()
    columns = ", ".join(condition_sql(parse(text), bind=parameters.bind) for text in SENSIBLE)

    answers = db.execute(f"SELECT {columns} FROM ({TABLE})", {**record, **parameters.values}).fetchone()

    assert answers is not None
    expected = [bool(value_of(parse(text), {**record, "as_of": date(2026, 11, 22)})) for text in SENSIBLE]
    assert dict(zip(SENSIBLE, answers, strict=True)) == dict(zip(SENSIBLE, expected, strict=True))


@pytest.mark.parametrize("text", SENSIBLE)
def test_a_sensible_condition_is_a_condition(text: str) -> None:
    assert kind(text) is Kind.TRUTH


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("n <", 4, "hết biểu thức"),
        ("n < m m", 7, "thiếu AND hoặc OR"),
        ("n = 'a", 5, "không đóng"),
        ("n ; m", 3, "không hiểu ký tự “;”"),
        ("(n = m", 7, "thiếu “)”"),
        ("d = 2026-02-31", 5, "không có ngày 2026-02-31"),
        ("n IN (m)", 7, "giá trị cụ thể"),
        ("nn = 1", 1, "không có trường “nn”. Có phải ý là “n”?"),
        ("is_mising(n)", 1, "Có phải ý là “is_missing”?"),
        ("n = s", 3, "không so sánh được số nguyên với chữ"),
        ("d < n", 3, "không so sánh được ngày với số nguyên"),
        ("b < b", 3, "trên đúng/sai"),
        ("n AND b", 1, "cần một điều kiện đúng/sai"),
        ("NOT n", 5, "cần một điều kiện đúng/sai"),
        ("days_between(d)", 1, "cần 2 giá trị"),
        ("days_between(d, n)", 1, "giá trị thứ 2"),
        ("d - e = 3", 3, "days_between"),
        ("either(n, s) = 1", 1, "cùng loại"),
        ("matches(s, '[')", 12, "mẫu"),
        ("matches(s, s)", 12, "phải viết ra"),
        ("delivered_on = d", 1, "không có trường “delivered_on”"),
        ("b AND\n  n = 'x'", 5, "không so sánh được"),
        ("", 1, "hết biểu thức"),
        ("(" * 60 + "b" + ")" * 60, 41, "lồng quá 40 lớp"),
        ("SELECT * FROM t", 8, "không hiểu ký tự “*”"),
    ],
)
def test_a_mistake_is_named_with_its_column_and_a_remedy(text: str, column: int, said: str) -> None:
    with pytest.raises(ExpressionError) as mistake:
        kind(text)

    assert said in str(mistake.value)
    assert mistake.value.column == column


def test_a_value_shown_in_sql_cannot_end_its_string() -> None:
    assert condition_sql(parse("s = 'x''; DROP TABLE t; --'"), bind=literal).count("''") == 1


def test_values_reach_the_engine_as_parameters() -> None:
    parameters = Parameters()

    sql = condition_sql(parse("s = 'bí mật' AND n IN (41, 42)"), bind=parameters.bind)

    assert list(parameters.values.values()) == ["bí mật", 41, 42]
    assert "bí mật" not in sql
    assert "41" not in sql


def test_the_dialect_writes_every_function_of_the_vocabulary_and_no_other() -> None:
    assert WRITTEN.keys() == FUNCTIONS.keys()
    said = " ".join(SENSIBLE)
    assert [name for name in FUNCTIONS if name not in said and name != "day_of"] == []
