"""A figure as boards, pages and the API show it: an observation with its definition, and how fresh its source
is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from dodem.dataplane.definition_files import load_all
from dodem.dataplane.definitions import Better, Indicator, MeasuredIn
from dodem.dataplane.vocabulary import Kind
from dodem.indicators.display import is_few, shown
from dodem.indicators.models import Observation
from dodem.pages import formats
from dodem.registers.queries import Standing
from dodem.registers.words import in_language
from dodem.units.models import Unit

NEAR_TARGET = 5  # points: nearer than this below the target is amber, further is red


@dataclass(frozen=True)
class Figure:
    """One published figure. ``value`` None: there is nothing to divide by, which is not zero.

    ``grade`` says how it is evidenced, ``stale`` that its source is past its rhythm, ``sample`` that it is
    made up.
    """

    id: int
    indicator: Indicator
    unit: Unit
    period_start: date
    group: str
    numerator: int
    denominator: int | None
    value: Decimal | None
    as_of: date
    grade: str
    stale: bool
    stale_since: date | None
    sample: bool

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def title(self) -> str:
        return in_language(self.indicator.title)

    @property
    def url(self) -> str:
        return reverse("indicators:figure", args=[self.id])

    @property
    def measured_in(self) -> MeasuredIn:
        return self.indicator.measured_in

    @property
    def target(self) -> Decimal | None:
        return Decimal(self.indicator.target.value) if self.indicator.target else None

    @property
    def few(self) -> bool:
        """Too few answers for a share to mean anything."""
        return is_few(self.code, self.denominator)

    @property
    def known(self) -> Decimal | None:
        """The value to draw: None where there is none, or too few answers stand behind it."""
        return None if self.few else self.value

    @property
    def text(self) -> str:
        """ "94,4%", "1.264", "chưa có số", "ít"."""
        return in_words(self.indicator, value=self.value, denominator=self.denominator)

    @property
    def numerator_text(self) -> str:
        return self.amount(self.numerator)

    @property
    def denominator_text(self) -> str:
        return self.amount(self.denominator)

    def amount(self, of: int | None) -> str:
        """A numerator or denominator: đồng where the formula adds up money, else a count."""
        return formats.money(of) if self.adds_money else formats.number(of)

    @property
    def adds_money(self) -> bool:
        return self.indicator.numerator.kind is Kind.WHOLE

    @property
    def group_text(self) -> str:
        """The group as a reader knows it: the title of a choice, or the code itself."""
        register = load_all().registers[self.indicator.register]
        if self.indicator.group is None:
            return self.group
        titles = {one.code: in_language(one.title) for one in register.field(self.indicator.group).choices}
        return titles.get(self.group, self.group)

    @property
    def shortfall(self) -> int | None:
        """How far the numerator is from the denominator; None where there is none."""
        return None if self.denominator is None else self.denominator - self.numerator

    @property
    def status(self) -> str:
        """ "ok", "risk" or "late" against the target; "none" where it cannot be judged."""
        return judge(self.indicator, self.known)

    @property
    def badness(self) -> tuple[int, Decimal]:
        """Sorts the worst first, what is not known last."""
        if self.known is None:
            return 1, Decimal(0)
        return 0, self.known if self.indicator.better is Better.HIGHER else -self.known


def figures_of(observations: Iterable[Observation], standings: dict[str, Standing]) -> list[Figure]:
    """Observations (with ``unit``) as figures; those of an indicator no longer defined are left out."""
    indicators = load_all().indicators
    return [
        figure_of(one, indicators[one.indicator], standings[indicators[one.indicator].register])
        for one in observations
        if one.indicator in indicators
    ]


def figure_of(observation: Observation, indicator: Indicator, standing: Standing) -> Figure:
    since = standing.health.since
    return Figure(
        id=observation.pk,
        indicator=indicator,
        unit=observation.unit,
        period_start=observation.period_start,
        group=observation.group,
        numerator=observation.numerator,
        denominator=observation.denominator,
        value=observation.value,
        as_of=observation.as_of,
        grade=standing.grade,
        stale=standing.health.is_stale,
        stale_since=since.date() if since else None,
        sample=bool(settings.DODEM_SAMPLE),
    )


def in_words(indicator: Indicator, *, value: Decimal | None, denominator: int | None) -> str:
    """A value as text; "ít" where it rests on too few answers."""
    if is_few(indicator.code, denominator):
        return _("ít")
    return shown(value, indicator.measured_in)


def judge(indicator: Indicator, value: Decimal | None) -> str:
    """Where a value stands against its indicator's target, as a status of the pages."""
    if value is None or indicator.target is None or indicator.better is Better.NEUTRAL:
        return "none"
    gap = (
        indicator.target.value - value
        if indicator.better is Better.HIGHER
        else value - indicator.target.value
    )
    if gap <= 0:
        return "ok"
    return "risk" if gap <= NEAR_TARGET else "late"
