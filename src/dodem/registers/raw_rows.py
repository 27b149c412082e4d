"""A row as it stood in the file, cell by cell, with what may not be seen without a purpose hidden."""

from __future__ import annotations

from dataclasses import dataclass

from dodem.dataplane.definitions import Privacy, Register
from dodem.dataplane.headers import match_headers
from dodem.dataplane.lineage import source_row
from dodem.registers import shelf
from dodem.registers.mirror import HIDDEN
from dodem.registers.models import Delivery


@dataclass(frozen=True)
class Cell:
    """``header`` is the column's title in the file, ``field`` the register's field it was read as, if any."""

    header: str
    field: str
    value: str
    is_hidden: bool


@dataclass(frozen=True)
class RawRow:
    delivery: Delivery
    row_number: int
    cells: tuple[Cell, ...]

    @property
    def hidden_fields(self) -> list[str]:
        """What a look without the masks would show."""
        return [cell.field or cell.header for cell in self.cells if cell.is_hidden]


def raw_row(delivery: Delivery, row_number: int, *, unmask: bool = False) -> RawRow:
    """Read one row of a delivery. A column that no field claims is hidden too: nobody has said what is in it.

    Raises NothingThere when the file has no such row.
    """
    register = delivery.source.register
    cells = source_row(shelf.open_store(), delivery.key, row_number)
    fields = fields_by_column(register, list(cells))
    return RawRow(
        delivery,
        row_number,
        tuple(
            cell_of(register, header, fields.get(header, ""), value, unmask=unmask)
            for header, value in cells.items()
        ),
    )


def fields_by_column(register: Register, headers: list[str]) -> dict[str, str]:
    return {headers[place]: field for field, place in match_headers(register, headers).items()}


def cell_of(register: Register, header: str, field: str, value: str, *, unmask: bool) -> Cell:
    is_public = bool(field) and register.field(field).privacy is Privacy.PUBLIC
    hide = bool(value) and not is_public and not unmask
    return Cell(header, field, HIDDEN if hide else value, hide)
