"""Finding units by what people type."""

import pytest

from dodem.vietnam import units
from dodem.vietnam.search import UnitHit, search_units

CODES = {unit.name: unit.code for unit in units.communes()}


@pytest.mark.parametrize("query", ["Bến Nghé", "ben nghe", "BEN-NGHE", "phường bến nghé", "Bến Nghé, Quận 1"])
def test_a_former_ward_finds_the_unit_that_took_it_in_and_says_why(query: str) -> None:
    hit, *_ = search_units(query)
    reason = "gồm Phường Bến Nghé (Quận 1) trước 01/07/2025"
    assert hit == UnitHit(CODES["Phường Sài Gòn"], reason)


def test_a_present_name_comes_first_and_needs_no_reason() -> None:
    first, *others = search_units("Tân Phú")
    assert first == UnitHit(CODES["Phường Tân Phú"], "")
    assert UnitHit(CODES["Phường Tân Mỹ"], "gồm Phường Tân Phú (Quận 7) trước 01/07/2025") in others


def test_a_split_ward_finds_each_of_its_parts() -> None:
    hits = {hit.code: hit.why for hit in search_units("da kao")}
    assert hits.keys() == {CODES["Phường Tân Định"], CODES["Phường Sài Gòn"]}
    assert all(why.startswith("gồm một phần Phường Đa Kao") for why in hits.values())


def test_marks_decide_between_names_that_differ_only_in_them() -> None:
    assert search_units("Thạnh An")[0].code == CODES["Xã Thạnh An"]
    assert search_units("Thanh An")[0].code == CODES["Xã Thanh An"]


def test_a_former_district_finds_all_units_on_its_land() -> None:
    assert len(search_units("Quận 1")) == 4
    assert search_units("Quận 2")[0].why == "có đất của Quận 2 cũ"


def test_a_number_matches_only_that_number() -> None:
    assert search_units("Phường 9 Quận 3")[0].code == CODES["Phường Nhiêu Lộc"]
    assert all(" 9 " in hit.why for hit in search_units("9", limit=100))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("khcn", "H29.KHCN"),
        ("sở y", "H29.YT"),
        ("UBND TP", "79"),
        ("26740", "26740"),
        ("sai gon ward", "26740"),
    ],
)
def test_offices_codes_and_english_names_are_found(query: str, code: str) -> None:
    assert search_units(query)[0].code == code


def test_a_unit_is_listed_once_and_the_list_is_cut_at_its_limit() -> None:
    hits = search_units("an", limit=10)
    assert len(hits) == len({hit.code for hit in hits}) == 10


@pytest.mark.parametrize("query", ["", "   ", "…", "zzzz"])
def test_nothing_is_found_for_nothing(query: str) -> None:
    assert search_units(query) == []
