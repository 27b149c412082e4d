"""One line that names a task, shortened from the words that order it."""

import re

from dodem.reading.words import CONNECTIVE, IMPERATIVE, TOPIC, phrase

_LONGEST = 140
_URGING = phrase("chủ trì|khẩn trương|tiếp tục|tập trung|phải|cần|có trách nhiệm|chịu trách nhiệm")
_HEAD = re.compile(
    rf"\A\s*[,:]?\s*(?:(?:{_URGING})\s*,?\s*)+",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[;:]|,\s+(?:đảm bảo|bảo đảm|trong đó|nhằm|để|theo|từng bước|không để|đồng thời|trên cơ sở)",
    re.IGNORECASE,
)


def title(text: str, *, after: int = 0, deadline: str | None = None) -> str:
    """The action in at most 140 characters, without bodies, deadline and trailing conditions.

    `after` is where the names of the bodies end in the text; the action is taken from the verb behind them.
    """
    behind = text[after:].lstrip(" ,:")
    short = behind if after and IMPERATIVE.match(behind) else text
    short = " ".join(short.split())
    if match := CONNECTIVE.match(short):
        short = short[match.end() :]
    if (match := TOPIC.match(short)) and len(short) - match.end() > 30:
        short = short[match.end() :]
    short = _HEAD.sub("", short, count=1)
    if deadline:
        short = short.replace(" ".join(deadline.split()), "")
    breaks = [match.start() for match in _BREAK.finditer(short) if match.start() > 30]
    if breaks:
        short = short[: breaks[0]]
    short = re.sub(r"\s+([,.;])", r"\1", " ".join(short.split())).strip(' ,.;:“”"')
    if len(short) > _LONGEST:
        short = short[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
    return short[:1].upper() + short[1:]
