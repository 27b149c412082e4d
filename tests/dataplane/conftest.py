"""A store in a temporary folder and the shipped definitions."""

from __future__ import annotations

from pathlib import Path

import pytest

from dodem.dataplane.definition_files import load_all
from dodem.dataplane.definitions import Definitions, Register
from dodem.dataplane.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    return load_all()


@pytest.fixture(scope="session")
def dossiers(definitions: Definitions) -> Register:
    return definitions.registers["dossiers"]
