"""A citizen sends a report and follows it, on pages that need no account and no script."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dodem.access.models import User
from dodem.access.roles import Role
from dodem.audit.models import Event as Entry
from dodem.feedback import actions
from dodem.feedback.kinds import LegalTrack
from dodem.feedback.models import Case, Photo, Report
from dodem.vietnam.addresses import resolve
from tests import factories
from tests.factories import BEN_THANH, SAI_GON
from tests.web.feedback_cases import FLOODED, a_photo, an_upload, answered, is_jpeg, receive

pytestmark = pytest.mark.django_db
SUBMIT = "/phan-anh/gui/"
DAY = timedelta(days=1)


@pytest.fixture
def officer() -> User:
    return factories.user(role=Role.OFFICER, unit=SAI_GON)


def filled(client: Client, **changes: Any) -> dict[str, Any]:
    """The form as a careful person fills it in; None leaves a field out."""
    page = client.get(SUBMIT).content.decode()
    submission = re.search(r'name="submission" value="([^"]+)"', page)
    assert submission
    fields = {
        "submission": submission[1],
        "kind": "report",
        "category": "flooding",
        "text": FLOODED,
        "address": "Hẻm 120 đường số 8",
        "unit": SAI_GON,
        "is_shared": "yes",
        "phone": "0912 345 678",
    } | changes
    return {name: value for name, value in fields.items() if value is not None}


def said(response: Any) -> str:
    """The text of a page without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# Sending -----------------------------------------------------------------------------------------


def test_a_report_with_a_photo_arrives_and_its_secret_link_opens_it(client: Client) -> None:
    response = client.post(SUBMIT, filled(client, photos=[an_upload()]), follow=True)
    report = Report.objects.get()
    assert report.code in said(response)
    assert (report.case.unit.code, report.photos.count()) == (SAI_GON, 1)
    link = re.search(
        r'value="http://testserver(/phan-anh/theo-doi/[0-9a-f]{40}/)"', response.content.decode()
    )
    assert link
    page = client.get(link[1])
    assert "học sinh phải lội" in said(page)
    photo = re.search(rf'src="({link[1]}anh/\d+/)"', page.content.decode())
    assert photo
    shown = client.get(photo[1])
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert is_jpeg(shown)


def test_a_double_click_and_a_retry_after_a_lost_answer_make_one_report(client: Client) -> None:
    fields = filled(client)
    first = client.post(SUBMIT, fields)
    again = client.post(SUBMIT, fields, follow=True)
    assert Report.objects.count() == 1
    assert again.request["PATH_INFO"] == first["Location"]
    assert "không có gì bị gửi hai lần" in said(again)


def test_an_error_keeps_everything_typed_the_photos_too(client: Client) -> None:
    fields = filled(client, phone="0900 000 12", photos=[an_upload()], name="Trần Thị Hoạ Mi")
    page = client.post(SUBMIT, fields)
    words = page.content.decode()
    assert page.status_code == 422
    assert "Thiếu 1 chữ số. Ví dụ 0912 345 678" in words
    for kept in ("học sinh phải lội", "0900 000 12", "Trần Thị Hoạ Mi", "Hẻm 120 đường số 8"):
        assert kept in words
    assert 'value="flooding" checked' in words
    assert "Bỏ ảnh 1" in said(page)
    del fields["photos"]
    client.post(SUBMIT, fields | {"phone": "0912345678"})
    assert Report.objects.get().photos.count() == 1


def test_a_photo_kept_after_an_error_can_be_left_out(client: Client) -> None:
    fields = filled(client, text="ngắn", photos=[an_upload()])
    client.post(SUBMIT, fields)
    staged = Photo.objects.get()
    del fields["photos"]
    client.post(SUBMIT, fields | {"text": FLOODED, "drop": [str(staged.pk)]})
    assert Report.objects.get().photos.count() == 0


def test_one_bad_photo_does_not_lose_the_good_one(client: Client) -> None:
    page = client.post(
        SUBMIT, filled(client, photos=[an_upload(), an_upload("virus.jpg", b"MZ not a picture")])
    )
    assert "virus.jpg không mở được" in said(page)
    assert Photo.objects.count() == 1


def test_more_than_five_photos_are_refused(client: Client) -> None:
    page = client.post(SUBMIT, filled(client, photos=[an_upload() for _ in range(6)]))
    assert "Tối đa 5 ảnh" in said(page)
    assert not Report.objects.exists()


def test_an_old_address_is_shown_as_the_unit_of_today_and_sent_only_when_confirmed(client: Client) -> None:
    fields = filled(client, unit="", address="45 Đồng Khởi, P. Bến Nghé, Quận 1")
    page = client.post(SUBMIT, fields)
    assert page.status_code == 422
    assert "Thuộc Phường Sài Gòn" in said(page)
    assert not Report.objects.exists()
    seen = re.search(r'name="proposed_for" value="([^"]+)"', page.content.decode())
    assert seen
    client.post(SUBMIT, fields | {"proposed_for": seen[1], "proposal": SAI_GON})
    report = Report.objects.get()
    assert (report.case.unit.code, report.basis) == (SAI_GON, "address")


def test_the_proposal_comes_as_one_types_and_carries_its_reason(client: Client) -> None:
    part = client.get("/phan-anh/don-vi/", {"address": "45 Đồng Khởi, P. Bến Nghé, Quận 1"})
    assert "Thuộc Phường Sài Gòn" in said(part)
    assert "<html" not in part.content.decode()
    assert "checked" in part.content.decode()
    assert said(client.get("/phan-anh/don-vi/", {"address": ""})).strip() == ""


def test_a_split_ward_offers_its_parts_and_chooses_none(client: Client) -> None:
    address = "Phường Đa Kao, Quận 1"
    resolution = resolve(address, on=timezone.localdate())
    part = client.get("/phan-anh/don-vi/", {"address": address}).content.decode()
    assert resolution.status == "split", "choose an address of a split ward"
    assert all(f'value="{code}"' in part for code in resolution.candidates)
    assert "checked" not in part
    assert "nhờ Thành phố chuyển" in part


def test_who_does_not_know_the_unit_reaches_the_desk(client: Client) -> None:
    fields = filled(client, unit="", address="12 đường số 8")
    page = client.post(SUBMIT, fields).content.decode()
    seen = re.search(r'name="proposed_for" value="([^"]+)"', page)
    assert seen
    client.post(SUBMIT, fields | {"proposed_for": seen[1], "proposal": "khong-ro"})
    assert Case.objects.get().at_desk


def test_an_address_changed_after_the_proposal_is_asked_about_again(client: Client) -> None:
    fields = filled(client, unit="", address="45 Đồng Khởi, P. Bến Nghé, Quận 1")
    page = client.post(SUBMIT, fields | {"proposed_for": "mot dia chi khac", "proposal": BEN_THANH})
    assert page.status_code == 422
    assert not Report.objects.exists()


def test_a_report_needs_a_place_and_an_idea_does_not(client: Client) -> None:
    nowhere = {"unit": "", "address": ""}
    assert "Ghi địa chỉ hoặc chọn phường, xã" in said(client.post(SUBMIT, filled(client, **nowhere)))
    client.post(SUBMIT, filled(client, kind="initiative", **nowhere))
    assert Report.objects.get().kind == "initiative"


def test_a_program_that_fills_in_everything_is_not_taken(client: Client) -> None:
    assert client.post(SUBMIT, filled(client, website="http://spam.example")).status_code == 422
    assert not Report.objects.exists()


def test_the_eleventh_report_in_an_hour_is_told_when_to_come_back_and_loses_nothing(client: Client) -> None:
    for _ in range(10):
        assert client.post(SUBMIT, filled(client)).status_code == 302
    page = client.post(SUBMIT, filled(client))
    assert page.status_code == 429
    assert re.search(r"Gửi lại sau \d+ phút", said(page))
    assert "học sinh phải lội" in page.content.decode()
    assert Report.objects.count() == 10


def test_a_retry_of_what_arrived_is_not_counted_against_the_limit(client: Client) -> None:
    fields = filled(client)
    for _ in range(15):
        assert client.post(SUBMIT, fields).status_code == 302


def test_text_from_another_keyboard_is_kept_in_one_normal_form(client: Client) -> None:
    client.post(SUBMIT, filled(client, text="Đường ngâ\u0323p nước ba nga\u0300y rồi"))
    assert Report.objects.get().text == "Đường ngập nước ba ngày rồi"


def test_the_page_says_where_complaints_and_denunciations_go(client: Client) -> None:
    assert "Khiếu nại một quyết định" in said(client.get(SUBMIT))


def test_the_ledger_does_not_keep_the_network_address_of_a_citizen(client: Client) -> None:
    client.post(SUBMIT, filled(client))
    assert Entry.objects.latest("number").origin == "public page"


def test_a_kiosk_names_itself_and_nothing_else_can(client: Client) -> None:
    client.post(SUBMIT, filled(client, channel="kiosk"))
    assert Report.objects.get().channel == "kiosk"
    assert client.post(SUBMIT, filled(client, channel="import")).status_code == 422


# Following ---------------------------------------------------------------------------------------


def track(secret: str) -> str:
    return reverse("feedback:track", args=[secret])


def test_the_page_promises_a_day_in_words_and_shows_the_step(client: Client) -> None:
    received = receive(at=timezone.now())
    words = said(client.get(track(received.secret)))
    assert "Trả lời chậm nhất" in words
    assert "ngày làm việc" in words
    assert "Giao cho Phường Sài Gòn" in words


def test_a_wrong_secret_opens_nothing_and_no_cache_keeps_a_right_one(client: Client) -> None:
    received = receive(at=timezone.now())
    assert client.get(track("0" * 40)).status_code == 404
    page = client.get(track(received.secret))
    assert page["Cache-Control"] == "no-store, private"
    assert page["Referrer-Policy"] == "same-origin"  # "no-referrer" would make browsers' own forms fail
    assert "noindex" in page["X-Robots-Tag"]


def test_the_sender_reads_the_answer_rates_it_and_can_still_report_again(
    client: Client, officer: User
) -> None:
    received = answered(by=officer, at=timezone.now() - 2 * DAY)
    page = said(client.get(track(received.secret)))
    assert "Đã xử lý xong" in page
    assert "Đã nạo vét xong." in page
    assert officer.display_name not in page
    thanked = client.post(
        f"{track(received.secret)}cham/", {"rating": "2", "comment": "Còn bùn"}, follow=True
    )
    assert "Cảm ơn bạn đã chấm" in said(thanked)
    assert "Bạn chấm: chưa được" in said(thanked)
    twice = client.post(f"{track(received.secret)}cham/", {"rating": "5"})
    assert (twice.status_code, Case.objects.get().rating) == (422, 2)
    client.post(f"{track(received.secret)}phan-anh-lai/", {"lai-note": "Mưa hôm qua vẫn ngập."})
    assert Case.objects.get().reopened_at is not None


def test_a_rating_without_a_mark_is_asked_for_again(client: Client, officer: User) -> None:
    received = answered(by=officer, at=timezone.now() - 2 * DAY)
    page = client.post(f"{track(received.secret)}cham/", {})
    assert page.status_code == 422
    assert "Chọn một mức" in said(page)


def test_information_is_added_and_a_report_withdrawn_by_the_link(client: Client) -> None:
    received = receive(at=timezone.now(), name="Trần Thị Hoạ Mi")
    address = track(received.secret)
    client.post(f"{address}bo-sung/", {"them-text": "Nước đã rút một nửa.", "them-photos": [an_upload()]})
    page = client.get(address)
    assert "Nước đã rút một nửa." in said(page)
    assert "anh/" in page.content.decode()
    assert "Tên và số điện thoại" in said(client.get(f"{address}rut/"))
    assert "Đã rút phản ánh" in said(client.post(f"{address}rut/"))
    assert client.get(address).status_code == 404


def test_another_senders_words_and_photos_stay_with_them(client: Client, officer: User) -> None:
    mine, theirs = receive(at=timezone.now() - DAY), receive(at=timezone.now() - DAY)
    actions.join_cases(cases=[mine.report.case, theirs.report.case], by=officer, at=timezone.now())
    actions.add_information(
        report=theirs.report, text="Nhà tôi số 15.", photos=[a_photo()], at=timezone.now()
    )
    page = client.get(track(mine.secret))
    assert "Một người gửi khác bổ sung" in said(page)
    assert "Nhà tôi số 15" not in said(page)
    photo = Photo.objects.get(step__report=theirs.report)
    assert client.get(f"{track(mine.secret)}anh/{photo.pk}/").status_code == 404
    assert is_jpeg(client.get(f"{track(theirs.secret)}anh/{photo.pk}/"))


# A code alone ----------------------------------------------------------------------------------------


def look_up(client: Client, code: str) -> str:
    return said(client.get("/phan-anh/tra-ma/", {"ma": code}))


def test_a_code_shows_the_state_and_nothing_that_was_written(client: Client) -> None:
    report = receive(at=timezone.now(), name="Trần Thị Hoạ Mi", phone="+84912345678").report
    words = look_up(client, report.code.lower().replace("-", " "))
    assert "Đang xử lý" in words
    assert "Phường Sài Gòn" in words
    for hidden in ("học sinh", "Hẻm 120", "Hoạ Mi", "345678"):
        assert hidden not in words


def test_a_code_of_a_report_not_shared_does_not_even_say_where(client: Client) -> None:
    report = receive(at=timezone.now(), is_shared=False).report
    words = look_up(client, report.code)
    assert "Đang xử lý" in words
    assert "Sài Gòn" not in words
    assert "Ngập" not in words


def test_a_wrong_code_is_said_to_be_wrong_and_no_other_is_offered(client: Client) -> None:
    code = receive(at=timezone.now()).report.code
    near = code[:-1] + ("A" if code[-1] != "A" else "B")
    words = look_up(client, near)
    assert "Không có phản ánh nào mang mã này" in words
    assert code not in words


def test_codes_cannot_be_tried_by_the_hundred(client: Client) -> None:
    statuses = [client.get("/phan-anh/tra-ma/", {"ma": "PA-2604-AAAA"}).status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]
    cache.clear()


# Everybody's list ------------------------------------------------------------------------------------


def test_the_public_list_and_the_open_data_hold_only_what_may_be_known(client: Client, officer: User) -> None:
    now = timezone.now()
    shared = receive(at=now, name="Trần Thị Hoạ Mi", phone="+84912345678").report
    private = receive(at=now, is_shared=False).report
    referred = receive(at=now).report
    actions.refer_case(
        case=referred.case, track=LegalTrack.DENUNCIATION, note="Nộp đơn tại cơ quan.", by=officer, at=now
    )
    page = said(client.get("/phan-anh/"))
    data = b"".join(client.get("/phan-anh/du-lieu-mo.csv")).decode()  # type: ignore[arg-type]
    for words in (page, data):
        assert shared.code in words
        assert private.code not in words
        assert referred.code not in words
        for hidden in ("học sinh", "Hẻm 120", "Hoạ Mi", "912345"):
            assert hidden not in words
    assert data.startswith("\ufeff")


def test_the_public_list_is_filtered_by_unit_category_and_state(client: Client, officer: User) -> None:
    flooded = receive(at=timezone.now()).report
    noise = receive(at=timezone.now(), category="noise", unit_code=BEN_THANH).report
    done = answered(by=officer, at=timezone.now() - 2 * DAY).report

    def shown(**query: str) -> set[str]:
        page = said(
            client.get("/phan-anh/", {name.replace("_", "-"): value for name, value in query.items()})
        )
        return {report.code for report in (flooded, noise, done) if report.code in page}

    assert shown(don_vi=BEN_THANH) == {noise.code}
    assert shown(loai="flooding") == {flooded.code, done.code}
    assert shown(tinh_trang="da-tra-loi") == {done.code}
    assert shown(don_vi="nothing", loai="nothing", sau="x") == {flooded.code, noise.code, done.code}


def test_the_public_list_goes_on_by_pages_and_in_few_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(23):
        receive(at=timezone.now())
    with django_assert_max_num_queries(8):
        first = client.get("/phan-anh/").content.decode()
    following = re.search(r'href="(\?sau=[^"]+)" rel="next"', first)
    assert following
    second = client.get(f"/phan-anh/{following[1]}").content.decode()
    assert first.count('class="pcard"') == 20
    assert second.count('class="pcard"') == 3


def test_the_public_pages_speak_english_to_who_asks(client: Client) -> None:
    client.cookies["django_language"] = "en"
    assert "Flooding" in said(client.get(SUBMIT))


def test_the_answer_not_sure_is_kept_when_something_else_is_wrong(client: Client) -> None:
    fields = filled(client, unit="", address="Phường Đa Kao, Quận 1", text="ngắn")
    seen = re.search(r'name="proposed_for" value="([^"]+)"', client.post(SUBMIT, fields).content.decode())
    assert seen
    again = client.post(SUBMIT, fields | {"proposed_for": seen[1], "proposal": "khong-ro"}).content.decode()
    assert 'value="khong-ro" checked' in again
