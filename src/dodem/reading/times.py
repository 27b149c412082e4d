"""Expressions of time: the days from `first` to `last` that a few words name.

One table line per way of writing; `deadlines` and `claims` decide what a time means in its sentence.
An expression without a year is the next such time on or after the document's date, or, when looking back
(claims about what has been), the latest one not after it.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dodem.vietnam.numerals import read_words

Grain = Literal["day", "week", "part", "month", "quarter", "half", "year", "years"]
Looking = Literal["ahead", "back"]
_I = re.IGNORECASE

# First day of the lunar new year (Tết Nguyên đán); source: Hồ Ngọc Đức's Vietnamese lunar calendar, UTC+7.
LUNAR_NEW_YEAR = {
    year: date.fromisoformat(f"{year}-{day}")
    for year, day in {
        2024: "02-10", 2025: "01-29", 2026: "02-17", 2027: "02-06", 2028: "01-26",
        2029: "02-13", 2030: "02-03", 2031: "01-23", 2032: "02-11", 2033: "01-31",
    }.items()
}  # fmt: skip


@dataclass(frozen=True)
class Time:
    """The words text[start:end] name the days first..last, both included."""

    start: int
    end: int
    first: date
    last: date
    grain: Grain
    year_stated: bool


@dataclass(frozen=True)
class _Span:
    first: date
    last: date
    grain: Grain
    year_stated: bool = True


_Reader = Callable[[re.Match[str], date, Looking], _Span | None]

_MONTH_WORDS = "mười một|mười hai|mười|giêng|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|chạp"
_DM = r"(?P<d>\d{1,2})\s*[-/.]\s*(?P<m>\d{1,2})"
_YEAR = r"(?:\s*(?:năm|[-/])\s*(?P<y>20\d\d)|\s+(?P<yw>năm\s+(?:nay|này|tới|sau)))?"
_MONTH = rf"tháng\s+(?P<m>\d{{1,2}}(?!\d)|{_MONTH_WORDS})(?!\w){_YEAR}"
_QUARTER = rf"quý\s+(?P<q>IV|I{{1,3}}|[1-4]|một|hai|ba|tư|bốn)(?!\w){_YEAR}"
_THIS = r"(?P<this>này|nay|tới|sau|hiện tại)(?!\w)"
_PART = r"(?P<part>đầu|giữa|cuối|nửa đầu|nửa cuối|thượng tuần|trung tuần|hạ tuần)"
_NEXT = ("tới", "sau")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """Last day of the month."""
    return date(year, month, monthrange(year, month)[1])


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), month_end(year, last)


def _word_number(word: str) -> int:
    special = {"giêng": 1, "chạp": 12, "i": 1, "ii": 2, "iii": 3, "iv": 4}
    return special.get(word.lower()) or (int(word) if word.isdigit() else read_words(word) or 0)


def _stated_year(match: re.Match[str], today: date) -> int | None:
    groups = match.groupdict()
    if groups.get("y"):
        return int(groups["y"])
    if words := groups.get("yw"):
        return today.year + (1 if words.split()[-1].lower() in _NEXT else 0)
    return None


def _guess(
    spans: Iterator[tuple[date, date] | None], today: date, looking: Looking
) -> tuple[date, date] | None:
    """Of the same expression in neighbouring years, the nearest one in the direction of looking."""
    known = [span for span in spans if span]
    if looking == "ahead":
        return min((s for s in known if s[1] >= today), default=None)
    return max((s for s in known if s[0] <= today), default=None)


def _in_year(
    match: re.Match[str],
    today: date,
    looking: Looking,
    grain: Grain,
    span_of: Callable[[int], tuple[date, date] | None],
) -> _Span | None:
    stated = _stated_year(match, today)
    if stated:
        span = span_of(stated)
    else:
        span = _guess((span_of(today.year + shift) for shift in (-1, 0, 1)), today, looking)
    return _Span(*span, grain, year_stated=stated is not None) if span else None


def _read_day(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    month, day_number = _word_number(match["m"]), int(match["d"])

    def span_of(year: int) -> tuple[date, date] | None:
        day = _day(year, month, day_number)
        return (day, day) if day else None

    return _in_year(match, today, looking, "day", span_of)


def _read_day_of_this_month(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    year, month = _shift_month(today, 1 if match["this"].lower() in _NEXT else 0)
    day = _day(year, month, int(match["d"]))
    return _Span(day, day, "day") if day else None


def _read_day_alone(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    step = 1 if looking == "ahead" else -1
    for shift in (0, step, 2 * step):
        year, month = _shift_month(today, shift)
        day = _day(year, month, int(match["d"]))
        if day and (day >= today if looking == "ahead" else day <= today):
            return _Span(day, day, "day", year_stated=False)
    return None


def _shift_month(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def _part_of_month(first: date, last: date, part: str) -> tuple[date, date]:
    bounds = {
        "đầu": (1, 10), "thượng tuần": (1, 10), "giữa": (11, 20), "trung tuần": (11, 20),
        "cuối": (21, last.day), "hạ tuần": (21, last.day), "nửa đầu": (1, 15), "nửa cuối": (16, last.day),
    }  # fmt: skip
    begin, end = bounds[" ".join(part.lower().split())]
    return first.replace(day=begin), first.replace(day=end)


def _read_month(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    month = _word_number(match["m"])
    if not 1 <= month <= 12:
        return None
    part = match.groupdict().get("part")

    def span_of(year: int) -> tuple[date, date]:
        span = _months(year, month, month)
        return _part_of_month(*span, part) if part else span

    return _in_year(match, today, looking, "part" if part else "month", span_of)


def _read_this_month(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    year, month = _shift_month(today, 1 if match["this"].lower() in _NEXT else 0)
    span = _months(year, month, month)
    if part := match.groupdict().get("part"):
        return _Span(*_part_of_month(*span, part), "part")
    return _Span(*span, "month")


def _read_quarter(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    quarter = _word_number(match["q"])
    part = (match.groupdict().get("part") or "").lower()

    def span_of(year: int) -> tuple[date, date]:
        begin = 3 * quarter - 2
        if part in ("đầu", "giữa", "cuối"):
            month = begin + ("đầu", "giữa", "cuối").index(part)
            return _months(year, month, month)
        return _months(year, begin, begin + 2)

    return _in_year(match, today, looking, "part" if part else "quarter", span_of)


def _read_this_quarter(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    year, month = _shift_month(today, 3 if match["this"].lower() in _NEXT else 0)
    begin = 3 * ((month - 1) // 3) + 1
    return _Span(*_months(year, begin, begin + 2), "quarter")


def _read_first_months(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    count, ending = _word_number(match["n"]), match["side"].lower() == "cuối"
    if not 1 <= count <= 11:
        return None
    first, last = (13 - count, 12) if ending else (1, count)
    return _in_year(match, today, looking, "half", lambda year: _months(year, first, last))


def _read_half_year(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    first, last = (7, 12) if match["side"].lower() == "cuối" else (1, 6)
    return _in_year(match, today, looking, "half", lambda year: _months(year, first, last))


def _read_part_of_year(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    part = match["part"].lower()

    def span_of(year: int) -> tuple[date, date]:
        if part == "đầu":
            return _months(year, 1, 3)
        if part == "giữa":
            return date(year, 4, 1), date(year, 6, 30)
        return _months(year, 10, 12)

    return _in_year(match, today, looking, "part", span_of)


def _read_year(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    year = _stated_year(match, today)
    return _Span(date(year, 1, 1), date(year, 12, 31), "year") if year else None


def _read_years(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    first, last = int(match["from"]), int(match["to"])
    return _Span(date(first, 1, 1), date(last, 12, 31), "years") if first < last else None


def _read_week(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    monday = today - timedelta(days=today.weekday())
    if match["this"].lower() in _NEXT:
        monday += timedelta(days=7)
    if weekday := match.groupdict().get("weekday"):
        day = monday + timedelta(days=weekday_number(weekday))
        return _Span(day, day, "day")
    return _Span(monday, monday + timedelta(days=6), "week")


def _read_present(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    """ "trong tháng." with nothing after it: the month of the document."""
    match match["present"].lower():
        case "tháng":
            return _Span(*_months(today.year, today.month, today.month), "month", year_stated=False)
        case "quý":
            begin = 3 * ((today.month - 1) // 3) + 1
            return _Span(*_months(today.year, begin, begin + 2), "quarter", year_stated=False)
        case _:
            return _Span(*_months(today.year, 1, 12), "year", year_stated=False)


def _read_near_day(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    shift = {"nay": 0, "mai": 1, "kia": 2, "này": 0}[match["near"].lower()]
    day = today + timedelta(days=shift)
    return _Span(day, day, "day")


def _read_new_year(match: re.Match[str], today: date, looking: Looking) -> _Span | None:
    def span_of(year: int) -> tuple[date, date] | None:
        first = LUNAR_NEW_YEAR.get(year)
        return (first, first + timedelta(days=2)) if first else None

    return _in_year(match, today, looking, "part", span_of)


def weekday_number(words: str) -> int:
    """0 for Monday … 6 for Sunday, from "thứ sáu", "thứ 6", "chủ nhật"."""
    last = words.lower().split()[-1]
    if last == "nhật":
        return 6
    names = {"hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7}
    return names.get(last, int(last) if last.isdigit() else 2) - 2


WEEKDAY = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)"
_DAY_CUE = (
    r"(?:ngày|sáng|chiều|tối|trước|đến|tới|từ|vào|hết|mùng|hôm|muộn nhất|chậm nhất|hạn|xong|thành|dịp|lễ|sau)"
)

# (name, words, reader): the first line that matches at a place wins; a longer match wins over a shorter.
TIMES: tuple[tuple[str, str, _Reader], ...] = (
    ("day in full", rf"(?:ngày\s+)?{_DM}\s*[-/.]\s*(?P<y>20\d\d)(?!\d)", _read_day),
    ("ISO day", r"(?P<y>20\d\d)-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)", _read_day),
    (
        "day in words",
        rf"ngày\s+(?P<d>\d{{1,2}})\s+tháng\s+(?P<m>\d{{1,2}}(?!\d)|{_MONTH_WORDS})(?!\w){_YEAR}",
        _read_day,
    ),
    (
        "day and month",
        rf"(?:ngày\s+|(?<={_DAY_CUE}\s)){_DM}(?![\d/%-]|[,.]\d)(?P<yw>\s+năm\s+(?:nay|tới|sau))?",
        _read_day,
    ),
    ("day of this month", rf"ngày\s+(?P<d>\d{{1,2}})\s+tháng\s+{_THIS}", _read_day_of_this_month),
    (
        "day alone",
        r"ngày\s+(?P<d>\d{1,2})(?!\d|\s*[-/.]\s*\d|\s+tháng|\s*ngày|\s*%)",
        _read_day_alone,
    ),
    (
        "near day",
        r"(?:trong\s+ngày|hôm|ngày\s+hôm|ngay\s+trong\s+ngày|ngày)\s+(?P<near>nay|mai|kia)(?!\w)",
        _read_near_day,
    ),
    ("weekday", rf"(?P<weekday>{WEEKDAY})\s*,?\s+tuần\s+{_THIS}", _read_week),
    ("week", rf"tuần\s+{_THIS}", _read_week),
    ("part of month", rf"{_PART}\s+{_MONTH}", _read_month),
    ("part of this month", rf"{_PART}\s+tháng\s+{_THIS}", _read_this_month),
    ("month", _MONTH, _read_month),
    ("this month", rf"tháng\s+{_THIS}", _read_this_month),
    ("part of quarter", rf"(?P<part>đầu|giữa|cuối)\s+{_QUARTER}", _read_quarter),
    ("quarter", _QUARTER, _read_quarter),
    ("this quarter", rf"quý\s+{_THIS}", _read_this_quarter),
    (
        "first or last months",
        r"(?P<n>\d{1,2}|ba|sáu|chín)\s+tháng\s+(?P<side>đầu|cuối)(?:\s+(?:của\s+)?(?:năm\s+(?P<y>20\d\d)"
        r"|(?P<yw>năm\s+(?:nay|này|tới|sau))|năm))?",
        _read_first_months,
    ),
    (
        "nine months",
        r"(?P<n>3|03|6|06|9|09|ba|sáu|chín)\s+tháng(?P<side>)\s*(?:năm\s+|/)(?P<y>20\d\d)",
        _read_first_months,
    ),
    (
        "half of year",
        r"nửa\s+(?P<side>đầu|cuối)\s+(?:của\s+)?(?:năm\s+(?P<y>20\d\d)|(?P<yw>năm\s+(?:nay|này|tới|sau))"
        r"|năm)(?!\w)",
        _read_half_year,
    ),
    (
        "part of year",
        r"(?P<part>đầu|giữa|cuối)\s+(?:năm\s+(?P<y>20\d\d)|(?P<yw>năm\s+(?:nay|này|tới|sau))|năm)(?!\w)",
        _read_part_of_year,
    ),
    (
        "years",
        r"(?:giai đoạn|nhiệm kỳ|thời kỳ|các năm)\s+(?P<from>20\d\d)\s*[-–—]\s*(?P<to>20\d\d)",
        _read_years,
    ),
    ("year", r"(?:năm\s+(?P<y>20\d\d)|(?P<yw>năm\s+(?:nay|này|tới|sau)))(?!\w|\s*[-–]\s*20\d\d)", _read_year),
    ("present period", r"(?<=trong\s)(?P<present>tháng|quý|năm)(?=\s*(?:[.,;)]|\Z))", _read_present),
    (
        "lunar new year",
        r"Tết(?:\s+(?:Nguyên\s+đán|cổ\s+truyền|Âm\s+lịch))?(?:\s+[A-ZĐ][^\W\d_]+\s+[A-ZĐ][^\W\d_]+)?"
        r"(?:\s*(?:năm\s+)?(?P<y>20\d\d))?(?!\w)",
        _read_new_year,
    ),
)


def _alternatives(pattern: str) -> str:
    """Python wants look-behinds of one width: write one per cue."""
    cues = _DAY_CUE[3:-1].split("|")
    return pattern.replace(rf"(?<={_DAY_CUE}\s)", "(?:" + "|".join(rf"(?<={cue}\s)" for cue in cues) + ")")


_COMPILED = tuple(
    (name, re.compile(r"(?<!\w)" + _alternatives(words), _I), reader) for name, words, reader in TIMES
)


def find_times(text: str, *, today: date, looking: Looking = "ahead") -> list[Time]:
    """Every expression of time in the text, left to right, none overlapping another."""
    found: list[tuple[int, int, int, _Span]] = []
    for order, (_, pattern, reader) in enumerate(_COMPILED):
        for match in pattern.finditer(text):
            if span := reader(match, today, looking):
                found.append((match.start(), -match.end(), order, span))
    times: list[Time] = []
    for start, minus_end, _, span in sorted(found, key=lambda item: item[:3]):
        if times and start < times[-1].end:
            continue
        times.append(Time(start, -minus_end, span.first, span.last, span.grain, span.year_stated))
    return times
