"""What beat asks for each minute. Tasks carry nothing: everything that matters is a row, found again after any loss."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from supervision import escalation, services
from supervision.models import Heartbeat
from workflow import reactions


@shared_task(name="supervision.sweep")
def sweep() -> int:
    """Tell whoever a missed or nearing clock names; then leave word that the sweep lives."""
    done = escalation.sweep(timezone.now())
    Heartbeat.beat(Heartbeat.SWEEP, timezone.now())
    return done.notices


@shared_task(name="supervision.send_notices")
def send_notices() -> int:
    return services.send_notices(timezone.now())


@shared_task(name="supervision.run_reactions")
def run_reactions() -> int:
    return reactions.run_due()
