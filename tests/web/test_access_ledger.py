"""Reading the ledger on its page, and looking at personal data."""

import csv
import io

import pytest
from django.test import RequestFactory
from django.urls import reverse

from dodem.access import personal
from dodem.access.roles import Role
from dodem.audit.kinds import Kind
from dodem.audit.ledger import Entry, append
from dodem.audit.models import Event
from tests import factories
from tests.factories import BEN_THANH, HEALTH, NOON, SAI_GON
from tests.ledger_tools import unguarded

pytestmark = pytest.mark.django_db
PAGE = "/nhat-ky/"


@pytest.fixture
def inspector():
    return factories.user(role=Role.INSPECTOR)


def write(number, unit_code=SAI_GON, kind=Kind.TASK_STARTED):
    append(
        [
            Entry(kind=kind, object_type="task", object_key=f"NV-{i}", at=NOON, unit_code=unit_code)
            for i in range(number)
        ]
    )


def test_pages_follow_each_other_without_gap_or_repetition(inspector, client_for):
    write(120)
    client, seen, address = client_for(inspector), [], "?kind=task.started"
    while address:
        page = client.get(PAGE + address)
        seen += [line.object_key for line in page.context["lines"]]
        address = page.context["next"]
    assert seen == [f"NV-{i}" for i in reversed(range(120))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "case."}, {"case.answered"}),
        ({"kind": "task.started"}, {"task.started"}),
        ({"object_key": "NV-0", "kind": "task."}, {"task.started"}),
        ({"from_on": "2026-11-20", "to_on": "2026-11-20", "kind": "task."}, {"task.started"}),
        ({"from_on": "2026-11-21", "to_on": "2026-11-21", "kind": "task."}, set()),
        ({"person": "khong.co"}, None),
    ],
)
def test_the_ledger_can_be_narrowed(inspector, client_for, query, expected):
    write(2)
    write(1, kind=Kind.CASE_ANSWERED)
    page = client_for(inspector).get(PAGE, query)
    labels = {line.label for line in page.context["lines"]}
    if expected is None:
        assert "Không có tài khoản nào tên này." in page.content.decode()
    else:
        assert labels == {str(Kind(kind).label) for kind in expected}


def test_the_inspector_of_one_ward_reads_only_what_happened_there(client_for):
    local = factories.user(role=Role.INSPECTOR, unit=SAI_GON)
    write(3, unit_code=SAI_GON)
    write(3, unit_code=BEN_THANH)
    write(3, unit_code=HEALTH)
    page = client_for(local).get(PAGE)
    assert {line.unit_code for line in page.context["lines"]} == {SAI_GON}


def test_the_export_holds_what_the_page_shows_and_no_formula(inspector, client_for):
    append([Entry(kind=Kind.TASK_STARTED, object_type="task", object_key="=1+1", at=NOON, unit_code=SAI_GON)])
    answer = client_for(inspector).get(reverse("access:ledger_file"), {"kind": "task.started"})
    text = b"".join(answer.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0][0] == "Số"
    assert rows[1][6] == "'=1+1"
    assert rows[1][1] == "2026-11-20T12:00:00+07:00"
    assert len(rows) == 2


def test_the_page_keeps_its_query_budget_and_shows_the_last_check(
    inspector, client_for, django_assert_max_num_queries
):
    write(60)
    client = client_for(inspector)
    client.get(PAGE)
    with django_assert_max_num_queries(8):
        assert "chưa được kiểm tra" in client.get(PAGE).content.decode()
    client.post(reverse("access:check_ledger"))
    assert "nối nhau nguyên vẹn" in client.get(PAGE).content.decode()


def test_a_check_on_the_page_names_the_altered_event(inspector, client_for):
    write(3)
    victim = Event.objects.filter(object_key="NV-1").get().number
    with unguarded() as cursor:
        cursor.execute("UPDATE audit_event SET unit_code = 'x' WHERE number = %s", [victim])
    client = client_for(inspector)
    client.post(reverse("access:check_ledger"))
    assert f"Sự kiện số {victim} đã bị sửa sau khi ghi." in client.get(PAGE).content.decode()


def test_personal_data_opens_only_with_a_purpose_and_leaves_one_event(rf: RequestFactory):
    officer = factories.user(role=Role.OFFICER, unit=SAI_GON)
    subject = factories.unit(SAI_GON)
    for given, opens in (
        ({}, False),
        ({"purpose": "other", "detail": "  ngắn "}, False),
        ({"purpose": "contact", "detail": "hỏi lại số nhà"}, True),
    ):
        request = rf.post("/", given)
        request.user = officer
        gate = personal.ask(request, subject=subject, fields=["phone"], unit_code=SAI_GON, at=NOON)
        assert gate.is_open is opens
    event = Event.objects.get(kind=Kind.PERSONAL_DATA_SEEN)
    assert event.data == '{"fields":["phone"],"purpose":"contact: hỏi lại số nhà"}'
    assert event.actor == officer
