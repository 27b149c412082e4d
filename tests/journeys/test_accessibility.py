"""Every page as everyone meets it: no fault that axe finds, no sideways scroll, no complaint of the browser.

Each page is loaded once and looked at in light at a desk and in dark on a telephone; the main ones the other
way round as well. (What the two themes' colours must keep to is tested by token in tests/web.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page, expect

from tests.browser import Crowd, Person
from tests.journeys.acts import notice, pastes, reported_task, sends_report
from tests.journeys.places import CITIZEN, HEAD, LEADER, OFFICE, PLACES, STEWARD, Place

pytestmark = pytest.mark.browser

WIDTHS = [320, 360, 768, 1440, 3840]
DESK, NARROW = 1440, 390
NOT_THERE = "/khong-co-trang-nay/"

# Addresses that are no page of their own: steps that are posted, files, parts, machines' doors.
NO_PAGES = {
    *(
        "",
        "api/",
        "healthz",
        "sw.js",
        "ngon-ngu/",
        "giao-dien/",
        "dang-xuat/",
        "nhat-ky/kiem-tra/",
        "phan-anh/don-vi/",
    ),
    *("phan-anh/hang-doi/gop/", "van-ban/<int:pk>/tep/", "bang-chung/<int:pk>/"),
    *("phan-anh/viec/<slug:code>/anh/<int:pk>/", "phan-anh/theo-doi/<slug:secret>/anh/<int:pk>/"),
    *("van-ban/<int:pk>/ra-soat/them/", "van-ban/<int:pk>/ra-soat/xac-nhan/", "de-xuat/<int:pk>/"),
    *("so/<int:pk>/dong/<slug:key>/<int:line>/ca-nhan/", "du-lieu/loi/<int:pk>/ca-nhan/"),
}
POSTED_UNDER = (
    *("de-xuat/<int:pk>/", "nhiem-vu/<slug:code>/", "phan-anh/viec/<slug:code>/"),
    *("phan-anh/theo-doi/<slug:secret>/", "quan-tri/nguoi-dung/<str:username>/", "chi-so/hoi-dap/<int:pk>/"),
)
# The sign-in library's, for a second factor or an identity provider of one's own; machines' doors.
ELSEWHERE = (
    *("sso/", "tai-khoan/danh-tinh/", "tai-khoan/xac-thuc/", "tai-khoan/phien/"),
    *("quan-tri/api/<int:pk>/", "api/"),
)


@dataclass
class Visitors:
    """Everyone who looks round.

    ``marks`` are parts of addresses that had to be made first, ``seen`` where places turned out to be.
    """

    people: Crowd
    marks: dict[str, str]
    seen: dict[Place, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def visitors(crowd: Crowd) -> Visitors:
    return Visitors(crowd, leave_behind(crowd))


def leave_behind(everyone: Crowd) -> dict[str, str]:
    """A report, a directive under review, a task to be verified, a question: pages the sample lacks."""
    code, secret = sends_report(everyone[CITIZEN], text="Đèn hẻm 12 tắt đã hai đêm, đi lại khó khăn.")
    office = everyone[OFFICE].page
    pastes(everyone[OFFICE], notice(990))
    leader = everyone[LEADER].goes_to("/chi-so/")
    figure = leader.get_by_role("row").filter(has_text="Hồ sơ trả đúng hạn").locator("a.num").first
    address = figure.get_attribute("href") or ""
    leader = everyone[LEADER].goes_to(f"{address}hoi/")
    leader.get_by_label("Nội dung").fill("Vì sao tháng này thấp hơn tháng trước?")
    everyone[LEADER].presses("Gửi")
    expect(leader.get_by_role("heading", name="Câu hỏi")).to_be_visible()
    steward = everyone[STEWARD].goes_to("/du-lieu/nguon/dossiers/")
    delivery = steward.locator("#deliveries tbody th a").first.get_attribute("href") or ""
    return {
        "code": code,
        "secret": secret.rstrip("/").rsplit("/", 1)[-1],
        "review": urlsplit(office.url).path,
        "figure": address,
        "question": urlsplit(leader.url).path,
        "delivery": delivery,
        "waiting": reported_task(everyone[OFFICE], everyone[HEAD]),
    }


def arrive(visitors: Visitors, place: Place) -> Person:
    """Open a page as the one who looks at it, at the width of a desk and in light."""
    person = visitors.people[place.who]
    person.complaints.clear()
    person.page.set_viewport_size({"width": DESK, "height": 900})
    person.goes_to(place.start.format(**visitors.marks))
    if place.link:
        address = person.page.locator(place.link).first.get_attribute("href")
        assert address, f"{place.start} leads nowhere by {place.link}"
        person.goes_to(address)
    visitors.seen[place] = urlsplit(person.page.url).path
    return person


def faults(page: Page, *, theme: str, width: int) -> list[str]:
    """What axe finds in a theme at a width, one line each with where it is."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)  # by the debugger, which the content policy does not bind
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(results => results.violations)")
    return [
        f"{theme} {width}: {one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for one in found
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_the_page_is_sound(visitors: Visitors, place: Place) -> None:
    person = arrive(visitors, place)
    page = person.page
    wide = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide[width] = page.evaluate("document.documentElement.scrollWidth")
    assert {width: found for width, found in wide.items() if found > width} == {}
    found = [*faults(page, theme="light", width=DESK), *faults(page, theme="dark", width=NARROW)]
    if place.is_main:
        found += [*faults(page, theme="dark", width=DESK), *faults(page, theme="light", width=NARROW)]
    assert found == []
    complaints, person.complaints = person.complaints, []
    assert [one for one in complaints if not (place.start == NOT_THERE and "404" in one)] == []


def test_the_sweep_leaves_out_no_page_of_the_site(visitors: Visitors) -> None:
    visited = set()
    for place in PLACES:
        if place.start != NOT_THERE:
            if place not in visitors.seen:
                arrive(visitors, place)
            visited.add(resolve(visitors.seen[place]).route)
    pages = {route for route in routes(get_resolver()) if is_page(route)}
    assert pages - visited == set()


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from routes(entry, route)


def is_page(route: str) -> bool:
    is_step = any(route.startswith(start) and route != start for start in POSTED_UNDER)
    is_elsewhere = any(route.startswith(start) and route != start for start in ELSEWHERE)
    return not (route in NO_PAGES or route.endswith(".csv") or is_step or is_elsewhere)
