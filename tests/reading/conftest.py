import pytest

from dodem.reading.cli import city_directory
from dodem.reading.units import UnitDirectory
from dodem.vietnam.calendar import WorkingCalendar


@pytest.fixture(scope="session")
def directory() -> UnitDirectory:
    return city_directory()


@pytest.fixture(scope="session")
def calendar() -> WorkingCalendar:
    return WorkingCalendar.load()
