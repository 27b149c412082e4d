"""Why a file was not taken."""

from __future__ import annotations

from dodem.vietnam.errors import UserError


class RejectedFile(UserError):
    """A file that cannot be received. Says what is wrong, where, and what to do; nothing of it is kept.

    `code` is one of: empty, not_text, not_a_table, unknown_format, too_large, zip_bomb, old_excel,
    broken_workbook, formula, no_rows, missing_columns, repeated_column, too_many_columns, torn, row_width,
    cell_too_long, quotes, not_json. `line` and `column` count from 1; `line` is None where the fault is the
    file's as a whole.
    """

    def __init__(
        self, code: str, message: str, *, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.line, self.column = code, line, column
