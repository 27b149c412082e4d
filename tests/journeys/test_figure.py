"""Walk one, by those who walk it: a steward who delivers, a ward that mends, a leader who opens."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import NewPerson, Person
from tests.journeys.acts import WARD, now

pytestmark = pytest.mark.browser

STEWARD, LEADER, OFFICER = "dulieu", "lanhdao", "canbo.26740"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = [
    "ma_ho_so", "ma_thu_tuc", "ten_thu_tuc", "ma_don_vi", "ngay_tiep_nhan", "ngay_hen_tra",
    "ngay_tra_ket_qua", "tinh_trang", "nguoi_nop", "toan_trinh",
]  # fmt: skip
APPLICANT = "Trần Thị Kiểm Thử"
GOOD = 12
NUMBER = "#ho-so .fig__v a.num"  # what the board shows largest of the dossiers


def today() -> str:
    return f"{now():%d/%m/%Y}"


def row(number: int, *, unit: str = WARD, due: str = "", status: str = "", applicant: str = "") -> list[str]:
    """A dossier received, due and returned today, so that it counts in the month the board shows."""
    return [
        f"H29-000101-{number:06d}", "1.001193.000.00.00.H29", "Đăng ký khai sinh", unit, today(),
        due or today(), today(), status or "Đã trả kết quả", applicant or APPLICANT, "Có",
    ]  # fmt: skip


def first_file() -> FilePayload:
    """Twelve good rows, then one of an unknown unit, one due on a day that is not, one made for a trial."""
    bad = [row(901, unit="99999"), row(902, due="31/02/2026"), row(903, applicant="test 123")]
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *(row(number) for number in range(1, GOOD + 1)), *bad])
    return {"name": "ho-so-hom-nay.csv", "mimeType": CSV, "buffer": text.getvalue().encode()}


def second_file() -> FilePayload:
    """Two of the twelve were withdrawn after all."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in [HEADER, *(row(number, status="Công dân rút hồ sơ") for number in (1, 2))]:
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return {"name": "ho-so-rut.xlsx", "mimeType": XLSX, "buffer": stream.getvalue()}


def delivers(steward: Person, file: FilePayload) -> Page:
    """Upload a file and stay on its page until the register has been built with it."""
    page = steward.goes_to("/du-lieu/nguon/dossiers/")
    steward.follows("Nạp tệp")
    page.locator("input[type=file]").set_input_files(file)
    steward.presses("Nạp tệp")
    expect(page.get_by_role("heading", name=file["name"])).to_be_visible()
    expect(page.get_by_text("Đã vào sổ.")).to_be_visible(timeout=120_000)
    return page


def the_number(leader: Person) -> str:
    """The address of the dossiers' figure on the board now."""
    leader.goes_to("/bang/")
    found = leader.page.locator(NUMBER).get_attribute("href")
    assert found
    return found


def opens_anew(leader: Person, *, after: str) -> str:
    """Wait until the board shows another figure than before and open it in the panel. Returns its address."""
    changed = leader.page.locator(f'{NUMBER}:not([href="{after}"])')
    leader.waits_for(changed, look=lambda: leader.goes_to("/bang/"))
    address = changed.get_attribute("href")
    assert address
    changed.click()
    expect(leader.page.locator("#panel").get_by_role("heading", name="Hồ sơ trả đúng hạn")).to_be_focused()
    return address


def formula(page: Page) -> list[int]:
    """Numerator and denominator of the sheet that is open."""
    parts = page.locator(".eq").first.locator(".eq__p b").all_inner_texts()
    return [int(part.replace(".", "")) for part in parts[:2]]


def test_a_delivered_file_moves_the_board_and_the_figure_opens_to_its_line(
    person: NewPerson, tmp_path: Path
) -> None:
    leader = person(LEADER)
    untouched = the_number(leader)
    before = formula(leader.goes_to(untouched))

    steward = person(STEWARD)
    page = delivers(steward, first_file())
    findings = page.locator("#findings")
    expect(findings.get_by_role("row")).to_have_count(4)  # the head, and one for each bad row
    expect(findings.get_by_role("row").filter(has_text="dòng 15")).to_contain_text("Phường Sài Gòn")
    expect(findings.get_by_role("row").filter(has_text="dòng 14")).to_contain_text("Văn phòng")

    officer = person(OFFICER)
    officer.goes_to("/du-lieu/loi/")
    mine = officer.page.get_by_role("row").filter(has_text="H29-000101-000903")
    expect(mine).to_contain_text("Xóa hồ sơ thử")
    expect(officer.page.get_by_text("H29-000101-000901")).to_have_count(0)

    first = opens_anew(leader, after=untouched)
    sheet = leader.page.locator("#panel")
    delivered = formula(leader.page)
    assert [now - then for now, then in zip(delivered, before, strict=True)] == [GOOD + 1, GOOD + 1]
    expect(sheet.get_by_text("Tử số")).to_be_visible()
    expect(sheet.get_by_text("ho-so-hom-nay.csv")).to_be_visible()

    saved = tmp_path / "records.csv"
    with leader.page.expect_download() as download:
        leader.follows("Tải CSV", within=sheet)
    download.value.save_as(saved)
    lines = list(csv.reader(saved.read_text("utf-8-sig").splitlines()))
    assert len(lines) == delivered[1] + 1
    assert APPLICANT not in saved.read_text("utf-8-sig")

    leader.follows("Mã hồ sơ", within=sheet)
    leader.follows("H29-000101-000001", within=sheet)
    raw = leader.page.get_by_role("main")
    expect(raw.get_by_role("heading", name="Dòng như tệp đã ghi")).to_be_visible()
    expect(raw.get_by_text("ho-so-hom-nay.csv")).to_be_visible()
    expect(raw.get_by_text("dòng 2", exact=True)).to_be_visible()
    expect(raw.get_by_text(APPLICANT)).to_have_count(0)

    delivers(steward, second_file())
    opens_anew(leader, after=first)
    assert formula(leader.page) == [delivered[0] - 2, delivered[1] - 2]
    leader.goes_to(first)
    assert formula(leader.page) == delivered
    leader.page.get_by_role("link", name=re.compile("Mở bản mới hơn")).click()
    assert formula(leader.page) == [delivered[0] - 2, delivered[1] - 2]


def test_a_file_that_cannot_be_read_is_refused_in_words_and_delivers_nothing(person: NewPerson) -> None:
    steward = person(STEWARD)
    page = steward.goes_to("/du-lieu/nguon/dossiers/nap/")
    wrong: FilePayload = {"name": "anh.csv", "mimeType": CSV, "buffer": b"\x89PNG\r\n\x1a\n\x00\x00" * 40}
    page.locator("input[type=file]").set_input_files(wrong)
    steward.presses("Nạp tệp")
    expect(page.locator(".msg").first).to_be_visible()
    steward.goes_to("/du-lieu/nguon/dossiers/")
    refused = page.locator("section").filter(has=page.get_by_role("heading", name="Tệp bị từ chối gần đây"))
    expect(refused).to_contain_text("anh.csv")
    expect(page.locator("#deliveries")).not_to_contain_text("anh.csv")
