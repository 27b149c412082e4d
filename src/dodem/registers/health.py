"""Is a source on its rhythm? Pure: the rhythm, when it was last heard, and the clock in; words for a page
out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from dodem.dataplane.definitions import Rhythm
from dodem.pages.charts import Beat
from dodem.pages.formats import local, short_moment

SILENT_AFTER = 3  # periods without a sign of life


class State(StrEnum):
    ON_RHYTHM = "on_rhythm"
    LATE = "late"
    SILENT = "silent"
    NEVER = "never"


@dataclass(frozen=True)
class Health:
    """``since`` is the moment from which the source has been past its rhythm; None while it is on it or
    unknown.
    """

    state: State
    heard_at: datetime | None
    since: datetime | None = None

    @property
    def is_stale(self) -> bool:
        return self.state is not State.ON_RHYTHM

    @property
    def status(self) -> str:
        """The status of the pages that fits."""
        return {
            State.ON_RHYTHM: "ok",
            State.LATE: "risk",
            State.SILENT: "late",
            State.NEVER: "none",
        }[self.state]

    @property
    def words(self) -> str:
        since = short_moment(self.since)
        match self.state:
            case State.ON_RHYTHM:
                return _("đúng nhịp")
            case State.LATE:
                return _("chậm từ %(since)s") % {"since": since}
            case State.SILENT:
                return _("im lặng, quá hẹn từ %(since)s") % {"since": since}
            case State.NEVER:
                return _("chưa có lần nào")


def health(rhythm: Rhythm, *, heard_at: datetime | None, now: datetime) -> Health:
    """Late once the rhythm has passed without a sign of life, silent after three times the rhythm."""
    if heard_at is None:
        return Health(State.NEVER, None)
    late_after = rhythm.late_after(heard_at)
    if now <= late_after:
        return Health(State.ON_RHYTHM, heard_at)
    silent_after = heard_at + SILENT_AFTER * (late_after - heard_at)
    return Health(State.SILENT if now > silent_after else State.LATE, heard_at, since=late_after)


def beats(rhythm: Rhythm, arrivals: Iterable[datetime], *, now: datetime, days: int = 30) -> list[Beat]:
    """One beat a day, oldest first: how the source stood when that day ended (today: now).

    On time within one rhythm since the last arrival, late within two, missed beyond or before the first.
    """
    left = sorted(arrivals)
    last: datetime | None = None
    drawn = []
    for end in ends_of_days(now=now, days=days):
        while left and left[0] <= end:
            last = left.pop(0)
        drawn.append(beat(rhythm, last, end))
    return drawn


def beat(rhythm: Rhythm, last: datetime | None, end: datetime) -> Beat:
    if last is None:
        return Beat.MISSED
    late_after = rhythm.late_after(last)
    if end <= late_after:
        return Beat.ON_TIME
    return Beat.LATE if end <= late_after + (late_after - last) else Beat.MISSED


def ends_of_days(*, now: datetime, days: int) -> list[datetime]:
    today = local(now).date()
    midnights = [
        datetime.combine(today - timedelta(days=back), time.max, tzinfo=local(now).tzinfo)
        for back in range(days - 1, 0, -1)
    ]
    return [*midnights, now]
