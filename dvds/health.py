"""What must be well for requests from the public: nothing lies in the letterbox for long."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from dvds.models import PublicRequest
from workflow.health import check

TAKEN_IN_WITHIN = timedelta(minutes=10)


def nothing_lies_in_the_letterbox() -> bool:
    """Served by the index asked_waiting."""
    long_ago = timezone.now() - TAKEN_IN_WITHIN
    return not PublicRequest.objects.waiting().filter(received_at__lt=long_ago).exists()


check(letterbox=nothing_lies_in_the_letterbox)
