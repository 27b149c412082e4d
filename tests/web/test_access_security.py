"""What every answer carries, and what no page asks of anyone outside."""

import re

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from dodem.access.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
STAFF = [
    "access:account",
    "access:people",
    "access:add_person",
    "access:verdict",
    "access:ledger",
    "usersessions_list",
    "mfa_index",
    "account_change_password",
]
OUTSIDE = re.compile(r"""(?:src|href|action|data-worker)=["'](?:https?:)?//|url\((?:https?:)?//""")


def answers(client_for):
    admin = client_for(factories.user(role=Role.ADMINISTRATOR))
    yield "sign-in", Client().get("/dang-nhap/")
    yield "redirect", Client().get("/nhat-ky/")
    yield "not found", Client().get("/khong-co-trang-nay/")
    yield "forbidden", client_for(factories.user()).get("/nhat-ky/")
    yield "wrong method", admin.get("/nhat-ky/kiem-tra/")
    for name in STAFF:
        yield name, admin.get(reverse(name))


def test_every_answer_carries_the_policy_and_the_other_guards(client_for):
    for name, answer in answers(client_for):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "script-src 'self'" in policy, name
        assert "unsafe" not in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert answer.headers["X-Frame-Options"] == "DENY", name
        assert answer.headers["Referrer-Policy"] == "same-origin", name


def test_no_page_has_an_outside_address_an_inline_style_or_an_inline_script(client_for):
    for name, answer in answers(client_for):
        page = answer.content.decode()
        assert not OUTSIDE.search(page), name
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page), name


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites():
    client, user = Client(), factories.user()
    client.post("/dang-nhap/", {"login": user.username, "password": factories.PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.cookies["csrftoken"]["httponly"] if "csrftoken" in client.cookies else True


def test_signing_in_gives_a_new_session_key():
    client, user = Client(), factories.user()
    client.get("/dang-nhap/")
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    client.post("/dang-nhap/", {"login": user.username, "password": factories.PASSWORD})
    assert client.session.session_key != before


def test_a_form_without_its_token_is_refused_in_words():
    client, user = Client(enforce_csrf_checks=True), factories.user()
    answer = client.post("/dang-nhap/", {"login": user.username, "password": factories.PASSWORD})
    assert answer.status_code == 403
    assert "chưa lưu gì" in answer.content.decode()


@override_settings(ALLOWED_HOSTS=["dieuhanh.example.vn"])
def test_another_host_name_is_not_answered():
    assert Client(headers={"host": "evil.example"}).get("/dang-nhap/").status_code == 400
