"""What the city measures, as frozen values: registers, their fields and checks, and indicators.

The text they are read from is under ``dodem/definitions``; ``definition_files`` reads it. A definition
carries its own source text, and its digest names exactly that text, so a version or a figure can say what it
was made by.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from dodem.dataplane.expressions import Expression
from dodem.dataplane.marked_yaml import Words
from dodem.dataplane.vocabulary import FieldType, Kind


class QualityWord(StrEnum):
    """The six words of the city's data standard (đúng, đủ, sạch, sống, thống nhất, dùng chung)."""

    CORRECT = "correct"
    COMPLETE = "complete"
    CLEAN = "clean"
    LIVE = "live"
    CONSISTENT = "consistent"
    SHARED = "shared"


class Severity(StrEnum):
    """`REJECT` keeps a row out of the measured records, `WARN` only reports it. Neither makes it vanish."""

    REJECT = "reject"
    WARN = "warn"


class Privacy(StrEnum):
    PUBLIC = "public"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class DeliveryPolicy(StrEnum):
    """`CHANGES`: a delivery adds and replaces records by key. `FULL`: the newest delivery is the whole
    register.
    """

    CHANGES = "changes"
    FULL = "full"


class Better(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class MeasuredIn(StrEnum):
    """`PERCENT` is 0-100 of numerator over denominator; `COUNT` counts records; `DONG` sums whole đồng."""

    PERCENT = "percent"
    COUNT = "count"
    DONG = "dong"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice field: the code kept, its title, and the words that stand for it in files."""

    code: str
    title: Words
    accepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `headers` are column titles accepted besides its name and Vietnamese title.

    `required` means that a row without it is rejected; `column_optional` that a file may lack the whole
    column. `unreadable` is what happens to a row whose text cannot be read as `type`.
    """

    name: str
    title: Words
    meaning: Words
    type: FieldType
    privacy: Privacy
    headers: tuple[str, ...]
    required: bool
    column_optional: bool
    unreadable: Severity
    clean: tuple[str, ...]
    choices: tuple[Choice, ...]

    @property
    def kind(self) -> Kind:
        return self.type.kind


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of quality. It names the offending rows: those for which `fails_when` holds."""

    code: str
    word: QualityWord
    severity: Severity
    field: str
    title: Words
    message: Words
    remedy: Words
    fails_when: Expression
    fails_when_text: str


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a source should deliver."""

    expected_every_hours: int

    def late_after(self, last_received_at: datetime) -> datetime:
        """The moment from which figures that rest on this delivery are stale."""
        return last_received_at + timedelta(hours=self.expected_every_hours)


@dataclass(frozen=True, slots=True)
class Register:
    """A register: where it comes from, what a row means, how it is cleaned, checked and merged.

    `unit_field` names the field that says whose record it is; `owner_unit_code` answers for rows without one.
    """

    code: str
    title: Words
    about: Words
    record: Words
    owner_unit_code: str
    rhythm: Rhythm
    sources: tuple[Words, ...]
    deliveries: DeliveryPolicy
    key: tuple[str, ...]
    unit_field: str
    fields: tuple[Field, ...]
    checks: tuple[Check, ...]
    source_text: str

    @property
    def digest(self) -> str:
        return digest_of(self.source_text)

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    def check(self, code: str) -> Check:
        return next(check for check in self.checks if check.code == code)

    @property
    def kinds(self) -> Mapping[str, Kind]:
        return {field.name: field.kind for field in self.fields}


@dataclass(frozen=True, slots=True)
class Condition:
    """An expression, the kind of value it gives, and the text it was read from."""

    expression: Expression
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of an indicator's definition and what it changed."""

    version: int
    on: date
    change: Words


@dataclass(frozen=True, slots=True)
class Target:
    """`value` is in the indicator's own measure (percent is 0-100); `source` says who set it."""

    value: int
    source: Words


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure over one register.

    `period` is None for a stock (the state on the day `as_of`), otherwise the expression giving the first day
    of the record's month. `denominator` is None where there is nothing to divide by. Conditions are counted,
    numbers summed; the numerator counts only inside the denominator. `group` names a text or list field by
    whose values the figure is told apart besides its total. `over_rejected` also counts rows that a check
    kept out (only sensible for figures about data quality).
    """

    code: str
    title: Words
    meaning: Words
    measured_in: MeasuredIn
    better: Better
    register: str
    where: Condition | None
    numerator: Condition
    denominator: Condition | None
    period: Condition | None
    group: str | None
    group_is_list: bool
    over_rejected: bool
    target: Target | None
    authored_by: str
    checked_by: str
    reviewed_on: date
    definition_version: int
    history: tuple[Revision, ...]
    source_text: str

    @property
    def digest(self) -> str:
        return digest_of(self.source_text)

    @property
    def is_stock(self) -> bool:
        return self.period is None


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything under ``definitions/``, by code."""

    registers: Mapping[str, Register]
    indicators: Mapping[str, Indicator]


def digest_of(text: str) -> str:
    """SHA-256 of a definition's text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
