"""Signing in: password, second factor, lockout, sessions."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from dodem.access import queries
from dodem.access.adapters import MfaAdapter
from dodem.access.models import User
from dodem.access.roles import Role
from dodem.audit.models import Event
from tests import factories
from tests.factories import HEALTH, PASSWORD, SAI_GON

pytestmark = pytest.mark.django_db
LOGIN = "/dang-nhap/"


def sign_in(client, user, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": user.username, "password": password, **more})


def kinds(user):
    return list(
        Event.objects.filter(object_key=user.username).order_by("number").values_list("kind", flat=True)
    )


def code_for(user):
    """The number an authenticator app would show now."""
    stored = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
    secret = MfaAdapter().decrypt(stored)
    assert secret not in stored  # a copied database opens no account
    return current_code(secret)


def current_code(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def activate(client):
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    if page.redirect_chain:
        page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    return client.post(reverse("mfa_activate_totp"), {"code": current_code(secret)})


def test_a_person_signs_in_and_out_and_both_are_in_the_ledger():
    user, client = factories.user(role=Role.LEADER), Client()
    assert sign_in(client, user).status_code == 302
    assert client.get("/tai-khoan/").status_code == 200
    client.post("/dang-xuat/")
    assert client.get("/tai-khoan/").url.startswith(LOGIN)
    assert kinds(user)[-2:] == ["access.signed_in", "access.signed_out"]


def test_the_page_one_wanted_opens_after_signing_in():
    user, client = factories.user(role=Role.ADMINISTRATOR), Client()
    wanted = client.get("/nhat-ky/?kind=task.").url
    page = client.get(wanted).content.decode()
    following = re.findall(r'name="next" value="([^"]+)"', page)[-1]
    assert sign_in(client, user, next=following).url == "/nhat-ky/?kind=task."


def test_no_outside_address_is_followed_after_signing_in():
    user, client = factories.user(), Client()
    assert not sign_in(client, user, next="https://example.com/").url.startswith("https://example.com")


def test_each_wrong_password_says_how_many_tries_are_left_until_the_account_rests():
    user, client = factories.user(), Client()
    for left in (4, 3, 2, 1):
        page = sign_in(client, user, "sai-mat-khau").content.decode()
        assert f"Còn {left} lần thử." in page
    assert "tạm dừng đăng nhập" in sign_in(client, user, "sai-mat-khau").content.decode()
    right_but_too_late = sign_in(client, user)
    assert right_but_too_late.status_code == 200
    assert "tạm dừng đăng nhập" in right_but_too_late.content.decode()
    assert kinds(user).count("access.sign_in_failed") == 5
    cache.clear()  # five minutes later
    assert sign_in(client, user).status_code == 302


def test_a_stranger_s_name_gets_the_same_words_and_leaves_nothing_in_the_ledger():
    before = Event.objects.count()
    page = Client().post(LOGIN, {"login": "khong.co.ai", "password": "x"}).content.decode()
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng. Còn 4 lần thử." in page
    assert Event.objects.count() == before


def test_many_sign_ins_from_one_address_get_429_in_words():
    client = Client()
    for _number in range(60):
        client.post(LOGIN, {"login": "", "password": ""})
    page = client.post(LOGIN, {"login": "", "password": ""})
    assert page.status_code == 429
    assert "Quá nhiều lần thử" in page.content.decode()


def test_a_suspended_account_does_not_open():
    user, client = factories.user(), Client()
    User.objects.filter(pk=user.pk).update(is_active=False)
    sign_in(client, user)
    assert client.get("/tai-khoan/").url.startswith(LOGIN)


def test_nobody_can_sign_themselves_up():
    assert Client().get("/dang-ky/").status_code == 404


def test_turning_on_the_second_factor_makes_the_next_sign_in_ask_for_its_code(
    django_capture_on_commit_callbacks,
):
    user, client = factories.user(), Client()
    sign_in(client, user)
    with django_capture_on_commit_callbacks(execute=True):
        assert activate(client).url == reverse("mfa_view_recovery_codes")
    client.post("/dang-xuat/")
    cache.clear()
    step_two = sign_in(client, user)
    assert step_two.url == reverse("mfa_authenticate")
    assert client.get("/tai-khoan/").url.startswith(LOGIN)
    wrong = client.post(step_two.url, {"code": "000000"})
    assert "Mã chưa đúng" in wrong.content.decode()
    client.post(step_two.url, {"code": code_for(user)})
    assert client.get("/tai-khoan/").status_code == 200
    assert "access.second_factor_added" in kinds(user)


def test_a_recovery_code_opens_once():
    user, client = factories.user(), Client()
    sign_in(client, user)
    activate(client)
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    for expected in (200, 302):
        client.post("/dang-xuat/")
        cache.clear()
        sign_in(client, user)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert client.get("/tai-khoan/").status_code == expected


def test_turning_off_the_second_factor_is_in_the_ledger():
    user, client = factories.user(), Client()
    sign_in(client, user)
    activate(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=user).exists()
    assert kinds(user)[-1] == "access.second_factor_removed"


def test_a_new_password_works_and_ends_nothing_it_should_not():
    user, client = factories.user(), Client()
    sign_in(client, user)
    answer = client.post(
        "/tai-khoan/mat-khau/",
        {"oldpassword": PASSWORD, "password1": "ba-con-chim-se-1", "password2": "ba-con-chim-se-1"},
    )
    assert answer.status_code == 302
    assert sign_in(Client(), user, "ba-con-chim-se-1").status_code == 302
    assert "access.password_changed" in kinds(user)


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [("ngan", "ngan", "quá ngắn"), ("ba-con-chim-se-1", "ba-con-chim-se-2", "chưa giống nhau")],
)
def test_a_password_that_will_not_do_is_refused_in_vietnamese(first, second, message):
    user, client = factories.user(), Client()
    sign_in(client, user)
    page = client.post(
        "/tai-khoan/mat-khau/", {"oldpassword": PASSWORD, "password1": first, "password2": second}
    ).content.decode()
    assert message in page


def test_one_other_device_can_be_signed_out_alone():
    user, here, there = factories.user(), Client(), Client()
    sign_in(here, user)
    sign_in(there, user)
    page = here.get("/tai-khoan/phien/")
    assert len(page.context["sessions"]) == 2
    other = next(
        session for session in page.context["sessions"] if session.session_key != here.session.session_key
    )
    here.post(reverse("access:end_session", args=[other.pk]))
    assert there.get("/tai-khoan/").status_code == 302
    assert here.get("/tai-khoan/").status_code == 200
    assert kinds(user)[-1] == "access.session_ended"


def test_nobody_ends_the_session_of_another():
    victim, thief = factories.user(), factories.user()
    theirs, mine = Client(), Client()
    sign_in(theirs, victim)
    sign_in(mine, thief)
    session = theirs.get("/tai-khoan/phien/").context["sessions"][0]
    mine.post(reverse("access:end_session", args=[session.pk]))
    assert theirs.get("/tai-khoan/").status_code == 200


def test_seeing_page_after_page_writes_the_session_list_once(client_for, django_assert_max_num_queries):
    client = client_for(factories.user(role=Role.LEADER))
    client.get("/tai-khoan/")
    with django_assert_max_num_queries(9):
        client.get("/tai-khoan/")


def test_sample_accounts_are_shown_one_a_role_and_only_in_the_sample_city(settings):
    for role, unit in ((Role.LEADER, None), (Role.OFFICER, SAI_GON), (Role.OFFICER, HEALTH)):
        person = factories.user(role=role, unit=unit, username=f"mau.{role}.{unit}".lower())
        User.objects.filter(pk=person.pk).update(is_sample=True)
    assert [grant.role for grant in queries.sample_accounts()] == [Role.LEADER, Role.OFFICER]
    assert "mau.leader" not in Client().get(LOGIN).content.decode()
    settings.DODEM_SAMPLE, settings.DODEM_SAMPLE_PASSWORD = True, "mat-khau-mau-123"
    page = Client().get(LOGIN).content.decode()
    assert "mau.leader" in page
    assert "mat-khau-mau-123" in page
    assert "dữ liệu mẫu" in page


def test_the_single_sign_on_shows_only_where_it_is_configured(settings):
    assert "VNeID" not in Client().get(LOGIN).content.decode()
    app = {
        "provider_id": "vneid",
        "name": "VNeID",
        "client_id": "a",
        "secret": "b",
        "settings": {"server_url": "https://id.example"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    page = Client().get(LOGIN).content.decode()
    assert "/sso/oidc/vneid/login/" in page
    assert "VNeID" in page
