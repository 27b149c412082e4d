"""Open data: units as they were on a day, and figures that others published."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from dodem.indicators import published
from dodem.units import actions as unit_actions
from dodem.units.models import Unit
from tests import factories
from tests.web.api_calls import Caller, all_pages, names_of

pytestmark = pytest.mark.django_db
ANYONE = Caller()
BEFORE = "2025-06-30"


def test_anyone_reads_all_units_of_today_page_by_page_in_vietnamese_order_each_once():
    items = all_pages(ANYONE, "/api/v1/units?limit=50")
    today = Unit.objects.valid(on=timezone.localdate()).in_order()
    assert names_of(items, "code") == list(today.values_list("code", flat=True))
    assert len(items) == len(set(names_of(items, "code"))) == today.count()


def test_units_are_filtered_by_kind_and_by_the_unit_above():
    wards = all_pages(ANYONE, "/api/v1/units?kind=ward&kind=special_zone&limit=500")
    assert len(wards) == 114
    departments = all_pages(ANYONE, f"/api/v1/units?under={factories.DEPARTMENTS}&kind=department")
    assert len(departments) == 15
    assert set(names_of(departments, "parent")) == {factories.DEPARTMENTS}


def test_a_day_before_the_reform_shows_the_units_of_that_day():
    codes = set(names_of(all_pages(ANYONE, f"/api/v1/units?on={BEFORE}&limit=500"), "code"))
    assert codes == set(Unit.objects.valid(on=date(2025, 6, 30)).values_list("code", flat=True))
    page = ANYONE.json(f"/api/v1/units?on={BEFORE}&kind=ward&limit=1")
    assert page["items"][0]["valid_to"] == BEFORE
    assert page["on"] == BEFORE


def test_a_search_by_a_former_name_finds_the_unit_of_today_and_says_why():
    first = ANYONE.json("/api/v1/units?q=ben nghe")["items"][0]
    assert first["code"] == factories.SAI_GON
    assert "Bến Nghé" in first["reason"]


def test_a_unit_tells_its_names_and_what_it_was_made_of():
    unit = ANYONE.json(f"/api/v1/units/{factories.SAI_GON}")
    assert unit["name"] == "Phường Sài Gòn"
    assert "Phường Bến Nghé" in names_of(unit["came_from"], "name")
    assert all(one["clause"] and one["effective_on"] == "2025-07-01" for one in unit["came_from"])


def test_a_renamed_unit_bears_on_each_day_the_name_of_that_day():
    unit = factories.unit(factories.BEN_THANH)
    unit_actions.rename_unit(
        unit=unit, name="Phường Tên Mới", from_on=date(2026, 5, 1), by=None, at=factories.NOON
    )
    names = {
        day: ANYONE.json(f"/api/v1/units/{unit.code}?on={day}")["name"]
        for day in ("2026-04-30", "2026-05-01")
    }
    assert names == {"2026-04-30": "Phường Bến Thành", "2026-05-01": "Phường Tên Mới"}


def test_a_unit_that_has_ended_is_still_found_by_its_code():
    ended = Unit.objects.filter(valid_to__isnull=False).exclude(
        code__in=Unit.objects.filter(valid_to__isnull=True).values("code")
    )[0]
    found = ANYONE.json(f"/api/v1/units/{ended.code}")
    assert found["valid_to"] is not None
    assert found["became"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("on=hôm-qua", "on"),
        ("kind=province", "kind"),
        ("limit=0", "limit"),
        ("limit=9999", "limit"),
        ("under=khong-co", "under"),
        ("knid=ward", "knid"),
        ("cursor=abc", "cursor"),
    ],
)
def test_a_wrong_or_misspelt_filter_is_refused_by_name_and_never_ignored(query, name):
    problem = ANYONE.json(f"/api/v1/units?{query}", status=422)
    assert problem["type"].endswith("#invalid-parameters")
    assert names_of(problem["errors"], "name") == [name]


def test_a_cursor_is_refused_for_another_question_and_when_altered():
    path = ANYONE.json("/api/v1/units?kind=ward&limit=5")["next"]
    ANYONE.json(path.replace("kind=ward", "kind=commune"), status=422)
    ANYONE.json(path.replace("cursor=", "cursor=x"), status=422)
    assert ANYONE.json(path.replace("limit=5", "limit=7"))["items"]


def test_a_list_of_units_keeps_its_query_budget(django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        ANYONE.json("/api/v1/units?limit=200")


def test_every_published_figure_is_quoted_with_its_publisher():
    items = ANYONE.json("/api/v1/published")["items"]
    assert names_of(items, "code") == list(published.load())
    assert all(one["source"]["publisher"] for one in items)
    assert ANYONE.json("/api/v1/published/dossiers_on_time_communes")["value"] == "99.44"
    ANYONE.json("/api/v1/published/khong-co", status=404)


def test_what_is_refused_is_said_in_the_language_of_the_caller():
    vietnamese = Caller(language="vi,en;q=0.5").json("/api/v1/units/khong-co", status=404)
    english = Caller(language="en-GB").json("/api/v1/units/khong-co", status=404)
    assert vietnamese["detail"] == "Không có đơn vị nào mang mã này."
    assert english["detail"] == "No unit has this code."
    assert Caller().json("/api/v1/units/khong-co", status=404)["detail"] == vietnamese["detail"]
