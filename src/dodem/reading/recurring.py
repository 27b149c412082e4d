"""Recurring deadlines: "định kỳ hằng tháng, trước ngày 25" is R/month/25."""

import re
from collections.abc import Iterator

from dodem.reading.notation import ReadDeadline, made
from dodem.reading.times import WEEKDAY, weekday_number

_I = re.IGNORECASE
_PERIODS = {
    "ngày": "day", "tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year", "6 tháng": "6month",
    "06 tháng": "6month", "sáu tháng": "6month", "nửa năm": "6month",
}  # fmt: skip
_PERIOD = r"(?P<period>0?6\s+tháng|sáu\s+tháng|nửa\s+năm|ngày|tuần|tháng|quý|năm)"
RECURRING = re.compile(
    rf"(?<!\w)(?:(?:định\s+kỳ|hằng|hàng|mỗi|từng)(?:\s+(?:hằng|hàng|mỗi))?\s+{_PERIOD}(?!\w)(?:\s+(?:một"
    rf"|1)\s+lần|/lần)?"
    rf"|{_PERIOD.replace('period', 'rate')}\s*(?:một|1|/)\s*lần)(?P<more>(?:\s*,|\s+và)\s+(?:hằng\s+"
    rf"|hàng\s+)?{_PERIOD.replace('period', 'second')}(?!\w))?",
    _I,
)
_DAY_OF_PERIOD = re.compile(
    r"ngày\s+(?P<d>\d{1,2})(?:\s*[/-]\s*(?P<m>\d{1,2})|\s+tháng\s+(?P<mw>\d{1,2}))?(?!\d)", _I
)
_LAST_DAY = re.compile(r"ngày\s+(?:làm\s+việc\s+)?cuối\s+(?:cùng\s+)?(?:của\s+)?(?:tháng|quý|năm)", _I)
_WEEKDAY = re.compile(rf"(?<!\w){WEEKDAY}(?!\w)", _I)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_REACH = 45


def find_recurring(text: str) -> Iterator[ReadDeadline]:
    """Every duty that comes back: each day, week, month, quarter, half-year or year, and on which day."""
    for match in RECURRING.finditer(text):
        period = _PERIODS[" ".join((match["period"] or match["rate"]).lower().split())]
        start, end = match.start(), match.end()
        detail, start, end = _day_of(text, period, start, end)
        notation = f"R/{period}{detail}"
        if match["second"]:
            notation += f",R/{_PERIODS[' '.join(match['second'].lower().split())]}"
        each = re.match(r"mỗi|từng", match[0], _I)
        if (period == "day" or each) and not re.search(
            r"báo\s+cáo|cập\s+nhật|kiểm\s+tra|tổng\s+hợp|gửi", text, _I
        ):
            continue
        yield made(text, start, end, notation, None, "recurring", 0.97)


_DUE_BEFORE = r"(?:chậm\s+nhất|trước|vào|đến|hạn|trong)(?:\s+(?:là|vào|trước))*\s+"


def _day_of(text: str, period: str, start: int, end: int) -> tuple[str, int, int]:
    """("/25", start, end) when a day of the period is named beside the word that repeats it."""
    left_edge = max(0, start - _REACH)
    right = re.match(r"[^.;]*", text[end : end + _REACH])
    after = right[0] if right else ""
    before = text[left_edge:start]
    if period == "week":
        if day := _WEEKDAY.search(after) or _last(_WEEKDAY, before):
            code = f"/{_WEEKDAYS[weekday_number(day[0])]}"
            return code, *_grown(start, end, day, before, after, left_edge)
        return "", start, end
    if day := _DAY_OF_PERIOD.search(after) or _last(_DAY_OF_PERIOD, before):
        month = day["m"] or day["mw"]
        number = int(day["d"])
        if period == "year" and month:
            return f"/{int(month):02d}-{number:02d}", *_grown(start, end, day, before, after, left_edge)
        if period in ("month", "quarter") and not month:
            return f"/{number:02d}", *_grown(start, end, day, before, after, left_edge)
    return "", start, end


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return found[-1] if found else None


def _grown(start: int, end: int, day: re.Match[str], before: str, after: str, left: int) -> tuple[int, int]:
    if day.string == after and day.string != before:
        return start, end + day.end()
    cue = re.search(rf"(?:{_DUE_BEFORE})?\Z", before[: day.start()], _I)
    return left + (cue.start() if cue else day.start()), end
