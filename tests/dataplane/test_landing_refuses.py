"""Files that must not be taken: each with its sentence, and nothing of it left in the store."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from dodem.dataplane import landing
from dodem.dataplane.definitions import Register
from dodem.dataplane.landing import RejectedFile
from dodem.dataplane.store import Store
from tests.dataplane.files import HEADERS, NOON, csv_bytes, dossier


def sound() -> bytes:
    return csv_bytes([dossier(), dossier(dossier_code="H29-2")])


def workbook(rows: list[list[object]], *, titles: tuple[str, ...] = HEADERS) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(titles))
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zip_bomb() -> bytes:
    """A workbook whose sheet declares and holds 200 MB of spaces."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(200):
                part.write(b" " * 1024 * 1024)
    return stream.getvalue()


def other_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return stream.getvalue()


CASES: dict[str, tuple[str, Callable[[], bytes], str, list[str]]] = {
    "empty": ("a.csv", lambda: b"", "empty", ["Tệp rỗng", "Hãy kết xuất lại"]),
    "only blanks": ("a.csv", lambda: b"\n \n", "empty", ["không có nội dung"]),
    "header only": ("a.csv", lambda: csv_bytes([]), "no_rows", ["chỉ có dòng tiêu đề"]),
    "random bytes": ("a.csv", lambda: os.urandom(5000) + b"\0", "not_text", []),
    "zero bytes in text": (
        "a.csv",
        lambda: sound().replace(b"Kha", b"\0\0\0").replace("Đăng".encode(), b"\0\0"),
        "not_text",
        [],
    ),
    "a PDF": ("a.csv", lambda: b"%PDF-1.7\n" + sound(), "not_a_table", ["PDF", "CSV"]),
    "a photograph": ("a.csv", lambda: b"\xff\xd8\xff\xe0" + sound(), "not_a_table", ["ảnh"]),
    "missing column": (
        "a.csv",
        lambda: csv_bytes([dossier()], headers=[name for name in HEADERS if name != "due_on"]),
        "missing_columns",
        ["“Ngày hẹn trả”"],
    ),
    "misspelt column": (
        "a.csv",
        lambda: csv_bytes([dossier()]).replace(b"due_on", "Ngày hẹn chả".encode(), 1),
        "missing_columns",
        ["“Ngày hẹn trả” (có phải là cột “Ngày hẹn chả”?)"],
    ),
    "no header": (
        "a.csv",
        lambda: sound().split(b"\n", 1)[1],
        "missing_columns",
        ["Dòng đầu của tệp không phải là tên cột", "dossier_code"],
    ),
    "column twice": (
        "a.csv",
        lambda: sound().replace(b"fully_online", b"Dossier-Code,fully_online", 1),
        "repeated_column",
        ["hai lần", "cột 1 và cột 10"],
    ),
    "nameless column": (
        "a.csv",
        lambda: sound().replace(b"procedure_name", b"", 1),
        "missing_columns",
        ["Cột thứ 3"],
    ),
    "5,000 columns": (
        "a.csv",
        lambda: (",".join(f"c{place}" for place in range(5000)) + "\n" + "," * 4999 + "\n").encode(),
        "too_many_columns",
        ["5000 cột"],
    ),
    "cut in the last line": ("a.csv", lambda: sound()[:-40], "torn", ["Tệp bị cắt giữa dòng 3"]),
    "shifted row": (
        "a.csv",
        lambda: sound().replace(b"H29-2,", b"H29-2,,", 1),
        "row_width",
        ["Dòng 3 có 11 ô nhưng tiêu đề có 10 cột"],
    ),
    "quote never closed": (
        "a.csv",
        lambda: sound().replace(b"H29-1,", b'"H29-1,', 1),
        "quotes",
        ["Dấu nháy kép mở ở dòng 2"],
    ),
    "quote inside a quoted cell": (
        "a.csv",
        lambda: sound().replace("Trần Thị Bình".encode(), '"Trần "Bé" Bình"'.encode(), 1),
        "quotes",
        ["Dòng 2", "dấu nháy kép"],
    ),
    "quote that swallows lines": (
        "a.csv",
        lambda: (
            csv_bytes([dossier(dossier_code=f"H{place}") for place in range(300)])
            .replace(b"\nH5,", b'\nH5,"', 1)
            .replace(b"H290,", b'",', 1)
        ),
        "row_width",
        ["Dòng 7"],
    ),
    "cell of 1 MB": (
        "a.csv",
        lambda: csv_bytes([dossier(), dossier(applicant_name="x" * 1_000_000)]),
        "cell_too_long",
        ["dòng 3", "applicant_name"],
    ),
    "line of 40 MB": (
        "a.csv",
        lambda: csv_bytes([dossier(applicant_name="x" * 40_000_000)]),
        "cell_too_long",
        ["dòng 2"],
    ),
    "formula in a CSV cell": (
        "a.csv",
        lambda: csv_bytes([dossier(), dossier(applicant_name='=HYPERLINK("http://x.example")')]),
        "formula",
        ["dòng 3", "applicant_name", "Paste Special"],
    ),
    "formula in a sheet": (
        "a.xlsx",
        lambda: workbook([[*dossier().values()], [*dossier(applicant_name="=1+1").values()]]),
        "formula",
        ["dòng 3", "applicant_name"],
    ),
    "zip bomb as a workbook": ("a.xlsx", zip_bomb, "zip_bomb", ["200 MB", "không được mở"]),
    "a Word file": ("a.xlsx", other_zip, "unknown_format", ["không phải Excel"]),
    "half a workbook": (
        "a.xlsx",
        lambda: workbook([[*dossier().values()]])[:-300],
        "broken_workbook",
        ["bị hỏng"],
    ),
    "old Excel": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old_excel", [".xlsx"]),
    "empty workbook": ("a.xlsx", lambda: workbook([], titles=()), "empty", ["Bảng tính không có dữ liệu"]),
    "sheet with a header only": ("a.xlsx", lambda: workbook([]), "no_rows", ["chỉ có dòng tiêu đề"]),
    "broken JSON": ("a.jsonl", lambda: b'{"dossier_code": "H1"}\n{"dossier', "not_json", ["Dòng 2"]),
    "nested JSON": ("a.jsonl", lambda: b'{"dossier_code": {"a": 1}}\n', "not_json", ["Dòng 1", "lồng nhau"]),
}


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_file_gets_its_sentence_and_leaves_nothing(
    name: str, store: Store, dossiers: Register
) -> None:
    filename, make, code, said = CASES[name]
    before = tree(store.root)

    with pytest.raises(RejectedFile) as refused:
        landing.receive(
            store, register=dossiers, filename=filename, content=make(), received_at=NOON, origin="test"
        )

    assert refused.value.code == code, str(refused.value)
    for words in said:
        assert words in str(refused.value)
    assert "Traceback" not in str(refused.value)
    assert tree(store.root) == before
    assert store.deliveries() == []


def test_a_file_above_the_limit_is_refused_before_it_is_copied(
    store: Store, dossiers: Register, tmp_path: Path
) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)

    with pytest.raises(RejectedFile, match="200 MB, quá mức 100 MB") as refused:
        landing.receive(
            store, register=dossiers, filename="huge.csv", content=huge, received_at=NOON, origin="test"
        )

    assert refused.value.code == "too_large"
    assert store.deliveries() == []


def test_a_workbook_that_lies_about_its_sizes_is_not_unpacked_beyond_them(
    store: Store, dossiers: Register
) -> None:
    bomb = bytearray(zip_bomb())
    declared = struct.pack("<I", 200 * 1024 * 1024)
    while (place := bomb.find(declared)) >= 0:
        bomb[place : place + 4] = struct.pack("<I", 1000)

    with pytest.raises(RejectedFile) as refused:
        landing.receive(
            store, register=dossiers, filename="a.xlsx", content=bytes(bomb), received_at=NOON, origin="test"
        )

    assert refused.value.code == "broken_workbook"


def tree(root: Path) -> list[str]:
    """Everything in the store that is not a lock."""
    return sorted(
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file() and "turns" not in path.parts
    )
