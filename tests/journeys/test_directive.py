"""Walk two, by those who walk it: the standing office, an officer, whoever reads the figure."""

from __future__ import annotations

import io
from datetime import timedelta

import docx
import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser import NewPerson, Person
from tests.journeys.acts import notice, now, pastes

pytestmark = pytest.mark.browser

OFFICE, OFFICER = "thuongtruc", "canbo.khcn"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def proof(name: str) -> FilePayload:
    document = docx.Document()
    document.add_paragraph("Biên bản kiểm kê phòng máy chủ: 14 máy, 3 máy cần thay.")
    return {"name": name, "mimeType": WORD, "buffer": saved(document)}


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def card(page: Page, title: str) -> Locator:
    """A proposed task of the review."""
    return page.locator(".tcard").filter(has=page.get_by_role("heading", name=title))


def opened(page: Page, title: str) -> Locator:
    """The same, opened for editing."""
    found = card(page, title)
    opens = found.get_by_role("link", name="Mở để xem, sửa")
    if opens.count():
        opens.click()
    expect(found.get_by_role("button", name="Xác nhận và giao")).to_be_visible()
    return found


def reviews(office: Person, page: Page) -> str:
    """Reject, undo, split, correct and confirm. Returns the code of the task given to the officer's unit."""
    unwanted = opened(page, "Cử cán bộ đầu mối")
    office.presses("Không phải nhiệm vụ", within=unwanted)
    expect(unwanted).to_contain_text("Không phải nhiệm vụ")
    office.presses("Lấy lại", within=unwanted)
    expect(unwanted.get_by_role("button", name="Xác nhận và giao")).to_be_visible()
    office.presses("Không phải nhiệm vụ", within=unwanted)
    expect(unwanted.get_by_role("button", name="Lấy lại")).to_be_visible()

    both = opened(page, "Công bố danh mục dữ liệu dùng chung và mở cổng")
    both.get_by_text("Tách thành hai việc").click()
    both.get_by_text("mở cổng tra cứu").last.click()
    office.presses("Tách ở đây", within=both)
    expect(page.get_by_text("4 câu được xét")).to_be_visible()

    mine = opened(page, "Rà soát thiết bị phòng máy chủ")
    mine.get_by_label("Chủ trì").fill("Sở Khoa học và Công nghệ")
    mine.get_by_label("Hạn hoàn thành").fill(f"{now():%d/%m/%Y}")
    mine.get_by_label("NQ57").check()
    office.presses("Lưu", within=mine)
    expect(mine).to_contain_text("Chưa xem")  # it lacks nothing now
    expect(mine.get_by_label("Chủ trì")).to_have_value("Sở Khoa học và Công nghệ")
    office.presses("Xác nhận và giao", within=mine)
    given = mine.get_by_role("link", name="NV-")
    expect(given).to_be_visible()
    return given.inner_text()


def reports(officer: Person, code: str, *, words: str, file: str) -> None:
    page = officer.goes_to(f"/nhiem-vu/{code}/")
    page.get_by_role("textbox", name="Kết quả").fill(words)
    page.get_by_label("Ngày hoàn thành").fill(f"{now():%d/%m/%Y}")
    page.locator("input[type=file]").set_input_files(proof(file))
    officer.presses("Báo cáo hoàn thành")
    expect(page.get_by_text(words)).to_be_visible()


def test_a_pasted_directive_becomes_a_task_that_is_returned_once_and_closed(person: NewPerson) -> None:
    office = person(OFFICE)
    page = pastes(office, notice(917))
    code = reviews(office, page)

    officer = person(OFFICER)
    desk = officer.goes_to(f"/nhiem-vu/?q={code}")
    desk.get_by_role("row").filter(has_text=code).get_by_role("link").click()
    officer.presses("Nhận việc")
    desk.get_by_role("textbox", name="Kết quả").fill("Đã kiểm kê 9 trong 14 máy.")
    desk.get_by_role("spinbutton", name="Đã làm được").fill("60")
    officer.presses("Gửi cập nhật")
    expect(desk.get_by_text("Đã kiểm kê 9 trong 14 máy.")).to_be_visible()
    reports(officer, code, words="Đã kiểm kê đủ 14 máy.", file="kiem-ke.docx")

    office.goes_to(f"/nhiem-vu/{code}/")
    office.field("Lý do").first.fill("Chưa có danh mục cần thay như yêu cầu.")
    office.presses("Trả lại, yêu cầu bổ sung")
    expect(page.get_by_text("Chưa có danh mục cần thay như yêu cầu.")).to_be_visible()
    reports(officer, code, words="Đã bổ sung danh mục 3 máy cần thay.", file="danh-muc.docx")

    office.goes_to(f"/nhiem-vu/{code}/")
    expect(page.get_by_role("link", name="danh-muc.docx")).to_be_visible()
    office.presses("Xác nhận hoàn thành")
    expect(page.get_by_text("ngày hoàn thành, theo báo cáo đã được xác nhận")).to_be_visible()
    expect(page.locator("blockquote")).to_contain_text("rà soát thiết bị phòng máy chủ")
    office.follows("Câu gốc trong văn bản")
    marked = page.locator("mark.is-on")
    expect(marked).to_contain_text("rà soát thiết bị phòng máy chủ")
    expect(marked).to_be_in_viewport()

    the_programme_lists(office, code)


def the_programme_lists(office: Person, code: str) -> None:
    """After the worker's round the programme's figure opens to the task among those done in time."""
    page = office.page
    record = page.locator("#panel").get_by_role("link", name=code)

    def look() -> None:
        office.goes_to("/chi-so/")
        page.get_by_role("row").filter(has_text="Nhiệm vụ hoàn thành đúng hạn").locator("a.num").click()
        sheet = page.locator("#panel")
        sheet.get_by_text("NQ57").locator("a.num").click()
        expect(sheet.get_by_text("Chương trình: NQ57")).to_be_visible()
        sheet.get_by_role("link", name="Đạt", exact=True).click()

    office.waits_for(record, look=look)
    record.click()
    expect(page.get_by_role("heading", name="Rà soát thiết bị phòng máy chủ")).to_be_visible()


def test_a_word_file_is_read_and_its_complete_orders_are_given_at_once(person: NewPerson) -> None:
    document = docx.Document()
    for line in notice(918).splitlines():
        document.add_paragraph(line)
    office = person(OFFICE)
    page = office.goes_to("/van-ban/them/")
    payload: FilePayload = {"name": "thong-bao.docx", "mimeType": WORD, "buffer": saved(document)}
    page.get_by_label("Hoặc tải tệp lên").set_input_files(payload)
    expect(page.get_by_text("thong-bao.docx")).to_be_visible()
    office.presses("Đọc văn bản")
    office.presses("Giao 1 việc đủ thông tin")
    expect(page.get_by_text("Đã giao 1 nhiệm vụ.")).to_be_visible()
    expect(card(page, "Công bố danh mục")).to_contain_text("NV-")


def test_a_directive_can_be_pasted_and_confirmed_without_script(person: NewPerson) -> None:
    office = person(OFFICE, script=False)
    page = pastes(office, notice(919))
    mine = opened(page, "Rà soát thiết bị phòng máy chủ")
    mine.get_by_label("Hạn hoàn thành").fill(f"{now() + timedelta(days=20):%d/%m/%Y}")
    office.presses("Xác nhận và giao", within=mine)
    expect(mine.get_by_role("link", name="NV-")).to_be_visible()
