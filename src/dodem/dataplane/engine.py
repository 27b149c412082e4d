"""DuckDB connections that cannot reach the network, load extensions or leave the store's folder."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

TIME_ZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True, slots=True)
class EngineLimits:
    """What one connection may use. Work that outgrows `memory` spills into the ``building`` folder."""

    threads: int = 2
    memory: str = "1GB"


DEFAULT_LIMITS = EngineLimits()


@contextmanager
def connect(folder: Path, *, limits: EngineLimits = DEFAULT_LIMITS) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an in-memory database that can read and write files below `folder` and nowhere else.

    Dates are read off instants in Asia/Ho_Chi_Minh whatever the machine's own time zone is.
    """
    folder = folder.resolve()
    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": limits.threads,
            "memory_limit": limits.memory,
            "temp_directory": str(folder / "building" / f"spill-{os.getpid()}-{secrets.token_hex(4)}"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
        },
    )
    try:
        connection.execute(f"SET TimeZone = '{TIME_ZONE}'")
        connection.execute(f"SET allowed_directories = [{quote(str(folder) + '/')}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


def quote(text: str) -> str:
    """Write `text` as an SQL string literal. For paths and shown SQL; values of a query are bound instead."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Write `name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
