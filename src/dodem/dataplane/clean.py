"""Deliveries in, a register version out: cleaned, checked and merged in one pass.

The pass is one query per register. It reads the text of the landed rows, cleans every field, puts all checks
into one failure mask, and is materialised once; counts, findings and records are read from its result. (The
engine computes a column again for each filter that mentions it, so the mask must be stored before it is
asked.)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from dodem.dataplane.cell_sql import READ_AS, STEPS, tidy
from dodem.dataplane.definitions import DeliveryPolicy, Field, Register, Severity
from dodem.dataplane.dictionaries import LOOKED_UP, fill, table_name
from dodem.dataplane.engine import DEFAULT_LIMITS, TIME_ZONE, EngineLimits, connect, identifier, quote
from dodem.dataplane.findings_sql import findings_sql
from dodem.dataplane.headers import match_headers
from dodem.dataplane.kinds import uses
from dodem.dataplane.render import Parameters, condition_sql
from dodem.dataplane.standard_checks import raw_name
from dodem.dataplane.store import Delivery, Part, RegisterVersion, Store, sha256_of
from dodem.dataplane.unit_names import UnitDirectory
from dodem.dataplane.vocabulary import FieldType

_BUILD = "1"  # raised when the same inputs would give other records


def build_register(
    store: Store,
    register: Register,
    *,
    as_of: date,
    deliveries: Sequence[Delivery] | None = None,
    units: UnitDirectory | None = None,
    limits: EngineLimits = DEFAULT_LIMITS,
) -> RegisterVersion:
    """Build the register from `deliveries` (default: all received) and put the version in force.

    Records merge by key, in order of arrival and line. The last row that no check rejects wins, so a bad row
    never displaces a good one; a rejected row is kept beside it until a later row with its key arrives. With
    `deliveries: full` only the newest delivery counts. Equal inputs give the version that is already there. A
    version built from chosen `deliveries` does not become the current one.
    """
    units = units or UnitDirectory.shipped()
    with store.turn(register.code):
        chosen = store.deliveries(register.code) if deliveries is None else list(deliveries)
        if register.deliveries is DeliveryPolicy.FULL:
            chosen = chosen[-1:]
        inputs = _inputs_digest(register, chosen, as_of=as_of, units=units)
        earlier = store.versions(register.code)
        version = next((one for one in reversed(earlier) if one.inputs_digest == inputs), None)
        if version is None:
            serial = earlier[-1].serial + 1 if earlier else 1
            version = _build(
                store,
                register,
                chosen,
                as_of=as_of,
                units=units,
                serial=serial,
                inputs=inputs,
                limits=limits,
            )
        if deliveries is None:
            store.make_current(version)
        return version


def pass_sql(register: Register, deliveries: Sequence[Delivery], *, parameters: Parameters) -> str:
    """The one query that cleans and checks: tidied text, typed fields and the failure mask of every row."""
    bits = []
    for place, check in enumerate(register.checks):
        condition = condition_sql(check.fails_when, bind=parameters.bind)
        bits.append(f"CASE WHEN {condition} THEN {1 << place}::BIGINT ELSE 0 END")
    mask = " + ".join(bits) or "0::BIGINT"
    return f"SELECT *, {mask} AS failed_mask FROM ({_cleaned_sql(register)}) AS cleaned"


def record_columns(register: Register) -> list[str]:
    """The columns of ``records.parquet``, in order."""
    reported = [f"{field.name}_reported" for field in register.fields if field.type is FieldType.UNIT]
    return [
        "record_key",
        *(field.name for field in register.fields),
        *reported,
        "responsible_unit_code",
        "accepted",
        "has_finding",
        "failed_mask",
        "delivery_id",
        "row_number",
    ]


def _build(
    store: Store,
    register: Register,
    deliveries: Sequence[Delivery],
    *,
    as_of: date,
    units: UnitDirectory,
    serial: int,
    inputs: str,
    limits: EngineLimits,
) -> RegisterVersion:
    version_id = f"{register.code}@{as_of.isoformat()}.{serial}"
    with store.building() as folder, connect(store.root, limits=limits) as db:
        _lay_out_text(db, register, deliveries)
        for field in register.fields:
            if field.type in LOOKED_UP:
                fill(db, field, column=identifier(raw_name(field)), source="landed", units=units)
        _run_pass(db, register, deliveries, as_of=as_of)
        records = _write_records(db, register, folder / "records.parquet")
        findings = _write(db, findings_sql(register), folder / "findings.parquet")
        (folder / "register.yaml").write_text(register.source_text, "utf-8")
        accepted = db.execute("SELECT count(*) FROM kept WHERE accepted").fetchone()
        assert accepted is not None
        version = RegisterVersion(
            id=version_id,
            register_code=register.code,
            serial=serial,
            as_of=as_of,
            delivery_ids=tuple(one.id for one in deliveries),
            definition_digest=register.digest,
            inputs_digest=inputs,
            records=accepted[0],
            rejected=records - accepted[0],
            findings=findings,
            last_received_at=max((one.received_at for one in deliveries), default=None),
            parts=(
                _part(folder / "records.parquet", rows=records),
                _part(folder / "findings.parquet", rows=findings),
            ),
            folder=store.root / "versions" / register.code / version_id,
        )
        store.add_version(folder, version)
    return version


def _lay_out_text(db: duckdb.DuckDBPyConnection, register: Register, deliveries: Sequence[Delivery]) -> None:
    """Table `landed`: every delivered row with its tidied text under the register's field names.

    Deliveries with the same columns are read together, so a year of daily files stays one scan.
    """
    db.execute(
        "CREATE TEMP TABLE delivered (path VARCHAR, delivery_id VARCHAR, place BIGINT, delivered_on DATE)"
    )
    for place, one in enumerate(deliveries):
        day = one.received_at.astimezone(ZoneInfo(TIME_ZONE)).date()
        db.execute("INSERT INTO delivered VALUES (?, ?, ?, ?)", [str(one.rows_path), one.id, place, day])
    layouts: dict[tuple[str, ...], list[Delivery]] = {}
    for one in deliveries:
        layouts.setdefault(one.headers, []).append(one)
    selects = [_layout_sql(register, headers, group) for headers, group in layouts.items()]
    db.execute(f"CREATE TEMP TABLE landed AS {' UNION ALL '.join(selects) or _empty_sql(register)}")


def _layout_sql(register: Register, headers: tuple[str, ...], group: Iterable[Delivery]) -> str:
    places = match_headers(register, headers)
    cells = [
        f"{_tidied(field, places[field.name]) if field.name in places else 'NULL::VARCHAR'} "
        f"AS {identifier(raw_name(field))}"
        for field in register.fields
    ]
    paths = ", ".join(quote(str(one.rows_path)) for one in group)
    return (
        f"SELECT d.delivery_id, d.delivered_on, (d.place << 40) + t.row_number AS arrival, t.row_number, "
        f"{', '.join(cells)} FROM read_parquet([{paths}], filename = true) AS t "
        "JOIN delivered AS d ON d.path = t.filename"
    )


def _empty_sql(register: Register) -> str:
    cells = ", ".join(f"NULL::VARCHAR AS {identifier(raw_name(field))}" for field in register.fields)
    return (
        "SELECT NULL::VARCHAR AS delivery_id, NULL::DATE AS delivered_on, NULL::BIGINT AS arrival, "
        f"NULL::BIGINT AS row_number, {cells} WHERE false"
    )


def _tidied(field: Field, place: int) -> str:
    text = tidy(f"t.c{place}")
    for step in field.clean:
        text = STEPS[step](f"({text})")
    return text


def _cleaned_sql(register: Register) -> str:
    typed, joins = [], []
    for field in register.fields:
        raw = f"landed.{identifier(raw_name(field))}"
        if field.type in LOOKED_UP:
            table = identifier(table_name(field))
            joins.append(f"LEFT JOIN {table} ON {table}.spelling = {raw}")
            typed.append(f"{table}.meaning AS {identifier(field.name)}")
        else:
            typed.append(f"{READ_AS[field.type](raw)} AS {identifier(field.name)}")
    key = " || '|' || ".join(f"landed.{identifier(f'raw_{name}')}" for name in register.key)
    times = "1::BIGINT"
    if any(uses(check.fails_when, "times_in_delivery") for check in register.checks):
        times = "coalesce(repeated.times, 1)"
        joins.append(
            f"LEFT JOIN (SELECT delivery_id, {key} AS record_key, count(*) AS times FROM landed "
            f"GROUP BY ALL HAVING times > 1) AS repeated ON repeated.delivery_id = landed.delivery_id "
            f"AND repeated.record_key = ({key})"
        )
    return (
        f"SELECT landed.*, {key} AS record_key, $as_of AS as_of, {times} AS times_in_delivery, "
        f"{', '.join(typed)} FROM landed {' '.join(joins)}"
    )


def _run_pass(
    db: duckdb.DuckDBPyConnection, register: Register, deliveries: Sequence[Delivery], *, as_of: date
) -> None:
    """Table `checked`, and the view `kept` of its rows that no later row supersedes."""
    parameters = Parameters()
    query = pass_sql(register, deliveries, parameters=parameters)
    db.execute(f"CREATE TEMP TABLE checked AS {query}", {**parameters.values, "as_of": as_of})
    rejecting = sum(
        1 << place for place, check in enumerate(register.checks) if check.severity is Severity.REJECT
    )
    db.execute(
        "CREATE TEMP TABLE superseded AS "
        "WITH newest AS (SELECT record_key, max(arrival) AS any_row, "
        f"max(arrival) FILTER (WHERE failed_mask & {rejecting} = 0) AS good_row, count(*) AS times "
        "FROM checked WHERE record_key IS NOT NULL GROUP BY record_key HAVING times > 1) "
        "SELECT checked.arrival FROM checked JOIN newest USING (record_key) "
        "WHERE checked.arrival IS DISTINCT FROM newest.good_row AND checked.arrival <> newest.any_row"
    )
    unit = f"coalesce(checked.{identifier(register.unit_field)}, {quote(register.owner_unit_code)})"
    db.execute(
        f"CREATE TEMP VIEW kept AS SELECT *, failed_mask & {rejecting} = 0 AS accepted, "
        f"failed_mask <> 0 AS has_finding, {unit} AS responsible_unit_code "
        "FROM checked WHERE arrival NOT IN (SELECT arrival FROM superseded)"
    )


def _write_records(db: duckdb.DuckDBPyConnection, register: Register, target: Path) -> int:
    reported = {
        f"{field.name}_reported": raw_name(field) for field in register.fields if field.type is FieldType.UNIT
    }
    listed = ", ".join(
        f"{identifier(reported.get(name, name))} AS {identifier(name)}" for name in record_columns(register)
    )
    return _write(db, f"SELECT {listed} FROM kept ORDER BY arrival", target)


def _write(db: duckdb.DuckDBPyConnection, select: str, target: Path) -> int:
    written = db.execute(
        f"COPY ({select}) TO {quote(str(target))} (FORMAT parquet, COMPRESSION zstd)"
    ).fetchone()
    assert written is not None
    return int(written[0])


def _part(path: Path, *, rows: int) -> Part:
    return Part(name=path.name, sha256=sha256_of(path), rows=rows, bytes=path.stat().st_size)


def _inputs_digest(
    register: Register, deliveries: Sequence[Delivery], *, as_of: date, units: UnitDirectory
) -> str:
    inputs: dict[str, Any] = {
        "build": _BUILD,
        "register": register.digest,
        "deliveries": [[one.id, one.received_at.isoformat()] for one in deliveries],
        "as_of": as_of.isoformat(),
        "units": units.digest,
    }
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()
