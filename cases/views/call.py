"""The pages of a call beside those that its table gives: the check at entry, the call itself, the record that begins from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.roles import FRONTLINE
from audit import services as audit
from audit.models import Access
from cases.forms.call import TakeCall
from cases.models import BriefRead, Call, Case, Incident
from cases.models.answers.call import CriticalItem
from cases.services.brief_lines import Briefing
from cases.services.briefing import briefing_for
from cases.services.calls import NO_RECORD
from cases.services.entry_check import known_at_entry
from cases.services.entry_known import Known, Typed
from cases.steps.call import CALL, CONTROL_ROOM
from cases.steps.incident import INCIDENT
from people.services import names_seen
from workflow.models import Deadline, Refusal, Refused
from workflow.models.record import about
from workflow.numbers import id_in
from workflow.pages.records import open_record, page, step_context, step_form, take_step

RESPONSE = "call-response"
FIRST = ("review", "advise", "command", "tick", "unsafe")  # of what may always be done, what is not behind "and more"


@require_POST
@page
def check_call(request: HttpRequest) -> HttpResponse:
    """What is known of whoever is typed. With script a fragment for the page that is being typed; without, the page again.

    Names and numbers travel in the body, never in an address. Nothing is kept but the record of the search.
    """
    user: Any = request.user
    if not user.holds(CONTROL_ROOM, None):
        raise Refused(Refusal.ROLE, "A call is taken by the control room.")
    known = known_at_entry(typed_in(request), user=user)
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "call/known.html", {"known": known, "harmed": id_in(request.POST.get("harmed"))})
    subject = Call(case=case) if (case := case_meant(request)) else Call()
    form = TakeCall(data=request.POST, kept=True, subject=subject)
    return step_form(request, subject, CALL.step("take"), form, known=known, checked=True)


def typed_in(request: HttpRequest) -> Typed:
    """The boxes that are checked, as they were typed."""

    def box(name: str, most: int) -> str:
        return str(request.POST.get(name, "")).replace("\x00", "").strip()[:most]

    return Typed(
        box("at_risk", 200), box("suspect", 200), box("place", 300), box("postcode", 10), box("telephone", 30),
        id_in(request.POST.get("harmed")),
    )  # fmt: skip


def case_meant(request: HttpRequest) -> Case | None:
    """The case in which the call is taken, where it is one that is there."""
    pk = id_in(request.POST.get("folder"))
    user: Any = request.user
    return Case.objects.visible_to(user).select_related("unit").filter(pk=pk).first() if pk else None


@step_context(CALL.event("take"))
def taking(request: HttpRequest, record: Any) -> dict[str, Any]:
    """Where the form goes, and the folder it is in: the check may have drawn the page at another address."""
    inside = record.case_id is not None
    action = reverse("begin-in", args=["call", "take", record.case_id]) if inside else reverse("take-call")
    if request.resolver_match and request.resolver_match.url_name == "check-call":
        return {"action": action, "path": action, "folder": record.case_id or ""}  # it has asked already
    more = (
        {"known": Known(), "checked": False} if request.method == "GET" else {"known": again(request), "checked": True}
    )
    return {"action": action, "path": action, "folder": record.case_id or "", **more}


def again(request: HttpRequest) -> Known:
    """A page that comes back with something to mend still shows what is known."""
    user: Any = request.user
    typed = typed_in(request)
    return known_at_entry(typed, user=user) if typed.says_something else Known()


@step_context(CALL.event("page"))
def the_call(request: HttpRequest, record: Call) -> dict[str, Any]:
    """Everything on the page of a call. The briefing is asked while officers may still be on their way."""
    user: Any = request.user
    now = timezone.now()
    begun, due = record.record, due_of(record)
    advice = list(record.advice.select_related("recorded_by"))
    return {
        "now": now, "due": due, "due_url": reverse("deadline", args=[due.pk]) if due else "", "begun": begun, "advice": advice,
        "first": [reverse("step", args=[CALL.name, record.pk, name]) for name in FIRST],
        "gradings": list(record.gradings.select_related("recorded_by")),
        "timings": list(record.timings.select_related("recorded_by")),
        "harmed_name": names_seen([record.harmed_id], user).get(record.harmed_id, "") if record.harmed_id else "",
        "briefing": briefed(record, user, now) if record.state != Call.State.CLOSED else None,
        "reads": list(BriefRead.objects.standing().filter(brief__call=record.pk).select_related("recorded_by")),
        "checklist": checklist_of(record) if record.critical_at else [],
        "record_url": "" if begun or record.result in NO_RECORD else record_url_for(record, user),
    }  # fmt: skip


def briefed(call: Call, user: User, now: datetime) -> Briefing:
    """The brief on the page of the call: the other cases that it tells of are written down as looked at."""
    found = briefing_for(call, user, now)
    if others := set(found.cases) - {call.case_id}:
        what = f"{call._meta.label_lower}:{call.pk}"
        audit.looked(by=user, kind=Access.Kind.VIEW, what=what, folder=call.folder, hits=sorted(others))
    return found


def due_of(call: Call) -> Deadline | None:
    rows = Deadline.objects.filter(**about(call), policy=RESPONSE).order_by("-pk")
    return rows.first()


def checklist_of(call: Call) -> list[tuple[str, Any]]:
    """Every line of the checklist in order, with who ticked it and when: of the critical incident declared last."""
    done = {check.item: check for check in call.checks.standing().select_related("recorded_by")}
    return [(str(item.label), done.get(item.value)) for item in CriticalItem]


def record_url_for(call: Call, user: User) -> str:
    """Where the record of the incident begins, for whoever may begin one here."""
    return reverse("record-from-call", args=[call.pk]) if user.holds(FRONTLINE, call.scope) else ""


@page
def record_call(request: HttpRequest, call: int) -> HttpResponse:
    """Begin the record of the incident in the call's case, with what the call said: nothing is typed twice."""
    found: Call = open_record(request, CALL.name, call)
    if begun := found.record:
        return redirect("record", INCIDENT.name, begun.pk)
    if found.result in NO_RECORD:
        raise Http404
    incident = Incident(
        case=found.case, call=found, reported_at=found.received_at, channel=found.channel, log_ref=found.log_ref,
        place=found.place, postcode=found.postcode,
    )  # fmt: skip
    return take_step(request, incident, INCIDENT.step("begin"))
