"""What beat asks for each minute of the folder's own work. The task carries nothing: what waits is a row."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from cases.services.waiting import scan_waiting


@shared_task(name="cases.scan_files")
def scan_files() -> int:
    """Have the virus scanner look at the files that wait for it. Returns how many it gave a verdict on."""
    return scan_waiting(timezone.now())
