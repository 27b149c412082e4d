"""Rows of text on their way into ``rows.parquet``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dodem.dataplane.engine import quote
from dodem.dataplane.rejection import RejectedFile

LONGEST_CELL = 32_767  # characters: what a spreadsheet cell can hold

# =SUM(A1), @SUM(A1), +CMD(…): what a spreadsheet would run. “=> chuyển Sở Y tế” and “+84 28…” are text.
_FORMULA = r"^(=[^>=]|@[A-Za-z]+\(|[+\-][A-Za-z]+[A-Za-z0-9._]*\()"


@dataclass(frozen=True, slots=True)
class Landed:
    """A file laid out in ``rows.parquet``: its headers, row count, encoding and notes for its sender."""

    headers: tuple[str, ...]
    rows: int
    encoding: str
    notes: tuple[str, ...] = ()


def columns(width: int) -> list[str]:
    """Names of the text columns of ``rows.parquet``: c0, c1, … by place, for headers may hold anything."""
    return [f"c{place}" for place in range(width)]


def scan_separated(path: Path, *, names: Sequence[str], separator: str, skip: int) -> str:
    """SQL that reads a separated file strictly, every cell as text."""
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    return (
        f"read_csv({quote(str(path))}, delim = {quote(separator)}, quote = '\"', escape = '\"', "
        f"header = false, skip = {skip}, auto_detect = false, all_varchar = true, strict_mode = true, "
        f"null_padding = false, nullstr = '\x01', max_line_size = 33554432, columns = {{{types}}})"
    )


def write_rows(db: duckdb.DuckDBPyConnection, select: str, target: Path) -> int:
    """Write the rows of `select` (row_number, c0, c1, …) in order; returns how many."""
    written = db.execute(
        f"COPY ({select}) TO {quote(str(target))} (FORMAT parquet, COMPRESSION zstd)"
    ).fetchone()
    assert written is not None
    return int(written[0])


def write_grid(
    db: duckdb.DuckDBPyConnection, cells: Iterable[tuple[int, Sequence[str]]], *, width: int, folder: Path
) -> int:
    """Write rows that were read one by one: (row number, exactly `width` cells) each.

    They pass through JSON, which can say any text on one line.
    """
    draft = folder / "grid.jsonl"
    names = columns(width)
    with draft.open("w", encoding="utf-8") as stream:
        for number, row in cells:
            named = {"row_number": number, **dict(zip(names, row, strict=True))}
            stream.write(json.dumps(named, ensure_ascii=False) + "\n")
    types = ", ".join(["row_number: 'BIGINT'", *(f"{name}: 'VARCHAR'" for name in names)])
    source = f"read_json({quote(str(draft))}, format = 'newline_delimited', columns = {{{types}}})"
    count = write_rows(db, f"SELECT row_number, {', '.join(names)} FROM {source}", folder / "rows.parquet")
    draft.unlink()
    return count


def check_cells(db: duckdb.DuckDBPyConnection, rows: Path, headers: Sequence[str]) -> None:
    """Refuse cells that are formulas or longer than a spreadsheet cell. Raises RejectedFile for the first."""
    names = columns(len(headers))
    if not names:
        return
    formulas = ", ".join(
        "min(row_number) FILTER "
        f"(WHERE left({name}, 1) IN ('=', '@', '+', '-') AND regexp_matches({name}, $formula))"
        for name in names
    )
    longest = ", ".join(
        f"min(row_number) FILTER (WHERE strlen({name}) > $longest AND length({name}) > $longest)"
        for name in names
    )
    found = db.execute(
        f"SELECT {formulas}, {longest} FROM read_parquet({quote(str(rows))})",
        {"formula": _FORMULA, "longest": LONGEST_CELL},
    ).fetchone()
    assert found is not None
    for place, header in enumerate(headers):
        if (line := found[place]) is not None:
            raise formula_found(line=line, column=place + 1, header=header)
    for place, header in enumerate(headers):
        if (line := found[len(headers) + place]) is not None:
            raise cell_too_long(line=line, column=place + 1, header=header)


def formula_found(*, line: int, column: int, header: str) -> RejectedFile:
    return RejectedFile(
        "formula",
        f"Ô ở dòng {line}, cột “{header}” là một công thức. "
        "Hãy dán lại dưới dạng giá trị (Paste Special, Values) rồi gửi lại.",
        line=line,
        column=column,
    )


def cell_too_long(*, line: int, column: int | None, header: str) -> RejectedFile:
    where = f", cột “{header}”" if header else ""
    return RejectedFile(
        "cell_too_long",
        f"Ô ở dòng {line}{where} dài quá {LONGEST_CELL} ký tự. "
        "Có thể thiếu một dấu nháy kép hoặc dán nhầm nội dung; hãy sửa ô đó.",
        line=line,
        column=column,
    )
