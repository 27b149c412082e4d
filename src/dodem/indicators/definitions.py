"""Whether what the city measures is defined soundly: asked by ``dodem check``."""

from __future__ import annotations

from dodem.dataplane.definition_files import load_all
from dodem.indicators import published
from dodem.vietnam.errors import UserError


def faults() -> list[str]:
    """What is wrong with the definitions of registers, indicators and published figures, each with file and
    line.
    """
    found = []
    for read in (load_all, published.load):
        try:
            read()
        except UserError as error:
            found.append(str(error))
    return found
