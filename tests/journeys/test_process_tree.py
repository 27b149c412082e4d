"""The centre as its operators meet it: starting, starting twice, stopping, being cut off."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import centre
from tests.centre import RunningCentre

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def running(made_ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    started = centre.start(Path(shutil.copytree(made_ward, tmp_path_factory.mktemp("centre") / "data")))
    started.wait_until_ready()
    yield started
    if started.process.poll() is None:
        started.stop()


def test_a_start_prints_the_address_and_the_sample_accounts(running: RunningCentre) -> None:
    deadline = time.monotonic() + 5
    while "Dừng bằng" not in (printed := running.log.read_text()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running.url in printed
    assert "mật khẩu" in printed.lower()


def test_a_second_start_on_the_same_directory_is_refused_with_the_running_address(
    running: RunningCentre,
) -> None:
    second = centre.start(running.data)
    assert second.process.wait(timeout=20) == 2
    assert f"đang chạy rồi ({running.url}" in second.log.read_text()


def test_a_taken_port_is_told_with_another_to_try(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = centre.start(tmp_path / "data", port=port)
        assert refused.process.wait(timeout=20) == 2
    assert f"--port {port + 1}" in refused.log.read_text()


def test_sample_data_and_a_site_never_share_a_directory(running: RunningCentre) -> None:
    mixed = centre.start(running.data, sample="none")
    assert mixed.process.wait(timeout=20) == 2
    assert "dữ liệu mẫu" in mixed.log.read_text()


def test_a_site_does_not_start_without_its_own_key_and_hosts(tmp_path: Path) -> None:
    site = centre.start(tmp_path / "data", sample="none")
    assert site.process.wait(timeout=30) == 2
    told = site.log.read_text()
    assert "DODEM_SECRET_KEY" in told
    assert "DODEM_HOSTS" in told


def test_a_child_that_dies_is_started_again(running: RunningCentre) -> None:
    before = centre.descendants(running.process.pid)
    os.kill(before[0], signal.SIGKILL)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        now = centre.descendants(running.process.pid)
        if len(now) == len(before) and before[0] not in now and running.is_healthy():
            return
        time.sleep(0.2)
    pytest.fail("the killed process did not come back")


def test_it_stops_within_five_seconds_and_starts_again_where_it_was(ward_copy: Path) -> None:
    first = centre.start(ward_copy)
    first.wait_until_ready()
    events = events_of(first.data)
    assert first.stop(signal.SIGINT) < 5
    assert first.process.returncode == 0
    second = centre.start(ward_copy)
    second.wait_until_ready()
    assert events_of(second.data) >= events
    second.kill_whole_tree()
    assert not centre.descendants(second.process.pid)
    third = centre.start(ward_copy)
    third.wait_until_ready()
    third.stop()
    verified = centre.run(third.data, "audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_children_leave_when_only_the_parent_is_killed(ward_copy: Path) -> None:
    alone = centre.start(ward_copy)
    alone.wait_until_ready()
    children = centre.descendants(alone.process.pid)
    alone.process.kill()
    alone.process.wait()
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def events_of(data: Path) -> int:
    """How many events the ledger holds, asked of the database file itself."""
    with sqlite3.connect(f"file:{data / 'dodem.sqlite3'}?mode=ro", uri=True) as connection:
        return int(connection.execute("SELECT count(*) FROM audit_event").fetchone()[0])
