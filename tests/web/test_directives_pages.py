"""Walk two in a browser without script, and the parts that htmx asks for."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dodem.access.roles import Role
from dodem.directives import actions
from dodem.directives.models import Directive, Draft, Task
from dodem.directives.workflow import Stage
from tests import factories
from tests.web import walk_two
from tests.web.test_directives_tasks import PDF

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "work"}


@pytest.fixture
def office(client_for):
    return client_for(walk_two.reviewer())


@pytest.fixture
def ward(client_for):
    return client_for(factories.user(role=Role.OFFICER, unit=factories.SAI_GON))


def url(name: str, *args: object) -> str:
    return reverse(f"directives:{name}", args=args)


def fields_of(draft: Draft, **changes: object) -> dict[str, object]:
    """What the form of an open card sends."""
    fields = {
        "action": draft.action,
        "lead_unit": draft.lead_unit.name if draft.lead_unit else "",
        "helping": [unit.pk for unit in draft.coordinating.all()],
        "due_on": f"{draft.due_on:%d/%m/%Y}" if draft.due_on else "",
        "deliverable": draft.deliverable,
        "programmes": [programme.pk for programme in draft.programmes.all()],
    }
    return fields | changes


def text_of(response) -> str:
    return response.content.decode()


def test_a_pasted_paper_becomes_a_review_with_a_card_for_each_mark(office):
    response = office.post(url("add"), {"text": walk_two.PAPER}, follow=True)

    page = text_of(response)
    directive = Directive.objects.get()
    drafts = list(directive.drafts.all())
    assert response.redirect_chain[0][0] == url("review", directive.pk)
    assert "đề xuất 3 nhiệm vụ" in page
    for draft in drafts:
        assert f'id="v{draft.pk}"' in page
        assert f'href="#v{draft.pk}"' in page


def test_an_uploaded_file_can_be_had_back_byte_for_byte(office):
    file = SimpleUploadedFile("thông báo 915.txt", walk_two.PAPER.encode())
    office.post(url("add"), {"file": file})

    response = office.get(url("original", Directive.objects.get().pk))

    assert b"".join(response.streaming_content) == walk_two.PAPER.encode()
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_paper_without_a_day_asks_for_it_and_keeps_what_was_sent(office):
    text = "Giao Sở Y tế xây dựng kế hoạch kết nối dữ liệu trong 15 ngày."
    pasted = office.post(url("add"), {"text": text, "title": "Tên đã gõ"})
    assert pasted.status_code == 422
    assert text in text_of(pasted)
    assert "Tên đã gõ" in text_of(pasted)

    sent = office.post(url("add"), {"file": SimpleUploadedFile("chi-dao.txt", text.encode())})
    token = re.search(r'name="kept" value="([^"]+)"', text_of(sent))[1]
    office.post(url("add"), {"kept": token, "issued_on": "02/11/2026"})

    assert Directive.objects.get().file_name == "chi-dao.txt"


def test_a_forged_token_of_a_kept_file_is_refused_in_words(office):
    response = office.post(url("add"), {"kept": "abc/../../etc/passwd:xyz", "issued_on": "02/11/2026"})

    assert response.status_code == 422
    assert "Hãy chọn lại tệp" in text_of(response)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Hãy dán toàn văn hoặc chọn một tệp"),
        ({"text": f"TỐI MẬT\n{walk_two.PAPER}"}, "không được đưa vào hệ thống"),
        ({"text": walk_two.PAPER, "issued_on": "hôm qua"}, "ngày/tháng/năm"),
    ],
)
def test_what_cannot_be_taken_is_said_in_words(office, data, words):
    response = office.post(url("add"), data)

    assert response.status_code == 422
    assert words in text_of(response)
    assert not Directive.objects.exists()


def test_a_binary_file_is_refused_in_words(office):
    response = office.post(url("add"), {"file": SimpleUploadedFile("a.docx", b"\x00\x01\x02" * 400)})

    assert response.status_code == 422
    assert "errsum" in text_of(response)


def test_the_same_paper_again_leads_to_the_one_there_is_and_says_so(office):
    office.post(url("add"), {"text": walk_two.PAPER})
    again = office.post(url("add"), {"text": walk_two.PAPER}, follow=True)

    assert "đã được đưa vào ngày" in text_of(again)
    assert Directive.objects.count() == 1


def test_a_card_is_corrected_and_confirmed_with_one_press(office):
    draft = next(draft for draft in walk_two.paper().drafts.all() if draft.missing)
    data = fields_of(draft, lead_unit="so noi vu", due_on="31/12/2026")

    response = office.post(url("confirm_draft", draft.pk), data, follow=True)

    task = Task.objects.get()
    assert (task.lead_unit.name, task.due_on) == ("Sở Nội vụ", date(2026, 12, 31))
    assert url("task", task.code) in text_of(response)


def test_a_card_with_something_wrong_comes_back_with_what_was_typed(office):
    draft = walk_two.paper().drafts.first()
    data = fields_of(draft, lead_unit="Sở Không Có", action="Chữ đã sửa")

    page = office.post(url("confirm_draft", draft.pk), data)

    assert page.status_code == 422
    assert "Không có đơn vị nào tên" in text_of(page)
    assert "Chữ đã sửa" in text_of(page)
    assert not Task.objects.exists()


def test_htmx_gets_only_the_working_area(office):
    draft = walk_two.paper().drafts.first()

    part = office.post(url("reject_draft", draft.pk), headers=HTMX)

    assert text_of(part).lstrip().startswith('<div id="work">')
    assert "<html" not in text_of(part)
    assert "Lấy lại" in text_of(part)


def test_every_step_of_a_review_works_as_a_plain_form(office):
    directive = walk_two.paper()
    first, second, third = directive.drafts.order_by("start")
    position = directive.text.index("báo cáo kết quả")

    office.post(url("split_draft", second.pk), {"position": position})
    halves = list(second.children.order_by("start"))
    office.post(url("merge_draft", halves[0].pk), {"with": halves[1].pk})
    office.post(url("reject_draft", third.pk))
    office.post(url("restore_draft", third.pk))
    office.post(url("add_draft", directive.pk), {"words": "Cuộc họp ghi nhận kết quả bước đầu"})
    office.post(url("edit_draft", first.pk), fields_of(first, helper="Sở Xây dựng"))
    office.post(url("confirm_all", directive.pk))

    assert Task.objects.count() == 2
    assert "Sở Xây dựng" in [unit.name for unit in Task.objects.get(draft=first).coordinating.all()]
    assert office.get(url("review", directive.pk)).status_code == 200


def test_no_unit_is_guessed_from_a_name_that_several_have(office):
    draft = walk_two.paper().drafts.first()

    page = office.post(url("edit_draft", draft.pk), fields_of(draft, lead_unit="Bình"))

    assert "Có nhiều đơn vị gần giống" in text_of(page)


def test_the_directive_page_lights_up_the_sentence_of_a_task(office):
    directive = walk_two.paper()
    task = actions.confirm_complete(directive=directive, by=None, at=walk_two.MORNING)[0]

    page = text_of(office.get(url("directive", directive.pk), {"nv": task.code}))

    mark = re.search(rf'id="nv-{task.code}".*?</a><mark class="is-on">(.*?)</mark>', page)
    assert mark[1] == task.sentence
    assert f"?nv={task.code}#nv-{task.code}" in text_of(office.get(url("task", task.code)))


def test_an_officer_reads_a_directive_only_where_it_gave_a_task_of_theirs(ward, client_for):
    directive = walk_two.paper()
    actions.confirm_complete(directive=directive, by=None, at=walk_two.MORNING)
    health = client_for(walk_two.officer())

    assert health.get(url("directive", directive.pk)).status_code == 200
    assert ward.get(url("directive", directive.pk)).status_code == 404
    assert directive.title in text_of(health.get(url("directives")))
    assert directive.title not in text_of(ward.get(url("directives")))
    assert health.get(url("review", directive.pk)).status_code == 404


def test_an_officer_of_one_ward_gets_404_for_anothers_task_and_evidence(ward, client_for):
    task = walk_two.task(unit=factories.BEN_THANH)
    own = client_for(factories.user(role=Role.OFFICER, unit=factories.BEN_THANH))
    own.post(url("update", task.code), {"note": "Đã làm", "proofs": SimpleUploadedFile("b.pdf", PDF)})
    evidence = task.updates.get().evidence.get()

    assert b"".join(own.get(url("evidence", evidence.pk)).streaming_content) == PDF
    for address in (url("task", task.code), url("evidence", evidence.pk)):
        assert ward.get(address).status_code == 404
    assert ward.post(url("update", task.code), {"note": "Không phải của tôi"}).status_code == 404
    assert task.code not in text_of(ward.get(url("tasks"), {"trang_thai": "tat-ca"}))


def test_a_unit_and_the_office_bring_a_task_to_its_end_by_forms(client_for, office):
    now = timezone.now()
    task = walk_two.task(due_on=timezone.localdate() + timedelta(days=20), at=now)
    officer = client_for(walk_two.officer())

    officer.post(url("start", task.code))
    officer.post(
        url("update", task.code), {"note": "Đã họp", "bottleneck": "Thiếu kinh phí", "percent": "40"}
    )
    officer.post(
        url("update", task.code),
        {
            "note": "Đã xong",
            "bao-cao": "1",
            "proofs": [SimpleUploadedFile("b.pdf", PDF), SimpleUploadedFile("c.pdf", PDF)],
        },
    )
    assert officer.post(url("close", task.code)).status_code == 404
    office.post(url("return", task.code), {"reason": "Thiếu chữ ký"})
    officer.post(url("update", task.code), {"note": "Đã bổ sung", "bao-cao": "1"})
    office.post(url("close", task.code))

    task.refresh_from_db()
    assert task.state(on=timezone.localdate()).stage == Stage.DONE
    page = text_of(office.get(url("task", task.code)))
    for words in ("Hoàn thành đúng hạn", "Thiếu chữ ký", "Thiếu kinh phí", "b.pdf", "Tự khai"):
        assert words in page


def test_a_refused_update_keeps_the_words_and_says_why(client_for):
    task = walk_two.task(due_on=None)
    officer = client_for(walk_two.officer())

    page = officer.post(
        url("update", task.code),
        {"note": "Chữ đã gõ", "proofs": SimpleUploadedFile("x.pdf", b"khong phai pdf")},
    )

    assert page.status_code == 422
    assert "Chữ đã gõ" in text_of(page)
    assert "không phải PDF" in text_of(page)
    assert not task.updates.exists()


def test_a_step_somebody_else_took_first_is_said_and_not_repeated(client_for):
    task = walk_two.task()
    actions.start_task(task=task, by=None, at=walk_two.days_later(1))

    page = client_for(walk_two.officer()).post(url("start", task.code), follow=True)

    assert "Không thể" in text_of(page)


def test_a_task_can_be_given_by_hand_from_a_figure(office):
    form = text_of(office.get(url("new"), {"so": "1204", "ten": "Gỡ hồ sơ trễ", "dv": factories.HEALTH}))
    assert "Gỡ hồ sơ trễ" in form
    assert 'value="Sở Y tế"' in form

    response = office.post(
        url("new"),
        {"title": "Gỡ hồ sơ trễ", "lead_unit": factories.HEALTH, "figure": "1204", "due_on": "30/11/2026"},
    )

    task = Task.objects.get()
    assert response["Location"] == url("task", task.code)
    assert (task.figure_reference, task.lead_unit.code) == ("1204", factories.HEALTH)


def test_tasks_are_found_without_marks_filtered_and_counted(office):
    today = timezone.localdate()
    late = walk_two.task(title="Sửa đường ống", due_on=today - timedelta(days=3), programme="NQ57")
    soon = walk_two.task(title="Đo độ ồn", due_on=today + timedelta(days=3), unit=factories.SAI_GON)
    undated = walk_two.task(title="Trồng cây", due_on=None)

    def shown(**query: str) -> set[str]:
        page = text_of(office.get(url("tasks"), query))
        return {task.code for task in (late, soon, undated) if f">{task.code}<" in page}

    assert shown() == {late.code, soon.code, undated.code}
    assert shown(q="duong ong") == {late.code}
    assert shown(trang_thai="qua-han") == {late.code}
    assert shown(trang_thai="chua-co-han") == {undated.code}
    assert shown(don_vi="sai gon") == {soon.code}
    assert shown(chuong_trinh="NQ57") == {late.code}
    assert shown(han="7") == {late.code, soon.code}
    assert shown(trang_thai="hoan-thanh") == set()
    assert shown(trang_thai="khong-co", after="hỏng~x", sort="lạ") == {late.code, soon.code, undated.code}


@pytest.mark.parametrize("sort", ["due", "-due", "unit", "-unit", "code", "-code"])
def test_pages_follow_each_other_without_gap_or_repeat(office, sort):
    codes = {walk_two.task(due_on=None if n % 5 == 0 else date(2027, 1, 1 + n % 9)).code for n in range(120)}

    seen: list[str] = []
    address = f"{url('tasks')}?sort={sort}"
    while address:
        page = text_of(office.get(address))
        seen += re.findall(r">(NV-2026-\d{4})<", page)
        following = re.search(r'<a href="([^"]+)" rel="next"', page)
        address = f"{url('tasks')}{following[1].replace('&amp;', '&')}" if following else ""

    assert len(seen) == len(codes)
    assert set(seen) == codes


def test_the_export_is_safe_in_a_spreadsheet_and_whole(office):
    walk_two.task(title="=HYPERLINK(1)", due_on=None)

    body = b"".join(office.get(url("export")).streaming_content).decode()

    assert body.startswith("\ufeff")
    assert '"\'=HYPERLINK(1)"' in body


@pytest.mark.parametrize("name", ["tasks", "directives"])
def test_a_list_page_takes_at_most_eight_queries(office, name, django_assert_max_num_queries):
    for _ in range(3):
        walk_two.task(programme="NQ57")
    walk_two.paper()
    office.get(url(name))  # the first request of a session writes it

    with django_assert_max_num_queries(8):
        assert office.get(url(name)).status_code == 200


def test_a_long_review_does_not_ask_more_for_more_drafts(office, django_assert_max_num_queries):
    items = "\n".join(
        f"{n}. Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính xây dựng kế hoạch số {n}, "
        "hoàn thành trước ngày 15/12/2026."
        for n in range(1, 41)
    )
    directive = walk_two.paper(text=walk_two.PAPER.replace("1. Giao", f"{items}\n41. Giao"))
    assert directive.drafts.count() >= 40
    office.get(url("review", directive.pk))

    with django_assert_max_num_queries(16):
        office.get(url("review", directive.pk))


def test_an_empty_list_says_so(office):
    assert "Không có việc nào ở nhóm này" in text_of(office.get(url("tasks")))
    assert "Chưa có văn bản nào" in text_of(office.get(url("directives")))
    assert "Không có việc nào khớp bộ lọc" in text_of(office.get(url("tasks"), {"q": "không có"}))


def test_a_standing_office_gives_tasks_only_within_its_reach(client_for):
    of_departments = client_for(factories.user(role=Role.STANDING_OFFICE, unit=factories.DEPARTMENTS))
    task = walk_two.task()
    data = {"title": "Việc ngoài phạm vi", "lead_unit": factories.SAI_GON}

    assert "phạm vi" in text_of(of_departments.post(url("new"), data))
    moved = of_departments.post(url("reassign", task.code), {"to": factories.SAI_GON, "reason": "thử"})

    task.refresh_from_db()
    assert moved.status_code == 422
    assert task.lead_unit.code == factories.HEALTH
    assert Task.objects.count() == 1
    assert of_departments.get(url("add")).status_code == 403


def test_a_paper_over_the_limit_of_uploads_is_said_in_words(office, settings):
    settings.DODEM_MAX_UPLOAD = 1000

    page = office.post(url("add"), {"file": SimpleUploadedFile("a.txt", walk_two.PAPER.encode() * 9)})

    assert page.status_code == 422
    assert "Tệp quá lớn" in text_of(page)
