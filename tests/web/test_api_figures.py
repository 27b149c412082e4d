"""Figures over the API: as published, to their lineage, to the very records, stable while being read."""

from __future__ import annotations

import hashlib
import json

import pytest

from dodem.api.models import Scope
from dodem.dataplane.definition_files import load_all
from dodem.indicators.models import Observation, Release
from dodem.registers.models import Delivery
from tests import factories
from tests.web import walk_one
from tests.web.api_calls import all_pages, caller, names_of

pytestmark = pytest.mark.django_db
RATE = "indicator=dossiers_on_time&period=2026-11"


@pytest.fixture
def first_release(tmp_path, settings):
    """Three dossiers of one ward (one late) and one of another, published."""
    walk_one.open_centre(tmp_path, settings)
    lines = [
        walk_one.dossier(1),
        walk_one.dossier(2),
        walk_one.dossier(3, returned="2026-11-12"),
        walk_one.dossier(4, unit=factories.BEN_THANH),
    ]
    walk_one.drop("ho-so.csv", walk_one.file_of(*lines))
    walk_one.round_of_work()
    return Release.objects.get()


@pytest.fixture
def reader():
    return caller(Scope.FIGURES, Scope.RECORDS, Scope.RELEASES)


def correct(number: int = 3) -> None:
    """A second file sets one dossier right; the next round publishes it."""
    walk_one.drop("ho-so-sua.csv", walk_one.file_of(walk_one.dossier(number, returned="2026-11-09")))
    walk_one.round_of_work()
    assert Release.objects.count() == 2


def rate_of(reader, unit=factories.SAI_GON, more=""):
    [found] = reader.json(f"/api/v1/figures?{RATE}&unit={unit}{more}")["items"]
    return found


def test_a_figure_carries_numerator_denominator_and_value_as_published(first_release, reader):
    found = rate_of(reader)
    stored = Observation.objects.get(pk=found["id"])
    assert (found["numerator"], found["denominator"], found["value"]) == (2, 3, "66.666667")
    assert (stored.numerator, stored.denominator, str(stored.value)) == (2, 3, "66.666667")
    assert (found["period"], found["release"], found["group"]) == ("2026-11", 1, "")
    assert found["grade"] == "measured"


def test_no_data_is_null_and_not_zero(first_release, reader):
    stocks = all_pages(reader, "/api/v1/figures?limit=500")
    empty = [one for one in stocks if one["denominator"] == 0]
    assert all(one["value"] is None for one in empty)
    assert any(one["value"] == "0" for one in stocks if one["measured_in"] == "count")


def test_the_pages_together_are_exactly_the_observations_in_force(first_release, reader):
    ids = names_of(all_pages(reader, "/api/v1/figures?group=*&limit=100"), "id")
    assert ids == list(Observation.objects.current().order_by("pk").values_list("pk", flat=True))


def test_figures_are_filtered_by_unit_above_and_by_months(first_release, reader):
    everywhere = all_pages(reader, f"/api/v1/figures?{RATE}")
    communes = all_pages(reader, f"/api/v1/figures?{RATE}&under={factories.COMMUNE_LEVEL}")
    assert set(names_of(communes, "unit")) == {
        factories.COMMUNE_LEVEL,
        factories.SAI_GON,
        factories.BEN_THANH,
    }
    assert set(names_of(everywhere, "unit")) >= {factories.CITY, *names_of(communes, "unit")}
    later = reader.json("/api/v1/figures?indicator=dossiers_on_time&since=2026-12")
    assert later["items"] == []


def test_a_correction_is_a_new_figure_and_the_old_one_still_opens_as_published(first_release, reader):
    before = rate_of(reader)
    correct()
    after = rate_of(reader)
    assert (after["numerator"], after["denominator"], after["value"]) == (3, 3, "100")
    old = reader.json(before["url"])
    assert (old["numerator"], old["value"]) == (2, "66.666667")
    assert (old["replaced_by"], reader.json(after["url"])["replaces"]) == (after["id"], before["id"])
    assert rate_of(reader, more="&release=1")["id"] == before["id"]


def test_a_cursor_keeps_to_its_release_while_a_new_one_is_published(first_release, reader):
    whole = names_of(all_pages(reader, "/api/v1/figures?group=*&limit=500"), "id")
    page = reader.json("/api/v1/figures?group=*&limit=7")
    correct()
    rest = all_pages(reader, page["next"].replace("limit=7", "limit=500"))
    assert [*names_of(page["items"], "id"), *names_of(rest, "id")] == whole
    assert reader.json("/api/v1/figures")["release"] == 2


def test_a_figure_opens_to_its_definition_version_deliveries_and_release(first_release, reader):
    found = reader.json(rate_of(reader)["url"])
    indicator = load_all().indicators["dossiers_on_time"]
    delivery = Delivery.objects.get(source__code="dossiers")
    assert found["definition"]["digest"] == indicator.digest
    assert "SELECT" in found["definition"]["sql"]
    assert found["definition"]["formula"]["numerator"]["vi"]
    assert names_of(found["version"]["deliveries"], "sha256") == [delivery.sha256]
    assert found["published_in"]["manifest_sha256"] == first_release.manifest_sha256


def test_a_figure_whose_version_left_the_store_still_opens_without_its_formula(
    first_release, reader, tmp_path, settings
):
    settings.DODEM_DATA = tmp_path / "kho-khac"
    found = rate_of(reader)
    assert reader.json(found["url"])["definition"]["formula"] is None
    assert reader.json(f"{found['url']}/records", status=410)["type"].endswith("#gone")


def test_the_records_behind_a_figure_add_up_to_it_each_to_its_line(first_release, reader):
    found = rate_of(reader)
    records = all_pages(reader, f"{found['url']}/records?limit=2")
    assert sum(one["numerator"] for one in records) == found["numerator"]
    assert sum(one["denominator"] for one in records) == found["denominator"]
    assert names_of(records, "line") == [2, 3, 4]
    late = reader.json(f"{found['url']}/records?part=shortfall")
    assert (late["total"], late["items"][0]["values"]["dossier_code"]) == (1, "H29.000003")


def test_no_personal_field_leaves_the_house(first_release, reader):
    found = rate_of(reader)
    reply = reader.get(f"{found['url']}/records").content.decode()
    assert walk_one.APPLICANT not in reply
    columns = set(names_of(json.loads(reply)["columns"], "name"))
    register = load_all().registers["dossiers"]
    assert columns.isdisjoint(field.name for field in register.fields if field.privacy != "public")
    assert "applicant_name" not in reply


def test_a_token_of_one_ward_opens_its_own_records_and_finds_no_others(first_release):
    ward = caller(Scope.FIGURES, Scope.RECORDS, unit=factories.SAI_GON)
    own, other, city = (
        rate_of(ward, unit=unit) for unit in (factories.SAI_GON, factories.BEN_THANH, factories.CITY)
    )
    assert ward.json(f"{own['url']}/records")["total"] == 3
    for one in (other, city):
        assert ward.json(one["url"])["id"] == one["id"]
        ward.json(f"{one['url']}/records", status=404)


def test_a_filter_that_makes_no_sense_is_refused(first_release, reader):
    for query in (
        "period=2026-13",
        "period=0000-01",
        "indicator=khong_co",
        "under=khong-co",
        "release=99",
        "release=0",
        f"group={'x' * 61}",
    ):
        reader.json(f"/api/v1/figures?{query}", status=422)


def test_a_figure_or_release_that_does_not_exist_is_not_found(first_release, reader):
    for path in ("figures/999999999", "figures/999999999/records", "releases/99", "indicators/khong_co"):
        reader.json(f"/api/v1/{path}", status=404)
    reader.json(f"/api/v1/figures/{10**30}", status=404)


def test_before_the_first_release_there_are_no_figures_and_no_error(reader):
    assert reader.json("/api/v1/figures") == {"release": 0, "items": [], "next": None}


def test_a_release_shows_the_manifest_its_hash_is_taken_over(first_release, reader):
    [listed] = reader.json("/api/v1/releases")["items"]
    found = reader.json(listed["url"])
    assert hashlib.sha256(found["manifest"].encode()).hexdigest() == listed["manifest_sha256"]
    assert names_of(found["versions"], "key") == list(
        first_release.versions.order_by("key").values_list("key", flat=True)
    )


def test_releases_come_newest_first_page_by_page(first_release, reader):
    correct()
    assert names_of(all_pages(reader, "/api/v1/releases?limit=1"), "number") == [2, 1]


def test_every_indicator_tells_its_formula_and_the_digest_figures_name(first_release, reader):
    items = reader.json("/api/v1/indicators")["items"]
    assert {one["code"]: one["definition_digest"] for one in items} == {
        code: one.digest for code, one in load_all().indicators.items()
    }
    assert reader.json(f"/api/v1/indicators/{items[0]['code']}") == items[0]


def test_a_page_of_figures_keeps_its_query_budget(first_release, reader, django_assert_max_num_queries):
    url = rate_of(reader)["url"]
    with django_assert_max_num_queries(4):
        reader.json("/api/v1/figures?limit=500&group=*")
    with django_assert_max_num_queries(6):
        reader.json(url)
