"""From a paper to drafts, and what a reviewer does with them."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings

from dodem.audit.models import Event
from dodem.directives import actions
from dodem.directives.models import Directive, Draft, Programme, Task
from dodem.directives.proposals import choose_lead
from dodem.directives.secrecy import classified_level
from dodem.reading.units import UnitMention
from dodem.units.models import Unit
from tests import factories
from tests.web import walk_two
from tests.web.walk_two import MORNING

pytestmark = pytest.mark.django_db


def drafts_of(directive: Directive) -> list[Draft]:
    return list(directive.drafts.shown().with_parts())


def test_a_paper_is_kept_whole_and_its_head_is_read():
    directive = walk_two.paper()

    assert (directive.document_number, directive.issued_on) == ("915/TB-UBND", date(2026, 11, 2))
    assert directive.text == walk_two.PAPER
    stored = next((settings.MEDIA_ROOT / "directives").rglob(directive.sha256))
    assert stored.read_bytes() == walk_two.PAPER.encode()


def test_each_draft_points_at_the_words_that_gave_it():
    actions.load_programmes()
    directive = walk_two.paper()

    health, finance, *_others = drafts_of(directive)

    assert "xây dựng kế hoạch kết nối" in health.sentence
    assert health.lead_unit == factories.unit(factories.HEALTH)
    assert list(health.coordinating.all()) == [factories.unit(factories.FINANCE)]
    assert health.due_on in {date(2026, 12, 14), date(2026, 12, 15)}
    assert health.missing == ()
    assert finance.lead_unit == factories.unit(factories.FINANCE)
    assert [programme.code for programme in health.programmes.all()] == ["NQ57"]


def test_a_whole_group_is_never_made_the_lead_but_helps():
    directive = walk_two.paper()

    draft = next(draft for draft in drafts_of(directive) if "cử cán bộ" in draft.sentence)

    assert draft.lead_unit is None
    assert "cả khối" in draft.lead_why
    assert list(draft.coordinating.all()) == [factories.unit(factories.DEPARTMENTS)]
    assert draft.missing == ("lead", "due")


def test_a_name_that_can_mean_two_units_is_left_to_a_person():
    units = {code: factories.unit(code) for code in (factories.SAI_GON, factories.BEN_THANH)}
    mention = UnitMention("phường ấy", 0, 9, tuple(units))

    lead = choose_lead([mention], units=units)

    assert lead.unit is None
    assert all(unit.name in lead.why for unit in units.values())


def test_the_same_bytes_twice_are_one_directive_and_change_nothing():
    first = walk_two.paper()
    events = Event.objects.count()

    again = actions.add_directive(
        content=walk_two.PAPER.encode(), filename="lan-hai.txt", by=None, at=MORNING
    )

    assert (again.directive, again.is_new) == (first, False)
    assert Event.objects.count() == events


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("MẬT\nỦY BAN NHÂN DÂN\nGiao Sở Y tế.", "MẬT"),
        ("ỦY BAN NHÂN DÂN\n[ TỐI MẬT ]\nSố 1", "TỐI MẬT"),
        ("Số: 5/KH-UBND   TUYỆT MẬT\nGiao Sở Y tế.", "TUYỆT MẬT"),
        ("Độ mật: Tối mật\nGiao Sở Y tế.", "TỐI MẬT"),
        ("KẾ HOẠCH BẢO VỆ BÍ MẬT NHÀ NƯỚC\nGiao Sở Y tế.", None),
        ("QUY ĐỊNH VỀ MẬT KHẨU VÀ BẢO MẬT\nĐổi mật khẩu hằng quý.", None),
        ("Bảo đảm an toàn, bảo mật dữ liệu; mật độ dân số cao.", None),
    ],
)
def test_a_stamp_of_secrecy_is_told_from_words_about_secrecy(text, level):
    assert classified_level(text) == level


def test_a_classified_paper_is_refused_and_nothing_of_it_is_kept():
    secret = f"TỐI MẬT\n{walk_two.PAPER}chỉ có ở bản này"
    before = set((settings.MEDIA_ROOT / "directives").rglob("*"))

    with pytest.raises(actions.ClassifiedRefused, match="TỐI MẬT"):
        walk_two.paper(text=secret)

    assert not Directive.objects.exists()
    assert set((settings.MEDIA_ROOT / "directives").rglob("*")) == before


def test_a_paper_without_a_day_needs_one_from_a_person():
    text = "Giao Sở Y tế xây dựng kế hoạch, hoàn thành trong 15 ngày kể từ ngày ký."

    with pytest.raises(actions.IssueDateUnknown):
        walk_two.paper(text=text)
    added = actions.add_directive(
        content=text.encode(), filename="a.txt", by=None, at=MORNING, issued_on=date(2026, 11, 1)
    )

    assert drafts_of(added.directive)[0].due_on == date(2026, 11, 16)


def test_editing_a_draft_leaves_one_event_naming_the_fields_and_none_when_nothing_changed():
    draft = drafts_of(walk_two.paper())[0]
    facts = {
        "action": draft.action,
        "lead_unit": factories.unit(factories.FINANCE),
        "coordinating": [factories.unit(factories.HEALTH)],
        "due_on": draft.due_on,
        "no_deadline": False,
        "programmes": [],
        "deliverable": draft.deliverable,
    }

    actions.edit_draft(draft=draft, by=None, at=MORNING, **facts)
    actions.edit_draft(draft=draft, by=None, at=MORNING, **facts)

    events = Event.objects.filter(kind="draft.edited")
    assert [event.data for event in events] == [
        f'{{"directive":{draft.directive_id},"fields":["coordinating","lead_unit"]}}'
    ]


def test_splitting_gives_two_drafts_that_keep_lead_and_deadline_and_hides_the_whole():
    directive = walk_two.paper()
    draft = drafts_of(directive)[1]
    position = directive.text.index("báo cáo kết quả")

    first, second = actions.split_draft(draft=draft, position=position, by=None, at=MORNING)

    assert first.sentence.endswith("bảo trì thiết bị")
    assert second.sentence.startswith("báo cáo kết quả")
    assert first.lead_unit == second.lead_unit == draft.lead_unit
    assert first.due_on == second.due_on == draft.due_on
    assert draft not in drafts_of(directive)
    assert set(draft.children.all()) == {first, second}


@pytest.mark.parametrize("place", ["start", "end"])
def test_a_cut_at_the_edge_is_refused(place):
    draft = drafts_of(walk_two.paper())[0]

    with pytest.raises(actions.PlaceNotFound):
        actions.split_draft(draft=draft, position=getattr(draft, place), by=None, at=MORNING)

    assert not draft.children.exists()


def test_merging_keeps_only_what_the_parts_agree_on():
    first, second, *_ = drafts_of(walk_two.paper())

    merged = actions.merge_drafts(drafts=[second, first], by=None, at=MORNING)

    assert (merged.start, merged.end) == (first.start, second.end)
    assert merged.lead_unit is None
    assert merged.due_on is None
    assert set(merged.parents.all()) == {first, second}


def test_a_rejected_draft_comes_back_as_it_was():
    draft = drafts_of(walk_two.paper())[0]
    someone = walk_two.reviewer()

    actions.reject_draft(draft=draft, by=someone, at=MORNING)
    with pytest.raises(actions.DraftSettled):
        actions.reject_draft(draft=draft, by=someone, at=MORNING)
    restored = actions.restore_draft(draft=draft, by=someone, at=MORNING)

    assert restored.state == "ready"
    assert list(Event.objects.filter(object_type="draft").values_list("kind", flat=True)) == [
        "draft.rejected",
        "draft.restored",
    ]


def test_words_copied_from_the_text_make_a_draft_where_they_stand():
    directive = walk_two.paper()

    draft = actions.add_draft(directive=directive, words="ghi nhận kết quả\n bước đầu", by=None, at=MORNING)

    assert draft.sentence == "ghi nhận kết quả bước đầu"
    with pytest.raises(actions.PlaceNotFound):
        actions.add_draft(directive=directive, words="không có câu này", by=None, at=MORNING)


def test_confirming_assigns_one_task_that_quotes_its_sentence():
    someone = walk_two.reviewer()
    draft = drafts_of(walk_two.paper())[0]

    task = actions.confirm_draft(draft=draft, by=someone, at=MORNING)

    assert task.code == "NV-2026-0001"
    assert task.sentence == draft.sentence
    assert (task.lead_unit, task.due_on, task.assigned_by) == (draft.lead_unit, draft.due_on, someone)
    assert list(Event.objects.order_by("-number").values_list("kind", flat=True)[:2]) == [
        "draft.confirmed",
        "task.assigned",
    ]


def test_a_draft_is_confirmed_once():
    draft = drafts_of(walk_two.paper())[0]
    actions.confirm_draft(draft=draft, by=None, at=MORNING)

    with pytest.raises(actions.DraftSettled):
        actions.confirm_draft(draft=draft, by=None, at=MORNING)

    assert Task.objects.count() == 1


def test_an_incomplete_draft_is_not_assigned_and_its_corrections_are_not_kept():
    draft = next(draft for draft in drafts_of(walk_two.paper()) if draft.missing)
    corrections = {
        "action": "Việc đã sửa",
        "lead_unit": None,
        "coordinating": [],
        "due_on": None,
        "no_deadline": True,
        "programmes": [],
        "deliverable": "",
    }

    with pytest.raises(actions.DraftIncomplete, match="đơn vị chủ trì"):
        actions.confirm_draft(draft=draft, corrections=corrections, by=None, at=MORNING)

    draft.refresh_from_db()
    assert draft.action != "Việc đã sửa"
    assert not Task.objects.exists()


def test_confirming_all_takes_the_complete_ones_in_the_order_of_the_text():
    directive = walk_two.paper()
    complete = [draft for draft in drafts_of(directive) if not draft.missing]

    tasks = actions.confirm_complete(directive=directive, by=None, at=MORNING)

    assert [task.draft for task in tasks] == complete
    assert [task.number for task in tasks] == [1, 2]
    assert directive.drafts.waiting().count() == 1


def test_programmes_are_data_that_can_be_loaded_again():
    count = actions.load_programmes()

    assert actions.load_programmes() == count == Programme.objects.count()
    assert Programme.objects.get(code="NQ57").document.startswith("Nghị quyết số 57-NQ/TW")


def test_a_unit_that_has_ended_cannot_lead():
    ended = Unit.objects.filter(valid_to__isnull=False).first()

    with pytest.raises(actions.CannotLead, match="đã kết thúc"):
        actions.assign_task(title="Việc", lead_unit=ended, by=None, at=MORNING)


def test_a_sentence_that_has_a_draft_is_not_drafted_twice():
    directive = walk_two.paper()
    words = "Cuộc họp ghi nhận kết quả bước đầu"
    actions.add_draft(directive=directive, words=words, by=None, at=MORNING)

    with pytest.raises(actions.PlaceNotFound, match="đã có một đề xuất"):
        actions.add_draft(directive=directive, words=words, by=None, at=MORNING)
