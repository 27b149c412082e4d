"""Working days of the administration, 2025 to 2027."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dodem.vietnam.calendar import Override, WorkingCalendar, read_overrides

CALENDAR = WorkingCalendar.load()
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
steps = st.integers(0, 60)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 1, 28), "Tết"),  # eve of the lunar new year
        (date(2025, 5, 2), "26/04/2025"),  # off, worked on 26 April instead
        (date(2025, 9, 2), "Quốc khánh"),
        (date(2026, 1, 2), "10/01/2026"),  # ours: the holidays package does not know it
        (date(2026, 2, 17), "Tết"),
        (date(2026, 4, 27), "Hùng"),  # 10th of the third lunar month falls on a Sunday
        (date(2026, 8, 31), "22/08/2026"),
        (date(2026, 11, 21), "Thứ Bảy"),
        (date(2026, 11, 22), "Chủ nhật"),
    ],
)
def test_a_day_off_says_in_vietnamese_why(day: date, name: str) -> None:
    assert name in str(CALENDAR.day_off_name(day))
    assert not CALENDAR.is_working_day(day)


@pytest.mark.parametrize("day", [date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)])
def test_a_saturday_worked_in_exchange_is_a_working_day(day: date) -> None:
    assert day.weekday() == 5
    assert CALENDAR.is_working_day(day)


def test_the_first_day_is_not_counted() -> None:
    thursday = date(2026, 11, 12)
    assert CALENDAR.add_working_days(thursday, 1) == date(2026, 11, 13)
    assert CALENDAR.add_working_days(thursday, 2) == date(2026, 11, 16)


def test_a_deadline_runs_over_new_year_and_its_worked_saturday() -> None:
    # 1 and 2 January off, 3 and 4 a weekend, 10 January worked.
    assert CALENDAR.add_working_days(date(2025, 12, 31), 6) == date(2026, 1, 10)
    assert CALENDAR.working_days_between(date(2025, 12, 31), date(2026, 1, 12)) == 7


def test_a_deadline_over_tet_counts_no_day_of_it() -> None:
    assert CALENDAR.add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 23)


def test_counting_back_gives_the_day_a_reminder_goes_out() -> None:
    assert CALENDAR.add_working_days(date(2026, 1, 12), -2) == date(2026, 1, 9)


def test_the_next_working_day_is_after_and_a_due_date_may_be_the_day_itself() -> None:
    monday = date(2026, 11, 16)
    assert CALENDAR.next_working_day(monday) == date(2026, 11, 17)
    assert CALENDAR.working_day_from(monday) == monday
    assert CALENDAR.working_day_from(date(2026, 11, 14)) == monday


@given(days, steps)
@settings(deadline=None)
def test_counting_undoes_adding(start: date, n: int) -> None:
    assert CALENDAR.working_days_between(start, CALENDAR.add_working_days(start, n)) == n
    assert CALENDAR.working_days_between(start, CALENDAR.add_working_days(start, -n)) == -n


@given(days, steps, steps)
@settings(deadline=None)
def test_more_days_never_end_sooner(start: date, n: int, m: int) -> None:
    earlier, later = sorted((n, m))
    assert CALENDAR.add_working_days(start, earlier) <= CALENDAR.add_working_days(start, later)


@given(days, days)
@settings(deadline=None)
def test_a_later_start_never_ends_sooner(one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    assert CALENDAR.add_working_days(earlier, 10) <= CALENDAR.add_working_days(later, 10)


@given(days, st.integers(1, 60))
@settings(deadline=None)
def test_a_count_of_working_days_ends_on_a_working_day(start: date, n: int) -> None:
    assert CALENDAR.is_working_day(CALENDAR.add_working_days(start, n))


@given(days)
@settings(deadline=None)
def test_a_day_is_worked_exactly_when_it_has_no_reason_to_be_off(day: date) -> None:
    assert CALENDAR.is_working_day(day) is (CALENDAR.day_off_name(day) is None)


def test_an_override_wins_over_the_national_table() -> None:
    flood = Override(date(2026, 11, 16), "off", "Nghỉ vì bão", "quyết định mẫu")
    calendar = WorkingCalendar({flood.on: flood})
    assert calendar.day_off_name(flood.on) == "Nghỉ vì bão"
    assert calendar.is_working_day(flood.on + timedelta(days=1))


def test_every_override_names_its_source() -> None:
    overrides = read_overrides()
    assert {date(2026, 1, 2), date(2026, 1, 10)} <= {override.on for override in overrides}
    assert all(override.name and override.source for override in overrides)
