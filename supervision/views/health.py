"""Probes: is the program alive, and is everything it lives by well? Strangers learn names of checks, nothing more."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from supervision import monitors
from workflow.health import CHECKS


def failing() -> list[str]:
    """The names of the checks that fail and of the monitors that have found something."""
    names = [name for name, check in CHECKS.items() if not passes(check)]
    try:
        return names + [f"monitor {name}" for name in monitors.red()]
    except DatabaseError:
        return names


def passes(check: Callable[[], bool]) -> bool:
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
    names = failing()
    return JsonResponse({"status": "red" if names else "ok", "failing": names}, status=503 if names else 200)
