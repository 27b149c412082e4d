"""Publish figures for a test of the boards without measuring them: rows as the pipeline writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from dodem.dataplane.definition_files import load_all
from dodem.dataplane.definitions import MeasuredIn
from dodem.indicators.models import Observation, Release, ScopeSet
from dodem.registers.actions import load_sources
from dodem.registers.models import RegisterVersion, Source
from dodem.units.models import Unit
from tests import factories

NOW = timezone.now()  # pages ask the clock themselves
TODAY = timezone.localdate(NOW)
THIS_MONTH = TODAY.replace(day=1)


def heard(code: str, at: datetime = NOW) -> None:
    """A sign of life of one source; without it the source counts as never heard."""
    Source.objects.filter(code=code).update(heard_at=at)


def a_release(*, number: int = 1, at: datetime = NOW) -> Release:
    """A release of today's definitions, every source heard of just now."""
    load_sources()
    Source.objects.update(heard_at=at)
    scopes, _ = ScopeSet.objects.get_or_create(digest="0" * 64, defaults={"pairs": []})
    return Release.objects.create(
        number=number, published_at=at, as_of=timezone.localdate(at), manifest="{}", manifest_sha256="0" * 64,
        scopes=scopes, observations_added=0,
    )  # fmt: skip


def version(register: str) -> RegisterVersion:
    found, _ = RegisterVersion.objects.get_or_create(
        key=f"register/{register}@1",
        defaults={
            "source": Source.objects.get(code=register), "serial": 1, "as_of": TODAY,
            "built_at": NOW, "records": 1, "rejected": 0, "findings_count": 0,
            "definition_digest": "0" * 64, "manifest_sha256": "0" * 64,
        },
    )  # fmt: skip
    return found


def figures(
    release: Release,
    indicator: str,
    parts: Iterable[tuple[Unit, int, int | None]],
    *,
    month: date = THIS_MONTH,
    group: str = "",
) -> list[Observation]:
    """One observation for each (unit, numerator, denominator)."""
    defined = load_all().indicators[indicator]
    made_from = version(defined.register)

    def value(numerator: int, denominator: int | None) -> Decimal | None:
        if denominator is None:
            return Decimal(numerator)
        if not denominator:
            return None
        return Decimal(100 * numerator) / denominator if defined.measured_in is MeasuredIn.PERCENT else None

    return Observation.objects.bulk_create(
        Observation(
            indicator=indicator, unit=unit, period_start=month, group=group, numerator=numerator,
            denominator=denominator, value=value(numerator, denominator), as_of=release.as_of,
            release=release, version=made_from, definition_digest=defined.digest,
        )
        for unit, numerator, denominator in parts
    )  # fmt: skip


def figure(
    release: Release,
    indicator: str,
    unit: str,
    numerator: int,
    denominator: int | None = None,
    **more: object,
):
    return figures(release, indicator, [(factories.unit(unit), numerator, denominator)], **more)[0]


def whole_city(release: Release) -> None:
    """Twelve months of every indicator at every unit of today, and of tasks by programme at the city."""
    from dodem.directives import actions
    from dodem.directives.models import Programme
    from dodem.indicators.queries import months_until

    actions.load_programmes()
    units = list(Unit.objects.valid(on=TODAY))
    city = [unit for unit in units if unit.code == factories.CITY]
    for code, indicator in load_all().indicators.items():
        denominator = 40 if indicator.measured_in is MeasuredIn.PERCENT else None
        for month in months_until(THIS_MONTH, 12):
            figures(release, code, [(unit, 20 + unit.pk % 20, denominator) for unit in units], month=month)
            if indicator.group == "programme_codes":
                for programme in Programme.objects.all():
                    figures(
                        release,
                        code,
                        [(unit, 7, denominator) for unit in city],
                        month=month,
                        group=programme.code,
                    )
