"""Walk the whole ledger and say what does not hold: altered, removed or reordered events.

A chain alone cannot see that its end was cut off, so the worker notes the head from time to time in
``ledger.heads`` beside the database (``note_head``); every noted head must still be in the chain.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dodem.audit import chain
from dodem.audit.ledger import hash_of
from dodem.audit.models import Event


@dataclass(frozen=True)
class Fault:
    """``number`` is the event's number (of the first missing one where events are gone)."""

    number: int
    message: str


@dataclass(frozen=True)
class Report:
    events: int
    faults: list[Fault]


def verify(*, heads: Path | None = None) -> Report:
    """Check every event once, in order. Reads the table in one pass with bounded memory."""
    faults: list[Fault] = []
    noted = dict(noted_heads(heads)) if heads else {}
    count, expected, previous = 0, 1, chain.GENESIS
    for event in Event.objects.order_by("number").iterator(chunk_size=2000):
        count += 1
        if event.number != expected:
            faults.append(Fault(expected, f"Mất sự kiện từ số {expected} đến số {event.number - 1}."))
        elif event.previous_hash != previous:
            faults.append(Fault(event.number, f"Sự kiện số {event.number} không nối với sự kiện ngay trước."))
        if event.hash != hash_of(event):
            faults.append(Fault(event.number, f"Sự kiện số {event.number} đã bị sửa sau khi ghi."))
        if noted.pop(event.number, event.hash) != event.hash:
            faults.append(
                Fault(event.number, f"Sự kiện số {event.number} khác với dấu đã ghi ngoài cơ sở dữ liệu.")
            )
        expected, previous = event.number + 1, event.hash
    if noted:
        faults.append(Fault(expected, f"Mất sự kiện từ số {expected} đến ít nhất số {max(noted)}."))
    return Report(events=count, faults=faults)


def note_head(path: Path) -> None:
    """Append the newest event's number and hash to the file of heads, if they are not its last line yet."""
    head = Event.objects.order_by("-number").values_list("number", "hash").first()
    if head is None or (path.exists() and last_line(path) == f"{head[0]} {head[1]}"):
        return
    with path.open("a") as handle:
        handle.write(f"{head[0]} {head[1]}\n")
        handle.flush()
        os.fsync(handle.fileno())


def noted_heads(path: Path) -> Iterator[tuple[int, str]]:
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        number, _, digest = line.partition(" ")
        if number.isdigit() and len(digest) == len(chain.GENESIS):  # the last line may be torn by a power cut
            yield int(number), digest


def last_line(path: Path) -> str:
    with path.open("rb") as handle:
        handle.seek(max(0, path.stat().st_size - 200))
        return handle.read().decode(errors="replace").rstrip("\n").rpartition("\n")[2]
