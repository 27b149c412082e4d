"""Which unit a register's text means: its code, or a name that only one unit bears."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property

from dodem.vietnam import units
from dodem.vietnam.text import fold, nfc


class UnitDirectory:
    """Codes of the units there are, and the spellings that lead to one.

    Two units whose names differ only in marks (Thanh An, Thạnh An) are told apart by their marks; without
    marks such a name means neither.
    """

    def __init__(self, named: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Each unit's code with the names it goes by."""
        self._pairs = sorted((code, tuple(sorted({nfc(name) for name in names}))) for code, names in named)

    @classmethod
    def shipped(cls) -> UnitDirectory:
        """The units in ``definitions/units``: city, departments, communes."""
        communes = [(one.code, (one.name,)) for one in units.communes()]
        departments = [(one.code, (one.name, one.short_name, *one.aliases)) for one in units.departments()]
        nodes = [(one.code, (one.name,)) for one in units.nodes() if one.kind == "city"]
        return cls([*communes, *departments, *nodes])

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(code for code, _ in self._pairs)

    @cached_property
    def digest(self) -> str:
        """Equal for equal directories: part of what a register version was built from."""
        return hashlib.sha256(repr(self._pairs).encode()).hexdigest()

    def resolve(self, text: str) -> str | None:
        """The unit's code, or None where no unit, or more than one, is meant."""
        if text in self.codes:
            return text
        return self._exact.get(nfc(text).casefold()) or self._bare.get(fold(text))

    @cached_property
    def _exact(self) -> dict[str, str]:
        return _unambiguous((name.casefold(), code) for code, names in self._pairs for name in names)

    @cached_property
    def _bare(self) -> dict[str, str]:
        return _unambiguous((fold(name), code) for code, names in self._pairs for name in names)


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for spelling, code in pairs:
        found.setdefault(spelling, set()).add(code)
    return {spelling: codes.pop() for spelling, codes in found.items() if len(codes) == 1}
