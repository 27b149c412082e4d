"""Power cuts during a stream of citizens' reports and dropped files: whatever was acknowledged is there once.

``DODEM_KILLS`` says how often the whole tree is killed; three times in the ordinary run, to keep it short.
"""

from __future__ import annotations

import hashlib
import http.cookiejar
import os
import random
import re
import sqlite3
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import centre

pytestmark = pytest.mark.process

KILLS = int(os.environ.get("DODEM_KILLS", "3"))
HEADER = (
    "ma_ho_so,ma_thu_tuc,ten_thu_tuc,ma_don_vi,ngay_tiep_nhan,ngay_hen_tra,ngay_tra_ket_qua,tinh_trang,"
    "nguoi_nop,toan_trinh"
)


class KeepsTheAnswer(urllib.request.HTTPRedirectHandler):
    """The address a form leads to is the receipt; it is not followed."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


@dataclass
class Citizens:
    """People who send a form again until somebody has said that it was received."""

    port: int
    secrets: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        number = 0
        while not self.stopping.is_set():
            number += 1
            self.send_until_received(number)

    def send_until_received(self, number: int) -> None:
        opener = urllib.request.build_opener(
            KeepsTheAnswer, urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        page = ""
        while not self.stopping.is_set():
            try:
                page = page or opener.open(f"{self.base}/phan-anh/gui/", timeout=10).read().decode()
                opener.open(self.request(page, number), timeout=10)
                raise AssertionError("a form that was received leads on to its receipt")
            except urllib.error.HTTPError as answer:
                if answer.code in (301, 302, 303):
                    self.secrets.append(answer.headers["Location"].split("/")[3])
                    return
                if answer.code not in (429, 503):
                    self.refusals.append(f"{answer.code}: {answer.read().decode()[:2000]}")
                    return
            except OSError:
                pass  # the centre is down: the same form again
            time.sleep(0.05)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def request(self, page: str, number: int) -> urllib.request.Request:
        fields = {
            "csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"),
            "submission": hidden(page, "submission"),
            "kind": "report",
            "category": "lighting",
            "text": f"Đèn đường số {number} tắt đã mấy đêm liền.",
            "unit": "26740",
            "is_shared": "yes",
        }
        return urllib.request.Request(
            f"{self.base}/phan-anh/gui/",
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Referer": self.base},
        )


@dataclass
class OtherSystem:
    """Drops whole files into the inbox: written under another name, then renamed."""

    inbox: Path
    hashes: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        number = 0
        while not self.stopping.is_set():
            number += 1
            row = f"H29-CUT-{number:05d},2.000815.000.00.00.H29,Chứng thực,26740,02/03/2026,03/03/2026,"
            content = f"{HEADER}\n{row}03/03/2026,Đã trả kết quả,Nguyễn Thị Thử,Có\n".encode()
            part = self.inbox / f"cut-{number}.csv.part"
            part.write_bytes(content)
            part.rename(self.inbox / f"cut-{number}.csv")
            self.hashes.append(hashlib.sha256(content).hexdigest())
            time.sleep(0.4)


def test_whatever_was_acknowledged_is_there_once_after_every_power_cut(ward_copy: Path) -> None:
    chance = random.Random(4)
    running = centre.start(ward_copy)
    running.wait_until_ready()
    citizens = Citizens(running.port)
    other = OtherSystem(running.data / "inbox" / "dossiers")
    streams = [threading.Thread(target=citizens.run), threading.Thread(target=other.run)]
    for stream in streams:
        stream.start()
    try:
        for _ in range(KILLS):
            time.sleep(chance.uniform(1.5, 5))
            forget_rate_limits(running.data)
            time.sleep(chance.uniform(0, 1))
            running.kill_whole_tree()
            running = centre.start(running.data, port=running.port)
            running.wait_until_ready()
    finally:
        citizens.stopping.set()
        other.stopping.set()
        for stream in streams:
            stream.join(timeout=60)
    wait_for_empty(other.inbox)
    running.stop()

    assert not citizens.refusals
    assert len(citizens.secrets) >= KILLS
    assert len(other.hashes) >= KILLS
    with sqlite3.connect(running.data / "dodem.sqlite3") as db:
        received = dict(
            db.execute("SELECT secret_digest, count(*) FROM feedback_report GROUP BY 1").fetchall()
        )
        delivered = dict(db.execute("SELECT sha256, count(*) FROM registers_delivery GROUP BY 1").fetchall())
    assert {received.get(hashlib.sha256(secret.encode()).hexdigest(), 0) for secret in citizens.secrets} == {
        1
    }
    assert {delivered.get(sha256, 0) for sha256 in other.hashes} == {1}
    verified = centre.run(running.data, "audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, f"the form has no {name}"
    return found[1]


def forget_rate_limits(data: Path) -> None:
    """All these citizens share one address, which may send only so many reports an hour."""
    with sqlite3.connect(data / "dodem.sqlite3", timeout=20) as db:
        db.execute("DELETE FROM cache")


def wait_for_empty(inbox: Path) -> None:
    deadline = time.monotonic() + 90
    while list(inbox.glob("*.csv")) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert not list(inbox.glob("*.csv")), "files still lie in the inbox"
