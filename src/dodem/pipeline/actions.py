"""Publish: put what was counted into the observations, append-only, as one numbered release."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from dodem.audit.bulk import insert_many
from dodem.audit.chain import canonical
from dodem.audit.kinds import Kind
from dodem.audit.ledger import record
from dodem.indicators.models import Observation, Release, ScopeSet
from dodem.indicators.queries import latest_release
from dodem.pipeline import measuring
from dodem.pipeline.measuring import Inputs, Measured
from dodem.registers import shelf
from dodem.units.models import Unit


class Overtaken(Exception):
    """Another release was published while this one was being counted. Nothing was written; count again."""


def publish(*, at: datetime) -> Release | None:
    """Count everything and publish what changed. None when nothing a release depends on has.

    A release is also published when only the day turned: it says that the figures hold on that day too.
    Raises Overtaken.
    """
    what = measuring.inputs(as_of=timezone.localdate(at))
    latest = latest_release()
    if not what.versions or (latest is not None and depends_on(latest) == what.as_manifest()):
        return None
    store = shelf.open_store()
    measured = measuring.measure_all(store, what)
    for indicator in what.indicators.values():
        store.keep_indicator(digest=indicator.digest, text=indicator.source_text)
    return put_out(what, measured, after=latest, at=at)


@transaction.atomic
def put_out(what: Inputs, measured: Iterable[Measured], *, after: Release | None, at: datetime) -> Release:
    """Write one release: its row, the observations that changed, one event. Raises Overtaken."""
    latest = Release.objects.select_for_update().order_by("-number").first()
    if latest != after:
        raise Overtaken(f"release {latest} came in between")
    units = {unit.code: unit.pk for unit in Unit.objects.valid(on=what.as_of)}
    changed = measuring.changes(measured, measuring.published(what), what)
    manifest = canonical(what.as_manifest() | {"observations": digest_of(one for one, _ in changed)})
    scopes, _ = ScopeSet.objects.get_or_create(digest=what.scopes_digest, defaults={"pairs": what.scopes})
    release = Release.objects.create(
        number=latest.number + 1 if latest else 1,
        published_at=at,
        as_of=what.as_of,
        manifest=manifest,
        manifest_sha256=hashlib.sha256(manifest.encode()).hexdigest(),
        scopes=scopes,
        observations_added=len(changed),
    )
    release.versions.set(what.versions.values())
    insert_many(
        Observation,
        (
            Observation(
                indicator=one.place[0],
                unit_id=units[one.place[1]],
                period_start=one.place[2],
                group=one.place[3],
                numerator=one.numerator,
                denominator=one.denominator,
                value=one.value,
                as_of=what.as_of,
                release=release,
                version=one.version,
                definition_digest=one.definition_digest,
                replaces_id=replaced.pk if replaced else None,
            )
            for one, replaced in changed
        ),
    )
    record(
        Kind.RELEASE_PUBLISHED,
        release,
        by=None,
        at=at,
        observations=len(changed),
        manifest_sha256=release.manifest_sha256,
    )
    return release


def depends_on(release: Release) -> dict[str, object]:
    """What a release was counted from, as its manifest says."""
    manifest: dict[str, object] = json.loads(release.manifest)
    del manifest["observations"]
    return manifest


def digest_of(measured: Iterable[Measured]) -> str:
    """SHA-256 over the published values, whatever order they were counted in."""
    lines = sorted(
        json.dumps([*map(str, one.place), one.numerator, one.denominator, str(one.value)], ensure_ascii=False)
        for one in measured
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
