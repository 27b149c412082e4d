"""From where and in which role a change is being made: set once at each door, read by ``record``."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Origin:
    """``door`` is "web 203.0.113.7", "command line" or "worker"; ``role`` the role that allowed the act."""

    door: str
    role: str = ""


COMMAND_LINE = Origin(door="command line")
_current: ContextVar[Origin] = ContextVar("origin", default=COMMAND_LINE)


def current() -> Origin:
    return _current.get()


@contextmanager
def entering(door: str) -> Iterator[None]:
    token = _current.set(Origin(door=door))
    try:
        yield
    finally:
        _current.reset(token)


def acting_as(role: str) -> None:
    """Name the role under which the rest of this request acts."""
    _current.set(replace(_current.get(), role=role))
