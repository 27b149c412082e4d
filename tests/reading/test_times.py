from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dodem.reading.times import find_times

TODAY = date(2026, 5, 20)

# words, first day, last day; read on 20 May 2026
TIMES = [
    ("ngày 30/6/2026", "2026-06-30", "2026-06-30"),
    ("ngày 5 tháng 9 năm 2026", "2026-09-05", "2026-09-05"),
    ("2026-07-01", "2026-07-01", "2026-07-01"),
    ("trước 30/6", "2026-06-30", "2026-06-30"),
    ("ngày 10/2", "2027-02-10", "2027-02-10"),
    ("ngày 28 tháng này", "2026-05-28", "2026-05-28"),
    ("ngày 15 tháng tới", "2026-06-15", "2026-06-15"),
    ("ngày 25", "2026-05-25", "2026-05-25"),
    ("ngày 10", "2026-06-10", "2026-06-10"),
    ("tuần này", "2026-05-18", "2026-05-24"),
    ("thứ sáu tuần sau", "2026-05-29", "2026-05-29"),
    ("đầu tháng 8/2026", "2026-08-01", "2026-08-10"),
    ("cuối tháng này", "2026-05-21", "2026-05-31"),
    ("tháng Bảy", "2026-07-01", "2026-07-31"),
    ("tháng 3", "2027-03-01", "2027-03-31"),
    ("tháng 12 năm nay", "2026-12-01", "2026-12-31"),
    ("quý III-2026", "2026-07-01", "2026-09-30"),
    ("cuối quý 3", "2026-09-01", "2026-09-30"),
    ("quý này", "2026-04-01", "2026-06-30"),
    ("6 tháng đầu năm", "2026-01-01", "2026-06-30"),
    ("6 tháng cuối năm 2026", "2026-07-01", "2026-12-31"),
    ("9 tháng năm 2026", "2026-01-01", "2026-09-30"),
    ("nửa đầu năm 2027", "2027-01-01", "2027-06-30"),
    ("giữa năm 2027", "2027-04-01", "2027-06-30"),
    ("cuối năm", "2026-10-01", "2026-12-31"),
    ("giai đoạn 2026 - 2030", "2026-01-01", "2030-12-31"),
    ("năm tới", "2027-01-01", "2027-12-31"),
    ("trong tháng.", "2026-05-01", "2026-05-31"),
    ("Tết Nguyên đán Đinh Mùi 2027", "2027-02-06", "2027-02-08"),
]


@pytest.mark.parametrize(("words", "first", "last"), TIMES)
def test_each_way_of_naming_a_time(words: str, first: str, last: str) -> None:
    (time,) = find_times(words, today=TODAY)
    assert (time.first.isoformat(), time.last.isoformat()) == (first, last)


@pytest.mark.parametrize("words", ["43/168 xã", "8,3 - 8,5%", "ngày 31/2/2026", "tháng 13", "24/7"])
def test_what_only_looks_like_a_time_is_none(words: str) -> None:
    assert find_times(words, today=TODAY) == []


def test_looking_back_finds_the_latest_such_time() -> None:
    (time,) = find_times("tháng 11", today=TODAY, looking="back")
    assert time.last == date(2025, 11, 30)


@given(
    st.dates(date(2024, 1, 1), date(2030, 12, 1)),
    st.integers(1, 12),
    st.sampled_from(["đầu", "giữa", "cuối"]),
)
def test_without_a_year_a_month_is_never_over_before_the_document(today: date, month: int, part: str) -> None:
    for words in (f"tháng {month}", f"{part} tháng {month}"):
        (time,) = find_times(words, today=today)
        assert time.first <= time.last
        assert time.last >= today
