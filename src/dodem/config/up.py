"""``dodem up``: one process tree, no server to install.

The parent binds the port, prepares the data directory, then keeps two web processes and one worker alive.
Children hold a pipe whose other end only the parent has: when the parent is gone, however it went, they go.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from dodem.config import centre as centres
from dodem.config.centre import Centre
from dodem.vietnam.errors import UserError

WEB_PROCESSES = 2
STOP_WITHIN = 4.0  # seconds, then they are killed
RESTART_AFTER = 1.0  # seconds; doubled with each quick death, up to a minute
READY_WITHIN = 60.0  # seconds


@dataclass
class Child:
    """One process of the tree and how often it has died young."""

    name: str
    arguments: list[str]
    waits: bool = False  # until the centre answers: two cores load two processes faster than three
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    restart_at: float = 0.0


@dataclass
class Tree:
    centre: Centre
    listener: socket.socket
    lifeline: int
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def start(self, child: Child) -> None:
        child.process = subprocess.Popen(
            [sys.executable, "-m", "dodem.config.process", *child.arguments, str(self.lifeline)],
            env=centres.environment(self.centre),
            pass_fds=(self.listener.fileno(), self.lifeline),
            start_new_session=True,  # Ctrl+C reaches the parent alone, which then stops them in order
        )
        child.started = time.monotonic()

    def watch(self) -> None:
        """Start again what has died, unless the tree is being stopped."""
        now = time.monotonic()
        for child in self.children:
            if child.process is None:
                if now >= child.restart_at and not child.waits:
                    self.start(child)
            elif child.process.poll() is not None:
                child.deaths = child.deaths + 1 if now - child.started < 60 else 1
                child.restart_at = now + min(60.0, RESTART_AFTER * 2 ** (child.deaths - 1))
                print(f"{child.name}: dừng với mã {child.process.returncode}, khởi động lại", file=sys.stderr)
                child.process = None

    def stop(self) -> None:
        """Ask everyone to finish; after ``STOP_WITHIN`` seconds, kill."""
        living = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in living:
            process.terminate()
        deadline = time.monotonic() + STOP_WITHIN
        for process in living:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def run(*, data: Path, host: str, port: int, sample: str) -> int:
    """Run the centre until it is told to stop. Raises UserError when it cannot start."""
    centre = centres.open_centre(data, sample)
    address = f"http://{host}:{port}"
    with centres.lock(centre, address), listen(host, port) as listener:
        lifeline, _held_by_parent = os.pipe()
        if not centre.is_prepared():
            code = subprocess.run(
                [sys.executable, "-m", "dodem.config.process", "prepare", centre.sample, str(lifeline)],
                env=centres.environment(centre),
                pass_fds=(lifeline,),
                check=False,
            ).returncode
            if code:
                return code
            centre.note_prepared()
        return serve(Tree(centre=centre, listener=listener, lifeline=lifeline), address)


def listen(host: str, port: int) -> socket.socket:
    """The listening socket, bound before anything else so that a taken port is told at once."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise UserError(
            f"Không mở được cổng {port} trên {host} ({error.strerror}). "
            f"Có chương trình khác đang dùng; hãy chọn cổng khác, ví dụ: dodem up --port {port + 1}"
        ) from None
    listener.listen(512)
    listener.setblocking(False)
    return listener


def serve(tree: Tree, address: str) -> int:
    """Keep the children alive and say when the centre answers, until SIGTERM or SIGINT."""
    socket_number = str(tree.listener.fileno())
    tree.children = [
        Child("web 1", ["web", socket_number]),
        Child("worker", ["worker", socket_number]),
        *(Child(f"web {n}", ["web", socket_number], waits=True) for n in range(2, WEB_PROCESSES + 1)),
    ]

    def stop(signum: int, frame: FrameType | None) -> None:
        tree.stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    give_up_at = time.monotonic() + READY_WITHIN
    announced = False
    try:
        while not tree.stopping:
            tree.watch()
            if not announced and is_ready(address):
                announce(tree.centre, address)
                announced = True
                for child in tree.children:
                    child.waits = False
            if not announced and time.monotonic() > give_up_at:
                raise UserError(
                    f"Trung tâm không trả lời trong {READY_WITHIN:.0f} giây. Xem dòng lỗi ở trên."
                )
            time.sleep(0.1 if not announced else 0.5)
    finally:
        tree.stop()
    return 0


def is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def announce(centre: Centre, address: str) -> None:
    print(f"\nTrung tâm đã sẵn sàng: {address}", flush=True)
    if centre.accounts.exists():
        print(centre.accounts.read_text(), flush=True)
    print("Dừng bằng Ctrl+C.", flush=True)
