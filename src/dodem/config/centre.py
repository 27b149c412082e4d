"""A centre's data directory: whose it is, what it was prepared for, and the lock of the running one.

Knows nothing of Django until ``load``, so that the parent process stays small and starts at once.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dodem import __version__
from dodem.vietnam.errors import UserError

PACKAGE = Path(__file__).resolve().parent.parent
PREPARED_FROM = ("definitions", "static", "locale", "*/migrations", "*/static")


@dataclass(frozen=True)
class Centre:
    """``sample`` is "city", "ward" or "none": decided at the first start and never mixed."""

    data: Path
    sample: str

    @property
    def mode(self) -> str:
        return "site" if self.sample == "none" else "sample"

    @property
    def accounts(self) -> Path:
        return self.data / "accounts.txt"

    def is_prepared(self) -> bool:
        """Whether the database, static files and sample fit the installed package as it is now."""
        marker = self.data / "prepared"
        return marker.exists() and marker.read_text() == self.fingerprint()

    def note_prepared(self) -> None:
        (self.data / "prepared").write_text(self.fingerprint())

    def fingerprint(self) -> str:
        """Version, database and the files that preparation reads: names, sizes and times."""
        seen = hashlib.sha256(f"{__version__} {os.environ.get('DATABASE_URL', '')}".encode())
        for pattern in PREPARED_FROM:
            for folder in sorted(PACKAGE.glob(pattern)):
                for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
                    stat = path.stat()
                    seen.update(f"{path.relative_to(PACKAGE)} {stat.st_size} {stat.st_mtime_ns}".encode())
        return seen.hexdigest()


def open_centre(data: Path, sample: str) -> Centre:
    """The centre of a directory, made when new. Raises UserError where sample and own data would mix."""
    data = data.resolve()
    data.mkdir(parents=True, exist_ok=True)
    known = sample_of(data)
    if known is None:
        (data / "centre.json").write_text(json.dumps({"sample": sample}))
        known = sample
    elif (known == "none") != (sample == "none"):
        raise UserError(
            f"Thư mục {data} đang chứa {'dữ liệu thật' if known == 'none' else 'dữ liệu mẫu'}. "
            "Hai loại không dùng chung một thư mục. Hãy chọn thư mục khác bằng --data."
        )
    return Centre(data=data, sample=known)


def sample_of(data: Path) -> str | None:
    path = data / "centre.json"
    return str(json.loads(path.read_text())["sample"]) if path.exists() else None


def lock(centre: Centre, address: str) -> IO[str]:
    """Hold the directory while the returned file stays open. Raises UserError when another has it."""
    handle = (centre.data / "lock").open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.seek(0)
        running = handle.read().strip()
        raise UserError(
            f"Trung tâm trong thư mục {centre.data} đang chạy rồi ({running}). "
            "Hãy dùng địa chỉ đó, hoặc dừng nó trước (Ctrl+C), hoặc chọn thư mục khác bằng --data."
        ) from None
    handle.truncate(0)
    handle.write(f"{address}, tiến trình {os.getpid()}")
    handle.flush()
    return handle


def environment(centre: Centre) -> dict[str, str]:
    """The environment of every process of a centre."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "dodem.config.settings",
        "DODEM_MODE": centre.mode,
        "DODEM_DATA": str(centre.data),
    }


def load(data: Path) -> None:
    """Set up Django on an existing data directory. Raises UserError when there is none."""
    sample = sample_of(data.resolve())
    if sample is None:
        raise UserError(
            f"Chưa có trung tâm nào trong thư mục {data}. Hãy chạy dodem up trước, hoặc chỉ rõ --data."
        )
    os.environ.update(environment(Centre(data=data.resolve(), sample=sample)))
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from None
