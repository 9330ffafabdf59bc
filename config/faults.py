"""What a refusal or a fault of the program shows: what happened, what to do, what is kept, and a reference to ring about."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from config.correlation import reference
from workflow import drafts
from workflow.api import problems

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
#: Reasons of Django's for which the form may have come from somebody else's page: nothing of it is kept.
FROM_ELSEWHERE = ("Origin checking", "Referer checking")


def _said(request: HttpRequest, status: int, kind: str, words: str, **more: Any) -> HttpResponse:
    """The page of a refusal, in the frame of the service; a program gets a problem document."""
    if request.path.startswith("/api/"):
        return problems.answer(kind, words)
    return render(request, f"{status}.html", {"reference": reference(), **more}, status=status)


def _alone(status: int, **more: Any) -> HttpResponse:
    """Drawn without the request, the session or the database: any of them may be what broke."""
    return HttpResponse(render_to_string(f"{status}.html", {"reference": reference(), **more}), status=status)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, and 413 where more was sent than is taken."""
    if isinstance(exception, TOO_LARGE):
        return _said(request, 413, "too-large", "Send less at once.")
    if request.path.startswith("/api/"):
        return problems.answer("malformed", "The request could not be read.")
    return _alone(400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _said(request, 403, "refused", "This is not yours to do.")


def unknown(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What is hidden and what never was: one page, whatever the exception knows."""
    return _said(request, 404, "not-found", "There is no such thing, or you may not see it.")


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: from the limits on guessing passwords."""
    answer = _said(request, 429, "too-many", "Wait a few minutes.")
    answer.headers["Retry-After"] = "300"
    return answer


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a good token: nearly always one that was opened before signing in again. What was typed is kept."""
    user: Any = getattr(request, "user", None)
    kept = None
    if (
        user is not None
        and user.is_authenticated
        and request.method == "POST"
        and not reason.startswith(FROM_ELSEWHERE)
    ):
        kept = drafts.keep(user, str(request.POST.get("kept_path") or request.path), request.POST)
    return _said(request, 403, "refused", "The token of the form is missing.", old_page=True, kept=kept)


def fault(request: HttpRequest) -> HttpResponse:
    """500. The log has the same reference."""
    if request.path.startswith("/api/"):
        return problems.answer("fault", f"Ring the service desk and say this reference: {reference()}")
    return _alone(500)
