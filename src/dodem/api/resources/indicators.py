"""What the city measures: each indicator with its definition, in words and as written."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from dodem.api.conditional import settle
from dodem.api.doors import FiguresToken
from dodem.api.problems import not_found
from dodem.api.words import Said, Text, spoken, told, told_in_path
from dodem.indicators import queries
from dodem.indicators.formulas import Formula, Indicator, formula

router = Router(tags=["indicators"], auth=FiguresToken())
Measure = Literal["percent", "count", "dong"]
IndicatorCode = Annotated[str, told_in_path("Mã chỉ số.", "Code of the indicator.")]


class FormulaText(Schema):
    """A formula in words."""

    numerator: Text = told("Tử số.", "Numerator.")
    denominator: Text | None = told(
        "Mẫu số; null khi không chia.", "Denominator; null where nothing is divided."
    )
    scope: Text = told("Những bản ghi được xét.", "The records looked at.")
    period: Text = told("Xếp vào kỳ nào.", "How records fall into periods.")


class Target(Schema):
    """What is aimed at, and who said so."""

    value: int = told("Giá trị, theo đơn vị đo của chỉ số.", "Value, in the indicator's measure.")
    source: Text = told("Nơi đặt mục tiêu.", "Who set it.")


class Revision(Schema):
    """A version of a definition."""

    version: int = told("Bản.", "Version.")
    on: date = told("Ngày.", "Day.")
    change: Text = told("Thay đổi gì.", "What it changed.")


class IndicatorDefinition(Schema):
    """An indicator as it is defined today."""

    code: str = told("Mã chỉ số.", "Code of the indicator.")
    title: Text = told("Tên.", "Title.")
    meaning: Text = told("Nghĩa là gì.", "What it means.")
    measured_in: Measure = told(
        "Đơn vị đo: percent (0–100), count, dong.", "Measure: percent (0-100), count, dong."
    )
    better: Literal["higher", "lower", "neutral"] = told("Chiều nào là tốt.", "Which way is better.")
    register_code: str = told("Tính từ danh mục dữ liệu nào.", "The register it is counted in.")
    is_stock: bool = told(
        "true: trạng thái trong ngày chốt; false: cộng theo tháng.",
        "true: the state on a day; false: sums of a month.",
    )
    grouped_by: str | None = told("Trường dùng để tách nhóm.", "The field whose values tell groups apart.")
    formula: FormulaText = told("Công thức bằng lời.", "The formula in words.")
    numerator: str = told("Tử số như trong định nghĩa.", "The numerator as the definition writes it.")
    denominator: str | None = told(
        "Mẫu số như trong định nghĩa.", "The denominator as the definition writes it."
    )
    where: str | None = told(
        "Điều kiện chung như trong định nghĩa.", "The condition on all records, as written."
    )
    target: Target | None = told("Mục tiêu.", "Target.")
    authored_by: str = told("Ai soạn.", "Who wrote it.")
    checked_by: str = told("Ai soát.", "Who checked it.")
    reviewed_on: date = told("Ngày soát.", "Day of the review.")
    definition_version: int = told("Bản định nghĩa.", "Version of the definition.")
    definition_digest: str = told(
        "SHA-256 của toàn văn định nghĩa.", "SHA-256 of the whole text of the definition."
    )
    history: list[Revision] = told("Các bản đã có.", "The versions there were.")
    figures: str = told("Địa chỉ các số liệu của chỉ số.", "Address of its figures.")


class IndicatorList(Schema):
    items: list[IndicatorDefinition] = told("Mọi chỉ số.", "Every indicator.")


@router.get(
    "",
    response=IndicatorList,
    operation_id="listIndicators",
    url_name="indicators",
    **spoken(
        Said("Danh sách chỉ số", "List indicators"),
        Said("Mọi chỉ số với định nghĩa hiện hành.", "Every indicator with the definition in force."),
    ),
)
def indicators(request: HttpRequest, response: HttpResponse) -> IndicatorList:
    defined = queries.indicator_list()
    settle(request, response, [one.digest for one in defined])
    return IndicatorList(items=[definition(one) for one in defined])


@router.get(
    "/{code}",
    response=IndicatorDefinition,
    operation_id="getIndicator",
    url_name="indicator",
    **spoken(
        Said("Một chỉ số", "One indicator"),
        Said("Định nghĩa hiện hành của một chỉ số.", "The definition of one indicator in force."),
    ),
)
def indicator(request: HttpRequest, response: HttpResponse, code: IndicatorCode) -> IndicatorDefinition:
    found = next((one for one in queries.indicator_list() if one.code == code), None)
    if found is None:
        raise not_found(Said("Không có chỉ số nào mang mã này.", "No indicator has this code."))
    settle(request, response, found.digest)
    return definition(found)


def definition(one: Indicator) -> IndicatorDefinition:
    return IndicatorDefinition(
        code=one.code,
        title=Text.of(one.title),
        meaning=Text.of(one.meaning),
        measured_in=one.measured_in.value,
        better=one.better.value,
        register_code=one.register,
        is_stock=one.is_stock,
        grouped_by=one.group,
        formula=in_words(formula(one, language="vi"), formula(one, language="en")),
        numerator=one.numerator.text,
        denominator=one.denominator.text if one.denominator else None,
        where=one.where.text if one.where else None,
        target=Target(value=one.target.value, source=Text.of(one.target.source)) if one.target else None,
        authored_by=one.authored_by,
        checked_by=one.checked_by,
        reviewed_on=one.reviewed_on,
        definition_version=one.definition_version,
        definition_digest=one.digest,
        history=[
            Revision(version=each.version, on=each.on, change=Text.of(each.change)) for each in one.history
        ],
        figures=f"/api/v1/figures?indicator={one.code}",
    )


def in_words(vi: Formula, en: Formula) -> FormulaText:
    return FormulaText(
        numerator=Text(vi=vi.numerator, en=en.numerator),
        denominator=Text(vi=vi.denominator, en=en.denominator) if vi.denominator else None,
        scope=Text(vi=vi.scope, en=en.scope),
        period=Text(vi=vi.period, en=en.period),
    )
