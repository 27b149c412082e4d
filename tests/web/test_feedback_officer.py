"""What officers see and do: their own unit's cases and no other's, personal data only for a purpose."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dodem.access.models import User
from dodem.access.roles import Role
from dodem.audit.kinds import Kind as Event
from dodem.audit.models import Event as Entry
from dodem.feedback import actions
from dodem.feedback.models import Case, Photo
from tests import factories
from tests.factories import BEN_THANH, HEALTH, SAI_GON
from tests.web.feedback_cases import a_case, a_photo, an_upload, answered, is_jpeg, receive

pytestmark = pytest.mark.django_db
QUEUE = "/phan-anh/hang-doi/"
DAY = timedelta(days=1)
ClientFor = Callable[[object], Client]


@pytest.fixture
def officer() -> User:
    return factories.user(role=Role.OFFICER, unit=SAI_GON, name="Lê Văn Cán")


@pytest.fixture
def office() -> User:
    return factories.user(role=Role.STANDING_OFFICE)


def said(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def page_of(case: Case) -> str:
    return f"/phan-anh/viec/{case.code}/"


# The queue -----------------------------------------------------------------------------------------


def test_the_queue_holds_the_units_cases_with_the_nearest_deadline_first(
    officer: User, client_for: ClientFor
) -> None:
    now = timezone.now()
    new, old = a_case(at=now), a_case(at=now - 10 * DAY, category="noise")
    other = a_case(at=now, unit_code=BEN_THANH)
    page = client_for(officer).get(QUEUE).content.decode()
    assert page.index(old.code) < page.index(new.code)
    assert other.code not in page
    assert "Quá" in page


def test_the_queue_is_read_in_eight_queries_however_long_it_is(
    officer: User, office: User, client_for: ClientFor, django_assert_max_num_queries: Any
) -> None:
    for n in range(30):
        a_case(at=timezone.now() - n * DAY)
    for person in (officer, office):
        client = client_for(person)
        client.get(QUEUE)  # the first request of a session also writes down that there is one
        with django_assert_max_num_queries(8):
            client.get(QUEUE)


def test_the_pages_of_the_queue_hold_every_case_once(officer: User, client_for: ClientFor) -> None:
    codes = {a_case(at=timezone.now() - (n % 7) * DAY).code for n in range(60)}
    client = client_for(officer)
    seen: list[str] = []
    for order in ("han", "moi"):
        address, seen = f"{QUEUE}?xep={order}", []
        while address:
            page = client.get(address).content.decode()
            seen += re.findall(r'name="viec" value="([^"]+)"', page)
            following = re.search(r'href="(\?[^"]+)" rel="next"', page)
            address = QUEUE + following[1].replace("&amp;", "&") if following else ""
        assert sorted(seen) == sorted(codes)


def test_the_tabs_divide_the_cases_and_count_them(officer: User, client_for: ClientFor) -> None:
    now = timezone.now()
    mine = actions.assign_case(case=a_case(at=now), to=officer, by=officer, at=now)
    waiting = answered(by=officer, at=now - 2 * DAY).report.case
    closed = answered(by=officer, at=now - 60 * DAY).report.case
    moved = actions.transfer_case(
        case=a_case(at=now, unit_code=BEN_THANH),
        to=factories.unit(SAI_GON),
        reason="Ở đây.",
        by=officer,
        at=now,
    )
    client = client_for(officer)

    def shown(tab: str) -> set[str]:
        page = client.get(QUEUE, {"tab": tab}).content.decode()
        return {case.code for case in (mine, waiting, closed, moved) if case.code in page}

    assert shown("cua-toi") == {mine.code}
    assert shown("don-vi") == {mine.code, moved.code}
    assert shown("cho-dan") == {waiting.code}
    assert shown("chuyen-nham") == {moved.code}
    assert shown("da-dong") == {closed.code}
    words = said(client.get(QUEUE))
    assert "Việc của tôi 1" in words
    assert "Cả đơn vị 2" in words
    assert "Chờ phân công" not in words


def test_the_standing_office_finds_what_nobody_could_place(office: User, client_for: ClientFor) -> None:
    placed, unplaced = a_case(at=timezone.now()), a_case(at=timezone.now(), unit_code=None, address="")
    page = client_for(office).get(QUEUE, {"tab": "cho-phan-cong"}).content.decode()
    assert unplaced.code in page
    assert placed.code not in page


def test_search_needs_no_marks_and_looks_in_text_address_and_code(
    officer: User, client_for: ClientFor
) -> None:
    case = a_case(at=timezone.now(), text="Chó thả rông cắn trẻ em ở công viên.", address="Số 5 Hàm Nghi")
    other = a_case(at=timezone.now())
    client = client_for(officer)
    for words in ("cho tha rong", "HAM NGHI", case.code.lower()):
        page = client.get(QUEUE, {"q": words}).content.decode()
        assert case.code in page
        assert other.code not in page
    assert "Không có việc nào khớp" in said(client.get(QUEUE, {"q": "zzz"}))


def test_cases_at_one_place_are_called_out_in_the_queue_and_on_the_case(
    officer: User, client_for: ClientFor
) -> None:
    before = answered(by=officer, at=timezone.now() - 90 * DAY, address="hem 120 duong so 8").report.case
    case = a_case(at=timezone.now(), address="Hẻm 120, đường số 8")
    elsewhere = a_case(at=timezone.now(), address="Hẻm 120 đường số 8")
    client = client_for(officer)
    page = client.get(page_of(elsewhere))
    assert before.code in said(page)
    assert case.code not in said(page)
    assert "1 lần trong 12 tháng" in said(client.get(QUEUE))


def test_the_file_has_the_cases_without_what_people_wrote_and_runs_no_formula(
    officer: User, client_for: ClientFor
) -> None:
    officer.display_name = "=HYPERLINK(1)"
    officer.save()
    case = receive(at=timezone.now(), name="Trần Thị Hoạ Mi", phone="+84912345678").report.case
    actions.assign_case(case=case, to=officer, by=officer, at=timezone.now())
    data = b"".join(client_for(officer).get("/phan-anh/hang-doi.csv"))  # type: ignore[arg-type]
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [case.code]
    assert rows[1][-1] == "'=HYPERLINK(1)"
    assert not [word for word in ("học sinh", "Hoạ Mi", "912345", "Hẻm") if word in data.decode()]


# The case ------------------------------------------------------------------------------------------


def test_an_officer_of_one_ward_gets_404_for_everything_of_another_wards_case(
    officer: User, client_for: ClientFor
) -> None:
    actions_of_a_case = ["tra-loi", "tu-choi", "chuyen", "phan-cong", "kenh-khac", "khieu-nai", "nguoi-gui"]
    received = receive(at=timezone.now(), unit_code=BEN_THANH)
    case, client = received.report.case, client_for(officer)
    actions.add_information(report=received.report, text="Ảnh đây.", photos=[a_photo()], at=timezone.now())
    photo = Photo.objects.get()
    assert client.get(page_of(case)).status_code == 404
    assert client.get(f"{page_of(case)}anh/{photo.pk}/").status_code == 404
    for name in actions_of_a_case:
        assert client.post(f"{page_of(case)}{name}/").status_code == 404
    own = a_case(at=timezone.now())
    assert client.post(f"{QUEUE}gop/", {"viec": [own.code, case.code]}).status_code == 404
    assert client.get(f"{page_of(own)}anh/{photo.pk}/").status_code == 404


def test_the_sender_is_masked_until_a_purpose_is_given_and_then_once(
    officer: User, client_for: ClientFor
) -> None:
    case = receive(at=timezone.now(), name="Trần Thị Hoạ Mi", phone="+84912345678").report.case
    client = client_for(officer)
    masked = said(client.get(page_of(case)))
    assert "T. T. H. M." in masked
    assert "678" in masked
    assert "Hoạ Mi" not in masked
    assert client.post(f"{page_of(case)}nguoi-gui/", {}).status_code == 422
    assert not Entry.objects.filter(kind=Event.PERSONAL_DATA_SEEN).exists()
    shown = client.post(f"{page_of(case)}nguoi-gui/", {"purpose": "contact"})
    assert "Trần Thị Hoạ Mi" in said(shown)
    assert "no-store" in shown["Cache-Control"]
    event = Entry.objects.get(kind=Event.PERSONAL_DATA_SEEN)
    assert (event.object_key, event.actor) == (case.code, officer)
    assert "Hoạ Mi" not in said(client.get(page_of(case)))


def test_those_who_may_not_see_personal_data_are_not_even_asked(client_for: ClientFor) -> None:
    case = receive(at=timezone.now(), name="Trần Thị Hoạ Mi", phone="+84912345678").report.case
    inspector = client_for(factories.user(role=Role.INSPECTOR))
    page = said(inspector.get(page_of(case)))
    assert "T. T. H. M." in page
    assert "Xem đầy đủ" not in page
    assert inspector.post(f"{page_of(case)}nguoi-gui/", {"purpose": "contact"}).status_code == 404


def test_a_denouncer_is_hidden_from_everybody(officer: User, client_for: ClientFor) -> None:
    case = receive(at=timezone.now(), name="Trần Thị Hoạ Mi", phone="+84912345678").report.case
    client = client_for(officer)
    given = {"track": "denunciation", "note": "Nộp đơn tố cáo tại cơ quan có thẩm quyền."}
    client.post(f"{page_of(case)}kenh-khac/", given)
    page = said(client.get(page_of(case)))
    assert "T. T. H. M." not in page
    assert "được giữ kín" in page
    assert client.post(f"{page_of(case)}nguoi-gui/", {"purpose": "contact"}).status_code == 404


def test_an_answer_goes_to_the_citizen_with_its_photos(officer: User, client_for: ClientFor) -> None:
    received = receive(at=timezone.now())
    case, client = received.report.case, client_for(officer)
    given = {"note": "Đã nạo vét miệng cống sáng nay.", "result": "done"}
    refused = client.post(f"{page_of(case)}tra-loi/", given)
    assert refused.status_code == 422
    assert "cần ảnh sau xử lý" in said(refused)
    assert "Đã nạo vét miệng cống" in refused.content.decode()
    done = client.post(f"{page_of(case)}tra-loi/", given | {"photos": [an_upload()]}, follow=True)
    assert "Đã gửi cho người dân" in said(done)
    seen = Client().get(f"/phan-anh/theo-doi/{received.secret}/")
    assert "Đã nạo vét miệng cống sáng nay." in said(seen)
    photo = Photo.objects.get()
    assert is_jpeg(Client().get(f"/phan-anh/theo-doi/{received.secret}/anh/{photo.pk}/"))
    assert is_jpeg(client.get(f"{page_of(case)}anh/{photo.pk}/"))


def test_news_on_the_way_carries_a_promise_to_the_citizen(officer: User, client_for: ClientFor) -> None:
    received = receive(at=timezone.now())
    given = {"note": "Đang chờ vật tư thay nắp cống.", "result": "progress", "promised_on": "04/01/2027"}
    client_for(officer).post(f"{page_of(received.report.case)}tra-loi/", given)
    assert "hẹn xong 04/01/2027" in said(Client().get(f"/phan-anh/theo-doi/{received.secret}/"))


def test_a_case_that_is_not_ours_goes_on_with_its_reason_and_leaves_the_queue(
    officer: User, client_for: ClientFor
) -> None:
    case, client = a_case(at=timezone.now()), client_for(officer)
    assert client.post(f"{page_of(case)}chuyen/", {"to": HEALTH, "reason": ""}).status_code == 422
    gone = client.post(f"{page_of(case)}chuyen/", {"to": HEALTH, "reason": "Thuộc ngành y tế."}, follow=True)
    assert gone.request["PATH_INFO"] == QUEUE
    assert client.get(page_of(case)).status_code == 404
    case.refresh_from_db()
    assert case.unit.code == HEALTH


def test_a_refusal_names_its_reason_to_the_citizen(officer: User, client_for: ClientFor) -> None:
    received = receive(at=timezone.now())
    given = {"reason": "outside_authority", "note": "Đây là việc của tỉnh bạn, mời gửi về đó."}
    client_for(officer).post(f"{page_of(received.report.case)}tu-choi/", given)
    words = said(Client().get(f"/phan-anh/theo-doi/{received.secret}/"))
    assert "Không xử lý được: không thuộc thẩm quyền" in words
    assert "mời gửi về đó" in words


def test_what_happened_in_the_meantime_is_said_and_nothing_is_lost(
    officer: User, client_for: ClientFor
) -> None:
    case, client = a_case(at=timezone.now()), client_for(officer)
    actions.answer_case(case=case, note="Đã xong.", record_number="1", by=officer, at=timezone.now())
    late = client.post(f"{page_of(case)}chuyen/", {"to": HEALTH, "reason": "Thuộc ngành y tế."})
    assert late.status_code == 422
    assert Case.objects.get().unit.code == SAI_GON


def test_ticked_cases_are_joined_from_the_queue(officer: User, client_for: ClientFor) -> None:
    first, second = a_case(at=timezone.now() - DAY), a_case(at=timezone.now())
    done = client_for(officer).post(f"{QUEUE}gop/", {"viec": [first.code, second.code]}, follow=True)
    assert f"Đã gộp 2 việc vào {first.code}" in said(done)
    assert second.code in said(done)


def test_only_the_units_own_people_are_offered_for_a_case(officer: User, client_for: ClientFor) -> None:
    factories.user(role=Role.OFFICER, unit=BEN_THANH, name="Người Bến Thành")
    factories.user(role=Role.UNIT_HEAD, unit=SAI_GON, name="Người Đứng Đầu")
    case, client = a_case(at=timezone.now()), client_for(officer)
    page = said(client.get(page_of(case)))
    assert "Người Đứng Đầu" in page
    assert "Người Bến Thành" not in page
    client.post(f"{page_of(case)}phan-cong/", {"to": officer.pk})
    assert case.code in client.get(QUEUE, {"tab": "cua-toi"}).content.decode()


def test_a_leader_reads_a_case_and_is_offered_nothing_to_do(client_for: ClientFor) -> None:
    case = a_case(at=timezone.now())
    client = client_for(factories.user(role=Role.LEADER))
    assert "Gửi trả lời" not in said(client.get(page_of(case)))
    assert client.post(f"{page_of(case)}tra-loi/").status_code == 404


def test_htmx_gets_the_sheet_alone_for_the_place_beside_the_list(
    officer: User, client_for: ClientFor
) -> None:
    case = a_case(at=timezone.now())
    part = (
        client_for(officer)
        .get(page_of(case), headers={"HX-Request": "true", "HX-Target": "viec"})
        .content.decode()
    )
    assert part.startswith("<article")
    assert "<html" not in part


def test_the_timeline_and_the_ledger_of_a_case_are_on_its_page(officer: User, client_for: ClientFor) -> None:
    case = a_case(at=timezone.now() - DAY)
    actions.post_progress(
        case=case, note="Đã khảo sát.", promised_on=None, by=officer, at=timezone.now() - timedelta(hours=1)
    )
    page = said(client_for(officer).get(page_of(case)))
    assert "Đã khảo sát." in page
    assert "Báo tiến độ xử lý · Lê Văn Cán" in page
