"""Deadlines: what a sentence says about when its task is due, in one notation.

Two layers. `times` names the days that words stand for; the lines below say how the words around a time
make it a deadline. Notation (the value of `ReadDeadline.notation`):

    2026-04-30                due by that day            2026-02-01/2026-03-15   period
    2026-07-01/..             from that day on           P15D@sign P10BD@receipt after an event
    R/month/25 R/week/fri     recurring                  continuous, asap        standing, urgent

The convention for "trước ngày D" is D itself, as offices read it; "trước tháng M" is the day before M.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dodem.reading.notation import ReadDeadline, WorkingDays, made
from dodem.reading.recurring import find_recurring
from dodem.reading.relative import find_relative
from dodem.reading.times import Time, find_times
from dodem.vietnam.legal import find_citations

_I = re.IGNORECASE


# ------------------------------------------------------------------ words before a time
# The best cue that stands directly before a time decides; sureness says how much it sounds like a due day.
CUES: tuple[tuple[str, str, float], ...] = (
    (
        "by",
        r"(?:hoàn\s+thành|hoàn\s+tất|xong|kết\s+thúc|báo\s+cáo|trình|gửi)?\s*"
        r"(?:chậm\s+nhất|muộn\s+nhất|không\s+muộn\s+hơn|không\s+quá|hạn\s+chót|hạn\s+cuối)"
        r"(?:\s+(?:là|vào|đến|trong|hết|cuối|ngay))*",
        0.98,
    ),
    (
        "before",
        r"(?:xong\s+|hoàn\s+thành\s+)?trước(?:\s+(?:khi\s+)?(?:hết"
        r"|kết\s+thúc))?(?:\s+\d{1,2}\s*(?:giờ|h"
        r"|g)(?:\s*\d{2})?(?:\s+phút)?\s*,?)?(?:\s+thời\s+điểm)?",
        0.96,
    ),
    (
        "due",
        r"(?:thời\s+hạn|thời\s+gian)(?:\s+(?:hoàn\s+thành|thực\s+hiện|báo\s+cáo|gửi))?\s*(?::"
        r"|là)?(?:\s+(?:đến|trước|trong|hết))*",
        0.95,
    ),
    ("until", r"(?:cho\s+)?(?:đến|tới)(?:\s+(?:hết|cuối|thời\s+điểm))*|hết", 0.9),
    ("done in", r"(?:hoàn\s+thành|hoàn\s+tất|xong)(?:\s+(?:trong|vào|ngay|dứt\s+điểm))*", 0.93),
    (
        "in",
        r"(?:dự\s+kiến\s+)?(?:ngay\s+)?(?:trong|vào|cho|từ\s+nay\s+đến|ngay)(?:\s+(?:thời\s+gian"
        r"|dịp))?",
        0.85,
    ),
    ("expected", r"dự\s+kiến", 0.8),
    ("on", r"(?:nhân\s+)?dịp", 0.6),
)
_CUES = tuple((name, re.compile(rf"(?<!\w)(?:{words})\s*,?\s*\Z", _I), sure) for name, words, sure in CUES)
_LONGEST_CUE = 60

# ------------------------------------------------------------------ words that make a time something else
NOT_DEADLINES: tuple[tuple[str, str], ...] = (
    ("effect of a law", r"(?:có\s+)?hiệu\s+lực(?:\s+thi\s+hành)?(?:\s+(?:kể\s+)?từ)?\s*\Z"),
    (
        "budget or plan of a year",
        r"(?:vốn|ngân\s+sách|dự\s+toán|kế\s+hoạch|nhiệm\s+vụ"
        r"|chỉ\s+tiêu|mục\s+tiêu|công\s+tác"
        r"|kinh\s+phí|chương\s+trình|chủ\s+đề)\s*\Z",
    ),
    (
        "data cut-off",
        r"(?:tính|lũy\s+kế|luỹ\s+kế|số\s+liệu)\s+(?:đến|tới"
        r"|từ)(?:\s+(?:hết|ngày|thời\s+điểm))*\s*\Z",
    ),
    ("what has been done", r"(?<!\w)(?:đã|vừa)(?:\s+\S+){0,6}\s*\Z"),
    ("compared with", r"(?:so\s+với|cùng\s+kỳ)(?:\s+\S+)?\s*\Z"),
)
_NOT = tuple((name, re.compile(words, _I)) for name, words in NOT_DEADLINES)
_TITLED = re.compile(
    r"(?:đề\s+án|kế\s+hoạch|chiến\s+lược|quy\s+hoạch|chương\s+trình|nghị\s+quyết|tầm\s+nhìn)[^.;]*\Z", _I
)

# ------------------------------------------------------------------ standing and urgent words
CONTINUOUS = re.compile(
    r"(?<!\w)(?:thường\s+xuyên(?:\s*,\s*liên\s+tục)?|liên\s+tục|không\s+ngừng|xuyên\s+suốt"
    r"|duy\s+trì\s+thường\s+xuyên)(?!\w)",
    _I,
)
# "phát hiện sớm", "cảnh báo sớm", "can thiệp sớm" say how, not when.
_SOON = r"(?<!hiện\s)(?<!báo\s)(?<!thiệp\s)sớm(?=\s+\w)"
_AT_ONCE = r"ngay(?=\s+(?:việc|các|công|những|kế|sau)|\s*[.,;]|\Z)"
URGENT = re.compile(
    r"(?<!\w)(?:khẩn\s+trương(?:\s*,\s*(?:kịp\s+thời|sớm))?|gấp\s+rút|hỏa\s+tốc|ngay\s+lập\s+tức|lập\s+tức"
    r"|càng\s+sớm\s+càng\s+tốt|trong\s+thời\s+gian\s+(?:sớm|nhanh)\s+nhất|sớm\s+nhất|nhanh\s+chóng"
    rf"|kịp\s+thời|không\s+chậm\s+trễ|{_SOON}|{_AT_ONCE})(?!\w)",
    _I,
)
_FROM = re.compile(r"(?<!\w)(?:kể\s+từ|bắt\s+đầu\s+từ|từ|bắt\s+đầu)(?:\s+(?:hết|sau))?\s*\Z", _I)
_TO = re.compile(r"\s*(?:,\s*)?(?:cho\s+)?(?:đến|tới|[-–—])(?:\s+(?:hết|ngày|cuối))*\s*\Z", _I)
_FROM_NOW = re.compile(r"(?<!\w)từ\s+nay\s+(?:cho\s+)?(?:đến|tới)(?:\s+(?:hết|ngày))*\s*\Z", _I)


def read_deadline(
    text: str,
    *,
    doc_date: date,
    calendar: WorkingDays,
    within: tuple[int, int] | None = None,
) -> ReadDeadline | None:
    """The deadline that a sentence sets, or None.

    `within` narrows the answer to the words text[start:end], read with the rest as their context; then a
    bare time ("quý II/2026" in a table cell) counts without any word before it.
    """
    found = find_deadlines(text, doc_date=doc_date, calendar=calendar, bare=within is not None)
    if within:
        start, end = within
        found = [d for d in found if min(d.end, end) - max(d.start, start) > 0]
        return max(found, key=lambda d: (min(d.end, end) - max(d.start, start), d.sureness), default=None)
    dated = [d for d in found if d.notation not in ("asap", "continuous")]
    return max(dated or found, key=lambda d: (d.sureness, -_width(d), d.start), default=None)


def _width(deadline: ReadDeadline) -> int:
    """Periods are ranked after days only on equal sureness; open ones last."""
    return 2 if ".." in deadline.notation else 0


def find_deadlines(
    text: str, *, doc_date: date, calendar: WorkingDays, bare: bool = False
) -> list[ReadDeadline]:
    """Every reading of a deadline in the text, in no order of preference.

    With `bare` true a time counts without a cue and a time already past counts too.
    """
    cited = [(c.start, c.end) for c in find_citations(text)]
    recurring = list(find_recurring(text))
    relative = list(find_relative(text, doc_date=doc_date, calendar=calendar))
    blocked = cited + [(d.start, d.end) for d in [*recurring, *relative]]
    times = [t for t in find_times(text, today=doc_date) if not _overlaps(t.start, t.end, blocked)]
    dated = list(_dated(text, times, doc_date=doc_date, bare=bare))
    return [*recurring, *relative, *dated, *_undated(text)]


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in spans)


# ------------------------------------------------------------------ dates and periods
def _dated(text: str, times: list[Time], *, doc_date: date, bare: bool) -> Iterator[ReadDeadline]:
    position = 0
    while position < len(times):
        time = times[position]
        before = text[max(0, time.start - _LONGEST_CUE) : time.start]
        following = times[position + 1] if position + 1 < len(times) else None
        position += 1
        if _is_something_else(before, time):
            continue
        if now := _FROM_NOW.search(before):
            start = time.start - len(before) + now.start()
            yield made(text, start, time.end, f"{doc_date}/{time.last}", time.last, "from now until", 0.95)
            continue
        if begin := _FROM.search(before):
            start = time.start - len(before) + begin.start()
            if following and _TO.fullmatch(text[time.end : following.start]):
                position += 1
                first = _same_year(time, following)
                notation = f"{first}/{following.last}"
                if following.last >= doc_date or bare:
                    yield made(text, start, following.end, notation, following.last, "from … to …", 0.95)
            elif time.last >= doc_date and not re.match(r"\s+đến\s+nay", text[time.end :]):
                yield made(text, start, time.end, f"{time.first}/..", None, "from … on", 0.7)
            continue
        if following and re.fullmatch(r"\s*[-–—]\s*", text[time.end : following.start]):
            position += 1
            first = _same_year(time, following)
            yield made(
                text, time.start, following.end, f"{first}/{following.last}", following.last, "… - …", 0.8
            )
            continue
        if deadline := _by_cue(text, time, before, doc_date=doc_date, bare=bare):
            yield deadline


def _same_year(time: Time, following: Time) -> date:
    """The first day of a range whose year is said only at its end ("từ 1/2 đến 15/3/2026")."""
    first = time.first
    if not time.year_stated and following.year_stated:
        first = first.replace(year=following.last.year)
        if first > following.last:
            first = first.replace(year=first.year - 1)
    return first


def _is_something_else(before: str, time: Time) -> bool:
    for name, pattern in _NOT:
        if pattern.search(before):
            # "nhiệm vụ trong tháng 6" is not stopped by the noun: only a bare year is a plan's name.
            if name == "budget or plan of a year" and time.grain not in ("year", "years"):
                continue
            return True
    return False


def _by_cue(text: str, time: Time, before: str, *, doc_date: date, bare: bool) -> ReadDeadline | None:
    for name, pattern, sure in _CUES:
        match = pattern.search(before)
        if not match:
            continue
        start = time.start - len(before) + match.start()
        start += len(text[start:]) - len(text[start:].lstrip(" ,"))
        due = time.last
        if (name == "before" and time.grain not in ("day", "week", "part")) or (
            name == "before" and text[time.start : time.start + 3].lower() == "tết"
        ):
            due = time.first - timedelta(days=1)
        if time.grain in ("year", "years") and name in ("until", "in"):
            if _TITLED.search(text[: time.start]) and not bare:
                sure = 0.3
            else:
                sure -= 0.15
        if due < doc_date and not (bare and time.last >= doc_date):
            return None
        return made(text, start, time.end, due.isoformat(), due, name, sure) if sure > 0.4 else None
    if time.last < doc_date or (not bare and time.grain not in ("part", "half", "week")):
        return None
    if time.grain == "years":
        return made(text, time.start, time.end, f"{time.first}/{time.last}", time.last, "bare", 0.5)
    return made(text, time.start, time.end, time.last.isoformat(), time.last, "bare", 0.55)


# ------------------------------------------------------------------ standing and urgent
def _undated(text: str) -> Iterator[ReadDeadline]:
    for match in CONTINUOUS.finditer(text):
        yield made(text, match.start(), match.end(), "continuous", None, "standing", 0.75)
    for match in URGENT.finditer(text):
        yield made(text, match.start(), match.end(), "asap", None, "urgent", 0.7)
