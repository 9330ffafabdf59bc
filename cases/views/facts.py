"""What was known is asked again, and what is new is learned: an address, a number, a school, a dog."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from cases.forms.described import NewNote, note_heading
from cases.forms.fact import (
    NewAddress,
    NewFact,
    NewHandle,
    NewIdentifier,
    NewInScheme,
    NewManaged,
    NewName,
    NewVehicle,
    NewWarning,
    link_form,
)
from cases.forms.involvement import NewTelephone
from cases.models import Incident, Involvement
from cases.services import answer_still_true, key_of, to_ask
from cases.services.calls import number_at_call
from cases.steps.incident import INCIDENT
from people.models import (
    Address,
    Description,
    Handle,
    Identifier,
    InScheme,
    Link,
    Managed,
    Note,
    PersonName,
    Telephone,
    Vehicle,
    WarningMarker,
)
from people.models.note import NOTE_KINDS
from people.services import learn, names_for
from workflow import drafts
from workflow.declare import RowKind
from workflow.forms import EvidenceForm
from workflow.pages.records import once, open_record, page
from workflow.pages.rows import section_of
from workflow.pages.tasks import section_url

LEARNED: dict[str, tuple[str, type[EvidenceForm], Any]] = {
    "address": (N_("Add an address"), NewAddress, Address),
    "telephone": (N_("Add a telephone number"), NewTelephone, Telephone),
    "name": (N_("Add another name"), NewName, PersonName),
    "vehicle": (N_("Add a vehicle"), NewVehicle, Vehicle),
    "handle": (N_("Add a social media account"), NewHandle, Handle),
    "identifier": (N_("Add a number of another record"), NewIdentifier, Identifier),
    "warning": (N_("Add a warning"), NewWarning, WarningMarker),
    "mappa": (N_("Add MAPPA management"), NewManaged, Managed),
    "scheme": (N_("Add MATAC or IOM"), NewInScheme, InScheme),
    "link": (N_("Say what they are to somebody else"), EvidenceForm, Link),
    "note": ("", NewNote, Note),
}
#: What stands behind "Something else": rarely known at the door, so it does not stand in the way of what is.
RARELY = ("name", "vehicle", "handle", "identifier", "link", "mappa", "scheme")
NOBODY_ELSE = N_("Nobody else is in this case yet. Add the other person to the record first, then come back.")


@page
def still_true(request: HttpRequest, incident: int, row: int) -> HttpResponse:
    """The answer to "Still true?" about one fact. No leads on to saying what is true now.

    Each is asked by itself: one button for all would be pressed unread at two in the morning, and a number that is no
    longer hers would be kept as hers.
    """
    record, one = involved(request, incident, row)
    offered = to_ask(incident=record, people=[one.person_id], by=_user(request))[one.person_id]
    asked = {key_of(known.fact): known.fact for known in offered}
    fact = asked.get(request.POST.get("fact", ""))
    if request.method != "POST" or fact is None:  # answered already, or by a second press
        return redirect(section_at(record, one, mark=False))
    still = request.POST.get("answer") == "yes"
    answer_still_true(incident=record, person=one.person, fact=fact, still=still, by=_user(request))
    return redirect(section_at(record, one) if still else page_to_change(fact, record, one))


def page_to_change(fact: Any, record: Incident, one: Involvement) -> str:
    """Where somebody says what is true now, of a fact that no longer is."""
    if isinstance(fact, Description):
        if fact.topic in ("language", "interpreter"):  # asked where it is asked how they were spoken with
            return reverse("change-row", args=[INCIDENT.name, record.pk, one.part, one.pk])
        return reverse("about-person", args=[record.pk, one.pk])
    if isinstance(fact, Note):
        return reverse("add-fact", args=[record.pk, one.pk, fact.about])
    kind = next((name for name, (*_words, model) in LEARNED.items() if isinstance(fact, model)), "")
    return reverse("add-fact", args=[record.pk, one.pk, kind]) if kind else section_at(record, one)


@page
def add_fact(request: HttpRequest, incident: int, row: int, kind: str) -> HttpResponse:
    """Something learned about somebody: an address, a telephone number, or one of the small things by its kind."""
    record, one = involved(request, incident, row)
    if kind == "more":
        return more_kinds(request, record, one)
    if kind not in LEARNED and kind not in NOTE_KINDS:
        raise Http404
    heading, form_class, model = LEARNED.get(kind, LEARNED["note"])
    more: dict[str, Any] = {"heading": _(heading) if heading else note_heading(kind)}
    if model is Link:
        others = others_in_case(record, one, _user(request))
        form_class = link_form(others.items())
        more["lead"] = "" if others else _(NOBODY_ELSE)
    form, status = form_class(initial={"about": kind, **number_at_call(record, one.part, kind)}), 200
    if request.method == "POST":
        drafts.keep(_user(request), request.path, request.POST)
        form, status = form_class(request.POST), 422
        if form.is_valid():
            once(request, lambda: _learned(request, record, model(person=one.person, **columns_of(form))))
            drafts.drop(_user(request), request.path)
            return redirect(section_at(record, one))
    elif left := drafts.kept(_user(request), request.path):
        form = form_class(data=drafts.as_typed(left), kept=True)
    more |= {"form": form, "back_url": section_at(record, one), "row": one}
    return render(request, "incident/fact.html", frame(request, record) | more, status=status)


def more_kinds(request: HttpRequest, record: Incident, one: Involvement) -> HttpResponse:
    """The kinds of fact that are rarely known at the door, each with the way to its page."""
    ways = [(_(LEARNED[kind][0]), reverse("add-fact", args=[record.pk, one.pk, kind])) for kind in RARELY]
    name = names_for([one.person_id], _user(request))[one.person_id]
    more = {"ways": ways, "name": name, "back_url": section_at(record, one)}
    return render(request, "incident/more_facts.html", frame(request, record) | more)


def columns_of(form: Any) -> dict[str, Any]:
    """The columns of the fact that the form has said."""
    said: dict[str, Any] = form.columns() if isinstance(form, NewFact) else form.cleaned_data
    return said


def others_in_case(record: Incident, one: Involvement, user: Any) -> dict[int, str]:
    """{id: name} of everybody else who takes part in any incident of the case, in the order of their names."""
    rows = Involvement.objects.standing().filter(case=record.case_id).exclude(person=one.person_id)
    names = names_for(set(rows.values_list("person_id", flat=True)), user)
    return dict(sorted(names.items(), key=lambda entry: entry[1]))


def _learned(request: HttpRequest, record: Incident, fact: Any) -> str:
    learn(fact, beneath=record, by=_user(request))
    return "learned"


def involved(request: HttpRequest, incident: int, row: int) -> tuple[Incident, Involvement]:
    """The incident, and somebody in it. Raises Http404 where there is no such person."""
    record: Incident = open_record(request, INCIDENT.name, incident)
    found = record.involvements.standing().select_related("person").filter(pk=row).first()
    if found is None:
        raise Http404
    return record, found


def frame(request: HttpRequest, record: Incident) -> dict[str, Any]:
    """What every page beneath the people of an incident shows."""
    return {
        "subject": record, "case": record.case, "workflow": INCIDENT, "path": request.path, "token": uuid.uuid4().hex,
    }  # fmt: skip


def section_of_kind(record: Incident, kind: RowKind) -> str:
    section = section_of(record, kind)
    return section_url(record, section) if section else ""


def section_at(record: Incident, one: Involvement, *, mark: bool = True) -> str:
    """The page of somebody's part, at their name."""
    url = section_of_kind(record, INCIDENT.row_kind(one.part))
    return f"{url}#person-{one.pk}" if mark else url


def _user(request: HttpRequest) -> Any:
    return request.user
