"""Files in, text out: what an officer uploads becomes the text that everything else reads.

Kept from the file: paragraphs, numbers and letters of list items, rows of tables (cells parted by " | ").
What cannot be read raises UnreadableDocument, whose message tells the person what to do.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import docx
import pypdfium2
from docx.table import Table

from dodem.reading import html, numbering
from dodem.reading.sentences import lines
from dodem.vietnam.encodings import UndecodableText, decode
from dodem.vietnam.errors import UserError
from dodem.vietnam.text import nfc

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024  # of a .docx, which is a zip
MAX_CHARACTERS = 5_000_000
_FEW_CHARACTERS_PER_PAGE = 20


class UnreadableDocument(UserError):
    """The file gives no text. The message is Vietnamese and says what to do."""


@dataclass(frozen=True)
class SourceDocument:
    """The text of a file (NFC), its media type, and remarks for the person who uploaded it."""

    text: str
    media: str
    notes: tuple[str, ...] = ()


def read_document(data: bytes, filename: str) -> SourceDocument:
    """The text of an uploaded .txt, .html, .docx or .pdf. Raises UnreadableDocument."""
    if not data.strip():
        raise UnreadableDocument("Tệp không có nội dung. Vui lòng kiểm tra và tải lại tệp khác.")
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(
            f"Tệp lớn hơn {MAX_BYTES // 2**20} MB. Vui lòng tách nhỏ văn bản hoặc chỉ tải phần cần đọc."
        )
    document = _reader(data, filename)(data)
    if not document.text.strip():
        raise UnreadableDocument("Không tìm thấy chữ trong tệp. Vui lòng tải tệp có nội dung văn bản.")
    if len(document.text) > MAX_CHARACTERS:
        raise UnreadableDocument("Văn bản quá dài. Vui lòng tách thành nhiều tệp nhỏ hơn.")
    return document


def _reader(data: bytes, filename: str) -> Callable[[bytes], SourceDocument]:
    """The reader for the bytes as they are; a name that says otherwise does not matter."""
    suffix = PurePath(filename).suffix.lower()
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _read_pdf
    if data.startswith(b"PK"):
        return _read_docx
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableDocument(
            "Đây là tệp Word kiểu cũ (.doc) hoặc tệp có mật khẩu. Vui lòng mở tệp, lưu lại dạng .docx"
            " không có mật khẩu rồi tải lên."
        )
    if suffix == ".pdf":
        raise UnreadableDocument("Tệp PDF bị hỏng. Vui lòng xuất lại tệp PDF rồi tải lên.")
    if suffix == ".docx":
        raise UnreadableDocument("Tệp Word bị hỏng. Vui lòng mở và lưu lại tệp rồi tải lên.")
    if suffix in (".html", ".htm") or data[:512].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return _read_html
    return _read_text


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        decoded = decode(data)
    except UndecodableText as error:
        raise UnreadableDocument(str(error)) from error
    return decoded.text, tuple(decoded.notes)


def _read_text(data: bytes) -> SourceDocument:
    text, notes = _decoded(data)
    return SourceDocument(nfc(text).replace("\r\n", "\n").replace("\r", "\n"), "text/plain", notes)


def _read_html(data: bytes) -> SourceDocument:
    text, notes = _decoded(data)
    return SourceDocument(nfc(html.visible_text(text)), "text/html", notes)


# ------------------------------------------------------------------ Word
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _read_docx(data: bytes) -> SourceDocument:
    _check_archive(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:
        raise UnreadableDocument(
            "Không mở được tệp Word. Tệp bị hỏng hoặc không phải .docx; vui lòng lưu lại tệp rồi tải lên."
        ) from error
    labels = numbering.Numbering(document)
    written: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            written += _rows(block)
        else:
            written.append(_paragraph(block, labels))
    return SourceDocument(nfc("\n".join(written)), _DOCX)


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            unpacked = sum(info.file_size for info in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableDocument("Tệp bị hỏng, không mở được. Vui lòng tải lại tệp gốc.") from error
    if "word/document.xml" not in names:
        raise UnreadableDocument(
            "Tệp không phải văn bản Word. Vui lòng tải tệp .docx, .pdf có chữ, .html hoặc .txt."
        )
    if unpacked > MAX_UNPACKED:
        raise UnreadableDocument("Tệp Word giải nén ra quá lớn nên không được mở. Vui lòng kiểm tra lại tệp.")


def _paragraph(paragraph: Any, labels: "numbering.Numbering") -> str:
    text = " ".join(paragraph.text.replace("\t", " ").split(" ")).strip()
    label = labels.label(paragraph) if text else ""
    return f"{label} {text}" if label else text


def _rows(table: Any) -> Iterator[str]:
    """One line a row; a merged cell is written once."""
    for row in table.rows:
        cells: list[str] = []
        previous = None
        for cell in row.cells:
            if cell._tc is not previous:
                cells.append(" ".join(cell.text.split()))
            previous = cell._tc
        yield " | ".join(cells)


# ------------------------------------------------------------------ PDF
def _read_pdf(data: bytes) -> SourceDocument:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocument(
                "Tệp PDF có mật khẩu. Vui lòng gỡ mật khẩu hoặc tải tệp không khóa."
            ) from error
        raise UnreadableDocument("Tệp PDF bị hỏng. Vui lòng xuất lại tệp PDF rồi tải lên.") from error
    try:
        pages = [_page_text(page) for page in pdf]
    finally:
        pdf.close()
    written = sum(len(page.strip()) for page in pages)
    if written < _FEW_CHARACTERS_PER_PAGE * max(1, len(pages)):
        raise UnreadableDocument(
            "Tệp PDF là bản chụp, không có chữ để đọc. Vui lòng tải bản có chữ (tệp Word hoặc PDF xuất từ"
            " Word), hoặc dán nội dung vào ô văn bản."
        )
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.strip()]
    notes = (f"Trang {', '.join(empty)} không có chữ (có thể là bản chụp).",) if empty else ()
    return SourceDocument(nfc(join_lines("\n".join(pages))), "application/pdf", notes)


def _page_text(page: Any) -> str:
    text_page = page.get_textpage()
    try:
        text: str = text_page.get_text_range()
    finally:
        text_page.close()
        page.close()
    return text.replace("\r\n", "\n").replace("\ufffe", "-")


def join_lines(text: str) -> str:
    """Lines broken by the width of a page joined again into paragraphs.

    A line goes on with the next one when it is long, does not end a sentence, and the next line begins like
    a continuation (small letter) or the line ends with a comma.
    """
    joined: list[str] = []
    for raw in text.split("\n"):
        line = raw.strip()
        if line.isdigit() and len(line) <= 3:
            continue  # a page number
        starts_item = any(item.marker for item in lines(line))
        if joined and line and joined[-1] and not starts_item and _goes_on(joined[-1], line):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _goes_on(line: str, following: str) -> bool:
    if " | " in line or " | " in following:
        return False
    if line.endswith((".", ";", ":", "!", "?")):
        return False
    return following[0].islower() or following[0].isdigit() or line.endswith((",", "và")) or len(line) > 70
