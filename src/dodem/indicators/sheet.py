"""The six parts of an opened figure, put together for its page and for the panel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Max
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dodem.access.roles import Permission
from dodem.access.rules import Verdict, can
from dodem.dataplane import measure
from dodem.dataplane.definition_files import load_all
from dodem.dataplane.definitions import MeasuredIn
from dodem.dataplane.store import NothingThere
from dodem.dataplane.wording import Formula, formula_in_words
from dodem.indicators import queries
from dodem.indicators.display import FEW, shown
from dodem.indicators.figures import Figure
from dodem.indicators.models import FigureQuestion, Observation, ObservationQuerySet, Release
from dodem.indicators.records import Asked, Table, table_of
from dodem.indicators.reopen import Opened, reopen
from dodem.pages import formats, lines
from dodem.pages.charts import spark
from dodem.registers.models import Delivery, Source
from dodem.registers.queries import source_health
from dodem.registers.words import in_language
from dodem.units.models import Kind, Unit

if TYPE_CHECKING:
    from dodem.access.models import User

DELIVERIES_SHOWN = 5
NEIGHBOURS_SHOWN = 20


@dataclass(frozen=True)
class Sheet:
    """Everything the page shows. ``opened`` is None when the store no longer holds what the figure was made
    of.
    """

    observation: Observation
    figure: Figure
    opened: Opened | None
    release: Release
    newer: Observation | None
    confirmed_on: date
    operands: list[tuple[str, str, str, str]]
    formula: Formula | None
    sql: str
    series: list[Figure | None]
    line: SafeString
    spark: SafeString
    source: Source
    stale_since: datetime | None
    deliveries: list[Delivery]
    deliveries_total: int
    neighbours: list[Figure]
    unknown: list[Unit]
    group_title: str
    groups: list[Figure]
    records: Table | None
    may_see_records: Verdict
    may_ask: bool
    may_assign: bool
    questions: list[FigureQuestion]

    @property
    def few(self) -> int:
        return FEW

    @property
    def first_neighbours(self) -> list[Figure]:
        return self.neighbours[:NEIGHBOURS_SHOWN]

    @property
    def other_neighbours(self) -> list[Figure]:
        return self.neighbours[NEIGHBOURS_SHOWN:]

    @cached_property
    def top(self) -> Decimal:
        """Where the bars of the units end."""
        if self.figure.measured_in is MeasuredIn.PERCENT:
            return Decimal(100)
        return max((one.known for one in self.neighbours if one.known is not None), default=Decimal(0))

    @property
    def is_of_node(self) -> bool:
        """The city or a group of units: what it adds up is listed beneath it."""
        return self.observation.unit.kind in (Kind.CITY, Kind.GROUP)


def sheet_of(observation: Observation, *, user: User, asked: Asked, now: datetime) -> Sheet:
    """Put the sheet together. About fifteen queries, and the data plane only for whoever may see records."""
    figure = queries.figures([observation], now=now)[0]
    newer = newest_after(observation)
    lens = lens_of(observation)
    may_see = can(user, Permission.FIGURE_RECORDS, [observation.unit])
    try:
        opened: Opened | None = reopen(observation)
    except NothingThere:
        opened = None
    records = table_of(opened, asked) if opened is not None and may_see else None
    source = observation.version.source
    delivered = Delivery.objects.filter(source=source, key__in=opened.version.delivery_ids if opened else [])
    months = series_of(observation, lens, now=now)
    around = [one for one in neighbours_of(observation, lens, now=now) if one.value is not None]
    return Sheet(
        observation=observation,
        figure=figure,
        opened=opened,
        release=observation.release,
        newer=newer,
        confirmed_on=confirmed_on(figure, newer),
        operands=operands(figure, opened, may_see=bool(may_see)),
        formula=formula_in_words(opened.indicator, opened.register, language=language()) if opened else None,
        sql=measure.sql_shown(opened.indicator) if opened else "",
        series=months,
        line=line_of(figure, months),
        spark=spark_of(figure, months),
        source=source,
        stale_since=source_health(source, now=now).since,
        deliveries=list(delivered.select_related("uploaded_by")[:DELIVERIES_SHOWN]),
        deliveries_total=delivered.count(),
        neighbours=around,
        unknown=units_without(around, observation),
        group_title=group_title(figure),
        groups=groups_of(observation, lens, now=now),
        records=records,
        may_see_records=may_see,
        may_ask=bool(can(user, Permission.FIGURE_QUESTION, [observation.unit])),
        may_assign=bool(can(user, Permission.TASK_ASSIGN)),
        questions=list(
            FigureQuestion.objects.visible_to(user)
            .filter(observation=observation)
            .select_related("asked_by", "to_unit", "answered_by")
        ),
    )


def newest_after(observation: Observation) -> Observation | None:
    """The observation in force at the same place, where this one has been replaced."""
    if not Observation.objects.filter(replaces=observation).exists():
        return None
    return (
        Observation.objects.current()
        .filter(
            indicator=observation.indicator,
            unit=observation.unit,
            period_start=observation.period_start,
            group=observation.group,
        )
        .select_related("release")
        .get()
    )


def lens_of(observation: Observation) -> ObservationQuerySet:
    """The observations to compare with: those in force, or those that stood beside one that has been
    replaced.
    """
    replacement = Observation.objects.filter(replaces=observation).select_related("release").first()
    if replacement is None:
        return Observation.objects.current()
    return Observation.objects.as_published(number=replacement.release.number - 1)


def confirmed_on(figure: Figure, newer: Observation | None) -> date:
    """The last day for which a release found the figure unchanged. A stock stays as its month left it."""
    if newer is not None:
        return figure.as_of
    releases = Release.objects.filter(as_of__gte=figure.as_of)
    if figure.indicator.is_stock:
        releases = releases.filter(as_of__lt=next_month(figure.period_start))
    newest = releases.aggregate(day=Max("as_of"))["day"]
    return newest or figure.as_of


def next_month(month: date) -> date:
    return queries.month_of(month + timedelta(days=32))


def operands(figure: Figure, opened: Opened | None, *, may_see: bool) -> list[tuple[str, str, str, str]]:
    """The formula with its values, each opening its records: (sign, text, what it is, address)."""
    records = reverse("indicators:records", args=[figure.id]) if may_see and opened else ""
    indicator = opened.indicator if opened else figure.indicator
    thing = in_language(opened.register.record) if opened else _("bản ghi")
    version = _("định nghĩa bản %(version)s") % {"version": indicator.definition_version}
    result = ("=", shown(figure.value, figure.measured_in, exact=True), version, "")
    if figure.denominator is None:
        return [("", figure.numerator_text, f"{thing}\n{version}", records)]
    met, counted = (_("tử số"), _("mẫu số")) if figure.adds_money else (_("đạt"), _("được tính"))
    part = f"{records}?phan=numerator" if records else ""
    return [
        ("", figure.numerator_text, f"{thing}\n{met}", part),
        ("÷", figure.denominator_text, f"{thing}\n{counted}", records),
        result,
    ]


def series_of(observation: Observation, lens: ObservationQuerySet, *, now: datetime) -> list[Figure | None]:
    """Twelve months up to the figure's own."""
    span = queries.months_until(observation.period_start, 12)
    chosen = lens.filter(
        indicator=observation.indicator,
        unit=observation.unit,
        group=observation.group,
        period_start__gte=span[0],
        period_start__lte=span[-1],
    ).select_related("unit")
    found = {figure.period_start: figure for figure in queries.figures(chosen, now=now)}
    return [found.get(month) for month in span]


def line_of(figure: Figure, series: list[Figure | None]) -> SafeString:
    """The line of twelve months with the target; nothing where fewer than two months are known."""
    values = [one.known if one else None for one in series]
    if sum(value is not None for value in values) < 2:
        return SafeString("")
    span = queries.months_until(figure.period_start, len(series))
    is_share = figure.measured_in is MeasuredIn.PERCENT
    target = [figure.target] * len(values) if figure.target is not None else []
    return lines.line(
        values,
        label=_("%(title)s, 12 tháng, tháng này %(text)s") % {"title": figure.title, "text": figure.text},
        axis=lines.scale(values, target, floor_at=0, cut_at=100 if is_share else None),
        names=[f"{month:%m/%Y}" for month in (span[0], span[4], span[8], span[-1])],
        show=lambda value: shown(Decimal(str(value)), figure.measured_in),
        target=target,
        target_name=_("mục tiêu") if target else "",
        small=True,
    )


def spark_of(figure: Figure, series: list[Figure | None]) -> SafeString:
    values = [one.known if one else None for one in series]
    if sum(value is not None for value in values) < 2:
        return SafeString("")
    return spark(
        values,
        label=_("%(title)s, 12 tháng") % {"title": figure.title},
        width=150,
        height=56,
        bad=figure.status == "late",
    )


def neighbours_of(observation: Observation, lens: ObservationQuerySet, *, now: datetime) -> list[Figure]:
    """The units beneath a node, the worst first; for a unit of its own the nodes above it and itself."""
    if observation.unit.kind in (Kind.CITY, Kind.GROUP):
        return queries.units_of(
            lens,
            observation.indicator,
            period=observation.period_start,
            under=observation.unit,
            group=observation.group,
            now=now,
        )
    line = [int(key) for key in observation.unit.path.rstrip("/").split("/")]
    chosen = lens.filter(
        indicator=observation.indicator,
        period_start=observation.period_start,
        group=observation.group,
        unit__in=line,
    ).select_related("unit")
    return sorted(queries.figures(chosen, now=now), key=lambda figure: figure.unit.path)


def units_without(known: list[Figure], observation: Observation) -> list[Unit]:
    """The units beneath a node that have no value: no record at all, or nothing to divide by."""
    if observation.unit.kind not in (Kind.CITY, Kind.GROUP):
        return []
    beneath = (
        Unit.objects.valid(on=observation.as_of).beneath([observation.unit]).filter(kind__in=queries.LEAVES)
    )
    return list(beneath.exclude(pk__in=[figure.unit.pk for figure in known]).in_order())


def group_title(figure: Figure) -> str:
    if figure.indicator.group is None:
        return ""
    register = load_all().registers[figure.indicator.register]
    return in_language(register.field(figure.indicator.group).title)


def groups_of(observation: Observation, lens: ObservationQuerySet, *, now: datetime) -> list[Figure]:
    """The same figure in each group, where the indicator is counted by groups and this is the total."""
    if observation.group != queries.TOTAL:
        return []
    chosen = (
        lens.filter(
            indicator=observation.indicator, unit=observation.unit, period_start=observation.period_start
        )
        .exclude(group=queries.TOTAL)
        .select_related("unit")
        .order_by("group")
    )
    return queries.figures(chosen, now=now)


def language() -> str:
    return "en" if formats.english() else "vi"
