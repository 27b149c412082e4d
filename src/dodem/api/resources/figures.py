"""Figures: those in force, or as an earlier release left them. A cursor keeps to its release."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, cast

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema

from dodem.api.asked import AskedPage
from dodem.api.conditional import settle
from dodem.api.cursors import next_link, place_in
from dodem.api.doors import FiguresToken
from dodem.api.problems import invalid
from dodem.api.words import Said, spoken, told, told_in_path
from dodem.indicators import queries
from dodem.indicators.figures import Figure, figures_of
from dodem.indicators.models import Observation, ObservationQuerySet, Release
from dodem.registers.queries import Standing, standings
from dodem.units.models import Unit

router = Router(tags=["figures"], auth=FiguresToken())
EVERY_GROUP = "*"
MONTH = r"^(19|20)\d{2}-(0[1-9]|1[0-2])$"
Grade = Literal["reconciled", "measured", "declared"]
FigureNumber = Annotated[int, told_in_path("Số hiệu của số liệu.", "Number of the figure.")]


class FigureSummary(Schema):
    """One indicator, one unit, one period, one group: published once. A correction is another figure."""

    id: int = told("Số hiệu; không bao giờ dùng lại.", "Its number, never used again.")
    indicator: str = told("Mã chỉ số.", "Code of the indicator.")
    unit: str = told("Mã đơn vị.", "Code of the unit.")
    period: str = told(
        "Tháng, dạng 2026-11; số trạng thái: tháng chốt.",
        "Month, as 2026-11; of a stock, the month it was taken in.",
        pattern=MONTH,
    )
    group: str = told("Mã nhóm; rỗng là tổng.", "Code of the group; empty for the total.")
    numerator: int = told("Tử số: bản ghi hoặc đồng.", "Numerator: records or đồng.")
    denominator: int | None = told(
        "Mẫu số; null khi không chia.", "Denominator; null where nothing is divided."
    )
    value: str | None = told(
        "Giá trị, số thập phân; null khi mẫu số bằng 0 hoặc quá ít: không có số liệu không phải là 0.",
        "Value, a decimal; null where the denominator is 0 or too small: no data is not zero.",
        pattern=r"^-?\d+(\.\d+)?$",
    )
    few: bool = told("Quá ít câu trả lời để tỉ lệ có nghĩa.", "Too few answers for a share to mean anything.")
    measured_in: Literal["percent", "count", "dong"] = told("Đơn vị đo.", "Measure.")
    as_of: date = told("Ngày chốt.", "The day it holds for.")
    release: int = told("Bản số liệu đã công bố số này.", "The release that published it.")
    grade: Grade = told(
        "Căn cứ: hai nguồn khớp, máy ghi, hay tự khai.",
        "Evidence: two sources agree, a system wrote it, or a person declared it.",
    )
    stale: bool = told("Nguồn hiện đã quá hẹn.", "Its source is past its rhythm now.")
    stale_since: date | None = told("Quá hẹn từ ngày.", "Since when.")
    sample: bool = told("Dữ liệu mẫu, không phải thật.", "Made-up sample data.")
    url: str = told("Địa chỉ của số này, mở tới nguồn gốc.", "Address of the figure: opens to its lineage.")
    page: str = told("Trang của số này cho người xem.", "Its page for people.")


class FigurePage(Schema):
    release: int = told(
        "Mọi số trong trang đúng như sau bản này.", "Every figure is as this release left it."
    )
    items: list[FigureSummary] = told("Theo thứ tự công bố.", "In the order of publication.")
    next: str | None = told(
        "Địa chỉ trang sau, cùng bản số liệu; null ở trang cuối.",
        "Address of the next page, of the same release; null on the last.",
    )


class AskedFigures(AskedPage):
    indicator: list[str] | None = told(
        "Mã chỉ số; lặp lại được.", "Code of an indicator; may be repeated.", default=None, max_length=50
    )
    unit: list[str] | None = told(
        "Mã đơn vị; lặp lại được.", "Code of a unit; may be repeated.", default=None, max_length=200
    )
    under: str | None = told(
        "Mã đơn vị: nó và mọi đơn vị bên dưới.", "Code of a unit: itself and all beneath it.", default=None
    )
    period: str | None = told("Tháng, dạng 2026-11.", "Month, as 2026-11.", default=None, pattern=MONTH)
    since: str | None = told("Từ tháng.", "From this month on.", default=None, pattern=MONTH)
    until: str | None = told("Đến hết tháng.", "Up to this month.", default=None, pattern=MONTH)
    group: str = told(
        "Mã nhóm; mặc định chỉ lấy tổng; * lấy tất cả.",
        "Code of a group; totals only by default; * for all.",
        default=queries.TOTAL,
        max_length=60,
    )
    release: int | None = told(
        "Số bản số liệu: xem đúng như khi đó; mặc định bản mới nhất.",
        "Number of a release: as it was then; the newest by default.",
        default=None,
        ge=1,
    )


@router.get(
    "",
    response=FigurePage,
    operation_id="listFigures",
    url_name="figures",
    **spoken(
        Said("Danh sách số liệu", "List figures"),
        Said(
            "Các số liệu đang có hiệu lực, hoặc đúng như một bản số liệu trước. Trang sau luôn thuộc cùng "
            "một bản, dù có bản mới ra giữa chừng.",
            "The figures in force, or as an earlier release left them. Further pages are of the same "
            "release, also where a new one comes in between.",
        ),
    ),
)
def figures(request: HttpRequest, response: HttpResponse, asked: Query[AskedFigures]) -> FigurePage:
    place = place_in(request)
    number = place["release"] if place else release_asked(asked.release)
    state = standings(now=timezone.now())
    settle(request, response, number, said_of(state))
    if number == 0:
        return FigurePage(release=0, items=[], next=None)
    chosen = chosen_by(asked, Observation.objects.as_published(number=number))
    if place:
        chosen = chosen.filter(pk__gt=place["after"])
    listed = list(with_release(chosen).order_by("pk")[: asked.limit + 1])
    shown = listed[: asked.limit]
    more = next_link(request, release=number, after=shown[-1].pk) if len(listed) > asked.limit else None
    return FigurePage(release=number, items=summaries(shown, state), next=more)


def release_asked(number: int | None) -> int:
    """The release asked for, or the newest; 0 before the first. Raises Problem."""
    newest = Release.objects.order_by("-number").values_list("number", flat=True).first() or 0
    if number is not None and number > newest:
        raise invalid("release", "Chưa có bản số liệu số này.", "There is no release of this number.")
    return number or newest


def chosen_by(asked: AskedFigures, observations: ObservationQuerySet) -> ObservationQuerySet:
    """The filters of the question. Raises Problem for an indicator or a unit that does not exist."""
    known = {one.code for one in queries.indicator_list()}
    if asked.indicator:
        for code in asked.indicator:
            if code not in known:
                raise invalid("indicator", f"Không có chỉ số “{code}”.", f"There is no indicator “{code}”.")
        known = set(asked.indicator)
    observations = observations.filter(indicator__in=known)
    if asked.unit:
        observations = observations.filter(unit__code__in=asked.unit)
    if asked.under is not None:
        top = Unit.objects.valid(on=timezone.localdate()).filter(code=asked.under).first()
        if top is None:
            raise invalid("under", "Không có đơn vị nào mang mã này.", "No unit has this code.")
        observations = observations.filter(unit__path__startswith=top.path)
    for name, month in [("", asked.period), ("__gte", asked.since), ("__lte", asked.until)]:
        if month is not None:
            observations = observations.filter(**{f"period_start{name}": date.fromisoformat(f"{month}-01")})
    return observations if asked.group == EVERY_GROUP else observations.filter(group=asked.group)


def with_release(observations: ObservationQuerySet) -> ObservationQuerySet:
    """With unit and number of the release, without dragging its manifest along for each row."""
    return observations.select_related("unit").annotate(release_number=F("release__number"))


def summaries(observations: Iterable[Observation], state: dict[str, Standing]) -> list[FigureSummary]:
    """Observations of ``with_release`` whose indicators are defined."""
    observations = list(observations)
    releases = {one.pk: one.release_number for one in observations}  # type: ignore[attr-defined]
    return [summary(one, release=releases[one.id]) for one in figures_of(observations, state)]


def summary(figure: Figure, *, release: int) -> FigureSummary:
    return FigureSummary(
        id=figure.id,
        indicator=figure.code,
        unit=figure.unit.code,
        period=f"{figure.period_start:%Y-%m}",
        group=figure.group,
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=decimal(figure.known),
        few=figure.few,
        measured_in=figure.measured_in.value,
        as_of=figure.as_of,
        release=release,
        grade=cast(Grade, figure.grade),
        stale=figure.stale,
        stale_since=figure.stale_since,
        sample=figure.sample,
        url=f"/api/v1/figures/{figure.id}",
        page=figure.url,
    )


def decimal(value: Decimal | None) -> str | None:
    """Without trailing zeros and never in powers of ten."""
    return None if value is None else f"{value.normalize():f}"


def said_of(state: dict[str, Standing]) -> dict[str, object]:
    """What figures say of their sources: it changes with the clock, not with releases."""
    return {code: [one.grade, one.health.is_stale, one.health.since] for code, one in sorted(state.items())}
