"""Load an instrument from a file: licensed wording, or a new national tool. Somebody else publishes it, on its page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import User
from risk.services import load_draft
from supervision.models import VersionPublication
from workflow import engine
from workflow.models import Refused


class Command(BaseCommand):
    help = "Check a file of an instrument, load it as a draft, and propose that a second person publishes it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="JSON, as the files in risk/data")
        parser.add_argument("--by", required=True, help="the user name of whoever loads it")

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"Nobody who works here has the user name {options['by']}.", returncode=2)
        try:
            version = load(Path(options["file"]), by)
        except (OSError, ValueError) as problem:
            raise CommandError(str(problem), returncode=2) from None
        except Refused as refusal:
            raise CommandError(refusal.sentence, returncode=2) from None
        self.stdout.write(
            f"{version}: loaded as a draft. A second person publishes it under Administration, Instruments."
        )


@transaction.atomic
def load(path: Path, by: User) -> Any:
    version = load_draft(path, by=by)
    engine.perform(VersionPublication(), "propose", by=by, evidence={"version": version.pk})
    return version
