"""Working days of the Vietnamese administration: Tết, other holidays, compensatory and swapped days.

Days come from the `holidays` package (2027 onwards is its projection until the Government announces the
year); `definitions/calendar/overrides.csv` corrects and completes it, one reviewed row a day.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

import holidays

_DAY = timedelta(days=1)
_SATURDAY = 5
_WEEKEND = {5: "Thứ Bảy", 6: "Chủ nhật"}


@dataclass(frozen=True, slots=True)
class Override:
    """One corrected day: `off` is a day without work, `worked` a weekend day that is worked."""

    on: date
    kind: Literal["off", "worked"]
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days are worked. A day is counted whole; hours are not known here."""

    overrides: Mapping[date, Override] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def load(cls) -> "WorkingCalendar":
        """The national calendar with the overrides that ship with the product."""
        return _shipped()

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`."""
        return self.day_off_name(day) is None

    def day_off_name(self, day: date) -> str | None:
        """Why `day` is off, in Vietnamese ("Quốc khánh", "Chủ nhật"); None when it is worked."""
        override = self.overrides.get(day)
        if override is not None:
            return override.name if override.kind == "off" else None
        year = _national(day.year)
        if day in year.worked:
            return None
        return year.off.get(day) or _WEEKEND.get(day.weekday())

    def add_working_days(self, start: date, n: int) -> date:
        """The n-th working day after `start`, which itself is not counted; with n = 0, `start` unchanged.

        A negative n counts back: the |n|-th working day before `start`.
        """
        step = _DAY if n > 0 else -_DAY
        day, left = start, abs(n)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days from `start` (not counted) to `end` (counted); negative when `end` is before `start`.

        The inverse of add_working_days: between(start, add_working_days(start, n)) is n.
        """
        step = _DAY if end > start else -_DAY
        day, count = start, 0
        while day != end:
            day += step
            count += self.is_working_day(day)
        return count if end > start else -count

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self.add_working_days(day, 1)

    def working_day_from(self, day: date) -> date:
        """`day` when it is worked, otherwise the first working day after it: where a due date falls."""
        return day if self.is_working_day(day) else self.next_working_day(day)


def read_overrides() -> tuple[Override, ...]:
    """The rows of definitions/calendar/overrides.csv. Raises ValueError for a row that cannot be meant."""
    table = files("dodem").joinpath("definitions", "calendar", "overrides.csv").read_text(encoding="utf-8")
    return tuple(_override(row) for row in csv.DictReader(table.splitlines()))


def _override(row: dict[str, str]) -> Override:
    on = date.fromisoformat(row["date"])
    if row["kind"] == "worked" and on.weekday() >= _SATURDAY:
        return Override(on, "worked", row["name"], row["source"])
    if row["kind"] == "off":
        return Override(on, "off", row["name"], row["source"])
    raise ValueError(
        f"overrides.csv, {on}: kind must be 'off', or 'worked' on a weekend, not {row['kind']!r}"
    )


@cache
def _shipped() -> WorkingCalendar:
    return WorkingCalendar(MappingProxyType({override.on: override for override in read_overrides()}))


@dataclass(frozen=True, slots=True)
class _Year:
    off: dict[date, str]
    worked: frozenset[date]


@cache
def _national(year: int) -> _Year:
    """Holidays and worked weekends of one year. Neighbours are read too: a swap can cross New Year."""
    table = holidays.country_holidays("VN", years=range(year - 1, year + 2), expand=False, language="vi")
    return _Year(
        off={day: name for day, name in table.items() if day.year == year},
        worked=frozenset(day for day in table.weekend_workdays if day.year == year),
    )
