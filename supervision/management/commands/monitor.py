"""`manage.py monitor`: ask the monitors of the night now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from supervision import monitors
from workflow.health import MONITORS


class Command(BaseCommand):
    help = (
        "Look through live data for what must not be. Ends with 1 and the names of the monitors that found something."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = monitors.look(timezone.now())
        if found:
            lines = [
                f"{name}: {count}. {MONITORS[name].question} {MONITORS[name].mend}" for name, count in found.items()
            ]
            raise CommandError("\n".join(lines))
        self.stdout.write(f"{len(MONITORS)} questions asked, nothing found.")
