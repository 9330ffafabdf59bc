"""One sweep as at a moment."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from supervision.escalation import sweep
from workflow.clock import BadStart, parse_local


def moment(text: str) -> datetime:
    """ISO 8601 with an offset, or London time without one. Raises CommandError with the sentence why not."""
    try:
        read = datetime.fromisoformat(text)
        return read.astimezone(UTC) if read.tzinfo else parse_local(text).at
    except BadStart as refused:
        raise CommandError(str(refused)) from None
    except (ValueError, OverflowError):
        raise CommandError("--at must be a moment like 2026-08-29T08:00 or 2026-08-29T08:00+01:00.") from None


class Command(BaseCommand):
    help = "Tell whoever the clocks name, once, as at a moment: one sweep."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", metavar="ISO", help="London time, or any time with its offset; now if not given")

    def handle(self, *args: Any, **options: Any) -> None:
        done = sweep(moment(options["at"]) if options["at"] else timezone.now())
        self.stdout.write(
            f"{done.rows} looked at, {done.notices} notices, {done.unheard} unheard, "
            f"{done.faults} that could not be read."
        )
