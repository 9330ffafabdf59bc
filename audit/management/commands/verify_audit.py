"""`manage.py verify_audit`: prove that the record is whole, saying how far it has got."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.models import Access, Event, Seal
from audit.services import verify

EVERY = 5.0  # seconds between two lines of progress


def moment(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no moment: write it as 2026-11-21 or 2026-11-21T03:15.") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


class Command(BaseCommand):
    help = "Verify the chains of acts, the seals of consultations and the anchors kept outside the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--since", type=moment, metavar="MOMENT",
            help="trust the newest anchor of this moment (UTC) for the acts before it, and read those after it",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        self.began = self.said = monotonic()
        faults = 0
        for fault in verify(since=options["since"], told=self.tell):
            faults += 1
            self.stderr.write(fault)
        counts = f"{Event.objects.count()} acts, {Access.objects.count()} consultations, {Seal.objects.count()} seals"
        if faults:
            raise CommandError(f"The record is not whole: {faults} faults in {counts}.")
        self.stdout.write(f"The record is whole: {counts}. {monotonic() - self.began:.0f} seconds.")

    def tell(self, what: str, done: int, total: int) -> None:
        """A line each few seconds: how many of how many, and how fast."""
        now = monotonic()
        if now - self.said < EVERY:
            return
        rate = done / max(now - self.began, 0.001)
        self.said = now
        self.stderr.write(f"{what}: {done:,} of {total:,} ({done * 100 // max(total, 1)}%), {rate:,.0f} a second")
