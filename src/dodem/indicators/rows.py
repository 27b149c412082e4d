"""One row beneath a figure, as it arrived: guarded where the figure is, and only if the figure counts it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dodem.indicators.models import Observation
from dodem.indicators.reopen import Opened
from dodem.registers.models import Delivery
from dodem.units.models import Unit


@dataclass(frozen=True)
class FigureRow:
    """A line of a file that stands behind a figure. ``record`` is the record it became."""

    opened: Opened
    delivery: Delivery
    row_number: int
    record: dict[str, object]

    @property
    def observation(self) -> Observation:
        return self.opened.observation

    def guarding_units(self, permission: str) -> Iterable[Unit]:
        """The figure's unit: whoever may see its records may see each of them."""
        return [self.observation.unit]


def row_behind(opened: Opened, delivery: Delivery, row_number: int) -> FigureRow | None:
    """The row, or None when the figure does not count it."""
    page = opened.records(part="denominator", limit=1, only=(delivery.key, row_number))
    return FigureRow(opened, delivery, row_number, dict(page.rows[0])) if page.rows else None
