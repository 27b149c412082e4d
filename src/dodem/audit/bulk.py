"""Many rows of one table in one prepared statement: several times the speed of ``bulk_create``.

For rows nobody needs the keys of afterwards: events, observations, simulated steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models


def insert_many(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Insert rows as they are: no signal, no key handed back, constraints and triggers as always."""
    automatic = model._meta.auto_field
    fields = [field for field in model._meta.concrete_fields if field is not automatic]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608  names are the model's own
            list(_values(fields, rows)),
        )


def _values(fields: Sequence[models.Field[Any, Any]], rows: Iterable[models.Model]) -> Iterator[list[Any]]:
    for row in rows:
        yield [field.get_db_prep_save(_value(field, row), connection) for field in fields]


def _value(field: models.Field[Any, Any], row: models.Model) -> Any:
    """A row may have been made before the row it points to was saved and had a key."""
    value = getattr(row, field.attname)
    if value is None and isinstance(field, models.ForeignKey) and field.is_cached(row):
        target = field.get_cached_value(row)
        return target.pk if target is not None else None
    return value
