"""The figure page: six parts, down to the line of the file; as published, after the data changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from dodem.access.models import User
from dodem.access.roles import Role
from dodem.audit.kinds import Kind
from dodem.audit.models import Event
from dodem.indicators import queries
from dodem.indicators.models import Observation
from dodem.pipeline import own_tables
from dodem.registers.models import Delivery
from tests import factories
from tests.web import walk_one
from tests.web.walk_one import APPLICANT, NOW, dossier, drop, file_of, round_of_work

pytestmark = pytest.mark.django_db
In = Callable[[User], Client]
PANEL = {"HX-Request": "true", "HX-Target": "panel-body"}


@pytest.fixture(autouse=True)
def published(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One release over a small file: Sài Gòn 1 of 3 on time, Bến Thành 1 of 1, a month before."""
    monkeypatch.setattr(own_tables, "TABLES", {})
    walk_one.open_centre(tmp_path, settings)
    drop(
        "thang-11.csv",
        file_of(
            dossier(1),
            dossier(2, returned="2026-11-12"),
            dossier(3, returned=""),
            dossier(4, unit=factories.BEN_THANH),
            dossier(5, due="2026-10-20", received="2026-10-01", returned="2026-10-19"),
        ),
    )
    round_of_work()
    return tmp_path


def figure(unit: str = factories.CITY, code: str = "dossiers_on_time") -> Observation:
    found = queries.current([code], [unit], now=NOW)[code, unit]
    return Observation.objects.select_related("unit", "release").get(pk=found.id)


def address(name: str, *args: object) -> str:
    return reverse(f"indicators:{name}", args=args)


def row_address(observation: Observation, line: int, name: str = "row") -> str:
    return address(name, observation.pk, Delivery.objects.first().key, line)  # type: ignore[union-attr]


def test_the_page_shows_the_formula_with_its_numbers_and_all_six_parts(client_for: In) -> None:
    page = client_for(factories.user(role=Role.STANDING_OFFICE)).get(figure().get_absolute_url())

    body = page.content.decode()
    assert page.status_code == 200
    for title in (
        "Công thức",
        "Theo thời gian",
        "Nguồn và thời điểm",
        "Theo đơn vị",
        "Bản ghi",
        "Định nghĩa",
    ):
        assert title in body
    assert "50,0%" in body
    assert address("records", figure().pk) + "?phan=numerator" in body
    assert "SELECT scope_code" in body
    assert Delivery.objects.get().sha256 in body
    assert f"?so={figure().pk}" in body


def test_the_panel_gets_the_sheet_alone(client_for: In) -> None:
    client = client_for(factories.user(role=Role.LEADER))
    part = client.get(figure().get_absolute_url(), headers=PANEL)
    assert "<html" not in part.content.decode()
    assert '<article class="sheet"' in part.content.decode()
    assert "HX-Target" in part["Vary"]


def test_the_page_keeps_its_query_budget(
    client_for: In, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = client_for(factories.user(role=Role.LEADER))
    client.get(figure().get_absolute_url())
    observation = figure()
    with django_assert_max_num_queries(24):
        client.get(observation.get_absolute_url())


def test_units_stand_worst_first_and_each_opens_its_own_figure(client_for: In) -> None:
    body = client_for(factories.user(role=Role.LEADER)).get(figure().get_absolute_url()).content.decode()
    worst, best = figure(factories.SAI_GON), figure(factories.BEN_THANH)
    units = body[body.index("Theo đơn vị") : body.index("Bản ghi")]
    assert units.index(worst.get_absolute_url()) < units.index(best.get_absolute_url())
    assert "181 đơn vị chưa có số" in units


def test_figures_are_open_to_every_unit_but_what_is_behind_them_is_not(client_for: In) -> None:
    officer = client_for(factories.user(role=Role.OFFICER, unit=factories.BEN_THANH))

    own, other, city = figure(factories.BEN_THANH), figure(factories.SAI_GON), figure()
    assert "H29.000004" in officer.get(own.get_absolute_url()).content.decode()
    for elsewhere in (other, city):
        page = officer.get(elsewhere.get_absolute_url())
        assert page.status_code == 200
        assert "H29.00000" not in page.content.decode()
        assert "Bạn không xem được bản ghi" in page.content.decode()
        assert officer.get(address("records", elsewhere.pk)).status_code == 404
        assert officer.get(address("records_csv", elsewhere.pk)).status_code == 404
        assert officer.get(row_address(elsewhere, 2)).status_code == 404
    assert officer.get(row_address(own, 5)).status_code == 200


def test_a_row_the_figure_does_not_count_is_not_found_beneath_it(client_for: In) -> None:
    officer = client_for(factories.user(role=Role.OFFICER, unit=factories.BEN_THANH))
    own = figure(factories.BEN_THANH)
    assert officer.get(row_address(own, 2)).status_code == 404
    assert officer.get(row_address(own, 999)).status_code == 404


def test_records_come_by_part_in_order_and_page_by_page(client_for: In) -> None:
    client = client_for(factories.user(role=Role.LEADER))
    records = address("records", figure().pk)

    late = client.get(records, {"phan": "shortfall"}).content.decode()
    assert "H29.000002" in late
    assert "H29.000003" in late
    assert "H29.000001" not in late
    ordered = client.get(records, {"sort": "-dossier_code"}).content.decode()
    assert ordered.index("H29.000004") < ordered.index("H29.000001")
    assert 'aria-sort="descending"' in ordered
    assert client.get(records, {"sort": "no_such_column", "page": "zero", "phan": "x"}).status_code == 200
    part = client.get(records, headers={"HX-Request": "true", "HX-Target": f"ban-ghi-{figure().pk}"})
    assert part.content.decode().lstrip().startswith(f'<div id="ban-ghi-{figure().pk}">')


def test_the_csv_holds_every_record_of_the_part_and_no_name(client_for: In) -> None:
    client = client_for(factories.user(role=Role.LEADER))
    answer = client.get(address("records_csv", figure().pk), {"phan": "shortfall"})
    text = b"".join(answer.streaming_content).decode()
    lines = text.strip().splitlines()
    assert text.startswith("\ufeff")
    assert len(lines) == 3
    assert APPLICANT not in text
    assert "•••" in text


def test_a_row_is_shown_as_the_file_had_it_and_its_name_only_for_a_purpose(client_for: In) -> None:
    officer = factories.user(role=Role.OFFICER, unit=factories.SAI_GON)
    client = client_for(officer)
    own = figure(factories.SAI_GON)

    page = client.get(row_address(own, 3)).content.decode()
    assert "H29.000002" in page
    assert "thang-11.csv" in page
    assert "dòng 3" in page
    assert APPLICANT not in page

    unmask = row_address(own, 3, "unmask_row")
    assert client.post(unmask, {"purpose": ""}).status_code == 422
    assert APPLICANT in client.post(unmask, {"purpose": "verify"}).content.decode()
    look = Event.objects.get(kind=Kind.PERSONAL_DATA_SEEN)
    assert (look.actor, look.object_type, look.object_key) == (officer, "observation", str(own.pk))
    elsewhere = client_for(factories.user(role=Role.OFFICER, unit=factories.BEN_THANH))
    assert elsewhere.post(unmask, {"purpose": "verify"}).status_code == 404


def test_an_earlier_figure_opens_as_published_and_points_to_the_newer_one(client_for: In) -> None:
    old = figure()
    old_ward = figure(factories.SAI_GON)
    drop("sua.csv", file_of(dossier(2, returned="2026-11-09"), dossier(3, returned="2026-11-09")))
    round_of_work(NOW + timedelta(hours=1))
    new = figure()
    assert new.pk != old.pk
    client = client_for(factories.user(role=Role.LEADER))

    page = client.get(old.get_absolute_url()).content.decode()

    assert "Đây là số đã công bố ở bản số 1" in page
    assert new.get_absolute_url() in page
    assert "50,0%" in page
    assert old_ward.get_absolute_url() in page
    records = client.get(address("records", old.pk), {"phan": "shortfall"}).content.decode()
    assert "H29.000002" in records
    fresh = client.get(new.get_absolute_url()).content.decode()
    assert "100,0%" in fresh
    assert "Đây là số đã công bố" not in fresh


def test_a_figure_of_a_silent_source_says_so_on_top(client_for: In) -> None:
    from dodem.registers.models import Source

    Source.objects.filter(code="dossiers").update(heard_at=NOW - timedelta(days=10))
    page = client_for(factories.user(role=Role.LEADER)).get(figure().get_absolute_url()).content.decode()
    assert "Nguồn quá nhịp từ" in page


def test_no_data_is_said_in_words_and_never_as_zero(client_for: In) -> None:
    drop("sua.csv", file_of(dossier(4, unit=factories.SAI_GON)))
    round_of_work(NOW + timedelta(hours=1))
    page = client_for(factories.user(role=Role.LEADER)).get(figure(factories.BEN_THANH).get_absolute_url())
    body = page.content.decode()
    assert "chưa có số" in body
    assert "chưa có số, không phải bằng 0" in body


def test_a_figure_whose_version_is_gone_still_opens_and_says_what_is_missing(
    client_for: In, published: Path
) -> None:
    import shutil

    observation = figure()
    shutil.rmtree(published / "store" / "versions" / "dossiers")
    client = client_for(factories.user(role=Role.LEADER))
    page = client.get(observation.get_absolute_url())
    assert page.status_code == 200
    assert "Chưa mở được bản ghi" in page.content.decode()
    assert client.get(address("records", observation.pk)).status_code == 404


def test_published_figures_cannot_be_altered_even_by_hand() -> None:
    observation = figure()
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        Observation.objects.filter(pk=observation.pk).update(numerator=999)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        Observation.objects.filter(pk=observation.pk)._raw_delete("default")
    observation.refresh_from_db()
    assert observation.numerator == 2


def test_a_figure_is_refused_without_an_account(client: Client) -> None:
    answer = client.get(figure().get_absolute_url())
    assert answer.status_code == 302
    assert "/dang-nhap/" in answer["Location"]


def test_releases_list_what_changed_from_what_to_what(client_for: In) -> None:
    drop("sua.csv", file_of(dossier(2, returned="2026-11-09")))
    round_of_work(NOW + timedelta(hours=1))
    client = client_for(factories.user(role=Role.LEADER))
    assert client.get(reverse("pipeline:releases")).content.decode().count("bản số") >= 2
    page = client.get(reverse("pipeline:release", args=[2])).content.decode()
    assert "50,0%" in page
    assert "75,0%" in page
    assert client.get(reverse("pipeline:release", args=[99])).status_code == 404
