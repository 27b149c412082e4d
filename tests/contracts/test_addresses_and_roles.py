"""Every address × every role, against the one table."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from dodem.access import table
from dodem.access.roles import CITY_WIDE, TABLE, Permission, Role
from dodem.access.rules import can
from tests import factories
from tests.contracts.objects import Target, all_targets

ADDRESSES = table.addresses()
NEEDING = [address for address in ADDRESSES if address.declaration and address.declaration.permission]
DOCS = Path(__file__).resolve().parents[2] / "docs"
LET_IN = {200, 302, 400, 405, 409, 422}
ELSEWHERE = factories.THU_DAU_MOT
SAMPLE_VALUES = {"IntConverter": 999_999_999, "SlugConverter": "khong-co", "StringConverter": "khong-co"}


def names(found):
    return [address.name for address in found]


@pytest.fixture
def targets(db, tmp_path, settings):
    """An object for every address that asks for a permission and has parameters."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return all_targets(tmp_path, settings)


def opened(client, address, target):
    """The answer of an address for a client, closed: some answers are open files."""
    answer = client.get(reverse(address.name, kwargs=(target or Target(invented(address))).kwargs))
    if answer.streaming:
        # Read to its end, which closes it the client's way; close() would end PostgreSQL's connection too.
        b"".join(answer.streaming_content)
    return answer


def test_every_address_declares_what_it_asks_for():
    assert names(address for address in ADDRESSES if address.declaration is None) == []


def test_every_address_with_parameters_has_an_object_to_sweep_it_with(targets):
    wanted = {address.name for address in NEEDING if address.parameters}
    assert sorted(wanted - set(targets)) == [], "add them to a group of tests/contracts/objects.py"
    assert sorted(set(targets) - wanted) == [], "these addresses are gone"


def test_every_permission_is_held_by_some_role():
    assert frozenset().union(*TABLE.values()) == set(Permission)


@pytest.mark.parametrize("page", sorted(table.PAGES))
def test_the_written_tables_are_those_of_the_code(page):
    written = (DOCS / page).read_text(encoding="utf-8")
    assert written == table.PAGES[page](), "run: python -m tests.contracts.write_tables"


def test_a_role_held_for_the_city_opens_what_the_table_says_and_nothing_else(targets, client_for):
    wrong = []
    for role in Role:
        client = client_for(factories.user(role=role))
        for address in NEEDING:
            asked = address.declaration
            status = opened(client, address, targets.get(address.name)).status_code
            refusal = 404 if asked.on_object else 403
            expected = LET_IN if asked.permission in TABLE[role] else {refusal}
            if status not in expected:
                wrong.append((role, address.name, asked.permission, status))
    assert wrong == []


def test_a_role_held_in_one_ward_gets_404_for_the_objects_of_another(targets, client_for):
    wrong, here = [], factories.unit(ELSEWHERE)
    for role in Role:
        client = client_for(factories.user(role=role, unit=here))
        for address in NEEDING:
            asked, target = address.declaration, targets.get(address.name)
            if not asked.on_object or asked.permission in CITY_WIDE:
                continue
            assert not target.unit.is_beneath(here), f"{address.name}: guard it at another unit"
            status = opened(client, address, target).status_code
            if status != 404:
                wrong.append((role, address.name, asked.permission, status))
    assert wrong == []


def test_somebody_without_an_account_is_led_to_the_sign_in_page(targets):
    wrong = []
    for address in ADDRESSES:
        if address.declaration is None or address.declaration.public_because:
            continue
        answer = opened(Client(), address, targets.get(address.name))
        if answer.status_code != 302 or not answer.url.startswith("/dang-nhap/?next="):
            wrong.append((address.name, answer.status_code))
    assert wrong == []


def test_somebody_without_a_role_opens_only_their_own_settings(targets, client_for):
    client, wrong = client_for(factories.user()), []
    for address in NEEDING:
        status = opened(client, address, targets.get(address.name)).status_code
        if status != (404 if address.declaration.on_object else 403):
            wrong.append((address.name, status))
    assert wrong == []


@pytest.mark.django_db
def test_public_addresses_ask_nobody_to_sign_in_and_never_fail():
    wrong = []
    for address in ADDRESSES:
        if address.declaration and address.declaration.public_because:
            answer = opened(Client(), address, None)
            own_page = address.name.startswith(("account_", "mfa_", "openid_", "socialaccount_"))
            to_sign_in = answer.status_code == 302 and answer.url.startswith("/dang-nhap/")
            if answer.status_code == 500 or (to_sign_in and not own_page):
                wrong.append((address.name, answer.status_code))
    assert wrong == []


def invented(address):
    return {
        name: "vneid" if name == "provider_id" else SAMPLE_VALUES.get(kind, "khong-co")
        for name, kind in address.parameters.items()
    }


@pytest.mark.django_db
def test_the_administrator_sees_no_personal_data_and_no_records_and_the_inspector_changes_nothing():
    admin, inspector = factories.user(role=Role.ADMINISTRATOR), factories.user(role=Role.INSPECTOR)
    city = factories.unit(factories.CITY)
    for permission in (Permission.PERSONAL_SEE, Permission.FIGURE_RECORDS, Permission.CASE_SEE):
        assert not can(admin, permission, city)
    assert {item for item in Permission if can(inspector, item, city)} == {
        item for item in Permission if item.value.endswith((".see", ".records"))
    } - {Permission.PERSONAL_SEE, Permission.SYSTEM_SEE}


def test_a_verdict_always_gives_a_reason(db):
    for person in (AnonymousUser(), factories.user(), factories.user(role=Role.OFFICER, unit=ELSEWHERE)):
        for permission in Permission:
            assert can(person, permission, factories.unit(factories.SAI_GON)).reason
