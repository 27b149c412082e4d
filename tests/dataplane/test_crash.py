"""kill -9 at any point: what was acknowledged is there, once and whole; the rest is gone without a trace."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from dodem.dataplane import clean, landing, lineage
from dodem.dataplane.definitions import Register
from dodem.dataplane.store import Store
from tests.dataplane.files import NOON, TODAY, csv_bytes, dossier

FILES = 3
WORKER = """
import os, signal, sys
from pathlib import Path
from tests.dataplane.test_crash import work
fatal = int(sys.argv[2])
seen = 0
def hook(event, arguments):
    global seen
    if event == "os.rename" and fatal:
        seen += 1
        if seen == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
work(Path(sys.argv[1]))
"""


def file(place: int) -> bytes:
    return csv_bytes([dossier(dossier_code=f"H{place}-{row}") for row in range(400)])


def work(root: Path) -> None:
    """Receive and build, saying what is done as soon as it is."""
    from dodem.dataplane.definition_files import load_all

    store, register = Store(root), load_all().registers["dossiers"]
    print("ready", flush=True)  # noqa: T201
    for place in range(FILES):
        receipt = landing.receive(
            store,
            register=register,
            filename=f"{place}.csv",
            content=file(place),
            received_at=NOON,
            origin="t",
        )
        print(f"received {receipt.delivery.id}", flush=True)  # noqa: T201
        version = clean.build_register(store, register, as_of=TODAY)
        print(f"built {version.id} {version.records}", flush=True)  # noqa: T201


def start(root: Path, *, fatal: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(root), str(fatal)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def assert_whole(root: Path, said: list[str], dossiers: Register) -> None:
    """The store after a crash, opened by the next process."""
    store = Store(root)
    assert not [path for path in (root / "building").iterdir() if path.name != "turns"]
    received = [line.split()[1] for line in said if line.startswith("received")]
    built = [line.split()[1:] for line in said if line.startswith("built")]
    kept = {delivery.id: delivery for delivery in store.deliveries("dossiers")}
    assert set(received) <= kept.keys()
    assert len({delivery.sha256 for delivery in kept.values()}) == len(kept) <= len(received) + 1
    for delivery in kept.values():
        rows = duckdb.execute(f"SELECT count(*) FROM read_parquet('{delivery.rows_path}')").fetchone()
        assert rows == (delivery.rows,) == (400,)
    versions = {version.id: version for version in store.versions("dossiers")}
    for version_id, records in built:
        assert versions[version_id].records == int(records)
    for version in versions.values():
        assert lineage.verify(store, version) == []
    current = store.current("dossiers")
    if built:
        assert current is not None
        assert current.serial >= versions[built[-1][0]].serial


def assert_finishes(root: Path, dossiers: Register) -> None:
    """The work taken up again ends where it would have ended."""
    store = Store(root)
    for place in range(FILES):
        landing.receive(
            store, register=dossiers, filename="x.csv", content=file(place), received_at=NOON, origin="t"
        )
    version = clean.build_register(store, dossiers, as_of=TODAY)
    assert len(store.deliveries("dossiers")) == FILES
    assert (version.records, store.current("dossiers")) == (FILES * 400, version)


@pytest.mark.parametrize("round_", range(10))
def test_killed_at_a_random_moment_nothing_is_lost_doubled_or_half(
    tmp_path: Path, dossiers: Register, round_: int
) -> None:
    child = start(tmp_path)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"

    time.sleep(random.Random(round_).uniform(0.0, 1.2))
    child.send_signal(signal.SIGKILL)
    said = child.stdout.read().splitlines()
    child.stdout.close()
    child.wait(timeout=30)

    assert_whole(tmp_path, said, dossiers)
    assert_finishes(tmp_path, dossiers)


@pytest.mark.parametrize("fatal", [1, 2, 3, 4, 5])
def test_killed_just_before_a_rename_nothing_is_lost_doubled_or_half(
    tmp_path: Path, dossiers: Register, fatal: int
) -> None:
    child = start(tmp_path, fatal=fatal)

    said, _ = child.communicate(timeout=60)

    assert child.returncode == -signal.SIGKILL
    assert_whole(tmp_path, said.splitlines(), dossiers)
    assert_finishes(tmp_path, dossiers)


def test_two_processes_taking_the_same_files_keep_each_once(tmp_path: Path, dossiers: Register) -> None:
    children = [start(tmp_path), start(tmp_path)]

    for child in children:
        child.communicate(timeout=120)

    assert [child.returncode for child in children] == [0, 0]
    assert_finishes(tmp_path, dossiers)


def test_opening_the_store_leaves_work_in_progress_alone(tmp_path: Path) -> None:
    store = Store(tmp_path)

    with store.building() as folder:
        (folder / "draft").write_text("half")
        Store(tmp_path)
        assert (folder / "draft").read_text() == "half"

    assert not folder.exists()
