"""Tokens: issued once, shown once, kept as a digest; what each opens, until when, how often."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dodem.access.roles import Role
from dodem.api import actions
from dodem.api.doors import BY_ADDRESS, BY_TOKEN
from dodem.api.models import Scope, State, Token
from dodem.audit.models import Event
from tests import factories
from tests.web.api_calls import Caller, caller, token

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Kho dữ liệu Sở Y tế",
    "scopes": ["figures", "records"],
    "unit": factories.SAI_GON,
}


def next_month() -> str:
    return (timezone.localdate() + timedelta(days=30)).isoformat()


@pytest.fixture
def administrator(client_for):
    return client_for(factories.user(role=Role.ADMINISTRATOR))


def test_a_token_is_issued_on_its_page_shown_once_and_opens_the_api(administrator):
    answer = administrator.post(reverse("api:issue_token"), {**FORM, "expires_on": next_month()})
    secret = re.search(r"dodem_[\w-]{43}", answer.content.decode())[0]
    assert "no-store" in answer["Cache-Control"]
    assert Caller(secret).json("/api/v1/figures")["items"] == []
    listed = administrator.get(reverse("api:tokens")).content.decode()
    assert secret not in listed
    assert secret[:12] in listed


def test_the_secret_is_kept_nowhere(administrator):
    issued, who = token(Scope.FIGURES)
    kept = json.dumps(list(Token.objects.values()) + list(Event.objects.values()), default=str)
    assert who.secret not in kept
    assert issued.digest in kept


def test_issuing_and_revoking_leave_one_event_each_and_no_second_one(administrator):
    issued, _ = token(Scope.FIGURES)
    for _again in range(2):
        administrator.post(reverse("api:revoke_token", args=[issued.pk]))
    kinds = Event.objects.filter(object_type="token", object_key=issued.prefix).order_by("number")
    assert list(kinds.values_list("kind", flat=True)) == ["access.token_issued", "access.token_revoked"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("expires_on", "2020-01-01"),
        ("expires_on", "2999-01-01"),
        ("scopes", []),
        ("unit", "khong-co"),
        ("name", ""),
    ],
)
def test_a_form_that_is_not_right_issues_nothing(administrator, field, value):
    answer = administrator.post(
        reverse("api:issue_token"), {**FORM, "expires_on": next_month(), field: value}
    )
    assert answer.status_code == 422
    assert not Token.objects.exists()


def test_an_administrator_of_one_ward_neither_issues_nor_sees_nor_revokes_elsewhere(client_for):
    issued, _ = token(Scope.FIGURES, unit=factories.CITY)
    person = factories.user(role=Role.ADMINISTRATOR, unit=factories.SAI_GON)
    client = client_for(person)
    form = {**FORM, "unit": factories.BEN_THANH, "expires_on": next_month()}
    assert client.post(reverse("api:issue_token"), form).status_code == 422
    assert issued.prefix not in client.get(reverse("api:tokens")).content.decode()
    assert client.post(reverse("api:revoke_token", args=[issued.pk])).status_code == 404
    with pytest.raises(actions.Refused):
        actions.revoke_token(token=issued, by=person, at=timezone.now())


def test_without_a_token_what_is_not_open_says_how_to_get_one():
    answer = Caller().get("/api/v1/figures")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert json.loads(answer.content)["type"].endswith("#no-token")


def test_an_unknown_a_revoked_and_an_expired_token_are_refused_on_every_door():
    revoked, on_revoked = token(Scope.FIGURES)
    actions.revoke_token(token=revoked, by=factories.user(role=Role.ADMINISTRATOR), at=timezone.now())
    expired, on_expired = token(Scope.FIGURES, at=timezone.now() - timedelta(days=2), lasts=timedelta(days=1))
    for who in (Caller("dodem_khong-co"), Caller("x"), on_revoked, on_expired):
        for path in ("/api/v1/figures", "/api/v1/units"):
            assert who.json(path, status=401)["type"].endswith("#bad-token")
    assert expired.state(at=timezone.now()) is State.EXPIRED


@pytest.mark.parametrize(
    ("scope", "path"),
    [
        (Scope.RELEASES, "/api/v1/figures"),
        (Scope.FIGURES, "/api/v1/releases"),
        (Scope.FIGURES, "/api/v1/figures/1/records"),
        (Scope.RECORDS, "/api/v1/indicators"),
        (Scope.UNITS, "/api/v1/figures"),
    ],
)
def test_a_token_opens_nothing_beyond_its_scopes(scope, path):
    assert caller(scope).json(path, status=403)["detail"].startswith("Mã này chưa có phạm vi")


def test_the_day_of_use_is_noted_with_one_write_a_day(django_assert_num_queries):
    issued, who = token(Scope.FIGURES)
    who.json("/api/v1/indicators")
    issued.refresh_from_db()
    assert issued.last_used_on == timezone.localdate()
    with django_assert_num_queries(1):
        who.json("/api/v1/indicators")


def test_a_token_that_asks_too_often_waits_and_another_does_not():
    first, second = caller(Scope.FIGURES), caller(Scope.FIGURES)
    pk = Token.objects.order_by("pk")[0].pk
    for _ in range(BY_TOKEN.times):
        BY_TOKEN.spend(str(pk))
    answer = first.get("/api/v1/indicators")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= BY_TOKEN.seconds
    second.json("/api/v1/indicators")


def test_an_address_that_asks_too_often_waits_and_one_with_a_token_does_not():
    for _ in range(BY_ADDRESS.times):
        BY_ADDRESS.spend("127.0.0.1")
    assert Caller().get("/api/v1/units?limit=1").status_code == 429
    assert Caller().get("/api/v1/openapi.json").status_code == 429
    caller(Scope.UNITS).json("/api/v1/units?limit=1")


def test_guessing_tokens_uses_up_the_address():
    guesser = Caller("dodem_doan-mo")
    for _ in range(BY_ADDRESS.times):
        assert guesser.get("/api/v1/figures").status_code == 401
    assert guesser.get("/api/v1/figures").status_code == 429
