"""What beat asks for each minute. The task carries nothing: what waits is a row."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from safeguarding.services import tell_mailboxes


@shared_task(name="safeguarding.tell_mailboxes")
def mailboxes() -> int:
    """Tell the mailboxes of schools that something waits for them. Returns how many were told."""
    return tell_mailboxes(timezone.now())
