"""Pages that anybody may read, signed in or not: help, accessibility, privacy. They show nothing of anybody's work."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.sessions import Standing, standing


def about(template: str) -> Callable[[HttpRequest], HttpResponse]:
    """A page of words. In a locked session its header is bare: who sits there may not be who signed in."""

    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        locked = request.user.is_authenticated and standing(request.session, timezone.now()) is not Standing.LIVE
        return render(request, f"about/{template}.html", {"locked": locked, "desk": settings.SERVICE_DESK})

    return page


help_page, accessibility_page, privacy_page = about("help"), about("accessibility"), about("privacy")
