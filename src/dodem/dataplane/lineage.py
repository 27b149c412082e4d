"""From a figure back to what it came from: definition, register version, deliveries, the line of the file."""

from __future__ import annotations

from dataclasses import dataclass

from dodem.dataplane.definition_files import read_indicator
from dodem.dataplane.definitions import Indicator, Register
from dodem.dataplane.engine import DEFAULT_LIMITS, EngineLimits, connect, identifier, quote
from dodem.dataplane.grid import columns
from dodem.dataplane.store import Delivery, NothingThere, RegisterVersion, Store, sha256_of


@dataclass(frozen=True, slots=True)
class Trace:
    """What a figure was made of: its definition, the register version, and the files behind the version."""

    indicator: Indicator
    register: Register
    version: RegisterVersion
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A stored file that is not as written down. `found_sha256` is None if it is gone."""

    address: str
    file: str
    expected_sha256: str
    found_sha256: str | None


def trace(store: Store, *, version_id: str, definition_digest: str) -> Trace:
    """Everything a published figure rests on. Raises NothingThere when the store does not hold it."""
    version = store.version(version_id)
    register = version.register
    indicator = read_indicator(
        store.indicator_text(definition_digest),
        registers={register.code: register},
        origin=f"{definition_digest[:12]}.yaml",
    )
    deliveries = tuple(store.delivery(one) for one in version.delivery_ids)
    return Trace(indicator=indicator, register=register, version=version, deliveries=deliveries)


def source_row(
    store: Store, delivery_id: str, row_number: int, *, limits: EngineLimits = DEFAULT_LIMITS
) -> dict[str, str]:
    """The row as it stood in the file, by column title. Raises NothingThere."""
    delivery = store.delivery(delivery_id)
    listed = ", ".join(identifier(name) for name in columns(len(delivery.headers)))
    with connect(store.root, limits=limits) as db:
        row = db.execute(
            f"SELECT {listed} FROM read_parquet({quote(str(delivery.rows_path))}) WHERE row_number = $row",
            {"row": row_number},
        ).fetchone()
    if row is None:
        raise NothingThere(f"Tệp “{delivery.filename}” không có dữ liệu ở dòng {row_number}.")
    return {header: cell or "" for header, cell in zip(delivery.headers, row, strict=True)}


def verify(store: Store, version: RegisterVersion) -> list[Fault]:
    """Compare the files of a version, and the deliveries behind it, with their recorded hashes. Empty: all
    whole.
    """
    expected = [(version.id, version.folder / part.name, part.sha256) for part in version.parts]
    for delivery_id in version.delivery_ids:
        delivery = store.delivery(delivery_id)
        expected.append((delivery.id, delivery.original, delivery.sha256))
    faults = []
    for address, path, sha256 in expected:
        found = sha256_of(path) if path.is_file() else None
        if found != sha256:
            faults.append(Fault(address, path.name, sha256, found))
    return faults
