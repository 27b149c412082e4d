"""Meanings that are looked up rather than computed: choices, yes and no, units.

Each distinct spelling in a column is read once in Python, however many rows hold it, and the answers are
joined back. So these meanings are the same on every engine.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import duckdb

from dodem.dataplane.definitions import Field
from dodem.dataplane.engine import identifier
from dodem.dataplane.unit_names import UnitDirectory
from dodem.dataplane.vocabulary import FieldType
from dodem.vietnam.text import fold

LOOKED_UP = frozenset({FieldType.CHOICE, FieldType.BOOLEAN, FieldType.UNIT})

_YES = frozenset({"true", "1", "co", "x", "yes", "y", "dung", "t"})
_NO = frozenset({"false", "0", "khong", "no", "n", "sai", "f"})


def reader(field: Field, *, units: UnitDirectory) -> Callable[[str], str | None]:
    """How a tidied text of this field is read. None means that it cannot be."""
    match field.type:
        case FieldType.UNIT:
            return units.resolve
        case FieldType.BOOLEAN:
            return _yes_or_no
        case _:
            words = {
                fold(word): choice.code
                for choice in field.choices
                for word in (*choice.accepts, choice.code, choice.title.vi, choice.title.en)
            }
            return lambda text: words.get(fold(text))


def table_name(field: Field) -> str:
    return f"meaning_of_{field.name}"


def fill(
    db: duckdb.DuckDBPyConnection, field: Field, *, column: str, source: str, units: UnitDirectory
) -> None:
    """Make the table (spelling, meaning) for every distinct text in `column` of the relation `source`."""
    rows = db.execute(f"SELECT DISTINCT {column} FROM {source} WHERE {column} IS NOT NULL").fetchall()
    read = reader(field, units=units)
    pairs = [(spelling, read(spelling)) for (spelling,) in rows]
    kind = "BOOLEAN" if field.type is FieldType.BOOLEAN else "VARCHAR"
    db.execute(
        f"CREATE TEMP TABLE {identifier(table_name(field))} AS "
        """SELECT unnest(from_json($spellings, '["VARCHAR"]')) AS spelling, """
        f"""CAST(unnest(from_json($meanings, '["VARCHAR"]')) AS {kind}) AS meaning""",
        # As JSON, not as lists: the driver looks for a data frame library at every value it binds.
        {
            "spellings": json.dumps([spelling for spelling, _ in pairs]),
            "meanings": json.dumps([meaning for _, meaning in pairs]),
        },
    )


def _yes_or_no(text: str) -> str | None:
    word = fold(text)
    return "true" if word in _YES else "false" if word in _NO else None
