"""The unit files that ship: complete, consistent, in NFC."""

import unicodedata
from collections import Counter, defaultdict
from importlib.resources import files

import pytest

from dodem.vietnam import units
from dodem.vietnam.text import sort_key


def test_there_are_113_wards_54_communes_and_one_special_zone() -> None:
    kinds = Counter(unit.kind for unit in units.communes())
    assert kinds == {"ward": 113, "commune": 54, "special_zone": 1}


def test_codes_have_five_digits_and_names_are_unique() -> None:
    communes = units.communes()
    assert all(len(unit.code) == 5 and unit.code.isdigit() for unit in communes)
    assert len({unit.code for unit in communes}) == len({unit.name for unit in communes}) == 168


def test_population_and_area_sum_to_the_figures_of_the_reform_file() -> None:
    assert sum(unit.population for unit in units.communes()) == 14_544_929
    assert round(sum(unit.area_km2 for unit in units.communes())) == 6_771


def test_442_former_units_went_to_168_and_47_of_them_were_split() -> None:
    targets = defaultdict(set)
    for move in units.former_units():
        targets[move.district, move.name].add(move.new_code)
    assert len(units.former_units()) == 493
    assert len(targets) == 442
    assert sum(len(codes) > 1 for codes in targets.values()) == 47
    assert set().union(*targets.values()) == {unit.code for unit in units.communes()}


def test_every_move_but_the_five_unchanged_units_has_its_clause() -> None:
    without = [move for move in units.former_units() if move.clause is None]
    assert len(without) == 5
    assert {move.role for move in without} == {"unchanged"}


def test_a_split_unit_has_parts_and_at_most_one_rest() -> None:
    roles = defaultdict(list)
    for move in units.former_units():
        roles[move.district, move.name].append(move.role)
    for found in roles.values():
        assert len(found) > 1 or found[0] in {"whole", "unchanged"}
        assert found.count("rest") <= 1


def test_historic_units_became_units_of_june_2025_of_that_name_and_district() -> None:
    known = {(move.code, move.name, move.district) for move in units.former_units()}
    assert all(
        (unit.became_code, unit.became_name, unit.district) in known for unit in units.historic_units()
    )


def test_earlier_districts_lie_within_one_that_existed_in_2025() -> None:
    districts = {move.district for move in units.former_units()}
    assert all(earlier.within in districts for earlier in units.earlier_districts())


def test_departments_hang_under_their_node_with_placeholder_codes() -> None:
    departments = units.departments()
    assert len(departments) == 15
    assert {unit.parent_code for unit in departments} == {units.DEPARTMENTS}
    assert all(unit.code.startswith("H29.") and unit.agency_code is None for unit in departments)


def test_the_city_comes_first_and_groups_hang_under_it() -> None:
    city, *groups = units.nodes()
    assert (city.code, city.parent_code) == (units.CITY, None)
    assert {group.code: group.parent_code for group in groups} == {
        units.COMMUNE_LEVEL: units.CITY,
        units.DEPARTMENTS: units.CITY,
    }


def test_no_two_units_share_an_alias() -> None:
    offices: list[units.Node | units.Department] = [*units.nodes(), *units.departments()]
    called = [name for office in offices for name in {office.name, *office.aliases}]
    assert [name for name, count in Counter(called).items() if count > 1] == []


def test_every_commune_has_its_own_tile() -> None:
    tiles = units.tiles()
    assert {tile.code for tile in tiles} == {unit.code for unit in units.communes()}
    assert len({(tile.col, tile.row) for tile in tiles}) == 168


def test_points_lie_in_the_south_of_vietnam() -> None:
    assert all(8 < unit.lat < 12 and 106 < unit.lon < 108 for unit in units.communes())
    assert all(8 < move.lat < 12 and 106 < move.lon < 108 for move in units.former_units())


def test_all_unit_files_are_nfc() -> None:
    folder = files("dodem").joinpath("definitions", "units")
    tables = [entry for entry in folder.iterdir() if entry.name.endswith(".csv")]
    assert len(tables) == 8
    assert all(unicodedata.is_normalized("NFC", table.read_text(encoding="utf-8")) for table in tables)


def test_a_unit_is_found_by_its_code_and_an_unknown_code_is_refused() -> None:
    assert units.commune("26740").name == "Phường Sài Gòn"
    assert units.commune("26740").name_en == "Sai Gon Ward"
    with pytest.raises(KeyError):
        units.commune("99999")


def test_sorting_by_key_puts_an_before_au_and_d_before_dd() -> None:
    names = sorted((unit.short_name for unit in units.communes()), key=sort_key)
    assert names.index("Dĩ An") < names.index("Đất Đỏ") < names.index("Gia Định")
    assert names[0] == "An Đông"
