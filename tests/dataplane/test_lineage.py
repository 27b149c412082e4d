"""A published figure re-opens exactly as it was, whatever came later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dodem.dataplane import clean, landing, lineage, measure
from dodem.dataplane.definitions import Definitions, Indicator, Register
from dodem.dataplane.measure import NoSuchColumn, Observation, RecordPage
from dodem.dataplane.store import NothingThere, RegisterVersion, Store
from tests.dataplane.files import NOON, SAI_GON, SCOPES, TODAY, csv_bytes, dossier, open_dossier

NOVEMBER = TODAY.replace(day=1)


@pytest.fixture
def indicator(definitions: Definitions) -> Indicator:
    return definitions.indicators["dossiers_on_time"]


def deliver(
    store: Store, register: Register, rows: list[dict[str, str]], *, hours: int = 0
) -> RegisterVersion:
    landing.receive(
        store,
        register=register,
        filename=f"{hours}.csv",
        content=csv_bytes(rows),
        received_at=NOON + timedelta(hours=hours),
        origin="test",
    )
    return clean.build_register(store, register, as_of=TODAY)


def figure(version: RegisterVersion, indicator: Indicator) -> Observation:
    found = measure.observe(version, indicator, as_of=TODAY, scopes=SCOPES)
    return next(one for one in found if one.unit_code == "79" and one.period_start == NOVEMBER)


def opened(version: RegisterVersion, indicator: Indicator, **changes: object) -> RecordPage:
    asked: dict[str, object] = {"unit_code": "79", "period_start": NOVEMBER, **changes}
    return measure.records_behind(version, indicator, as_of=TODAY, scopes=SCOPES, **asked)  # type: ignore[arg-type]


def test_a_figure_published_before_three_later_versions_reopens_with_the_same_rows_and_value(
    store: Store, dossiers: Register, indicator: Indicator
) -> None:
    published = deliver(store, dossiers, [dossier(), open_dossier(dossier_code="H29-2")])
    store.keep_indicator(digest=indicator.digest, text=indicator.source_text)
    before, rows_before = figure(published, indicator), opened(published, indicator)

    for hours in (1, 2, 3):
        later = deliver(
            store, dossiers, [dossier(dossier_code="H29-2", applicant_name=f"Bản {hours}")], hours=hours
        )
    trace = lineage.trace(Store(store.root), version_id=published.id, definition_digest=indicator.digest)

    assert figure(trace.version, trace.indicator) == before
    assert opened(trace.version, trace.indicator) == rows_before
    assert figure(later, indicator) != before
    assert [one.id for one in trace.deliveries] == list(published.delivery_ids)
    assert trace.register.digest == dossiers.digest
    assert lineage.verify(store, published) == []


def test_each_record_leads_to_its_line_in_its_file(
    store: Store, dossiers: Register, indicator: Indicator
) -> None:
    deliver(
        store, dossiers, [dossier(dossier_code=f"H29-{place}", due_on="10/11/2026") for place in range(5)]
    )
    version = deliver(store, dossiers, [dossier(dossier_code="H29-3", returned_on="2026-11-20")], hours=1)

    page = opened(version, indicator, part="shortfall")

    assert page.total == 1
    row = lineage.source_row(store, page.rows[0]["delivery_id"], page.rows[0]["row_number"])
    assert row == dossier(dossier_code="H29-3", returned_on="2026-11-20")


def test_records_page_sort_and_never_overlap(store: Store, dossiers: Register, indicator: Indicator) -> None:
    rows = [dossier(dossier_code=f"H{place:02d}", applicant_name=f"N{place % 3}") for place in range(20)]
    version = deliver(store, dossiers, rows)

    pages = [
        opened(version, indicator, order_by="applicant_name", descending=True, limit=7, offset=offset)
        for offset in (0, 7, 14)
    ]

    keys = [row["record_key"] for page in pages for row in page.rows]
    assert sorted(keys) == [row["dossier_code"] for row in rows]
    names = [row["applicant_name"] for page in pages for row in page.rows]
    assert names == sorted(names, reverse=True)
    assert {page.total for page in pages} == {20}


def test_records_cannot_be_sorted_by_what_is_no_column(
    store: Store, dossiers: Register, indicator: Indicator
) -> None:
    version = deliver(store, dossiers, [dossier()])

    with pytest.raises(NoSuchColumn, match="Không sắp xếp được"):
        opened(version, indicator, order_by='due_on"; DROP TABLE x; --')


def test_an_export_names_file_and_line_masks_what_it_must_and_runs_nothing(
    store: Store, dossiers: Register, indicator: Indicator
) -> None:
    version = deliver(store, dossiers, [dossier(procedure_name="+84 gọi", applicant_name="Lê Bí Mật")])

    text = "".join(
        measure.export_csv(
            version,
            indicator,
            as_of=TODAY,
            scopes=SCOPES,
            unit_code=SAI_GON,
            period_start=NOVEMBER,
            show=lambda column, value: "•••" if column.privacy != "public" else value,
        )
    )

    header, row = text.removeprefix("\ufeff").splitlines()
    assert header.startswith("Mã hồ sơ,")
    assert row.endswith(f"{version.delivery_ids[0]},2")
    assert "'+84 gọi" in row
    assert "Đã trả kết quả" in row
    assert "Bí Mật" not in text


def test_a_file_altered_on_disk_is_found(store: Store, dossiers: Register) -> None:
    version = deliver(store, dossiers, [dossier()])
    original = store.delivery(version.delivery_ids[0]).original
    original.write_bytes(original.read_bytes().replace(b"2026-11-09", b"2026-11-08"))

    faults = lineage.verify(store, version)

    assert [(fault.address, fault.file) for fault in faults] == [(version.delivery_ids[0], "original.csv")]


@pytest.mark.parametrize("name", ["", "../etc", "dossiers/../..", "*", "x@2026-01-01.1", "/etc/passwd"])
def test_an_address_that_is_not_in_the_store_says_so(store: Store, name: str) -> None:
    for ask in (store.delivery, store.version, store.indicator_text):
        with pytest.raises(NothingThere, match=r"Không có|không giữ"):
            ask(name)


def test_the_query_shown_is_the_query_run(store: Store, dossiers: Register, indicator: Indicator) -> None:
    """What is shown, run on the version's records, gives the published figures."""
    import duckdb

    version = deliver(store, dossiers, [dossier(), open_dossier(dossier_code="H29-2")])
    duckdb.execute(f"CREATE OR REPLACE TEMP VIEW dossiers AS FROM read_parquet('{version.records_path}')")
    duckdb.execute("CREATE OR REPLACE TEMP TABLE scope (unit_code VARCHAR, scope_code VARCHAR)")
    duckdb.executemany("INSERT INTO scope VALUES (?, ?)", SCOPES)

    shown = duckdb.execute(measure.sql_shown(indicator), {"as_of": TODAY}).fetchall()

    observed = measure.observe(version, indicator, as_of=TODAY, scopes=SCOPES)
    assert [(unit, period, group, int(top), int(base)) for unit, period, group, base, top in shown] == [
        (one.unit_code, one.period_start, one.group, one.numerator, one.denominator) for one in observed
    ]
