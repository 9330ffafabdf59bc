"""What a browser is told with every answer: keep nothing, run nothing but ours, say to nobody where one came from."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class Neutral:
    """The headers of every page; what is the same for everybody (`/static/`) may be kept for an hour."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = self.answer(request)
        if not request.path.startswith("/static/"):
            given["Cache-Control"] = "no-store, max-age=0"
        given["Content-Security-Policy"] = POLICY
        given["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
        given["X-Frame-Options"] = "DENY"
        given["X-Robots-Tag"] = "noindex"
        return given
