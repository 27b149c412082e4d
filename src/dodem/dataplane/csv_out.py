"""Records written as CSV for people: spreadsheets read it, and run nothing of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime

BYTE_ORDER_MARK = "\ufeff"  # so that spreadsheets read the diacritics


def csv_line(cells: Iterable[object]) -> str:
    """One line; text that a spreadsheet would run as a formula gets a leading apostrophe."""
    stream = io.StringIO()
    csv.writer(stream).writerow([_harmless(cell) for cell in cells])
    return stream.getvalue()


def _harmless(cell: object) -> object:
    match cell:
        case None:
            return ""
        case bool():
            return "có" if cell else "không"
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M:%S")
        case date():
            return cell.isoformat()
        case list():
            return _harmless("|".join(str(one) for one in cell))
        case str() if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}:
            return f"'{cell}"
        case _:
            return cell
