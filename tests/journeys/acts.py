"""What people do on more than one of their ways: send a report, hand in a directive."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import Person

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
CODE = re.compile(r"PA-\d{4}-[A-Z2-9]{4}")
OLD_ADDRESS = "12 đường Đồng Khởi, phường Bến Nghé, quận 1"  # since July 2025 in Phường Sài Gòn
WARD = "26740"


def now() -> datetime:
    return datetime.now(VIETNAM)


def photo(name: str) -> FilePayload:
    """A picture as a telephone makes it."""
    picture = io.BytesIO()
    Image.new("RGB", (1200, 900), (96, 110, 120)).save(picture, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture.getvalue()}


def fill_in(citizen: Person, *, text: str) -> Page:
    """Everything of the report form but the place and the sending."""
    page = citizen.goes_to("/phan-anh/gui/")
    page.get_by_text("Phản ánh", exact=True).click()
    page.get_by_text("Đèn, điện").click()
    citizen.field("Chuyện xảy ra thế nào?").fill(text)
    citizen.field("Ảnh, tối đa 5").set_input_files(photo("den-duong.jpg"))
    citizen.field("Số điện thoại").fill("0900 000 123")
    page.get_by_text("Có, chỉ hiện loại việc và phường, xã").click()
    return page


def sends_report(citizen: Person, *, text: str) -> tuple[str, str]:
    """Fill in, take the unit proposed for the address, send. Returns the code and the secret link."""
    page = fill_in(citizen, text=text)
    citizen.field("Ở đâu?").fill(OLD_ADDRESS)
    expect(page.get_by_label("Thuộc Phường Sài Gòn")).to_be_checked()
    citizen.presses("Gửi phản ánh")
    expect(page.get_by_role("heading", name="Đã nhận phản ánh của bạn")).to_be_visible()
    expect(page.get_by_text("Phường Sài Gòn").first).to_be_visible()
    return code_on(page), page.get_by_label("Đường dẫn riêng").input_value()


def code_on(page: Page) -> str:
    found = CODE.search(page.locator(".code").inner_text())
    assert found, page.url
    return found[0]


def answers(officer: Person, *, code: str, words: str) -> None:
    """Find the case in the unit's queue, open it beside the list and answer with a photo."""
    page = officer.goes_to("/phan-anh/hang-doi/?tab=don-vi")
    row = page.get_by_role("row").filter(has_text=code)
    row.get_by_role("link").click()
    case = page.locator("#viec")
    case.get_by_label("Đã làm gì, bao giờ xong").fill(words)
    case.get_by_label("Kết quả").select_option("Đã xong")
    case.get_by_label("Ảnh sau xử lý").set_input_files(photo("da-sua.jpg"))
    case.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_text("Đã gửi cho người dân.")).to_be_visible()


def notice(number: int) -> str:
    """A notice of today. Its first order holds two works, its second names the wrong lead and no deadline."""
    day, later = now(), now() + timedelta(days=40)
    return (
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH\n"
        f"Số: {number}/TB-UBND\n"
        f"Thành phố Hồ Chí Minh, ngày {day:%d} tháng {day:%m} năm {day:%Y}\n\n"
        "THÔNG BÁO\nVề dữ liệu dùng chung thực hiện Nghị quyết 57\n\n"
        f"Cuộc họp kết thúc lúc {day:%H} giờ {day:%M} ghi nhận kết quả của các đơn vị.\n"
        "Chủ tịch Ủy ban nhân dân Thành phố yêu cầu:\n"
        "1. Giao Sở Tài chính chủ trì, phối hợp với Sở Y tế công bố danh mục dữ liệu dùng chung và mở cổng "
        f"tra cứu cho phường, xã, hoàn thành trước ngày {later:%d} tháng {later:%m} năm {later:%Y}.\n"
        "2. Giao Sở Tài chính rà soát thiết bị phòng máy chủ, lập danh mục cần thay.\n"
        "3. Các sở, ngành khẩn trương cử cán bộ đầu mối theo dõi nhiệm vụ.\n"
    )


def pastes(office: Person, text: str) -> Page:
    """Hand in a directive as text; ends on its review."""
    page = office.goes_to("/van-ban/them/")
    office.field("Dán toàn văn").fill(text)
    office.presses("Đọc văn bản")
    expect(page.get_by_role("heading", name="Từ văn bản đến nhiệm vụ")).to_be_visible()
    return page


def gives_task(office: Person, title: str) -> str:
    """Give the ward a task by hand, due today. Returns its address."""
    page = office.goes_to("/nhiem-vu/moi/")
    page.get_by_label("Việc phải làm").fill(title)
    page.get_by_label("Đơn vị chủ trì").fill("Phường Sài Gòn")
    page.get_by_label("Hạn hoàn thành").fill(f"{now():%d/%m/%Y}")
    office.presses("Giao việc")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    return urlsplit(page.url).path


def reported_task(office: Person, head: Person) -> str:
    """A task given to the ward and reported done, which nobody has verified yet. Returns its address."""
    address = gives_task(office, "Lập danh mục biển báo cần sửa trên các tuyến hẻm")
    page = head.goes_to(address)
    head.presses("Nhận việc")
    page.get_by_role("textbox", name="Kết quả").fill("Đã làm xong, kèm biên bản nghiệm thu.")
    page.get_by_role("textbox", name="Ngày hoàn thành").fill(f"{now():%d/%m/%Y}")
    page.get_by_label("Đường dẫn bằng chứng").fill("https://mau.invalid/bien-ban-nghiem-thu")
    head.presses("Báo cáo hoàn thành")
    expect(page.get_by_text("Đã làm xong, kèm biên bản nghiệm thu.")).to_be_visible()
    return address
