"""Count every indicator in the versions in force, and tell what differs from what is published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from dodem.dataplane import measure
from dodem.dataplane import store as kept
from dodem.dataplane.definition_files import load_all
from dodem.dataplane.definitions import Indicator, MeasuredIn
from dodem.indicators.models import Observation
from dodem.indicators.queries import month_of
from dodem.registers.models import RegisterVersion
from dodem.units.models import Unit
from dodem.units.queries import scopes as all_scopes

Place = tuple[str, str, date, str]  # indicator, unit code, first day of the month, group


@dataclass(frozen=True)
class Measured:
    """One counted figure, at home in a month also where it is a stock."""

    place: Place
    numerator: int
    denominator: int | None
    value: Decimal | None
    version: RegisterVersion
    definition_digest: str

    def says_the_same(self, other: Published) -> bool:
        return (
            other.numerator == self.numerator
            and other.denominator == self.denominator
            and other.value == self.value
            and other.definition_digest == self.definition_digest
        )


class Published(NamedTuple):
    """What is in force at a place, as far as it matters for whether it still holds."""

    pk: int
    numerator: int
    denominator: int | None
    value: Decimal | None
    definition_digest: str


@dataclass(frozen=True)
class Inputs:
    """Everything a release depends on. Equal inputs need no second release."""

    as_of: date
    versions: dict[str, RegisterVersion]
    indicators: dict[str, Indicator]
    scopes: list[tuple[str, str]]

    @property
    def scopes_digest(self) -> str:
        return hashlib.sha256(json.dumps(self.scopes).encode()).hexdigest()

    def as_manifest(self) -> dict[str, object]:
        return {
            "as_of": self.as_of.isoformat(),
            "versions": {version.key: version.manifest_sha256 for version in self.versions.values()},
            "definitions": {code: indicator.digest for code, indicator in self.indicators.items()},
            "scopes": self.scopes_digest,
        }


def inputs(*, as_of: date) -> Inputs:
    """The newest version of each register, the definitions of today, the units of the day."""
    versions: dict[str, RegisterVersion] = {}
    for version in RegisterVersion.objects.select_related("source").order_by("serial"):
        versions[version.source.code] = version
    living = set(Unit.objects.valid(on=as_of).values_list("code", flat=True))
    return Inputs(
        as_of=as_of,
        versions=dict(sorted(versions.items())),
        indicators={
            code: indicator
            for code, indicator in sorted(load_all().indicators.items())
            if indicator.register in versions
        },
        scopes=[pair for pair in all_scopes(on=as_of) if pair[1] in living],
    )


def measure_all(store: kept.Store, what: Inputs) -> list[Measured]:
    """Every observation of every indicator whose register has a version."""
    found: list[Measured] = []
    for register, version in what.versions.items():
        indicators = [one for one in what.indicators.values() if one.register == register]
        counted = measure.observe_all(
            store.version(version.key), indicators, as_of=what.as_of, scopes=what.scopes
        )
        for indicator, observations in zip(indicators, counted, strict=True):
            found += (
                Measured(
                    place=(one.indicator, one.unit_code, month_of(one.period_start), one.group),
                    numerator=one.numerator,
                    denominator=one.denominator,
                    value=one.value,
                    version=version,
                    definition_digest=indicator.digest,
                )
                for one in observations
            )
    return found


def published(what: Inputs) -> dict[Place, Published]:
    """The observations in force that a release may replace, by place. Stocks of earlier months stay."""
    stocks = [code for code, indicator in what.indicators.items() if indicator.is_stock]
    in_force = Observation.objects.current().exclude(
        indicator__in=stocks, period_start__lt=month_of(what.as_of)
    )
    rows = in_force.values_list(
        "indicator",
        "unit__code",
        "period_start",
        "group",
        "pk",
        "numerator",
        "denominator",
        "value",
        "definition_digest",
    )
    return {row[:4]: Published(*row[4:]) for row in rows.iterator(chunk_size=5000)}


def changes(
    measured: Iterable[Measured], published: dict[Place, Published], what: Inputs
) -> list[tuple[Measured, Published | None]]:
    """What has to be published, each with the observation it replaces.

    A place that was published and has no records any more is published as empty. A stock keeps the months
    behind it, and a unit that has ended all that was published of it.
    """
    living = {scope for _, scope in what.scopes}
    found = {one.place: one for one in measured}
    changed = [
        (one, published.get(place))
        for place, one in found.items()
        if place not in published or not one.says_the_same(published[place])
    ]
    for place, before in published.items():
        indicator = what.indicators.get(place[0])
        if indicator is not None and place not in found and place[1] in living:
            emptied = empty(place, indicator, what.versions[indicator.register])
            if not emptied.says_the_same(before):
                changed.append((emptied, before))
    return changed


def empty(place: Place, indicator: Indicator, version: RegisterVersion) -> Measured:
    """A place with no records: nothing counted, and for a share nothing to divide by."""
    is_share = indicator.measured_in is MeasuredIn.PERCENT
    return Measured(
        place=place,
        numerator=0,
        denominator=0 if is_share else None,
        value=None if is_share else Decimal(0),
        version=version,
        definition_digest=indicator.digest,
    )
