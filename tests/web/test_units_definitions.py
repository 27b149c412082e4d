"""The units a centre begins with."""

from collections import Counter
from datetime import date

import pytest

from dodem.units import actions, queries
from dodem.units.models import Kind, Succession, Unit, UnitName
from dodem.vietnam import units as definitions
from tests import factories
from tests.factories import CITY, NOON, SAI_GON

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def test_the_city_begins_with_168_communes_15_departments_and_442_former_units():
    living = Unit.objects.valid(on=TODAY)
    assert living.commune_level().count() == 168
    assert living.filter(kind=Kind.DEPARTMENT).count() == 15
    assert living.count() == 3 + 168 + 15
    assert Unit.objects.filter(valid_to=date(2025, 6, 30)).count() == 442
    assert Succession.objects.count() == len(definitions.former_units())


def test_loading_again_changes_nothing():
    before = Counter(Unit.objects.values_list("pk", "path", "name"))
    assert actions.load_definitions(at=NOON) == actions.Loaded()
    assert Counter(Unit.objects.values_list("pk", "path", "name")) == before


def test_every_unit_hangs_in_the_one_tree_beneath_the_city():
    city = factories.unit(CITY)
    for unit in Unit.objects.select_related("parent"):
        above = unit.parent.path if unit.parent else ""
        assert unit.path == f"{above}{unit.pk}/"
        assert unit.is_beneath(city)


def test_a_former_unit_hangs_beneath_the_one_that_took_it_whole_and_a_split_one_beneath_the_group():
    for unit in Unit.objects.filter(valid_to__isnull=False).prefetch_related("successions__successor"):
        moves = list(unit.successions.all())
        if len(moves) == 1:
            assert unit.parent_id == moves[0].successor_id
        else:
            assert unit.parent.code == factories.COMMUNE_LEVEL
            assert Succession.Role.WHOLE not in {move.role for move in moves}
    split = [unit for unit in Unit.objects.filter(valid_to__isnull=False) if unit.successions.count() > 1]
    assert len(split) == 47


def test_every_clause_but_those_of_the_unchanged_units_is_named():
    for succession in Succession.objects.all():
        assert bool(succession.clause) == (succession.role != Succession.Role.UNCHANGED)


def test_every_unit_has_one_open_name_while_it_lives_and_none_after():
    open_names = Counter(UnitName.objects.filter(valid_to=None).values_list("unit", flat=True))
    living = set(Unit.objects.filter(valid_to=None).values_list("pk", flat=True))
    assert open_names == Counter(dict.fromkeys(living, 1))


def test_lists_sort_as_vietnamese_does():
    names = [unit.short_name for unit in Unit.objects.valid(on=TODAY).commune_level().in_order()]
    assert names.index("An Đông") < names.index("An Lạc") < names.index("Bà Điểm") < names.index("Bảy Hiền")
    assert names.index("Chợ Lớn") < names.index("Dĩ An") < names.index("Đông Hòa") < names.index("Gia Định")


def test_scopes_say_for_each_code_where_it_is_counted():
    scopes = queries.scopes(on=TODAY)
    assert len(scopes) == len(set(scopes))
    assert {above for code, above in scopes if code == SAI_GON} == {SAI_GON, "79-CX", "79"}
    living = {unit.code for unit in Unit.objects.valid(on=TODAY)}
    assert {code for code, above in scopes if above == CITY} >= living
    for unit in Unit.objects.filter(valid_to__isnull=False).exclude(code__in=living):
        assert (unit.code, unit.parent.code) in scopes


def test_a_code_that_a_present_unit_took_over_counts_only_for_the_present_unit():
    former = Unit.objects.get(code=SAI_GON, valid_to__isnull=False)
    assert former.parent.code in {SAI_GON, "79-CX"}
    assert all(
        above in {SAI_GON, "79-CX", "79"} for code, above in queries.scopes(on=TODAY) if code == SAI_GON
    )


def test_the_directory_for_readers_has_every_living_unit_with_its_other_names():
    directory = {code: (name, others) for code, name, others in queries.directory(on=TODAY)}
    assert len(directory) == 186
    assert directory[SAI_GON] == ("Phường Sài Gòn", ("Sài Gòn",))
    assert "Sở YT" in directory[factories.HEALTH][1]
