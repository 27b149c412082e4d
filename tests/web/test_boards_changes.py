"""Units are changed by typing, reading back and confirming; search and the first address of the day."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from dodem.access.roles import Role
from dodem.audit.models import Event
from dodem.units.models import Unit
from tests import factories
from tests.factories import BEN_THANH, CITY, HEALTH, SAI_GON, THU_DAU_MOT
from tests.web import walk_two
from tests.web.boards_figures import NOW, TODAY
from tests.web.feedback_cases import a_case

pytestmark = pytest.mark.django_db

MANAGE = f"/don-vi/{SAI_GON}/quan-ly/"
FROM = f"{TODAY:%d/%m/%Y}"


@pytest.fixture
def office(client_for):
    return client_for(factories.user(role=Role.STANDING_OFFICE))


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def sent(kind, **fields):
    return {"viec": kind} | {f"{kind}-{name}": value for name, value in fields.items()}


# Changing units ------------------------------------------------------------------------------------------


def test_a_change_is_read_back_first_and_done_only_when_confirmed(office):
    given = sent("doi-ten", name="Phường Sài Gòn Mới", from_on=FROM)

    asked = office.post(MANAGE, given)
    assert "mang tên Phường Sài Gòn Mới" in text_of(asked)
    assert factories.unit(SAI_GON).name == "Phường Sài Gòn"

    done = office.post(MANAGE, given | {"xac-nhan": "1"}, follow=True)
    assert factories.unit(SAI_GON).name == "Phường Sài Gòn Mới"
    assert "Các tên" in text_of(done)
    assert Event.objects.filter(kind="unit.renamed", object_key=SAI_GON).count() == 1


def test_the_confirmation_carries_every_field_that_was_typed(office):
    asked = office.post(MANAGE, sent("doi-ten", name="Phường Sài Gòn Mới", from_on=FROM)).content.decode()

    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', asked))
    assert hidden["viec"] == "doi-ten"
    assert hidden["doi-ten-name"] == "Phường Sài Gòn Mới"
    assert hidden["doi-ten-from_on"] == FROM


def test_what_cannot_be_done_stays_on_the_page_with_its_reason_and_what_was_typed(office):
    given = sent("doi-ten", name="Phường Sài Gòn", from_on=FROM) | {"xac-nhan": "1"}

    answer = office.post(MANAGE, given)

    assert answer.status_code == 422
    assert "Tên mới trùng với tên đang dùng" in text_of(answer)
    assert f'value="{FROM}"' in answer.content.decode()
    assert Event.objects.filter(kind="unit.renamed").count() == 0


def test_a_day_written_wrongly_is_said_how_to_mend(office):
    answer = office.post(MANAGE, sent("doi-ten", name="Phường Mới", from_on="mai"))

    assert answer.status_code == 422
    assert "Ghi ngày theo dạng ngày/tháng/năm" in text_of(answer)


def test_a_unit_merges_into_another_and_its_page_then_says_what_became_of_it(office):
    old = factories.unit(SAI_GON)
    given = sent("sap-nhap", into=f"{BEN_THANH} Phường Bến Thành", from_on=FROM, clause="Điều 2") | {
        "xac-nhan": "1"
    }

    office.post(MANAGE, given)

    assert not Unit.objects.valid(on=TODAY).filter(pk=old.pk).exists()
    assert "Phường Bến Thành nhận toàn bộ" in text_of(office.get(f"/don-vi/{SAI_GON}/"))


def test_a_unit_splits_into_a_new_and_a_living_one(office):
    given = sent(
        "chia-tach", first_code="29999", first_name="Phường Mới", second_code=BEN_THANH, second_name="",
        from_on=FROM, clause="Điều 3",
    ) | {"xac-nhan": "1"}  # fmt: skip

    office.post(MANAGE, given)

    assert factories.unit("29999").name == "Phường Mới"
    assert "Phường Mới" in text_of(office.get(f"/don-vi/{SAI_GON}/"))


def test_a_department_is_added_beneath_its_group_from_a_day_on(office):
    given = {"unit_kind": "department", "code": "H29.MOI", "name": "Sở Thử nghiệm", "from_on": FROM}

    assert "có thêm Sở Thử nghiệm" in text_of(office.post("/don-vi/moi/", given))
    office.post("/don-vi/moi/", given | {"xac-nhan": "1"})

    assert factories.unit("H29.MOI").parent.code == "79-SN"


def test_only_who_manages_units_reaches_the_forms(client_for):
    for role in (Role.LEADER, Role.INSPECTOR, Role.UNIT_HEAD):
        client = client_for(factories.user(role=role))
        assert client.get(MANAGE).status_code == 404
        assert client.get("/don-vi/moi/").status_code == 403


# Search --------------------------------------------------------------------------------------------------


def test_search_finds_each_kind_of_thing_without_marks(client_for):
    client = client_for(factories.user(role=Role.STANDING_OFFICE))
    task = walk_two.task(unit=HEALTH, title="Kết nối dữ liệu khám bệnh", at=NOW)
    case = a_case(at=NOW)
    walk_two.paper()

    assert "Phường Sài Gòn" in text_of(client.get("/tim/?q=ben nghe"))
    assert task.code in text_of(client.get("/tim/?q=ket noi du lieu kham"))
    assert case.code in text_of(client.get(f"/tim/?q={case.code}"))
    assert "915/TB-UBND" in text_of(client.get("/tim/?q=915/TB"))
    assert "Hồ sơ trả đúng hạn" in text_of(client.get("/tim/?q=ho so tra dung han"))


def test_search_never_shows_what_the_reader_may_not_open(client_for):
    walk_two.task(unit=HEALTH, title="Kết nối dữ liệu khám bệnh", at=NOW)
    case = a_case(at=NOW)
    stranger = client_for(factories.user(role=Role.OFFICER, unit=THU_DAU_MOT))
    admin = client_for(factories.user(role=Role.ADMINISTRATOR))

    for client in (stranger, admin):
        assert "khám bệnh" not in text_of(client.get("/tim/?q=ket noi du lieu kham"))
        assert case.title not in text_of(client.get(f"/tim/?q={case.code}"))


def test_search_answers_htmx_with_the_results_alone_and_says_when_there_are_none(client_for):
    client = client_for(factories.user(role=Role.LEADER))

    part = client.get("/tim/?q=khong co gi dau", headers={"HX-Request": "true", "HX-Target": "ket-qua"})

    assert "<html" not in part.content.decode()
    assert "Không thấy gì với “khong co gi dau”" in text_of(part)


# Where the day begins --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "unit", "begins"),
    [
        (Role.LEADER, CITY, "/bang/"),
        (Role.STANDING_OFFICE, CITY, "/bang/"),
        (Role.INSPECTOR, CITY, "/bang/"),
        (Role.UNIT_HEAD, HEALTH, f"/don-vi/{HEALTH}/"),
        (Role.OFFICER, SAI_GON, f"/don-vi/{SAI_GON}/"),
        (Role.DATA_STEWARD, SAI_GON, f"/don-vi/{SAI_GON}/"),
        (Role.DATA_STEWARD, CITY, "/du-lieu/"),
        (Role.ADMINISTRATOR, CITY, "/quan-tri/nguoi-dung/"),
    ],
)
def test_each_role_begins_its_day_where_its_work_is(client_for, role, unit, begins):
    client = client_for(factories.user(role=role, unit=unit))

    assert client.get("/").url == begins
    assert client.get(begins).status_code == 200


def test_somebody_without_a_role_begins_at_their_account_and_a_stranger_at_the_sign_in(client_for, client):
    assert client_for(factories.user()).get("/").url == "/tai-khoan/"
    assert client.get("/").url.startswith("/dang-nhap/")


def test_a_change_that_lies_ahead_leaves_today_as_it_is(office):
    ahead = f"{TODAY + timedelta(days=30):%d/%m/%Y}"
    office.post(MANAGE, sent("doi-ten", name="Phường Mai Sau", from_on=ahead) | {"xac-nhan": "1"})

    assert factories.unit(SAI_GON).name == "Phường Sài Gòn"
    assert "Phường Mai Sau" in text_of(office.get(MANAGE))
