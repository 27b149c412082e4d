"""One centre and one browser for all the journeys: the ward of the sample, as ``dodem up`` starts it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests import browser, centre
from tests.browser import Crowd, Doors, NewPerson, Person
from tests.centre import RunningCentre


@pytest.fixture(scope="session")
def made_ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a sample ward, made by a first start and left at rest; tests start copies."""
    sample = "city" if os.environ.get("DODEM_PICTURES") == "1" else "ward"  # pictures show the whole map
    first = centre.start(tmp_path_factory.mktemp("made") / "data", sample=sample)
    first.wait_until_ready()
    first.stop()
    return first.data


@pytest.fixture
def ward_copy(made_ward: Path, tmp_path: Path) -> Path:
    """A sample ward of a test's own, not running yet."""
    return Path(shutil.copytree(made_ward, tmp_path / "data"))


@pytest.fixture(scope="package")
def ward(made_ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    """The running centre that every journey leaves its marks on; no test may count on an untouched one."""
    started = centre.start(Path(shutil.copytree(made_ward, tmp_path_factory.mktemp("ward") / "data")))
    started.wait_until_ready()
    yield started
    started.stop()


@pytest.fixture(scope="package")
def doors(request: pytest.FixtureRequest) -> Iterator[Doors]:
    with browser.chromium() as opened:  # first, so that no centre is started where there is no browser
        yield Doors(opened, request.getfixturevalue("ward").url)


@pytest.fixture
def person(doors: Doors) -> Iterator[NewPerson]:
    """``person()`` sits somebody down at a fresh window, ``person("lanhdao")`` signed in as that account."""
    with ExitStack() as windows:
        yield comes_in(doors, windows)


@pytest.fixture(scope="module")
def crowd(doors: Doors) -> Iterator[Crowd]:
    """Everyone at one window each for a whole module."""
    with ExitStack() as windows:
        yield Crowd(comes_in(doors, windows))


def comes_in(doors: Doors, windows: ExitStack) -> NewPerson:
    def arrives(username: str = "", **options: Any) -> Person:
        return windows.enter_context(doors.enter(username, **options))

    return arrives
