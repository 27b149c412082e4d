"""Measured claims: what a text says has been counted or measured, with value, unit, as-of and place.

Not claims: numbers of papers, dates, names with numbers in them, idioms, durations, counts that only give
the text its order ("ba nội dung"). Aims ("phấn đấu đạt 80 %") are found and marked `is_target`.
"""

import re
from dataclasses import dataclass
from datetime import date

from dodem.reading.sentences import Piece, lines, sentences
from dodem.reading.times import Time, find_times
from dodem.vietnam.legal import find_citations
from dodem.vietnam.quantities import Quantity, find_quantities

_I = re.IGNORECASE


@dataclass(frozen=True)
class Claim:
    """A quantity claimed at text[start:end]. `as_of` is a year, month or day in ISO form."""

    start: int
    end: int
    text: str
    quantity: Quantity
    indicator: str
    as_of: str
    place: str | None
    is_target: bool


# ------------------------------------------------------------------ what a number is not a measure of
NAMED_BEFORE = re.compile(
    r"(?<!\w)(?:số|nghị\s+quyết|quyết\s+định|đề\s+án|chỉ\s+thị|kết\s+luận|thông\s+báo|thông\s+tư"
    r"|nghị\s+định|kế\s+hoạch|luật|điều|khoản|mục|phụ\s+lục|chương|trang"
    r"|bước|giai\s+đoạn|quý|kỳ\s+họp|lần|khóa|khoá|lúc|cấp\s+độ|mức\s+độ|thế\s+hệ|phiên\s+bản|tuyến"
    r"|vành\s+đai|quốc\s+lộ|đường|QL|quận|phường|tổ|khu\s+phố|ấp|hotline|điện\s+thoại"
    r"|mô\s+hình|covid|khu\s+vực|nhóm|windows|công\s+nghiệp|metro\s+số|tầm\s+nhìn|lớp|tập|gói\s+thầu"
    r"|cơ\s+sở|ĐT|thứ|tháng|năm|ngày|sáng|chiều|tối|hệ)\s*:?\s*[\"“']?\Z",
    _I,
)
DURATIONS = re.compile(
    r"\A(?:ngày|đêm|tuần|tháng|quý|năm|giờ|phút|giây|tiếng|nhiệm\s+kỳ|thập\s+kỷ|thế\s+kỷ|ca|tuổi|h)(?!\w)", _I
)
STRUCTURE = re.compile(
    r"\A(?:nội\s+dung|vấn\s+đề|mũi|trụ\s+cột|quan\s+điểm|nguyên\s+tắc|câu\s+hỏi|ý\s+kiến|việc|yêu\s+cầu"
    r"|lý\s+do|điểm|khía\s+cạnh|yếu\s+tố|bước|phần|giai\s+đoạn"
    r"|nhóm\s+(?:nhiệm\s+vụ|giải\s+pháp|vấn\s+đề)|nhiệm\s+vụ|giải\s+pháp|trọng\s+tâm|đột\s+phá|cấp|nhà"
    r"|bên|không|khu\s+vực|mục\s+tiêu|tại\s+chỗ|mặt|chữ|phía)(?!\w)",
    _I,
)
IDIOMS = re.compile(
    r"(?:ba|3|bốn|4|hai|2|năm|5|sáu|6|một|1)\s+(?:nhà|không|cùng|tại\s+chỗ|cấp|rõ|ca|tốt|đúng|hóa)(?!\w)"
    r"|một\s+(?:số|cửa|cách|trong|phần|lần|nửa|mặt|bên)(?!\w)|hai\s+cấp",
    _I,
)
AIMS = re.compile(
    r"(?<!\w)(?:phấn\s+đấu|mục\s+tiêu|chỉ\s+tiêu|phải\s+đạt|cần\s+đạt|hướng\s+(?:tới|đến)|đặt\s+ra"
    r"|dự\s+kiến|kế\s+hoạch\s+là|yêu\s+cầu|bảo\s+đảm|đảm\s+bảo|tối\s+thiểu|ít\s+nhất|sẽ)(?!\w)",
    _I,
)
# One of these governs a whole sentence, list and all.
SENTENCE_AIMS = re.compile(r"(?<!\w)(?:phấn\s+đấu|đặt\s+mục\s+tiêu|mục\s+tiêu|chỉ\s+tiêu)(?!\w)", _I)
_DONE = re.compile(r"(?<!\w)(?:đã|hiện|đạt\s+được|thực\s+hiện\s+được)(?!\w)", _I)
_COMPARED = re.compile(r"so\s+(?:với\s+)?(?:cùng\s+kỳ\s+)?(?:với\s+)?\Z", _I)
_RECENT_DAYS = 200
_ARTICLE = ("một",)
_MEASURED = re.compile(
    r"(?<!\w)(?:giảm|rút\s+ngắn|cắt\s+giảm|tăng|bình\s+quân|trung\s+bình|còn|xuống)(?:\s+\S+){0,5}\s*\Z", _I
)
# Word numbers count only before something countable; "năm" is far more often a year.
_COUNTABLE = re.compile(
    r"\A(?:dự\s+án|doanh\s+nghiệp|đơn\s+vị|xã|phường|trung\s+tâm|khu|nền\s+tảng|hệ\s+thống|cơ\s+sở"
    r"|trường|bệnh\s+viện|tỉnh|tuyến|sản\s+phẩm|công\s+trình|quận|huyện|nhóm|người|hộ|văn\s+bản"
    r"|thủ\s+tục|kỳ\s+lân|bài\s+toán|sáng\s+kiến|mô\s+hình|giải\s+thưởng|ứng\s+dụng)(?!\w)",
    _I,
)
_YEAR_NEAR = re.compile(r"(?<![\d/.-])(20\d\d)(?![\d/.-])")
_PLACE = re.compile(
    r"(?:TP\.?\s?HCM|TPHCM|[Tt]hành phố Hồ Chí Minh|TP\.? Hồ Chí Minh|[Cc]ả nước|[Tt]oàn quốc|[Cc]ấp xã"
    r"|(?:[Pp]hường|[Xx]ã|[Tt]ỉnh)\s+[A-ZĐ][\wÀ-ỹ]*(?:\s+[A-ZĐ][\wÀ-ỹ]*)*)"
)


def find_claims(text: str, *, doc_date: date) -> list[Claim]:
    """The claims of a text in their order. Offsets are characters of `text`."""
    found: list[Claim] = []
    city = _PLACE.search(text)
    for line in lines(text):
        for sentence in sentences(text, line.body):
            found += _in_sentence(sentence, doc_date=doc_date, default_place=city[0] if city else None)
    return found


def _in_sentence(sentence: Piece, *, doc_date: date, default_place: str | None) -> list[Claim]:
    text = sentence.text
    quantities = list(find_quantities(text))
    if not quantities:
        return []
    cited = [(c.start, c.end) for c in find_citations(text)]
    times = [
        time
        for time in find_times(text, today=doc_date, looking="back")
        if not any(time.start < end and start < time.end for start, end in cited)
        and not _COMPARED.search(text[: time.start])
        # A month named without its year and long past is more likely one to come.
        and (time.year_stated or (doc_date - time.last).days <= _RECENT_DAYS)
    ]
    blocked = [(t.start, t.end) for t in times if t.grain != "half"]
    blocked += [(t.start, t.end) for t in find_times(text, today=doc_date)]
    blocked += cited
    claims: list[Claim] = []
    for quantity in quantities:
        if any(quantity.start < end and start < quantity.end for start, end in blocked):
            quantity_or_none = _outside(quantity, blocked)
            if quantity_or_none is None:
                continue
            quantity = quantity_or_none
        if not _measures(text, quantity):
            continue
        claims.append(
            Claim(
                start=sentence.start + quantity.start,
                end=sentence.start + quantity.end,
                text=quantity.text,
                quantity=quantity,
                indicator=_indicator(text, quantity),
                as_of=_as_of(text, quantity, times, doc_date),
                place=_place(text, quantity, default_place),
                is_target=_is_aim(text, quantity),
            )
        )
    return claims


def _outside(quantity: Quantity, blocked: list[tuple[int, int]]) -> Quantity | None:
    """A quantity whose noun only runs into a time ("18 dự án năm 2025") stands; its number must not."""
    for start, end in blocked:
        if start <= quantity.start < end or (start < quantity.end and start - quantity.start < 6):
            return None
    return quantity


def _measures(text: str, quantity: Quantity) -> bool:
    """Whether the quantity is a measurement or a count of something."""
    before = text[: quantity.start]
    number_first = not quantity.qualifier
    if not quantity.unit or (number_first and quantity.unit != "rank" and NAMED_BEFORE.search(before)):
        return False
    orders_the_text = quantity.of is None and quantity.value <= 12 and STRUCTURE.match(quantity.unit)
    if IDIOMS.match(quantity.text) or orders_the_text:
        return False
    if DURATIONS.match(quantity.unit):
        return bool(_MEASURED.search(before))
    if quantity.spelled and quantity.unit not in ("rank", "%", "VND", "USD", "lần"):
        word = quantity.text.split()[0].lower()
        if word in _ARTICLE or (word == "năm" and not _COUNTABLE.match(quantity.unit)):
            return False
    return not re.match(r"[A-Za-zĐđ]", text[quantity.end : quantity.end + 1] or " ")


def _is_aim(text: str, quantity: Quantity) -> bool:
    before = text[: quantity.start]
    clause = re.split(r"[;.]|,\s+(?=trong đó|đã)", before)[-1]
    near = AIMS.search(clause[-90:]) and not _DONE.search(clause)
    far = [match.end() for match in SENTENCE_AIMS.finditer(before)]
    return bool(near) or bool(far and not _DONE.search(before, far[-1]))


def _indicator(text: str, quantity: Quantity) -> str:
    """The words that say what is measured: the clause before the number, or the noun counted."""
    clause = re.split(r"[;.:(]|,\s", text[: quantity.start].rstrip(" ,"))[-1].strip()
    noun = "" if quantity.unit in ("%", "VND", "USD", "EUR", "pp", "rank", "lần") else quantity.unit
    return " ".join((clause + " " + noun).split())[-160:]


def _as_of(text: str, quantity: Quantity, times: list[Time], doc_date: date) -> str:
    """The time the claim is about: the nearest past time in its sentence, else the paper's day."""
    past = [t for t in times if t.first <= doc_date or t.grain == "year"]
    if past:
        nearest = min(past, key=lambda t: (abs(t.start - quantity.start), t.start))
        return _iso(nearest, doc_date)
    if year := _YEAR_NEAR.search(text[quantity.end :]) or _YEAR_NEAR.search(text):
        return year[1]
    return doc_date.isoformat()


def _iso(time: Time, doc_date: date) -> str:
    if time.grain == "year":
        return f"{time.first.year}"
    if time.grain == "month":
        return f"{time.first:%Y-%m}"
    return min(time.last, doc_date).isoformat()


def _place(text: str, quantity: Quantity, default: str | None) -> str | None:
    places = list(_PLACE.finditer(text))
    if not places:
        return default
    return min(places, key=lambda m: abs(m.start() - quantity.start))[0]
