import io
import zipfile
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest

from dodem.reading.documents import MAX_UNPACKED, UnreadableDocument, join_lines, read_document
from dodem.reading.tasks import propose_tasks
from dodem.reading.units import UnitDirectory
from dodem.vietnam.errors import UserError


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("KẾT LUẬN CUỘC HỌP")
    document.add_paragraph("Rà soát thiết bị mạng.", style="List Number")
    document.add_paragraph("Lập danh mục thay thế.", style="List Number")
    document.add_paragraph("Gửi báo cáo.", style="List Bullet")
    table = document.add_table(rows=2, cols=3)
    for cell, words in zip(table.rows[0].cells, ("Nhiệm vụ", "Chủ trì", "Thời hạn"), strict=True):
        cell.text = words
    for cell, words in zip(
        table.rows[1].cells, ("Số hóa hồ sơ hộ tịch", "Sở Tư pháp", "Quý III/2026"), strict=True
    ):
        cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def empty_pdf() -> bytes:
    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(595, 842)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def written_pdf(objects: list[bytes], *, extra: bytes = b"") -> bytes:
    """A PDF of these objects, the first of them the catalogue."""
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, extra, start)
    return out


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def locked_pdf() -> bytes:
    """The smallest file with a user password: an /Encrypt dictionary whose keys no empty password opens."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    keys = b"/O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b">"
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 " + keys + b" >>"
    return written_pdf([CATALOGUE, PAGES, page, lock], extra=b"/Encrypt 4 0 R /ID [<01> <01>]")


def pdf_with_text(*lines: str) -> bytes:
    shown = b" T* ".join(b"(%s) Tj" % line.encode("ascii") for line in lines)
    stream = b"BT /F1 12 Tf 14 TL 72 720 Td " + shown + b" ET"
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    content = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return written_pdf([CATALOGUE, PAGES, page, content, font])


def test_a_pdf_gives_its_text_with_lines_joined() -> None:
    document = read_document(
        pdf_with_text("1. UBND giao cac don vi ra soat", "thiet bi mang.", "2. Bao cao."), "a.pdf"
    )
    assert document.text == "1. UBND giao cac don vi ra soat thiet bi mang.\n2. Bao cao."
    assert document.media == "application/pdf"


def test_a_word_file_keeps_its_numbers_and_tables(directory: UnitDirectory) -> None:
    document = read_document(word_file(), "ket-luan.docx")
    assert document.text.splitlines() == [
        "KẾT LUẬN CUỘC HỌP",
        "1. Rà soát thiết bị mạng.",
        "2. Lập danh mục thay thế.",
        "- Gửi báo cáo.",
        "Nhiệm vụ | Chủ trì | Thời hạn",
        "Số hóa hồ sơ hộ tịch | Sở Tư pháp | Quý III/2026",
    ]
    tasks = propose_tasks(document.text, doc_date=date(2026, 5, 20), directory=directory)
    assert [t.deadline.notation for t in tasks if t.deadline] == ["2026-09-30"]


def test_html_gives_what_a_reader_sees() -> None:
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><nav>Menu</nav><h1>Thông báo</h1>"
        "<ol><li>Một <b>việc</b></li><li>Hai</li></ol><table><tr><td>A</td><td><p>B</p></td></tr></table>"
        "<script>alert(1)</script></body></html>"
    )
    assert read_document(page.encode(), "a.html").text == "Thông báo\n1. Một việc\n2. Hai\nA | B"


def test_text_is_normalised_to_composed_letters() -> None:
    decomposed = "Sở Y tế"
    assert read_document(decomposed.encode(), "a.txt").text == "Sở Y tế"


def test_lines_broken_by_a_page_are_joined_and_items_stay_apart() -> None:
    text = "Sở Y tế rà soát danh mục thiết bị tại các cơ sở\nkhám bệnh.\n2\n- Mục một\n- Mục hai"
    assert (
        join_lines(text) == "Sở Y tế rà soát danh mục thiết bị tại các cơ sở khám bệnh.\n- Mục một\n- Mục hai"
    )


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (MAX_UNPACKED + 1))
    return out.getvalue()


def other_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "filename", "says"),
    [
        (b"", "a.txt", "không có nội dung"),
        (b"  \n ", "a.txt", "không có nội dung"),
        (b"%PDF-1.7 broken", "a.pdf", "bị hỏng"),
        (b"not a pdf", "a.pdf", "bị hỏng"),
        (empty_pdf(), "a.pdf", "bản chụp"),
        (locked_pdf(), "a.pdf", "mật khẩu"),
        (b"PK\x03\x04 broken", "a.docx", "bị hỏng"),
        (word_file()[:2000], "a.docx", "bị hỏng"),
        (other_zip(), "a.docx", "không phải văn bản Word"),
        (bomb(), "a.docx", "quá lớn"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "kiểu cũ"),
        (bytes(range(256)) * 40, "a.txt", ""),
    ],
)
def test_what_cannot_be_read_says_so_in_plain_vietnamese(data: bytes, filename: str, says: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(data, filename)
    assert isinstance(caught.value, UserError)
    assert says in str(caught.value)


def test_the_same_text_is_read_from_every_kind_of_sample(tmp_path: Path) -> None:
    text = "Yêu cầu Sở Y tế báo cáo trước ngày 1/6/2026."
    assert read_document(text.encode("utf-8"), "a.txt").text == text
    assert read_document(text.encode("utf-8-sig"), "a.txt").text == text
    assert read_document(text.encode("utf-16"), "a.txt").text == text
    assert read_document(f"<p>{text}</p>".encode(), "a.html").text == text
