"""The pages under /du-lieu/: who may see what, what a bad file is told, and what a raw row hides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dodem.access.models import User
from dodem.access.roles import Role
from dodem.audit.kinds import Kind
from dodem.audit.models import Event
from dodem.pipeline import own_tables
from dodem.registers.models import Delivery, Finding, RegisterVersion, Rejection
from tests import factories
from tests.web import walk_one
from tests.web.walk_one import APPLICANT, dossier, drop, file_of, round_of_work

pytestmark = pytest.mark.django_db
In = Callable[[User], Client]


@pytest.fixture(autouse=True)
def centre(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(own_tables, "TABLES", {})
    return walk_one.open_centre(tmp_path, settings)


@pytest.fixture
def steward() -> User:
    return factories.user(role=Role.DATA_STEWARD)


def upload(client: Client, content: bytes, name: str = "ho-so.csv", note: str = "") -> object:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("registers:upload", args=["dossiers"]), {"file": file, "note": note})


def test_the_list_of_sources_puts_the_silent_one_first_and_says_since_when(client_for: In) -> None:
    drop("a.csv", file_of(dossier(1)))
    round_of_work()
    walk_one.source("budget_lines")
    client = client_for(factories.user(role=Role.LEADER))
    client.get("/")

    page = client.get(reverse("registers:sources"))

    assert page.status_code == 200
    body = page.content.decode()
    assert body.index("chưa có lần nào") < body.index("Hồ sơ thủ tục hành chính")


def test_the_list_of_sources_keeps_its_query_budget(
    client_for: In, django_assert_max_num_queries: Callable[..., object]
) -> None:
    drop("a.csv", file_of(dossier(1)))
    round_of_work()
    client = client_for(factories.user(role=Role.LEADER))
    client.get(reverse("registers:sources"))
    with django_assert_max_num_queries(10):
        client.get(reverse("registers:sources"))


def test_an_uploaded_file_is_kept_told_of_and_built(client_for: In, steward: User) -> None:
    client = client_for(steward)
    answer = upload(client, file_of(dossier(1)), note="Kỳ tháng 11")

    delivery = Delivery.objects.get()
    assert answer.status_code == 302
    assert (delivery.uploaded_by, delivery.note, delivery.origin) == (steward, "Kỳ tháng 11", "web upload")
    address = reverse("registers:delivery", args=[delivery.key])
    assert 'hx-trigger="every 2s"' in client.get(address).content.decode()

    round_of_work(delivery.received_at + timedelta(seconds=1))

    page = client.get(address, headers={"HX-Request": "true", "HX-Target": "delivery-state"}).content.decode()
    assert "Đã vào sổ" in page
    assert "every 2s" not in page
    assert "<html" not in page


def test_the_same_file_uploaded_twice_is_one_delivery_and_says_so(client_for: In, steward: User) -> None:
    client = client_for(steward)
    upload(client, file_of(dossier(1)))
    upload(client, file_of(dossier(1)), name="ten-khac.csv")

    delivery = Delivery.objects.get()
    page = client.get(reverse("registers:delivery", args=[delivery.key])).content.decode()
    assert "đã nhận trước đây" in page
    assert delivery.repeats.count() == 1


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "empty", "rỗng"),
        (b"a,b\n1,2\n", "missing_columns", "Dòng đầu của tệp không phải là tên cột"),
        (walk_one.HEADER.encode() + b"\n", "no_rows", "chỉ có dòng tiêu đề"),
        (b"%PDF-1.7 ...", "not_a_table", "PDF"),
        (file_of(dossier(1))[:-40], "torn", "dòng"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_leaves_only_its_refusal(
    client_for: In, steward: User, content: bytes, code: str, words: str
) -> None:
    answer = upload(client_for(steward), content)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    refusal = Rejection.objects.get()
    assert (refusal.code, refusal.by, refusal.bytes) == (code, steward, len(content))
    assert not Delivery.objects.exists()
    assert Event.objects.filter(kind=Kind.DELIVERY_REJECTED).count() == 1


def test_a_file_over_the_limit_is_cut_off_and_said_so(
    client_for: In, steward: User, settings: object
) -> None:
    settings.DODEM_MAX_UPLOAD = 1000  # type: ignore[attr-defined]
    answer = upload(client_for(steward), b"x" * 200_000)

    assert answer.status_code == 422
    assert "quá mức" in answer.content.decode()
    assert Rejection.objects.get().code == "too_large"


def test_only_a_steward_of_the_owner_may_hand_in_files(client_for: In) -> None:
    address = reverse("registers:upload", args=["dossiers"])
    elsewhere = factories.user(role=Role.DATA_STEWARD, unit=factories.HEALTH)

    assert client_for(elsewhere).get(address).status_code == 404
    assert client_for(factories.user(role=Role.LEADER)).get(address).status_code == 404
    assert client_for(factories.user(role=Role.DATA_STEWARD)).get(address).status_code == 200


def test_our_own_tables_take_no_file(client_for: In, steward: User) -> None:
    answer = client_for(steward).get(reverse("registers:upload", args=["tasks"]))
    assert answer.status_code == 302


def test_findings_are_seen_where_one_works_and_nowhere_else(client_for: In) -> None:
    drop(
        "a.csv",
        file_of(dossier(1, unit=factories.SAI_GON, due="x"), dossier(2, unit=factories.BEN_THANH, due="y")),
    )
    round_of_work()
    here = Finding.objects.get(unit__code=factories.SAI_GON)
    there = Finding.objects.get(unit__code=factories.BEN_THANH)
    client = client_for(factories.user(role=Role.OFFICER, unit=factories.SAI_GON))

    listed = client.get(reverse("registers:findings")).content.decode()
    assert here.record_key in listed
    assert there.record_key not in listed
    assert client.get(reverse("registers:finding", args=[here.pk])).status_code == 200
    assert client.get(reverse("registers:finding", args=[there.pk])).status_code == 404
    export = b"".join(client.get(reverse("registers:findings_csv")).streaming_content).decode()
    assert here.record_key in export
    assert there.record_key not in export


def test_the_row_behind_a_finding_hides_the_applicant_until_a_purpose_is_given(client_for: In) -> None:
    drop("a.csv", file_of(dossier(1, due="x")))
    round_of_work()
    finding = Finding.objects.get()
    officer = factories.user(role=Role.OFFICER, unit=factories.SAI_GON)
    client = client_for(officer)

    masked = client.get(reverse("registers:finding", args=[finding.pk])).content.decode()
    assert APPLICANT not in masked
    assert "•••" in masked

    address = reverse("registers:unmask_finding", args=[finding.pk])
    assert client.post(address, {}).status_code == 422
    shown = client.post(address, {"purpose": "correct", "detail": ""})
    assert APPLICANT in shown.content.decode()
    assert shown["Cache-Control"] == "no-store, private"
    look = Event.objects.get(kind=Kind.PERSONAL_DATA_SEEN)
    assert (look.actor, look.unit_code) == (officer, factories.SAI_GON)
    assert "applicant_name" in look.data
    assert APPLICANT not in look.data


def test_an_inspector_sees_findings_and_no_applicant(client_for: In) -> None:
    drop("a.csv", file_of(dossier(1, due="x")))
    round_of_work()
    finding = Finding.objects.get()
    client = client_for(factories.user(role=Role.INSPECTOR))

    page = client.get(reverse("registers:finding", args=[finding.pk])).content.decode()
    assert reverse("registers:unmask_finding", args=[finding.pk]) not in page
    answer = client.post(reverse("registers:unmask_finding", args=[finding.pk]), {"purpose": "correct"})
    assert answer.status_code == 404


def test_the_original_bytes_come_back_unchanged_and_only_for_a_purpose(client_for: In, steward: User) -> None:
    content = file_of(dossier(1))
    client = client_for(steward)
    upload(client, content)
    address = reverse("registers:original", args=[Delivery.objects.get().key])

    asked = client.get(address)
    assert asked.status_code == 200
    assert APPLICANT not in asked.content.decode()
    assert client.post(address, {"purpose": ""}).status_code == 422

    sent = client.post(address, {"purpose": "verify"})
    assert b"".join(sent.streaming_content) == content
    assert sent["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(kind=Kind.PERSONAL_DATA_SEEN).count() == 1


def test_a_version_page_names_its_files_and_their_hashes(client_for: In, steward: User) -> None:
    drop("a.csv", file_of(dossier(1)))
    round_of_work()
    version = RegisterVersion.objects.get()
    page = client_for(steward).get(reverse("registers:version", args=[version.key])).content.decode()
    assert version.manifest_sha256 in page
    assert "records.parquet" in page
    assert "a.csv" in page


def test_findings_can_be_narrowed_and_sorted_and_nonsense_narrows_nothing(
    client_for: In, steward: User
) -> None:
    drop("a.csv", file_of(dossier(1, due="x"), dossier(2, unit="zzz")))
    round_of_work()
    client = client_for(steward)
    address = reverse("registers:findings")

    rejected = client.get(address, {"severity": "reject"}).content.decode()
    assert "H29.000002" in rejected
    assert "H29.000001" not in rejected
    everything = client.get(address, {"severity": "nonsense", "sort": "-nonsense", "page": "x"})
    assert everything.status_code == 200
    assert "H29.000001" in everything.content.decode()
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "findings"}).content.decode()
    assert part.lstrip().startswith('<div id="findings">')
