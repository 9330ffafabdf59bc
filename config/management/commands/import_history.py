"""Import ten years of records: people.csv, incidents.csv, involvements.csv (docs/history-import.md says the columns)."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from cases.services.importing import import_history
from cases.services.importing.run import NotReadable

WIDTH = 28  # of the bar


class Command(BaseCommand):
    """Repeatable, and may be stopped: the same files go on where they stopped, and a second run changes nothing."""

    help = (
        "Import the three files of a folder; what is rejected stands in rejects.csv beside them, with field and reason."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--source", default="history", help="the system that the ids come from")
        parser.add_argument(
            "--by", default="", help="collar number of whoever answers for it; the system itself if none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.doing, self.done, self.tenth, self.began = "", 0, -1, 0.0
        by = self.whoever(options["by"])
        try:
            outcome = import_history(options["folder"], source=options["source"], by=by, tell=self.tell)
        except NotReadable as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(
            f"{outcome.incidents} incidents put in; {outcome.rejected} rows rejected: see {outcome.rejects.name}."
        )

    def whoever(self, collar: str) -> User:
        found = User.objects.filter(collar_number=collar, is_active=True).first() if collar else User.objects.system()
        if found is None:
            raise CommandError("Nobody works here under that collar number.")
        return found

    def tell(self, rows: int, of: int, doing: str) -> None:
        """A bar that moves on a terminal; in a file each part of the work is a line, and each tenth of it."""
        if doing != self.doing:
            self.doing, self.done, self.tenth, self.began = doing, 0, -1, time.monotonic()
        self.done += rows
        part = min(self.done / of, 1.0) if of else 0.0
        moves = self.stderr.isatty()
        if moves or int(part * 10) > self.tenth:
            self.tenth = int(part * 10)
            line = f"[{'#' * int(part * WIDTH):<{WIDTH}}] {part:4.0%} {self.done:>11,}{self.pace()}  {doing:<40}"
            self.stderr.write(f"\r{line}" if moves else line, ending="" if moves else "\n")

    def pace(self) -> str:
        return f" {self.done / max(time.monotonic() - self.began, 0.001):>9,.0f} a second"
