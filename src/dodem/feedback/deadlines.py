"""By when a case is due, and how that day is told. Pure: the calendar and the day are passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from dodem.feedback.catalogue import Clock
from dodem.vietnam.calendar import WorkingCalendar

_DAY = timedelta(days=1)


class Pace(StrEnum):
    """Where a case stands against its day."""

    ON_TRACK = "on_track"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ANSWERED_IN_TIME = "answered_in_time"
    ANSWERED_LATE = "answered_late"


@dataclass(frozen=True)
class Promise:
    """What a citizen is told: the day, the working days left until it, and the days off that fall between.

    ``days_off`` are (day, name) without the ordinary weekends; negative ``working_days_left`` means overdue.
    """

    due_on: date
    working_days_left: int
    days_off: tuple[tuple[date, str], ...]


def due_on(*, received_on: date, clock: Clock, calendar: WorkingCalendar) -> date:
    """The last day for an answer. The day of receipt is not counted; a due day never falls on a day off."""
    if clock.counted == "working":
        return calendar.add_working_days(received_on, clock.days)
    return calendar.working_day_from(received_on + clock.days * _DAY)


def route_by(*, received_at: datetime, minutes: int) -> datetime:
    """Until when a report has to be with a unit."""
    return received_at + timedelta(minutes=minutes)


def pace(*, due_on: date, answered_on: date | None, today: date) -> Pace:
    """An answer on the due day itself is in time; an open case is due soon on that day and the day before."""
    if answered_on is not None:
        return Pace.ANSWERED_IN_TIME if answered_on <= due_on else Pace.ANSWERED_LATE
    if today > due_on:
        return Pace.OVERDUE
    return Pace.DUE_SOON if today >= due_on - _DAY else Pace.ON_TRACK


def promise(*, due_on: date, today: date, calendar: WorkingCalendar) -> Promise:
    """The promise as it stands today."""
    between = (today + n * _DAY for n in range(1, (due_on - today).days + 1))
    named = ((day, calendar.day_off_name(day)) for day in between if day.weekday() < 5)
    return Promise(
        due_on=due_on,
        working_days_left=calendar.working_days_between(today, due_on),
        days_off=tuple((day, name) for day, name in named if name),
    )
