"""What beat asks for, of the folder's own work. The tasks carry nothing: what waits is a row."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from cases.services.brief_keeping import find_changed
from cases.services.waiting import scan_waiting
from cases.services.watch import hear_looks


@shared_task(name="cases.scan_files")
def scan_files() -> int:
    """Have the virus scanner look at the files that wait for it. Returns how many it gave a verdict on."""
    return scan_waiting(timezone.now())


@shared_task(name="cases.hear_looks")
def hear_watched_looks() -> int:
    """Every few seconds. Returns how many looks at cases of police suspects were heard."""
    return hear_looks(timezone.now())


@shared_task(name="cases.watch_briefs")
def watch_briefs() -> int:
    """Find briefs that say something else now than their readers read. Returns how many readings no longer hold."""
    return find_changed(timezone.now())
