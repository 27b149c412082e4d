"""A text cut into lines, sentences and clauses, each knowing its place in the original text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The mark at the head of an item: "1.", "2.3.", "a)", "IV.", "-", "+", "•", "Điều 4.".
MARKERS: tuple[tuple[str, str], ...] = (
    ("article", r"Điều\s+\d+[.:]"),
    ("roman", r"[IVX]{1,5}\s*[./)-]"),
    ("decimal", r"\d{1,2}(?:\.\d{1,2}){1,3}\.?(?=\s+[^\W\d_])"),
    ("number", r"\d{1,2}\s*[.)/](?!\d)"),
    ("letter", r"[a-zđ]\s*[.)](?!\w)"),
    ("bullet", r"[-–—+•*●▪◦]"),
)
_MARKERS = tuple((kind, re.compile(rf"\s*({words})\s*")) for kind, words in MARKERS)

# A full stop after these does not end a sentence.
ABBREVIATIONS = (
    "TP",
    "Tp",
    "P",
    "Q",
    "H",
    "TX",
    "TT",
    "X",
    "Th",
    "ThS",
    "TS",
    "PGS",
    "GS",
    "BS",
    "KT",
    "TM",
    "TL",
    "TUQ",
    "Mr",
    "St",
)
_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s+[\"“‘(\[«]?[A-ZÀ-ỸĐ0-9]|\s*\Z)|\.{3}\s+(?=[A-ZÀ-ỸĐ])")
_ABBREVIATED = re.compile(rf"(?<!\w)(?:{'|'.join(ABBREVIATIONS)})\.\Z")
_STARTERS = (
    r"(?:Sở|Ban|Bộ|UBND|Ủy ban|Công an|Văn phòng"
    r"|Ông|Bà|Bí thư|Chủ tịch|Giám đốc|Thủ tướng|Các|Theo|Trung tâm|Phó)\b"
)
# … when a name follows: "TP. Hồ Chí Minh", "P. 9", but not "… kinh phí của TP. Ngoài ra".
_NAME_FOLLOWS = re.compile(rf"\s*(?:\d|HCM|(?!{_STARTERS})[A-ZÀ-ỸĐ][\wÀ-ỹ]*(?:\s+[A-ZÀ-ỸĐ]|\s*[,.;)]))")
_INITIALS = re.compile(r"[A-ZÀ-ỸĐ][\wÀ-ỹ]*\s+[A-ZĐ]\.\Z")


@dataclass(frozen=True)
class Piece:
    """text[start:end] of the original, without white space at its ends."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """One line of the text; `marker` is the kind of item mark it begins with, "" for running text.

    `body` is the line without the mark.
    """

    body: Piece
    start: int
    marker: str


def trimmed(text: str, start: int, end: int) -> Piece:
    """text[start:end] without white space at either end, with its true offsets."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return Piece(text[start:end], start, max(start, end))


def part(piece: Piece, start: int, end: int | None = None) -> Piece:
    """piece.text[start:end] as a piece of the original text."""
    cut = trimmed(piece.text, start, len(piece.text) if end is None else end)
    return Piece(cut.text, piece.start + cut.start, piece.start + cut.end)


def lines(text: str) -> Iterator[Line]:
    """The lines that are not blank."""
    position = 0
    for raw in text.splitlines(keepends=True):
        start, position = position, position + len(raw)
        piece = trimmed(text, start, position)
        if not piece.text:
            continue
        for kind, pattern in _MARKERS:
            if match := pattern.match(piece.text):
                yield Line(trimmed(text, piece.start + match.end(), piece.end), piece.start, kind)
                break
        else:
            yield Line(piece, piece.start, "")


def sentences(text: str, piece: Piece) -> Iterator[Piece]:
    """The sentences of one line; abbreviations, initials and decimals do not end one."""
    begin = piece.start
    for match in _END.finditer(piece.text):
        stop = piece.start + match.end()
        head = text[begin : piece.start + match.start() + 1]
        if match[0] == "." and _INITIALS.search(head):
            continue
        if match[0] == "." and _ABBREVIATED.search(head) and _NAME_FOLLOWS.match(text, stop):
            continue
        if stop < piece.end and not match[0].startswith(".") and text[stop : stop + 2].strip()[:1].islower():
            continue
        yield trimmed(text, begin, stop)
        begin = stop
    if text[begin : piece.end].strip():
        yield trimmed(text, begin, piece.end)


def clauses(text: str, sentence: Piece) -> Iterator[Piece]:
    """The parts of a sentence between semicolons, those inside brackets or quotes left whole."""
    begin, depth, quoted = sentence.start, 0, False
    for position in range(sentence.start, sentence.end):
        match text[position]:
            case "(" | "[":
                depth += 1
            case ")" | "]":
                depth = max(0, depth - 1)
            case "“":
                # A quotation that fills the whole sentence is speech: its clauses are clauses.
                quoted = "”" in text[position : sentence.end] and position > sentence.start + 1
            case "”":
                quoted = False
            case ";" if not depth and not quoted:
                yield trimmed(text, begin, position)
                begin = position + 1
    if text[begin : sentence.end].strip():
        yield trimmed(text, begin, sentence.end)
