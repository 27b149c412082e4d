"""The units that exist on a day, sorted once for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dodem.units.models import Kind, Unit


@dataclass(frozen=True)
class Living:
    """``tops`` are the city and its groups; the others in Vietnamese order."""

    tops: Sequence[Unit]
    departments: Sequence[Unit]
    communes: Sequence[Unit]

    @property
    def leaves(self) -> list[Unit]:
        return [*self.communes, *self.departments]


def living_units(*, on: date) -> Living:
    """One query."""
    units = list(Unit.objects.valid(on=on).in_order().defer("search_key", "aliases"))
    return Living(
        tops=[unit for unit in units if unit.kind in (Kind.CITY, Kind.GROUP)],
        departments=[unit for unit in units if unit.kind == Kind.DEPARTMENT],
        communes=[unit for unit in units if unit.is_commune_level],
    )
