"""Places in a text, by character: trim them, find copied words, propose where a sentence may be cut. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

Span = tuple[int, int]

_EDGE = " \t\n\u00a0,;:.…–-"
_CUT = re.compile(
    r"(?<=[;,.])\s+|\s+(?=(?:đồng thời|và|trong đó|kết hợp với|bảo đảm|đảm bảo)\s)", re.IGNORECASE
)
MIN_WORDS = 3  # on either side of a proposed cut


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without space and separators at its edges; empty (start >= end) when nothing is left."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def find_words(text: str, words: str) -> Span | None:
    """Where words copied from the text stand in it, spaces and line ends aside. None when nowhere."""
    parts = words.split()
    if not parts:
        return None
    found = re.search(r"\s+".join(re.escape(part) for part in parts), text)
    return trimmed(text, found.start(), found.end()) if found else None


@dataclass(frozen=True)
class Cut:
    """A place where a sentence may be cut: a character of the text, and the words on either side."""

    position: int
    before: str
    after: str


def cuts(text: str, start: int, end: int) -> list[Cut]:
    """Where a reader would cut text[start:end]: after its commas and semicolons, before its conjunctions."""
    found = []
    for match in _CUT.finditer(text, start, end):
        before, after = text[start : match.start()], text[match.end() : end]
        if len(before.split()) >= MIN_WORDS and len(after.split()) >= MIN_WORDS:
            found.append(Cut(match.end(), " ".join(before.split()[-6:]), " ".join(after.split()[:6])))
    return found
