"""Figures that others made public: quoted, with who said them, where and when."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from dodem.api.doors import NO_TOKEN_EITHER, OPEN_DATA
from dodem.api.problems import not_found
from dodem.api.words import Said, Text, spoken, told, told_in_path
from dodem.indicators import published as quoted
from dodem.indicators.published import PublishedFigure

router = Router(tags=["published"], auth=OPEN_DATA)
PublishedCode = Annotated[str, told_in_path("Mã của số.", "Code of the figure.")]


class Source(Schema):
    """Where a published figure stands."""

    publisher: str = told("Nơi công bố.", "Publisher.")
    title: str = told("Tên văn bản hoặc bài.", "Title of the text.")
    speaker: Text = told("Ai nói.", "Who said it.")
    published_on: date | None = told(
        "Ngày công bố; null nếu không rõ ngày.", "Day of publication; null where not known."
    )
    published_about: str = told(
        "Khoảng thời gian công bố, khi không rõ ngày.", "About when, where the day is not known."
    )
    url: str = told("Địa chỉ trên mạng, có thể trống.", "Address on the web, possibly empty.")


class Published(Schema):
    """A figure quoted from its publisher; never mixed with measured ones."""

    code: str = told("Mã của số.", "Code of the figure.")
    title: Text = told("Tên.", "Title.")
    value: str = told("Giá trị, số thập phân.", "Value, a decimal.")
    says: Literal["exactly", "about", "over", "under"] = told(
        "Nguồn nói chính xác tới đâu.", "How exact the source is."
    )
    measured_in: Literal["percent", "count", "dong"] = told("Đơn vị đo.", "Measure.")
    of: Text = told("Của cái gì.", "Of what.")
    place: Text = told("Ở đâu.", "Where.")
    as_of: str = told("Thời điểm hoặc thời kỳ, như nguồn ghi.", "Moment or period, as the source puts it.")
    source: Source = told("Nguồn.", "Source.")
    numerator: str | None = told(
        "Mã của tử số, nếu số này tính lại được.", "Code of its numerator, where it can be worked out again."
    )
    denominator: str | None = told("Mã của mẫu số.", "Code of its denominator.")
    compare: str | None = told(
        "Chỉ số do hệ thống này đo cùng một việc.", "The indicator measured here of the same thing."
    )
    note: Text | None = told("Ghi chú.", "Note.")


class PublishedList(Schema):
    items: list[Published] = told("Mọi số đã công bố.", "Every published figure.")


@router.get(
    "",
    response=PublishedList,
    operation_id="listPublished",
    url_name="published_list",
    **spoken(
        Said("Số do nơi khác công bố", "Figures published elsewhere"),
        Said(
            "Trích nguyên, kèm nơi công bố và ngày; không phải số hệ thống này đo.",
            "Quoted with publisher and date; not measured here.",
        ),
        **NO_TOKEN_EITHER,
    ),
)
def published_list(request: HttpRequest) -> PublishedList:
    return PublishedList(items=[shape(one) for one in quoted.load().values()])


@router.get(
    "/{code}",
    response=Published,
    operation_id="getPublished",
    url_name="published",
    **spoken(
        Said("Một số đã công bố", "One published figure"),
        Said("Một số kèm nguồn của nó.", "One figure with its source."),
        **NO_TOKEN_EITHER,
    ),
)
def published(request: HttpRequest, code: PublishedCode) -> Published:
    figure = quoted.load().get(code)
    if figure is None:
        raise not_found(Said("Không có số công bố nào mang mã này.", "No published figure has this code."))
    return shape(figure)


def shape(figure: PublishedFigure) -> Published:
    citation = figure.citation
    return Published(
        code=figure.code,
        title=Text.of(figure.title_words),
        value=f"{figure.value:f}",
        says=figure.says.value,
        measured_in=figure.measured_in.value,
        of=Text.of(figure.of_words),
        place=Text.of(figure.place_words),
        as_of=figure.as_of,
        source=Source(
            publisher=citation.publisher,
            title=citation.title,
            speaker=Text.of(citation.speaker),
            published_on=citation.published_on,
            published_about=citation.published_about,
            url=citation.url,
        ),
        numerator=figure.numerator or None,
        denominator=figure.denominator or None,
        compare=figure.compare or None,
        note=Text.of(figure.note_words) if figure.note_words else None,
    )
