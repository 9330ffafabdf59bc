"""Load the bank holidays that come with the product, or propose those of a year that does not."""

from datetime import date
from typing import Any

import holidays
from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow.models.holiday import Division, Holiday, load_shipped_holidays


class Command(BaseCommand):
    help = "Bring the table of bank holidays up to the shipped file. Safe to repeat; never deletes a row."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--propose",
            type=int,
            metavar="YEAR",
            help="change nothing; print rows for YEAR as the holidays library expects them, to check against gov.uk",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        year: int | None = options["propose"]
        if year is None:
            loaded = load_shipped_holidays(Holiday)
            self.stdout.write(f"{loaded.read} bank holidays: {loaded.added} added, {loaded.changed} changed.")
            return
        if not 2000 <= year <= 2099:
            raise CommandError("The year must be from 2000 to 2099.", returncode=2)
        for on, name in proposed(year):
            self.stdout.write(f"{Division.ENGLAND_AND_WALES.value},{on},{name},proposed by the holidays library")
        self.stderr.write("Check each row against gov.uk/bank-holidays before adding it to workflow/data/holidays.csv.")


def proposed(year: int) -> list[tuple[date, str]]:
    """The bank holidays that the library expects in England, without those that fall on a weekend.

    A proposal only: it cannot know a holiday that is yet to be proclaimed. England's list is England and Wales's.
    """
    listed = holidays.country_holidays("GB", subdiv="ENG", years=year)
    return sorted((on, name.replace(",", ";")) for on, name in listed.items() if on.weekday() < 5)
