"""The guides show and name what is really there.

Every name of a control or heading that a guide prints bold must stand on one of the pages looked at for it.
With DODEM_PICTURES=1 the same looks take the guides' pictures anew.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import Crowd
from tests.journeys.acts import answers, gives_task, notice, pastes, reported_task, sends_report

pytestmark = pytest.mark.browser

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDES = sorted((DOCS / "guide").glob("*.md"))
TAKES_PICTURES = os.environ.get("DODEM_PICTURES") == "1"
LARGEST = 200_000  # bytes
WIDE, PHONE = (1280, 900), (360, 780)
LEADER, OFFICE, STEWARD, INSPECTOR, ADMIN = "lanhdao", "thuongtruc", "dulieu", "thanhtra", "quantri"
HEAD, OFFICER = "truong.26740", "canbo.26740"
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
IMAGE = re.compile(r"!\[[^\]]+\]\(\.\./images/([\w-]+\.png)\)")


def nothing(page: Page) -> None:
    """The page as it comes."""


def open_number(page: Page) -> None:
    page.locator("#ho-so .fig__v a.num").click()
    expect(page.locator("#panel").get_by_role("heading", name="Hồ sơ trả đúng hạn")).to_be_focused()


def open_case(page: Page) -> None:
    page.get_by_role("row").filter(has_text="Đèn đường").first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Trả lời người dân")).to_be_visible()


def show_update(page: Page) -> None:
    page.get_by_role("heading", name="Cập nhật tiến độ").scroll_into_view_if_needed()


def ask_why(page: Page) -> None:
    page.locator("[name=person]").fill("canbo.26740")


@dataclass(frozen=True)
class Look:
    """A page looked at for a guide; with ``picture`` its file is in docs/images."""

    guide: str
    who: str
    address: str
    picture: str = ""
    size: tuple[int, int] = WIDE
    act: Callable[[Page], None] = nothing


LOOKS = [
    Look("README", "", "/dang-nhap/", "sign-in", (1280, 760)),
    Look("README", HEAD, "/tai-khoan/"),
    Look("lanh-dao", LEADER, "/bang/", "board"),
    Look("lanh-dao", LEADER, "/bang/", "figure", WIDE, open_number),
    Look("co-quan-thuong-truc", OFFICE, "{review}", "review"),
    Look("co-quan-thuong-truc", OFFICE, "{rejected}"),
    Look("co-quan-thuong-truc", OFFICE, "{reported}", "verify"),
    Look("co-quan-thuong-truc", OFFICE, "{from_paper}"),
    Look("don-vi", OFFICER, "/don-vi/26740/", "unit"),
    Look("don-vi", OFFICER, "{new}"),
    Look("don-vi", OFFICER, "{started}", "task", (1280, 1200), show_update),
    Look("don-vi", OFFICER, "/phan-anh/hang-doi/?tab=don-vi&xep=moi", "queue", (1280, 1000), open_case),
    Look("phu-trach-du-lieu", STEWARD, "/du-lieu/", "sources", (1280, 620)),
    Look("phu-trach-du-lieu", STEWARD, "/du-lieu/nguon/dossiers/nap/", "upload"),
    Look("phu-trach-du-lieu", STEWARD, "/du-lieu/loi/", "findings", (1280, 760)),
    Look("thanh-tra", INSPECTOR, "/nhat-ky/", "ledger", (1280, 760)),
    Look("thanh-tra", INSPECTOR, "/quan-tri/vi-sao/", "verdict", (1280, 620), ask_why),
    Look("quan-tri", ADMIN, "/quan-tri/nguoi-dung/canbo.26740/", "person", (1280, 760)),
    Look("quan-tri", ADMIN, "/nhat-ky/"),
    Look("quan-tri", ADMIN, "/don-vi/26740/quan-ly/", "unit-manage"),
    Look("quan-tri", ADMIN, "/quan-tri/api/", "tokens", (1280, 480)),
    Look("nguoi-dan", "", "/phan-anh/"),
    Look("nguoi-dan", "", "/phan-anh/gui/", "report", PHONE),
    Look("nguoi-dan", "", "{answered}", "track", PHONE),
]


def make(people: Crowd) -> dict[str, str]:
    """What the sample has none of on every day: work at each of its steps, a report answered and one not."""
    sends_report(people[""], text="Đèn đường đầu hẻm 48 chập chờn từ tối thứ Hai, trẻ em đi học về rất tối.")
    code, answered = sends_report(people[""], text="Đèn đường trước trường học tắt hai đêm liền.")
    answers(people[OFFICER], code=code, words="Đã thay hai bóng và kiểm tra cả tuyến tối qua.")
    office = people[OFFICE]
    new = gives_task(office, "Rà soát biển báo trước cổng trường")
    started = gives_task(office, "Số hóa sổ hộ tịch các năm 1995 đến 2005")
    people[OFFICER].goes_to(started)
    people[OFFICER].presses("Nhận việc")
    reported = reported_task(office, people[HEAD])
    rejected = pastes(office, notice(992)).url
    office.presses("Không phải nhiệm vụ")
    expect(office.page.get_by_role("button", name="Lấy lại")).to_be_visible()
    office.presses("Giao 1 việc đủ thông tin")
    from_paper = office.page.get_by_role("link", name="NV-").get_attribute("href") or ""
    review = pastes(office, notice(991)).url
    return {
        "answered": answered,
        "new": new,
        "started": started,
        "reported": reported,
        "rejected": rejected,
        "from_paper": from_paper,
        "review": review,
    }


@pytest.fixture(scope="module")
def words(crowd: Crowd) -> dict[str, str]:
    """For each guide, everything that stands on the pages looked at for it; pictures are taken on the way."""
    made = make(crowd)
    seen: dict[str, str] = {}
    for look in LOOKS:
        person = crowd[look.who]
        page = person.page
        page.set_viewport_size({"width": look.size[0], "height": look.size[1]})
        person.goes_to(look.address.format(**made))
        look.act(page)
        seen[look.guide] = seen.get(look.guide, "") + " " + (page.locator("body").text_content() or "")
        if TAKES_PICTURES and look.picture:
            page.wait_for_load_state("networkidle")
            keep(page.screenshot(), DOCS / "images" / f"{look.picture}.png")
    return {guide: " ".join(text.split()) for guide, text in seen.items()}


def keep(shot: bytes, path: Path) -> None:
    """Write a picture with as few colours as it needs."""
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    few = picture.quantize(colors=128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, "PNG", optimize=True)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_whatever_a_guide_names_stands_on_the_page(words: dict[str, str], guide: Path) -> None:
    named = {" ".join(name.split()) for name in BOLD.findall(guide.read_text())}
    assert {name for name in named if name not in words[guide.stem]} == set()


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_the_pictures_of_a_guide_are_those_taken_for_it(words: dict[str, str], guide: Path) -> None:
    taken = [f"{look.picture}.png" for look in LOOKS if look.guide == guide.stem and look.picture]
    assert sorted(IMAGE.findall(guide.read_text())) == sorted(taken)
    for name in taken:
        path = DOCS / "images" / name
        assert path.exists(), f"{name}: take it with DODEM_PICTURES=1"
        assert path.stat().st_size < LARGEST
