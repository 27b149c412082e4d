"""Who is concerned by a task: the subtree that leads it, and the units that help, whole groups included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from dodem.access.roles import Permission
from dodem.access.rules import places, visible

if TYPE_CHECKING:
    from dodem.access.models import User


def sees_all(user: User, permission: Permission) -> bool:
    """Whether the permission is held for the whole city."""
    return any(top.parent_id is None for top in places(user, permission))


def concerned(user: User, permission: Permission, *, task: str = "") -> Q:
    """A filter for tasks led or helped in the user's subtrees; ``task`` is the way to them, e.g. "tasks__".

    A task helped by a group ("các sở, ngành") is helped by each of its members. Joins the helpers, so a row
    may come twice: use it in a subquery.
    """
    above = {int(key) for top in places(user, permission) for key in top.path.strip("/").split("/")}
    return (
        visible(user, permission, path=f"{task}lead_unit__path")
        | visible(user, permission, path=f"{task}coordinating__path")
        | Q(**{f"{task}coordinating__in": above})
    )
