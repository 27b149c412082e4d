"""The one question about permissions, and the same question asked of a whole list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _

from dodem.access.roles import CITY_WIDE, TABLE, Permission, Role
from dodem.units.models import Unit

if TYPE_CHECKING:
    from dodem.access.models import Grant, User


@dataclass(frozen=True)
class Verdict:
    """The answer to ``can``: truthy when allowed, with the reason in words and the role it rests on."""

    allowed: bool
    reason: str
    role: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def can(
    user: User | AnonymousUser, permission: Permission, unit: Unit | Iterable[Unit] | None = None
) -> Verdict:
    """May ``user`` do this at ``unit`` (at any one of several; None: anywhere at all)? And why?

    A grant at a unit holds for its subtree. Permissions in ``CITY_WIDE`` hold everywhere once held anywhere.
    """
    if not user.is_authenticated:
        return Verdict(False, _("Bạn chưa đăng nhập."))
    if not user.is_active:
        return Verdict(False, _("Tài khoản này đã ngừng hoạt động."))
    places = [unit] if isinstance(unit, Unit) else None if unit is None else list(unit)
    holding = [grant for grant in grants_of(user) if permission in TABLE[Role(grant.role)]]
    if not holding:
        return Verdict(False, _("Không vai trò nào của bạn được %(what)s.") % {"what": permission.label})
    for grant in holding:
        everywhere = places is None or permission in CITY_WIDE
        if everywhere or any(place.is_beneath(grant.unit) for place in places or []):
            role, where = Role(grant.role).label, grant.unit.display_name
            reason = _("%(role)s tại %(where)s được %(what)s.")
            return Verdict(
                True, reason % {"role": role, "where": where, "what": permission.label}, grant.role
            )
    held = ", ".join(sorted({grant.unit.display_name for grant in holding}))
    return Verdict(
        False,
        _("Bạn chỉ được %(what)s trong phạm vi %(held)s.") % {"what": permission.label, "held": held},
    )


def grants_of(user: User | AnonymousUser) -> list[Grant]:
    """The living grants with their units: one query a request, kept on the user object."""
    if not user.is_authenticated:
        return []
    kept: list[Grant] | None = getattr(user, "_living_grants", None)
    if kept is None:
        kept = list(user.grants.filter(revoked_at__isnull=True).select_related("unit"))
        user._living_grants = kept  # type: ignore[attr-defined]
    return kept


def places(user: User | AnonymousUser, permission: Permission) -> list[Unit]:
    """The tops of the subtrees in which the user holds a permission."""
    return [grant.unit for grant in grants_of(user) if permission in TABLE[Role(grant.role)]]


def visible(user: User | AnonymousUser, permission: Permission, *, path: str = "unit__path") -> Q:
    """A filter that keeps rows whose unit (reached by ``path``, e.g. "lead_unit__path") the user may see."""
    tops = places(user, permission)
    if any(top.parent_id is None for top in tops):
        return Q()
    inside = Q(pk__in=[])
    for top in tops:
        inside |= Q(**{f"{path}__startswith": top.path})
    return inside


def own_unit(user: Any) -> Unit | None:
    """The unit a person works at: that of their first grant."""
    grants = grants_of(user)
    return grants[0].unit if grants else None
