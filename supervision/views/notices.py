"""Notices: what a person has been told, newest first; opening one marks it read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.roles import ROLES
from cases.models import Case
from supervision.models import Notice
from supervision.queues import decision_url
from workflow.deadlines import HOLDER, POLICIES

PAGE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One notice as the page shows it; `url` is "" where the reader may not open the case."""

    pk: int
    text: str
    told_as: str
    wanted: str
    due_at: datetime
    created_at: datetime
    is_read: bool
    may_open: bool


def told(user: User) -> Any:
    """The person's notices about cases they may still open, and of closed ones only that they were told."""
    opens = Case.objects.visible_to(user).filter(pk=OuterRef("deadline__case_id"))
    mine = Notice.objects.filter(person=user).annotate(may_open=Q(deadline__case__isnull=True) | Exists(opens))
    return mine.select_related("deadline__case")


def line_of(notice: Any) -> Line:
    policy = POLICIES.get(notice.deadline.policy)
    wanted = policy.label if policy and notice.may_open else ""
    text = notice.text if notice.may_open else "You were told of a case that you may not open now."
    if not notice.may_open and notice.deadline.case.restricted and notice.role != HOLDER:
        text = f"{notice.text} It is restricted: ask professional standards."
    return Line(
        pk=notice.pk, text=text, wanted=wanted, due_at=notice.due_at, created_at=notice.created_at,
        told_as="You hold it" if notice.role == HOLDER else f"For the {ROLES[notice.role].label.lower()}",
        is_read=notice.read_at is not None, may_open=notice.may_open,
    )  # fmt: skip


@login_required
@require_safe
def notices_page(request: HttpRequest) -> HttpResponse:
    """The person's own notices, a page at a time from a notice on."""
    user: Any = request.user
    before = request.GET.get("before", "")
    rows = told(user)
    if before.isascii() and before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    context = {
        "lines": [line_of(notice) for notice in found[:PAGE]],
        "older": f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "first_page": not before,
        "now": timezone.now(),
    }
    return render(request, "supervision/notices.html", context)


@login_required
@require_safe
def notice_page(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Open what a notice is about; it is read from now on. Somebody else's, or of a case closed to one, is 404."""
    user: Any = request.user
    notice = told(user).filter(pk=pk, may_open=True).first()
    if notice is None:
        raise Http404
    Notice.objects.unread_by(user).filter(pk=pk).update(read_at=timezone.now())
    deadline = notice.deadline
    url = decision_url(POLICIES.get(deadline.policy), deadline.subject_type, deadline.subject_id)
    if deadline.is_open and url:
        return redirect(url)
    return redirect(deadline.case.get_absolute_url() if deadline.case is not None else "notices")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponseRedirect:
    user: Any = request.user
    Notice.objects.unread_by(user).update(read_at=timezone.now())
    return redirect("notices")
