"""What citizens write about and how long an answer may take: ``definitions/feedback`` as frozen
dataclasses.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from dodem.pages.formats import english


@dataclass(frozen=True)
class Clock:
    """An answer is due ``days`` after receipt, which itself is not counted. ``basis`` is the rule that says
    so.
    """

    code: str
    days: int
    counted: Literal["calendar", "working"]
    basis: str


@dataclass(frozen=True)
class Clocks:
    """``routing_minutes`` from receipt to a unit; ``answers`` by code; ``days_to_reopen`` after an answer."""

    routing_minutes: int
    routing_basis: str
    answers: dict[str, Clock]
    days_to_reopen: int


@dataclass(frozen=True)
class Category:
    """``field`` is the wider heading; ``proof``: an answer "done" needs a photo or a signed record."""

    code: str
    title_vi: str
    title_en: str
    field: str
    icon: str
    clock: Clock
    proof: bool
    retired: bool

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if english() else self.title_vi


@cache
def clocks() -> Clocks:
    """The clocks of clocks.yaml. Raises ValueError for one that cannot be meant."""
    read = _read("clocks")
    return Clocks(
        routing_minutes=read["routing"]["minutes"],
        routing_basis=read["routing"]["basis"],
        answers={code: _clock(code, entry) for code, entry in read["answer"].items()},
        days_to_reopen=read["citizen"]["days_to_reopen"],
    )


@cache
def categories() -> dict[str, Category]:
    """Every category by code, in the order of the file, the retired ones too. Raises ValueError for a code
    used twice.
    """
    found: dict[str, Category] = {}
    for field in _read("categories"):
        for entry in field["categories"]:
            if entry["code"] in found:
                raise ValueError(f"categories.yaml: {entry['code']} is there twice")
            found[entry["code"]] = Category(
                code=entry["code"],
                title_vi=entry["title"],
                title_en=entry["title_en"],
                field=field["code"],
                icon=entry["icon"],
                clock=clocks().answers[entry.get("clock", "standard")],
                proof=entry.get("proof", False),
                retired=entry.get("retired", False),
            )
    return found


def offered() -> list[Category]:
    """The categories a citizen may choose."""
    return [category for category in categories().values() if not category.retired]


def _clock(code: str, entry: dict[str, Any]) -> Clock:
    if entry["counted"] not in ("calendar", "working") or not entry["days"] > 0:
        raise ValueError(f"clocks.yaml, {code}: days must be above 0 and counted calendar or working")
    return Clock(code=code, days=entry["days"], counted=entry["counted"], basis=entry["basis"])


def _read(name: str) -> Any:
    text = files("dodem").joinpath("definitions", "feedback", f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)
