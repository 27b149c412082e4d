"""The checks every field has without asking: it is there when required, and it can be read as its type."""

from __future__ import annotations

from dodem.dataplane.definitions import Check, Field, QualityWord, Severity
from dodem.dataplane.expressions import Call, Logic, Name
from dodem.dataplane.marked_yaml import Words
from dodem.dataplane.vocabulary import FieldType

_SHAPES = {
    FieldType.DATE: Words("một ngày, ví dụ 15/11/2026 hoặc 2026-11-15", "a date such as 2026-11-15"),
    FieldType.DATETIME: Words("một thời điểm, ví dụ 15/11/2026 08:30", "a moment such as 2026-11-15 08:30"),
    FieldType.INTEGER: Words("một số nguyên", "a whole number"),
    FieldType.MONEY: Words("một số tiền nguyên đồng", "a whole number of đồng"),
    FieldType.BOOLEAN: Words("có hoặc không", "yes or no"),
    FieldType.CHOICE: Words("một giá trị trong danh mục", "one of the listed values"),
    FieldType.UNIT: Words("mã hoặc tên một đơn vị của Thành phố", "the code or name of a unit of the city"),
}


def missing_check(field: Field) -> Check | None:
    """Rejects rows that lack a required field; None for a field that may be empty.

    A required field whose text is there but cannot be read is the other check's business.
    """
    if not field.required:
        return None
    title, en = field.title.vi, field.title.en
    return Check(
        code=f"{field.name}_missing",
        word=QualityWord.COMPLETE,
        severity=Severity.REJECT,
        field=field.name,
        title=Words(f"Có {_lower(title)}", f"{en} is there"),
        message=Words(f"Thiếu {_lower(title)}.", f"{en} is missing."),
        remedy=Words(
            f"Bổ sung {_lower(title)} ở hệ thống nguồn rồi gửi lại.", f"Add {_lower(en)} at the source."
        ),
        fails_when=Call("is_missing", (Name(raw_name(field), 0),), 0),
        fails_when_text=f"is_missing({raw_name(field)})",
    )


def unreadable_check(field: Field) -> Check | None:
    """Reports text that cannot be read as the field's type; None for types that any text fits."""
    shape = _SHAPES.get(field.type)
    if shape is None:
        return None
    title, en = field.title.vi, field.title.en
    return Check(
        code=f"{field.name}_unreadable",
        word=QualityWord.CONSISTENT
        if field.type in {FieldType.UNIT, FieldType.CHOICE}
        else QualityWord.CORRECT,
        severity=field.unreadable,
        field=field.name,
        title=Words(f"{title} đọc được", f"{en} can be read"),
        message=Words(
            f"{title} ghi “{{value}}”, không phải là {shape.vi}.",
            f"{en} says “{{value}}”, which is not {shape.en}.",
        ),
        remedy=Words(f"Sửa {_lower(title)} thành {shape.vi} ở hệ thống nguồn.", f"Correct it to {shape.en}."),
        fails_when=Logic(
            "AND",
            (
                Call("is_present", (Name(raw_name(field), 0),), 0),
                Call("is_missing", (Name(field.name, 0),), 0),
            ),
            0,
        ),
        fails_when_text=f"is_present({raw_name(field)}) AND is_missing({field.name})",
    )


def raw_name(field: Field) -> str:
    """The column that holds a field's tidied text before it is read as its type."""
    return f"raw_{field.name}"


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]
