"""An indicator's formula in words and as it runs, for whoever shows it without entering the data plane."""

from __future__ import annotations

from dodem.dataplane import measure
from dodem.dataplane.definition_files import load_all
from dodem.dataplane.definitions import Indicator, Register
from dodem.dataplane.wording import Formula, formula_in_words

__all__ = ["Formula", "Indicator", "formula", "sql"]


def formula(indicator: Indicator, register: Register | None = None, *, language: str) -> Formula:
    """The formula in "vi" or "en", over ``register`` as it was (default: as it is defined today)."""
    return formula_in_words(
        indicator, register or load_all().registers[indicator.register], language=language
    )


def sql(indicator: Indicator) -> str:
    """The query as it runs."""
    return measure.sql_shown(indicator)
