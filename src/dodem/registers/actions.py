"""Take files and rows in, and mirror what the store then holds.

Order is what makes a crash harmless: the store first (whole or not at all, known by the bytes' hash), the
rows here second, the file in the inbox last. Every step finds what an earlier, interrupted one left and goes
on from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from dodem.audit.kinds import Kind
from dodem.audit.ledger import record
from dodem.dataplane import clean, landing
from dodem.dataplane import store as kept
from dodem.dataplane.definition_files import load_all
from dodem.dataplane.rejection import RejectedFile
from dodem.registers import mirror, shelf
from dodem.registers.models import Delivery, Origin, RegisterVersion, Rejection, Repeat, Source
from dodem.units.models import Unit
from dodem.vietnam.text import nfc

if TYPE_CHECKING:
    from dodem.access.models import User

__all__ = [
    "Received",
    "RejectedFile",
    "build",
    "hand_in_rows",
    "load_sources",
    "note_delivery",
    "receive_file",
]


@dataclass(frozen=True)
class Received:
    """A delivery, and whether its bytes were new."""

    delivery: Delivery
    is_new: bool


@transaction.atomic
def load_sources() -> int:
    """Give every register definition its source, and its inbox folder. Returns how many are new."""
    known = set(Source.objects.values_list("code", flat=True))
    owners = {unit.code: unit for unit in Unit.objects.filter(valid_to__isnull=True)}
    new = [
        Source(code=register.code, owner=owners[register.owner_unit_code])
        for register in load_all().registers.values()
        if register.code not in known
    ]
    Source.objects.bulk_create(new)
    for source in Source.objects.all():
        if not source.is_application:
            (shelf.inbox() / source.code).mkdir(parents=True, exist_ok=True)
    return len(new)


def receive_file(
    *,
    source: Source,
    filename: str,
    content: Path,
    origin: Origin,
    by: User | None,
    at: datetime,
    note: str = "",
    lying_since: datetime | None = None,
) -> Received:
    """Keep a file byte for byte. The same file again makes no second delivery.

    ``lying_since`` is when a file of an inbox came to lie there: one that was there before its delivery was
    noted is the same handing-in, taken up again after a crash. Raises RejectedFile, after noting the refusal:
    then the file's name, size and hash are all that stays.
    """
    store = shelf.open_store()
    name = nfc(filename).strip()[-255:] or source.code
    try:
        receipt = landing.receive(
            store,
            register=source.register,
            filename=name,
            content=content,
            received_at=at,
            origin=origin.value,
            largest=settings.DODEM_MAX_UPLOAD,
        )
    except RejectedFile as error:
        note_rejection(
            source=source,
            filename=name,
            content=content,
            error=error,
            origin=origin,
            by=by,
            at=at,
            lying_since=lying_since,
        )
        raise
    return note_delivery(
        source=source,
        landed=receipt.delivery,
        origin=origin,
        by=by,
        at=at,
        note=note,
        again=not receipt.is_new,
        lying_since=lying_since,
    )


@transaction.atomic
def note_delivery(
    *,
    source: Source,
    landed: kept.Delivery,
    origin: Origin,
    by: User | None,
    at: datetime,
    note: str = "",
    again: bool = False,
    lying_since: datetime | None = None,
) -> Received:
    """Mirror a delivery of the store. ``again``: its bytes were there before this handing-in.

    A delivery that the store has and the tables have not (the process died between the two) is noted as new.
    """
    source = Source.objects.select_for_update().get(pk=source.pk)
    delivery, is_new = Delivery.objects.get_or_create(
        key=landed.id,
        defaults={
            "source": source,
            "sha256": landed.sha256,
            "filename": landed.filename,
            "bytes": landed.bytes,
            "rows": landed.rows,
            "encoding": landed.encoding,
            "reading_notes": list(landed.notes),
            "received_at": landed.received_at,
            "origin": origin,
            "uploaded_by": by,
            "note": nfc(note).strip(),
        },
    )
    if is_new:
        facts = {"rows": landed.rows, "bytes": landed.bytes, "sha256": landed.sha256, "source": source.code}
        record(Kind.DELIVERY_RECEIVED, delivery, by=by, at=at, unit_code=source.owner.code, **facts)
    elif again and not source.is_application and not already_taken(delivery.received_at, lying_since):
        Repeat.objects.create(delivery=delivery, at=at, origin=origin, by=by)
        record(
            Kind.DELIVERY_REPEATED, delivery, by=by, at=at, unit_code=source.owner.code, source=source.code
        )
    if source.heard_at is None or source.heard_at < at:
        source.heard_at = at
        source.save(update_fields=["heard_at"])
    return Received(delivery, is_new)


@transaction.atomic
def note_rejection(
    *,
    source: Source,
    filename: str,
    content: Path | None,
    error: RejectedFile,
    origin: Origin,
    by: User | None,
    at: datetime,
    size: int = 0,
    lying_since: datetime | None = None,
) -> Rejection:
    """Record what was refused and why. ``content`` is None where the upload was cut off at the limit."""
    sha256 = kept.sha256_of(content) if content else ""
    known = source.rejections.filter(filename=filename[-255:], sha256=sha256).first()
    if known is not None and already_taken(known.at, lying_since):
        return known
    rejection = Rejection.objects.create(
        source=source,
        filename=filename[-255:],
        bytes=content.stat().st_size if content else size,
        sha256=sha256,
        code=error.code,
        message=str(error),
        at=at,
        origin=origin,
        by=by,
    )
    record(Kind.DELIVERY_REJECTED, source, by=by, at=at, unit_code=source.owner.code, reason=error.code)
    return rejection


def already_taken(at: datetime, lying_since: datetime | None) -> bool:
    """Whether a file of an inbox lay there when it was taken at ``at``: then only its moving away is left to
    do.
    """
    return lying_since is not None and lying_since <= at


def hand_in_rows(*, source: Source, rows: Iterable[Mapping[str, object]], at: datetime) -> Received:
    """Take the application's own rows as a delivery. Rows that are as they were make no new one."""
    receipt = landing.rows_handed_in(
        shelf.open_store(),
        register=source.register,
        rows=rows,
        received_at=at,
        origin=Origin.APPLICATION.value,
    )
    return note_delivery(
        source=source,
        landed=receipt.delivery,
        origin=Origin.APPLICATION,
        by=None,
        at=at,
        again=not receipt.is_new,
    )


def build(*, source: Source, as_of: date, at: datetime) -> RegisterVersion:
    """Build the register from all its deliveries and mirror the version. Nothing new gives the version in
    force.
    """
    store = shelf.open_store()
    version = clean.build_register(store, source.register, as_of=as_of)
    return mirror.version_noted(source=source, store=store, version=version, at=at)
