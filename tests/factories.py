"""Make what a test needs, with names that read well. The city's units are there already (``conftest``)."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from django.utils import timezone

from dodem.access import actions
from dodem.access.models import Grant, User
from dodem.access.roles import Role
from dodem.units.models import Unit

PASSWORD = "mat-khau-thu-2026"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)  # a fixed moment for whoever passes the clock in

CITY, COMMUNE_LEVEL, DEPARTMENTS = "79", "79-CX", "79-SN"
SAI_GON, BEN_THANH, THU_DAU_MOT = "26740", "26743", "25747"  # three wards
HEALTH, FINANCE = "H29.YT", "H29.TC"  # two departments

_number = count(1)


def unit(code: str) -> Unit:
    """The unit that has this code today: ``unit("79")``, ``unit(SAI_GON)``, ``unit(HEALTH)``."""
    return Unit.objects.valid(on=timezone.localdate()).get(code=code)


def user(
    *,
    role: Role | None = None,
    unit: Unit | str | None = None,
    username: str = "",
    name: str = "Nguyễn Thị Thử",
    password: str = PASSWORD,
    at: datetime = NOON,
) -> User:
    """A person who signs in with ``PASSWORD`` and holds ``role`` at ``unit`` (the city if none is named)."""
    person = User.objects.create_user(
        username=username or f"thu.{next(_number)}", password=password, display_name=name
    )
    if role is not None:
        grant(person, role=role, unit=unit if unit is not None else CITY, at=at)
    return person


def grant(person: User, *, role: Role, unit: Unit | str, at: datetime = NOON) -> Grant:
    """One more role for a person."""
    place = unit if isinstance(unit, Unit) else unit_of(unit)
    person.__dict__.pop("_living_grants", None)
    return actions.grant_role(user=person, role=role, unit=place, by=None, at=at)


unit_of = unit
