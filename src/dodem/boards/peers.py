"""Which units a unit is compared with. Pure: units in, a group and its definition in words out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dodem.pages.formats import number
from dodem.units.models import Kind, Unit

BAND_AT = 100_000  # people: on which side of it a ward lies, where both sides have enough units
LEAST = 10  # units on each side


@dataclass(frozen=True)
class PeerGroup:
    """The unit itself is one of ``units``. ``definition`` says who is in it."""

    units: Sequence[Unit]
    definition: str

    @property
    def count(self) -> int:
        return len(self.units)


def group_of(unit: Unit, living: Sequence[Unit]) -> PeerGroup:
    """Departments are one group. Communes are compared within their kind and former province, and on their
    side of BAND_AT people where both sides have LEAST units. A kind with fewer units than that is one group.
    """
    alike = [other for other in living if other.kind == unit.kind]
    if unit.kind == Kind.DEPARTMENT:
        return PeerGroup(alike, _("%(count)s sở, ngành") % {"count": number(len(alike))})
    near = [other for other in alike if other.former_area == unit.former_area]
    if len(near) < LEAST:
        near = alike
    words = {"count": number(len(near)), "kind": Kind(unit.kind).label.lower(), "area": unit.former_area}
    large = [other for other in near if (other.population or 0) >= BAND_AT]
    small = [other for other in near if (other.population or 0) < BAND_AT]
    if min(len(large), len(small)) >= LEAST and unit.population is not None:
        side = large if unit.population >= BAND_AT else small
        words |= {"count": number(len(side)), "limit": number(BAND_AT // 1000)}
        definition = (
            _("%(count)s %(kind)s thuộc %(area)s trước tháng 7/2025, từ %(limit)s nghìn dân trở lên")
            if side is large
            else _("%(count)s %(kind)s thuộc %(area)s trước tháng 7/2025, dưới %(limit)s nghìn dân")
        )
        return PeerGroup(side, definition % words)
    if near is not alike:
        return PeerGroup(near, _("%(count)s %(kind)s thuộc %(area)s trước tháng 7/2025") % words)
    return PeerGroup(near, _("%(count)s %(kind)s của toàn thành phố") % words)
