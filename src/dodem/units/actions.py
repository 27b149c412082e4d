"""Units are added, renamed, merged and split from a given day on, and nothing that was is lost.

Every change is written as dated facts at once, also one that lies ahead: a name with its first day, an end, a
succession. What is derived from them for quick reading (``Unit.name``, the place in the tree) is brought up
to a day by ``apply_due_changes``, which the actions call and the worker calls every morning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dodem.audit.kinds import Kind as Event
from dodem.audit.ledger import Actor, record
from dodem.units.load import Loaded, blank, load_definitions, name_all, plant
from dodem.units.models import Kind, Succession, Unit, UnitName
from dodem.units.naming import clean, order_key, search_key, short_of

__all__ = [
    "ChangeRefused",
    "Loaded",
    "NewUnit",
    "add_unit",
    "apply_due_changes",
    "load_definitions",
    "merge_units",
    "rename_unit",
    "split_unit",
]

ONE_DAY = timedelta(days=1)


class ChangeRefused(Exception):
    """The change does not fit what is known of the units; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class NewUnit:
    """A unit about to be made. An empty ``short_name`` is taken from the name."""

    code: str
    kind: Kind
    name: str
    short_name: str = ""
    name_en: str = ""
    agency_code: str = ""
    area_km2: Decimal | None = None
    population: int | None = None
    population_on: date | None = None
    office: str = ""


@transaction.atomic
def add_unit(*, new: NewUnit, parent: Unit, from_on: date, by: Actor | None, at: datetime) -> Unit:
    """Make a unit beneath ``parent`` that exists from ``from_on`` on. Raises ChangeRefused."""
    unit = make(new, parent=parent, from_on=from_on)
    record(Event.UNIT_CREATED, unit, by=by, at=at, unit_code=unit.code, from_on=from_on.isoformat())
    return unit


@transaction.atomic
def rename_unit(
    *,
    unit: Unit,
    name: str,
    from_on: date,
    by: Actor | None,
    at: datetime,
    short_name: str = "",
    name_en: str = "",
) -> Unit:
    """Give a unit another name from ``from_on`` on; earlier days keep theirs. Raises ChangeRefused."""
    unit = locked([unit], on=from_on)[0]
    name = clean(name)
    newest = unit.names.get(valid_to=None)
    if not name:
        raise ChangeRefused(_("Hãy nhập tên mới của đơn vị."))
    if name == newest.name:
        raise ChangeRefused(_("Tên mới trùng với tên đang dùng: %(name)s.") % {"name": name})
    if newest.valid_from and from_on <= newest.valid_from:
        raise ChangeRefused(
            _("Tên “%(name)s” có hiệu lực từ ngày %(day)s; chỉ đổi được từ sau ngày đó.")
            % {"name": newest.name, "day": f"{newest.valid_from:%d/%m/%Y}"}
        )
    newest.valid_to = from_on - ONE_DAY
    newest.save(update_fields=["valid_to"])
    UnitName.objects.create(
        unit=unit,
        name=name,
        short_name=clean(short_name) or short_of(name),
        name_en=clean(name_en),
        valid_from=from_on,
    )
    refresh_search_key(unit)
    record(
        Event.UNIT_RENAMED,
        unit,
        by=by,
        at=at,
        unit_code=unit.code,
        before=newest.name,
        after=name,
        from_on=from_on.isoformat(),
    )
    apply_due_changes(on=timezone.localdate(at))
    unit.refresh_from_db()
    return unit


@transaction.atomic
def merge_units(
    *,
    units: Sequence[Unit],
    into: Unit | NewUnit,
    from_on: date,
    clause: str,
    by: Actor | None,
    at: datetime,
) -> Unit:
    """Let ``units`` end the day before ``from_on`` and go whole into a living or a new unit; return that.

    They hang beneath it from then on, so that what was theirs is counted with it. ``clause`` names the
    article of the decision. Raises ChangeRefused.
    """
    if not units:
        raise ChangeRefused(_("Hãy chọn ít nhất một đơn vị để sáp nhập."))
    ending = locked(units, on=from_on)
    check_same_parent(ending)
    if isinstance(into, NewUnit):
        check_end(ending, from_on=from_on)
        end(ending, last_on=from_on - ONE_DAY)
        successor = make(into, parent=parent_of(ending[0]), from_on=from_on)
    else:
        if into.pk in {unit.pk for unit in ending}:
            raise ChangeRefused(_("Một đơn vị không sáp nhập vào chính mình."))
        successor = locked([into], on=from_on)[0]
        check_same_parent([*ending, successor])
        check_end(ending, from_on=from_on)
        end(ending, last_on=from_on - ONE_DAY)
    succeed([(unit, successor, Succession.Role.WHOLE) for unit in ending], from_on=from_on, clause=clause)
    record(
        Event.UNIT_MERGED,
        successor,
        by=by,
        at=at,
        unit_code=successor.code,
        merged=[unit.code for unit in ending],
        from_on=from_on.isoformat(),
        clause=clean(clause),
    )
    apply_due_changes(on=timezone.localdate(at))
    successor.refresh_from_db()
    return successor


@transaction.atomic
def split_unit(
    *,
    unit: Unit,
    parts: Sequence[NewUnit | Unit],
    from_on: date,
    clause: str,
    by: Actor | None,
    at: datetime,
) -> list[Unit]:
    """Let ``unit`` end the day before ``from_on`` and its parts become new units or go to living ones.

    The ended unit stays where it hung: no part of it is the main one. Raises ChangeRefused.
    """
    if len(parts) < 2:
        raise ChangeRefused(_("Chia tách cần ít nhất hai đơn vị nhận."))
    ending = locked([unit], on=from_on)
    check_end(ending, from_on=from_on)
    parent = parent_of(ending[0])
    living = [part for part in parts if isinstance(part, Unit)]
    if ending[0].pk in {part.pk for part in living}:
        raise ChangeRefused(_("Đơn vị bị chia tách không thể nhận một phần của chính mình."))
    check_same_parent([*ending, *(locked(living, on=from_on) if living else [])])
    end(ending, last_on=from_on - ONE_DAY)
    successors = [
        part if isinstance(part, Unit) else make(part, parent=parent, from_on=from_on) for part in parts
    ]
    succeed(
        [(ending[0], successor, Succession.Role.PART) for successor in successors],
        from_on=from_on,
        clause=clause,
    )
    record(
        Event.UNIT_SPLIT,
        ending[0],
        by=by,
        at=at,
        unit_code=ending[0].code,
        parts=[successor.code for successor in successors],
        from_on=from_on.isoformat(),
        clause=clean(clause),
    )
    return successors


@transaction.atomic
def apply_due_changes(*, on: date) -> int:
    """Bring names and the tree up to a day, and return how many units changed. Safe to repeat."""
    changed = 0
    same_name = Q(unit__name=F("name"), unit__short_name=F("short_name"), unit__name_en=F("name_en"))
    for name in UnitName.objects.valid(on=on).exclude(same_name).select_related("unit"):
        unit = name.unit
        unit.name, unit.short_name, unit.name_en = name.name, name.short_name, name.name_en
        unit.sort_key = order_key(name=name.name, short_name=name.short_name)
        unit.save(update_fields=["name", "short_name", "name_en", "sort_key"])
        changed += 1
    taken_over = Succession.objects.filter(role__in=Succession.WHOLE_ROLES, effective_on__lte=on)
    for succession in (
        taken_over.exclude(predecessor__parent=F("successor"))
        .select_related("predecessor", "successor")
        .order_by("effective_on", "pk")
    ):
        move(succession.predecessor, beneath=succession.successor)
        changed += 1
    return changed


def locked(units: Sequence[Unit], *, on: date) -> list[Unit]:
    """The same units, fresh and locked until the transaction ends. Raises ChangeRefused for one that does not
    exist on the day or may not be changed.
    """
    fresh = list(Unit.objects.select_for_update().filter(pk__in=[unit.pk for unit in units]).order_by("pk"))
    for unit in fresh:
        if unit.kind in (Kind.CITY, Kind.GROUP):
            raise ChangeRefused(_("%(unit)s không đổi được ở đây.") % {"unit": unit.name})
        if (unit.valid_from and on < unit.valid_from) or (unit.valid_to and on > unit.valid_to):
            raise ChangeRefused(
                _("%(unit)s không tồn tại vào ngày %(day)s.") % {"unit": unit.name, "day": f"{on:%d/%m/%Y}"}
            )
    return fresh


def check_same_parent(units: Sequence[Unit]) -> None:
    if len({unit.parent_id for unit in units}) > 1:
        raise ChangeRefused(_("Chỉ sáp nhập, chia tách được giữa các đơn vị cùng cấp."))


def check_end(units: Sequence[Unit], *, from_on: date) -> None:
    """A unit ends once, after it began, and not before a name it is still to get."""
    for unit in units:
        if unit.valid_to is not None:
            raise ChangeRefused(
                _("%(unit)s đã có quyết định kết thúc vào ngày %(day)s.")
                % {"unit": unit.name, "day": f"{unit.valid_to:%d/%m/%Y}"}
            )
        newest = unit.names.get(valid_to=None)
        if newest.valid_from and from_on <= newest.valid_from:
            raise ChangeRefused(
                _("%(unit)s mang tên “%(name)s” từ ngày %(day)s; chỉ kết thúc được sau ngày đó.")
                % {"unit": unit.name, "name": newest.name, "day": f"{newest.valid_from:%d/%m/%Y}"}
            )


def end(units: Sequence[Unit], *, last_on: date) -> None:
    for unit in units:
        unit.valid_to = last_on
        unit.save(update_fields=["valid_to"])
        unit.names.filter(valid_to=None).update(valid_to=last_on)


def succeed(pairs: Sequence[tuple[Unit, Unit, Succession.Role]], *, from_on: date, clause: str) -> None:
    Succession.objects.bulk_create(
        Succession(
            predecessor=predecessor,
            successor=successor,
            role=role,
            effective_on=from_on,
            clause=clean(clause),
        )
        for predecessor, successor, role in pairs
    )


def make(new: NewUnit, *, parent: Unit, from_on: date) -> Unit:
    """Plant a new unit with its first name. Raises ChangeRefused for a name missing or a code in use."""
    code, name, agency_code = clean(new.code), clean(new.name), clean(new.agency_code)
    if not code or not name:
        raise ChangeRefused(_("Đơn vị mới cần có mã và tên."))
    if Unit.objects.filter(code=code).exclude(valid_to__lt=from_on).exists():
        raise ChangeRefused(_("Mã %(code)s đang được một đơn vị khác dùng.") % {"code": code})
    if agency_code and Unit.objects.filter(agency_code=agency_code).exists():
        raise ChangeRefused(_("Mã định danh %(code)s đã được dùng.") % {"code": agency_code})
    unit = blank(
        code=code,
        kind=new.kind,
        name=name,
        short_name=clean(new.short_name) or short_of(name),
        name_en=clean(new.name_en),
    )
    unit.agency_code = agency_code or None
    unit.area_km2 = new.area_km2
    unit.population, unit.population_on = new.population, new.population_on
    unit.office = clean(new.office)
    unit.valid_from = from_on
    plant([unit], parents=[parent])
    name_all([unit])
    return unit


def parent_of(unit: Unit) -> Unit:
    assert unit.parent is not None, "only the city has no parent, and it neither merges nor splits"
    return unit.parent


def move(unit: Unit, *, beneath: Unit) -> None:
    """Hang a unit and its whole subtree beneath another."""
    unit = Unit.objects.get(pk=unit.pk)
    beneath = Unit.objects.get(pk=beneath.pk)
    old, new = unit.path, f"{beneath.path}{unit.pk}/"
    Unit.objects.filter(pk=unit.pk).update(parent=beneath)
    subtree = list(Unit.objects.filter(path__startswith=old))
    for member in subtree:
        member.path = new + member.path.removeprefix(old)
    Unit.objects.bulk_update(subtree, ["path"], batch_size=200)


def refresh_search_key(unit: Unit) -> None:
    """Search finds a unit by every name it has, had or will have."""
    names = [
        text
        for name in unit.names.order_by("-valid_from")
        for text in (name.name, name.short_name, name.name_en)
    ]
    unit.search_key = search_key([*names, *unit.other_names])
    unit.save(update_fields=["search_key"])
