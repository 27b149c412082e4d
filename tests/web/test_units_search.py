"""Finding a unit by whatever name somebody remembers."""

from datetime import date

import pytest

from dodem.units import actions, queries
from tests import factories
from tests.factories import BEN_THANH, NOON, SAI_GON

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def names(query, on=TODAY):
    return [match.unit.name for match in queries.search(query, on=on)]


@pytest.mark.parametrize(
    "query", ["Bến Nghé", "ben nghe", "P. Bến Nghé", "phường BEN NGHE", "UBND phường Bến Nghé"]
)
def test_a_former_name_finds_the_present_unit_and_says_why(query):
    best = queries.search(query, on=TODAY)[0]
    assert best.unit.code == SAI_GON
    assert best.reason.startswith("gồm ")
    assert "Phường Bến Nghé cũ (Quận 1" in best.reason
    assert "Nghị quyết số 1685/NQ-UBTVQH15" in best.reason


def test_a_present_name_needs_no_reason():
    best = queries.search("sai gon", on=TODAY)[0]
    assert (best.unit.code, best.reason, best.likeness) == (SAI_GON, "", queries.EXACT)


def test_a_split_unit_finds_every_unit_that_got_a_part():
    split = actions.Unit.objects.filter(valid_to=date(2025, 6, 30), parent__code="79-CX").first()
    expected = {succession.successor.name for succession in split.successions.select_related("successor")}
    assert len(expected) > 1
    assert expected <= set(names(split.name))


def test_the_name_written_with_the_same_marks_comes_first():
    assert names("xã Thạnh An")[0] == "Xã Thạnh An"
    assert names("xã Thanh An")[0] == "Xã Thanh An"


def test_a_numbered_ward_is_found_with_its_district():
    found = queries.search("phường 9, quận 3", on=TODAY)
    assert found
    assert all("Quận 3" in match.reason for match in found)


def test_a_department_is_found_by_its_abbreviation():
    assert names("so kh&cn")[0] == "Sở Khoa học và Công nghệ"
    assert names("Sở TC")[0] == "Sở Tài chính"


@pytest.mark.parametrize("query", ["", "   ", "...", "không có đơn vị nào tên này", "%", "_"])
def test_nothing_is_found_for_nothing(query):
    assert names(query) == []


def test_a_renamed_unit_is_found_by_its_old_name_and_its_new_one():
    actions.rename_unit(
        unit=factories.unit(BEN_THANH), name="Phường Chợ Cũ", from_on=date(2026, 10, 1), by=None, at=NOON
    )
    assert names("chợ cũ")[0] == "Phường Chợ Cũ"
    found = next(match for match in queries.search("bến thành", on=TODAY) if match.unit.code == BEN_THANH)
    assert "Bến Thành" in found.reason


def test_a_chain_of_mergers_is_followed_to_the_unit_of_the_day():
    into = factories.unit(BEN_THANH)
    actions.merge_units(
        units=[factories.unit(SAI_GON)], into=into, from_on=date(2026, 11, 1), clause="thử", by=None, at=NOON
    )
    assert queries.search("bến nghé", on=TODAY)[0].unit == into
    assert queries.search("bến nghé", on=date(2026, 10, 31))[0].unit.code == SAI_GON


def test_searching_takes_a_handful_of_queries_however_many_match(django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert len(queries.search("phuong", on=TODAY)) == 20
