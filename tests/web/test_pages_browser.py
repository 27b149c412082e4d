"""The frame in a real Chromium under the site's content policy: panel, map, theme, narrow and wide.

The browser's requests are answered here, by the views and from the static files, without a server.
"""

import mimetypes
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from csp.utils import build_policy
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from dodem.pages import hexmap, parts, views
from dodem.vietnam import units

sync_api = pytest.importorskip("playwright.sync_api")

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: install Debian's package chromium"),
]

SITE = "http://centre.test"

BOARD = """{% extends "base.html" %}{% block title %}Bảng{% endblock %}{% block main %}<div class="wrap">
<h1>Bảng</h1><p>Đúng hạn {% num "94,4%" "/so/1/" %}, quá hạn {% num "38" "/so/2/" %}.</p>
<div class="hexmap" data-map="doc">{{ map }}</div><p id="doc" role="status"><b></b><span></span></p>
<form><input type="text" id="chu" aria-label="Chữ"><a href="#main" data-key="t">Tắt</a></form>
<button type="button" class="js-only" data-do="copy" data-text="PA-1" data-done="Đã chép mã">Chép</button>
</div>{% endblock %}"""

SHEET = """{% component "sheet" label="Tỷ lệ" value=n %}
{% component "sheet_section" title="Công thức" %}<a href="#so-ban-ghi">Bản ghi</a> {% num "39.683" "/so/9/" %}
{% endcomponent %}
{% component "sheet_section" title="Bản ghi" id="so-ban-ghi" %}2.318 dòng{% endcomponent %}
{% endcomponent %}"""

PAGE = '{% extends "base.html" %}{% block title %}Số{% endblock %}{% block main %}' + SHEET + "{% endblock %}"

FAULT = "<!doctype html><title>500</title><h1>500</h1>"


def a_map():
    cells = [
        hexmap.Cell(tile, f"Đơn vị {tile.code}", "h2", "91,0% đúng hạn", href=f"#{tile.code}")
        for tile in units.tiles()
    ]
    return hexmap.hexmap(cells, label="Bản đồ")


class Site:
    """What the browser reaches: pages made from templates, the gallery, the static files."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken: set[str] = set()

    def answer(self, route: "sync_api.Route") -> None:
        request = route.request
        path = unquote(urlsplit(request.url).path)
        self.asked.append(path)
        if path in self.broken:
            route.fulfill(status=500, body=FAULT, content_type="text/html")
        elif path.startswith("/static/"):
            file = finders.find(path.removeprefix("/static/"))
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            route.fulfill(body=Path(file).read_bytes(), content_type=kind)
        else:
            policy = {"Content-Security-Policy": build_policy(), "Content-Type": "text/html"}
            route.fulfill(body=self.page(path, request), headers=policy)

    def page(self, path: str, request: "sync_api.Request") -> str:
        asked = RequestFactory().get(path, headers=request.headers)
        values = {"theme": "light", "request": asked, "n": path.strip("/").split("/")[-1]}
        with translation.override("vi"):
            if path == "/thanh-phan/":
                asked.COOKIES["theme"] = (
                    "dark" if "theme=dark" in request.headers.get("cookie", "") else "light"
                )
                return views.gallery(asked).content.decode()
            if parts.wants(asked, parts.PANEL):
                return Template(SHEET).render(Context(values))
            source = PAGE if path.startswith("/so/") else BOARD
            return Template(source).render(Context({**values, "map": a_map()}))


@pytest.fixture(scope="module")
def browser() -> Iterator["sync_api.Browser"]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def page(browser, site):
    """A page on the board. Any complaint of the browser, of the content policy too, fails the test."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="vi-VN", service_workers="block"
    )
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.route("**/*", site.answer)
    opened.goto(f"{SITE}/")
    yield opened
    context.close()
    assert [
        text for text in complaints if "status of 500" not in text and "Response Status Error" not in text
    ] == []


def panel(page):
    return page.locator("#panel")


def test_a_number_opens_in_the_panel_and_escape_gives_the_page_and_the_focus_back(page, site):
    number = page.get_by_role("link", name="94,4%")
    number.click()
    heading = panel(page).get_by_role("heading", name="Tỷ lệ")
    sync_api.expect(heading).to_be_focused()
    assert page.url == f"{SITE}/so/1/"
    page.keyboard.press("Escape")
    sync_api.expect(panel(page)).to_be_hidden()
    sync_api.expect(number).to_be_focused()
    assert page.url == f"{SITE}/"
    assert site.asked.count("/") == 1


def test_a_number_within_the_panel_opens_there_and_back_goes_one_step(page):
    page.get_by_role("link", name="94,4%").click()
    panel(page).get_by_role("link", name="39.683").click()
    sync_api.expect(panel(page).locator(".fig__v")).to_have_text("9")
    page.go_back()
    sync_api.expect(panel(page).locator(".fig__v")).to_have_text("1")
    panel(page).get_by_role("link", name="39.683").click()
    sync_api.expect(panel(page).locator(".fig__v")).to_have_text("9")
    page.get_by_role("button", name="Đóng").click()
    sync_api.expect(panel(page)).to_be_hidden()
    assert page.url == f"{SITE}/"


def test_forward_opens_the_panel_again(page):
    page.get_by_role("link", name="94,4%").click()
    sync_api.expect(panel(page).get_by_role("heading", name="Tỷ lệ")).to_be_visible()
    page.go_back()
    sync_api.expect(panel(page)).to_be_hidden()
    page.go_forward()
    sync_api.expect(panel(page).get_by_role("heading", name="Tỷ lệ")).to_be_visible()


def test_reloading_while_a_figure_is_open_gives_its_page_and_back_gives_the_board(page):
    page.get_by_role("link", name="94,4%").click()
    sync_api.expect(panel(page).get_by_role("heading", name="Tỷ lệ")).to_be_visible()
    page.reload()
    sync_api.expect(panel(page)).to_be_hidden()
    sync_api.expect(page.get_by_role("heading", name="Tỷ lệ")).to_be_visible()
    page.go_back()
    sync_api.expect(page.get_by_role("heading", name="Bảng")).to_be_visible()


def test_an_anchor_within_the_panel_scrolls_it_and_leaves_the_history_alone(page):
    page.get_by_role("link", name="94,4%").click()
    panel(page).get_by_role("link", name="Bản ghi").click()
    sync_api.expect(panel(page)).to_be_visible()
    assert page.url == f"{SITE}/so/1/"
    page.go_back()
    sync_api.expect(panel(page)).to_be_hidden()


def test_a_figure_that_fails_in_the_panel_shows_its_own_page(page, site):
    site.broken.add("/so/2/")
    page.get_by_role("link", name="38", exact=True).click()
    sync_api.expect(page.get_by_role("heading", name="500")).to_be_visible()


def test_a_click_with_control_opens_a_new_tab_instead(page):
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="94,4%").click(modifiers=["Control"])
    assert opened.value is not None
    sync_api.expect(panel(page)).to_be_hidden()


def test_without_script_a_number_leads_to_its_page(browser, site):
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    bare = context.new_page()
    bare.route("**/*", site.answer)
    bare.goto(f"{SITE}/")
    assert bare.locator(".js-only").is_hidden()
    bare.get_by_role("link", name="94,4%").click()
    assert bare.url == f"{SITE}/so/1/"
    assert bare.get_by_role("heading", name="Tỷ lệ").is_visible()
    context.close()


def test_the_arrow_keys_walk_the_map_and_the_readout_says_where_one_is(page):
    first = page.locator(".hexmap a:not([tabindex])")
    assert first.count() == 1
    first.focus()
    start = page.locator("#doc b").inner_text()
    page.keyboard.press("ArrowDown")
    sync_api.expect(page.locator("#doc b")).not_to_have_text(start)
    sync_api.expect(page.locator("#doc span")).to_have_text("91,0% đúng hạn")
    assert page.locator('.hexmap a:not([tabindex="-1"])').count() == 1
    page.keyboard.press("ArrowUp")
    sync_api.expect(page.locator("#doc b")).to_have_text(start)


def test_letter_keys_work_outside_fields_only(page):
    page.locator("#chu").press("t")
    assert page.url == f"{SITE}/"
    page.locator("#chu").blur()
    page.keyboard.press("t")
    assert page.url == f"{SITE}/#main"


def test_copying_says_so_aloud(page):
    page.get_by_role("button", name="Chép").click()
    sync_api.expect(page.locator("#say")).to_have_text("Đã chép mã")


def test_the_theme_button_turns_the_page_dark_without_leaving_it(page):
    page.goto(f"{SITE}/thanh-phan/")
    button = page.get_by_role("button", name="Nền tối")
    button.click()
    sync_api.expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    sync_api.expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    sync_api.expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1440, 1920, 3840])
def test_the_gallery_never_scrolls_sideways(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{SITE}/thanh-phan/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_no_violation_in_the_gallery(page, theme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.context.add_cookies([{"name": "theme", "value": theme, "url": SITE}])
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{SITE}/thanh-phan/")
    results = axe.run(page)
    assert results.violations_count == 0, results.generate_report()
