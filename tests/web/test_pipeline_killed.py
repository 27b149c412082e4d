"""The worker killed again and again while files arrive: each file is there once, and the ledger holds."""

from __future__ import annotations

import json
import random
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests import processes
from tests.web.walk_one import dossier, file_of

PREPARE = "from dodem.registers.actions import load_sources; load_sources()"
WORK = """
import threading
from dodem.audit import origin
from dodem.pipeline import inboxes, worker
from datetime import timedelta
inboxes.REST = timedelta(0)
worker.PAUSE = 0.05
with origin.entering("worker"):
    worker.run(stop=threading.Event())
"""
LAST_ROUNDS = """
from datetime import timedelta
from django.utils import timezone
from dodem.pipeline import inboxes, worker
inboxes.REST = timedelta(0)
later = timezone.now() + timedelta(minutes=2)
worker.tick(later, at_once=True)
assert worker.tick(later) == [], "a second round found something to do"
"""
COUNT = """
import json
from django.conf import settings
from dodem.audit.kinds import Kind
from dodem.audit.models import Event
from dodem.audit.verify import verify
from dodem.indicators.models import Observation, Release
from dodem.registers.models import Delivery, Repeat
from dodem.registers import shelf
files = Delivery.objects.filter(source__code="dossiers")
city = Observation.objects.current().get(indicator="dossiers_on_time", unit__code="79", group="")
print(json.dumps({
    "deliveries": sorted(files.values_list("filename", flat=True)),
    "in_store": len(shelf.open_store().deliveries("dossiers")),
    "repeats": Repeat.objects.count(),
    "events": Event.objects.filter(kind=Kind.DELIVERY_RECEIVED, object_key__startswith="dossiers").count(),
    "left": [path.name for path in (shelf.inbox() / "dossiers").iterdir() if path.is_file()],
    "denominator": city.denominator,
    "releases": [release.number for release in Release.objects.order_by("number")],
    "faults": [fault.message for fault in verify(heads=settings.DODEM_DATA / "ledger.heads").faults],
}))
"""
FILES = 12
KILLS = 6


@pytest.mark.process
def test_a_worker_killed_at_random_moments_loses_and_doubles_nothing(
    own_database: processes.OwnDatabase,
) -> None:
    chance = random.Random(57)
    begun, due = (str(datetime.now(tz=UTC).date() - timedelta(days=days)) for days in (20, 10))
    own_database.run(PREPARE)
    inbox = own_database.data_dir / "inbox" / "dossiers"
    names = [f"ho-so-{number:02d}.csv" for number in range(FILES)]
    waiting = list(enumerate(names))
    for _ in range(KILLS):
        worker = own_database.start(WORK)
        time.sleep(2.0)
        for _ in range(FILES // KILLS):
            number, name = waiting.pop(0)
            draft = inbox / f"{name}.part"
            draft.write_bytes(file_of(dossier(number, received=begun, due=due, returned=due)))
            draft.rename(inbox / name)
        time.sleep(chance.uniform(0.05, 2.5))
        worker.kill()
        worker.communicate()

    own_database.run(LAST_ROUNDS)

    found = json.loads(own_database.run(COUNT))
    assert found["deliveries"] == names
    assert found["in_store"] == found["events"] == FILES
    assert found["repeats"] == 0
    assert found["left"] == []
    assert found["denominator"] == FILES
    assert found["releases"] == list(range(1, len(found["releases"]) + 1))
    assert found["faults"] == []
