"""Take the files that lie in the inboxes: ``<data>/inbox/<source>/``.

A sender writes ``name.part`` and renames it when it is whole; a file that is still young or growing waits.
What has been taken is moved to ``.done``, what could not be to ``.rejected``, last of all: a crash before
that finds the delivery or the refusal already noted and only moves the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dodem.registers import shelf
from dodem.registers.actions import RejectedFile, receive_file
from dodem.registers.models import Origin, Source

REST = timedelta(seconds=2)  # a file untouched for so long is taken to be whole
UNFINISHED = (".part", ".tmp", ".crdownload")


def sweep(*, now: datetime) -> Iterator[str]:
    """Take every file that has come to rest; says what became of each."""
    for source in Source.objects.select_related("owner").order_by("code"):
        if not source.is_application:
            for path in waiting(shelf.inbox() / source.code, now=now):
                yield take(source, path, at=now)


def waiting(folder: Path, *, now: datetime) -> list[Path]:
    """The files of an inbox that are whole, the oldest first."""
    if not folder.is_dir():
        return []
    at_rest = []
    for entry in folder.iterdir():
        if entry.name.startswith(".") or entry.name.endswith(UNFINISHED) or entry.is_symlink():
            continue
        if entry.is_file() and modified_at(entry) <= now - REST:
            at_rest.append(entry)
    return sorted(at_rest, key=lambda path: (path.stat().st_mtime_ns, path.name))


def take(source: Source, path: Path, *, at: datetime) -> str:
    """Receive one file and move it away."""
    lying_since = datetime.fromtimestamp(path.stat().st_ctime, tz=UTC)
    try:
        received = receive_file(
            source=source,
            filename=path.name,
            content=path,
            origin=Origin.INBOX,
            by=None,
            at=at,
            lying_since=lying_since,
        )
    except RejectedFile as error:
        move(path, path.parent / ".rejected", stem=f"{at:%Y%m%d-%H%M%S}")
        return f"rejected {source.code} {error.code}"
    move(path, path.parent / ".done", stem=received.delivery.key)
    return f"{'received' if received.is_new else 'received again'} {received.delivery.key}"


def move(path: Path, folder: Path, *, stem: str) -> None:
    """Put a file aside under a name that no other has."""
    folder.mkdir(exist_ok=True)
    target, number = folder / f"{stem}--{path.name}", 1
    while target.exists():
        number += 1
        target = folder / f"{stem}-{number}--{path.name}"
    os.replace(path, target)


def modified_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
