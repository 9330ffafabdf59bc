"""Probes: is the program alive, and is everything it lives by well? Strangers learn names of checks, nothing more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit.models import Access
from supervision.models import Fault, Heartbeat
from workflow import reactions
from workflow.models import Deadline

SWEPT_WITHIN = timedelta(minutes=5)
SEALED_WITHIN = timedelta(minutes=10)
PATIENCE = 1  # seconds


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def broker() -> bool:
    """Redis answers. When it is down nothing is lost, but nothing is told either."""
    url = settings.REDIS_URL
    try:
        with redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as found:
            return bool(found.ping())
    except (redis.RedisError, OSError, ValueError):
        return False


def sweep() -> bool:
    return Heartbeat.objects.filter(name=Heartbeat.SWEEP, at__gt=timezone.now() - SWEPT_WITHIN).exists()


def nothing_failing() -> bool:
    return not reactions.failing()


def all_heard() -> bool:
    """No open deadline stands of which nobody could be told."""
    return not Deadline.objects.open().filter(unheard_at__isnull=False).exists()


def all_readable() -> bool:
    return not Fault.objects.filter(deadline__stopped_at__isnull=True).exists()


def all_sealed() -> bool:
    return not Access.objects.filter(seal__isnull=True, at__lt=timezone.now() - SEALED_WITHIN).exists()


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database,
    "broker": broker,
    "sweep": sweep,
    "reactions": nothing_failing,
    "unheard": all_heard,
    "deadlines": all_readable,
    "seals": all_sealed,
}


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except DatabaseError:
        return False


@never_cache
@require_safe
def livez(request: HttpRequest) -> JsonResponse:
    """The program answers. Says nothing of what it needs."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, else 503 with the names of what is not."""
    failing = [name for name, check in CHECKS.items() if not _passes(check)]
    return JsonResponse({"status": "red" if failing else "ok", "failing": failing}, status=503 if failing else 200)
