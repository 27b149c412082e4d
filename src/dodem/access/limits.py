"""So many acts in so long a time, counted in the shared cache. For doors that stand open to everyone."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.core.cache import cache


class TooMany(Exception):
    """The limit is used up; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Limit:
    """At most ``times`` in each window of ``seconds``."""

    name: str
    times: int
    seconds: int

    def spend(self, key: str) -> None:
        """Count one act for ``key``. Raises TooMany when the window is full."""
        now = int(time.time())
        window, left = divmod(now, self.seconds)
        slot = f"limit:{self.name}:{key}:{window}"
        used = (cache.get(slot) or 0) + 1
        cache.set(slot, used, timeout=self.seconds)
        if used > self.times:
            raise TooMany(retry_after=self.seconds - left)
