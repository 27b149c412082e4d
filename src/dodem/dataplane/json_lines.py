"""Read JSON Lines: one object of plain values a line. The application's own tables arrive this way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb

from dodem.dataplane.definitions import Register
from dodem.dataplane.grid import Landed, check_cells, write_grid
from dodem.dataplane.rejection import RejectedFile


def read_json_lines(path: Path, *, register: Register, db: duckdb.DuckDBPyConnection) -> Landed:
    """Lay the objects out as rows. Headers are the first object's keys; later objects may not add any.

    Raises RejectedFile naming the line that is not an object of plain values.
    """
    with path.open(encoding="utf-8") as stream:
        first = stream.readline()
    headers = tuple(_object(first, 1)) if first.strip() else tuple(field.name for field in register.fields)
    rows = write_grid(db, _cells(path, headers), width=len(headers), folder=path.parent)
    check_cells(db, path.parent / "rows.parquet", headers)
    return Landed(headers=headers, rows=rows, encoding="utf-8")


def _cells(path: Path, headers: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    known = set(headers)
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            row = _object(line, number)
            if unknown := row.keys() - known:
                raise RejectedFile(
                    "not_json",
                    f"Dòng {number} có mục “{min(unknown)}” mà dòng đầu không có. Hãy ghi đủ mục ở mọi dòng.",
                    line=number,
                )
            yield number, [_text(row.get(header), number) for header in headers]


def _object(line: str, number: int) -> dict[str, object]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        row = None
    except RecursionError:
        row = None
    if not isinstance(row, dict):
        raise RejectedFile(
            "not_json",
            f"Dòng {number} không phải một đối tượng JSON đầy đủ. Tệp có thể bị cắt; hãy kết xuất lại.",
            line=number,
        )
    return row


def _text(value: object, number: int) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str() | int() | float():
            return str(value)
        case list() if all(isinstance(one, str) for one in value):
            return "|".join(value)
        case _:
            raise RejectedFile(
                "not_json",
                f"Dòng {number} có mục lồng nhau. Mỗi mục phải là một giá trị đơn; hãy trải phẳng dữ liệu.",
                line=number,
            )
