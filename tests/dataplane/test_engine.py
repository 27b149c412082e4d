"""A connection reads and writes inside the store and nowhere else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dodem.dataplane.engine import EngineLimits, connect
from dodem.dataplane.store import Store


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
        "COPY (SELECT 1) TO '/tmp/dodem-outside.csv'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "ATTACH '/tmp/dodem-outside.db'",
        "SET enable_external_access = true",
        "SET memory_limit = '64GB'",
    ],
)
def test_a_query_cannot_leave_the_store_or_loosen_its_limits(tmp_path: Path, query: str) -> None:
    with connect(Store(tmp_path / "store").root) as db, pytest.raises(duckdb.Error):
        db.execute(query)


def test_work_larger_than_its_memory_spills_and_cleans_up(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with connect(store.root, limits=EngineLimits(memory="100MB")) as db:
        db.execute(
            "CREATE TEMP TABLE t AS SELECT i, repeat('x', 200) || i AS text FROM range(1000000) AS r(i)"
        )
        assert db.execute("SELECT count(DISTINCT text) FROM t").fetchone() == (1_000_000,)

    assert not list((store.root / "building").glob("spill-*"))


def test_today_is_the_city_s_day_whatever_the_machine_says(tmp_path: Path) -> None:
    with connect(Store(tmp_path / "store").root) as db:
        day = db.execute("SELECT CAST(TIMESTAMPTZ '2026-11-22 17:00:00+00' AS DATE)").fetchone()

    assert str(day[0]) == "2026-11-23"  # type: ignore[index]
