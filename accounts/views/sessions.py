"""Where you are signed in: each browser, and how to end it from another."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.leaving import end_sessions
from accounts.models import Session, handle_of

TO_A_PAGE = 20


@login_required
@require_GET
def sessions_page(request: HttpRequest) -> HttpResponse:
    here = request.session.session_key
    page = Paginator(_open_sessions(request), TO_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "account/sessions.html", {"page": page, "here": handle_of(here)})


@login_required
@require_POST
def end_session(request: HttpRequest, handle: str) -> HttpResponse:
    """End one of one's own sessions. Another person's, and one that has ended, are not here."""
    found = next((row for row in _open_sessions(request) if row.handle() == handle), None)
    if found is None:
        raise Http404
    adapter = get_adapter(request)
    if found.session_key == request.session.session_key:
        adapter.logout(request)
        return redirect("account_login")
    found.delete()
    adapter.note("session-ended", request, by=_person(request), session=handle)
    return redirect("sessions")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    ended = end_sessions(person, keep=request.session.session_key)
    get_adapter(request).note("other-sessions-ended", request, by=person, count=ended)
    return redirect("sessions")


def _open_sessions(request: HttpRequest) -> QuerySet[Session]:
    mine = Session.objects.filter(user=_person(request), expire_date__gt=timezone.now())
    return mine.order_by("-seen_at", "session_key")


def _person(request: HttpRequest) -> Any:
    return request.user
