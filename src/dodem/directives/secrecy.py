"""Is a paper classified? Such papers never enter this system: the text is asked before anything is kept.

The three levels are those of the Law on Protection of State Secrets 2018, article 8; they are stamped in
capitals or written after "Độ mật".
"""

from __future__ import annotations

import re

LEVELS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
_LEVEL = "|".join(level.replace(" ", r"\s+") for level in LEVELS)
HEAD = 1500  # characters in which a stamp stands between other words

_ALONE = re.compile(rf"^[\s\[\](){{}}|*_-]*(?P<level>{_LEVEL})[\s\[\](){{}}|*_.-]*$", re.MULTILINE)
_NAMED = re.compile(rf"(?i:độ\s+mật|mức\s+độ\s+mật)\s*:?\s*(?P<level>(?i:{_LEVEL}))\b(?!\s+(?i:khẩu|mã|độ))")
# "BẢO MẬT", "BÍ MẬT NHÀ NƯỚC", "MẬT KHẨU", "MẬT MÃ" in a title are no stamp.
_STAMPED = re.compile(
    rf"(?<![\w-])(?<!BẢO )(?<!BÍ )(?<!CƠ )(?<!ĐỘ )(?P<level>{_LEVEL})(?!\w)(?!\s+(?:KHẨU|MÃ|THƯ|ONG|ĐỘ))"
)


def classified_level(text: str) -> str | None:
    """The level a text is stamped with ("TỐI MẬT"), or None."""
    match = _ALONE.search(text) or _NAMED.search(text) or _STAMPED.search(text[:HEAD])
    return " ".join(match["level"].upper().split()) if match else None
