"""Load the force's own list of systems to check, or the one that comes with the product."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cases.models.systems import COLUMNS, SHIPPED, load_systems, read_systems


class Command(BaseCommand):
    help = "Bring the table of systems up to a file. Safe to repeat; never deletes a row."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default=str(SHIPPED), help=f"CSV: {','.join(COLUMNS)}")
        parser.add_argument("--only", action="store_true", help="check no system that is not in the file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = read_systems(Path(options["file"]))
        except (OSError, ValueError) as problem:
            raise CommandError(str(problem), returncode=2) from None
        with transaction.atomic():
            read, added = load_systems(rows, only=options["only"])
        self.stdout.write(f"{read} systems: {added} added.")
