"""The folder on disk: deliveries as received, register versions, the definitions they were made by.

::

    deliveries/<register>/<delivery id>/   original.<ext>  rows.parquet  delivery.json
    versions/<register>/<version id>/      records.parquet  findings.parquet  register.yaml  manifest.json
    current/<register>                     the id of the version in force
    indicators/<digest>.yaml               every indicator definition a figure was published by
    building/<random>/                     work in progress, held by a lock; leftovers are swept on open

Whatever has its final name is whole and never changes: it was written under ``building``, flushed to the disk
and renamed. A crash leaves a leftover in ``building`` and nothing else.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from dodem.dataplane.definition_files import read_register
from dodem.dataplane.definitions import Register
from dodem.vietnam.errors import UserError


class NothingThere(UserError, LookupError):
    """A delivery, version or definition that the store does not hold."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file as it arrived. `headers` are its column titles in order; `rows` counts its data rows.

    `serial` counts the register's deliveries from 1: the order in which they merge, whatever a clock said.

    `notes` are Vietnamese sentences about what was read leniently (encoding, separator, unknown columns).
    """

    id: str
    register: str
    serial: int
    sha256: str
    filename: str
    bytes: int
    rows: int
    received_at: datetime
    origin: str
    encoding: str
    headers: tuple[str, ...]
    notes: tuple[str, ...]
    folder: Path

    @property
    def original(self) -> Path:
        """The bytes exactly as received."""
        return next(self.folder.glob("original*"))

    @property
    def rows_path(self) -> Path:
        """Its rows as text: `row_number` and one column c0, c1, … per header."""
        return self.folder / "rows.parquet"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a version."""

    name: str
    sha256: str
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class RegisterVersion:
    """A register as built from certain deliveries by a certain definition. Never changes.

    `serial` counts the register's versions from 1; `inputs_digest` is equal for equal inputs.
    """

    id: str
    register_code: str
    serial: int
    as_of: date
    delivery_ids: tuple[str, ...]
    definition_digest: str
    inputs_digest: str
    records: int
    rejected: int
    findings: int
    last_received_at: datetime | None
    parts: tuple[Part, ...]
    folder: Path

    @property
    def records_path(self) -> Path:
        """Accepted and rejected records, told apart by the column `accepted`."""
        return self.folder / "records.parquet"

    @property
    def findings_path(self) -> Path:
        return self.folder / "findings.parquet"

    @property
    def root(self) -> Path:
        """The store this version lies in."""
        return self.folder.parents[2]

    @property
    def register(self) -> Register:
        """The definition this version was built by, not today's."""
        return _register_of((self.folder / "register.yaml").read_text("utf-8"), f"{self.id}/register.yaml")


class Store:
    """The data plane's folder. Cheap to open, safe to open in many processes at once."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        for name in ("deliveries", "versions", "current", "indicators", "building"):
            (self.root / name).mkdir(parents=True, exist_ok=True)
        self._sweep()

    def deliveries(self, register: str | None = None) -> list[Delivery]:
        """One register's deliveries in the order they merge, or those of all, register by register."""
        found = (self.root / "deliveries").glob(f"{register or '*'}/*/delivery.json")
        return sorted((_read_delivery(path) for path in found), key=lambda one: (one.register, one.serial))

    def delivery(self, delivery_id: str) -> Delivery:
        for path in (self.root / "deliveries").glob(f"*/{_plain(delivery_id)}/delivery.json"):
            return _read_delivery(path)
        raise NothingThere(f"Không có đợt nhận dữ liệu “{delivery_id}” trong kho.")

    def versions(self, register: str) -> list[RegisterVersion]:
        """The register's versions, oldest first."""
        found = (self.root / "versions" / _plain(register)).glob("*/manifest.json")
        return sorted((_read_version(path) for path in found), key=lambda one: one.serial)

    def version(self, version_id: str) -> RegisterVersion:
        for path in (self.root / "versions").glob(f"*/{_plain(version_id)}/manifest.json"):
            return _read_version(path)
        raise NothingThere(f"Không có phiên bản “{version_id}” trong kho.")

    def current(self, register: str) -> RegisterVersion | None:
        """The version in force, or None while nothing has been built."""
        pointer = self.root / "current" / _plain(register)
        return self.version(pointer.read_text("utf-8").strip()) if pointer.is_file() else None

    def keep_indicator(self, *, digest: str, text: str) -> None:
        """Keep a definition's text, so that a figure published by it re-opens by the same words."""
        path = self.root / "indicators" / f"{digest}.yaml"
        if not path.exists():
            self._write_whole(path, text.encode())

    def indicator_text(self, digest: str) -> str:
        path = self.root / "indicators" / f"{_plain(digest)}.yaml"
        if not path.is_file():
            raise NothingThere(f"Kho không giữ định nghĩa chỉ tiêu có dấu vết {digest[:12]}.")
        return path.read_text("utf-8")

    def add_delivery(self, folder: Path, delivery: Delivery) -> bool:
        """Give a finished building folder its place. False when that delivery is already there."""
        _write_json(folder / "delivery.json", _as_json(delivery))
        return self._settle(folder, self.root / "deliveries" / delivery.register / delivery.id)

    def add_version(self, folder: Path, version: RegisterVersion) -> bool:
        """Give a finished building folder its place, with its manifest."""
        _write_json(folder / "manifest.json", _as_json(version))
        return self._settle(folder, self.root / "versions" / version.register_code / version.id)

    def make_current(self, version: RegisterVersion) -> None:
        """Put a version in force: the one switch readers see."""
        self._write_whole(self.root / "current" / version.register_code, version.id.encode())

    @contextmanager
    def building(self) -> Iterator[Path]:
        """A folder to work in, gone afterwards unless it was given its place. Its lock tells others it is
        alive.
        """
        folder = self.root / "building" / secrets.token_hex(8)
        with _locked(folder.with_suffix(".lock"), wait=True):
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
                folder.with_suffix(".lock").unlink(missing_ok=True)

    @contextmanager
    def turn(self, register: str) -> Iterator[None]:
        """One at a time per register: waits while another process receives or builds it."""
        (self.root / "building" / "turns").mkdir(exist_ok=True)
        with _locked(self.root / "building" / "turns" / _plain(register), wait=True):
            yield

    def _settle(self, folder: Path, place: Path) -> bool:
        place.parent.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            _flush(path)
        _flush(folder)
        try:
            folder.rename(place)
        except OSError:
            if place.is_dir():
                return False
            raise
        _flush(place.parent)
        _flush(place.parent.parent)
        return True

    def _write_whole(self, path: Path, content: bytes) -> None:
        with self.building() as folder:
            draft = folder / "draft"
            draft.write_bytes(content)
            _flush(draft)
            draft.replace(path)
            _flush(path.parent)

    def _sweep(self) -> None:
        """Remove work that a crashed process left behind: its lock can be had."""
        building = self.root / "building"
        for lock in building.glob("*.lock"):
            with suppress(OSError), _locked(lock, wait=False):
                shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
                lock.unlink(missing_ok=True)
        for spill in building.glob("spill-*"):
            if not _is_alive(int(spill.name.split("-")[1])):
                shutil.rmtree(spill, ignore_errors=True)


@lru_cache(maxsize=64)
def _register_of(text: str, origin: str) -> Register:
    return read_register(text, origin=origin)


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _locked(path: Path, *, wait: bool) -> Iterator[None]:
    handle = path.open("a")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        while not _is_at(handle, path):  # swept by another process between open and lock
            handle.close()
            handle = path.open("a")
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        handle.close()


def _is_at(handle: IO[str], path: Path) -> bool:
    """Whether the open file is still the one under that name."""
    try:
        return os.path.samestat(os.fstat(handle.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _plain(name: str) -> str:
    """Refuse a name that would leave its folder or match others."""
    if not name or not all(char.isalnum() or char in "@._-" for char in name) or name.startswith("."):
        raise NothingThere(f"Không có “{name}” trong kho.")
    return name


def _as_json(value: Delivery | RegisterVersion) -> dict[str, Any]:
    plain = asdict(value)
    del plain["folder"]
    return plain


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    path.write_text(
        json.dumps(value, ensure_ascii=False, indent=1, default=lambda one: one.isoformat()) + "\n", "utf-8"
    )


def _read_delivery(path: Path) -> Delivery:
    plain = json.loads(path.read_text("utf-8"))
    plain["received_at"] = datetime.fromisoformat(plain["received_at"])
    plain["headers"], plain["notes"] = tuple(plain["headers"]), tuple(plain["notes"])
    return Delivery(**plain, folder=path.parent)


def _read_version(path: Path) -> RegisterVersion:
    plain = json.loads(path.read_text("utf-8"))
    last = plain["last_received_at"]
    plain["as_of"] = date.fromisoformat(plain["as_of"])
    plain["last_received_at"] = datetime.fromisoformat(last) if last else None
    plain["delivery_ids"] = tuple(plain["delivery_ids"])
    plain["parts"] = tuple(Part(**part) for part in plain["parts"])
    return RegisterVersion(**plain, folder=path.parent)
