"""Keep where the people who work here live, as digests, so that the access watch can tell a neighbour's look from work."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from cases.services.staff_homes import keep_home

COLUMNS = ("collar", "address", "postcode")


class Command(BaseCommand):
    """Repeatable. Nothing of the file is kept in words, and nothing of it is printed."""

    help = "Read a CSV with the columns collar, address, postcode; afterwards delete the file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open(encoding="utf-8-sig", newline="") as file:
                rows = csv.DictReader(file)
                if not set(COLUMNS) <= set(rows.fieldnames or ()):
                    raise CommandError(f"The file needs the columns {', '.join(COLUMNS)}.")
                kept, left = self.keep(rows)
        except (OSError, UnicodeDecodeError, csv.Error) as fault:
            raise CommandError(f"The file cannot be read: {type(fault).__name__}.") from fault
        self.stdout.write(f"Kept {kept}. Left out {left}: no such collar number, or an address without a number.")

    def keep(self, rows: Any) -> tuple[int, int]:
        people = {user.collar_number: user for user in User.objects.exclude(collar_number="").filter(is_active=True)}
        kept = left = 0
        for row in rows:
            user = people.get((row["collar"] or "").strip())
            if user is not None and keep_home(user, row["address"] or "", row["postcode"] or ""):
                kept += 1
            else:
                left += 1
        return kept, left
