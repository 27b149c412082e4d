"""Deadlines counted from an event: "trong 10 ngày làm việc kể từ ngày nhận" is P10BD@receipt.

Signing is the day of the paper itself, so what counts from it becomes a day. The first day is not counted
(Civil Code 2015, article 147); working days follow the calendar with its holidays and swapped days.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dodem.reading.notation import ReadDeadline, WorkingDays, made
from dodem.reading.times import find_times, month_end
from dodem.vietnam.numerals import FIGURES, WORDS, read_number

_I = re.IGNORECASE
_UNITS = {
    "ngày làm việc": "BD", "ngày": "D", "ngày đêm": "D", "tuần": "W", "tháng": "M", "năm": "Y",
    "giờ": "H", "tiếng": "H",
}  # fmt: skip
RELATIVE = re.compile(
    rf"(?<!\w)(?P<lead>(?:chậm\s+nhất|không\s+quá|tối\s+đa|muộn\s+nhất|trong|thời\s+hạn|sau|hạn)"
    rf"(?:\s+(?:vòng|thời\s+hạn|thời\s+gian|khoảng|là|không\s+quá|tối\s+đa|chậm\s+nhất))*)\s*:?\s*"
    rf"(?P<n>{FIGURES}|{WORDS})(?:\s*\([^)]*\))?\s*(?P<unit>ngày\s+làm\s+việc|ngày|tuần|tháng(?!\s*\d)"
    rf"|năm(?!\s*\d)|giờ|tiếng)(?!\w)"
    rf"(?P<anchor>\s*,?\s*(?:kể\s+từ|tính\s+từ|từ|sau|kể\s+từ\s+sau)\s+(?P<event>[^.;]*?(?=,|[.;]"
    rf"|\Z)))?(?P<coming>\s+(?:tới|này))?",
    _I,
)
_BEFORE_EVENT = re.compile(r"\s+trước\s+(?:khi|ngày|thời\s+điểm)", _I)
EVENTS: tuple[tuple[str, str], ...] = (
    ("receipt", r"nhận|tiếp\s+nhận"),
    ("effect", r"hiệu\s+lực"),
    ("sign", r"ký|ban\s+hành|ra\s+(?:thông\s+báo|văn\s+bản)|(?:thông\s+báo|văn\s+bản|công\s+văn|chỉ\s+thị"
             r"|quyết\s+định|kế\s+hoạch)\s+này|hôm\s+nay|nay\b"),
)  # fmt: skip


def find_relative(text: str, *, doc_date: date, calendar: WorkingDays) -> Iterator[ReadDeadline]:
    """Every "so many days after …": a day where the event is known, else the notation P<n><unit>@<event>."""
    for match in RELATIVE.finditer(text):
        count = read_number(match["n"])
        if count is None or count != int(count) or _BEFORE_EVENT.match(text, match.end("unit")):
            continue
        unit, n = _UNITS[" ".join(match["unit"].lower().split())], int(count)
        if unit == "H":
            unit, n = "D", max(1, round(n / 24))
        event = match["event"] or ""
        if match["lead"].lower().strip() == "sau" and not event:
            continue
        anchored = find_times(event, today=doc_date)[:1] if event else []
        kind = next(
            (name for name, words in EVENTS if re.search(words, event, _I)), "event" if event else "sign"
        )
        if anchored:
            yield _counted(text, match, anchored[0].last, unit, n, calendar, "after a day")
        elif kind == "sign":
            sure = 0.95 if event else 0.8
            yield _counted(text, match, doc_date, unit, n, calendar, "after signing", sure)
        else:
            yield made(
                text, match.start(), match.end(), f"P{n}{unit}@{kind}", None, "after an event", 0.9,
                "Tính từ một sự kiện chưa biết ngày; vui lòng nhập ngày khi sự kiện xảy ra.",
            )  # fmt: skip


def _counted(
    text: str, match: re.Match[str], day: date, unit: str, n: int, calendar: WorkingDays, rule: str,
    sure: float = 0.95,
) -> ReadDeadline:  # fmt: skip
    due = _after(day, unit, n, calendar)
    note = f"Tính {n} {match['unit']} từ ngày {day:%d/%m/%Y}, không tính ngày đầu."
    return made(text, match.start(), match.end(), due.isoformat(), due, rule, sure, note)


def _after(day: date, unit: str, n: int, calendar: WorkingDays) -> date:
    """`n` units after `day`, the first day not counted (Civil Code 2015, article 147)."""
    if unit == "BD":
        return calendar.add_working_days(day, n)
    if unit in ("D", "W"):
        return day + timedelta(days=n * (7 if unit == "W" else 1))
    months = day.year * 12 + day.month - 1 + n * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))
