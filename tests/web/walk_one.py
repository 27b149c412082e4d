"""Make what walk one needs in a test: files of dossiers, a centre with its own data directory, a worker's
round.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from dodem.pipeline import worker
from dodem.registers import shelf
from dodem.registers.actions import load_sources
from dodem.registers.models import Source
from tests import factories

HEADER = (
    "dossier_code,procedure_code,procedure_name,unit_code,received_on,due_on,returned_on,status,"
    "applicant_name,fully_online"
)
NOW = factories.NOON  # 20 November 2026
APPLICANT = "Trần Thị Kiểm Thử"


def open_centre(data: Path, settings: object) -> Path:
    """A data directory of its own, with the sources of today's definitions."""
    settings.DODEM_DATA = data  # type: ignore[attr-defined]
    load_sources()
    return data


def dossier(
    number: int,
    *,
    unit: str = factories.SAI_GON,
    due: str = "2026-11-10",
    returned: str = "2026-11-09",
    received: str = "2026-11-01",
    status: str = "",
    applicant: str = APPLICANT,
) -> str:
    """One line of a file. Without ``returned`` the dossier is still in progress."""
    state = status or ("returned" if returned else "in_progress")
    return (
        f"H29.{number:06d},1.000494.000.00.00.H29,Đăng ký khai sinh,{unit},{received},{due},{returned},"
        f"{state},{applicant},true"
    )


def file_of(*lines: str) -> bytes:
    return ("\n".join([HEADER, *lines]) + "\n").encode()


def drop(
    name: str, content: bytes, *, source: str = "dossiers", age: timedelta = timedelta(minutes=1)
) -> Path:
    """Put a file into a source's inbox, as if it had come to rest ``age`` ago."""
    path = shelf.inbox() / source / name
    path.write_bytes(content)
    then = (NOW - age).timestamp()
    os.utime(path, (then, then))
    return path


def round_of_work(now: datetime = NOW, **options: bool) -> list[str]:
    return worker.tick(now, **options)


def source(code: str = "dossiers") -> Source:
    return Source.objects.get(code=code)
