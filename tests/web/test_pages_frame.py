"""The frame around every page: theme, language, sample bar, panel, service worker, problem pages."""

import gzip
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from dodem.access.roles import Role
from dodem.pages import parts, views
from tests import factories

pytestmark = pytest.mark.django_db


def gallery(**cookies):
    """The gallery as an anonymous request would get it, past the door that the project puts before it."""
    request = RequestFactory().get("/thanh-phan/")
    request.COOKIES.update(cookies)
    return views.gallery(request).content.decode()


def test_the_gallery_is_for_people_who_are_signed_in(client_for):
    assert Client().get("/thanh-phan/").status_code in (302, 401, 403, 404)
    person = factories.user(role=Role.OFFICER, unit=factories.SAI_GON, name="Trần Văn Thử")
    page = client_for(person).get("/thanh-phan/")
    assert page.status_code == 200
    assert "Trần Văn Thử" in page.content.decode()


def test_the_theme_is_kept_in_a_cookie_and_the_page_comes_back_in_it():
    answer = Client().post("/giao-dien/", {"theme": "dark", "next": "/thanh-phan/?q=1"})
    assert answer.status_code == 302
    assert answer["Location"] == "/thanh-phan/?q=1"
    page = gallery(theme=answer.cookies["theme"].value)
    assert 'data-theme="dark"' in page
    assert 'data-do="theme" aria-pressed="true"' in page


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_choosing_a_theme_never_leads_to_another_site(elsewhere):
    answer = Client().post("/giao-dien/", {"theme": "dark", "next": elsewhere})
    assert answer["Location"] == "/"


def test_a_theme_that_does_not_exist_is_not_kept():
    client = Client()
    client.post("/giao-dien/", {"theme": "pink"})
    assert "theme" not in client.cookies
    assert 'data-theme="light"' in gallery(theme='"><script>')


def test_choosing_a_theme_by_a_link_is_refused():
    assert Client().get("/giao-dien/").status_code == 405


@pytest.mark.parametrize(("language", "other"), [("vi", "en"), ("en", "vi")])
def test_the_page_says_its_language_and_offers_the_other(language, other):
    with translation.override(language):
        page = gallery()
    assert f'<html lang="{language}"' in page
    assert f'name="language" value="{other}"' in page


@pytest.mark.parametrize("on_sample_site", [True, False])
def test_the_sample_bar_stands_on_a_sample_site_only(on_sample_site):
    with override_settings(DODEM_SAMPLE=on_sample_site), translation.override("vi"):
        page = gallery()
    assert ("Thành phố mẫu" in page) is on_sample_site


def test_the_frame_marks_where_one_is():
    html = Template('{% extends "base.html" %}').render(
        Context({"nav": "task", "nav_items": [("board", "Bảng", "/"), ("task", "Nhiệm vụ", "/nhiem-vu/")]})
    )
    assert '<a href="/nhiem-vu/" aria-current="page">Nhiệm vụ</a>' in html
    assert html.count("aria-current") == 1


def test_an_address_that_does_not_exist_answers_in_words():
    answer = Client().get("/khong-co-trang-nay/")
    assert answer.status_code in (302, 404)
    page = views.not_found(RequestFactory().get("/x"), Exception())
    assert page.status_code == 404
    assert "Không thấy trang này" in page.content.decode()


def test_a_refusal_gives_its_reason_escaped():
    page = views.forbidden(RequestFactory().get("/x"), PermissionError("<b>Chỉ chánh văn phòng</b>"))
    assert page.status_code == 403
    assert "&lt;b&gt;Chỉ chánh văn phòng" in page.content.decode()


def test_a_fault_of_ours_still_answers_with_a_page():
    page = views.server_error(RequestFactory().get("/x"))
    assert page.status_code == 500
    assert "nhật ký vận hành" in page.content.decode()


def test_a_form_without_a_token_says_that_nothing_was_saved():
    answer = Client(enforce_csrf_checks=True).post("/giao-dien/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "chưa lưu gì" in answer.content.decode()


def test_the_service_worker_may_answer_for_the_whole_site_and_keeps_only_public_files():
    answer = Client().get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/"
    kept = re.search(r"KEPT = \[OFFLINE, (.*?)\]", answer.content.decode())[1]
    for address in re.findall(r'"([^"]+)"', kept):
        assert address.startswith("/static/")
        assert finders.find(address.removeprefix("/static/")), address
    assert Client().get("/mat-mang/").status_code == 200


def sheet_request(**headers):
    return RequestFactory().get("/so/1/", headers=headers)


def test_htmx_gets_the_part_it_asked_for_and_everyone_else_the_page(tmp_path, settings):
    (tmp_path / "figure.html").write_text(
        "{% extends 'base.html' %}{% load partials %}"
        "{% block main %}{% partialdef sheet inline %}<p>tờ {{ n }}</p>{% endpartialdef %}{% endblock %}",
        encoding="utf-8",
    )
    from copy import deepcopy

    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [tmp_path, *templates[0]["DIRS"]]
    settings.TEMPLATES = templates

    def answer(request):
        return parts.render_page(request, "figure.html", {"n": 7}, parts={parts.PANEL: "sheet"})

    part = answer(sheet_request(**{"HX-Request": "true", "HX-Target": parts.PANEL}))
    assert part.content.decode() == "<p>tờ 7</p>"
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in part["Vary"].split(",")}
    other = answer(sheet_request(**{"HX-Request": "true", "HX-Target": "records"}))
    assert other.content.decode().startswith("<!doctype html>")
    assert answer(sheet_request()).content.decode().startswith("<!doctype html>")


def packed(path):
    return len(gzip.compress(Path(path).read_bytes(), 6))


def test_everything_a_first_visit_loads_beside_the_page_stays_within_its_budget():
    """150 KB for the board with its page; the page itself is about 15 KB, so the frame gets 120."""
    page = Template('{% extends "base.html" %}').render(Context({}))
    addresses = set(map(unquote, re.findall(r'(?:href|src)="/static/([^"#]+)[#"]', page))) | {"icons.svg"}
    total = sum(
        (
            Path(finders.find(address)).stat().st_size
            if address.endswith("woff2")
            else packed(finders.find(address))
        )
        for address in addresses
    )
    assert len(addresses) <= 10
    assert total < 120_000, total
