"""Which column of a file holds which field of a register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from dodem.dataplane.definitions import Field, Register
from dodem.dataplane.rejection import RejectedFile
from dodem.vietnam.text import fold

MOST_COLUMNS = 500
_NEAR = 60  # of 100: enough to hint at, never enough to guess by


def match_headers(register: Register, headers: Sequence[str]) -> Mapping[str, int]:
    """The place (from 0) of each field's column. Fields without a column are left out.

    A field's name, Vietnamese title and listed headers all fit, whatever their case, marks and punctuation.
    """
    places = {fold(header): place for place, header in reversed(list(enumerate(headers))) if header}
    found: dict[str, int] = {}
    for field in register.fields:
        place = next((places[spelling] for spelling in _spellings(field) if spelling in places), None)
        if place is not None:
            found[field.name] = place
    return found


def check_headers(register: Register, headers: Sequence[str]) -> tuple[str, ...]:
    """Refuse headers that do not serve the register; give notes about what was read leniently.

    Raises RejectedFile for too many columns, a column named twice, a nameless column, and missing columns.
    """
    if len(headers) > MOST_COLUMNS:
        raise RejectedFile(
            "too_many_columns",
            f"Tệp có {len(headers)} cột, nhiều hơn mức {MOST_COLUMNS}. Hãy chỉ gửi các cột nêu trong mẫu.",
            line=1,
        )
    _refuse_repeated(headers)
    found = match_headers(register, headers)
    missing = [field for field in register.fields if field.name not in found and not field.column_optional]
    if missing:
        raise RejectedFile("missing_columns", _missing_message(register, headers, found, missing), line=1)
    notes = []
    extra = [header for place, header in enumerate(headers) if header and place not in found.values()]
    if extra:
        notes.append(f"Giữ nguyên nhưng không dùng các cột: {', '.join(extra)}.")
    absent = [field.title.vi for field in register.fields if field.name not in found]
    if absent:
        notes.append(f"Tệp không có các cột không bắt buộc: {', '.join(absent)}.")
    return tuple(notes)


def score(register: Register, headers: Sequence[str]) -> int:
    """How many of the register's fields the headers name: tells a separator or a sheet from another."""
    return len(match_headers(register, headers))


def _spellings(field: Field) -> tuple[str, ...]:
    return tuple(fold(spelling) for spelling in (field.name, field.title.vi, field.title.en, *field.headers))


def _refuse_repeated(headers: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for place, header in enumerate(headers):
        key = fold(header)
        if not key:
            if any(headers[place:]):
                raise RejectedFile(
                    "missing_columns",
                    f"Cột thứ {place + 1} không có tên ở dòng tiêu đề. Hãy ghi tên cột hoặc xóa cột đó.",
                    line=1,
                    column=place + 1,
                )
            return
        if key in seen:
            raise RejectedFile(
                "repeated_column",
                f"Cột “{header}” có hai lần (cột {seen[key] + 1} và cột {place + 1}). Hãy giữ lại một cột.",
                line=1,
                column=place + 1,
            )
        seen[key] = place


def _missing_message(
    register: Register, headers: Sequence[str], found: Mapping[str, int], missing: Sequence[Field]
) -> str:
    free = {
        fold(header): header for place, header in enumerate(headers) if place not in found.values() and header
    }
    if not found:
        shown = ", ".join(f"“{header[:40]}”" for header in headers[:6]) or "không có gì"
        return (
            f"Dòng đầu của tệp không phải là tên cột của “{register.title.vi}” (đang là: {shown}). "
            f"Hãy đặt tên cột ở dòng đầu: {', '.join(field.name for field in register.fields)}."
        )
    parts = []
    for field in missing:
        near = process.extractOne(fold(field.title.vi), list(free), scorer=fuzz.ratio, score_cutoff=_NEAR)
        hint = f" (có phải là cột “{free[near[0]]}”?)" if near else ""
        parts.append(f"“{field.title.vi}”{hint}")
    return f"Tệp thiếu cột {', '.join(parts)}. Hãy thêm hoặc sửa lại tên cột ở dòng đầu rồi gửi lại."
