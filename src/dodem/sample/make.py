"""Make the sample city: people, a year of tasks and reports, other systems' files, and the figures.

What goes to the database is one transaction, so a start that is cut off leaves no half city. What goes to the
store is known by its bytes and can be handed in again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dodem.audit.kinds import Kind as Event
from dodem.audit.ledger import Entry, append
from dodem.audit.models import Event as LedgerEvent
from dodem.audit.verify import note_head
from dodem.pipeline import actions as pipeline
from dodem.pipeline import own_tables
from dodem.registers.actions import build, receive_file
from dodem.registers.models import Origin, Source
from dodem.sample import cases, deliveries, people, tasks
from dodem.sample.story import COMMUNE_LEVEL, SCALES, Place, Story
from dodem.units.models import Kind, Unit

Say = Callable[[str, Callable[[], object]], None]


def make(*, scale: str, at: datetime, say: Say) -> None:
    """Make everything that is not there yet. ``say`` runs a piece of work and tells of it."""
    story = tell(scale, at)
    if not LedgerEvent.objects.filter(kind=Event.SAMPLE_MADE).exists():
        say("Tạo người dùng, nhiệm vụ và phản ánh mẫu", lambda: make_operations(story, scale))
    if not pipeline_is_done():
        say("Nạp tệp mẫu của các hệ thống khác", lambda: receive_files(story))
        say("Dựng sổ dữ liệu và công bố số liệu", lambda: publish_history(story))
    (settings.DODEM_DATA / "accounts.txt").write_text(people.printed_accounts(story))


def tell(scale: str, at: datetime) -> Story:
    """The story of a scale on a day, with the living units in it."""
    living = Unit.objects.valid(on=timezone.localdate(at)).order_by("code")
    communes = [Place(unit.pk, unit.code, unit.name, unit.population or 1) for unit in living.commune_level()]
    departments = [Place(unit.pk, unit.code, unit.name, 0) for unit in living.filter(kind=Kind.DEPARTMENT)]
    size = SCALES[scale]
    if size.communes < len(communes):
        first = [place for place in communes if place.code == people.SHOWN_WARD]
        communes = first + [place for place in communes if place not in first][: size.communes - len(first)]
    return Story(now=at, scale=size, communes=communes, departments=departments)


@transaction.atomic
def make_operations(story: Story, scale: str) -> None:
    """People, tasks and cases with their ledger, all or nothing."""
    begun_at = story.moment(story.begins_on, 0)
    users, entries = people.make_people(story, at=begun_at)
    entries += tasks.make_tasks(story, users)
    entries += cases.make_cases(story, users)
    entries.sort(key=lambda entry: entry.at)
    entries.append(
        Entry(Event.SAMPLE_MADE, "unit", COMMUNE_LEVEL, at=story.now, data={"scale": scale, "seed": 2026})
    )
    append(entries)
    note_head(Path(settings.DODEM_DATA) / "ledger.heads")


def pipeline_is_done() -> bool:
    return (settings.DODEM_DATA / "sample.published").exists()


def receive_files(story: Story) -> None:
    """Hand in every file as its system would have, on its own day."""
    sources = {source.code: source for source in Source.objects.select_related("owner")}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        for file in deliveries.make_files(story):
            path.write_bytes(file.content)
            receive_file(
                source=sources[file.register],
                filename=file.filename,
                content=path,
                origin=Origin.INBOX,
                by=None,
                at=file.received_at,
            )


def publish_history(story: Story) -> None:
    """Build the registers once, then publish as of every month's end and as of today."""
    list(own_tables.land(now=story.now, at_once=True))
    for source in Source.objects.select_related("owner").order_by("code"):
        build(source=source, as_of=story.today, at=story.now)
    month = story.begins_on
    while month < story.today.replace(day=1):
        month = (month + timedelta(days=32)).replace(day=1)
        pipeline.publish(at=story.moment(month - timedelta(days=1), 23))
    pipeline.publish(at=story.now)
    (settings.DODEM_DATA / "sample.published").touch()
