"""Notices: what a person has been told, newest first; opening one marks it read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.roles import PROFESSIONAL_STANDARDS, ROLES
from cases.models import Case
from supervision import services
from supervision.access_watch import FOUND, HEAR_OF_LOOKS
from supervision.briefs import brief_url
from supervision.forms.notice import Wanted
from supervision.models import Notice, Preference
from supervision.models.notice import CHOSEN
from supervision.queues import decision_url
from workflow.models import Deadline
from workflow.numbers import id_in
from workflow.policies import HOLDER, POLICIES

PAGE = 25
BY_KIND: dict[str, str] = {
    Notice.Kind.MENTION: N_("You are named"), Notice.Kind.SEARCH: N_("You saved the search"),
    Notice.Kind.BRIEF: N_("You are sent"), Notice.Kind.AGREEMENT: N_("For your agency"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One notice as the page shows it; `may_open` is False where the reader may not open the case."""

    pk: int
    text: str
    told_as: str
    wanted: str
    created_at: datetime
    is_read: bool
    may_open: bool


def told(user: User) -> Any:
    """The person's notices about cases they may still open, and of closed ones only that they were told."""
    opens = Case.objects.visible_to(user).filter(pk=OuterRef("case_id"))
    mine = Notice.objects.filter(person=user).annotate(may_open=Q(case__isnull=True) | Exists(opens))
    return mine.select_related("deadline", "case", "event")


def line_of(notice: Any) -> Line:
    policy = POLICIES.get(notice.deadline.policy) if notice.deadline else None
    wanted = policy.label if policy and notice.may_open else ""
    text = notice.text if notice.may_open else _("You were told of a case that you may not open now.")
    if not notice.may_open and notice.case.restricted and notice.role not in (HOLDER, ""):
        text = f"{notice.text} It is restricted: ask professional standards."
    return Line(
        pk=notice.pk, text=text, wanted=wanted, created_at=notice.created_at, told_as=_told_as(notice),
        is_read=notice.read_at is not None, may_open=notice.may_open,
    )  # fmt: skip


def _told_as(notice: Notice) -> str:
    if notice.kind in BY_KIND:
        return _(BY_KIND[notice.kind])
    return (
        _("You hold it")
        if notice.role == HOLDER
        else _("For the %(role)s") % {"role": _(ROLES[notice.role].label).lower()}
    )


@login_required
@require_safe
def notices_page(request: HttpRequest) -> HttpResponse:
    """The person's own notices, a page at a time from a notice on."""
    user: Any = request.user
    before = id_in(request.GET.get("before"))
    rows = told(user)
    if before is not None:
        rows = rows.filter(pk__lt=before)
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
    services.mark_read(user, pk, timezone.now())
    return redirect(_onward(notice) or "notices")


def _onward(notice: Any) -> str:
    """Where what is owed is done, while it is owed; else the record in which somebody is named, or the case."""
    if notice.kind == Notice.Kind.SEARCH:
        return "saved-searches"
    if notice.kind == Notice.Kind.BRIEF:
        return brief_url(notice.event)
    deadline = notice.deadline
    if deadline is not None and deadline.is_open and may_be_seen(deadline, notice.person):
        url = decision_url(POLICIES.get(deadline.policy), deadline.subject_type, deadline.subject_id)
        if url:
            return str(url)
    if notice.case is not None:
        return str(notice.case.get_absolute_url())
    if deadline is not None and may_be_seen(deadline, notice.person):  # it lies in no case: a meeting, an agenda sent
        return str(deadline.subject.get_absolute_url())
    if notice.event is not None and notice.event.name == FOUND:
        return f"{reverse('audit-unusual')}?day={timezone.localdate(notice.event.at)}"
    return "concerns" if notice.role in PROFESSIONAL_STANDARDS else ""


def may_be_seen(deadline: Deadline, person: Any) -> bool:
    """What lies in no case is asked itself: of an agency's own row a coordinator hears that it is late, and no more."""
    if deadline.case_id is not None:
        return True
    rows: Any = apps.get_model(deadline.subject_type)._default_manager
    return bool(rows.visible_to(person).filter(pk=deadline.subject_id).exists())


@login_required
@require_POST
def mark_notice(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Mark one's own notice as read, or as unread again, without opening what it is about. Nobody else's: 404."""
    user: Any = request.user
    if not Notice.objects.filter(person=user, pk=pk).exists():
        raise Http404
    services.mark_read(user, pk, timezone.now(), read=request.POST.get("as") != "unread")
    return redirect("notices")


@login_required
def preferences_page(request: HttpRequest) -> HttpResponse:
    """One's own choice of mails. Escalations are shown as what cannot be chosen."""
    user: Any = request.user
    chosen = Preference.objects.filter(person=user).first() or Preference(person=user)
    before = {column: getattr(chosen, column) for column in (*CHOSEN.values(), "digest_hour")}
    form = Wanted(request.POST) if request.method == "POST" else Wanted(initial=before)
    if request.method == "POST" and form.is_valid():
        services.prefer(user, **form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
        return redirect("notices")
    context = {"form": form, "hears_of_looks": user.holds(HEAR_OF_LOOKS, None)}
    return render(request, "supervision/preferences.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponseRedirect:
    user: Any = request.user
    Notice.objects.unread_by(user).update(read_at=timezone.now())
    return redirect("notices")
