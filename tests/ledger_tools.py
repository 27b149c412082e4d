"""Do to the ledger what only the owner of the database could: its triggers taken off, and put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.db import connection

GUARDS = import_module("dodem.audit.migrations.0002_written_once")


@contextmanager
def unguarded() -> Iterator[Any]:
    """A cursor on an unguarded ledger, inside the test's transaction."""
    statements = {"sqlite": GUARDS.SQLITE, "postgresql": GUARDS.POSTGRESQL}[connection.vendor]
    with connection.cursor() as cursor:
        for statement in GUARDS.UNDO[connection.vendor]:
            cursor.execute(statement)
        yield cursor
        for statement in statements:
            cursor.execute(statement)
