"""An address as words: where its segments end, and which words say "ward", "district" or "province"."""

import re
import unicodedata
from dataclasses import dataclass

from dodem.vietnam.text import FoldTable
from dodem.vietnam.units import CommuneKind, FormerKind

Kind = CommuneKind | FormerKind

BREAK = ","
POSTAL_DIGITS = 5

# Marker words, folded. "district" stands for quận, huyện, thị xã and the cities inside a province.
MARKERS: dict[str, Kind] = {
    **dict.fromkeys(("phuong", "p", "f", "ph", "ward"), "ward"),
    **dict.fromkeys(("xa", "x", "commune"), "commune"),
    **dict.fromkeys(("thi tran", "tt"), "township"),
    **dict.fromkeys(("dac khu", "dk"), "special_zone"),
    **dict.fromkeys(("quan", "q", "district", "dist", "huyen", "h"), "district"),
    **dict.fromkeys(("thi xa", "tx", "thanh pho", "tp"), "district"),
}
MARKER_PAIRS = frozenset(tuple(marker.split()) for marker in MARKERS if " " in marker)
PAIR_OPENERS = frozenset(pair[0] for pair in MARKER_PAIRS)
# English puts the kind after the name: "Ben Nghe Ward", "Vung Tau City".
MARKERS_AFTER: dict[str, Kind] = {
    "ward": "ward",
    "commune": "commune",
    "district": "district",
    "city": "district",
    "town": "district",
}
FULL_WORDS = frozenset({"phuong", "ward", "xa", "commune", "thi tran", "dac khu"})
NUMBERED = frozenset({"phuong", "p", "f", "ph", "ward", "quan", "q", "district", "dist"})
STREET_WORDS = frozenset({"duong", "pho", "lo", "street", "st", "road", "hem", "ngo", "cau", "cho", "kenh"})
_MARKED_SPELLINGS = {"phuong": "phường", "xa": "xã", "quan": "quận", "huyen": "huyện", "tinh": "tỉnh"}


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words with BREAK between segments, and at the same positions the words as they were written."""

    folded: list[str]
    written: list[str]

    def said(self, start: int, end: int) -> str:
        """The words from `start` to `end` as they were written, without the signs between them."""
        return " ".join(word for word in self.written[start:end] if word != BREAK)

    def is_marker_spelling(self, at: int) -> bool:
        """Whether the word at `at` can be a marker: "phường" and "phuong" can, "Phương" cannot."""
        written = self.written[at]
        if written.isascii():
            return True
        return written.lower() == _MARKED_SPELLINGS.get(self.folded[at])


_BREAK_SIGNS = ",;()[]{}|–—•\n\r"
# A run of letters, a number without its leading zeros, or a run of signs that ends a segment.
_WORD = re.compile(rf"[^\W\d_]+|(?!0\d)\d+|[{re.escape(_BREAK_SIGNS)}](?:\s*[{re.escape(_BREAK_SIGNS)}])*")
_FOLDING = FoldTable(dict.fromkeys(map(ord, _BREAK_SIGNS), BREAK))


def read_words(address: str) -> Words:
    """Split an address into words: "P9Q3" is four, "09" is "9"; cũ, mới, the country, a postal code go."""
    written = [
        BREAK if word[0] in _BREAK_SIGNS else word
        for word in _WORD.findall(unicodedata.normalize("NFC", address))
    ]
    folded = " ".join(written).translate(_FOLDING).split()
    if len(folded) != len(written):  # a letter that folds to nothing or to two words
        written = list(folded)
    words = Words(folded, written)
    _drop_country(words)
    if "cu" in folded or "moi" in folded:
        _drop_remarks(words)
    return words


def _drop_country(words: Words) -> None:
    folded = words.folded
    while folded:
        last = folded[-1]
        if last in {BREAK, "vietnam", "vn"} or (last.isdigit() and len(last) >= POSTAL_DIGITS):
            cut = 1
        elif folded[-2:] == ["viet", "nam"]:
            cut = 2
        else:
            return
        del folded[-cut:], words.written[-cut:]


def _drop_remarks(words: Words) -> None:
    """Drop "cũ" and "mới" after a name. "Củ Chi" and "Nguyễn Cư Trinh" keep theirs."""
    for at in reversed(range(len(words.folded))):
        closes = at + 1 == len(words.folded) or words.folded[at + 1] == BREAK
        old = words.folded[at] == "cu" and (closes or words.written[at].lower() == "cũ")
        if old or (closes and words.folded[at] == "moi"):
            del words.folded[at], words.written[at]
