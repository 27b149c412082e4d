"""The programmes a paper serves: named in its words, or the frame of the whole paper."""

import re
from collections import Counter
from dataclasses import dataclass

# (code, words). Codes are those of the annotation notation; a site adds its own programmes as lines.
PROGRAMMES: tuple[tuple[str, str], ...] = (
    ("NQ57", r"(?:Nghị\s+quyết(?:\s+số)?|NQ)\s*[:-]?\s*57(?:-NQ/TW)?(?![\d/])"),
    ("ĐA204", r"(?:Đề\s+án(?:\s+số)?|ĐA|Quyết\s+định(?:\s+số)?)\s*[:-]?\s*204(?:-QĐ/TW)?(?![\d/])"),
    ("ĐA06", r"(?:Đề\s+án(?:\s+số)?|ĐA)\s*[:-]?\s*0?6(?:/CP)?(?!\d|[.,/-]\d)"),
)
_PROGRAMMES = tuple((code, re.compile(rf"(?<!\w){words}", re.IGNORECASE)) for code, words in PROGRAMMES)
# A programme belongs to the frame when it is named at least this often against the one named most.
FRAME_SHARE = 0.6


@dataclass(frozen=True)
class ProgrammeMention:
    """A programme named at text[start:end]."""

    code: str
    text: str
    start: int
    end: int


def find_programmes(text: str) -> list[ProgrammeMention]:
    """Every naming of a known programme, left to right."""
    found = [
        ProgrammeMention(code, match[0], match.start(), match.end())
        for code, pattern in _PROGRAMMES
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda mention: mention.start)


def frame(text: str) -> tuple[str, ...]:
    """The programmes the whole paper is about, () when it names none."""
    counts = Counter(mention.code for mention in find_programmes(text))
    most = max(counts.values(), default=0)
    return tuple(code for code, _ in PROGRAMMES if counts[code] and counts[code] >= FRAME_SHARE * most)
