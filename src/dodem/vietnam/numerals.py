"""Numbers as Vietnamese papers write them, in figures and in words.

Figures: "." groups thousands and "," is the decimal mark, so "2.535" is 2535 and "14,8" is 14.8. A dot
before anything but three digits is taken as a foreign decimal mark ("1.5 tỷ").
Words: "hai mươi mốt" is 21, "một trăm linh năm" is 105.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

FIGURES = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|\d+,\d+|\d+\.\d+|\d+)"

DIGIT_WORDS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "nhất": 1, "nhì": 2,
}  # fmt: skip
SCALES: dict[str, int] = {
    "triệu tỷ": 10**15, "triệu tỉ": 10**15,
    "nghìn tỷ": 10**12, "ngàn tỷ": 10**12, "nghìn tỉ": 10**12, "ngàn tỉ": 10**12,
    "tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3,
}  # fmt: skip
# "tỷ lệ", "tỉ trọng" … begin like the scale word and are something else.
SCALE_PATTERN = (
    r"(?:(?:triệu|nghìn|ngàn)\s+(?:tỷ|tỉ)|tỷ|tỉ|triệu|nghìn|ngàn)(?![^\W\d_])"
    r"(?!\s+(?:lệ|trọng|suất|giá|phú|số\b))"
)
_LEADING = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười"
_FOLLOWING = _LEADING + "|mốt|tư|lăm|mươi|trăm|linh|lẻ"
WORDS = rf"(?:(?:{_LEADING})(?:\s+(?:{_FOLLOWING}))*)(?![^\W\d_])"

_FIGURES = re.compile(FIGURES)
_NUMERAL = re.compile(rf"(?<!\w)(?<!\d[.,])(?:(?P<figures>{FIGURES})|(?P<words>{WORDS}))", re.IGNORECASE)


@dataclass(frozen=True)
class Numeral:
    """A number standing at text[start:end]."""

    start: int
    end: int
    value: Decimal
    spelled: bool


def read_figures(figures: str) -> Decimal:
    """The value of a number written in figures. Raises ValueError when it is not one."""
    if not _FIGURES.fullmatch(figures):
        raise ValueError(f"not a number: {figures!r}")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", figures):
        return Decimal(figures.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", figures):
        return Decimal(figures.replace(",", ""))
    return Decimal(figures.replace(",", "."))


def read_words(words: str) -> int | None:
    """The value below one thousand of a number in words, None when the words are no number."""
    total = 0
    current: int | None = None
    for word in words.lower().split():
        if word in DIGIT_WORDS:
            # "trăm linh năm": the digit after a zero-filler stands alone in the units place.
            if current is not None:
                return None
            current = DIGIT_WORDS[word]
        elif word == "mười" and current is None:
            total, current = total + 10, None
        elif word == "mươi" and current is not None:
            total, current = total + current * 10, None
        elif word == "trăm" and current is not None:
            total, current = total + current * 100, None
        elif word in ("linh", "lẻ") and current is None and total:
            continue
        else:
            return None
    return total + (current or 0) if words.strip() else None


def read_number(number: str) -> Decimal | None:
    """The value of one number in figures or words ("12.705", "mười hai"), None when it is neither."""
    stripped = number.strip()
    if _FIGURES.fullmatch(stripped):
        return read_figures(stripped)
    value = read_words(stripped)
    return None if value is None else Decimal(value)


def numeral_at(text: str, position: int) -> Numeral | None:
    """The number that begins exactly at `position`."""
    match = _NUMERAL.match(text, position)
    return _numeral(match) if match else None


def find_numerals(text: str) -> Iterator[Numeral]:
    """Every number of the text, from left to right."""
    for match in _NUMERAL.finditer(text):
        if numeral := _numeral(match):
            yield numeral


def _numeral(match: re.Match[str]) -> Numeral | None:
    if figures := match["figures"]:
        return Numeral(match.start(), match.end(), read_figures(figures), spelled=False)
    value = read_words(match["words"])
    if value is None:
        # "ba năm" is three years: only the first word counts.
        first = match["words"].split()[0]
        value = read_words(first)
        if value is None:
            return None
        return Numeral(match.start(), match.start() + len(first), Decimal(value), spelled=True)
    return Numeral(match.start(), match.end(), Decimal(value), spelled=True)
