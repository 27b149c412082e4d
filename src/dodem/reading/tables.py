"""Tasks in a table: rows written as cells parted by " | " (as `documents` writes the tables of a file)."""

import re
from dataclasses import dataclass

from dodem.reading.sentences import Piece, trimmed

# Which column a heading names; the first line that fits wins.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("number", r"\A(?:STT|TT|Số\s+TT|#)\Z"),
    ("coordinating", r"phối\s+hợp"),
    ("lead", r"chủ\s+trì|đơn\s+vị\s+thực\s+hiện|cơ\s+quan\s+thực\s+hiện|đầu\s+mối|phụ\s+trách"
             r"|đơn\s+vị\s+được\s+giao"),
    ("deadline", r"thời\s+(?:hạn|gian)|hoàn\s+thành|tiến\s+độ|hạn"),
    ("product", r"sản\s+phẩm|kết\s+quả|đầu\s+ra"),
    ("task", r"nhiệm\s+vụ|nội\s+dung|công\s+việc|tên"),
)  # fmt: skip
_COLUMNS = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in COLUMNS)
_SHORTEST_TASK = 8

Columns = dict[str, int]


@dataclass(frozen=True)
class Row:
    """The cells of one task; `end` is where the row ends in the text."""

    task: Piece
    lead: Piece | None
    coordinating: Piece | None
    deadline: Piece | None
    end: int


def cells(text: str, start: int, end: int) -> list[Piece]:
    """The cells of one line, with their offsets; an empty cell is an empty piece."""
    found: list[Piece] = []
    position = start
    for cell in text[start:end].split("|"):
        found.append(trimmed(text, position, position + len(cell)))
        position += len(cell) + 1
    return found


def read_header(row: list[Piece]) -> Columns | None:
    """Which column holds what, when this row is the heading of a table of tasks."""
    columns: Columns = {}
    for index, cell in enumerate(row):
        if len(cell.text) > 60:
            return None
        for name, pattern in _COLUMNS:
            if pattern.search(cell.text):
                columns.setdefault(name, index)
                break
    return columns if "task" in columns and len(columns.keys() & {"lead", "deadline", "product"}) else None


def read_row(row: list[Piece], columns: Columns) -> Row | None:
    """The task of one row, None for a heading inside the table or a row without a task."""

    def cell(name: str) -> Piece | None:
        index = columns.get(name)
        piece = row[index] if index is not None and index < len(row) else None
        return piece if piece and piece.text else None

    task = cell("task")
    if (
        task is None
        or len(task.text) < _SHORTEST_TASK
        or not (cell("lead") or cell("deadline") or cell("product"))
    ):
        return None
    filled = [piece for piece in row if piece.text]
    return Row(task, cell("lead"), cell("coordinating"), cell("deadline"), filled[-1].end)
