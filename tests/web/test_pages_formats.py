"""Numbers, money and dates are written as the administration writes them, in Vietnamese and in English."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from dodem.pages import formats

NBSP = "\u00a0"
MINUS = "\u2212"
TODAY = date(2026, 4, 23)

NUMBERS = [
    # value, decimals, Vietnamese, English
    (1264, 0, "1.264", "1,264"),
    (1264567.8, 1, "1.264.567,8", "1,264,567.8"),
    (-2.4, 1, f"{MINUS}2,4", f"{MINUS}2.4"),
    (0, 0, "0", "0"),
    (-0.04, 1, "0,0", "0.0"),
    (94.45, 1, "94,5", "94.5"),
    (2.5, 0, "3", "3"),
    (Decimal("99.995"), 2, "100,00", "100.00"),
]

MONEY = [
    (12_705_000_000_000, None, f"12.705{NBSP}tỷ đồng", f"VND{NBSP}12,705{NBSP}billion"),
    (1_499_200_000_000, None, f"1.499,2{NBSP}tỷ đồng", f"VND{NBSP}1,499.2{NBSP}billion"),
    (1_722_600_000_000, 0, f"1.723{NBSP}tỷ đồng", f"VND{NBSP}1,723{NBSP}billion"),
    (84_600_000, None, f"84,6{NBSP}triệu đồng", f"VND{NBSP}84.6{NBSP}million"),
    (-2_000_000_000, None, f"{MINUS}2{NBSP}tỷ đồng", f"VND{NBSP}{MINUS}2{NBSP}billion"),
    (950_000, None, f"950.000{NBSP}đồng", f"VND{NBSP}950,000"),
    (0, None, f"0{NBSP}đồng", f"VND{NBSP}0"),
]


@pytest.fixture(params=["vi", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


@pytest.mark.parametrize(("value", "decimals", "vietnamese", "english"), NUMBERS)
def test_numbers_group_and_round_as_the_language_does(value, decimals, vietnamese, english, language):
    assert formats.number(value, decimals) == (vietnamese if language == "vi" else english)


@pytest.mark.parametrize(("dong", "decimals", "vietnamese", "english"), MONEY)
def test_money_is_said_in_the_scale_people_speak(dong, decimals, vietnamese, english, language):
    assert formats.money(dong, decimals) == (vietnamese if language == "vi" else english)


@pytest.mark.parametrize(
    "write",
    [
        formats.number, formats.percent, formats.points, formats.money, formats.file_size,
        formats.day, formats.short_day, formats.long_day, formats.clock, formats.moment,
        formats.short_moment, formats.ago,
    ],
)  # fmt: skip
def test_what_is_not_known_is_said_in_words_and_never_as_zero(write):
    with translation.override("vi"):
        assert write(None) == "chưa có"


def test_a_share_is_a_percentage_and_a_change_of_shares_is_points():
    with translation.override("vi"):
        assert formats.percent(94.36) == "94,4%"
        assert formats.percent(11.8, 2) == "11,80%"
        assert formats.points(0.6) == f"+0,6{NBSP}điểm"
        assert formats.points(-2.4) == f"{MINUS}2,4{NBSP}điểm"
        assert formats.points(0.04) == f"0,0{NBSP}điểm"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 byte"),
        (999, "999 byte"),
        (1024, "1 KB"),
        (1_468_006, "1,4 MB"),
        (20 * 1024**2, "20 MB"),
        (3 * 1024**3, "3 GB"),
    ],
)
def test_file_sizes_are_short(count, words):
    with translation.override("vi"):
        assert formats.file_size(count) == words.replace(" ", NBSP)


def test_a_day_is_whole_on_a_record_and_loses_its_year_in_a_list_of_this_year():
    due = date(2026, 4, 30)
    with translation.override("vi"):
        assert formats.day(due) == "30/04/2026"
        assert formats.short_day(due, TODAY) == "30/04"
        assert formats.short_day(date(2025, 4, 30), TODAY) == "30/04/2025"
        assert formats.long_day(TODAY) == "Thứ Năm, 23/04/2026"
    with translation.override("en"):
        assert formats.day(due) == "30 Apr 2026"
        assert formats.short_day(due, TODAY) == "30 Apr"
        assert formats.long_day(TODAY) == "Thursday, 23 Apr 2026"


def test_a_moment_is_shown_in_the_time_of_the_city():
    late_evening_in_utc = datetime(2026, 4, 22, 23, 0, tzinfo=UTC)
    with translation.override("vi"):
        assert formats.moment(late_evening_in_utc) == "06:00 23/04/2026"
        assert formats.day(late_evening_in_utc) == "23/04/2026"
        assert formats.short_moment(late_evening_in_utc, TODAY) == "06:00"
        assert formats.short_moment(late_evening_in_utc, TODAY + timedelta(days=1)) == "06:00 23/04"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="naive"):
        formats.moment(datetime(2026, 4, 22, 23, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (TODAY + timedelta(days=7), "còn 7 ngày"),
        (TODAY + timedelta(days=1), "còn 1 ngày"),
        (TODAY, "đến hạn hôm nay"),
        (TODAY - timedelta(days=4), "quá 4 ngày"),
        (TODAY - timedelta(days=1200), "quá 1.200 ngày"),
        (None, "chưa có hạn"),
    ],
)
def test_a_deadline_says_how_far_it_is(due, words):
    with translation.override("vi"):
        assert formats.until(due, TODAY) == words


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (timedelta(seconds=30), "vừa xong"),
        (timedelta(minutes=5), "5 phút trước"),
        (timedelta(hours=31), "31 giờ trước"),
        (timedelta(hours=48), "2 ngày trước"),
        (timedelta(days=4, hours=23), "4 ngày trước"),
    ],
)
def test_the_time_since_is_said_in_its_largest_useful_unit(since, words):
    now = datetime(2026, 4, 23, 6, 0, tzinfo=UTC)
    with translation.override("vi"):
        assert formats.ago(now - since, now) == words
