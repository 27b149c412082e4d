"""Adding, renaming, merging and splitting units from a given day, with nothing lost."""

import json
from datetime import date, timedelta

import pytest

from dodem.audit import queries as audit
from dodem.audit.models import Event
from dodem.units import actions, queries
from dodem.units.actions import ChangeRefused, NewUnit
from dodem.units.models import Kind, Succession, Unit
from tests import factories
from tests.factories import BEN_THANH, CITY, COMMUNE_LEVEL, NOON, SAI_GON, THU_DAU_MOT

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
LATER = TODAY + timedelta(days=30)
NEW_WARD = NewUnit(code="99001", kind=Kind.WARD, name="Phường  Hai Bà Trưng")


def rename(unit, name="Phường Bến Thành Mới", from_on=TODAY, by=None):
    return actions.rename_unit(unit=unit, name=name, from_on=from_on, by=by, at=NOON)


def merge(units, into, from_on=TODAY, by=None):
    return actions.merge_units(
        units=units, into=into, from_on=from_on, clause="Điều 2 Nghị quyết thử", by=by, at=NOON
    )


def split(unit, parts, from_on=TODAY):
    return actions.split_unit(unit=unit, parts=parts, from_on=from_on, clause="Điều 3", by=None, at=NOON)


def test_a_new_unit_exists_from_its_day_on_and_is_one_ledger_event():
    officer = factories.user()
    unit = actions.add_unit(
        new=NEW_WARD, parent=factories.unit(COMMUNE_LEVEL), from_on=LATER, by=officer, at=NOON
    )
    assert (unit.name, unit.short_name) == ("Phường Hai Bà Trưng", "Hai Bà Trưng")
    assert not Unit.objects.valid(on=TODAY).filter(code="99001").exists()
    assert Unit.objects.valid(on=LATER).get(code="99001").is_beneath(factories.unit(CITY))
    assert [(item.kind, item.actor) for item in audit.timeline(unit)] == [("unit.created", str(officer))]


def test_renaming_keeps_the_name_of_each_earlier_day():
    unit = rename(factories.unit(BEN_THANH), from_on=TODAY)
    assert unit.name == "Phường Bến Thành Mới"
    assert unit.short_name == "Bến Thành Mới"
    assert queries.name_on(unit, TODAY - timedelta(days=1)) == "Phường Bến Thành"
    assert queries.name_on(unit, TODAY) == "Phường Bến Thành Mới"
    event = Event.objects.get(kind="unit.renamed")
    assert json.loads(event.data) == {
        "before": "Phường Bến Thành",
        "after": "Phường Bến Thành Mới",
        "from_on": TODAY.isoformat(),
    }


def test_a_name_that_lies_ahead_takes_effect_on_its_day():
    unit = rename(factories.unit(BEN_THANH), from_on=LATER)
    assert unit.name == "Phường Bến Thành"
    assert actions.apply_due_changes(on=LATER - timedelta(days=1)) == 0
    assert actions.apply_due_changes(on=LATER) == 1
    assert actions.apply_due_changes(on=LATER) == 0
    unit.refresh_from_db()
    assert unit.name == "Phường Bến Thành Mới"


@pytest.mark.parametrize(
    ("name", "from_on", "message"),
    [
        ("  ", TODAY, "Hãy nhập tên mới"),
        ("Phường Bến Thành", TODAY, "trùng với tên đang dùng"),
        ("Phường Khác", date(2025, 7, 1), "có hiệu lực từ ngày 01/07/2025"),
        ("Phường Khác", date(2020, 1, 1), "không tồn tại vào ngày 01/01/2020"),
    ],
)
def test_a_name_that_cannot_be_is_refused_in_words_and_leaves_no_event(name, from_on, message):
    with pytest.raises(ChangeRefused, match=message):
        rename(factories.unit(BEN_THANH), name=name, from_on=from_on)
    assert not Event.objects.filter(kind="unit.renamed").exists()


def test_merging_into_a_neighbour_hangs_the_ended_unit_and_its_past_beneath_it():
    ending, into = factories.unit(SAI_GON), factories.unit(BEN_THANH)
    past = list(ending.children.all())
    assert past
    merge([ending], into)
    ending.refresh_from_db()
    assert ending.valid_to == TODAY - timedelta(days=1)
    assert ending.parent == into
    for unit in [ending, *(Unit.objects.get(pk=old.pk) for old in past)]:
        assert unit.is_beneath(into)
    assert Succession.objects.get(predecessor=ending, successor=into).clause == "Điều 2 Nghị quyết thử"
    assert (SAI_GON, BEN_THANH) in queries.scopes(on=TODAY)
    assert audit.timeline(into)[0].data["merged"] == [SAI_GON]


def test_several_units_merge_into_a_new_one_that_may_take_over_a_code():
    ending = [factories.unit(SAI_GON), factories.unit(BEN_THANH)]
    new = NewUnit(code=SAI_GON, kind=Kind.WARD, name="Phường Trung Tâm")
    successor = merge(ending, new)
    assert factories.unit(SAI_GON) == successor
    assert {unit.code for unit in successor.children.all()} == {SAI_GON, BEN_THANH}
    assert Event.objects.filter(kind__startswith="unit.", object_key=SAI_GON).count() == 1
    assert Unit.objects.valid(on=TODAY).commune_level().count() == 167


def test_a_merger_that_lies_ahead_changes_the_tree_on_its_day():
    ending, into = factories.unit(SAI_GON), factories.unit(BEN_THANH)
    merge([ending], into, from_on=LATER)
    ending.refresh_from_db()
    assert ending.parent.code == COMMUNE_LEVEL
    assert Unit.objects.valid(on=LATER - timedelta(days=1)).filter(pk=ending.pk).exists()
    assert not Unit.objects.valid(on=LATER).filter(pk=ending.pk).exists()
    actions.apply_due_changes(on=LATER)
    ending.refresh_from_db()
    assert ending.parent == into


def test_a_split_unit_ends_and_stays_where_it_hung_while_its_parts_begin():
    unit = factories.unit(SAI_GON)
    neighbour = factories.unit(BEN_THANH)
    parts = split(unit, [NEW_WARD, neighbour])
    unit.refresh_from_db()
    assert unit.valid_to == TODAY - timedelta(days=1)
    assert unit.parent.code == COMMUNE_LEVEL
    assert {part.code for part in parts} == {"99001", BEN_THANH}
    assert {link.role for link in unit.successions.all()} == {Succession.Role.PART}


def test_a_unit_that_has_ended_cannot_end_again():
    merge([factories.unit(SAI_GON)], factories.unit(BEN_THANH), from_on=LATER)
    with pytest.raises(ChangeRefused, match="đã có quyết định kết thúc"):
        merge([factories.unit(SAI_GON)], factories.unit(THU_DAU_MOT), from_on=TODAY)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda ward: merge([ward], ward), "không sáp nhập vào chính mình"),
        (lambda ward: merge([], ward), "ít nhất một đơn vị"),
        (lambda ward: merge([ward], factories.unit(CITY)), "không đổi được"),
        (lambda ward: merge([ward], factories.unit(factories.HEALTH)), "cùng cấp"),
        (lambda ward: split(ward, [NEW_WARD]), "ít nhất hai"),
        (lambda ward: split(ward, [NEW_WARD, ward]), "một phần của chính mình"),
        (lambda ward: merge([ward], NewUnit(code=BEN_THANH, kind=Kind.WARD, name="Phường Mới")), "đang được"),
        (lambda ward: merge([ward], NewUnit(code="99002", kind=Kind.WARD, name="")), "mã và tên"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_and_leaves_all_as_it_was(change, message):
    ward = factories.unit(SAI_GON)
    events = Event.objects.count()
    with pytest.raises(ChangeRefused, match=message):
        change(ward)
    ward.refresh_from_db()
    assert ward.valid_to is None
    assert Event.objects.count() == events
