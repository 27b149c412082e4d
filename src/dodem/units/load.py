"""The first units of a centre, from ``definitions/units``: who exists, and what they were made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from dodem.audit.kinds import Kind as Event
from dodem.audit.ledger import record
from dodem.units.models import Kind, Succession, Unit, UnitName
from dodem.units.naming import order_key, search_key, short_of
from dodem.vietnam import units as definitions
from dodem.vietnam.text import fold

LAST_DAY_BEFORE_REFORM = definitions.REFORM_ON - timedelta(days=1)
RESOLUTION = "Điều 1 Nghị quyết số 1685/NQ-UBTVQH15"


@dataclass(frozen=True)
class Loaded:
    """How many rows a load made; all 0 when the units were there already."""

    units: int = 0
    former_units: int = 0
    successions: int = 0


@transaction.atomic
def load_definitions(*, at: datetime) -> Loaded:
    """Make the city, its groups, departments, 168 communes and 442 former units, once.

    A centre that has its city already is left as it is: from then on units change only by the actions.
    """
    if Unit.objects.filter(code=definitions.CITY, kind=Kind.CITY).exists():
        return Loaded()
    nodes = plant_nodes()
    beneath = {
        definitions.DEPARTMENTS: list(departments()),
        definitions.COMMUNE_LEVEL: list(communes()),
    }
    for code, units in beneath.items():
        plant(units, parents=[nodes[code]] * len(units))
    communes_by_code = {unit.code: unit for unit in beneath[definitions.COMMUNE_LEVEL]}
    former, successions = plant_former(communes_by_code, elsewhere=nodes[definitions.COMMUNE_LEVEL])
    living = [*nodes.values(), *beneath[definitions.DEPARTMENTS], *beneath[definitions.COMMUNE_LEVEL]]
    name_all([*living, *former])
    city = nodes[definitions.CITY]
    loaded = Loaded(units=len(living), former_units=len(former), successions=successions)
    record(
        Event.UNIT_CREATED,
        city,
        by=None,
        at=at,
        unit_code=city.code,
        units=loaded.units,
        former_units=loaded.former_units,
        successions=loaded.successions,
    )
    return loaded


def plant_nodes() -> dict[str, Unit]:
    """The city and its group nodes, by code."""
    planted: dict[str, Unit] = {}
    for node in definitions.nodes():
        unit = blank(
            code=node.code,
            kind=Kind(node.kind),
            name=node.name,
            short_name=node.short_name,
            name_en=node.name_en,
            aliases=node.aliases,
        )
        plant([unit], parents=[planted[node.parent_code] if node.parent_code else None])
        planted[node.code] = unit
    return planted


def departments() -> Iterable[Unit]:
    for row in definitions.departments():
        unit = blank(
            code=row.code,
            kind=Kind.DEPARTMENT,
            name=row.name,
            short_name=row.short_name,
            name_en=row.name_en,
            aliases=row.aliases,
        )
        unit.agency_code = row.agency_code
        yield unit


def communes() -> Iterable[Unit]:
    for row in definitions.communes():
        unit = blank(
            code=row.code, kind=Kind(row.kind), name=row.name, short_name=row.short_name, name_en=row.name_en
        )
        unit.former_area = row.former_area
        unit.area_km2 = row.area_km2
        unit.population, unit.population_on = row.population, row.population_on
        unit.office = row.office
        unit.valid_from = row.valid_from
        yield unit


def plant_former(successors: dict[str, Unit], *, elsewhere: Unit) -> tuple[list[Unit], int]:
    """The ended units and what each became. Whoever went whole hangs beneath its successor, whoever was
    split beneath ``elsewhere``, for the law names no main part. Returns the units and how many moves.
    """
    moves: dict[str, list[definitions.FormerUnit]] = defaultdict(list)
    for move in definitions.former_units():
        moves[code_of(move)].append(move)
    merged_earlier: dict[str, list[str]] = defaultdict(list)
    for old in definitions.historic_units():
        merged_earlier[old.became_code].append(f"{old.name}, {old.district}")
    units, parents, successions = [], [], []
    for code, parts in moves.items():
        first = parts[0]
        unit = blank(
            code=code,
            kind=Kind(first.kind),
            name=first.name,
            short_name=short_of(first.name),
            name_en="",
            aliases=(f"{first.name}, {first.district}", *merged_earlier[code]),
        )
        unit.former_area = f"{first.district}, {first.province}".removeprefix(f"{first.name}, ")
        unit.valid_to = LAST_DAY_BEFORE_REFORM
        units.append(unit)
        parents.append(successors[first.new_code] if len(parts) == 1 else elsewhere)
        successions += [
            Succession(
                predecessor=unit,
                successor=successors[part.new_code],
                role=part.role,
                effective_on=definitions.REFORM_ON,
                clause=f"khoản {part.clause} {RESOLUTION}" if part.clause else "",
            )
            for part in parts
        ]
    plant(units, parents=parents)
    Succession.objects.bulk_create(successions)
    return units, len(successions)


def code_of(move: definitions.FormerUnit) -> str:
    """Huyện Côn Đảo had no communes and so no commune code: its name stands in."""
    return move.code or fold(move.name).replace(" ", "-")


def blank(
    *, code: str, kind: Kind, name: str, short_name: str, name_en: str, aliases: Iterable[str] = ()
) -> Unit:
    """A unit not yet in the tree, with the keys made from its names."""
    names = (name, short_name, name_en, *aliases)
    return Unit(
        code=code,
        kind=kind,
        name=name,
        short_name=short_name,
        name_en=name_en,
        aliases="|".join(aliases),
        sort_key=order_key(name=name, short_name=short_name),
        search_key=search_key(names),
    )


def plant(units: list[Unit], *, parents: Iterable[Unit | None]) -> None:
    """Save units beneath their parents. The path needs the primary key, so it is written second."""
    for unit, parent in zip(units, parents, strict=True):
        unit.parent = parent
    Unit.objects.bulk_create(units)
    for unit in units:
        unit.path = f"{unit.parent.path if unit.parent else ''}{unit.pk}/"
    Unit.objects.bulk_update(units, ["path"], batch_size=200)


def name_all(units: Iterable[Unit]) -> None:
    """The name each unit begins with."""
    UnitName.objects.bulk_create(
        UnitName(
            unit=unit,
            name=unit.name,
            short_name=unit.short_name,
            name_en=unit.name_en,
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
        )
        for unit in units
    )
