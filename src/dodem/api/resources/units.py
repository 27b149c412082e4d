"""Units as they were on a day: a list with filters, and one with its names and what it was made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, cast

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from dodem.api.asked import Asked, AskedPage
from dodem.api.cursors import next_link, place_in
from dodem.api.doors import NO_TOKEN_EITHER, OPEN_DATA
from dodem.api.problems import invalid, not_found
from dodem.api.words import Said, spoken, told, told_in_path
from dodem.units import queries
from dodem.units.models import Succession, Unit, UnitName

router = Router(tags=["units"], auth=OPEN_DATA)
KindOfUnit = Literal["city", "group", "department", "ward", "commune", "special_zone", "township", "district"]
PartOfUnit = Literal["whole", "part", "rest", "part_area_only", "unchanged"]
UnitCode = Annotated[str, told_in_path("Mã đơn vị.", "Code of the unit.")]


class UnitSummary(Schema):
    """A unit on a day."""

    code: str = told(
        "Mã chính thức; nhiệm kỳ sau có thể dùng lại.",
        "Official code; it may come back after its unit ended.",
    )
    agency_code: str | None = told("Mã định danh cơ quan.", "Identifier of the agency.")
    kind: KindOfUnit = told("Loại đơn vị.", "Kind of unit.")
    name: str = told("Tên trong ngày hỏi.", "Its name on the day asked for.")
    short_name: str = told("Tên ngắn trong ngày hỏi.", "Its short name on that day.")
    name_en: str = told("Tên tiếng Anh, có thể trống.", "Name in English, possibly empty.")
    parent: str | None = told("Mã đơn vị cấp trên.", "Code of the unit above.")
    area_km2: str | None = told("Diện tích, km², số thập phân.", "Area in km², a decimal.")
    population: int | None = told("Dân số.", "Population.")
    population_on: date | None = told("Ngày của số dân.", "Day of the population.")
    valid_from: date | None = told(
        "Ngày đầu tiên tồn tại; null: từ trước.", "Its first day; null: since before our records."
    )
    valid_to: date | None = told(
        "Ngày cuối cùng tồn tại; null: đang tồn tại.", "Its last day; null: it exists."
    )
    reason: str = told(
        "Vì sao khớp từ tìm kiếm, khi tên hiện nay không cho thấy.",
        "Why it matches the search where its present name does not show it.",
        default="",
    )
    url: str = told("Địa chỉ của đơn vị trong API.", "Address of the unit in the API.")


class Name(Schema):
    """A name and how long it was borne."""

    name: str = told("Tên.", "Name.")
    short_name: str = told("Tên ngắn.", "Short name.")
    name_en: str = told("Tên tiếng Anh.", "Name in English.")
    valid_from: date | None = told("Từ ngày.", "From.")
    valid_to: date | None = told("Đến hết ngày.", "To, that day included.")


class Step(Schema):
    """A unit, or part of one, that became (part of) another."""

    code: str = told("Mã đơn vị ở đầu kia.", "Code of the unit at the other end.")
    name: str = told("Tên đơn vị ở đầu kia.", "Name of the unit at the other end.")
    part: PartOfUnit = told("Phần nào của đơn vị trước.", "How much of the unit before.")
    effective_on: date = told("Có hiệu lực từ ngày.", "In force from.")
    clause: str = told("Điều khoản của văn bản.", "Article of the legal text.")


class UnitDetail(UnitSummary):
    """A unit with its names and successions."""

    names: list[Name] = told("Mọi tên từng mang, cũ trước.", "Every name it bore, oldest first.")
    came_from: list[Step] = told("Được lập từ những đơn vị nào.", "The units it was made of.")
    became: list[Step] = told("Đã thành những đơn vị nào.", "The units it became.")


class UnitPage(Schema):
    on: date = told("Ngày mà danh sách này đúng.", "The day this list holds for.")
    items: list[UnitSummary] = told(
        "Theo thứ tự bảng chữ cái tiếng Việt.", "In Vietnamese alphabetical order."
    )
    next: str | None = told(
        "Địa chỉ trang sau; null ở trang cuối.", "Address of the next page; null on the last."
    )


class AskedUnits(AskedPage):
    on: date | None = told(
        "Ngày muốn hỏi; mặc định hôm nay.", "The day asked for; today by default.", default=None
    )
    kind: list[KindOfUnit] | None = told(
        "Loại đơn vị; lặp lại được.", "Kind of unit; may be repeated.", default=None
    )
    under: str | None = told(
        "Mã đơn vị: lấy nó và mọi đơn vị bên dưới.",
        "Code of a unit: itself and all beneath it.",
        default=None,
    )
    q: str | None = told(
        "Tìm theo tên đang dùng hoặc tên cũ, không cần dấu. Kết quả gần nhất trước, một trang.",
        "Search by present or former names, without marks. Best match first, one page.",
        default=None,
        max_length=100,
    )


class AskedUnit(Asked):
    on: date | None = told(
        "Ngày muốn hỏi; mặc định hôm nay.", "The day asked for; today by default.", default=None
    )


@router.get(
    "",
    response=UnitPage,
    operation_id="listUnits",
    url_name="units",
    **spoken(
        Said("Danh sách đơn vị", "List units"),
        Said(
            "Các đơn vị tồn tại trong một ngày: thành phố, sở ngành, phường, xã, đặc khu; cả đơn vị cũ nếu "
            "hỏi ngày cũ.",
            "The units that exist on a day: city, departments, wards, communes, the special zone; former "
            "ones too for a day in the past.",
        ),
        **NO_TOKEN_EITHER,
    ),
)
def units(request: HttpRequest, asked: Query[AskedUnits]) -> UnitPage:
    place = place_in(request)
    day = date.fromisoformat(place["on"]) if place else asked.on or timezone.localdate()
    chosen = Unit.objects.valid(on=day).select_related("parent")
    if asked.kind:
        chosen = chosen.filter(kind__in=asked.kind)
    if asked.under is not None:
        top = Unit.objects.valid(on=day).filter(code=asked.under).first()
        if top is None:
            raise invalid(
                "under", "Ngày đó không có đơn vị mang mã này.", "No unit has this code on that day."
            )
        chosen = chosen.filter(path__startswith=top.path)
    if asked.q:
        reasons = {
            match.unit.pk: match.reason for match in queries.search(asked.q, on=day, limit=asked.limit)
        }
        found = {unit.pk: unit for unit in chosen.filter(pk__in=reasons)}
        listed = [found[pk] for pk in reasons if pk in found]
        return UnitPage(on=day, items=summaries(listed, on=day, reasons=reasons), next=None)
    if place:
        chosen = chosen.filter(after(Unit.objects.get(pk=place["after"])))
    listed = list(chosen.order_by("sort_key", "code", "pk")[: asked.limit + 1])
    shown = listed[: asked.limit]
    more = next_link(request, on=day.isoformat(), after=shown[-1].pk) if len(listed) > asked.limit else None
    return UnitPage(on=day, items=summaries(shown, on=day), next=more)


def after(last: Unit) -> Q:
    return Q(sort_key__gt=last.sort_key) | Q(
        Q(code__gt=last.code) | Q(code=last.code, pk__gt=last.pk), sort_key=last.sort_key
    )


@router.get(
    "/{code}",
    response=UnitDetail,
    operation_id="getUnit",
    url_name="unit",
    **spoken(
        Said("Một đơn vị", "One unit"),
        Said(
            "Đơn vị mang mã này trong ngày hỏi; nếu ngày đó không có thì đơn vị mang mã này gần nhất.",
            "The unit that has this code on the day; where none has, the last one that had it.",
        ),
        **NO_TOKEN_EITHER,
    ),
)
def unit(request: HttpRequest, code: UnitCode, asked: Query[AskedUnit]) -> UnitDetail:
    day = asked.on or timezone.localdate()
    bearing = Unit.objects.filter(code=code).select_related("parent")
    found = bearing.valid(on=day).first() or bearing.order_by("-valid_to").first()
    if found is None:
        raise not_found(Said("Không có đơn vị nào mang mã này.", "No unit has this code."))
    origins = found.origins.select_related("predecessor").order_by("effective_on", "predecessor__sort_key")
    onward = found.successions.select_related("successor").order_by("effective_on", "successor__sort_key")
    names = found.names.order_by("pk")
    return UnitDetail(
        **summaries([found], on=day)[0].model_dump(),
        names=[
            Name(
                name=one.name,
                short_name=one.short_name,
                name_en=one.name_en,
                valid_from=one.valid_from,
                valid_to=one.valid_to,
            )
            for one in names
        ],
        came_from=[step(one, one.predecessor) for one in origins],
        became=[step(one, one.successor) for one in onward],
    )


def summaries(units: Iterable[Unit], *, on: date, reasons: dict[int, str] | None = None) -> list[UnitSummary]:
    """Units under the names they bore on the day; one query."""
    units, reasons = list(units), reasons or {}
    names = {name.unit_id: name for name in UnitName.objects.valid(on=on).filter(unit__in=units)}
    return [summary(one, named=names.get(one.pk, one), reason=reasons.get(one.pk, "")) for one in units]


def summary(unit: Unit, *, named: Unit | UnitName, reason: str) -> UnitSummary:
    return UnitSummary(
        code=unit.code,
        agency_code=unit.agency_code,
        kind=cast(KindOfUnit, unit.kind),
        name=named.name,
        short_name=named.short_name,
        name_en=named.name_en,
        parent=unit.parent.code if unit.parent else None,
        area_km2=None if unit.area_km2 is None else f"{unit.area_km2:f}",
        population=unit.population,
        population_on=unit.population_on,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        reason=reason,
        url=f"/api/v1/units/{unit.code}",
    )


def step(succession: Succession, other: Unit) -> Step:
    return Step(
        code=other.code,
        name=other.name,
        part=cast(PartOfUnit, succession.role),
        effective_on=succession.effective_on,
        clause=succession.clause,
    )
