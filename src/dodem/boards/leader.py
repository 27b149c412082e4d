"""What the leader's board shows, put together in few queries; a test keeps the count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from dodem.access.models import User
from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.boards import book as books
from dodem.boards.arrivals import Arrivals, arrivals
from dodem.boards.book import Book, Trend, Want
from dodem.boards.comparing import badness, comparable
from dodem.boards.decisions import Item, needed
from dodem.boards.due import DueSoon, due_soon
from dodem.boards.living import Living, living_units
from dodem.boards.unit_map import Asked, UnitMap, unit_map
from dodem.directives.models import Programme
from dodem.indicators import published
from dodem.indicators.figures import Figure
from dodem.indicators.models import Release
from dodem.indicators.published import Citation, PublishedFigure
from dodem.indicators.queries import latest_release, month_of
from dodem.pages.charts import Part
from dodem.pages.formats import number
from dodem.units.models import Unit
from dodem.vietnam.calendar import WorkingCalendar
from dodem.vietnam.units import CITY, COMMUNE_LEVEL

TASK_STATES = ("tasks_done_on_time", "tasks_done_late", "tasks_on_track", "tasks_due_soon", "tasks_overdue")
TASKS = (*TASK_STATES, "tasks_total", "tasks_on_time")
CITY_TRENDS = (
    "feedback_on_time",
    "feedback_satisfaction",
    "feedback_received",
    "feedback_open_overdue",
    "dossiers_on_time",
    "dossiers_overdue_open",
    "dossiers_fully_online",
    "st_budget_disbursed",
    "st_budget_allocated",
    "data_rows_sound",
)
QUOTED_DOSSIERS = (
    "dossiers_on_time_communes",
    "dossiers_on_time_city",
    "fully_online_services",
    "procedures_cut",
)
FAR_BELOW = 10  # points beneath the whole city's share: marked


@dataclass(frozen=True)
class ProgrammeLine:
    """The tasks of one programme: its bar, what is late and soon, the share done in time over a year."""

    code: str
    title: str
    states: Mapping[str, Figure | None]
    on_time: Trend

    @property
    def parts(self) -> list[Part]:
        return parts_of(self.states)

    @property
    def overdue(self) -> Figure | None:
        return self.states["tasks_overdue"]

    @property
    def due_soon(self) -> Figure | None:
        return self.states["tasks_due_soon"]

    @property
    def spark_words(self) -> str:
        return _("%(code)s, tỷ lệ đúng hạn 12 tháng") % {"code": self.code}


@dataclass(frozen=True)
class DepartmentLine:
    """One department's share of tasks done in time over a year; ``far_below`` the whole city's."""

    unit: Unit
    on_time: Trend
    far_below: bool

    @property
    def spark_words(self) -> str:
        value = self.on_time.now.text if self.on_time.now else _("chưa có số")
        return f"{self.unit.display_name}: {value}"


@dataclass(frozen=True)
class Departments:
    """All on one scale, from ``low`` to 100, the lowest first, those without a figure last."""

    lines: Sequence[DepartmentLine]
    low: float
    city: Figure | None

    @property
    def city_value(self) -> Decimal | None:
        return comparable(self.city)

    @property
    def note(self) -> str:
        return _("Cùng một thang %(low)s–100%%. Xếp từ thấp đến cao.") % {"low": number(self.low)}


@dataclass(frozen=True)
class Board:
    """``trends`` are the whole city's figures by indicator; ``quoted`` what the city published, by code."""

    now: datetime
    release: Release | None
    arrivals: Arrivals
    decisions: Sequence[Item]
    trends: Mapping[str, Trend]
    programmes: Sequence[ProgrammeLine]
    due: DueSoon | None
    map: UnitMap
    departments: Departments
    quoted: Mapping[str, PublishedFigure]
    quoted_dossiers: Sequence[PublishedFigure]

    @property
    def is_empty(self) -> bool:
        """Nothing was ever published here."""
        return self.release is None

    @property
    def citations(self) -> list[Citation]:
        """Where the quoted figures about dossiers stand, each place once."""
        return list({one.citation.code: one.citation for one in self.quoted_dossiers}.values())

    @property
    def silent(self) -> list[tuple[str, Figure | None]]:
        """What cannot be concluded: each late source with the newest figure that rests on it."""
        resting: dict[str, Figure] = {}
        for trend in self.trends.values():
            if trend.now and trend.now.stale:
                resting.setdefault(trend.now.indicator.register, trend.now)
        return [(one, resting.get(one.source.code)) for one in self.arrivals.late]  # type: ignore[misc]


def leader_board(user: User, *, map_asked: Asked, now: datetime) -> Board:
    """Everything on the board, the map as ``map_asked``."""
    today = timezone.localdate(now)
    release = latest_release()
    living = living_units(on=today)
    book = read_book(release, living, map_asked=map_asked, now=now)
    trends = {code: book.trend(code, CITY) for code in (*TASKS, *CITY_TRENDS)}
    quoted = published.load()
    return Board(
        now=now,
        release=release,
        arrivals=arrivals(user, now=now),
        decisions=needed(user, on=today),
        trends=trends,
        programmes=programme_lines(book),
        due=due_soon(user, on=today, calendar=WorkingCalendar.load())
        if can(user, Permission.TASK_SEE)
        else None,
        map=unit_map(book, living.communes, map_asked, city=CITY),
        departments=departments(book, living),
        quoted=quoted,
        quoted_dossiers=[quoted[code] for code in QUOTED_DOSSIERS if code in quoted],
    )


def board_map(*, map_asked: Asked, now: datetime) -> UnitMap:
    """The map alone, for whoever only changes its colour."""
    living = living_units(on=timezone.localdate(now))
    release = latest_release()
    wants = [Want([map_asked.colour], [*living.communes, *living.tops])]
    book = books.read(*wants, month=month_of(release.as_of) if release else None, now=now)
    return unit_map(book, living.communes, map_asked, city=CITY)


def read_book(release: Release | None, living: Living, *, map_asked: Asked, now: datetime) -> Book:
    city = [unit for unit in living.tops if unit.code == CITY]
    return books.read(
        Want([*CITY_TRENDS, *TASKS], city, months=books.YEAR, groups=True),
        Want(["dossiers_on_time"], [unit for unit in living.tops if unit.code == COMMUNE_LEVEL]),
        Want(["tasks_on_time"], living.departments, months=books.YEAR),
        Want([map_asked.colour], living.communes),
        month=month_of(release.as_of) if release else None,
        now=now,
    )


def programme_lines(book: Book) -> list[ProgrammeLine]:
    """The programmes that have tasks, the lowest share in time first. One query."""
    lines = [
        ProgrammeLine(
            code=programme.code,
            title=programme.display_title,
            states={code: book.figure(code, CITY, programme.code) for code in (*TASK_STATES, "tasks_total")},
            on_time=book.trend("tasks_on_time", CITY, programme.code),
        )
        for programme in Programme.objects.all()
    ]
    living = [line for line in lines if (total := line.states["tasks_total"]) and total.numerator]
    return sorted(living, key=lambda line: badness(line.on_time.now))


def departments(book: Book, living: Living) -> Departments:
    city = book.figure("tasks_on_time", CITY)
    average = comparable(city)
    limit = None if average is None else average - FAR_BELOW
    lines = []
    for unit in living.departments:
        trend = book.trend("tasks_on_time", unit.code)
        known = comparable(trend.now)
        far_below = known is not None and limit is not None and known < limit
        lines.append(DepartmentLine(unit, trend, far_below))
    lines.sort(key=lambda line: badness(line.on_time.now))
    drawn = [float(value) for line in lines for value in line.on_time.values if value is not None]
    return Departments(lines, low=min(drawn, default=0) // 10 * 10, city=city)


def parts_of(states: Mapping[str, Figure | None]) -> list[Part]:
    """A stacked bar of the five states, in the order in which it is read without colour."""
    words = {
        "tasks_done_on_time": ("done", _("hoàn thành đúng hạn")),
        "tasks_done_late": ("done-late", _("hoàn thành trễ")),
        "tasks_on_track": ("ok", _("đúng tiến độ")),
        "tasks_due_soon": ("risk", _("sắp hạn")),
        "tasks_overdue": ("late", _("quá hạn")),
    }
    return [
        Part(figure.numerator, *words[code])
        for code in TASK_STATES
        if (figure := states.get(code)) is not None
    ]
