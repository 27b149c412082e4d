"""Copy what a page lists from a version of the store: the version itself and its findings, each with its
owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from dodem.audit.kinds import Kind
from dodem.audit.ledger import record
from dodem.dataplane import checks
from dodem.dataplane import store as kept
from dodem.dataplane.definitions import DeliveryPolicy, Privacy, Register
from dodem.registers.models import Delivery, Finding, RegisterVersion, Source
from dodem.units.models import Unit

EVERY_FINDING = 1_000_000_000
HIDDEN = "•••"


@transaction.atomic
def version_noted(
    *, source: Source, store: kept.Store, version: kept.RegisterVersion, at: datetime
) -> RegisterVersion:
    """Mirror a version in force, once. Its findings replace those of the version before it."""
    known = RegisterVersion.objects.filter(key=version.id).first()
    if known is not None:
        return known
    source = Source.objects.select_for_update().get(pk=source.pk)
    mirrored = RegisterVersion.objects.create(
        key=version.id,
        source=source,
        serial=version.serial,
        as_of=version.as_of,
        built_at=at,
        records=version.records,
        rejected=version.rejected,
        findings_count=version.findings,
        definition_digest=version.definition_digest,
        manifest_sha256=kept.sha256_of(version.folder / "manifest.json"),
        last_received_at=version.last_received_at,
    )
    waiting = Delivery.objects.filter(source=source, built_in=None)
    if version.register.deliveries is DeliveryPolicy.FULL:
        waiting = waiting.filter(received_at__lte=version.last_received_at or at)
    else:
        waiting = waiting.filter(key__in=version.delivery_ids)
    waiting.update(built_in=mirrored)
    source.findings.all().delete()
    Finding.objects.bulk_create(findings_of(source, mirrored, version), batch_size=500)
    record(
        Kind.REGISTER_BUILT,
        mirrored,
        by=None,
        at=at,
        unit_code=source.owner.code,
        records=version.records,
        rejected=version.rejected,
        findings=version.findings,
        manifest_sha256=mirrored.manifest_sha256,
    )
    return mirrored


def findings_of(
    source: Source, mirrored: RegisterVersion, version: kept.RegisterVersion
) -> Iterator[Finding]:
    """The findings as rows, each at the living unit that is to mend it; the source's owner answers for the
    rest.
    """
    units = {unit.code: unit for unit in Unit.objects.filter(valid_to__isnull=True)}
    deliveries = {one.key: one for one in Delivery.objects.filter(key__in=version.delivery_ids)}
    register = version.register
    hidden = {field.name for field in register.fields if field.privacy is not Privacy.PUBLIC}
    for finding in checks.findings(version, limit=EVERY_FINDING):
        is_hidden = finding.field in hidden
        yield Finding(
            source=source,
            version=mirrored,
            delivery=deliveries[finding.delivery_id],
            unit=units.get(finding.unit_code, source.owner),
            row_number=finding.row_number,
            record_key=(finding.record_key or "")[:200],
            check_code=finding.check,
            word=finding.word.value,
            severity=finding.severity.value,
            field=finding.field,
            value="" if is_hidden else (finding.value or "")[:300],
            message=unfilled(register, finding.check) if is_hidden else finding.message.vi,
        )


def unfilled(register: Register, check: str) -> str:
    """The message of a check on a personal field: without the value."""
    return register.check(check).message.vi.replace("{value}", HIDDEN)
