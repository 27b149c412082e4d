"""When a source is late, silent or on its rhythm: a small table in, the answer out."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dodem.dataplane.definitions import Rhythm
from dodem.pages.charts import Beat
from dodem.registers.health import State, beats, health
from tests.factories import NOON

DAILY = Rhythm(expected_every_hours=24)


@pytest.mark.parametrize(
    ("heard_hours_ago", "state"),
    [
        (None, State.NEVER),
        (0, State.ON_RHYTHM),
        (24, State.ON_RHYTHM),
        (25, State.LATE),
        (72, State.LATE),
        (73, State.SILENT),
    ],
)
def test_a_daily_source_stands_as_its_last_sign_of_life_says(
    heard_hours_ago: int | None, state: State
) -> None:
    heard = None if heard_hours_ago is None else NOON - timedelta(hours=heard_hours_ago)
    assert health(DAILY, heard_at=heard, now=NOON).state is state


def test_lateness_counts_from_the_end_of_the_rhythm() -> None:
    heard = NOON - timedelta(hours=30)
    assert health(DAILY, heard_at=heard, now=NOON).since == NOON - timedelta(hours=6)


def test_a_source_that_has_never_come_is_not_on_its_rhythm() -> None:
    assert health(DAILY, heard_at=None, now=NOON).is_stale


def test_the_strip_shows_each_day_as_it_ended() -> None:
    def day(back: int) -> datetime:
        return NOON - timedelta(days=back)

    drawn = beats(DAILY, [day(5), day(4), day(1), day(0)], now=NOON, days=7)
    late, on_time, missed = Beat.LATE, Beat.ON_TIME, Beat.MISSED
    assert drawn == [missed, on_time, on_time, late, missed, on_time, on_time]


def test_a_weekly_source_is_on_time_on_the_days_between() -> None:
    weekly = Rhythm(expected_every_hours=168)
    drawn = beats(weekly, [NOON - timedelta(days=6)], now=NOON, days=5)
    assert drawn == [Beat.ON_TIME] * 5
