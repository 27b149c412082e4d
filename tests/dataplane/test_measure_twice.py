"""Every indicator computed twice over random deliveries, and every figure equal to the records beneath it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dodem.dataplane import clean, landing, measure
from dodem.dataplane.definitions import Definitions, Field, Indicator, Register
from dodem.dataplane.store import Delivery, RegisterVersion, Store
from dodem.dataplane.vocabulary import FieldType
from tests.dataplane import plain
from tests.dataplane.files import NOON, SAI_GON, SCOPES, TAN_DINH, TODAY

DAYS = st.dates(TODAY - timedelta(days=70), TODAY + timedelta(days=20))


def cell(field: Field) -> st.SearchStrategy[Any]:
    """Mostly sound, sometimes missing, sometimes nonsense."""
    match field.type:
        case FieldType.DATE:
            sound: st.SearchStrategy[Any] = DAYS
        case FieldType.DATETIME:
            sound = DAYS.map(lambda day: f"{day} 23:30")
        case FieldType.UNIT:
            sound = st.sampled_from([SAI_GON, TAN_DINH, "Phường Tân Định", "Văn phòng UBND"])
        case FieldType.BOOLEAN:
            sound = st.booleans()
        case FieldType.CHOICE:
            sound = st.sampled_from([choice.title.vi for choice in field.choices])
        case FieldType.INTEGER:
            sound = st.integers(1, 5) if field.name == "rating" else st.sampled_from([2025, 2026])
        case FieldType.MONEY:
            sound = st.integers(0, 10**13)
        case FieldType.LIST:
            sound = st.lists(st.sampled_from(["NQ57", "DA06", "NQ98"]), max_size=3)
        case _:
            sound = st.sampled_from(["K1", "K2", "K3", "K4", "K5", "K6"])
    odd = st.sampled_from([None, None, "31/02/2026", "??"])
    return st.one_of(*[sound] * 7, odd) if field.name not in {"dossier_code"} else sound


def rows_of(register: Register) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(
        st.fixed_dictionaries({field.name: cell(field) for field in register.fields}), max_size=12
    )


def built(register: Register, deliveries: list[list[dict[str, Any]]], root: Path) -> RegisterVersion:
    store = Store(root)
    for place, rows in enumerate(deliveries):
        landing.rows_handed_in(
            store, register=register, rows=rows, received_at=NOON + timedelta(hours=place), origin="test"
        )
    return clean.build_register(store, register, as_of=TODAY)


def records_in(version: RegisterVersion) -> list[Mapping[str, Any]]:
    """The version's records read with nothing but a Parquet reader."""
    result = duckdb.execute(f"SELECT * FROM read_parquet('{version.records_path}')")
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(data=st.data())
def test_the_engine_and_dull_python_measure_the_same_and_figures_equal_their_records(
    data: st.DataObject, definitions: Definitions
) -> None:
    register = data.draw(st.sampled_from(sorted(definitions.registers.values(), key=lambda one: one.code)))
    deliveries = data.draw(st.lists(rows_of(register), min_size=1, max_size=3))
    with tempfile.TemporaryDirectory() as folder:
        version = built(register, deliveries, Path(folder))
        records = records_in(version)
        for indicator in definitions.indicators.values():
            if indicator.register != register.code:
                continue
            observations = measure.observe(version, indicator, as_of=TODAY, scopes=SCOPES)
            by_hand = plain.measure(indicator, records, as_of=TODAY, scopes=SCOPES)
            by_engine = {
                (one.unit_code, one.period_start, one.group): (one.numerator, one.denominator)
                for one in observations
                if one.numerator or one.denominator or (one.unit_code, one.period_start, one.group) in by_hand
            }
            assert by_engine == {
                place: (top, base if indicator.denominator else None)
                for place, (top, base) in by_hand.items()
            }, indicator.code
            if observations:
                assert_equals_its_records(version, indicator, data.draw(st.sampled_from(observations)))


def assert_equals_its_records(
    version: RegisterVersion, indicator: Indicator, figure: measure.Observation
) -> None:
    page = measure.records_behind(
        version,
        indicator,
        as_of=TODAY,
        scopes=SCOPES,
        unit_code=figure.unit_code,
        period_start=figure.period_start,
        group=figure.group,
        limit=1000,
    )
    assert page.total == len(page.rows)
    assert sum(row["numerator"] for row in page.rows) == figure.numerator
    assert sum(row["numerator"] for row in page.rows if not row["in_numerator"]) == 0
    if figure.denominator is not None:
        assert sum(row["denominator"] for row in page.rows) == figure.denominator


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_register_is_what_merging_its_rows_one_by_one_gives(
    data: st.DataObject, definitions: Definitions
) -> None:
    """The last accepted row of a key is measured; a rejected one stays while it is the newest of its key."""
    register = definitions.registers["dossiers"]
    deliveries = data.draw(st.lists(rows_of(register), min_size=1, max_size=3))
    with tempfile.TemporaryDirectory() as folder:
        version = built(register, deliveries, Path(folder))
        accepted: dict[str, tuple[str, int]] = {}
        rejected: dict[str, tuple[str, int]] = {}
        store = Store(Path(folder))
        for delivery in store.deliveries("dossiers"):
            for key, line, is_good in judged(delivery):
                rejected.pop(key, None)
                (accepted if is_good else rejected)[key] = (delivery.id, line)
        kept: dict[bool, dict[str, tuple[str, int]]] = {True: {}, False: {}}
        for one in records_in(version):
            kept[one["accepted"]][one["record_key"]] = (one["delivery_id"], one["row_number"])
        assert kept == {True: accepted, False: rejected}


def judged(delivery: Delivery) -> list[tuple[str, int, bool]]:
    """Each row of a delivery with whether it would be accepted: judged one row at a time, in dull Python."""
    result = duckdb.execute(f"SELECT * FROM read_parquet('{delivery.rows_path}') ORDER BY row_number")
    rows = []
    for number, *cells in result.fetchall():
        row = dict(zip(delivery.headers, cells, strict=True))
        received, returned = as_day(row["received_on"]), as_day(row["returned_on"])
        arrived = delivery.received_at.date()
        known = row["unit_code"] in {SAI_GON, TAN_DINH, "Phường Tân Định", "Văn phòng UBND"}
        good = (
            known
            and received is not None
            and received <= arrived
            and (returned is None or (received <= returned <= arrived))
        )
        rows.append((row["dossier_code"], number, good))
    return rows


def as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
