"""One reference for what a press of a button caused: in every log line of web and worker, and back in the browser."""

from __future__ import annotations

from functools import cache
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django_structlog.middlewares import RequestMiddleware  # type: ignore[import-untyped]

from workflow.declare import WORKFLOWS

HEADER = "X-Request-ID"
NOWHERE = "(no such address)"


def reference() -> str:
    """The reference of the request or task at hand; "" where there is none."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


class CorrelationMiddleware(RequestMiddleware):  # type: ignore[misc]
    """Gives each request its reference, made here and taken from nobody: what a browser sent would be typed text in a log.

    The library carries it on to tasks in the headers of their messages (`config/celery.py`).
    """

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        response.headers[HEADER] = reference()
        super().handle_response(request, response)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """The method and the route. What stands in an address was typed by somebody, and may be a name."""
        return f"{request.method} {route_of(request.path_info)}"


def route_of(path: str) -> str:
    """The route that serves a path, with row ids and the names of our own tables filled in, and nothing else."""
    try:
        found = resolve(path)
    except Resolver404:
        return NOWHERE
    route = f"/{found.route}"
    for name, value in found.kwargs.items():
        for kind in ("int", "slug"):
            route = route.replace(f"<{kind}:{name}>", str(value)) if _ours(value) else route
    return route


def _ours(value: Any) -> bool:
    return isinstance(value, int) or value in _names()


@cache
def _names() -> frozenset[str]:
    """Every word that we ourselves put into addresses: workflows, their steps, their sections, their kinds of row."""
    found = set(WORKFLOWS)
    for table in WORKFLOWS.values():
        found |= {step.name for step in table.steps}
        found |= {section.name for section in table.sections} | {row.name for row in table.all_rows()}
    return frozenset(found)
