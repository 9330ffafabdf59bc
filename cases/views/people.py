"""The people of an incident: found before they are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.forms.involvement import WhoIsIt
from cases.models import Incident, Involvement
from cases.services import involve_known, involve_new
from cases.services.calls import named_at_call
from cases.steps.incident import INCIDENT
from cases.views.facts import frame, section_of_kind
from people.models import Person
from people.services import find
from people.services.judging import led_to
from workflow import drafts, engine
from workflow.declare import RowKind
from workflow.models import Refusal, Refused
from workflow.numbers import id_in
from workflow.pages.records import AtTheDoor, once, open_record, page
from workflow.pages.tasks import closed_by, section_url


@dataclass(frozen=True, slots=True)
class Asking:
    """The words of the page that finds somebody, by the part they have."""

    heading: str
    this_is: str
    already: str


WORDS = {
    "victim": Asking("Who was harmed?", "This is the person harmed", "The person harmed is in this record already."),
    "suspect": Asking("Who is the suspect?", "This is the suspect", ""),
    "child": Asking("Who is the child?", "This is the child", ""),
    "witness": Asking("Who is the witness?", "This is the witness", ""),
}


@page
def find_person(request: HttpRequest, incident: int, part: str) -> HttpResponse:
    """Ask who it is, show who it may be, and add one of them or somebody new. No name stands in an address."""
    record, kind = _open(request, incident, part)
    if part == Involvement.Part.VICTIM and record.people(part).exists():
        return redirect(section_of_kind(record, kind))
    if request.method != "POST":
        left = drafts.kept(_user(request), request.path)
        form = WhoIsIt(data=drafts.as_typed(left), kept=True) if left else WhoIsIt(initial=named_at_call(record, part))
        return _ask(request, record, kind, form)
    drafts.keep(_user(request), request.path, request.POST)
    form = WhoIsIt(request.POST)
    if not form.is_valid():
        return _ask(request, record, kind, form, status=422)
    if "person" in request.POST or "new" in request.POST:
        return _add(request, record, kind, form)
    said = {name: form.cleaned_data[name] for name in ("forename", "surname", "born_on")}
    matches = find(user=_user(request), **said)
    return _ask(request, record, kind, form, matches=matches, searched=True)


def _add(request: HttpRequest, record: Incident, kind: RowKind, form: WhoIsIt) -> HttpResponse:
    """Add whoever was chosen, once however often the button is pressed, and go on to what is asked about them."""
    user, said = _user(request), form.cleaned_data
    born = {"born_on": said["born_on"], "age_said": None if said["born_on"] else said["age"]}

    def act() -> str:
        if "person" in request.POST:
            person = _chosen(request)
            if record.involvements.standing().filter(person=person).exists():
                raise Refused(Refusal.GUARD, "They are in this record already.")
            row = involve_known(incident=record, part=kind.name, person=person, by=user, **born)
        else:
            name = {"forename": said["forename"], "surname": said["surname"]}
            row = involve_new(incident=record, part=kind.name, by=user, **name, **born)
        return _next(record, kind, row, known="person" in request.POST)

    try:
        url = once(request, act)
    except Refused as refusal:
        if refusal.kind is not Refusal.GUARD:
            raise
        form.add_error(None, refusal.sentence)
        return _ask(request, record, kind, form, status=422)
    drafts.drop(user, request.path)
    return redirect(url)


def _chosen(request: HttpRequest) -> Person:
    visible = Person.objects.visible_to(_user(request))
    chosen = id_in(request.POST.get("person")) or 0
    return visible.filter(pk=chosen).first() or Person(
        pk=led_to(chosen, _user(request))
    )  # merged while the page was open


def _next(record: Incident, kind: RowKind, row: Involvement, *, known: bool) -> str:
    """What is asked about somebody stands on their own page; of a person harmed whom we knew, what is known comes first."""
    if known and kind.name == Involvement.Part.VICTIM:
        return section_of_kind(record, kind)
    return reverse("change-row", args=[INCIDENT.name, record.pk, kind.name, row.pk])


def _open(request: HttpRequest, incident: int, part: str) -> tuple[Incident, RowKind]:
    """The incident and the kind of row, once people may be added to it."""
    record: Incident = open_record(request, INCIDENT.name, incident)
    if part not in WORDS:
        raise Http404
    if first := closed_by(record):
        raise AtTheDoor(section_url(record, first))
    user = _user(request)
    if not engine.editable_by(record, user, user.roles_over(record.scope)):
        raise Refused(Refusal.STATE, "This record is not being written now, so nobody can be added to it.")
    return record, INCIDENT.row_kind(part)


def _ask(
    request: HttpRequest, record: Incident, kind: RowKind, form: WhoIsIt, *, matches: Any = (), searched: bool = False,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "form": form, "matches": matches, "searched": searched, "words": WORDS[kind.name], "kind": kind,
        "back_url": section_of_kind(record, kind), "add_new": searched or status == 422,
    }  # fmt: skip
    return render(request, "incident/find.html", frame(request, record) | context, status=status)


def _user(request: HttpRequest) -> Any:
    return request.user
