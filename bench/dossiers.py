"""Dossiers from file to figures, beside DuckDB's own copy of the same CSV to Parquet.

    python bench/dossiers.py [ROWS]        (default 500,000)

Prints wall and CPU seconds of each step and their ratio to the copy, in one run on one machine: ratios carry
over to other machines, seconds do not. The rows are made up, with a fault in every fiftieth.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from dodem.dataplane import clean, landing, measure
from dodem.dataplane.cli import shipped_scopes
from dodem.dataplane.definition_files import load_all
from dodem.dataplane.engine import connect, quote
from dodem.dataplane.store import Store
from dodem.vietnam import units

AS_OF = date(2026, 11, 22)
RECEIVED_AT = datetime(2026, 11, 22, 1, tzinfo=UTC)
HEADERS = (
    "dossier_code",
    "procedure_code",
    "procedure_name",
    "unit_code",
    "received_on",
    "due_on",
    "returned_on",
    "status",
    "applicant_name",
    "fully_online",
)
T = TypeVar("T")


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        file = root / "dossiers.csv"
        write_file(file, rows=rows)
        store = Store(root / "store")
        register = load_all().registers["dossiers"]
        indicators = [one for one in load_all().indicators.values() if one.register == "dossiers"]
        print(f"{rows:,} rows, {file.stat().st_size / 1e6:.0f} MB")
        print(f"{'':12}{'wall s':>9}{'CPU s':>9}{'copies':>9}{'rows/s':>12}")

        (_, copy_wall, copy_cpu) = timed(lambda: copy(file, root))
        show("copy", copy_wall, copy_cpu, copy_cpu, rows)
        (_, *receive) = timed(
            lambda: landing.receive(
                store,
                register=register,
                filename=file.name,
                content=file,
                received_at=RECEIVED_AT,
                origin="bench",
            )
        )
        show("receive", *receive, copy_cpu, rows)
        (version, *build) = timed(lambda: clean.build_register(store, register, as_of=AS_OF))
        show("build", *build, copy_cpu, rows)
        (observed, *figures) = timed(
            lambda: list(measure.observe_all(version, indicators, as_of=AS_OF, scopes=shipped_scopes()))
        )
        show("measure", *figures, copy_cpu, rows)
        wall, cpu = (sum(step) for step in zip(receive, build, figures, strict=True))
        show("all three", wall, cpu, copy_cpu, rows)
        (page, *behind) = timed(
            lambda: measure.records_behind(
                version,
                indicators[0],
                as_of=AS_OF,
                scopes=shipped_scopes(),
                unit_code=units.CITY,
                period_start=observed[0][-1].period_start,
                order_by="due_on",
            )
        )
        show("open page", *behind, copy_cpu, rows)
        print(
            f"{version.records:,} records, {version.findings:,} findings by {len(register.checks)} checks, "
            f"{sum(map(len, observed)):,} figures; the page shows {len(page.rows)} of {page.total:,}; "
            f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
        )


def timed(action: Callable[[], T]) -> tuple[T, float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    result = action()
    return result, time.perf_counter() - wall, time.process_time() - cpu


def show(step: str, wall: float, cpu: float, copy_cpu: float, rows: int) -> None:
    print(f"{step:12}{wall:9.2f}{cpu:9.2f}{cpu / copy_cpu:9.2f}{rows / wall:12,.0f}")


def copy(file: Path, root: Path) -> None:
    """What DuckDB does on its own: sniff, parse, write."""
    with connect(root) as db:
        db.execute(f"COPY (FROM read_csv({quote(str(file))})) TO {quote(str(root / 'copy.parquet'))}")


def write_file(file: Path, *, rows: int) -> None:
    chance = random.Random(2026)
    communes = units.communes()
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADERS)
        for place in range(rows):
            commune = chance.choice(communes)
            received = date(2025, 12, 1) + timedelta(chance.randrange(350))
            due = received + timedelta(chance.randrange(3, 20))
            returned = received + timedelta(chance.randrange(1, 22))
            is_open = returned > AS_OF
            writer.writerow(
                (
                    f"H29.{place:09d}",
                    f"1.{chance.randrange(10**6):06d}.000.00.00.H29",
                    chance.choice(
                        ("Đăng ký khai sinh", "Cấp bản sao trích lục hộ tịch", "Chứng thực chữ ký")
                    ),
                    commune.code if place % 3 else commune.name,
                    f"{received:%d/%m/%Y}" if place % 2 else received,
                    "31/02/2026" if place % 50 == 0 else due,
                    "" if is_open else returned,
                    "Đang giải quyết" if is_open else "Đã trả kết quả",
                    f"Nguyễn Văn {chance.randrange(10**4)}",
                    chance.choice(("có", "không")),
                )
            )


if __name__ == "__main__":
    main()
