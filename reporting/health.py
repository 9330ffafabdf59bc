"""What must be well for papers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from reporting.models import Document, Snapshot, SnapshotJob
from workflow.health import check

MADE_WITHIN = timedelta(minutes=15)


def papers_are_made() -> bool:
    """No paper and no pack asked for a quarter of an hour ago still waits: the worker of papers is down, or cannot keep up."""
    before = timezone.now() - MADE_WITHIN
    late = Document.objects.unfinished().filter(asked_at__lt=before).exists()
    return not late and not SnapshotJob.objects.late(before).exists() and not begun_and_forgotten(before)


def begun_and_forgotten(before: datetime) -> bool:
    """Whether a pack was asked for and no worker has taken it up at all. Index: snapshot_asked."""
    return bool(Snapshot.objects.filter(state=Snapshot.State.ASKED, job__isnull=True, recorded_at__lt=before).exists())


check(documents=papers_are_made)
