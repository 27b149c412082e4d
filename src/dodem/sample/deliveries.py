"""Sample files as other systems would send them: dossiers month by month and then daily, budget lines weekly.

Some rows are wrong on purpose, the way real ones are: impossible dates, unknown units, test entries, repeats.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from dodem.sample.people import name
from dodem.sample.story import SILENT_FOR, WORSENING_DEPARTMENT, Place, Story
from dodem.sample.words import PROCEDURES
from dodem.vietnam.calendar import WorkingCalendar

DAILY_FOR = 30  # days before today with a file of their own
FAULTY_SHARE = 0.006
SAMPLE_BUDGET = 12_705_000_000_000  # đồng: the published plan for 2026, spread over made-up lines
DOSSIER_HEADER = [
    "ma_ho_so", "ma_thu_tuc", "ten_thu_tuc", "ma_don_vi", "ngay_tiep_nhan", "ngay_hen_tra",
    "ngay_tra_ket_qua", "tinh_trang", "nguoi_nop", "toan_trinh",
]  # fmt: skip
BUDGET_HEADER = [
    "ma_dong", "ma_don_vi", "nien_do", "tinh_chat", "du_toan_ban_dau", "du_toan_dieu_chinh", "da_phan_bo",
    "da_giai_ngan", "ngay_chot",
]  # fmt: skip


@dataclass(frozen=True)
class SampleFile:
    """One file and the moment it would have come."""

    register: str
    filename: str
    content: bytes
    received_at: datetime


@dataclass(frozen=True)
class Dossier:
    code: str
    procedure: tuple[str, str, int, float, str]
    unit: Place
    received_on: date
    due_on: date
    returned_on: date
    applicant: str
    is_online: bool
    fault: str

    def row(self, *, known_on: date) -> list[str]:
        """The dossier as its source would have exported it on a day."""
        is_back = self.returned_on <= known_on
        cells = [
            self.code,
            self.procedure[0],
            self.procedure[1],
            self.unit.code,
            f"{self.received_on:%d/%m/%Y}",
            f"{self.due_on:%d/%m/%Y}",
            f"{self.returned_on:%d/%m/%Y}" if is_back else "",
            "Đã trả kết quả" if is_back else "Đang xử lý",
            self.applicant,
            "Có" if self.is_online else "Không",
        ]
        return spoiled(cells, self.fault)


def spoiled(cells: list[str], fault: str) -> list[str]:
    """One of the faults that registers really have."""
    match fault:
        case "impossible_date":
            cells[5] = "31/02/2026"
        case "unknown_unit":
            cells[3] = "99999"
        case "no_unit":
            cells[3] = ""
        case "no_procedure":
            cells[1] = ""
        case "test_entry":
            cells[8] = "test 123"
        case "swapped":
            cells[4], cells[5] = cells[5], cells[4]
        case "no_due":
            cells[5] = ""
    return cells


FAULTS = ["impossible_date", "unknown_unit", "no_unit", "no_procedure", "test_entry", "swapped", "no_due"]


def make_files(story: Story) -> Iterator[SampleFile]:
    """All files of the year, oldest first."""
    files = [*dossier_files(story), *budget_files(story)]
    yield from sorted(files, key=lambda file: file.received_at)


def dossier_files(story: Story) -> Iterator[SampleFile]:
    """Each file holds what was received or returned since the one before."""
    dossiers = list(make_dossiers(story))
    by_day: dict[date, list[Dossier]] = {}
    for dossier in dossiers:
        for day in {dossier.received_on, dossier.returned_on}:
            by_day.setdefault(day, []).append(dossier)
    after = story.begins_on - timedelta(days=1)
    for until in export_days(story):
        rows: dict[str, Dossier] = {}
        day = after + timedelta(days=1)
        while day <= until:
            rows.update((dossier.code, dossier) for dossier in by_day.get(day, ()))
            day += timedelta(days=1)
        after = until
        if not rows:
            continue
        content = as_csv(DOSSIER_HEADER, (dossier.row(known_on=until) for dossier in rows.values()))
        received_at = story.moment(until + timedelta(days=1), 5) + timedelta(minutes=12)
        yield SampleFile("dossiers", f"ho-so-{until:%Y%m%d}.csv", content, min(received_at, story.now))


def export_days(story: Story) -> list[date]:
    """Month ends until the last thirty days, then every day up to yesterday."""
    yesterday = story.today - timedelta(days=1)
    daily_from = story.today - timedelta(days=DAILY_FOR)
    days, month = [], story.begins_on
    while month < daily_from:
        end = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        days.append(min(end, daily_from - timedelta(days=1)))
        month = end + timedelta(days=1)
    day = daily_from
    while day <= yesterday:
        days.append(day)
        day += timedelta(days=1)
    return days


def make_dossiers(story: Story) -> Iterator[Dossier]:
    chance = story.chance("dossiers")
    calendar = WorkingCalendar.load()
    at_communes = [procedure for procedure in PROCEDURES if procedure[4] == "79-CX"]
    by_code = {place.code: place for place in story.departments}
    at_departments = [procedure for procedure in PROCEDURES if procedure[4] in by_code]
    weights = [place.people**0.85 for place in story.communes]
    span = (story.today - story.begins_on).days
    received = [calendar.working_day_from(story.begins_on + timedelta(days=n)) for n in range(span + 1)]
    promised = cache(calendar.add_working_days)
    for number in range(1, story.scale.dossiers + 1):
        is_commune = chance.random() < 0.84 or not at_departments
        procedure = chance.choice(at_communes if is_commune else at_departments)
        unit = chance.choices(list(story.communes), weights)[0] if is_commune else by_code[procedure[4]]
        received_on = received[int(span * chance.random())]
        if received_on >= story.today:
            continue
        due_on = promised(received_on, procedure[2])
        yield Dossier(
            code=f"H29-{received_on:%y%m%d}-{number:06d}",
            procedure=procedure,
            unit=unit,
            received_on=received_on,
            due_on=due_on,
            returned_on=when_returned(story, chance, unit, received_on, due_on),
            applicant=name(chance),
            is_online=chance.random() < procedure[3],
            fault=chance.choice(FAULTS) if chance.random() < FAULTY_SHARE else "",
        )


def when_returned(story: Story, chance: random.Random, unit: Place, received_on: date, due_on: date) -> date:
    """Communes are nearly always punctual, departments less; whoever struggles struggles here too."""
    diligence = story.diligence_on(unit.code, received_on)
    late_share = (1 - diligence) * (0.45 if unit.is_department else 0.045)
    if unit.code in story.troubled:
        late_share *= 3
    if chance.random() < late_share:
        slow = 2.0 if unit.code == WORSENING_DEPARTMENT else 1.0
        return due_on + timedelta(days=1 + int(chance.expovariate(1 / (8 * slow))))
    return received_on + timedelta(days=chance.randint(0, max(0, (due_on - received_on).days)))


def budget_files(story: Story) -> Iterator[SampleFile]:
    """Weekly files of the science and technology budget, until the source went silent."""
    chance = story.chance("budget")
    weights = [(3.0 if place.is_department else 0.12) * chance.uniform(0.5, 2.0) for place in story.places]
    plans = [round(SAMPLE_BUDGET * weight / sum(weights) / 1_000_000) * 1_000_000 for weight in weights]
    paces = [
        chance.uniform(0.55, 1.05) * (0.5 if place.code in story.troubled else 1) for place in story.places
    ]
    last = story.today - SILENT_FOR
    monday = max(date(last.year, 1, 12), last - timedelta(weeks=16))
    day = last - timedelta(days=(last - monday).days % 7)
    for week in range((last - monday).days // 7, -1, -1):
        on = day - timedelta(weeks=week)
        year_part = (on - date(on.year, 1, 1)).days / 365
        rows = []
        for number, (place, plan, pace) in enumerate(zip(story.places, plans, paces, strict=True), start=1):
            allocated = round(plan * min(1.0, 0.35 + year_part * 1.6 * pace))
            disbursed = round(allocated * min(0.98, year_part**1.6 * pace))
            nature = "Chi đầu tư" if number % 3 else "Chi thường xuyên"
            rows.append(
                [
                    f"KHCN-{on.year}-{number:03d}",
                    place.code,
                    str(on.year),
                    nature,
                    str(plan),
                    "",
                    str(allocated),
                    str(disbursed),
                    f"{on:%d/%m/%Y}",
                ]
            )
        received_at = story.moment(on + timedelta(days=1), 9)
        yield SampleFile("budget_lines", f"khcn-{on:%Y%m%d}.csv", as_csv(BUDGET_HEADER, rows), received_at)


def as_csv(header: list[str], rows: object) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode()
