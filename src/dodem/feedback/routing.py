"""To which unit a report goes. Pure: no database, no clock; never a silent guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from dodem.feedback.kinds import Basis
from dodem.vietnam.text import fold


class Resolved(Protocol):
    """What ``dodem.vietnam.addresses`` makes of an address: one unit, or several that could be meant, and
    why.
    """

    @property
    def unit_code(self) -> str | None: ...
    @property
    def candidates(self) -> Sequence[str]: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True)
class Route:
    """Where a report goes. ``unit_code`` None: to the desk that routes by hand, with the ``candidates`` it
    may weigh.
    """

    unit_code: str | None
    basis: Basis
    reason: str
    candidates: tuple[str, ...] = ()


def choose_unit(*, chosen: str | None, resolution: Resolved | None) -> Route:
    """The unit the sender chose; else the one unit the address means; else a person decides."""
    if chosen:
        return Route(chosen, Basis.CHOSEN, _("Người gửi chọn đơn vị này."))
    if resolution is None:
        return Route(None, Basis.DESK, _("Không có địa chỉ."))
    if resolution.unit_code:
        return Route(resolution.unit_code, Basis.ADDRESS, resolution.reason)
    return Route(None, Basis.DESK, resolution.reason, tuple(resolution.candidates))


def place_key(address: str) -> str:
    """What two reports of one place have in common: the address before its first comma, without marks or
    signs.
    """
    return fold(address.split(",")[0])[:200]
