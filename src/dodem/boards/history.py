"""What a unit was made of and what became of it, as its page tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dodem.units.models import Succession, Unit, UnitName


@dataclass(frozen=True)
class History:
    """``made_of`` and ``became`` are successions with both units; ``names`` the newest first."""

    names: Sequence[UnitName]
    made_of: Sequence[Succession]
    became: Sequence[Succession]


def history_of(unit: Unit) -> History:
    """Three queries."""
    both = Succession.objects.select_related("predecessor", "successor")
    return History(
        names=list(unit.names.order_by("-valid_from")),
        made_of=list(both.filter(successor=unit).order_by("-effective_on", "predecessor__sort_key")),
        became=list(both.filter(predecessor=unit).order_by("effective_on", "successor__sort_key")),
    )
