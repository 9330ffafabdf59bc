"""Which days the law does not count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

SATURDAY, SUNDAY = 5, 6


class UnknownYear(LookupError):
    """A year whose bank holidays nobody has loaded. Its text is one sentence.

    Treating such a year as one without holidays would give a date that is too early, silently.
    """

    def __init__(self, year: int) -> None:
        super().__init__(f"The bank holidays of {year} have not been loaded, so this date cannot be worked out.")
        self.year = year


@dataclass(frozen=True)
class Calendar:
    """The bank holidays of one division by date, and the years for which that list is complete."""

    holidays: Mapping[date, str]
    years: frozenset[int]

    def holiday(self, on: date) -> str:
        """The name of the bank holiday on a date, or "". Raises UnknownYear."""
        if on.year not in self.years:
            raise UnknownYear(on.year)
        return self.holidays.get(on, "")

    def outside_statutory_hours(self, on: date) -> str:
        """Why statutory hours skip this whole London day, or "" when it counts. Saturdays count.

        Christmas Day is skipped on 25 December itself, even in years when the bank holiday is another day: the Acts
        name both (Crime and Security Act 2010 s27, Domestic Abuse Act 2021 s29). Good Friday is always among the rows.
        Raises UnknownYear.
        """
        name = self.holiday(on)
        if (on.month, on.day) == (12, 25):
            return "Christmas Day"
        return name or ("Sunday" if on.weekday() == SUNDAY else "")

    def outside_working_days(self, on: date) -> str:
        """Why this is not a working day, or "" when it is one. Raises UnknownYear."""
        name = self.holiday(on)
        if on.weekday() == SATURDAY:
            return "Saturday"
        return "Sunday" if on.weekday() == SUNDAY else name
