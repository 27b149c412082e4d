"""What every answer of the API keeps to: problem details, ETags, HEAD, no cookie; and its page for people."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from dodem.api.models import Scope
from dodem.api.resources import units
from tests.web import walk_one
from tests.web.api_calls import PROBLEM, Caller, caller, token
from tests.web.test_api_figures import correct, first_release, rate_of, reader

__all__ = ["first_release", "reader"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v2/units", "/api/v1/khong-co", "/api/v1/units/"])
def test_an_address_that_does_not_exist_is_a_problem_too(path):
    assert Caller().json(path, status=404)["instance"] == path


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/v1/units", "/api/v1/figures", "/api/v1/openapi.json"])
def test_nothing_is_written_through_the_api(method, path):
    answer = Caller().get(path, method=method)
    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (405, PROBLEM, "GET, HEAD")


def test_head_answers_as_get_does():
    head, get = (Caller().get("/api/v1/units?limit=3", method=method) for method in ("HEAD", "GET"))
    assert (head.status_code, head["ETag"]) == (200, get["ETag"])
    assert (head.content, head["Content-Length"]) == (b"", str(len(get.content)))


def test_a_fault_of_ours_is_a_problem_that_tells_nothing_of_it(monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise ZeroDivisionError("bí mật bên trong")

    monkeypatch.setattr(units, "place_in", broken)
    answer = Caller().get("/api/v1/units")
    assert answer.status_code == 500
    assert "bí mật" not in answer.content.decode()
    assert "bí mật bên trong" in caplog.text


def test_an_answer_sets_no_cookie_and_asks_to_be_checked_again():
    answer = caller(Scope.FIGURES).get("/api/v1/indicators")
    assert not answer.cookies
    assert "no-cache" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert "Authorization" in answer["Vary"]
    assert "public" in Caller().get("/api/v1/units?limit=1")["Cache-Control"]


def test_whoever_has_the_answer_already_gets_304_until_a_release_changes_it(first_release, reader):
    figure = rate_of(reader)["url"]
    changing = ["/api/v1/figures?limit=5", figure, "/api/v1/releases"]
    lasting = [f"{figure}/records", "/api/v1/releases/1", "/api/v1/indicators"]
    tags = {path: reader.get(path)["ETag"] for path in (*changing, *lasting)}
    for path, tag in tags.items():
        again = reader.get(path, **{"If-None-Match": tag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag), path
    correct()
    statuses = {path: reader.get(path, **{"If-None-Match": tag}).status_code for path, tag in tags.items()}
    assert statuses == dict.fromkeys(changing, 200) | dict.fromkeys(lasting, 304)


def test_an_etag_changes_with_the_question(first_release, reader):
    tags = {reader.get(f"/api/v1/figures?limit={limit}")["ETag"] for limit in (1, 2, 3)}
    assert len(tags) == 3


def test_a_source_that_falls_silent_changes_the_etag_without_a_release(first_release, reader):
    source = walk_one.source()
    source.heard_at = walk_one.NOW + timedelta(days=3650)
    source.save()
    fresh = reader.get("/api/v1/figures?indicator=dossiers_on_time")
    source.heard_at = walk_one.NOW - timedelta(days=3650)
    source.save()
    stale = reader.get("/api/v1/figures?indicator=dossiers_on_time", **{"If-None-Match": fresh["ETag"]})
    assert stale.status_code == 200
    assert {one["stale"] for one in json.loads(fresh.content)["items"]} == {False}
    assert {one["stale"] for one in json.loads(stale.content)["items"]} == {True}


def test_304_on_figures_is_answered_without_reading_them(first_release, django_assert_num_queries):
    _, who = token(Scope.FIGURES)
    tag = who.get("/api/v1/figures")["ETag"]
    with django_assert_num_queries(3):
        assert who.get("/api/v1/figures", **{"If-None-Match": tag}).status_code == 304


def test_the_contract_is_served_as_committed():
    served = Caller().get("/api/v1/openapi.json")
    assert json.loads(served.content)["openapi"].startswith("3.1")


@pytest.mark.parametrize(("language", "words"), [("vi", "Danh sách số liệu"), ("en", "List figures")])
def test_the_reference_shows_every_operation_and_kind_of_problem_in_both_languages(language, words):
    client = Client()
    client.cookies["django_language"] = language
    page = client.get("/api/v1/docs")
    text = page.content.decode()
    assert page.status_code == 200
    assert words in text
    for anchor in ("listFigures", "FigureSummary", "invalid-parameters"):
        assert f'id="{anchor}"' in text
    assert "<script>" not in text
    assert "style=" not in text


def test_the_type_of_a_problem_leads_to_its_line_in_the_reference():
    problem = Caller().json("/api/v1/figures", status=401)
    address, _, anchor = problem["type"].partition("#")
    assert f'id="{anchor}"' in Client().get(address).content.decode()
