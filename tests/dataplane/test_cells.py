"""What each type and step makes of a text: the conformance corpus, row for row. Any engine must agree."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from dodem.dataplane.cell_sql import READ_AS, STEPS, tidy
from dodem.dataplane.engine import connect
from dodem.dataplane.store import Store
from dodem.dataplane.vocabulary import STEPS as STEPS_SAID
from dodem.dataplane.vocabulary import FieldType

DATES = {
    "2026-11-22": date(2026, 11, 22),
    "22/11/2026": date(2026, 11, 22),
    "2/1/2026": date(2026, 1, 2),
    "22-11-2026": date(2026, 11, 22),
    "22/11/2026 08:30": date(2026, 11, 22),
    "22/11/2026 08:30:59": date(2026, 11, 22),
    "2026-11-22 23:59:59": date(2026, 11, 22),
    "2026-11-22T23:59": date(2026, 11, 22),
    "2026-11-22T17:00:00Z": date(2026, 11, 23),  # midnight in Ho Chi Minh City
    "2026-11-22T16:59:59+00:00": date(2026, 11, 22),
    "2024-02-29": date(2024, 2, 29),
    "29/02/2025": None,
    "2026-02-31": None,
    "31/02/2026": None,
    "31/11/2026": None,
    "11/22/2026": None,
    "2026-13-01": None,
    "0000-00-00": None,
    "22/11/26": None,
    "20261122": None,
    "46000": None,
    "hôm qua": None,
    "2026-11-22abc": None,
    "2026-11-22 25:00:00": date(2026, 11, 22),  # the day is right whatever the clock says
    "٢٢/١١/٢٠٢٦": None,
}
MOMENTS = {
    "2026-11-22 08:30": datetime(2026, 11, 22, 8, 30),  # noqa: DTZ001
    "2026-11-22T08:30:15": datetime(2026, 11, 22, 8, 30, 15),  # noqa: DTZ001
    "2026-11-22T08:30:15+00:00": datetime(2026, 11, 22, 15, 30, 15),  # noqa: DTZ001
    "2026-11-22T23:30:00Z": datetime(2026, 11, 23, 6, 30),  # noqa: DTZ001
    "22/11/2026 8:30": datetime(2026, 11, 22, 8, 30),  # noqa: DTZ001
    "22/11/2026 08:30:15": datetime(2026, 11, 22, 8, 30, 15),  # noqa: DTZ001
    "22/11/2026": datetime(2026, 11, 22),  # noqa: DTZ001
    "2026-11-22": datetime(2026, 11, 22),  # noqa: DTZ001
    "31/02/2026 08:30": None,
    "2026-11-22 25:00": None,
    "8h30": None,
}
WHOLES = {
    "0": 0,
    "-15": -15,
    "007": 7,
    "1.234.567": 1234567,
    "1,234,567": 1234567,
    "1.234": 1234,
    "999999999999999999": 999999999999999999,
    "12705000000000000": 12705000000000000,
    "1.234,567": None,
    "1.5": None,
    "12,50": None,
    "1e9": None,
    "9999999999999999999999": None,
    "một": None,
    "1 234": None,
    "٣": None,
}
LISTS = {"NQ57": ["NQ57"], "NQ57|DA06": ["NQ57", "DA06"], " NQ57 | |DA06|": ["NQ57", "DA06"], "|": []}
TIDY = {
    "": None,
    "   ": None,
    "\u00a0\u200b": None,
    "  Nguyễn   Văn  A ": "Nguyễn Văn A",
    "Nguyễn\u00a0Văn\tA": "Nguyễn Văn A",
    unicodedata.normalize("NFD", "Thạnh Mỹ Lợi"): "Thạnh Mỹ Lợi",
    "\ufeffH29-1": "H29-1",
    "H29\u200b-1": "H29-1",
    "hai\ndòng": "hai dòng",
    "Đà Nẵng": "Đà Nẵng",
}
STEPPED = {
    ("upper", "đường số 1"): "ĐƯỜNG SỐ 1",
    ("lower", "ĐƯỜNG SỐ 1"): "đường số 1",
    ("drop_spaces", "H29 001"): "H29001",
    ("digits_only", "028-3829"): "0283829",
    ("digits_only", "không"): None,
    ("dash_is_missing", "-"): None,
    ("dash_is_missing", "N/A"): None,
    ("dash_is_missing", "Không có"): None,
    ("dash_is_missing", "a-b"): "a-b",
}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(Store(tmp_path).root) as connection:
        yield connection


def read(db: duckdb.DuckDBPyConnection, sql: str, text: str) -> object:
    row = db.execute(f"SELECT {sql} FROM (SELECT $text::VARCHAR AS cell)", {"text": text}).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize(("text", "day"), DATES.items())
def test_a_date_is_read_only_from_its_pinned_shapes(
    db: duckdb.DuckDBPyConnection, text: str, day: date | None
) -> None:
    assert read(db, READ_AS[FieldType.DATE]("cell"), text) == day


@pytest.mark.parametrize(("text", "moment"), MOMENTS.items())
def test_a_moment_is_kept_as_wall_time_in_the_city(
    db: duckdb.DuckDBPyConnection, text: str, moment: datetime | None
) -> None:
    assert read(db, READ_AS[FieldType.DATETIME]("cell"), text) == moment


@pytest.mark.parametrize(("text", "number"), WHOLES.items())
def test_a_whole_number_may_be_grouped_in_thousands_but_never_broken(
    db: duckdb.DuckDBPyConnection, text: str, number: int | None
) -> None:
    for type_ in (FieldType.INTEGER, FieldType.MONEY):
        assert read(db, READ_AS[type_]("cell"), text) == number


@pytest.mark.parametrize(("text", "parts"), LISTS.items())
def test_a_list_is_split_trimmed_and_holds_no_empty_text(
    db: duckdb.DuckDBPyConnection, text: str, parts: list[str]
) -> None:
    assert read(db, READ_AS[FieldType.LIST]("cell"), text) == parts


@pytest.mark.parametrize(("text", "tidied"), TIDY.items())
def test_text_is_tidied_before_anything_else(
    db: duckdb.DuckDBPyConnection, text: str, tidied: str | None
) -> None:
    assert read(db, tidy("cell"), text) == tidied


@pytest.mark.parametrize(("case", "after"), STEPPED.items())
def test_a_cleaning_step_does_what_it_says(
    db: duckdb.DuckDBPyConnection, case: tuple[str, str], after: str | None
) -> None:
    step, text = case
    assert read(db, STEPS[step]("cell"), text) == after


def test_a_missing_cell_stays_missing_whatever_is_done_to_it(db: duckdb.DuckDBPyConnection) -> None:
    for write in (tidy, *STEPS.values(), *READ_AS.values()):
        assert read(db, write("cell"), None) is None  # type: ignore[arg-type]


def test_the_dialect_writes_every_step_of_the_vocabulary_and_no_other() -> None:
    assert STEPS.keys() == STEPS_SAID.keys()
    assert {step for step, _ in STEPPED} == STEPS_SAID.keys()
