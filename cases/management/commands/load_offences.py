"""Load the force's own list of offences, or the example that comes with the product."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cases.models.offence import SHIPPED, load_offences, read_offences


class Command(BaseCommand):
    help = "Bring the table of offences up to a file. Safe to repeat; never deletes a row."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", default=str(SHIPPED), help="CSV: code,label,group,ho_class,kind,authority"
        )
        parser.add_argument("--only", action="store_true", help="offer no offence that is not in the file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = read_offences(Path(options["file"]))
        except (OSError, ValueError) as problem:
            raise CommandError(str(problem), returncode=2) from None
        with transaction.atomic():
            read, added = load_offences(rows, only=options["only"])
        self.stdout.write(f"{read} offences: {added} added.")
