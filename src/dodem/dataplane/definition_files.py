"""Read ``definitions/`` into frozen values and refuse what makes no sense, with file, line and remedy."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

from dodem.dataplane.definitions import (
    Better,
    Check,
    Choice,
    Condition,
    Definitions,
    DeliveryPolicy,
    Field,
    Indicator,
    MeasuredIn,
    Privacy,
    QualityWord,
    Register,
    Revision,
    Rhythm,
    Severity,
    Target,
)
from dodem.dataplane.expressions import Call, Expression, ExpressionError, parse
from dodem.dataplane.kinds import kind_of
from dodem.dataplane.marked_yaml import DefinitionError, Located, Sheet, Words, read_sheet
from dodem.dataplane.standard_checks import missing_check, raw_name, unreadable_check
from dodem.dataplane.vocabulary import GIVEN, STEPS, FieldType, Kind
from dodem.vietnam.text import nfc

MOST_CHECKS = 62  # one bit each in a signed 64-bit failure mask
_COUNTED_OR_SUMMED = frozenset({Kind.TRUTH, Kind.WHOLE})
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_RESERVED = frozenset(
    {
        *GIVEN,
        "record_key",
        "delivery_id",
        "row_number",
        "accepted",
        "failed_mask",
        "responsible_unit_code",
        "period_start",
        "group_code",
        "in_numerator",
        "in_denominator",
        "unit_code_reported",
    }
)


@cache
def load_all() -> Definitions:
    """Every register and indicator shipped with the product. Raises DefinitionError."""
    root = files("dodem.definitions")
    registers = {}
    for folder in sorted(root.joinpath("registers").iterdir(), key=lambda entry: entry.name):
        source = folder.joinpath("register.yaml")
        if source.is_file():
            register = read_register(
                source.read_text("utf-8"), origin=f"registers/{folder.name}/register.yaml"
            )
            registers[register.code] = register
    indicators = {}
    for source in sorted(root.joinpath("indicators").iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".yaml"):
            indicator = read_indicator(
                source.read_text("utf-8"), registers=registers, origin=f"indicators/{source.name}"
            )
            indicators[indicator.code] = indicator
    return Definitions(registers=registers, indicators=indicators)


def read_register(text: str, *, origin: str = "register.yaml") -> Register:
    """Read one register definition. Raises DefinitionError."""
    text = nfc(text)
    sheet = read_sheet(text, origin=origin)
    fields = tuple(_field(one) for one in sheet.sheets("fields"))
    if not fields:
        raise sheet.error("cần ít nhất một trường trong “fields”.")
    _refuse_twice(sheet, [field.name for field in fields], "trường")
    kinds = {field.name: field.kind for field in fields}
    kinds |= {
        raw_name(field): Kind.TEXT for field in fields
    }  # checks may also ask about the text as delivered
    stated = tuple(_check(one, kinds=kinds) for one in sheet.sheets("checks"))
    standard = (
        check for field in fields for check in (missing_check(field), unreadable_check(field)) if check
    )
    checks = (*standard, *stated)
    _refuse_twice(sheet, [check.code for check in checks], "luật kiểm tra")
    if len(checks) > MOST_CHECKS:
        raise sheet.error(f"có {len(checks)} luật kiểm tra; mỗi danh mục nhận nhiều nhất {MOST_CHECKS}.")
    rhythm = sheet.sheet("rhythm")
    register = Register(
        code=_code(sheet),
        title=sheet.words("title"),
        about=sheet.words("about"),
        record=sheet.words("record"),
        owner_unit_code=sheet.text("owner"),
        rhythm=Rhythm(expected_every_hours=rhythm.whole("expected_every_hours")),
        sources=tuple(_words(one) for one in sheet.sheets("sources")),
        deliveries=DeliveryPolicy(sheet.one_of("deliveries", set(DeliveryPolicy))),
        key=sheet.texts("key"),
        unit_field=sheet.one_of("unit", {field.name for field in fields if field.type is FieldType.UNIT}),
        fields=fields,
        checks=checks,
        source_text=text,
    )
    rhythm.finish()
    sheet.finish()
    _refuse_loose_key(sheet, register)
    return register


def read_indicator(
    text: str, *, registers: Mapping[str, Register], origin: str = "indicator.yaml"
) -> Indicator:
    """Read one indicator definition over one of `registers`. Raises DefinitionError."""
    text = nfc(text)
    sheet = read_sheet(text, origin=origin)
    register = registers[sheet.one_of("register", registers)]
    measured_in = MeasuredIn(sheet.one_of("measured_in", set(MeasuredIn)))
    numerator = _condition(sheet, "numerator", register)
    denominator = _condition(sheet, "denominator", register) if measured_in is MeasuredIn.PERCENT else None
    if denominator and numerator.kind is not denominator.kind:
        raise sheet.error("tử số và mẫu số phải cùng đếm bản ghi hoặc cùng cộng số tiền.")
    if measured_in is MeasuredIn.COUNT and numerator.kind is not Kind.TRUTH:
        raise sheet.error("“measured_in: count” cần tử số là một điều kiện đúng/sai.")
    if measured_in is MeasuredIn.DONG and numerator.kind is not Kind.WHOLE:
        raise sheet.error("“measured_in: dong” cần tử số là một số tiền.")
    group = _group(sheet, register)
    indicator = Indicator(
        code=_code(sheet),
        title=sheet.words("title"),
        meaning=sheet.words("meaning"),
        measured_in=measured_in,
        better=Better(sheet.one_of("better", set(Better))),
        register=register.code,
        where=_condition(sheet, "where", register, wanted={Kind.TRUTH}) if sheet.has("where") else None,
        numerator=numerator,
        denominator=denominator,
        period=_period(sheet, register),
        group=group,
        group_is_list=group is not None and register.kinds[group] is Kind.LIST,
        over_rejected=sheet.one_of("over", {"accepted", "all"}, default="accepted") == "all",
        target=_target(sheet.sheet("target")) if sheet.has("target") else None,
        authored_by=sheet.text("authored_by"),
        checked_by=sheet.text("checked_by"),
        reviewed_on=sheet.day("reviewed_on"),
        definition_version=sheet.whole("definition_version"),
        history=tuple(_revision(one) for one in sheet.sheets("history")),
        source_text=text,
    )
    sheet.finish()
    if [one.version for one in indicator.history] != list(range(1, indicator.definition_version + 1)):
        raise sheet.error("“history” phải kể đủ từng bản, từ 1 đến “definition_version”.")
    return indicator


def _field(sheet: Sheet) -> Field:
    name = sheet.located("name")
    if not _CODE.fullmatch(name.text) or name.text in _RESERVED:
        raise sheet.error(f"tên trường “{name.text}” không dùng được; hãy đổi tên khác.", line=name.line)
    required = sheet.flag("required", default=False)
    type_ = FieldType(sheet.one_of("type", set(FieldType)))
    choices = tuple(_choice(one) for one in sheet.sheets("choices"))
    if (type_ is FieldType.CHOICE) != bool(choices):
        raise sheet.error("trường kiểu choice, và chỉ kiểu đó, cần “choices”.")
    field = Field(
        name=name.text,
        title=sheet.words("title"),
        meaning=sheet.words("meaning"),
        type=type_,
        privacy=Privacy(sheet.one_of("privacy", set(Privacy))),
        headers=sheet.texts("headers"),
        required=required,
        column_optional=sheet.flag("column_optional", default=False),
        unreadable=Severity(
            sheet.one_of("unreadable", set(Severity), default="reject" if required else "warn")
        ),
        clean=sheet.texts("clean"),
        choices=choices,
    )
    for step in field.clean:
        if step not in STEPS:
            raise sheet.error(f"không có bước làm sạch “{step}”; hãy chọn trong: {', '.join(STEPS)}.")
    sheet.finish()
    return field


def _choice(sheet: Sheet) -> Choice:
    choice = Choice(code=sheet.text("code"), title=sheet.words("title"), accepts=sheet.texts("accepts"))
    sheet.finish()
    return choice


def _check(sheet: Sheet, *, kinds: Mapping[str, Kind]) -> Check:
    source = sheet.located("fails_when")
    check = Check(
        code=_code(sheet),
        word=QualityWord(sheet.one_of("word", set(QualityWord))),
        severity=Severity(sheet.one_of("severity", set(Severity))),
        field=sheet.one_of("field", kinds),
        title=sheet.words("title"),
        message=sheet.words("message"),
        remedy=sheet.words("remedy"),
        fails_when=_typed(sheet, source, kinds=kinds, place="check", wanted={Kind.TRUTH})[0],
        fails_when_text=source.text,
    )
    sheet.finish()
    return check


def _condition(
    sheet: Sheet, key: str, register: Register, *, wanted: frozenset[Kind] | set[Kind] = _COUNTED_OR_SUMMED
) -> Condition:
    source = sheet.located(key)
    expression, kind = _typed(sheet, source, kinds=register.kinds, place="indicator", wanted=wanted)
    return Condition(expression, kind, source.text)


def _period(sheet: Sheet, register: Register) -> Condition | None:
    if sheet.peek("period") == "as_of":
        sheet.text("period")
        return None
    condition = _condition(sheet, "period", register, wanted={Kind.DAY})
    if not isinstance(condition.expression, Call) or condition.expression.function != "month_of":
        raise sheet.error("“period” phải là as_of hoặc month_of(…).")
    return condition


def _group(sheet: Sheet, register: Register) -> str | None:
    if not sheet.has("group"):
        return None
    return sheet.one_of(
        "group", {name for name, kind in register.kinds.items() if kind in {Kind.TEXT, Kind.LIST}}
    )


def _typed(
    sheet: Sheet, source: Located, *, kinds: Mapping[str, Kind], place: str, wanted: Collection[Kind]
) -> tuple[Expression, Kind]:
    try:
        expression = parse(source.text)
        kind = kind_of(expression, fields=kinds, place=place, text=source.text)
    except ExpressionError as error:
        raise sheet.error(str(error), line=source.line + error.line - 1) from error
    if kind not in wanted:
        raise sheet.error(f"“{source.text}” không phải loại giá trị cần ở đây.", line=source.line)
    return expression, kind


def _revision(sheet: Sheet) -> Revision:
    revision = Revision(version=sheet.whole("version"), on=sheet.day("on"), change=sheet.words("change"))
    sheet.finish()
    return revision


def _target(sheet: Sheet) -> Target:
    target = Target(value=sheet.whole("value"), source=sheet.words("source"))
    sheet.finish()
    return target


def _words(sheet: Sheet) -> Words:
    words = Words(vi=sheet.text("vi"), en=sheet.text("en"))
    sheet.finish()
    return words


def _code(sheet: Sheet) -> str:
    code = sheet.located("code")
    if not _CODE.fullmatch(code.text):
        raise sheet.error(f"mã “{code.text}” chỉ gồm chữ thường không dấu, số và gạch dưới.", line=code.line)
    return code.text


def _refuse_twice(sheet: Sheet, names: list[str], what: str) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise sheet.error(f"{what} “{twice}” có hai lần; hãy đổi tên một.")


def _refuse_loose_key(sheet: Sheet, register: Register) -> None:
    required = {field.name for field in register.fields if field.required}
    loose = [name for name in register.key if name not in required]
    if not register.key or loose:
        raise sheet.error("“key” phải gồm các trường có “required: true”, để mỗi bản ghi có một khóa.")


__all__ = ["DefinitionError", "load_all", "read_indicator", "read_register"]
