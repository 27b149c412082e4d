"""Does a word have the shape of a Vietnamese syllable? Enough to tell right letters from wrong ones."""

import re
import unicodedata
from functools import lru_cache

TONES = frozenset("\u0300\u0309\u0303\u0301\u0323")  # huyền, hỏi, ngã, sắc, nặng

_ONSET = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx]"
_NUCLEUS = (
    "iêu|yêu|uôi|ươi|ươu|oai|oay|oao|oeo|uây|uyê|uya|uyu|ia|iê|yê|ya|ua|uô|ưa|ươ|oa|oă|oe|oo|uâ|uê|uơ|uy|"
    "ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|[aăâeêioôơuưy]"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_NUCLEUS})(?:ch|ng|nh|[cmnptk])?")


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """Whether `word` (any case, NFC) is spelt like one Vietnamese syllable with at most one tone."""
    letters = []
    tones = 0
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in TONES:
            tones += 1
        else:
            letters.append(char)
    bare = unicodedata.normalize("NFC", "".join(letters))
    return tones <= 1 and _SYLLABLE.fullmatch(bare) is not None
