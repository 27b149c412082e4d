"""What every test may ask for.

The city's units are loaded once for the whole run and every test is rolled back to them. Tests marked
``django_db(transaction=True)`` cannot be: they empty every table afterwards, which the ledger's triggers
refuse. A test of writers that race takes ``own_database`` and starts processes (``tests/processes.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from tests import factories, processes


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """The test database with the city in it."""
    from dodem.units.actions import load_definitions

    with django_db_blocker.unblock():
        load_definitions(at=factories.NOON)


@pytest.fixture
def city(db: None) -> None:
    """Says that a test needs the units; whoever has the database has them."""


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rate limits and lockouts of one test do not reach the next."""
    yield
    cache.clear()


@pytest.fixture
def client_for() -> Callable[[object], Client]:
    """A browser in which a person is signed in: ``client_for(user).get("/")``."""

    def signed_in(user: object) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Material that stays outside the product (boundary files), where a checkout lies beside it."""
    folder = processes.ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no shared/data beside this checkout: boundary files are not part of the product")
    return folder


@pytest.fixture(scope="session")
def migrated_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[processes.Template]:
    """A migrated database with the city, made once, for the tests that need one of their own."""
    template = processes.make_template(tmp_path_factory.mktemp("template"))
    yield template
    if template.url:
        processes.drop(template.url, template.url)


@pytest.fixture
def own_database(migrated_template: processes.Template, tmp_path: Path) -> Iterator[processes.OwnDatabase]:
    """A database outside this process's transaction: start scripts on it with ``own_database.run(...)``."""
    with processes.copy_of(migrated_template, tmp_path) as database:
        yield database
