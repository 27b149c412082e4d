"""The worker's round on real files: what arrives is published once, whatever is cut off or comes again."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from dodem.audit.kinds import Kind
from dodem.audit.models import Event
from dodem.audit.verify import verify
from dodem.indicators import queries
from dodem.indicators.models import Observation, Release
from dodem.pipeline import actions, inboxes, own_tables, worker
from dodem.registers import shelf
from dodem.registers.models import Delivery, Finding, RegisterVersion, Rejection
from dodem.units.models import Unit
from tests import factories
from tests.web import walk_one
from tests.web.walk_one import NOW, dossier, drop, file_of, round_of_work

pytestmark = pytest.mark.django_db
OUR_TABLES = own_tables.TABLES


@pytest.fixture(autouse=True)
def centre(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A centre that only hears from outside: our own tables take part where a test asks for them."""
    monkeypatch.setattr(own_tables, "TABLES", {})
    return walk_one.open_centre(tmp_path, settings)


@pytest.fixture
def own_tables_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_tables, "TABLES", OUR_TABLES)


def on_time(unit: str = factories.CITY) -> queries.Figure:
    return queries.current(["dossiers_on_time"], [unit], now=NOW)["dossiers_on_time", unit]


def test_a_dropped_file_becomes_a_figure_in_one_round_and_a_second_round_does_nothing() -> None:
    drop("ho-so.csv", file_of(dossier(1), dossier(2, returned="2026-11-12"), dossier(3, returned="")))

    round_of_work()

    assert (on_time().numerator, on_time().denominator, on_time().text) == (1, 3, "33,3%")
    assert on_time(factories.SAI_GON).value == on_time().value
    assert round_of_work() == []
    assert Release.objects.get().observations_added == Observation.objects.count()


def test_taken_files_are_moved_away_and_unfinished_ones_wait() -> None:
    taken = drop("xong.csv", file_of(dossier(1)))
    young = drop("moi.csv", file_of(dossier(2)), age=timedelta(seconds=1))
    part = drop("dang-gui.csv.part", file_of(dossier(3)))

    round_of_work()

    assert not taken.exists()
    assert [path.name.rpartition("--")[2] for path in (taken.parent / ".done").iterdir()] == ["xong.csv"]
    assert young.exists()
    assert part.exists()
    assert Delivery.objects.filter(source__code="dossiers").count() == 1


def test_a_bad_file_leaves_its_refusal_and_nothing_else() -> None:
    drop("hong.csv", b"a,b\n1,2\n")

    assert "rejected dossiers missing_columns" in round_of_work()

    refusal = Rejection.objects.get()
    assert (refusal.code, refusal.filename, refusal.bytes) == ("missing_columns", "hong.csv", 8)
    assert "dossier_code" in refusal.message
    assert shelf.open_store().deliveries("dossiers") == []
    assert not Delivery.objects.filter(source__code="dossiers").exists()


def test_the_same_file_again_is_one_delivery_and_a_sign_of_life() -> None:
    drop("a.csv", file_of(dossier(1)))
    round_of_work()
    release = Release.objects.get()

    later = NOW + timedelta(hours=2)
    drop("b.csv", file_of(dossier(1)))
    done = round_of_work(later)

    delivery = Delivery.objects.get(source__code="dossiers")
    assert any(what.startswith("received again") for what in done)
    assert delivery.repeats.count() == 1
    assert walk_one.source().heard_at == later
    assert Release.objects.latest("number") == release


def test_a_crash_before_the_file_was_moved_neither_doubles_nor_calls_it_a_repeat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = drop("a.csv", file_of(dossier(1)))
    now = path.stat().st_ctime + 60
    at = NOW.fromtimestamp(now, tz=NOW.tzinfo)

    def power_cut(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(inboxes, "move", power_cut)
    round_of_work(at)
    monkeypatch.undo()
    round_of_work(at)

    assert not path.exists()
    delivery = Delivery.objects.get(source__code="dossiers")
    assert delivery.repeats.count() == 0
    assert Event.objects.filter(kind=Kind.DELIVERY_RECEIVED, object_key=delivery.key).count() == 1
    assert not Event.objects.filter(kind=Kind.DELIVERY_REPEATED).exists()


def test_a_refusal_is_noted_once_when_the_crash_came_before_the_file_was_moved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = drop("hong.csv", b"")
    at = NOW.fromtimestamp(path.stat().st_ctime + 60, tz=NOW.tzinfo)
    monkeypatch.setattr(inboxes, "move", lambda *args, **kwargs: 1 / 0)
    round_of_work(at)
    monkeypatch.undo()
    round_of_work(at)

    assert Rejection.objects.count() == 1
    assert not path.exists()


def test_a_delivery_in_the_store_that_no_table_knows_is_found_and_published(tmp_path: Path) -> None:
    from dodem.dataplane import landing

    content = tmp_path / "a.csv"
    content.write_bytes(file_of(dossier(1)))
    landing.receive(
        shelf.open_store(),
        register=walk_one.source().register,
        filename="a.csv",
        content=content,
        received_at=NOW - timedelta(minutes=5),
        origin="web upload",
    )

    round_of_work()

    assert Delivery.objects.get(source__code="dossiers").origin == "web upload"
    assert on_time().denominator == 1


def test_a_correction_replaces_the_figure_and_the_old_one_still_opens_as_it_was() -> None:
    from dodem.indicators.reopen import reopen

    drop("thang.csv", file_of(dossier(1), dossier(2, returned="")))
    round_of_work()
    first = Observation.objects.get(pk=on_time().id)

    drop("sua.csv", file_of(dossier(2, returned="2026-11-10")))
    round_of_work(NOW + timedelta(hours=1))

    now = Observation.objects.get(pk=on_time().id)
    assert now.replaces == first
    assert (first.numerator, first.denominator) == (1, 2)
    assert (now.numerator, now.denominator) == (2, 2)
    assert reopen(first).records(part="shortfall", limit=5).total == 1
    assert reopen(now).records(part="shortfall", limit=5).total == 0
    as_it_was = Observation.objects.as_published(number=first.release.number)
    assert as_it_was.get(indicator="dossiers_on_time", unit__code="79", group="") == first


def test_every_published_figure_equals_the_records_behind_it() -> None:
    from dodem.indicators.reopen import reopen

    drop(
        "thang.csv",
        file_of(
            dossier(1),
            dossier(2, returned="2026-11-12"),
            dossier(3, returned="", unit=factories.BEN_THANH),
            dossier(4, due="2026-10-10", received="2026-10-01", returned="2026-10-08"),
            dossier(5, unit="không có đơn vị này"),
        ),
    )
    round_of_work()

    figures = Observation.objects.filter(version__source__code="dossiers").exclude(numerator=0, denominator=0)
    checked = 0
    for observation in figures.select_related("unit", "version", "release__scopes"):
        opened = reopen(observation)
        counted = opened.records(part="denominator", limit=1000)
        assert sum(int(str(row["numerator"])) for row in counted.rows) == observation.numerator
        if observation.denominator is not None:
            assert sum(int(str(row["denominator"])) for row in counted.rows) == observation.denominator
        checked += 1
    assert checked > 20


def test_records_that_vanish_leave_an_empty_figure_and_not_the_old_one() -> None:
    drop("thang.csv", file_of(dossier(1, unit=factories.BEN_THANH)))
    round_of_work()
    drop("sua.csv", file_of(dossier(1, unit=factories.SAI_GON)))
    round_of_work(NOW + timedelta(hours=1))

    emptied = on_time(factories.BEN_THANH)
    assert (emptied.numerator, emptied.denominator, emptied.value) == (0, 0, None)
    assert emptied.text == "chưa có số"


def test_the_day_turning_publishes_a_release_that_says_the_figures_still_hold() -> None:
    drop("a.csv", file_of(dossier(1)))
    round_of_work()

    tomorrow = NOW + timedelta(days=1)
    round_of_work(tomorrow)

    newest = queries.latest_release()
    assert newest is not None
    assert newest.number == 2
    assert newest.as_of == tomorrow.date()
    assert on_time().as_of == NOW.date()


def test_a_release_names_what_it_was_counted_from_and_its_hash_covers_it() -> None:
    import hashlib

    drop("a.csv", file_of(dossier(1)))
    round_of_work()

    release = Release.objects.get()
    manifest = json.loads(release.manifest)
    version = RegisterVersion.objects.get(source__code="dossiers")
    assert manifest["versions"][version.key] == version.manifest_sha256
    assert (
        manifest["definitions"]["dossiers_on_time"]
        == Observation.objects.get(pk=on_time().id).definition_digest
    )
    assert hashlib.sha256(release.manifest.encode()).hexdigest() == release.manifest_sha256
    event = Event.objects.get(kind=Kind.RELEASE_PUBLISHED)
    assert release.manifest_sha256 in event.data


def test_two_publishers_at_once_make_one_release() -> None:
    drop("a.csv", file_of(dossier(1)))
    round_of_work()
    what = actions.measuring.inputs(as_of=NOW.date() + timedelta(days=1))
    measured = actions.measuring.measure_all(shelf.open_store(), what)
    latest = queries.latest_release()
    actions.put_out(what, measured, after=latest, at=NOW)

    with pytest.raises(actions.Overtaken):
        actions.put_out(what, measured, after=latest, at=NOW)
    assert Release.objects.count() == 2


def test_bad_rows_become_findings_of_the_unit_that_is_to_mend_them() -> None:
    drop(
        "a.csv",
        file_of(
            dossier(1, unit=factories.BEN_THANH, due="31/02/2026"),
            dossier(2, unit="zzz"),
            dossier(3, applicant="test"),
        ),
    )
    round_of_work()

    found = {finding.check_code: finding for finding in Finding.objects.select_related("unit")}
    assert found["due_on_unreadable"].unit.code == factories.BEN_THANH
    assert found["due_on_unreadable"].row_number == 2
    assert found["unit_code_unreadable"].unit == walk_one.source().owner
    assert found["unit_code_unreadable"].severity == "reject"
    assert found["dummy_applicant"].value == ""
    assert "test" not in found["dummy_applicant"].message


def test_findings_are_of_the_version_in_force_only() -> None:
    drop("a.csv", file_of(dossier(1, due="31/02/2026")))
    round_of_work()
    drop("b.csv", file_of(dossier(1)))
    round_of_work(NOW + timedelta(hours=1))

    assert not Finding.objects.exists()
    assert RegisterVersion.objects.filter(source__code="dossiers").count() == 2


@pytest.mark.usefixtures("own_tables_too")
def test_our_own_tables_land_when_the_ledger_says_they_moved_and_not_before() -> None:
    round_of_work()
    tasks = walk_one.source("tasks")
    assert tasks.deliveries.count() == 1

    assert round_of_work(NOW + timedelta(minutes=2)) == []

    from django.db import transaction

    from dodem.audit.ledger import Entry, append

    with transaction.atomic():
        append([Entry(Kind.TASK_UPDATED, "task", "NV-2026-0001", at=NOW)])
    assert "unchanged tasks" in round_of_work(NOW + timedelta(minutes=3))
    assert round_of_work(NOW + timedelta(minutes=4)) == []
    assert tasks.deliveries.count() == 1


@pytest.mark.usefixtures("own_tables_too")
def test_a_table_that_was_looked_at_and_found_unchanged_is_not_late() -> None:
    round_of_work()
    round_of_work(NOW + timedelta(days=3))
    from dodem.registers.queries import standings

    assert not standings(now=NOW + timedelta(days=3))["tasks"].health.is_stale


def test_a_large_table_lands_less_often() -> None:
    assert own_tables.pause_after(1_000) == timedelta(minutes=1)
    assert own_tables.pause_after(36_000_000) == timedelta(minutes=36)


def test_one_failing_step_does_not_keep_the_others_from_being_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**kwargs: object) -> None:
        raise ValueError("this step is broken")

    monkeypatch.setattr(own_tables, "land", fail)
    drop("a.csv", file_of(dossier(1)))

    round_of_work()

    assert on_time().denominator == 1


def test_a_round_leaves_a_beat_and_the_head_of_a_sound_ledger(centre: Path) -> None:
    drop("a.csv", file_of(dossier(1)))
    round_of_work()

    assert (centre / "worker.beat").exists()
    assert verify(heads=centre / "ledger.heads").faults == []


def test_units_that_ended_keep_what_was_published_of_them() -> None:
    drop("a.csv", file_of(dossier(1, unit=factories.BEN_THANH)))
    round_of_work()
    ward = Unit.objects.get(code=factories.BEN_THANH, valid_to=None)
    before = on_time(factories.BEN_THANH)
    Unit.objects.filter(pk=ward.pk).update(valid_to=NOW.date())

    round_of_work(NOW + timedelta(days=1))

    kept = Observation.objects.current().get(
        unit=ward, indicator="dossiers_on_time", group="", period_start=before.period_start
    )
    assert kept.pk == before.id


def test_a_silent_source_makes_its_figures_visibly_stale() -> None:
    drop("a.csv", file_of(dossier(1)))
    round_of_work()
    later = NOW + timedelta(days=5)

    stale = queries.current(["dossiers_on_time"], ["79"], now=later)["dossiers_on_time", "79"]
    assert stale.stale
    assert not on_time().stale
    assert worker.PAUSE < 5
