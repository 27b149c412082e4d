# ruff: noqa: E501 (a drawn table is as wide as it is)
"""Rules of measurement as specification tables: records in, what each counts for out.

`base` marks the records divided by, `counts` those of them in the numerator. The day of the figure is
22 November 2026 throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dodem.dataplane import clean, landing, measure
from dodem.dataplane.definitions import Definitions
from dodem.dataplane.store import Store
from tests.dataplane import drawn
from tests.dataplane.files import NOON, SAI_GON, TODAY

SCOPES = [(SAI_GON, SAI_GON), (SAI_GON, "79")]

SPECIFICATIONS = {
    "dossiers_on_time": """
        key | received_on | due_on     | returned_on | status            | base | counts | why
        ----+-------------+------------+-------------+-------------------+------+--------+--------------------------
        A   | 2026-11-01  | 2026-11-10 | 2026-11-09  | Đã trả kết quả    | yes  | yes    | before its day
        B   | 2026-11-01  | 2026-11-10 | 2026-11-10  | Đã trả kết quả    | yes  | yes    | on its day
        C   | 2026-11-01  | 2026-11-10 | 2026-11-11  | Đã trả kết quả    | yes  | -      | a day late
        D   | 2026-11-01  | 2026-11-10 | -           | Đang giải quyết   | yes  | -      | overdue and open
        E   | 2026-11-01  | 2026-11-22 | -           | Đang giải quyết   | -    | -      | due today, day not over
        F   | 2026-11-01  | 2026-11-22 | 2026-11-20  | Đã trả kết quả    | yes  | yes    | due today and done
        G   | 2026-11-01  | 2026-11-30 | 2026-11-20  | Đã trả kết quả    | -    | -      | done, but not due yet
        H   | 2026-11-01  | -          | 2026-11-20  | Đã trả kết quả    | -    | -      | no day to keep
        I   | 2026-11-01  | 2026-11-10 | -           | Từ chối           | -    | -      | refused
        J   | 2026-11-01  | 2026-11-10 | -           | Rút hồ sơ         | -    | -      | withdrawn
        K   | 2026-11-01  | 2026-11-10 | -           | -                 | yes  | -      | no status is not refused
    """,
    "dossiers_overdue_open": """
        key | received_on | due_on     | returned_on | status          | counts | why
        ----+-------------+------------+-------------+-----------------+--------+---------------------------
        A   | 2026-11-01  | 2026-11-21 | -           | Đang giải quyết | yes    | its day is over
        B   | 2026-11-01  | 2026-11-22 | -           | Đang giải quyết | -      | due today
        C   | 2026-11-01  | 2026-11-10 | 2026-11-20  | Đã trả kết quả  | -      | late but done
        D   | 2026-11-01  | 2026-11-10 | -           | Rút hồ sơ       | -      | withdrawn
        E   | 2026-11-01  | -          | -           | Đang giải quyết | -      | no day to keep
        F   | 2026-11-01  | 2026-11-10 | -           | Yêu cầu bổ sung | yes    | waiting counts as open
    """,
    "dossiers_fully_online": """
        key | received_on | due_on     | fully_online | base | counts | why
        ----+-------------+------------+--------------+------+--------+------------------
        A   | 2026-11-01  | 2026-11-10 | có           | yes  | yes    |
        B   | 2026-11-01  | 2026-11-10 | không        | yes  | -      |
        C   | 2026-11-01  | 2026-11-10 | -            | yes  | -      | not said is no
    """,
    "data_rows_sound": """
        key | received_on | due_on     | returned_on | status         | base | counts | why
        ----+-------------+------------+-------------+----------------+------+--------+--------------------------
        A   | 2026-11-01  | 2026-11-10 | 2026-11-09  | Đã trả kết quả | yes  | yes    | sound
        B   | 2026-11-10  | 2026-11-12 | 2026-11-09  | Đã trả kết quả | yes  | -      | kept out, still counted
        C   | 2026-11-01  | 2026-11-10 | 31/02/2026  | Đã trả kết quả | yes  | -      | no such day
    """,
    "tasks_on_time": """
        key | assigned_on | due_on     | completed_on | withdrawn_on | base | counts | why
        ----+-------------+------------+--------------+--------------+------+--------+----------------------
        A   | 2026-10-01  | 2026-11-10 | 2026-11-10   | -            | yes  | yes    | on its day
        B   | 2026-10-01  | 2026-11-10 | 2026-11-12   | -            | yes  | -      | late
        C   | 2026-10-01  | 2026-11-10 | -            | -            | yes  | -      | overdue
        D   | 2026-10-01  | 2026-12-10 | 2026-11-01   | -            | -    | -      | done, not due yet
        E   | 2026-10-01  | 2026-12-10 | -            | -            | -    | -      | not due yet
        F   | 2026-10-01  | 2026-11-22 | -            | -            | -    | -      | due today, day not over
        G   | 2026-10-01  | 2026-11-22 | 2026-11-22   | -            | yes  | yes    | due and done today
        H   | 2026-10-01  | 2026-11-10 | -            | 2026-11-05   | -    | -      | withdrawn
        I   | 2026-10-01  | 2026-11-10 | -            | 2026-11-30   | yes  | -      | withdrawn later than this figure
        J   | 2026-10-01  | -          | 2026-11-10   | -            | -    | -      | no deadline
    """,
    "tasks_due_soon": """
        key | assigned_on | due_on     | completed_on | counts | why
        ----+-------------+------------+--------------+--------+-------------
        A   | 2026-10-01  | 2026-11-22 | -            | yes    | today
        B   | 2026-10-01  | 2026-11-29 | -            | yes    | seven days
        C   | 2026-10-01  | 2026-11-30 | -            | -      | eight days
        D   | 2026-10-01  | 2026-11-21 | -            | -      | overdue
        E   | 2026-10-01  | 2026-11-25 | 2026-11-20   | -      | done
    """,
    "tasks_overdue": """
        key | assigned_on | due_on     | completed_on | counts | why
        ----+-------------+------------+--------------+--------+-------------
        A   | 2026-10-01  | 2026-11-21 | -            | yes    |
        B   | 2026-10-01  | 2026-11-22 | -            | -      | today
        C   | 2026-10-01  | 2026-11-21 | 2026-11-22   | -      | late but done
        D   | 2026-10-01  | -          | -            | -      | no deadline
    """,
    "feedback_on_time": """
        key | received_at      | due_on     | answered_on | is_within_authority | base | counts | why
        ----+------------------+------------+-------------+---------------------+------+--------+-------------------
        A   | 2026-11-01 08:00 | 2026-11-06 | 2026-11-06  | true                | yes  | yes    |
        B   | 2026-11-01 08:00 | 2026-11-06 | 2026-11-07  | true                | yes  | -      | late
        C   | 2026-11-01 08:00 | 2026-11-06 | -           | true                | yes  | -      | overdue
        D   | 2026-11-20 08:00 | 2026-11-25 | -           | true                | -    | -      | still has time
        E   | 2026-11-20 08:00 | 2026-11-25 | 2026-11-21  | true                | yes  | yes    | answered early
        F   | 2026-11-01 08:00 | 2026-11-06 | 2026-11-06  | false               | -    | -      | not ours to handle
        G   | 2026-11-01 08:00 | -          | 2026-11-06  | true                | -    | -      | never had a clock
    """,
    "feedback_satisfaction": """
        key | received_at      | due_on     | answered_on | rating | complained | is_within_authority | base | counts | why
        ----+------------------+------------+-------------+--------+------------+---------------------+------+--------+------------
        A   | 2026-11-01 08:00 | 2026-11-06 | 2026-11-06  | 5      | false      | true                | yes  | yes    |
        B   | 2026-11-01 08:00 | 2026-11-06 | 2026-11-06  | -      | false      | true                | yes  | yes    | not rated
        C   | 2026-11-01 08:00 | 2026-11-06 | 2026-11-06  | 3      | -          | true                | yes  | yes    | neutral
        D   | 2026-11-01 08:00 | 2026-11-06 | 2026-11-06  | 2      | false      | true                | yes  | -      | not satisfied
        E   | 2026-11-01 08:00 | 2026-11-06 | 2026-11-06  | 5      | true       | true                | yes  | -      | complained
        F   | 2026-11-01 08:00 | 2026-11-06 | 2026-11-07  | 5      | false      | true                | yes  | -      | handled late
        G   | 2026-11-01 08:00 | 2026-11-06 | -           | -      | false      | true                | yes  | -      | overdue
    """,
    "feedback_open_overdue": """
        key | received_at      | due_on     | answered_on | is_within_authority | counts | why
        ----+------------------+------------+-------------+---------------------+--------+----------
        A   | 2026-11-01 08:00 | 2026-11-21 | -           | true                | yes    |
        B   | 2026-11-01 08:00 | 2026-11-22 | -           | true                | -      | today
        C   | 2026-11-01 08:00 | 2026-11-06 | 2026-11-07  | true                | -      | answered
        D   | 2026-11-01 08:00 | 2026-11-06 | -           | false               | -      | not ours
    """,
}
DEFAULTS: dict[str, dict[str, str]] = {
    "dossiers": {
        "procedure_code": "1.000494",
        "unit_code": SAI_GON,
        "status": "Đang giải quyết",
        "fully_online": "không",
        "returned_on": "",
    },
    "tasks": {"lead_unit_code": SAI_GON, "has_evidence": "true", "completed_on": "", "withdrawn_on": ""},
    "cases": {"unit_code": SAI_GON},
}


def version_of(
    store: Store, definitions: Definitions, register_code: str, records: Iterable[Mapping[str, Any]]
) -> Any:
    register = definitions.registers[register_code]
    rows = [DEFAULTS.get(register_code, {}) | dict(record) for record in records]
    landing.rows_handed_in(store, register=register, rows=rows, received_at=NOON, origin="test")
    return clean.build_register(store, register, as_of=TODAY)


@pytest.mark.parametrize("code", SPECIFICATIONS)
def test_an_indicator_counts_what_its_table_says(code: str, store: Store, definitions: Definitions) -> None:
    indicator = definitions.indicators[code]
    key = definitions.registers[indicator.register].key[0]
    table = drawn.rows(SPECIFICATIONS[code])
    marks = {"key", "base", "counts", "why"}
    records = [
        {key: row["key"]} | {name: cell for name, cell in row.items() if name not in marks} for row in table
    ]
    version = version_of(store, definitions, indicator.register, records)

    observations = measure.observe(version, indicator, as_of=TODAY, scopes=SCOPES)

    city = [one for one in observations if one.unit_code == "79" and one.group == measure.TOTAL]
    counted = {row["key"] for row in table if row["counts"]}
    based = {row["key"] for row in table if row.get("base", row["counts"])}
    assert sum(one.numerator for one in city) == len(counted)
    if indicator.denominator:
        assert sum(one.denominator or 0 for one in city) == len(based)
    shown = {"denominator": set[object](), "numerator": set[object](), "shortfall": set[object]()}
    for one in city:
        for part, keys in shown.items():
            page = measure.records_behind(
                version,
                indicator,
                as_of=TODAY,
                scopes=SCOPES,
                unit_code="79",
                period_start=one.period_start,
                part=part,  # type: ignore[arg-type]
            )
            keys |= {row["record_key"] for row in page.rows}
    assert shown == {"denominator": based, "numerator": counted, "shortfall": based - counted}


def test_the_five_states_of_a_task_add_up_to_all_tasks(store: Store, definitions: Definitions) -> None:
    days = ["", "2026-11-10", "2026-11-22", "2026-11-25", "2026-12-25"]
    records = [
        {"task_code": f"{due}/{done}", "assigned_on": "2026-10-01", "due_on": due, "completed_on": done}
        for due in days
        for done in ("", "2026-11-05", "2026-11-20")
    ]
    version = version_of(store, definitions, "tasks", records)

    def number(code: str) -> int:
        observations = measure.observe(version, definitions.indicators[code], as_of=TODAY, scopes=SCOPES)
        return next(one.numerator for one in observations if one.unit_code == "79" and one.group == "")

    states = ("done_on_time", "done_late", "on_track", "due_soon", "overdue")
    assert sum(number(f"tasks_{state}") for state in states) == number("tasks_total") == len(records)


def test_a_task_of_two_programmes_counts_once_in_each_and_once_in_all(
    store: Store, definitions: Definitions
) -> None:
    records = [
        {"task_code": "A", "assigned_on": "2026-10-01", "programme_codes": ["NQ57", "DA06"]},
        {"task_code": "B", "assigned_on": "2026-10-01", "programme_codes": ["NQ57", "NQ57"]},
        {"task_code": "C", "assigned_on": "2026-10-01", "programme_codes": []},
    ]
    version = version_of(store, definitions, "tasks", records)

    observations = measure.observe(version, definitions.indicators["tasks_total"], as_of=TODAY, scopes=SCOPES)

    city = {one.group: one.numerator for one in observations if one.unit_code == "79"}
    assert city == {"": 3, "NQ57": 2, "DA06": 1}


def test_budget_rates_are_sums_over_sums_in_whole_dong(store: Store, definitions: Definitions) -> None:
    plain = {"unit_code": SAI_GON, "budget_year": 2026, "recorded_on": date(2026, 11, 20)}
    records = [
        plain
        | {
            "line_code": "A",
            "nature": "recurrent",
            "original_amount": 3_000_000_000_000,
            "allocated_amount": 1_000_000_000_001,
        },
        plain
        | {
            "line_code": "B",
            "nature": "investment",
            "original_amount": 9_000_000_000_000,
            "adjusted_amount": 6_000_000_000_000,
            "allocated_amount": 2_000_000_000_000,
            "disbursed_amount": 11,
        },
        plain | {"line_code": "C", "nature": "investment", "budget_year": 2025, "original_amount": 7_000_000},
    ]
    version = version_of(store, definitions, "budget_lines", records)

    allocated = measure.observe(
        version, definitions.indicators["st_budget_allocated"], as_of=TODAY, scopes=SCOPES
    )
    disbursed = measure.observe(
        version, definitions.indicators["st_budget_disbursed"], as_of=TODAY, scopes=SCOPES
    )

    total = next(one for one in allocated if one.unit_code == "79" and one.group == "")
    assert (total.numerator, total.denominator) == (3_000_000_000_001, 9_000_000_000_000)
    assert total.value == Decimal("33.333333")
    paid = {one.group: (one.numerator, one.denominator) for one in disbursed if one.unit_code == "79"}
    assert paid == {
        "": (11, 9_000_000_000_000),
        "recurrent": (0, 3_000_000_000_000),
        "investment": (11, 6_000_000_000_000),
    }


def test_no_data_is_not_zero(store: Store, definitions: Definitions) -> None:
    version = version_of(store, definitions, "tasks", [])

    rate = measure.observe(version, definitions.indicators["tasks_on_time"], as_of=TODAY, scopes=SCOPES)
    count = measure.observe(version, definitions.indicators["tasks_overdue"], as_of=TODAY, scopes=SCOPES)

    assert {(one.unit_code, one.denominator, one.value) for one in rate} == {
        (SAI_GON, 0, None),
        ("79", 0, None),
    }
    assert {(one.unit_code, one.value) for one in count} == {(SAI_GON, Decimal(0)), ("79", Decimal(0))}


def test_records_of_a_unit_outside_every_scope_are_in_no_figure(
    store: Store, definitions: Definitions
) -> None:
    records = [{"task_code": "A", "assigned_on": "2026-10-01", "lead_unit_code": "H29.YT"}]
    version = version_of(store, definitions, "tasks", records)

    observations = measure.observe(version, definitions.indicators["tasks_total"], as_of=TODAY, scopes=SCOPES)

    assert {one.numerator for one in observations} == {0}
