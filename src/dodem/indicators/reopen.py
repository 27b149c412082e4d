"""Open a published observation by exactly what it was made of: the version, the definition and the units of
its day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dodem.dataplane import measure
from dodem.dataplane import store as kept
from dodem.dataplane.definition_files import load_all, read_indicator
from dodem.dataplane.definitions import Indicator, Privacy, Register
from dodem.dataplane.measure import RecordColumn, RecordPage, RecordPart
from dodem.indicators.models import Observation
from dodem.registers import shelf

HIDDEN = "•••"


@dataclass(frozen=True)
class Opened:
    """An observation with its version in the store and the definition it was counted by."""

    observation: Observation
    version: kept.RegisterVersion
    indicator: Indicator

    @cached_property
    def register(self) -> Register:
        """The register's definition as it was when the version was built."""
        return self.version.register

    @property
    def period_start(self) -> date:
        """As the data plane knows it: a stock is of its day."""
        return self.observation.as_of if self.indicator.is_stock else self.observation.period_start

    @cached_property
    def scopes(self) -> list[tuple[str, str]]:
        """The units that counted for this one when the figure was published."""
        pairs = self.observation.release.scopes.pairs
        return [(unit, scope) for unit, scope in pairs if scope == self.observation.unit.code]

    def records(
        self,
        *,
        part: RecordPart,
        order_by: str | None = None,
        descending: bool = False,
        limit: int,
        offset: int = 0,
        only: tuple[str, int] | None = None,
    ) -> RecordPage:
        """One page of the very records the figure counts. Raises NoSuchColumn.

        ``only`` (delivery key, line) keeps the one record that came from there.
        """
        return measure.records_behind(
            self.version,
            self.indicator,
            as_of=self.observation.as_of,
            scopes=self.scopes,
            unit_code=self.observation.unit.code,
            period_start=self.period_start,
            group=self.observation.group,
            part=part,
            order_by=order_by,
            descending=descending,
            limit=limit,
            offset=offset,
            only=only,
        )

    def csv(self, *, part: RecordPart, language: str) -> Iterator[str]:
        """The records as CSV text, personal fields masked."""
        return measure.export_csv(
            self.version,
            self.indicator,
            as_of=self.observation.as_of,
            scopes=self.scopes,
            unit_code=self.observation.unit.code,
            period_start=self.period_start,
            group=self.observation.group,
            part=part,
            show=masked,
            language=language,
        )


def reopen(observation: Observation) -> Opened:
    """Open an observation. Raises NothingThere when the store no longer holds what it was made of.

    ``observation`` should come with ``version``, ``unit`` and ``release__scopes``.
    """
    store = shelf.open_store()
    version = store.version(observation.version.key)
    return Opened(
        observation,
        version,
        definition_used(store, observation, registers={version.register_code: version.register}),
    )


def definition_used(
    store: kept.Store, observation: Observation, *, registers: dict[str, Register]
) -> Indicator:
    """The definition by which the observation was counted, which may not be today's."""
    today = load_all().indicators.get(observation.indicator)
    if today is not None and today.digest == observation.definition_digest:
        return today
    text = store.indicator_text(observation.definition_digest)
    return read_indicator(text, registers=registers, origin=f"{observation.definition_digest[:12]}.yaml")


def masked(column: RecordColumn, value: object) -> object:
    """A value as whoever gave no purpose may see it."""
    return HIDDEN if column.privacy is not Privacy.PUBLIC and value is not None else value


def public_columns(page: RecordPage) -> list[RecordColumn]:
    """The columns that may leave the house: of fields that are not personal."""
    return [column for column in page.columns if column.privacy is Privacy.PUBLIC]
