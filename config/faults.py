"""What a fault of the program shows: a reference to ring about, and nothing of the fault."""

import structlog
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def fault(request: HttpRequest) -> HttpResponse:
    """Drawn without the request, the session or the database: any of them may be what broke. The log has the same reference."""
    reference = structlog.contextvars.get_contextvars().get("request_id", "")
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)
