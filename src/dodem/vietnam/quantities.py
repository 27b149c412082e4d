"""Measured quantities in Vietnamese text: number, scale word, unit, qualifier, "x of y", ranges, ranks.

    quantity   := qualifier? amount (unit? "/" | "trên tổng số" | "-" | "đến") amount unit
                | qualifier? amount unit
                | rank | multiple | share-word
    amount     := numeral scale? (numeral scale)? "rưỡi"?
    unit       := money | "%" | "điểm %" | collective | noun phrase

Values are in base units: đồng, not tỷ đồng; people, not triệu người. Offsets are characters of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from dodem.vietnam.numerals import (
    FIGURES,
    SCALE_PATTERN,
    SCALES,
    WORDS,
    Numeral,
    find_numerals,
    numeral_at,
    read_number,
)

_I = re.IGNORECASE


@dataclass(frozen=True)
class Quantity:
    """A quantity stated at text[start:end].

    `unit` is "VND", "USD", "EUR", "%", "pp" (percentage points), "rank", "lần" or the Vietnamese noun, and
    empty where none is named. `op` is one of "=", ">=", "<=", "~", "range"; `qualifier` is the word that
    said so. `of` is the y of "x of y"; `value_max` closes a range.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    op: str = "="
    qualifier: str = ""
    value_max: Decimal | None = None
    of: Decimal | None = None
    spelled: bool = False


# ------------------------------------------------------------------ qualifiers
QUALIFIERS: tuple[tuple[str, str], ...] = (
    (
        ">=",
        "hơn|trên|ít nhất|tối thiểu|thấp nhất|không dưới|không ít hơn|không thấp hơn|vượt(?: mức| trên)?|≥|>",
    ),
    (
        "<=",
        "gần|dưới|chưa đến|chưa tới|chưa đầy|không quá|không vượt quá|không cao hơn|không nhiều hơn"
        "|tối đa|nhiều nhất|cao nhất|ngót|≤|<",
    ),
    ("~", "khoảng|vào khoảng|xấp xỉ|ước(?: tính| đạt| khoảng)?|chừng|cỡ|độ chừng|≈|~"),
)
TRAILING_QUALIFIERS = ((">=", "trở lên|trở đi"), ("<=", "trở xuống|trở lại"))
_BETWEEN = r"(?:đạt|có|là|được|còn|khoảng|tới|đến|lên|lên đến|lên tới|cho)"
_BEFORE = tuple((op, re.compile(rf"(?<!\w)({words})(?:\s+{_BETWEEN})?\s*\Z", _I)) for op, words in QUALIFIERS)
_AFTER = tuple((op, re.compile(rf"\s+({words})(?!\w)", _I)) for op, words in TRAILING_QUALIFIERS)
_LONGEST_QUALIFIER = 28

# ------------------------------------------------------------------ units
_PER = r"(?:\s*/\s*(?!\d)[^\W\d_]+(?:[ -][^\W\d_]+)?)?"
CLOSED_UNITS: tuple[tuple[str, str], ...] = (
    ("pp", r"\s*(?:điểm\s+phần\s+trăm|điểm\s*%)"),
    ("%", r"\s*%|\s+phần\s+trăm(?!\w)"),
    ("VND", rf"\s*(?:đồng|VNĐ|VND|đ)(?!\w){_PER}"),
    ("USD", rf"\s*(?:USD|đô[ -]?la(?:\s+Mỹ)?|US\$)(?!\w){_PER}"),
    ("EUR", rf"\s*(?:EUR|euro|€)(?!\w){_PER}"),
    ("lần", r"\s+lần(?!\w)"),
)
_CLOSED = tuple((unit, re.compile(words, _I)) for unit, words in CLOSED_UNITS)

# Units of measure that may be written without a space after the number.
_MEASURE = re.compile(
    r"\s*((?:km2|km²|m2|m²|m3|m³|ha|km|cm|mm|m|kg|kV|kWh|MWh|MWp|MW|GW|GWh|Mbps|Gbps|TB|GB|MB)"
    r"(?:/[^\W\d_]+)?)(?!\w)"
)

# Nouns whose parts are joined by commas and still are one unit.
_COMMUNE = r"(?:xã|phường|đặc khu|thị trấn)"
COLLECTIVES = (
    rf"{_COMMUNE}(?:\s*[,/-]\s*{_COMMUNE}|\s+và\s+{_COMMUNE}|\s+{_COMMUNE})+",
    r"sở,\s*(?:ban,\s*)?ngành",
    r"tỉnh,\s*thành(?:\s+phố)?",
    r"cán bộ,\s*công chức(?:(?:,|\s+và)\s*viên chức)?(?:,\s*người lao động)?",
    r"bộ,\s*(?:ban,\s*)?ngành",
    r"cơ quan,\s*đơn vị(?:,\s*địa phương)?",
)
_COLLECTIVE = re.compile(r"\s+(" + "|".join(COLLECTIVES) + r")(?!\w)", _I)


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that end the noun phrase after a number: prepositions, auxiliaries, conjunctions, frequent verbs.
NOUN_ENDS = _words(
    """
    của cho với và hoặc hay trên trong tại từ đến tới được đã đang sẽ là có để do theo về ở vào lên
    xuống ra bằng so sau trước khi nhằm qua thuộc gồm như thì bị phải cần không chưa nhưng mà này đó
    khác nêu nói vừa cùng giữa dưới trừ đạt chiếm tăng giảm tham trị tương góp giúp đưa bao cũng đều vẫn
    còn nữa làm mỗi các những nào ngay hiện tính kể song nên rằng vì nếu bởi nhờ gần hơn
    hoàn gửi nộp đăng thiếu triển thực đăng chậm sử
    """
)
_WORD = re.compile(r"[ \u00a0]+([^\W\d_](?:[\w&-]*\w)?\d?)", re.UNICODE)
_LONGEST_NOUN = 8

# ------------------------------------------------------------------ joins
_RATIO = re.compile(r"\s*/\s*(?=\d)|\s+(?:trên|trong)(?:\s+tổng)?\s+số\s+(?=\d)", _I)
_RANGE = re.compile(r"\s*[-–—]\s*(?=\d)|\s+(?:đến|tới)\s+(?=\d)", _I)
_SCALE = re.compile(rf"\s*({SCALE_PATTERN})", _I)
_HALF_MORE = re.compile(r"\s+rưỡi(?!\w)", _I)

# ------------------------------------------------------------------ words that are quantities by themselves
_ORDINAL = rf"(?:{FIGURES}|nhất|nhì|ba|tư|{WORDS})"
_RANK_STANDS = r"(?:xếp|đứng|giữ|ở|đạt|vươn lên|lọt|hạng|vị trí|vị thứ|xếp hạng|thứ hạng)"
_RANK_SCOPE = (
    r"(?:cả nước|toàn quốc|thế giới|toàn cầu|khu vực|châu Á|Đông Nam Á|ASEAN|trong|trên|về|Việt Nam)"
)
RANKS = (
    re.compile(rf"(?<!\w)top\s*(?P<top>{FIGURES}|{WORDS})", _I),
    re.compile(
        rf"(?<!\w)(?<!lần\s)(?<!kỳ họp\s)thứ\s+(?P<n>{_ORDINAL})(?!\w)"
        rf"(?P<scope>\s*/\s*(?P<of>{FIGURES})|\s+{_RANK_SCOPE}(?!\w))?",
        _I,
    ),
    re.compile(rf"(?<!\w)(?:xếp\s+|thứ\s+)?hạng\s+(?P<n>{FIGURES})(?P<scope>)(?!\w)", _I),
    re.compile(rf"(?<!\w)(?:vị trí|vị thứ)\s+(?:số\s+)?(?P<n>{FIGURES})(?P<scope>)(?!\w)", _I),
)
_STANDS_BEFORE = re.compile(rf"(?<!\w){_RANK_STANDS}(?:\s+(?:ở|vị trí|hạng))?\s*\Z", _I)
MULTIPLES = (
    (
        re.compile(
            r"(?<!\w)(?:tăng\s+|cao\s+|lớn\s+|nhiều\s+)?gấp\s+(đôi|rưỡi|ba|bốn|năm|mười)(?!\w)(?!\s+lần)", _I
        )
    ),
)
_MULTIPLE = {"đôi": "2", "rưỡi": "1.5", "ba": "3", "bốn": "4", "năm": "5", "mười": "10"}
_SHARE = re.compile(r"(?<!\w)một\s+nửa(?!\w)|(?<=\d\s)rưỡi|(?<!\w)quá\s+nửa(?!\w)", _I)
_ROUND = re.compile(
    r"(?<!\w)hàng\s+(chục|trăm|nghìn|ngàn|triệu|chục nghìn|trăm nghìn|chục triệu|tỷ|tỉ)(?!\w)", _I
)
_ROUNDS = {
    "chục": 10, "trăm": 100, "nghìn": 10**3, "ngàn": 10**3, "chục nghìn": 10**4, "trăm nghìn": 10**5,
    "triệu": 10**6, "chục triệu": 10**7, "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip


@dataclass(frozen=True)
class _Amount:
    end: int
    value: Decimal
    scale: int
    spelled: bool


def find_quantities(text: str) -> Iterator[Quantity]:
    """Every quantity of the text in order of its start; of overlapping readings the richer one wins.

    Numbers that are parts of dates, document numbers and names are returned too: what is a measurement is
    the caller's question.
    """
    taken_until = 0
    special = sorted([*_ranks(text), *_multiples(text), *_shares(text)], key=lambda q: q.start)
    plain = _plain(text, special)
    for quantity in sorted([*special, *plain], key=lambda q: (q.start, -q.end)):
        if quantity.start >= taken_until:
            yield quantity
            taken_until = quantity.end


def read_quantity(phrase: str) -> Quantity | None:
    """The quantity that a short phrase states; the one with a unit when there are several."""
    found = list(find_quantities(phrase))
    return max(found, key=lambda q: (bool(q.unit), q.end - q.start), default=None)


def _plain(text: str, special: list[Quantity]) -> Iterator[Quantity]:
    resume = 0
    for numeral in find_numerals(text):
        inside = any(q.start <= numeral.start < q.end for q in special)
        if numeral.start < resume or inside:
            continue
        quantity = _quantity_at(text, numeral)
        resume = quantity.end
        yield quantity


def _quantity_at(text: str, numeral: Numeral) -> Quantity:
    first = _amount(text, numeral)
    unit, unit_end = _unit(text, first.end)
    quantity = Quantity(numeral.start, unit_end, "", first.value, unit, spelled=numeral.spelled)
    quantity = _ratio(text, first, quantity) or _range(text, first, quantity) or quantity
    return _qualified(text, quantity)


def _amount(text: str, numeral: Numeral) -> _Amount:
    value, end, scale = numeral.value, numeral.end, 1
    if match := _SCALE.match(text, end):
        scale = SCALES[" ".join(match[1].lower().split())]
        value, end = value * scale, match.end()
        if half := _HALF_MORE.match(text, end):
            value, end = value + Decimal(scale) / 2, half.end()
        elif more := re.compile(rf"\s+(\d{{1,3}})\s+({SCALE_PATTERN})", _I).match(text, end):
            lower = SCALES[" ".join(more[2].lower().split())]
            if lower < scale:
                value, end = value + Decimal(more[1]) * lower, more.end()
    if value == value.to_integral_value():
        value = Decimal(int(value))
    return _Amount(end, value, scale, numeral.spelled)


def _unit(text: str, position: int) -> tuple[str, int]:
    """The unit that begins at `position` and where it ends; ("", position) when there is none."""
    for unit, pattern in _CLOSED:
        if match := pattern.match(text, position):
            return unit, match.end()
    if match := _MEASURE.match(text, position) or _COLLECTIVE.match(text, position):
        return " ".join(match[1].split()), match.end()
    end, words = position, 0
    while words < _LONGEST_NOUN and (match := _WORD.match(text, end)):
        if match[1].lower() in NOUN_ENDS:
            break
        end, words = match.end(), words + 1
    return " ".join(text[position:end].split()), end


def _ratio(text: str, first: _Amount, quantity: Quantity) -> Quantity | None:
    position = first.end if _RATIO.match(text, first.end) else quantity.end
    join = _RATIO.match(text, position)
    second = numeral_at(text, join.end()) if join else None
    if not second:
        return None
    whole = _amount(text, second)
    unit, end = _unit(text, whole.end)
    if not (unit or quantity.unit):
        return None
    value = first.value if first.scale > 1 or quantity.end > first.end else first.value * whole.scale
    return replace(quantity, end=end, value=value, of=whole.value, unit=unit or quantity.unit)


def _range(text: str, first: _Amount, quantity: Quantity) -> Quantity | None:
    position = first.end if _RANGE.match(text, first.end) else quantity.end
    join = _RANGE.match(text, position)
    second = numeral_at(text, join.end()) if join else None
    if not second:
        return None
    last = _amount(text, second)
    unit, end = _unit(text, last.end)
    named_twice = position == quantity.end and quantity.unit != "" and position != first.end
    if not unit or (named_twice and unit != quantity.unit):
        return None
    value = first.value if first.scale > 1 or named_twice else first.value * last.scale
    if value >= last.value:
        return None
    return replace(quantity, end=end, value=value, value_max=last.value, unit=unit, op="range")


def _qualified(text: str, quantity: Quantity) -> Quantity:
    """The quantity with the words before and after it that say at least, at most or about."""
    start, op, qualifier, end = quantity.start, quantity.op, "", quantity.end
    before = text[max(0, start - _LONGEST_QUALIFIER) : start]
    for sign, pattern in _BEFORE:
        if match := pattern.search(before):
            op, qualifier = sign, match[1]
            start -= len(before) - match.start()
            break
    else:
        for sign, pattern in _AFTER:
            if match := pattern.match(text, end):
                op, qualifier, end = sign, match[1], match.end()
                break
    if quantity.op == "range":
        op = "range"
    return replace(quantity, start=start, end=end, op=op, qualifier=qualifier, text=text[start:end])


def _ranks(text: str) -> Iterator[Quantity]:
    for pattern in RANKS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            value = read_number(groups.get("top") or groups["n"])
            if value is None:
                continue
            if groups.get("top"):
                yield Quantity(match.start(), match.end(), match[0], value, "rank", "<=", "top")
                continue
            stands = _STANDS_BEFORE.search(text[max(0, match.start() - 20) : match.start()])
            # Without a verb of standing or a field of comparison "thứ ba" is Tuesday or the third item.
            if stands or groups["scope"] or not match[0].lower().startswith("thứ"):
                of = read_number(groups["of"]) if groups.get("of") else None
                yield Quantity(match.start(), match.end(), match[0], value, "rank", of=of)


def _multiples(text: str) -> Iterator[Quantity]:
    for pattern in MULTIPLES:
        for match in pattern.finditer(text):
            value = Decimal(_MULTIPLE[match[1].lower()])
            yield Quantity(match.start(), match.end(), match[0], value, "lần", spelled=True)


def _shares(text: str) -> Iterator[Quantity]:
    for match in _SHARE.finditer(text):
        op = ">=" if match[0].lower().startswith("quá") else "="
        yield _qualified(
            text, Quantity(match.start(), match.end(), match[0], Decimal(50), "%", op, spelled=True)
        )
    for match in _ROUND.finditer(text):
        value = Decimal(_ROUNDS[" ".join(match[1].lower().split())])
        unit, end = _unit(text, match.end())
        yield Quantity(match.start(), end, text[match.start() : end], value, unit, ">=", "hàng", spelled=True)
