"""The real centre for tests: ``dodem up`` as a process tree on a directory of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

READY_WITHIN = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class RunningCentre:
    """A started centre; ``log`` is where it prints."""

    data: Path
    port: int
    process: subprocess.Popen[bytes]
    log: Path
    started_at: float = field(default_factory=time.monotonic)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def wait_until_ready(self) -> float:
        """Seconds from the start to the first healthy answer. Fails with the log if it never comes."""
        while time.monotonic() - self.started_at < READY_WITHIN:
            if self.process.poll() is not None:
                raise AssertionError(
                    f"the centre ended with {self.process.returncode}:\n{self.log.read_text()}"
                )
            if self.is_healthy():
                return time.monotonic() - self.started_at
            time.sleep(0.1)
        raise AssertionError(f"the centre was not ready in {READY_WITHIN} s:\n{self.log.read_text()}")

    def is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self, signum: int = signal.SIGTERM) -> float:
        """Ask it to stop; returns the seconds it took."""
        asked = time.monotonic()
        self.process.send_signal(signum)
        self.process.wait(timeout=30)
        return time.monotonic() - asked

    def kill_whole_tree(self) -> None:
        """``kill -9`` of every process of the tree at once, as a power cut would."""
        for pid in [*descendants(self.process.pid), self.process.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait(timeout=10)


def start(data: Path, *, port: int | None = None, sample: str = "ward") -> RunningCentre:
    """Start ``dodem up`` and return at once."""
    port = port or free_port()
    log = data.parent / f"{data.name}.log"
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("DODEM_", "DJANGO_"))
    }
    with log.open("ab") as output:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "dodem.cli",
                "up",
                "--data",
                str(data),
                "--port",
                str(port),
                "--sample",
                sample,
            ],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
    return RunningCentre(data=data, port=port, process=process, log=log)


def descendants(pid: int) -> list[int]:
    """Children of a process and theirs, read from /proc."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [found for child in map(int, children) for found in (child, *descendants(child))]


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Another verb of the command line on the same directory."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("DODEM_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "dodem.cli", *arguments, "--data", str(data)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=False,
    )
