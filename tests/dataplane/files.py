"""Small files of dossiers, as a portal would export them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

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
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)  # 12:00 in Ho Chi Minh City
TODAY = date(2026, 11, 22)
SAI_GON, TAN_DINH = "26740", "26737"
SCOPES = [
    (SAI_GON, SAI_GON),
    (SAI_GON, "79"),
    (TAN_DINH, TAN_DINH),
    (TAN_DINH, "79"),
    ("H29.VP", "H29.VP"),
    ("H29.VP", "79"),
]

_PLAIN = {
    "dossier_code": "H29-1",
    "procedure_code": "1.000494.000.00.00.H29",
    "procedure_name": "Đăng ký khai sinh",
    "unit_code": SAI_GON,
    "received_on": "2026-11-01",
    "due_on": "2026-11-10",
    "returned_on": "2026-11-09",
    "status": "Đã trả kết quả",
    "applicant_name": "Trần Thị Bình",
    "fully_online": "có",
}


def dossier(**changes: str) -> dict[str, str]:
    """A sound dossier with some cells changed."""
    return _PLAIN | changes


def open_dossier(**changes: str) -> dict[str, str]:
    return dossier(returned_on="", status="Đang giải quyết") | changes


def csv_bytes(
    rows: Iterable[Mapping[str, str]],
    *,
    headers: Iterable[str] = HEADERS,
    separator: str = ",",
    encoding: str = "utf-8",
    line_end: str = "\n",
) -> bytes:
    names = list(headers)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, lineterminator=line_end)
    writer.writerow(names)
    for row in rows:
        writer.writerow([row.get(name, "") for name in names])
    return stream.getvalue().encode(encoding)
