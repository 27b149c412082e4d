"""The ledger: written once, without gaps, and every tampering found with its number."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from dodem.audit import origin, queries
from dodem.audit.kinds import Kind
from dodem.audit.ledger import Entry, append, record
from dodem.audit.models import Event
from dodem.audit.verify import note_head, verify
from tests import factories
from tests.factories import NOON, SAI_GON
from tests.ledger_tools import unguarded
from tests.processes import finish

pytestmark = pytest.mark.django_db

WRITER = """
import sys
from django.db import transaction
from django.utils import timezone
from dodem.audit.kinds import Kind
from dodem.audit.ledger import record
from dodem.units.models import Unit
name, number = sys.argv[1], int(sys.argv[2])
city = Unit.objects.get(code="79")
for turn in range(number):
    with transaction.atomic():
        record(Kind.SYSTEM_STARTED, city, by=None, at=timezone.now(), unit_code="79", writer=name, turn=turn)
"""
VERIFY = """
from collections import Counter
import json
from dodem.audit.models import Event
from dodem.audit.verify import verify
report = verify()
wrote = Counter(json.loads(data).get("writer") for data in Event.objects.values_list("data", flat=True))
faults = [fault.message for fault in report.faults]
print(json.dumps({"faults": faults, "events": report.events, "wrote": wrote}))
"""


@pytest.fixture
def first():
    """Five events; the number of the first of them."""
    events = append(
        [Entry(kind=Kind.TASK_STARTED, object_type="task", object_key=f"NV-{i}", at=NOON) for i in range(5)]
    )
    return events[0].number


def tamper(*statements):
    with unguarded() as cursor:
        for sql, values in statements:
            cursor.execute(sql, values)


def test_an_untouched_ledger_verifies(first):
    report = verify()
    assert report.faults == []
    assert report.events == Event.objects.count() == first + 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET unit_code = 'x' WHERE number = %s",
        "DELETE FROM audit_event WHERE number = %s",
    ],
)
def test_the_database_itself_refuses_to_change_an_event(first, statement):
    with (
        pytest.raises(DatabaseError, match="written once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [first])
    assert verify().faults == []


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no TRUNCATE; DELETE is refused there"
)
def test_the_database_refuses_to_empty_the_ledger(city):
    with (
        pytest.raises(DatabaseError, match="written once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_event")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2020-01-01 00:00:00+00:00"),
        ("kind", "task.closed"),
        ("role", "leader"),
        ("object_type", "case"),
        ("object_key", "NV-9"),
        ("unit_code", SAI_GON),
        ("data", '{"a":1}'),
        ("origin", "web 203.0.113.9"),
        ("hash", "f" * 64),
    ],
)
def test_an_altered_column_is_found_with_the_number_of_its_event(first, column, value):
    tamper((f'UPDATE audit_event SET "{column}" = %s WHERE number = %s', [value, first + 2]))
    assert first + 2 in {fault.number for fault in verify().faults}


def test_an_altered_actor_is_found(first):
    tamper(("UPDATE audit_event SET actor_id = %s WHERE number = %s", [factories.user().pk, first + 2]))
    assert [fault.number for fault in verify().faults] == [first + 2]


def test_a_removed_event_is_found_with_its_number(first):
    tamper(("DELETE FROM audit_event WHERE number = %s", [first + 2]))
    faults = verify().faults
    assert [fault.number for fault in faults] == [first + 2]
    assert faults[0].message == f"Mất sự kiện từ số {first + 2} đến số {first + 2}."


def test_a_removed_event_whose_number_was_closed_up_is_found(first):
    tamper(
        ("DELETE FROM audit_event WHERE number = %s", [first + 2]),
        ("UPDATE audit_event SET number = %s WHERE number = %s", [first + 2, first + 3]),
        ("UPDATE audit_event SET number = %s WHERE number = %s", [first + 3, first + 4]),
    )
    assert first + 2 in {fault.number for fault in verify().faults}


def test_two_events_in_each_other_s_place_are_found(first):
    tamper(
        ("UPDATE audit_event SET number = %s WHERE number = %s", [10**9, first + 1]),
        ("UPDATE audit_event SET number = %s WHERE number = %s", [first + 1, first + 2]),
        ("UPDATE audit_event SET number = %s WHERE number = %s", [first + 2, 10**9]),
    )
    assert {first + 1, first + 2} <= {fault.number for fault in verify().faults}


def test_a_tail_that_was_cut_off_is_found_by_the_noted_head(first, tmp_path):
    heads = tmp_path / "ledger.heads"
    note_head(heads)
    note_head(heads)
    assert len(heads.read_text().splitlines()) == 1
    assert verify(heads=heads).faults == []
    tamper(("DELETE FROM audit_event WHERE number >= %s", [first + 3]))
    assert verify().faults == []
    faults = verify(heads=heads).faults
    assert [fault.message for fault in faults] == [
        f"Mất sự kiện từ số {first + 3} đến ít nhất số {first + 4}."
    ]


def test_a_ledger_written_anew_from_some_event_on_is_found_by_the_noted_head(first, tmp_path):
    heads = tmp_path / "ledger.heads"
    note_head(heads)
    tamper(("DELETE FROM audit_event WHERE number >= %s", [first + 3]))
    append([Entry(kind=Kind.TASK_CLOSED, object_type="task", object_key="NV-8", at=NOON) for _ in range(2)])
    assert verify().faults == []
    assert [fault.number for fault in verify(heads=heads).faults] == [first + 4]


def test_a_torn_last_line_of_the_heads_is_passed_over(first, tmp_path):
    heads = tmp_path / "ledger.heads"
    note_head(heads)
    with heads.open("a") as handle:
        handle.write("99999999 abc")
    assert verify(heads=heads).faults == []


def test_nothing_is_recorded_outside_a_transaction(city):
    unit = factories.unit(SAI_GON)
    connection.in_atomic_block, kept = False, connection.in_atomic_block
    try:
        with pytest.raises(AssertionError, match="in the transaction"):
            record(Kind.UNIT_RENAMED, unit, by=None, at=NOON)
    finally:
        connection.in_atomic_block = kept


def test_a_change_that_fails_leaves_no_event(first):
    class Failed(Exception):
        pass

    def change():
        with transaction.atomic():
            record(Kind.UNIT_RENAMED, factories.unit(SAI_GON), by=None, at=NOON)
            raise Failed

    before = Event.objects.count()
    with pytest.raises(Failed):
        change()
    assert Event.objects.count() == before
    assert verify().faults == []


def test_an_object_s_timeline_tells_who_when_and_in_which_role(city):
    unit, officer = factories.unit(SAI_GON), factories.user(name="Lê Văn Làm")
    with origin.entering("web 203.0.113.7"):
        origin.acting_as("officer")
        event = record(Kind.UNIT_RENAMED, unit, by=officer, at=NOON, unit_code=unit.code, after="Tên Mới")
    assert event.origin == "web 203.0.113.7"
    item = queries.timeline(unit)[0]
    assert (item.label, item.actor, item.role, item.at) == ("Đổi tên đơn vị", "Lê Văn Làm", "officer", NOON)
    assert item.data == {"after": "Tên Mới"}


def test_writers_in_several_processes_make_one_unbroken_chain(own_database):
    writers = [own_database.start(WRITER, f"w{number}", "25") for number in range(4)]
    for writer in writers:
        finish(writer)
    result = json.loads(own_database.run(VERIFY))
    assert result["faults"] == []
    assert {f"w{number}": 25 for number in range(4)}.items() <= result["wrote"].items()
    assert result["events"] == sum(result["wrote"].values())
