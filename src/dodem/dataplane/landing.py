"""Keep a delivery exactly as received, and lay its rows out as text beside it.

Nothing is cleaned here: a cell is the text that stood in the file, and `row_number` is its line (or sheet
row). A file that cannot be read as a table of the register is refused whole, with a sentence a clerk
understands.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePath

from dodem.dataplane.definitions import DeliveryPolicy, Register
from dodem.dataplane.engine import DEFAULT_LIMITS, EngineLimits, connect
from dodem.dataplane.grid import Landed
from dodem.dataplane.headers import check_headers
from dodem.dataplane.json_lines import read_json_lines
from dodem.dataplane.rejection import RejectedFile
from dodem.dataplane.separated import read_separated
from dodem.dataplane.store import Delivery, Store
from dodem.dataplane.workbook import read_workbook

LARGEST_FILE = 100 * 1024 * 1024

_NOT_TABLES = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"GIF8", "ảnh GIF"),
    (b"Rar!", "nén RAR"),
    (b"7z\xbc\xaf", "nén 7z"),
    (b"\x1f\x8b", "nén gzip"),
    (b"\x7fELF", "chương trình"),
    (b"MZ\x90", "chương trình"),
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a file: its delivery, and whether it was new to the store."""

    delivery: Delivery
    is_new: bool


def receive(
    store: Store,
    *,
    register: Register,
    filename: str,
    content: Path | bytes,
    received_at: datetime,
    origin: str,
    largest: int = LARGEST_FILE,
    limits: EngineLimits = DEFAULT_LIMITS,
) -> Receipt:
    """Take one CSV, TSV, XLSX or JSON Lines file into the store.

    The same bytes twice are one delivery. `origin` says where the file came from (a folder, an upload, a
    system); `largest` is in bytes. Raises RejectedFile, and then the store is as it was.
    """
    with store.turn(register.code), store.building() as folder:
        original = _copy(content, folder / f"original{_suffix(filename)}", largest)
        return _land(
            store,
            register=register,
            filename=PurePath(filename).name,
            original=original,
            received_at=received_at,
            origin=origin,
            limits=limits,
            may_be_empty=False,
        )


def rows_handed_in(
    store: Store,
    *,
    register: Register,
    rows: Iterable[Mapping[str, object]],
    received_at: datetime,
    origin: str,
    limits: EngineLimits = DEFAULT_LIMITS,
) -> Receipt:
    """Take rows of the application's own tables: a source like any other, kept as canonical JSON Lines.

    Keys are the register's field names; None means missing, a list becomes texts joined by "|", datetimes
    must be aware. No rows at all is a delivery too: an empty table is a fact. Raises ValueError for an
    unknown key.
    """
    names = [field.name for field in register.fields]
    with store.turn(register.code), store.building() as folder:
        original = folder / "original.jsonl"
        with original.open("w", encoding="utf-8") as stream:
            for row in rows:
                if unknown := row.keys() - set(names):
                    raise ValueError(f"register {register.code} has no field {sorted(unknown)}")
                plain = {name: _as_text(row.get(name)) for name in names}
                stream.write(json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n")
        return _land(
            store,
            register=register,
            filename=f"{register.code}.jsonl",
            original=original,
            received_at=received_at,
            origin=origin,
            limits=limits,
            may_be_empty=True,
        )


def _land(
    store: Store,
    *,
    register: Register,
    filename: str,
    original: Path,
    received_at: datetime,
    origin: str,
    limits: EngineLimits,
    may_be_empty: bool,
) -> Receipt:
    if received_at.tzinfo is None:
        raise ValueError("received_at must be aware")
    with original.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    earlier = store.deliveries(register.code)
    delivery_id, known = _identify(earlier, register, sha256)
    if known is not None:
        return Receipt(known, is_new=False)
    landed = _read(
        original, filename=filename, register=register, limits=limits, store=store, fields_named=may_be_empty
    )
    notes = (*landed.notes, *check_headers(register, landed.headers))
    if not landed.rows and not may_be_empty:
        raise RejectedFile(
            "no_rows",
            "Tệp chỉ có dòng tiêu đề, không có dòng dữ liệu nào. Hãy kiểm tra lại bước kết xuất rồi gửi lại.",
        )
    delivery = Delivery(
        id=delivery_id,
        register=register.code,
        serial=len(earlier) + 1,
        sha256=sha256,
        filename=filename,
        bytes=original.stat().st_size,
        rows=landed.rows,
        received_at=received_at,
        origin=origin,
        encoding=landed.encoding,
        headers=landed.headers,
        notes=notes,
        folder=store.root / "deliveries" / register.code / delivery_id,
    )
    for extra in original.parent.iterdir():
        if extra not in {original, original.parent / "rows.parquet"}:
            extra.unlink()
    is_new = store.add_delivery(original.parent, delivery)
    return Receipt(store.delivery(delivery_id), is_new=is_new)


def _identify(earlier: list[Delivery], register: Register, sha256: str) -> tuple[str, Delivery | None]:
    """The delivery's id, and the delivery itself when these bytes need not be kept again.

    Where a delivery replaces the whole register, going back to an earlier state is news: only bytes equal to
    the newest delivery's are the same delivery.
    """
    same = [delivery for delivery in earlier if delivery.sha256 == sha256]
    if same and (register.deliveries is DeliveryPolicy.CHANGES or same[-1].id == earlier[-1].id):
        return same[-1].id, same[-1]
    stem = f"{register.code}-{sha256[:16]}"
    return (f"{stem}-{len(same) + 1}" if same else stem), None


def _read(
    original: Path,
    *,
    filename: str,
    register: Register,
    limits: EngineLimits,
    store: Store,
    fields_named: bool,
) -> Landed:
    """Read by what the file is, whatever its name says."""
    with original.open("rb") as stream:
        head = stream.read(8)
    if fields_named:
        reader = read_json_lines
    else:
        if not head:
            raise RejectedFile(
                "empty", "Tệp rỗng, không có nội dung nào. Hãy kết xuất lại từ hệ thống nguồn rồi gửi lại."
            )
        for magic, what in _NOT_TABLES:
            if head.startswith(magic):
                raise RejectedFile(
                    "not_a_table",
                    f"Đây là tệp {what}, không phải bảng dữ liệu. Hãy gửi CSV hoặc Excel (.xlsx).",
                )
        if head.startswith(b"\xd0\xcf\x11\xe0"):
            raise RejectedFile(
                "old_excel",
                "Đây là tệp Excel đời cũ (.xls) hoặc có mật khẩu. Hãy mở bằng Excel và lưu lại dạng .xlsx.",
            )
        if head.startswith(b"PK"):
            reader = read_workbook
        elif filename.lower().endswith((".jsonl", ".ndjson")):
            reader = read_json_lines
        else:
            reader = read_separated
    with connect(store.root, limits=limits) as db:
        return reader(original, register=register, db=db)


def _copy(content: Path | bytes, target: Path, largest: int) -> Path:
    size = content.stat().st_size if isinstance(content, Path) else len(content)
    if size > largest:
        raise RejectedFile(
            "too_large",
            f"Tệp nặng {_megabytes(size)} MB, quá mức {_megabytes(largest)} MB. Hãy chia thành nhiều tệp.",
        )
    if isinstance(content, Path):
        shutil.copyfile(content, target)
    else:
        target.write_bytes(content)
    return target


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".replace(".", ",").removesuffix(",0")


def _suffix(filename: str) -> str:
    suffix = PurePath(filename).suffix.lower()
    return suffix if suffix in {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".jsonl", ".ndjson"} else ".bin"


def _as_text(value: object) -> str | None:
    match value:
        case None | "":
            return None
        case bool():
            return "true" if value else "false"
        case datetime():
            if value.tzinfo is None:
                raise ValueError("datetimes handed in must be aware")
            return value.isoformat(timespec="microseconds" if value.microsecond else "seconds")
        case date():
            return value.isoformat()
        case list() | tuple():
            return "|".join(str(one) for one in value) or None
        case _:
            return str(value)
