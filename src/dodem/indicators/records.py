"""The table of records beneath a figure: one page of it, ordered, with where rows and headings lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from dodem.dataplane.definitions import MeasuredIn, Privacy
from dodem.dataplane.kinds import uses
from dodem.dataplane.measure import NoSuchColumn, RecordColumn, RecordPage, RecordPart
from dodem.dataplane.vocabulary import FieldType
from dodem.indicators.cells import Writer
from dodem.indicators.reopen import Opened
from dodem.registers.words import in_language
from dodem.units.models import Unit

A_PAGE = 20
MOST_COLUMNS = 7
OWN_PAGES = {"tasks": ("directives:task", "task_code"), "cases": ("feedback:case", "case_code")}


@dataclass(frozen=True)
class Asked:
    """What a reader asked of the table: which part, in which order, which page."""

    part: RecordPart = "denominator"
    order_by: str = ""
    descending: bool = False
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """Read the address; what makes no sense is taken as not asked."""
        part = query.get("phan", "")
        sort = query.get("sort", "")
        page = query.get("page", "1")
        return cls(
            part=cast(RecordPart, part) if part in {"numerator", "shortfall"} else "denominator",
            order_by=sort.removeprefix("-"),
            descending=sort.startswith("-"),
            page=max(1, int(page)) if page.isdecimal() and len(page) < 9 else 1,
        )

    def query(self, **changes: object) -> str:
        """The address of the same table with something changed."""
        sort = f"-{self.order_by}" if self.descending and self.order_by else self.order_by
        asked = {"phan": "" if self.part == "denominator" else self.part, "sort": sort, "page": self.page}
        asked |= changes
        return "?" + urlencode({key: value for key, value in asked.items() if value not in ("", 1, "1")})


@dataclass(frozen=True)
class Heading:
    """``order`` is "ascending", "descending" or "": how the table is sorted by it now; ``sort`` sorts by it
    next.
    """

    name: str
    title: str
    css: str
    order: str
    sort: str


@dataclass(frozen=True)
class Row:
    """``url`` leads to the line of the file; ``own_url`` to the page of the task or case it is, if any."""

    key: str
    cells: list[tuple[Heading, str]]
    url: str
    own_url: str
    in_numerator: bool


@dataclass(frozen=True)
class Tab:
    title: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Table:
    observation_id: int
    asked: Asked
    url: str
    tabs: list[Tab]
    headings: list[Heading]
    rows: list[Row]
    total: int
    csv_url: str

    @property
    def are_own(self) -> bool:
        """Records of our own tables have a page of their own besides the line of the file."""
        return any(row.own_url for row in self.rows)

    @property
    def first(self) -> int:
        return (self.asked.page - 1) * A_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def previous_url(self) -> str:
        return self.url + self.asked.query(page=self.asked.page - 1) if self.asked.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self.url + self.asked.query(page=self.asked.page + 1) if self.last < self.total else ""


def table_of(opened: Opened, asked: Asked) -> Table:
    """One page of the records behind a figure. A heading nobody has is taken as no order."""
    try:
        page = read(opened, asked)
    except NoSuchColumn:
        asked = Asked(part=asked.part, page=asked.page)
        page = read(opened, asked)
    observation = opened.observation
    url = reverse("indicators:records", args=[observation.pk])
    columns = chosen(opened, page)
    headings = [heading(opened, column, asked, url) for column in columns]
    writer = Writer(opened.register, units=unit_names(page, columns))
    return Table(
        observation_id=observation.pk,
        asked=asked,
        url=url,
        tabs=tabs(opened, asked, url),
        headings=headings,
        rows=[row_of(opened, dict(row), headings, writer) for row in page.rows],
        total=page.total,
        csv_url=reverse("indicators:records_csv", args=[observation.pk]) + asked.query(sort="", page=1),
    )


def read(opened: Opened, asked: Asked) -> RecordPage:
    return opened.records(
        part=asked.part,
        order_by=asked.order_by or None,
        descending=asked.descending,
        limit=A_PAGE,
        offset=(asked.page - 1) * A_PAGE,
    )


def chosen(opened: Opened, page: RecordPage) -> list[RecordColumn]:
    """The columns worth a place: the key, the unit, what the formula asks for, then others; none that is
    personal.
    """
    register, indicator = opened.register, opened.indicator
    public = {column.name: column for column in page.columns if column.privacy is Privacy.PUBLIC}
    conditions = [indicator.numerator, indicator.denominator, indicator.where, indicator.period]
    asked_for = [
        name for name in public if any(one is not None and uses(one.expression, name) for one in conditions)
    ]
    others = [field.name for field in register.fields]
    order = dict.fromkeys([*register.key, *asked_for, register.unit_field, *others])
    first = [name for name in order if name in public][:MOST_COLUMNS]
    return [column for name, column in public.items() if name in first]


def unit_names(page: RecordPage, columns: list[RecordColumn]) -> dict[str, str]:
    """Names of the units on this page, by code; one query."""
    codes = {str(row[column.name]) for row in page.rows for column in columns if row[column.name]}
    return dict(Unit.objects.filter(code__in=codes, valid_to=None).values_list("code", "name"))


def heading(opened: Opened, column: RecordColumn, asked: Asked, url: str) -> Heading:
    is_amount = opened.register.field(column.name).type in {FieldType.MONEY, FieldType.INTEGER}
    is_sorted = asked.order_by == column.name
    order = ("descending" if asked.descending else "ascending") if is_sorted else ""
    turn = f"-{column.name}" if order == "ascending" else column.name
    return Heading(
        name=column.name,
        title=in_language(column.title),
        css="r" if is_amount else "",
        order=order,
        sort=url + asked.query(sort=turn, page=1),
    )


def row_of(opened: Opened, row: dict[str, object], headings: list[Heading], writer: Writer) -> Row:
    return Row(
        key=str(row["record_key"] or ""),
        cells=[(one, writer.write(one.name, row[one.name])) for one in headings],
        url=reverse(
            "indicators:row",
            args=[opened.observation.pk, str(row["delivery_id"]), int(str(row["row_number"]))],
        ),
        own_url=own_page(opened.register.code, row),
        in_numerator=bool(row["in_numerator"]),
    )


def own_page(register: str, row: dict[str, object]) -> str:
    """Where a record of our own tables lives; "" for records of others."""
    if register not in OWN_PAGES:
        return ""
    name, field = OWN_PAGES[register]
    try:
        return reverse(name, args=[row[field]])
    except NoReverseMatch:
        return ""


def tabs(opened: Opened, asked: Asked, url: str) -> list[Tab]:
    """A share has three lists: all that count, those that hold, those that fall short. Others have one."""
    if opened.indicator.measured_in is not MeasuredIn.PERCENT:
        return []
    parts: list[tuple[RecordPart, str]] = [
        ("denominator", _("Tất cả")),
        ("numerator", _("Đạt")),
        ("shortfall", _("Chưa đạt")),
    ]
    return [
        Tab(title, url + Asked(part=part).query(), is_current=asked.part == part) for part, title in parts
    ]
