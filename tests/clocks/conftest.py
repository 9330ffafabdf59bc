"""The calendar of the shipped file, for tests that ask no database."""

import pytest

from tests.clocks.calendars import shipped_calendar
from workflow.clock import Calendar


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return shipped_calendar()
