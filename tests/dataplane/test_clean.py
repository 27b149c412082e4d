"""Building a register: what is read, what is kept out, what wins, and who is told."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

import duckdb
import pytest

from dodem.dataplane import checks, clean, landing
from dodem.dataplane.definitions import Register, Severity
from dodem.dataplane.store import RegisterVersion, Store
from dodem.dataplane.unit_names import UnitDirectory
from tests.dataplane.files import NOON, SAI_GON, TAN_DINH, TODAY, csv_bytes, dossier, open_dossier


def deliver(store: Store, register: Register, rows: list[dict[str, str]], *, hours: int = 0) -> None:
    landing.receive(
        store,
        register=register,
        filename=f"{hours}.csv",
        content=csv_bytes(rows),
        received_at=NOON + timedelta(hours=hours),
        origin="test",
    )


def build(store: Store, register: Register) -> RegisterVersion:
    return clean.build_register(store, register, as_of=TODAY)


def records(version: RegisterVersion) -> dict[str, dict[str, Any]]:
    result = duckdb.execute(f"SELECT * FROM read_parquet('{version.records_path}')")
    names = [column[0] for column in result.description or ()]
    return {row[names.index("record_key")]: dict(zip(names, row, strict=True)) for row in result.fetchall()}


def test_fields_are_cleaned_and_the_reported_unit_is_kept_beside_its_code(
    store: Store, dossiers: Register
) -> None:
    row = dossier(
        dossier_code=" h29 - 1 ",
        unit_code=unicodedata.normalize("NFD", "phường  sài gòn"),
        received_on="01/11/2026",
        status="HOAN THANH",
        fully_online="Không",
    )
    deliver(store, dossiers, [row])

    record = records(build(store, dossiers))["H29-1"]

    assert (record["unit_code"], record["unit_code_reported"]) == (SAI_GON, "phường sài gòn")
    assert record["received_on"].isoformat() == "2026-11-01"
    assert (record["status"], record["fully_online"]) == ("returned", False)
    assert (record["accepted"], record["has_finding"], record["row_number"]) == (True, False, 2)


@pytest.mark.parametrize(
    ("change", "check", "severity"),
    [
        ({"dossier_code": ""}, "dossier_code_missing", Severity.REJECT),
        ({"unit_code": ""}, "unit_code_missing", Severity.REJECT),
        ({"unit_code": "Phường Không Có"}, "unit_code_unreadable", Severity.REJECT),
        ({"received_on": "hôm qua"}, "received_on_unreadable", Severity.REJECT),
        (
            {"received_on": "12/10/2026", "returned_on": "2026-10-11"},
            "returned_before_received",
            Severity.REJECT,
        ),
        (
            {"received_on": "2026-11-23", "due_on": "2026-11-30", "returned_on": "", "status": "Đang xử lý"},
            "received_in_future",
            Severity.REJECT,
        ),
        ({"returned_on": "2026-11-23"}, "returned_in_future", Severity.REJECT),
        ({"due_on": "2026-10-31"}, "due_before_received", Severity.WARN),
        ({"due_on": ""}, "due_on_missing", Severity.WARN),
        ({"due_on": "31/11/2026"}, "due_on_unreadable", Severity.WARN),
        ({"procedure_code": "ABC"}, "procedure_code_shape", Severity.WARN),
        ({"procedure_code": "-"}, "procedure_code_missing", Severity.WARN),
        ({"returned_on": ""}, "returned_without_date", Severity.WARN),
        ({"status": "Đang xử lý"}, "open_with_date", Severity.WARN),
        ({"status": "đang bay"}, "status_unreadable", Severity.WARN),
        ({"fully_online": "chắc thế"}, "fully_online_unreadable", Severity.WARN),
        ({"applicant_name": "TEST 1"}, "dummy_applicant", Severity.WARN),
        (
            {
                "received_on": "2026-01-01",
                "due_on": "2026-02-01",
                "returned_on": "",
                "status": "Đang giải quyết",
            },
            "long_forgotten",
            Severity.WARN,
        ),
    ],
)
def test_a_fault_is_found_by_its_check_and_no_other(
    store: Store, dossiers: Register, change: dict[str, str], check: str, severity: Severity
) -> None:
    deliver(store, dossiers, [dossier(dossier_code="SOUND"), dossier(dossier_code="H29-1") | change])

    version = build(store, dossiers)

    found = checks.findings(version)
    assert [(one.check, one.severity, one.row_number) for one in found] == [(check, severity, 3)]
    assert (version.records, version.rejected) == ((1, 1) if severity is Severity.REJECT else (2, 0))
    assert found[0].unit_code == ("H29.VP" if check.startswith("unit_code") else SAI_GON)
    assert "{value}" not in found[0].message.vi
    assert found[0].remedy.vi


def test_every_check_of_the_dossiers_is_tried_above(dossiers: Register) -> None:
    marks = test_a_fault_is_found_by_its_check_and_no_other.pytestmark[0]  # type: ignore[attr-defined]
    tried = {case[1] for case in marks.args[1]} | {
        "repeated_in_file",  # below
        "received_on_missing",
        "returned_on_unreadable",
    }
    assert {check.code for check in dossiers.checks} == tried


def test_a_row_twice_in_one_file_is_reported_and_the_last_is_used(store: Store, dossiers: Register) -> None:
    deliver(store, dossiers, [open_dossier(), dossier()])

    version = build(store, dossiers)

    assert records(version)["H29-1"]["row_number"] == 3
    assert [one.check for one in checks.findings(version)] == ["repeated_in_file"]


def test_a_later_delivery_replaces_a_record_and_leaves_the_others(store: Store, dossiers: Register) -> None:
    deliver(store, dossiers, [open_dossier(), open_dossier(dossier_code="H29-2")])
    deliver(store, dossiers, [dossier()], hours=24)

    found = records(build(store, dossiers))

    assert {key: record["status"] for key, record in found.items()} == {
        "H29-1": "returned",
        "H29-2": "in_progress",
    }


def test_a_bad_row_never_displaces_a_good_one_and_goes_when_a_good_one_comes(
    store: Store, dossiers: Register
) -> None:
    deliver(store, dossiers, [open_dossier()])
    deliver(store, dossiers, [dossier(received_on="???")], hours=1)
    between = build(store, dossiers)
    deliver(store, dossiers, [dossier()], hours=2)
    after = build(store, dossiers)

    assert (between.records, between.rejected, between.findings) == (1, 1, 1)
    assert (after.records, after.rejected, after.findings) == (1, 0, 0)


def test_a_clock_set_back_does_not_change_what_came_last(store: Store, dossiers: Register) -> None:
    deliver(store, dossiers, [open_dossier()], hours=5)
    deliver(store, dossiers, [dossier()], hours=-5)

    assert records(build(store, dossiers))["H29-1"]["status"] == "returned"


def test_files_with_other_columns_merge_all_the_same(store: Store, dossiers: Register) -> None:
    deliver(store, dossiers, [dossier()])
    content = csv_bytes([dossier(dossier_code="H29-2")], separator=";").replace(
        b"due_on", "Hạn giải quyết".encode()
    )
    landing.receive(
        store, register=dossiers, filename="b.csv", content=content, received_at=NOON, origin="test"
    )

    assert {record["due_on"].isoformat() for record in records(build(store, dossiers)).values()} == {
        "2026-11-10"
    }


def test_the_same_inputs_are_the_same_version_and_new_ones_a_new(store: Store, dossiers: Register) -> None:
    deliver(store, dossiers, [dossier()])
    first, again = build(store, dossiers), build(store, dossiers)
    deliver(store, dossiers, [dossier(dossier_code="H29-2")], hours=1)
    second = build(store, dossiers)
    tomorrow = clean.build_register(store, dossiers, as_of=TODAY + timedelta(days=1))

    assert again == first
    assert [one.id for one in store.versions("dossiers")] == [
        "dossiers@2026-11-22.1",
        "dossiers@2026-11-22.2",
        "dossiers@2026-11-23.3",
    ]
    assert store.current("dossiers") == tomorrow
    assert second.delivery_ids[0] == first.delivery_ids[0]


def test_equal_inputs_give_equal_bytes(store: Store, dossiers: Register, tmp_path: Any) -> None:
    other = Store(tmp_path / "other")
    for one in (store, other):
        deliver(one, dossiers, [dossier(dossier_code=f"H{place}") for place in range(500)])

    assert build(store, dossiers).parts == build(other, dossiers).parts


def test_a_version_of_chosen_deliveries_does_not_come_into_force(store: Store, dossiers: Register) -> None:
    deliver(store, dossiers, [dossier()])
    deliver(store, dossiers, [dossier(dossier_code="H29-2")], hours=1)
    whole = build(store, dossiers)

    part = clean.build_register(store, dossiers, as_of=TODAY, deliveries=store.deliveries("dossiers")[:1])

    assert (part.records, whole.records) == (1, 2)
    assert store.current("dossiers") == whole


def test_the_day_a_file_arrived_is_the_city_s_day(store: Store, dossiers: Register) -> None:
    """18:00 UTC on the 22nd is the 23rd in Ho Chi Minh City: a dossier of the 23rd is not in the future."""
    deliver(store, dossiers, [open_dossier(received_on="2026-11-23", due_on="2026-11-30")], hours=13)

    assert build(store, dossiers).rejected == 0


def test_a_register_without_deliveries_builds_empty(store: Store, dossiers: Register) -> None:
    version = build(store, dossiers)

    assert (version.records, version.rejected, version.findings, version.last_received_at) == (0, 0, 0, None)


def test_findings_are_counted_by_check_and_unit_and_paged(store: Store, dossiers: Register) -> None:
    rows = [dossier(dossier_code=f"A{place}", procedure_code="-") for place in range(5)]
    rows += [dossier(dossier_code=f"B{place}", procedure_code="-", unit_code=TAN_DINH) for place in range(3)]
    deliver(store, dossiers, rows)
    version = build(store, dossiers)

    assert [(one.unit_code, one.rows) for one in checks.counts(version)] == [(SAI_GON, 5), (TAN_DINH, 3)]
    assert [one.record_key for one in checks.findings(version, limit=2, offset=4)] == ["A4", "B0"]
    assert len(checks.findings(version, unit_codes=[TAN_DINH])) == 3
    assert checks.findings(version, severity=Severity.REJECT) == []
    assert checks.findings(version, check="due_on_missing") == []


def test_units_that_differ_only_in_marks_are_told_apart_or_not_at_all() -> None:
    directory = UnitDirectory.shipped()

    assert directory.resolve("Xã Thạnh An") == "27676"
    assert directory.resolve("xã thanh an") == "25807"  # its own spelling
    assert directory.resolve("Xã Thành An") is None
    assert directory.resolve("phuong sai gon") == SAI_GON
    assert directory.resolve("Bến Nghé") is None


def test_the_city_may_bring_its_own_units(store: Store, dossiers: Register) -> None:
    deliver(store, dossiers, [dossier(unit_code="Phường Mới Lập")])
    units = UnitDirectory([("99999", ["Phường Mới Lập"])])

    version = clean.build_register(store, dossiers, as_of=TODAY, units=units)

    assert records(version)["H29-1"]["unit_code"] == "99999"
