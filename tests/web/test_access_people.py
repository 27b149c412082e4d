"""Accounts and roles: who may give them, and what stays when they are taken back."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from dodem.access import actions, queries
from dodem.access.actions import Refused
from dodem.access.models import Grant, User
from dodem.access.roles import Permission, Role
from dodem.access.rules import can
from dodem.audit.models import Event
from tests import factories
from tests.factories import BEN_THANH, CITY, COMMUNE_LEVEL, HEALTH, NOON, PASSWORD, SAI_GON

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return factories.user(role=Role.ADMINISTRATOR, username="quan.tri", name="Trần Văn Quản")


def events(kind):
    return Event.objects.filter(kind=kind)


def test_an_administrator_gives_and_takes_back_a_role_on_the_page(admin, client_for):
    client, person = client_for(admin), factories.user(username="le.thi.b")
    page = client.post(
        reverse("access:grant", args=["le.thi.b"]),
        {"role": Role.OFFICER, "unit": "phường bến thành"},
        follow=True,
    )
    assert "Đã giao vai trò." in page.content.decode()
    held = Grant.objects.get(user=person)
    assert (held.role, held.unit.code, held.granted_by) == (Role.OFFICER, BEN_THANH, admin)
    assert events("access.granted").get(object_key="le.thi.b").role == Role.ADMINISTRATOR
    client.post(reverse("access:revoke", args=["le.thi.b", held.pk]))
    held.refresh_from_db()
    assert held.revoked_at is not None
    assert not can(User.objects.get(pk=person.pk), Permission.TASK_SEE)
    assert events("access.revoked").filter(object_key="le.thi.b").count() == 1


def test_a_role_at_a_unit_holds_beneath_it_and_nowhere_else():
    head = factories.user(role=Role.UNIT_HEAD, unit=COMMUNE_LEVEL)
    assert can(head, Permission.TASK_UPDATE, factories.unit(SAI_GON))
    assert not can(head, Permission.TASK_UPDATE, factories.unit(HEALTH))
    assert not can(head, Permission.TASK_UPDATE, factories.unit(CITY))


def test_granting_twice_is_one_grant_and_one_event(admin):
    person, unit = factories.user(username="hai.lan"), factories.unit(SAI_GON)
    for _time in range(2):
        actions.grant_role(user=person, role=Role.OFFICER, unit=unit, by=admin, at=NOON)
    assert Grant.objects.filter(user=person).count() == 1
    assert events("access.granted").filter(object_key="hai.lan").count() == 1


def test_an_administrator_of_one_ward_gives_no_role_elsewhere(client_for):
    local, person = factories.user(role=Role.ADMINISTRATOR, unit=SAI_GON), factories.user()
    address = reverse("access:grant", args=[person.username])
    page = client_for(local).post(address, {"role": Role.LEADER, "unit": CITY})
    assert page.status_code == 422
    assert "ngoài phạm vi" in page.content.decode()
    with pytest.raises(Refused, match="trong phạm vi Phường Sài Gòn"):
        actions.grant_role(user=person, role=Role.LEADER, unit=factories.unit(BEN_THANH), by=local, at=NOON)
    assert not Grant.objects.filter(user=person).exists()


def test_nobody_gives_themselves_a_role_or_keeps_an_account_from_within(admin):
    with pytest.raises(Refused, match="của chính mình"):
        actions.grant_role(user=admin, role=Role.LEADER, unit=factories.unit(CITY), by=admin, at=NOON)
    with pytest.raises(Refused, match="trang Tài khoản"):
        actions.set_person_active(user=admin, active=False, by=admin, at=NOON)


def test_a_local_administrator_cannot_reset_the_password_of_the_city_s_leader(client_for):
    local = factories.user(role=Role.ADMINISTRATOR, unit=SAI_GON)
    leader = factories.user(role=Role.LEADER, username="lanh.dao")
    client_for(local).post(reverse("access:reset_password", args=["lanh.dao"]))
    leader.refresh_from_db()
    assert leader.check_password(PASSWORD)
    assert not events("access.password_reset").exists()


def test_a_new_person_signs_in_with_the_password_shown_once(admin, client_for):
    page = client_for(admin).post(
        reverse("access:add_person"),
        {"display_name": "Phạm Thị Mới", "username": "pham.thi.moi", "position": ""},
    )
    assert page["Cache-Control"] == "no-store, private"
    password = page.context["password"]
    assert Client().post("/dang-nhap/", {"login": "pham.thi.moi", "password": password}).status_code == 302
    assert events("access.person_added").get().object_key == "pham.thi.moi"


@pytest.mark.parametrize(
    ("username", "message"),
    [("Có Dấu", "Chỉ dùng chữ thường"), ("quan.tri", "đã có người dùng"), ("", "bắt buộc")],
)
def test_a_sign_in_name_that_will_not_do_is_refused(admin, client_for, username, message):
    page = client_for(admin).post(
        reverse("access:add_person"), {"display_name": "Ai Đó", "username": username}
    )
    assert page.status_code == 422
    assert message in page.content.decode()


def test_suspending_an_account_ends_its_sessions_at_once(admin, client_for):
    person, client = factories.user(role=Role.OFFICER, unit=SAI_GON, username="nghi.viec"), Client()
    client.post("/dang-nhap/", {"login": "nghi.viec", "password": PASSWORD})
    assert client.get("/tai-khoan/").status_code == 200
    client_for(admin).post(reverse("access:set_active", args=["nghi.viec"]), {"active": "0"})
    assert client.get("/tai-khoan/").status_code == 302
    assert not UserSession.objects.filter(user=person).exists()
    client_for(admin).post(reverse("access:set_active", args=["nghi.viec"]), {"active": "1"})
    assert [event.kind for event in Event.objects.filter(object_key="nghi.viec").order_by("-number")[:2]] == [
        "access.person_restored",
        "access.person_suspended",
    ]


def test_people_are_listed_by_given_name_and_found_without_marks(admin, client_for):
    for number, name in enumerate(["Nguyễn Văn Ánh", "Lê An", "Trần Thị Ân", "Đỗ Bình"]):
        factories.user(role=Role.OFFICER, unit=SAI_GON, username=f"ten.{number}", name=name)
    page = client_for(admin).get("/quan-tri/nguoi-dung/", {"unit": SAI_GON})
    names = [person.display_name for person in page.context["people"]]
    assert names == ["Lê An", "Nguyễn Văn Ánh", "Trần Thị Ân", "Đỗ Bình"]
    found = client_for(admin).get("/quan-tri/nguoi-dung/", {"q": "tran an"}).context["people"]
    assert [person.display_name for person in found] == ["Trần Thị Ân"]


def test_the_list_of_people_keeps_its_query_budget(admin, client_for, django_assert_max_num_queries):
    for _number in range(30):
        factories.user(role=Role.OFFICER, unit=SAI_GON)
    client = client_for(admin)
    client.get("/quan-tri/nguoi-dung/")
    with django_assert_max_num_queries(8):
        assert len(client.get("/quan-tri/nguoi-dung/", {"role": "officer"}).context["people"]) == 30


def test_the_verdict_page_gives_the_very_answer_of_can(client_for):
    inspector = factories.user(role=Role.INSPECTOR)
    factories.user(role=Role.OFFICER, unit=SAI_GON, username="can.bo", name="Cán Bộ")
    client = client_for(inspector)

    def ask(permission, unit):
        return client.get(
            reverse("access:verdict"), {"person": "can.bo", "permission": permission, "unit": unit}
        ).content.decode()

    assert "Cán bộ, công chức tại Phường Sài Gòn được trả lời phản ánh" in ask("case.answer", SAI_GON)
    assert "Bạn chỉ được trả lời phản ánh trong phạm vi Phường Sài Gòn." in ask("case.answer", BEN_THANH)
    assert "Không vai trò nào của bạn được giao nhiệm vụ." in ask("task.assign", SAI_GON)
    assert (
        "Không có tài khoản nào tên này."
        in client.get(
            reverse("access:verdict"), {"person": "x", "permission": "task.see", "unit": SAI_GON}
        ).content.decode()
    )


def test_an_unknown_unit_is_said_and_not_guessed(admin, client_for):
    factories.user(username="moi.den")
    page = client_for(admin).post(
        reverse("access:grant", args=["moi.den"]), {"role": Role.OFFICER, "unit": "phường không có"}
    )
    assert "Không có đơn vị nào tên này" in page.content.decode()


def test_words_of_a_search_match_beginnings_of_words():
    factories.user(username="tim.kiem", name="Võ Thị Sáu")
    assert queries.people(query="sau vo") == queries.people(query="tim.kiem") != []
    assert queries.people(query="au") == []
