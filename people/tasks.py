"""What beat asks for each minute. The task carries nothing: what waits is a row."""

from __future__ import annotations

from celery import shared_task

from people.services.weighing import weigh_new


@shared_task(name="people.find_duplicates")
def find_duplicates() -> int:
    """Look for people who were recorded twice, among those of whom something new was learned. Suggests, merges nothing."""
    return weigh_new()
