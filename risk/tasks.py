"""What beat asks for, of risk. The tasks carry nothing: what is due is a row, found again after any loss."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from risk import services
from risk.services.missed import raise_missed


@shared_task(name="risk.lapse_and_reopen")
def lapse_and_reopen() -> int:
    """Put back the grades whose time is over (R-17). Returns how many."""
    return services.lapse_and_reopen(timezone.now())


@shared_task(name="risk.raise_due")
def raise_due() -> int:
    """Raise the looks at the risk that have fallen due (B.7). Returns how many."""
    now = timezone.now()
    return services.raise_due(now) + raise_missed(now)
