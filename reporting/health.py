"""What must be well for papers."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from reporting.models import Document
from workflow.health import check

MADE_WITHIN = timedelta(minutes=15)


def papers_are_made() -> bool:
    """No paper asked for a quarter of an hour ago still waits: the worker of papers is down, or cannot keep up."""
    return not Document.objects.unfinished().filter(asked_at__lt=timezone.now() - MADE_WITHIN).exists()


check(documents=papers_are_made)
