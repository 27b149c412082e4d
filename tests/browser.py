"""A real Chromium (Debian's) and the people who sit at it.

Playwright's own event loop runs while a browser is open, and Django refuses queries beside a running loop:
keep such fixtures to a module or package whose tests ask the centre over HTTP only.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    expect,
    sync_playwright,
)

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # ms: longer than any answer takes, on a machine that does other work besides
ROUND = 150.0  # seconds: our own tables land at most once a minute, then they are built and published
PASSWORD = "dodem-thanh-pho-mau"  # of every sample account, printed by ``dodem up``
DESK, PHONE = 1440, 360  # widths in CSS pixels
# A form that comes back with its errors, and a part that htmx swaps in with them, is an answer and no fault.
EXPECTED = "the server responded with a status of 422"

expect.set_options(timeout=PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser. Without one the tests are skipped loudly, or fail where DODEM_REQUIRE_ALL=1 is set."""
    if CHROMIUM is None:
        reason = "NO BROWSER TESTED: there is no chromium here; install Debian's package chromium"
        if os.environ.get("DODEM_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Person:
    """Somebody in front of a window of their own. ``complaints``: what the browser found wrong on the way."""

    context: BrowserContext
    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)

    def goes_to(self, path: str) -> Page:
        """Open an address of the site, in full or from the root."""
        self.page.goto(path if "://" in path else f"{self.site}{path}")
        return self.page

    def signs_in(self, username: str) -> Page:
        """Through the sign-in page; lands where that person's day begins."""
        self.goes_to("/dang-nhap/")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập", exact=True).click()
        self.page.wait_for_url(lambda url: "/dang-nhap/" not in url)
        return self.page

    def waits_for(self, shown: Locator, *, look: Callable[[], object], within: float = ROUND) -> None:
        """Look again until something is there: what the worker does between two of its rounds."""
        give_up_at = time.monotonic() + within
        look()
        while not shown.first.is_visible():
            if time.monotonic() > give_up_at:
                pytest.fail(f"{shown} did not come to {self.page.url} within {within:.0f} s")
            self.page.wait_for_timeout(1_500)
            look()

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label)

    def presses(self, name: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=name).click()

    def follows(self, name: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("link", name=name).first.click()


@contextmanager
def person_at(
    browser: Browser, site: str, *, width: int = DESK, height: int = 900, script: bool = True, **options: Any
) -> Iterator[Person]:
    """A fresh window. Leaving it fails the test if the browser complained or a request left the site."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        java_script_enabled=script,
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(PATIENCE)
    person = Person(context=context, page=context.new_page(), site=site)
    listen(person)
    try:
        yield person
    finally:
        context.close()
    assert person.complaints == []


@dataclass
class Doors:
    """A site in a browser, and the sessions of those who have signed in by its page once."""

    browser: Browser
    site: str
    sessions: dict[str, list[Any]] = field(default_factory=dict)

    @contextmanager
    def enter(self, username: str = "", **options: Any) -> Iterator[Person]:
        """Somebody at a fresh window, signed in when named; without script always by the page itself."""
        with person_at(self.browser, self.site, **options) as person:
            if username in self.sessions and options.get("script", True):
                person.context.add_cookies(self.sessions[username])
            elif username:
                person.signs_in(username)
                self.sessions[username] = person.context.cookies()
            yield person


NewPerson = Callable[..., Person]  # the fixture ``person``


class Crowd(dict[str, Person]):
    """Everyone by username, each coming in when first looked for; "" is whoever has no account."""

    def __init__(self, enter: NewPerson) -> None:
        super().__init__()
        self.enter = enter

    def __missing__(self, username: str) -> Person:
        person = self[username] = self.enter(username)
        return person


def listen(person: Person) -> None:
    """Write down errors of scripts and of the content policy, and requests to anyone but the site."""
    host = urlsplit(person.site).netloc

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and EXPECTED not in message.text:
            person.complaints.append(f"{person.page.url}: {message.text}")

    def asked(url: str) -> None:
        address = urlsplit(url)
        if address.scheme not in {"data", "blob", "about"} and address.netloc != host:
            person.complaints.append(f"{person.page.url}: asked {url}")

    person.context.on("console", heard)
    person.context.on("weberror", lambda error: person.complaints.append(f"{person.page.url}: {error.error}"))
    person.context.on("request", lambda request: asked(request.url))
