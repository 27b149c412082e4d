"""Sample reports and cases: a year of what citizens wrote and what became of it, step by step."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta

from django.utils import timezone

from dodem.access.models import User
from dodem.access.roles import Role
from dodem.audit.bulk import insert_many
from dodem.audit.kinds import Kind as Event
from dodem.audit.ledger import Entry
from dodem.feedback import catalogue, deadlines, workflow
from dodem.feedback.codes import ALPHABET
from dodem.feedback.kinds import Basis, Channel, Kind
from dodem.feedback.models import Case, CaseStep, Report, Sender
from dodem.feedback.routing import place_key
from dodem.feedback.workflow import Standing, Step
from dodem.sample.people import name
from dodem.sample.story import Place, Story
from dodem.sample.words import ANSWERS, PROGRESS, REPORTS, STREETS
from dodem.vietnam.calendar import WorkingCalendar
from dodem.vietnam.text import fold

CATEGORY_WEIGHTS = {
    "paperwork": 40,
    "road": 14,
    "flooding": 10,
    "waste": 10,
    "noise": 9,
    "lighting": 6,
    "construction": 6,
    "other": 5,
}
CHANNELS = [Channel.WEB] * 6 + [Channel.PHONE] * 3 + [Channel.KIOSK]
LEDGER_KIND = {
    Step.ROUTED: Event.CASE_ROUTED,
    Step.PROGRESS: Event.CASE_PROGRESS,
    Step.ANSWERED: Event.CASE_ANSWERED,
    Step.RATED: Event.CASE_RATED,
    Step.REOPENED: Event.CASE_REOPENED,
}


@dataclass
class Batch:
    cases: list[Case] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    senders: list[Sender] = field(default_factory=list)
    steps: list[CaseStep] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def make_cases(story: Story, people: dict[tuple[str, Role], User]) -> list[Entry]:
    """Write reports, cases and their steps. Returns the ledger's entries, unordered."""
    chance = story.chance("cases")
    calendar = WorkingCalendar.load()
    batch = Batch()
    weights = [place.people**0.7 for place in story.communes]
    taken: set[str] = set()
    for _ in range(story.scale.cases):
        place = chance.choices(list(story.communes), weights)[0]
        received_at = when_received(story, chance)
        live(
            story, chance, calendar, people, batch, place, received_at, fresh_code(chance, received_at, taken)
        )
    Case.objects.bulk_create(batch.cases, batch_size=400)
    Report.objects.bulk_create(batch.reports, batch_size=400)
    insert_many(Sender, batch.senders)
    insert_many(CaseStep, batch.steps)
    return batch.entries


def when_received(story: Story, chance: random.Random) -> datetime:
    """Somewhat more each month, and more in the rainy months."""
    span = (story.today - story.begins_on).days
    while True:
        day = story.begins_on + timedelta(days=int(span * chance.betavariate(1.25, 1)))
        if chance.random() < (1.0 if 5 <= day.month <= 11 else 0.75):
            return story.moment(
                day, chance.choice([6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 19, 20, 21]), chance
            )


def fresh_code(chance: random.Random, at: datetime, taken: set[str]) -> str:
    while True:
        code = f"PA-{timezone.localtime(at):%y%m}-{''.join(chance.choices(ALPHABET, k=4))}"
        if code not in taken:
            taken.add(code)
            return code


def live(
    story: Story,
    chance: random.Random,
    calendar: WorkingCalendar,
    people: dict[tuple[str, Role], User],
    batch: Batch,
    place: Place,
    received_at: datetime,
    code: str,
) -> None:
    """One report and its case, from the form to where it stands now."""
    category = chance.choices(list(CATEGORY_WEIGHTS), list(CATEGORY_WEIGHTS.values()))[0]
    text = chance.choice(REPORTS["procedures" if category == "paperwork" else category])
    address = where(story, chance, place, category)
    received_on = timezone.localdate(received_at)
    due_on = deadlines.due_on(
        received_on=received_on, clock=catalogue.categories()[category].clock, calendar=calendar
    )
    case = Case(
        code=code,
        unit_id=place.pk,
        kind=Kind.REPORT,
        category=category,
        title=text[:120],
        place_key=place_key(address),
        search_key=fold(f"{code} {text} {address}"),
        opened_at=received_at,
        due_on=due_on,
        current_due_on=due_on,
    )
    report = Report(
        code=code,
        secret_digest=hashlib.sha256(f"secret {code}".encode()).hexdigest(),
        submission_digest=hashlib.sha256(f"submission {code}".encode()).hexdigest(),
        case=case,
        kind=Kind.REPORT,
        category=category,
        text=text,
        address=address,
        basis=Basis.CHOSEN,
        basis_words="Người gửi chọn đơn vị này.",
        is_shared=chance.random() < 0.7,
        channel=chance.choice(CHANNELS),
        language="vi",
        received_at=received_at,
    )
    batch.cases.append(case)
    batch.reports.append(report)
    if chance.random() < 0.8:
        # Numbers of the range kept for drama and tests: nobody's telephone rings.
        batch.senders.append(
            Sender(report=report, name=name(chance), phone=f"+8490000{chance.randint(0, 9999):04d}")
        )
    batch.entries.append(
        Entry(
            Event.REPORT_RECEIVED,
            "case",
            code,
            received_at,
            unit_code=place.code,
            data={"category": category},
        )
    )
    standing = Standing()
    for step in happenings(story, chance, people, place, received_at, due_on):
        step.case = case
        step.unit_id = place.pk
        standing = workflow.after(standing, step)
        batch.steps.append(step)
        batch.entries.append(
            Entry(LEDGER_KIND[Step(step.kind)], "case", code, step.at, step.by_id, place.code)
        )
        if step.kind == Step.REOPENED:
            clock = catalogue.categories()[category].clock
            case.current_due_on = deadlines.due_on(
                received_on=timezone.localdate(step.at), clock=clock, calendar=calendar
            )
    for part in fields(Standing):
        setattr(case, part.name, getattr(standing, part.name))


def where(story: Story, chance: random.Random, place: Place, category: str) -> str:
    """An address; in a troubled commune one alley floods again and again."""
    if category == "flooding" and place.code in story.troubled:
        return f"Hẻm 120 đường {STREETS[place.pk % len(STREETS)]}, {place.name}"
    return f"{chance.randint(1, 480)} đường {chance.choice(STREETS)}, {place.name}"


def happenings(
    story: Story,
    chance: random.Random,
    people: dict[tuple[str, Role], User],
    place: Place,
    received_at: datetime,
    due_on: date,
) -> list[CaseStep]:
    """What is done about it up to now, oldest first."""
    officer = people[place.code, Role.OFFICER]
    diligence = story.diligence[place.code]
    steps = [CaseStep(kind=Step.ROUTED, at=received_at + timedelta(seconds=chance.randint(2, 200)))]
    received_on = timezone.localdate(received_at)
    if chance.random() < 0.35:
        progress_on = received_on + timedelta(days=chance.randint(1, 2))
        steps.append(
            CaseStep(
                kind=Step.PROGRESS,
                at=story.moment(progress_on, 9, chance),
                by=officer,
                note=chance.choice(PROGRESS),
            )
        )
    is_punctual = chance.random() < 0.55 + 0.43 * diligence
    spare = max(1, (due_on - received_on).days)
    answered_on = (
        received_on + timedelta(days=chance.randint(1, spare))
        if is_punctual
        else due_on + timedelta(days=1 + int(chance.expovariate(1 / 9)))
    )
    steps.append(
        CaseStep(
            kind=Step.ANSWERED,
            at=story.moment(answered_on, 15, chance),
            by=officer,
            note=chance.choice(ANSWERS),
            record_number="BB-mẫu",
        )
    )
    if chance.random() < 0.3:
        is_content = chance.random() < 0.5 + 0.42 * diligence
        rating = chance.choice([4, 5, 5]) if is_content else chance.choice([1, 2, 2, 3])
        rated_on = answered_on + timedelta(days=chance.randint(0, 4))
        steps.append(CaseStep(kind=Step.RATED, at=story.moment(rated_on, 19, chance), rating=rating))
        if rating <= 2 and chance.random() < 0.4:
            again_on = rated_on + timedelta(days=1)
            second_on = again_on + timedelta(days=chance.randint(2, 5))
            steps.append(
                CaseStep(
                    kind=Step.REOPENED, at=story.moment(again_on, 8, chance), note="Vẫn chưa được khắc phục."
                )
            )
            steps.append(
                CaseStep(
                    kind=Step.ANSWERED,
                    at=story.moment(second_on, 16, chance),
                    by=officer,
                    note=chance.choice(ANSWERS),
                    record_number="BB-mẫu",
                )
            )
    return happened(story, steps)


def happened(story: Story, steps: list[CaseStep]) -> list[CaseStep]:
    """The steps whose moment has come, each put after the one before."""
    kept: list[CaseStep] = []
    for step in steps:
        if kept and step.at <= kept[-1].at:
            step.at = kept[-1].at + timedelta(minutes=20)
        if step.at >= story.now:
            break
        kept.append(step)
    return kept
