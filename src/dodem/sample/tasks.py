"""Sample tasks: a year of orders, updates, reports and decisions, with every step in the ledger."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from dodem.access.models import User
from dodem.access.roles import Role
from dodem.audit.kinds import Kind
from dodem.audit.ledger import Entry
from dodem.directives import files
from dodem.directives.models import Decision, Directive, Evidence, Programme, Task, Update
from dodem.directives.workflow import Outcome
from dodem.sample.documents import Order, Paper, make_papers
from dodem.sample.story import CITY, Place, Story
from dodem.sample.words import BOTTLENECKS, PROGRESS, RETURNS
from dodem.vietnam.text import fold, nfc

People = dict[tuple[str, Role], User]


@dataclass
class Batch:
    """Rows to be written together; a task's steps point to it by object, so keys follow when it is saved."""

    tasks: list[Task] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def make_tasks(story: Story, people: People) -> list[Entry]:
    """Write directives, tasks and their histories. Returns the ledger's entries, unordered."""
    chance = story.chance("tasks")
    office = people[CITY, Role.STANDING_OFFICE]
    papers = make_papers(story)
    directives = save_directives(story, papers, office)
    batch = Batch()
    numbers: dict[int, int] = {}
    for paper, directive in zip(papers, directives, strict=True):
        added = story.moment(paper.issued_on, 8, chance)
        batch.entries.append(Entry(Kind.DIRECTIVE_ADDED, "directive", str(directive.pk), added, office.pk))
        for order in paper.orders:
            for lead in order.leads:
                year = paper.issued_on.year
                numbers[year] = numbers.get(year, 0) + 1
                live(story, chance, people, batch, directive, order, lead, numbers[year])
    save(batch)
    return batch.entries


def save_directives(story: Story, papers: list[Paper], office: User) -> list[Directive]:
    rows = []
    for paper in papers:
        text = nfc(paper.text)
        content = text.encode()
        digest = files.keep([content], name=paper.number).sha256
        rows.append(
            Directive(
                document_number=paper.number,
                kind=paper.kind,
                issuer="Ủy ban nhân dân Thành phố",
                title=paper.title,
                issued_on=paper.issued_on,
                text=text,
                sha256=digest,
                file_name=f"{paper.number.replace('/', '-')}.txt",
                file_size=len(content),
                media_type="text/plain",
                citation="Văn bản mẫu do trình mô phỏng tạo",
                added_at=story.moment(paper.issued_on, 8),
                added_by=office,
                is_sample=True,
                search_key=fold(f"{paper.number} {paper.title} Ủy ban nhân dân Thành phố"),
            )
        )
    return Directive.objects.bulk_create(rows)


def live(
    story: Story,
    chance: random.Random,
    people: People,
    batch: Batch,
    directive: Directive,
    order: Order,
    lead: Place,
    number: int,
) -> None:
    """One task from the order to where it stands today."""
    office, officer = people[CITY, Role.STANDING_OFFICE], people[lead.code, Role.OFFICER]
    issued_on = directive.issued_on
    assigned_at = story.moment(min(issued_on + timedelta(days=chance.randint(0, 3)), story.today), 9, chance)
    code = f"NV-{issued_on.year}-{number:04d}"
    task = Task(
        year=issued_on.year,
        number=number,
        code=code,
        directive=directive,
        start=order.start,
        end=order.end,
        title=order.title,
        deliverable=order.deliverable,
        lead_unit_id=lead.pk,
        due_on=order.due_on,
        assigned_at=assigned_at,
        assigned_by=office,
        search_key=fold(f"{code} {order.title} {directive.document_number}"),
    )
    batch.tasks.append(task)
    batch.orders.append(order)

    def note(kind: Kind, at: datetime, by: User, **data: object) -> None:
        batch.entries.append(Entry(kind, "task", code, at, by.pk, lead.code, data=data))

    note(Kind.TASK_ASSIGNED, assigned_at, office, lead=lead.code)
    started_on = timezone.localdate(assigned_at) + timedelta(days=chance.randint(1, 12))
    if started_on > story.today:
        return
    task.started_at, task.started_by = story.moment(started_on, 10, chance), officer
    note(Kind.TASK_STARTED, task.started_at, officer)
    finished_on = when_finished(story, chance, lead.code, started_on, order.due_on)
    for day in progress_days(chance, started_on, min(finished_on, story.today)):
        is_blocked = chance.random() < 0.25 * (1.2 - story.diligence[lead.code])
        at = story.moment(day, 14, chance)
        batch.updates.append(
            Update(
                task=task,
                kind=Update.Kind.PROGRESS,
                posted_at=at,
                posted_by=officer,
                unit_id=lead.pk,
                note=chance.choice(PROGRESS),
                bottleneck=chance.choice(BOTTLENECKS) if is_blocked else "",
                percent=chance.choice([20, 30, 40, 50, 60, 70, 80]),
            )
        )
        note(Kind.TASK_UPDATED, at, officer)
    if finished_on <= story.today:
        report(story, chance, people, batch, task, lead, finished_on, note)


def when_finished(
    story: Story, chance: random.Random, code: str, started_on: date, due_on: date | None
) -> date:
    """The day the work is reported done: before the deadline with the unit's diligence, else after it."""
    due_on = due_on or started_on + timedelta(days=120)
    if chance.random() < story.diligence_on(code, due_on):
        return max(started_on + timedelta(days=1), due_on - timedelta(days=int(chance.expovariate(1 / 6))))
    return due_on + timedelta(days=1 + int(chance.expovariate(1 / 25)))


def progress_days(chance: random.Random, first: date, last: date) -> Iterator[date]:
    day = first + timedelta(days=chance.randint(5, 25))
    while day < last:
        yield day
        day += timedelta(days=chance.randint(14, 40))


def report(
    story: Story,
    chance: random.Random,
    people: People,
    batch: Batch,
    task: Task,
    lead: Place,
    finished_on: date,
    note: object,
) -> None:
    """Report, and what the standing office made of it; a returned report is followed by a second."""
    assert callable(note)
    office, head = people[CITY, Role.STANDING_OFFICE], people[lead.code, Role.UNIT_HEAD]
    day, is_returned = finished_on, chance.random() < 0.07
    while day <= story.today:
        at = story.moment(day, 15, chance)
        update = Update(
            task=task,
            kind=Update.Kind.REPORT,
            posted_at=at,
            posted_by=head,
            unit_id=lead.pk,
            note=f"Đã hoàn thành, kèm {task.deliverable}.",
            percent=100,
            completed_on=finished_on,
        )
        batch.updates.append(update)
        if chance.random() < 0.85:
            batch.evidence.append(
                Evidence(
                    update=update,
                    link=f"https://mau.invalid/ho-so/{task.code.lower()}",
                    name="Hồ sơ nghiệm thu (mẫu)",
                )
            )
        note(Kind.TASK_REPORTED, at, head, completed_on=finished_on.isoformat())
        decided_on = day + timedelta(days=chance.randint(1, 6))
        if decided_on > story.today:
            return
        decided_at = story.moment(decided_on, 16, chance)
        outcome = Outcome.RETURNED if is_returned else Outcome.ACCEPTED
        batch.decisions.append(
            Decision(
                report=update,
                outcome=outcome,
                decided_at=decided_at,
                decided_by=office,
                reason=chance.choice(RETURNS) if is_returned else "",
            )
        )
        note(Kind.TASK_RETURNED if is_returned else Kind.TASK_CLOSED, decided_at, office)
        if not is_returned:
            task.done_on, task.accepted_at = day, decided_at
            return
        day, is_returned = decided_on + timedelta(days=chance.randint(2, 10)), False


def save(batch: Batch) -> None:
    """A handful of statements for the whole year."""
    Task.objects.bulk_create(batch.tasks, batch_size=400)
    programmes = {programme.code: programme.pk for programme in Programme.objects.all()}
    Task.programmes.through.objects.bulk_create(
        [
            Task.programmes.through(task_id=task.pk, programme_id=programmes[order.programme])
            for task, order in zip(batch.tasks, batch.orders, strict=True)
        ],
        batch_size=900,
    )
    Task.coordinating.through.objects.bulk_create(
        [
            Task.coordinating.through(task_id=task.pk, unit_id=helper.pk)
            for task, order in zip(batch.tasks, batch.orders, strict=True)
            for helper in order.helpers
        ],
        batch_size=900,
    )
    Update.objects.bulk_create(batch.updates, batch_size=400)
    Decision.objects.bulk_create(batch.decisions, batch_size=400)
    Evidence.objects.bulk_create(batch.evidence, batch_size=400)
