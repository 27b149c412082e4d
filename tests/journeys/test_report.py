"""Walk three, by those who walk it: a citizen at a telephone, an officer, whoever reads the figure."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, NewPerson, Person
from tests.journeys.acts import OLD_ADDRESS, WARD, answers, code_on, fill_in, sends_report

pytestmark = pytest.mark.browser

OFFICER = "canbo.26740"


def test_a_citizen_without_an_account_reports_follows_rates_and_reopens(person: NewPerson) -> None:
    citizen = person(width=PHONE, height=780)
    text = "Đèn đường trước số nhà 12 tắt ba đêm liền, người đi bộ không thấy đường."
    page = citizen.page
    code, secret = sends_report(citizen, text=text)

    officer = person(OFFICER)
    answers(officer, code=code, words="Đã thay bóng và kiểm tra cả tuyến lúc 9 giờ.")

    citizen.goes_to(secret)
    expect(page.get_by_text("Đã thay bóng và kiểm tra cả tuyến lúc 9 giờ.")).to_be_visible()
    expect(page.get_by_text(text)).to_be_visible()
    page.get_by_text("Chưa được", exact=True).click()
    citizen.presses("Gửi điểm")
    expect(page.get_by_role("heading", name="Bạn đã chấm")).to_be_visible()

    figure_lists(officer, code)

    page.get_by_text("Chưa đúng thực tế? Phản ánh lại").click()
    citizen.field("Chỗ nào chưa đúng thực tế?").fill("Tối qua đèn vẫn tắt từ số 10 đến số 16.")
    citizen.presses("Phản ánh lại")
    expect(page.get_by_text("Đang xử lý").first).to_be_visible()
    officer.goes_to("/phan-anh/hang-doi/?tab=don-vi")
    expect(officer.page.get_by_role("row").filter(has_text=code)).to_contain_text("người dân phản ánh lại")


def figure_lists(officer: Person, code: str) -> None:
    """The ward's satisfaction figure opens to the case that is not content, its sender masked."""
    page = officer.page
    sheet = page.locator("#panel")
    record = sheet.get_by_role("row").filter(has_text=code)
    figure = page.locator("#phan-anh dt", has_text="Hài lòng").locator("+ dd").get_by_role("link")

    def look() -> None:
        officer.goes_to(f"/don-vi/{WARD}/")
        if figure.count():
            figure.click()
            sheet.get_by_role("link", name="Chưa đạt").click()
            sheet.get_by_role("link", name="Chưa đạt").and_(page.locator("[aria-current]")).wait_for()

    officer.waits_for(record, look=look)
    expect(sheet.get_by_role("heading", name="Người dân hài lòng")).to_be_visible()
    record.get_by_role("link", name="tệp, dòng").click()
    expect(page.get_by_role("heading", name="Dòng như tệp đã ghi")).to_be_visible()
    expect(page.get_by_text("0900")).to_have_count(0)


def test_the_way_to_report_and_to_follow_needs_no_script(person: NewPerson) -> None:
    citizen = person(width=PHONE, height=780, script=False)
    page = fill_in(citizen, text="Nắp cống trước cổng trường bị vỡ, trẻ em dễ ngã vào buổi tối.")
    citizen.field("Ở đâu?").fill(OLD_ADDRESS)
    citizen.presses("Gửi phản ánh")
    expect(page.get_by_text("Xem lại đơn vị đề xuất bên dưới rồi gửi.").first).to_be_visible()
    expect(page.get_by_text("Ảnh đã gửi lên, không cần chọn lại")).to_be_visible()
    page.get_by_text("Thuộc Phường Sài Gòn", exact=True).click()
    citizen.presses("Gửi phản ánh")
    code, secret = code_on(page), page.get_by_label("Đường dẫn riêng").input_value()
    citizen.goes_to(secret)
    expect(page.get_by_text("Nắp cống trước cổng trường bị vỡ")).to_be_visible()

    citizen.goes_to("/phan-anh/tra-ma/")
    citizen.field("Mã phản ánh").fill(code.lower())
    citizen.presses("Tra")
    expect(page.get_by_role("heading", name=code)).to_be_visible()
    expect(page.get_by_text("Nắp cống trước cổng trường bị vỡ")).to_have_count(0)
