"""Read CSV and TSV: the separator and the encoding are found out, everything else is strict.

A clean file goes straight through the engine. A file that the engine refuses, or whose lines and records do
not pair one to one (a cell with a line break, a blank line), is read again record by record, which either
succeeds with exact line numbers or finds the sentence to refuse it with.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import duckdb

from dodem.dataplane.definitions import Register
from dodem.dataplane.grid import (
    Landed,
    cell_too_long,
    check_cells,
    columns,
    scan_separated,
    write_grid,
    write_rows,
)
from dodem.dataplane.headers import check_headers, score
from dodem.dataplane.rejection import RejectedFile
from dodem.vietnam.text import UndecodableText, decode, nfc

_SEPARATORS = (",", ";", "\t", "|")
_SEPARATOR_NAMES = {";": "dấu chấm phẩy", "\t": "dấu tab", "|": "dấu gạch đứng"}
_MOST_LINES_IN_A_CELL = 50


def read_separated(path: Path, *, register: Register, db: duckdb.DuckDBPyConnection) -> Landed:
    """Lay the file's records out as rows of text. Raises RejectedFile."""
    data = path.read_bytes()
    text, encoding, notes = _decoded(data)
    if not text.strip():
        raise RejectedFile(
            "empty", "Tệp không có nội dung nào. Hãy kết xuất lại từ hệ thống nguồn rồi gửi lại."
        )
    separator, headers, header_lines = _header(text, register)
    if separator != ",":
        notes = (*notes, f"Các cột cách nhau bằng {_SEPARATOR_NAMES[separator]}.")
    check_headers(register, headers)
    plain = path
    if encoding != "utf-8":
        plain = path.parent / "text.csv"
        plain.write_text(text, "utf-8", newline="")
    width, target = len(headers), path.parent / "rows.parquet"
    lines = text.count("\n") + (not text.endswith("\n"))
    rows = _straight(db, plain, separator=separator, width=width, skip=header_lines, target=target)
    if rows != lines - header_lines:
        target.unlink(missing_ok=True)
        records = _records(text, separator=separator, headers=headers)
        rows = write_grid(db, records, width=width, folder=path.parent)
    check_cells(db, target, headers)
    if not text.endswith(("\n", "\r")):
        notes = (*notes, "Tệp không kết thúc bằng dấu xuống dòng; xin xem lại dòng cuối có đủ không.")
    return Landed(headers=headers, rows=rows, encoding=encoding, notes=notes)


def _decoded(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Text, encoding and notes. Text keeps its line ends."""
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = "", ""
    notes: tuple[str, ...] = ()
    if not encoding or text.startswith("\ufeff"):
        try:
            decoded = decode(data)
        except UndecodableText as error:
            raise RejectedFile("not_text", str(error)) from error
        text, encoding, notes = decoded.text, decoded.encoding, decoded.notes
    if "\0" in text:
        raise RejectedFile(
            "not_text",
            "Đây không phải tệp văn bản: có ký tự rỗng bên trong. Hãy gửi tệp CSV hoặc Excel (.xlsx).",
        )
    return text, encoding, notes


def _header(text: str, register: Register) -> tuple[str, tuple[str, ...], int]:
    """Separator, column titles and how many lines the header takes. The separator that names most fields
    wins.
    """
    best: tuple[int, int, str, tuple[str, ...], int] | None = None
    for rank, separator in enumerate(_SEPARATORS):
        reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator)
        try:
            titles = tuple(nfc(title).strip() for title in next(reader, []))
        except csv.Error:
            continue
        candidate = (score(register, titles), -rank, separator, titles, reader.line_num)
        best = candidate if best is None or candidate[:2] > best[:2] else best
    if best is None:
        raise RejectedFile(
            "cell_too_long",
            "Dòng đầu quá dài, không phải dòng tên cột. Hãy đặt tên cột ở dòng đầu của tệp.",
            line=1,
        )
    return best[2], best[3], best[4]


def _straight(
    db: duckdb.DuckDBPyConnection, path: Path, *, separator: str, width: int, skip: int, target: Path
) -> int | None:
    """The engine's own reader. None when it refuses the file."""
    names = columns(width)
    source = scan_separated(path, names=names, separator=separator, skip=skip)
    select = f"SELECT row_number() OVER () + {skip} AS row_number, {', '.join(names)} FROM {source}"
    try:
        return write_rows(db, select, target)
    except duckdb.Error:
        return None


def _records(text: str, *, separator: str, headers: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Records one by one with the line each starts on. Raises RejectedFile at the first that cannot be."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    started = 1
    ends_whole = text.endswith(("\n", "\r"))
    last_line = text.count("\n") + (not text.endswith("\n"))
    is_header = True
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise _unreadable(str(error), started) from error
        if row is None:
            return
        line, started = started, reader.line_num + 1
        if is_header:
            is_header = False
            continue
        if not row or (len(row) == 1 and not row[0].strip()):
            continue
        if len(row) != len(headers):
            is_last = reader.line_num >= last_line
            raise _wrong_width(
                row, line, headers, is_torn=is_last and not ends_whole and len(row) < len(headers)
            )
        if reader.line_num - line > _MOST_LINES_IN_A_CELL:
            raise _unclosed_quote(line)
        yield line, row


def _unreadable(problem: str, line: int) -> RejectedFile:
    if "field limit" in problem:
        return cell_too_long(line=line, column=None, header="")
    if "unexpected end" in problem:
        return _unclosed_quote(line)
    return RejectedFile(
        "quotes",
        f'Dòng {line} có dấu nháy kép đặt sai chỗ. Nháy kép nằm trong một ô phải viết đôi ("") '
        "và cả ô đặt trong nháy kép; hãy sửa dòng đó.",
        line=line,
    )


def _unclosed_quote(line: int) -> RejectedFile:
    return RejectedFile(
        "quotes",
        f"Dấu nháy kép mở ở dòng {line} không được đóng lại. Hãy sửa dòng đó, hoặc kết xuất lại.",
        line=line,
    )


def _wrong_width(row: list[str], line: int, headers: tuple[str, ...], *, is_torn: bool) -> RejectedFile:
    if is_torn:
        return RejectedFile(
            "torn",
            f"Tệp bị cắt giữa dòng {line}: dòng cuối chỉ có {len(row)} ô trên {len(headers)}. "
            "Hãy đợi kết xuất xong rồi gửi lại cả tệp.",
            line=line,
        )
    return RejectedFile(
        "row_width",
        f"Dòng {line} có {len(row)} ô nhưng tiêu đề có {len(headers)} cột. "
        "Có thể thừa hoặc thiếu một dấu phân cách; hãy sửa dòng đó.",
        line=line,
    )
