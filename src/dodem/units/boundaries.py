"""Keep the outlines of the units from the city's own boundary file. Without one, the map of tiles serves."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dodem.audit.kinds import Kind as Event
from dodem.audit.ledger import Actor, record
from dodem.units import boundary_files
from dodem.units.models import Kind, Outline, Unit


@dataclass(frozen=True)
class Report:
    """What an import did. ``imported`` is 0 when anything in ``faults`` kept the file out."""

    imported: int
    faults: list[str]
    notes: list[str]

    @property
    def fits(self) -> bool:
        return not self.faults

    def __str__(self) -> str:
        said = (
            [_("Đã nạp ranh giới của %(units)d đơn vị.") % {"units": self.imported}]
            if self.fits
            else [_("Chưa nạp gì: tệp không khớp."), *self.faults]
        )
        return "\n".join([*said, *self.notes])


def import_boundaries(
    path: Path, *, by: Actor | None = None, at: datetime | None = None, source: str = ""
) -> Report:
    """Import a GeoJSON or TopoJSON file whole or not at all; earlier outlines of its units are replaced.

    ``source`` is what maps cite; the file's name when empty. ``at`` is now unless said otherwise. Raises
    OSError if the file cannot be read.
    """
    at = at or timezone.now()
    content = path.read_bytes()
    living = {unit.code: unit for unit in Unit.objects.commune_level().valid(on=timezone.localdate(at))}
    try:
        check = boundary_files.check(content, codes=living)
    except boundary_files.UnreadableBoundaries as error:
        return Report(0, [str(error)], [])
    if check.faults:
        return Report(0, check.faults, check.notes)
    keep(check.shapes, units=living, source=source or path.name, content=content, by=by, at=at)
    return Report(len(check.shapes), [], check.notes)


@transaction.atomic
def keep(
    shapes: Mapping[str, list[boundary_files.Polygon]],
    *,
    units: Mapping[str, Unit],
    source: str,
    content: bytes,
    by: Actor | None,
    at: datetime,
) -> None:
    Outline.objects.bulk_create(
        [
            Outline(unit=units[code], rings=polygons, source=source, imported_at=at)
            for code, polygons in shapes.items()
        ],
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=["rings", "source", "imported_at"],
        batch_size=50,
    )
    city = Unit.objects.get(kind=Kind.CITY)
    record(
        Event.BOUNDARIES_IMPORTED,
        city,
        by=by,
        at=at,
        unit_code=city.code,
        units=len(shapes),
        sha256=hashlib.sha256(content).hexdigest(),
        source=source,
    )
