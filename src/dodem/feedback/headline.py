"""The headline of a report."""

from __future__ import annotations

import re

LONGEST = 90


def headline(text: str) -> str:
    """The first sentence, cut between words at ``LONGEST`` characters."""
    first = re.split(r"(?<=[.!?…])\s|\n", text.strip(), maxsplit=1)[0].rstrip(".!… ")
    if len(first) <= LONGEST:
        return first
    return first[:LONGEST].rsplit(" ", 1)[0].rstrip(",;: ") + "…"
