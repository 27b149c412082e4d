"""What the page of one unit shows: where it stands among its peers, its work, its people, its data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dodem.access.models import Grant, User
from dodem.access.roles import Permission, Role
from dodem.access.rules import can, own_unit
from dodem.boards import book as books
from dodem.boards.book import Book, Trend, Want
from dodem.boards.comparing import Position, position
from dodem.boards.history import History, history_of
from dodem.boards.leader import TASK_STATES, TASKS, parts_of
from dodem.boards.living import living_units
from dodem.boards.peers import PeerGroup, group_of
from dodem.directives import queries as directives
from dodem.directives.queries import TaskRow
from dodem.feedback import catalogue
from dodem.feedback.models import Case
from dodem.indicators import published
from dodem.indicators.figures import Figure
from dodem.indicators.models import FigureQuestion, Release
from dodem.indicators.published import PublishedFigure
from dodem.indicators.queries import indicator_list, latest_release, month_of, open_questions_to
from dodem.pages import hexmap
from dodem.pages.charts import Part
from dodem.pages.formats import percent
from dodem.registers.models import Finding
from dodem.registers.words import QUALITY, in_language
from dodem.units.models import Unit
from dodem.vietnam.units import tiles

COMPARED = (
    "tasks_on_time",
    "feedback_on_time",
    "feedback_satisfaction",
    "dossiers_on_time",
    "dossiers_fully_online",
    "st_budget_disbursed",
    "data_rows_sound",
)
OWN = (
    *TASKS,
    *COMPARED,
    "feedback_received",
    "feedback_open_overdue",
    "dossiers_received",
    "dossiers_overdue_open",
    "st_budget_allocated",
)


@dataclass(frozen=True)
class Compared:
    """One indicator of the unit among its peers; where it cannot be compared, ``why`` not."""

    title: str
    trend: Trend
    position: Position | None
    why: str

    @property
    def figure(self) -> Figure | None:
        return self.trend.now

    @property
    def words(self) -> str:
        """The strip chart, for whoever listens to the page."""
        if self.position is None:
            return f"{self.title}: {self.why}"
        return _("%(title)s: %(own)s, trung vị %(median)s, hạng %(rank)s trên %(count)s") % {
            "title": self.title,
            "own": self.position.own.text,
            "median": percent(self.position.median),
            "rank": self.position.rank,
            "count": self.position.count,
        }


@dataclass(frozen=True)
class CategoryLine:
    """Open reports of one category, for whoever works on them."""

    title: str
    open: int
    overdue: int
    url: str

    @property
    def overdue_url(self) -> str:
        return f"{self.url}&qua-han=1"


@dataclass(frozen=True)
class FindingLine:
    """Rows of the unit that break a rule of one of the six criteria."""

    title: str
    count: int
    url: str


@dataclass(frozen=True)
class UnitPage:
    """``tasks``, ``categories`` and ``findings`` are None where the reader may not see the unit's work."""

    unit: Unit
    release: Release | None
    is_own: bool
    peers: PeerGroup
    compared: Sequence[Compared]
    trends: Mapping[str, Trend]
    map: str
    people: Sequence[Grant]
    tasks: Sequence[TaskRow] | None
    categories: Sequence[CategoryLine] | None
    findings: Sequence[FindingLine] | None
    questions: Sequence[FigureQuestion]
    quoted_dossiers: PublishedFigure | None
    history: History
    may_manage: bool

    @property
    def tasks_url(self) -> str:
        """The list of the unit's tasks; "" for whoever may not see them."""
        return "" if self.tasks is None else f"{reverse('directives:tasks')}?don_vi={self.unit.code}"

    @property
    def queue_url(self) -> str:
        return (
            ""
            if self.categories is None
            else f"{reverse('feedback:queue')}?tab=don-vi&don-vi={self.unit.code}"
        )

    @property
    def ranked(self) -> list[Compared]:
        return [one for one in self.compared if one.position]

    @property
    def above(self) -> int:
        """In how many indicators the unit is as good as the median of its group or better."""
        return sum(one.position.is_above_median for one in self.ranked if one.position)

    @property
    def weakest(self) -> Compared | None:
        """The indicator in which it stands lowest; None where all are at the top."""
        lowest = max(self.ranked, key=lambda one: one.position.rank / one.position.count, default=None)  # type: ignore[union-attr]
        return lowest if lowest and lowest.position and not lowest.position.is_above_median else None

    @property
    def task_parts(self) -> list[Part]:
        return parts_of({code: self.trends[code].now for code in TASK_STATES})


def unit_page(unit: Unit, user: User, *, now: datetime) -> UnitPage:
    today = timezone.localdate(now)
    release = latest_release()
    living = living_units(on=today)
    peers = group_of(unit, living.leaves)
    book = books.read(
        Want(COMPARED, peers.units),
        Want(OWN, [unit], months=books.YEAR),
        month=month_of(release.as_of) if release else None,
        now=now,
    )
    titles = {one.code: in_language(one.title) for one in indicator_list()}
    return UnitPage(
        unit=unit,
        release=release,
        is_own=own_unit(user) == unit,
        peers=peers,
        compared=[
            compare(code, titles[code], unit, peers, book) for code in COMPARED if concerns(code, peers, book)
        ],
        trends={code: book.trend(code, unit.code) for code in OWN},
        map=small_map(unit, living.communes),
        people=people(unit),
        tasks=directives.of_unit(unit, on=today).urgent if can(user, Permission.TASK_SEE, unit) else None,
        categories=categories(unit, on=today) if can(user, Permission.CASE_SEE, unit) else None,
        findings=findings(unit) if can(user, Permission.FINDING_SEE, unit) else None,
        questions=open_questions_to([unit]) if can(user, Permission.FIGURE_QUESTION, unit) else [],
        quoted_dossiers=published.load().get("dossiers_on_time_communes") if unit.is_commune_level else None,
        history=history_of(unit),
        may_manage=bool(can(user, Permission.UNIT_MANAGE, unit)),
    )


def concerns(code: str, peers: PeerGroup, book: Book) -> bool:
    """Whether an indicator is about such units at all: departments, for one, may take in no dossiers."""
    found = (book.figure(code, unit.code) for unit in peers.units)
    return any(figure is not None and figure.value is not None for figure in found)


def compare(code: str, title: str, unit: Unit, peers: PeerGroup, book: Book) -> Compared:
    trend = book.trend(code, unit.code)
    found = position(trend.now, (book.figure(code, other.code) for other in peers.units))
    why = ""
    if found is None:
        known = trend.now is not None and trend.now.value is not None
        why = _("ít trường hợp, không xếp hạng") if known else _("chưa có số")
    return Compared(title, trend, found, why)


def small_map(unit: Unit, communes: Sequence[Unit]) -> str:
    """Where the unit lies; "" for one without a tile."""
    codes = {one.code: one for one in communes}
    if unit.code not in codes:
        return ""
    cells = [
        hexmap.Cell(
            tile=tile,
            name=codes[tile.code].display_name,
            fill="q5" if tile.code == unit.code else "q1",
            says=codes[tile.code].former_area,
        )
        for tile in tiles()
        if tile.code in codes
    ]
    label = _("Vị trí %(unit)s trong các đơn vị của thành phố") % {"unit": unit.display_name}
    return hexmap.hexmap(cells, label=label, highlight=unit.code, landmarks={}, uid="where")


def people(unit: Unit) -> list[Grant]:
    """Who answers for the unit: its head, its stewards, then officers. One query."""
    order = [Role.UNIT_HEAD, Role.DATA_STEWARD, Role.OFFICER]
    held = Grant.objects.filter(unit=unit, revoked_at=None, role__in=order, user__is_active=True)
    return sorted(held.select_related("user"), key=lambda grant: (order.index(Role(grant.role)), grant.pk))


def categories(unit: Unit, *, on: date) -> list[CategoryLine]:
    """The open reports by category, the most overdue first. One query."""
    titles = catalogue.categories()
    counted = (
        Case.objects.filter(unit__path__startswith=unit.path)
        .still_open()
        .order_by()
        .values("category")
        .annotate(open=Count("pk"), overdue=Count("pk", filter=Q(current_due_on__lt=on)))
    )
    queue = reverse("feedback:queue")
    lines = [
        CategoryLine(
            title=titles[row["category"]].title if row["category"] in titles else row["category"],
            open=row["open"],
            overdue=row["overdue"],
            url=f"{queue}?tab=don-vi&don-vi={unit.code}&loai={row['category']}",
        )
        for row in counted
    ]
    return sorted(lines, key=lambda line: (-line.overdue, -line.open, line.title))


def findings(unit: Unit) -> list[FindingLine]:
    """The rows to mend by criterion, the most first. One query."""
    counted = Finding.objects.filter(unit=unit).order_by().values("word").annotate(count=Count("pk"))
    address = reverse("registers:findings")
    lines = [
        FindingLine(
            title=str(QUALITY.get(row["word"], row["word"])),
            count=row["count"],
            url=f"{address}?unit={unit.code}&word={row['word']}",
        )
        for row in counted
    ]
    return sorted(lines, key=lambda line: -line.count)
