"""The worker's round: each step does what the facts say is missing, in the order in which facts build on each
other.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from dodem.audit.verify import note_head
from dodem.dataplane.kinds import uses
from dodem.feedback.photo_files import discard_abandoned
from dodem.pipeline import actions, inboxes, own_tables
from dodem.registers import shelf
from dodem.registers.actions import build, note_delivery
from dodem.registers.models import Delivery, Origin, RegisterVersion, Source
from dodem.units.actions import apply_due_changes

PAUSE = 2.0  # seconds between rounds
SEARCH_EVERY = timedelta(minutes=10)
FORM_KEPT_FOR = timedelta(days=1)
ORPHAN_AFTER = timedelta(minutes=1)  # the web process notes its own deliveries well within that

log = structlog.get_logger("dodem.pipeline")


def run(*, stop: threading.Event) -> None:
    """Go round until told to stop."""
    searched_at = None
    while not stop.is_set():
        close_old_connections()
        now = timezone.now()
        is_due = searched_at is None or now - searched_at >= SEARCH_EVERY
        searched_at = now if is_due else searched_at
        tick(now, search_store=is_due)
        stop.wait(PAUSE)


def tick(now: datetime, *, at_once: bool = False, search_store: bool = True) -> list[str]:
    """One round. Returns what was done, in words for the log; a second round right after it does nothing.

    A step that fails is logged with its traceback and does not keep the others from being done: each has what
    it needs in the store and the tables, and the next round tries again. ``at_once`` lands our own tables
    without pause; ``search_store`` looks for deliveries that a crash kept from being noted.
    """
    done: list[str] = []
    for name, step in steps(now, at_once=at_once, search_store=search_store):
        beat()
        try:
            for what in step():
                log.info(name, did=what)
                done.append(what)
        except Exception:
            log.exception("step_failed", step=name)
    beat()
    return done


def steps(
    now: datetime, *, at_once: bool, search_store: bool
) -> list[tuple[str, Callable[[], Iterable[str]]]]:
    return [
        ("units", lambda: change_units(now)),
        ("inbox", lambda: inboxes.sweep(now=now)),
        *(
            [("orphans", lambda: note_orphans(now)), ("photos", lambda: discard_photos(now))]
            if search_store
            else []
        ),
        ("own_tables", lambda: own_tables.land(now=now, at_once=at_once)),
        ("build", lambda: build_registers(now)),
        ("publish", lambda: publish(now)),
        ("ledger", note_ledger_head),
    ]


def change_units(now: datetime) -> Iterator[str]:
    """Names and the tree as they are today."""
    changed = apply_due_changes(on=timezone.localdate(now))
    if changed:
        yield f"{changed} units changed"


def note_orphans(now: datetime) -> Iterator[str]:
    """Deliveries that the store has and the tables have not: the process that took them died in between."""
    known = set(Delivery.objects.values_list("key", flat=True))
    sources = {source.code: source for source in Source.objects.all()}
    for landed in shelf.open_store().deliveries():
        is_old = landed.received_at <= now - ORPHAN_AFTER
        if landed.id not in known and landed.register in sources and is_old:
            origin = Origin(landed.origin) if landed.origin in Origin.values else Origin.INBOX
            note_delivery(source=sources[landed.register], landed=landed, origin=origin, by=None, at=now)
            yield f"noted {landed.id}"


def discard_photos(now: datetime) -> Iterator[str]:
    """Photos of forms that were begun and never sent."""
    discarded = discard_abandoned(before=now - FORM_KEPT_FOR)
    if discarded:
        yield f"discarded {discarded} photos"


def build_registers(now: datetime) -> Iterator[str]:
    """A new version of each register that has deliveries no version knows, a new definition, or a new day."""
    today = timezone.localdate(now)
    for source in Source.objects.select_related("owner").order_by("code"):
        newest = RegisterVersion.objects.filter(source=source).order_by("-serial").first()
        waiting = source.deliveries.filter(built_in=None).exists()
        if not waiting and newest is None:
            continue
        if waiting or is_outdated(newest, source=source, today=today):
            beat()
            version = build(source=source, as_of=today, at=now)
            if newest is None or version.key != newest.key:
                yield f"built {version.key}"


def is_outdated(version: RegisterVersion | None, *, source: Source, today: date) -> bool:
    """Whether a version is of another definition than today's, or of another day where a check asks for the
    day.
    """
    register = source.register
    if version is None or version.definition_digest != register.digest:
        return True
    asks_for_day = any(uses(check.fails_when, "as_of") for check in register.checks)
    return asks_for_day and version.as_of != today


def publish(now: datetime) -> Iterator[str]:
    try:
        release = actions.publish(at=now)
    except actions.Overtaken:
        return
    if release is not None:
        yield f"published release {release.number}: {release.observations_added} observations"


def note_ledger_head() -> Iterator[str]:
    """Outside the database, so that a ledger whose end was cut off is found out."""
    note_head(Path(settings.DODEM_DATA) / "ledger.heads")
    return iter(())


def beat() -> None:
    """Tell ``/healthz`` that the worker lives."""
    (Path(settings.DODEM_DATA) / "worker.beat").touch()
