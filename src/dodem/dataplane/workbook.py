"""Read .xlsx, after making sure that opening it is safe.

A workbook is a zip archive that says how large its parts will be. Those sizes are looked at before anything
is unpacked, and the unpacking stops where they said it would.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl

from dodem.dataplane.definitions import Register
from dodem.dataplane.grid import LONGEST_CELL, Landed, cell_too_long, formula_found, write_grid
from dodem.dataplane.headers import MOST_COLUMNS, check_headers, score
from dodem.dataplane.rejection import RejectedFile
from dodem.vietnam.text import nfc

LARGEST_UNPACKED = 600 * 1024 * 1024
LARGEST_RATIO = 120  # real sheets pack 5 to 40 times; repetition alone reaches 1,000
_SMALL = 10 * 1024 * 1024  # below this an odd ratio harms nobody
_MOST_PARTS = 2_000
_MOST_BLANK_ROWS = 1_000


def read_workbook(path: Path, *, register: Register, db: duckdb.DuckDBPyConnection) -> Landed:
    """Lay out the sheet whose first row fits the register best. Raises RejectedFile."""
    _refuse_unsafe(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # openpyxl raises whatever the broken part provokes
        raise _broken() from error
    try:
        sheet, headers, notes = _best_sheet(book, register)
        check_headers(register, headers)
        try:
            rows = write_grid(db, _cells(sheet, headers), width=len(headers), folder=path.parent)
        except (zipfile.BadZipFile, SyntaxError, KeyError, ValueError, EOFError) as error:
            raise _broken() from error
    finally:
        book.close()
    return Landed(headers=headers, rows=rows, encoding="xlsx", notes=notes)


def _refuse_unsafe(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            unpacked = sum(part.file_size for part in parts)
            packed = max(1, sum(part.compress_size for part in parts))
            too_big = unpacked > LARGEST_UNPACKED or len(parts) > _MOST_PARTS
            if too_big or (unpacked > _SMALL and unpacked / packed > LARGEST_RATIO):
                raise RejectedFile(
                    "zip_bomb",
                    f"Tệp bung ra tới {unpacked // 1024 // 1024} MB, không giống một bảng tính "
                    "bình thường nên không được mở. Hãy xóa các ô trống thừa rồi lưu lại, hoặc gửi CSV.",
                )
            if "xl/workbook.xml" not in names:
                raise RejectedFile(
                    "unknown_format",
                    "Đây là tệp nén hoặc Word, không phải Excel. Hãy gửi tệp CSV hoặc .xlsx.",
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        if b"<!DOCTYPE" in stream.read(4096):
                            raise RejectedFile(
                                "zip_bomb",
                                "Tệp Excel có khai báo lạ bên trong nên không được mở. Hãy gửi dạng CSV.",
                            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _broken() from error


def _best_sheet(book: Any, register: Register) -> tuple[Any, tuple[str, ...], tuple[str, ...]]:
    best: tuple[int, Any, tuple[str, ...]] | None = None
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # a wrong declared size must neither hide rows nor invent columns
        first = next(sheet.iter_rows(min_row=1, max_row=1, max_col=MOST_COLUMNS + 1, values_only=True), ())
        headers = tuple(nfc(_text(value)).strip() for value in first)
        while headers and not headers[-1]:
            headers = headers[:-1]
        found = score(register, headers)
        if best is None or found > best[0]:
            best = (found, sheet, headers)
    if best is None or not best[2]:
        raise RejectedFile(
            "empty", "Bảng tính không có dữ liệu. Hãy đặt tên cột ở dòng đầu, dữ liệu từ dòng hai."
        )
    notes = (f"Đọc trang tính “{best[1].title}”.",) if len(book.worksheets) > 1 else ()
    return best[1], best[2], notes


def _cells(sheet: Any, headers: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    width, blank = len(headers), 0
    for number, row in enumerate(sheet.iter_rows(min_row=2, max_col=width), start=2):
        cells = [""] * width
        for place, cell in enumerate(row):
            if cell.value is None:
                continue
            if cell.data_type == "f":
                raise formula_found(line=number, column=place + 1, header=headers[place])
            cells[place] = _text(cell.value)
            if len(cells[place]) > LONGEST_CELL:
                raise cell_too_long(line=number, column=place + 1, header=headers[place])
        if any(cells):
            blank = 0
            yield number, cells
        else:
            blank += 1
            if blank > _MOST_BLANK_ROWS:
                return


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return (
                value.date().isoformat()
                if value.time() == time()
                else value.isoformat(sep=" ", timespec="seconds")
            )
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return format(Decimal(repr(value)), "f")
        case _:
            return str(value)


def _broken() -> RejectedFile:
    return RejectedFile(
        "broken_workbook",
        "Tệp Excel bị hỏng hoặc chưa tải xong. Hãy mở thử bằng Excel, lưu lại dạng .xlsx rồi gửi lại.",
    )
