"""`manage.py verify_audit`: prove that the record is whole."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.models import Access, Event, Seal
from audit.services import verify


class Command(BaseCommand):
    help = "Verify the chains of acts, the seals of consultations and the anchors kept outside the database."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(verify())
        for fault in faults:
            self.stderr.write(fault)
        counts = f"{Event.objects.count()} acts, {Access.objects.count()} consultations, {Seal.objects.count()} seals"
        if faults:
            raise CommandError(f"The record is not whole: {len(faults)} faults in {counts}.")
        self.stdout.write(f"The record is whole: {counts}.")
