"""The brief: one screen and one page of paper for a call, an incident, a person or a place. Light, without script, kept nowhere."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from audit import services as audit
from audit.models import Access
from cases.models import Call, Case, Incident
from cases.models.brief import ATTENDING
from cases.services import briefing
from cases.services.brief_keeping import brief_of_call, newest_reading
from cases.steps.call import CALL
from cases.steps.incident import INCIDENT
from people.models import Person
from people.models.place import Place
from workflow import engine
from workflow.pages.records import denied, found_record, once, page, pass_the_door

RECORDS = {"call": CALL, "incident": INCIDENT}
HUBS: dict[str, Any] = {"case": Case, "person": Person, "place": Place}


def found_subject(request: HttpRequest, about: str, pk: int) -> briefing.Subject:
    """What a brief is of, on screen and on paper: of a case, what `newest_in` gives. Raises Http404 when it is hidden,
    AtTheDoor when a reason is asked for first.
    """
    user: Any = request.user
    if about in RECORDS:
        found: Any = found_record(RECORDS[about], user, pk=pk)
    elif about in HUBS:
        rows = HUBS[about].objects
        found = (rows.read_by(user) if about == "case" else rows.visible_to(user)).filter(pk=pk).first()
        if found is None:
            denied(HUBS[about], user, pk=pk)
            raise Http404
    else:
        raise Http404
    if isinstance(found, Case):
        found = briefing.newest_in(found)
    if folder := folder_of(found):
        pass_the_door(request, folder)
    return found  # type: ignore[no-any-return]


def folder_of(subject: briefing.Subject) -> Any:
    """The case it lies in; none for a person and a place, of whom many cases know."""
    return None if isinstance(subject, Person | Place) else subject.folder


def back_from(subject: briefing.Subject) -> str:
    """The page it belongs to."""
    if isinstance(subject, Incident):
        return reverse("record", args=["incident", subject.pk])
    return reverse("search") if isinstance(subject, Place) else subject.get_absolute_url()


@never_cache
@require_safe
@page
def brief_page(request: HttpRequest, about: str, pk: int) -> HttpResponse:
    """The brief with the reader's own eyes; hidden is 404. An opening is written down: it is what the list of attendances
    that nobody was prepared for is asked of.
    """
    user: Any = request.user
    subject = found_subject(request, about, pk)
    call = subject if isinstance(subject, Call) else None
    found, what = briefing.briefing_of(subject, user, timezone.now()), f"{subject._meta.label_lower}:{subject.pk}"
    if call is not None:
        what = note_read(call, user, found) or what
    folder = folder_of(subject)
    audit.looked(by=user, kind=Access.Kind.VIEW, what=what, folder=folder, hits=sorted(found.cases))
    context = {
        "about": subject._meta.model_name, "subject": subject, "back": back_from(subject), "briefing": found,
        "call": call, "case": folder, "token": uuid.uuid4().hex,
        "asks": call is not None and may_say_so(call, user), "moved_on": "again" in request.GET,
    }  # fmt: skip
    return render(request, "cases/brief.html", context)


def note_read(call: Any, user: User, found: briefing.Briefing) -> str:
    """What they have said to have read of a call; returns what an opening of its brief is written down as, "" of none."""
    call.is_built, call.read = brief_of_call(call), newest_reading(call, user)
    call.is_read = call.read is not None and call.read.digest == found.digest
    return call.is_built.opened_as if call.is_built else ""


def may_say_so(call: Any, user: User) -> bool:
    sent = call.state in (Call.State.SENT, Call.State.ATTENDED)
    return sent and not call.is_read and user.holds(ATTENDING, call.scope)


@require_POST
@page
def read_brief(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has read it: the step of the call, taken where the brief is read. Where it says something else by now
    than the page that they read, it is shown to them anew.
    """
    user: Any = request.user
    call = found_record(CALL, user, pk=pk)
    pass_the_door(request, call.folder)

    def say() -> str:
        url = reverse("brief", args=["call", pk])
        was = request.POST.get("shown", "")
        if was and was != briefing.briefing_for(call, user, timezone.now()).digest:
            return f"{url}?again"
        engine.perform(call, "acknowledge", by=user, evidence={"read": "on"}, seen=call.version)
        return url

    return redirect(once(request, say))
