"""Load the force's own kinds of safety-plan action, or those that come with the product."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from risk.models.plan_kind import SHIPPED, load_action_kinds, read_action_kinds


class Command(BaseCommand):
    help = "Bring the kinds of safety-plan action up to a file. Safe to repeat; never deletes a row."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default=str(SHIPPED), help="JSON: a list of kinds of action")
        parser.add_argument("--only", action="store_true", help="offer no kind that is not in the file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = read_action_kinds(Path(options["file"]))
        except (OSError, ValueError) as problem:
            raise CommandError(str(problem), returncode=2) from None
        with transaction.atomic():
            added = load_action_kinds(rows, only=options["only"])
        self.stdout.write(f"{len(rows)} kinds of action: {added} added.")
