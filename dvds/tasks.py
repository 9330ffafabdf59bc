"""What beat asks for. A task carries a row’s number at most, may run twice, and is asked for again after any loss."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from dvds.models import PublicRequest
from dvds.services.asked import take_in

BATCH = 200


@shared_task(name="dvds.take_in_requests")
def take_in_requests() -> int:
    """Take in what waits in the public page’s letterbox, each by a task of its own: one that fails holds up no other."""
    waiting = list(PublicRequest.objects.waiting().values_list("pk", flat=True)[:BATCH])
    for number in waiting:
        take_in_request.delay(number)
    return len(waiting)


@shared_task(name="dvds.take_in_request")
def take_in_request(number: int) -> bool:
    """Whether this task was the one that took it in."""
    return take_in(number, at=timezone.now()) is not None
