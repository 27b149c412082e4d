"""Numbers, money, dates and spans as a person reads them, in the active language.

Rounding is half away from zero, as in official reports. ``None`` is said in words ("chưa có"), never printed
as 0: no data is not zero. Moments are shown in the project's time zone, whatever zone they carry.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

Number = int | float | Decimal

MINUS = "\u2212"
HARD_SPACE = "\u00a0"  # keeps a number and its unit on one line
ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
VIETNAMESE_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
SCALES: tuple[tuple[int, str, str], ...] = ((10**9, "tỷ đồng", "billion"), (10**6, "triệu đồng", "million"))


def english() -> bool:
    """Whether the page being made is in English; every other language reads as Vietnamese."""
    return (get_language() or "vi").startswith("en")


def unknown() -> str:
    """The words that stand where a figure is not known."""
    return gettext("chưa có")


# Numbers -----------------------------------------------------------------------------------------


def number(value: Number | None, decimals: int = 0) -> str:
    """1264 -> "1.264" (English "1,264"); 3.45 with one decimal -> "3,5"; minus is U+2212."""
    if value is None:
        return unknown()
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,f}"
    if not english():
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if rounded < 0 else text


def percent(value: Number | None, decimals: int = 1) -> str:
    """A share given as 0 to 100: 94.36 -> "94,4%"."""
    return unknown() if value is None else f"{number(value, decimals)}%"


def points(change: Number | None, decimals: int = 1) -> str:
    """A change between two percentages, signed, in points: 0.6 -> "+0,6 điểm". Never "%"."""
    if change is None:
        return unknown()
    text = number(change, decimals)
    sign = "+" if change > 0 and text.strip("0.,") else ""
    return f"{sign}{text}{HARD_SPACE}{gettext('điểm')}"


def money(dong: int | Decimal | None, decimals: int | None = None) -> str:
    """Đồng in the scale people speak: 12_705_000_000_000 -> "12.705 tỷ đồng", English "VND 12,705 billion".

    ``decimals`` of the scaled amount; by default one where the amount is not whole at that scale.
    """
    if dong is None:
        return unknown()
    exact = Decimal(dong)
    for size, vietnamese, in_english in SCALES:
        if abs(exact) >= size:
            scaled = exact / size
            places = decimals if decimals is not None else int(scaled != scaled.to_integral_value())
            text = number(scaled, places)
            if english():
                return f"VND{HARD_SPACE}{text}{HARD_SPACE}{in_english}"
            return f"{text}{HARD_SPACE}{vietnamese}"
    text = number(exact, decimals or 0)
    return f"VND{HARD_SPACE}{text}" if english() else f"{text}{HARD_SPACE}đồng"


def file_size(count: int | None) -> str:
    """Bytes: 20_971_520 -> "20 MB"."""
    if count is None:
        return unknown()
    for size, name in ((1024**3, "GB"), (1024**2, "MB"), (1024, "KB")):
        if count >= size:
            scaled = Decimal(count) / size
            return f"{number(scaled, int(scaled < 10 and scaled % 1 != 0))}{HARD_SPACE}{name}"
    return f"{number(count)}{HARD_SPACE}byte"


# Dates and moments -----------------------------------------------------------------------------------


def day(on: date | None) -> str:
    """The day on a record, always whole: "30/04/2026", English "30 Apr 2026"."""
    if on is None:
        return unknown()
    on = local_date(on)
    return f"{on.day} {ENGLISH_MONTHS[on.month - 1]} {on.year}" if english() else f"{on:%d/%m/%Y}"


def short_day(on: date | None, today: date | None = None) -> str:
    """The day in a list: the year only where it is not this year: "30/04", "30/04/2025"."""
    if on is None:
        return unknown()
    on = local_date(on)
    if on.year != (today or timezone.localdate()).year:
        return day(on)
    return f"{on.day} {ENGLISH_MONTHS[on.month - 1]}" if english() else f"{on:%d/%m}"


def long_day(on: date | None) -> str:
    """The day with its weekday: "Thứ Năm, 23/04/2026"."""
    if on is None:
        return unknown()
    names = ENGLISH_DAYS if english() else VIETNAMESE_DAYS
    return f"{names[local_date(on).weekday()]}, {day(on)}"


def clock(at: datetime | None) -> str:
    """The time of day: "06:00"."""
    return unknown() if at is None else f"{local(at):%H:%M}"


def moment(at: datetime | None) -> str:
    """A point in time: "06:00 23/04/2026"."""
    return unknown() if at is None else f"{clock(at)} {day(at)}"


def short_moment(at: datetime | None, today: date | None = None) -> str:
    """A point in time in a list: only the clock when it is today, no year when it is this year."""
    if at is None:
        return unknown()
    today = today or timezone.localdate()
    return clock(at) if local(at).date() == today else f"{clock(at)} {short_day(at, today)}"


# Spans -----------------------------------------------------------------------------------------------


def until(due: date | None, today: date | None = None) -> str:
    """Where a deadline stands: "còn 7 ngày", "đến hạn hôm nay", "quá 4 ngày". Calendar days."""
    if due is None:
        return gettext("chưa có hạn")
    left = (local_date(due) - (today or timezone.localdate())).days
    if left == 0:
        return gettext("đến hạn hôm nay")
    if left > 0:
        return ngettext("còn %(count)s ngày", "còn %(count)s ngày", left) % {"count": number(left)}
    return ngettext("quá %(count)s ngày", "quá %(count)s ngày", -left) % {"count": number(-left)}


def ago(at: datetime | None, now: datetime | None = None) -> str:
    """How long since: "vừa xong", "5 phút trước", "31 giờ trước", "4 ngày trước" (days from 48 hours on)."""
    if at is None:
        return unknown()
    minutes = int(((now or timezone.now()) - at).total_seconds() // 60)
    if minutes < 1:
        return gettext("vừa xong")
    if minutes < 60:
        return ngettext("%(count)s phút trước", "%(count)s phút trước", minutes) % {"count": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(count)s giờ trước", "%(count)s giờ trước", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)s ngày trước", "%(count)s ngày trước", days) % {"count": number(days)}


def local(at: datetime) -> datetime:
    """``at`` in the project's time zone. A naive moment is a bug of the caller: raises ValueError."""
    return timezone.localtime(at)


def local_date(on: date) -> date:
    """The calendar day of a date, or of a moment in the project's time zone."""
    return local(on).date() if isinstance(on, datetime) else on
