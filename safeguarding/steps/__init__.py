"""THE TABLES of safeguarding: partner agencies, schools, and what a school is told. Found by autodiscovery."""

from safeguarding.steps.agency import AGENCY, AGREEMENT
from safeguarding.steps.encompass import ENCOMPASS, LETTER
from safeguarding.steps.establishment import AUTHORITY, CALENDAR, ESTABLISHMENT, KEY_ADULT

__all__ = ["AGENCY", "AGREEMENT", "AUTHORITY", "CALENDAR", "ENCOMPASS", "ESTABLISHMENT", "KEY_ADULT", "LETTER"]
