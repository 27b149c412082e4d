"""The very records behind a figure, without any personal field, for tokens held at or above its unit."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from dodem.api.asked import AskedPage
from dodem.api.conditional import settle
from dodem.api.cursors import next_link, place_in
from dodem.api.doors import RecordsToken
from dodem.api.models import Token
from dodem.api.problems import Kinds, Problem
from dodem.api.resources.figures import FigureNumber
from dodem.api.resources.lineage import load, nothing_there
from dodem.api.words import Said, Text, spoken, told
from dodem.indicators.models import Observation
from dodem.indicators.reopen import Opened, public_columns, reopen
from dodem.vietnam.errors import UserError

router = Router(tags=["figures"], auth=RecordsToken())
Cell = str | int | bool | list[str] | None


class Column(Schema):
    """A field of the records."""

    name: str = told("Tên trường trong values.", "Name of the field in values.")
    title: Text = told("Tên cho người đọc.", "Title for people.")


class Record(Schema):
    """One record, and what it adds to the figure."""

    delivery: str = told("Mã lần nhận có dòng này.", "Key of the delivery that holds the row.")
    line: int = told("Dòng trong tệp.", "Line of the file.")
    unit: str = told("Mã đơn vị của bản ghi.", "Code of the record's unit.")
    in_numerator: bool = told("Có được tính vào tử số.", "Whether the numerator counts it.")
    numerator: int = told("Cộng bao nhiêu vào tử số.", "What it adds to the numerator.")
    denominator: int = told("Cộng bao nhiêu vào mẫu số.", "What it adds to the denominator.")
    has_finding: bool = told("Dòng còn lỗi dữ liệu.", "Whether a finding is open on the row.")
    values: dict[str, Cell] = told(
        "Các trường công khai, theo tên; ngày dạng ISO.", "Its public fields by name; days in ISO form."
    )


class RecordPage(Schema):
    figure: int = told("Số hiệu của số liệu.", "Number of the figure.")
    part: Literal["denominator", "numerator", "shortfall"] = told("Phần đã hỏi.", "The part asked for.")
    total: int = told("Tất cả bao nhiêu bản ghi.", "How many records in all.")
    columns: list[Column] = told("Các trường công khai của danh mục.", "The register's public fields.")
    items: list[Record] = told("Theo lần nhận rồi theo dòng.", "By delivery, then by line.")
    next: str | None = told(
        "Địa chỉ trang sau; null ở trang cuối.", "Address of the next page; null on the last."
    )


class AskedRecords(AskedPage):
    part: Literal["denominator", "numerator", "shortfall"] = told(
        "denominator: tất cả bản ghi được tính; numerator: đạt; shortfall: chưa đạt.",
        "denominator: every record counted; numerator: those that hold; shortfall: those that do not.",
        default="denominator",
    )


@router.get(
    "/{int:id}/records",
    response=RecordPage,
    operation_id="listRecords",
    url_name="records",
    **spoken(
        Said("Bản ghi sau một số liệu", "Records behind a figure"),
        Said(
            "Đúng những bản ghi mà số liệu đếm, mỗi bản ghi tới tệp và dòng. Không có trường cá nhân. Chỉ "
            "trong phạm vi đơn vị của mã truy cập; ngoài phạm vi trả 404.",
            "The very records the figure counts, each to file and line. No personal field. Within the "
            "subtree of the token's unit only; elsewhere the answer is 404.",
        ),
    ),
)
def records(
    request: HttpRequest, response: HttpResponse, id: FigureNumber, asked: Query[AskedRecords]
) -> RecordPage:
    observation = load(id)
    token: Token = request.auth  # type: ignore[attr-defined]
    if not observation.unit.is_beneath(token.unit):
        raise nothing_there()
    place = place_in(request)
    settle(request, response, observation.pk)
    offset = place["from"] if place else 0
    opened = open_or_gone(observation)
    page = opened.records(part=asked.part, limit=asked.limit, offset=offset)
    columns = public_columns(page)
    reached = offset + len(page.rows)
    return RecordPage(
        figure=observation.pk,
        part=asked.part,
        total=page.total,
        columns=[Column(name=one.name, title=Text.of(one.title)) for one in columns],
        items=[record(row, [one.name for one in columns]) for row in map(dict, page.rows)],
        next=next_link(request, **{"from": reached}) if reached < page.total else None,
    )


def open_or_gone(observation: Observation) -> Opened:
    try:
        return reopen(observation)
    except UserError:
        raise Problem(
            Kinds.GONE,
            Said(
                "Kho dữ liệu không còn giữ phiên bản danh mục của số này.",
                "The store no longer holds the register version behind this figure.",
            ),
        ) from None


def record(row: dict[str, Any], names: list[str]) -> Record:
    return Record(
        delivery=row["delivery_id"],
        line=row["row_number"],
        unit=row["responsible_unit_code"],
        in_numerator=row["in_numerator"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        has_finding=row["has_finding"],
        values={name: plain(row[name]) for name in names},
    )


def plain(value: object) -> Cell:
    """A value as JSON has it: days and moments in ISO form, decimals as text."""
    match value:
        case None | bool() | int() | str():
            return value
        case list():
            return [str(one) for one in value]
        case date():
            return value.isoformat()
        case _:
            return str(value)
