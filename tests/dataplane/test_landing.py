"""What is taken is kept byte for byte, and every row knows its line."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta, timezone

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dodem.dataplane import landing, lineage
from dodem.dataplane.definitions import Definitions, Register
from dodem.dataplane.landing import Receipt
from dodem.dataplane.store import NothingThere, Store
from tests.dataplane.files import HEADERS, NOON, csv_bytes, dossier


def receive(store: Store, register: Register, content: bytes, filename: str = "a.csv") -> Receipt:
    return landing.receive(
        store, register=register, filename=filename, content=content, received_at=NOON, origin="test"
    )


def test_a_delivery_keeps_the_very_bytes_and_their_hash(store: Store, dossiers: Register) -> None:
    content = csv_bytes([dossier()])

    delivery = receive(store, dossiers, content).delivery

    assert delivery.original.read_bytes() == content
    assert (delivery.rows, delivery.bytes, delivery.encoding) == (1, len(content), "utf-8")
    assert store.delivery(delivery.id) == delivery


def test_the_same_bytes_twice_are_one_delivery_whatever_they_are_called(
    store: Store, dossiers: Register
) -> None:
    first = receive(store, dossiers, csv_bytes([dossier()]))
    second = receive(store, dossiers, csv_bytes([dossier()]), filename="b.csv")

    assert (first.is_new, second.is_new) == (True, False)
    assert second.delivery == first.delivery
    assert len(store.deliveries()) == 1


def test_each_row_opens_to_its_line_as_it_stood_there(store: Store, dossiers: Register) -> None:
    rows = [
        dossier(dossier_code=" h29-1 "),
        dossier(applicant_name='Nguyễn "Bé" Ba'),
        dossier(status="Rút hồ sơ"),
    ]
    delivery = receive(store, dossiers, csv_bytes(rows)).delivery

    assert [lineage.source_row(store, delivery.id, line) for line in (2, 3, 4)] == rows
    with pytest.raises(NothingThere, match="dòng 5"):
        lineage.source_row(store, delivery.id, 5)


def test_lines_are_counted_through_blank_lines_and_line_breaks_in_cells(
    store: Store, dossiers: Register
) -> None:
    content = csv_bytes([dossier(applicant_name="hai\ndòng"), dossier(dossier_code="X2")])
    content = content.replace(b"\nX2", b"\n\n\nX2")

    delivery = receive(store, dossiers, content).delivery

    assert delivery.rows == 2
    assert lineage.source_row(store, delivery.id, 2)["applicant_name"] == "hai\ndòng"
    assert lineage.source_row(store, delivery.id, 6)["dossier_code"] == "X2"


@pytest.mark.parametrize(
    ("separator", "note"),
    [(";", "dấu chấm phẩy"), ("\t", "dấu tab"), ("|", "dấu gạch đứng")],
)
def test_another_separator_is_found_out_and_noted(
    store: Store, dossiers: Register, separator: str, note: str
) -> None:
    delivery = receive(store, dossiers, csv_bytes([dossier()], separator=separator)).delivery

    assert lineage.source_row(store, delivery.id, 2) == dossier()
    assert any(note in one for one in delivery.notes)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "tcvn3"])
def test_other_encodings_are_converted_and_named(store: Store, dossiers: Register, encoding: str) -> None:
    text = csv_bytes([dossier(dossier_code=f"H{place}") for place in range(20)]).decode()
    content = in_tcvn3(text) if encoding == "tcvn3" else text.encode(encoding)

    delivery = receive(store, dossiers, content).delivery

    assert delivery.encoding != "utf-8"
    assert lineage.source_row(store, delivery.id, 21)["status"] == "Đã trả kết quả"
    assert delivery.original.read_bytes() == content


def in_tcvn3(text: str) -> bytes:
    """The ABC encoding that offices used before Unicode."""
    codes = dict(zip("Đăãảầếìịóý", b"\xa7\xa8\xb7\xb6\xc7\xd5\xd7\xde\xe3\xfd", strict=True))
    return bytes(codes.get(letter, ord(letter)) for letter in text)


def test_titles_in_vietnamese_any_case_and_order_name_the_columns(store: Store, dossiers: Register) -> None:
    titles = {"dossier_code": "MÃ HỒ SƠ", "due_on": "Hạn trả kết quả", "unit_code": "don vi"}
    content = csv_bytes([dossier()], headers=reversed(HEADERS)).decode()
    for name, title in titles.items():
        content = content.replace(name, title, 1)

    delivery = receive(store, dossiers, content.encode()).delivery

    assert delivery.rows == 1
    assert "Hạn trả kết quả" in delivery.headers


def test_unknown_columns_are_kept_and_noted(store: Store, dossiers: Register) -> None:
    delivery = receive(
        store, dossiers, csv_bytes([dossier() | {"ghi_chu": "gấp"}], headers=[*HEADERS, "ghi_chu"])
    ).delivery

    assert any("ghi_chu" in note for note in delivery.notes)
    assert lineage.source_row(store, delivery.id, 2)["ghi_chu"] == "gấp"


def test_a_workbook_is_read_with_its_dates_numbers_and_row_numbers(store: Store, dossiers: Register) -> None:
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["Báo cáo tháng 11"])
    sheet = book.create_sheet("Dữ liệu")
    sheet.append(list(HEADERS))
    values: dict[str, object] = dict(dossier()) | {
        "received_on": date(2026, 11, 1),
        "due_on": datetime(2026, 11, 10, 17, 30),  # noqa: DTZ001 (a sheet knows no zone)
        "fully_online": True,
        "procedure_name": 12.0,
    }
    sheet.append([values[name] for name in HEADERS])
    sheet.append([])
    sheet.append([dossier(dossier_code="H2")[name] for name in HEADERS])
    stream = io.BytesIO()
    book.save(stream)

    delivery = receive(store, dossiers, stream.getvalue(), "a.xlsx").delivery

    row = lineage.source_row(store, delivery.id, 2)
    assert (row["received_on"], row["due_on"]) == ("2026-11-01", "2026-11-10 17:30:00")
    assert (row["fully_online"], row["procedure_name"]) == ("true", "12")
    assert lineage.source_row(store, delivery.id, 4)["dossier_code"] == "H2"
    assert delivery.rows == 2
    assert any("Dữ liệu" in note for note in delivery.notes)


def test_text_that_only_looks_like_a_formula_is_taken(store: Store, dossiers: Register) -> None:
    for place, text in enumerate(("=> chuyển Sở Y tế", "+84 28 3829", "-", "- chưa rõ", "@an", "-5")):
        receive(store, dossiers, csv_bytes([dossier(applicant_name=text, dossier_code=f"H{place}")]))

    assert len(store.deliveries()) == 6


def test_rows_of_our_own_tables_are_a_delivery_like_any_other(store: Store, definitions: Definitions) -> None:
    tasks = definitions.registers["tasks"]
    hanoi = timezone(timedelta(hours=7))
    row = {
        "task_code": "NV-1",
        "title": "Rà soát thủ tục",
        "lead_unit_code": "H29.KHCN",
        "programme_codes": ["NQ57", "DA06"],
        "assigned_on": date(2026, 11, 1),
        "has_evidence": True,
    }

    first = landing.rows_handed_in(store, register=tasks, rows=[row], received_at=NOON, origin="application")
    again = landing.rows_handed_in(
        store, register=tasks, rows=[row], received_at=NOON.astimezone(hanoi), origin="application"
    )

    assert (first.is_new, again.is_new) == (True, False)
    kept = lineage.source_row(store, first.delivery.id, 1)
    assert (kept["programme_codes"], kept["has_evidence"], kept["due_on"]) == ("NQ57|DA06", "true", "")


def test_a_table_that_went_back_to_an_earlier_state_is_news(store: Store, definitions: Definitions) -> None:
    tasks = definitions.registers["tasks"]
    plain = {"task_code": "NV-1", "lead_unit_code": "H29.KHCN", "assigned_on": date(2026, 11, 1)}
    states = [[plain], [plain | {"completed_on": date(2026, 11, 5)}], [plain], []]

    receipts = [
        landing.rows_handed_in(
            store, register=tasks, rows=rows, received_at=NOON + timedelta(hours=place), origin="application"
        )
        for place, rows in enumerate(states)
    ]

    assert [one.is_new for one in receipts] == [True, True, True, True]
    assert len({one.delivery.id for one in receipts}) == 4


def test_rows_with_an_unknown_key_or_a_naive_time_are_a_bug(store: Store, definitions: Definitions) -> None:
    cases = definitions.registers["cases"]
    for row in ({"case": "1"}, {"case_code": "1", "received_at": NOON.replace(tzinfo=None)}):
        with pytest.raises(ValueError, match=r"no field|aware"):
            landing.rows_handed_in(store, register=cases, rows=[row], received_at=NOON, origin="application")
    assert store.deliveries() == []


CELL = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters="\0\r\x01", exclude_categories=("Cs",)),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=10, max_size=10), min_size=1, max_size=8))
def test_whatever_stands_in_the_cells_comes_back_from_the_store(
    store: Store, dossiers: Register, cells: list[list[str]]
) -> None:
    rows = [
        dict(
            zip(
                HEADERS,
                ["H", *(cell if cell[:1] not in {"=", "@", "+", "-"} else "x" for cell in row[1:])],
                strict=True,
            )
        )
        for row in cells
    ]

    delivery = receive(store, dossiers, csv_bytes(rows)).delivery

    line = 2
    for row in rows:
        assert lineage.source_row(store, delivery.id, line) == row
        line += 1 + sum(cell.count("\n") for cell in row.values())


def test_when_it_arrived_must_be_aware(store: Store, dossiers: Register) -> None:
    with pytest.raises(ValueError, match="aware"):
        landing.receive(
            store,
            register=dossiers,
            filename="a.csv",
            content=csv_bytes([dossier()]),
            received_at=datetime(2026, 11, 22, tzinfo=UTC).replace(tzinfo=None),
            origin="test",
        )
