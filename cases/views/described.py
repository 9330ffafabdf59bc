"""What somebody says of themselves, and taking a fact out: small pages beneath the people of an incident."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases.forms.described import MORE, RECORDED_ALREADY, Described, DescribedHarmed, DescribedOther
from cases.models import Incident, Involvement
from cases.views.facts import frame, involved, section_at
from people.models import Description, Fact, Link
from people.services import Reader, describe, described, names_for, take_out
from people.services.facts import name_others, own_facts
from workflow import drafts, engine
from workflow.forms import Reason
from workflow.models import Refusal, Refused
from workflow.pages.records import once, page

SEALED = "This record is not being written now, so nothing can be changed in it."


@page
def about_person(request: HttpRequest, incident: int, row: int) -> HttpResponse:
    """A few quick answers, the rest collapsed; all may be left empty. Saved as facts of the case."""
    record, one = involved(request, incident, row)
    refuse_unless_written(request, record)
    user: Any = request.user
    known = described([one.person_id], case=record.case_id)[one.person_id]
    form, status = form_for(request, one, known), 200
    if request.method == "POST":
        drafts.keep(user, request.path, request.POST)
        form, status = form_class(one)(request.POST), 422
        if form.is_valid():
            said = form.answers()
            once(request, lambda: _describe(one, said, record, user))
            drafts.drop(user, request.path)
            return redirect(section_at(record, one))
    name = names_for([one.person_id], user)[one.person_id]
    more = {"form": form, "heading": name, "back_url": section_at(record, one), "row": one}
    return render(request, "incident/about.html", frame(request, record) | more, status=status)


def form_class(one: Involvement) -> type[Described]:
    return DescribedHarmed if one.part == Involvement.Part.VICTIM else DescribedOther


def form_for(request: HttpRequest, one: Involvement, known: dict[str, Description]) -> Described:
    """As this person left it, else with what the case knows already; of what they may not read, only that it is known."""
    user: Any = request.user
    if left := drafts.kept(user, request.path):
        return form_class(one)(data=drafts.as_typed(left), kept=True)
    reader = Reader(user)
    initial: dict[str, str] = {}
    readable = {topic: fact for topic, fact in known.items() if reader.may_read(fact)}
    for topic, fact in readable.items():
        initial |= {topic: fact.answer, f"{topic}_words": fact.said_words}
    form = form_class(one)(initial=initial)
    for topic in known.keys() & set(MORE) & form.fields.keys() - readable.keys():
        form.fields[topic].help_text = _(RECORDED_ALREADY)
    return form


def _describe(one: Involvement, said: dict[str, tuple[str, str]], record: Incident, user: Any) -> str:
    describe(person=one.person, said=said, beneath=record, by=user)
    return "described"


@page
def take_out_fact(request: HttpRequest, incident: int, row: int, kind: str, fact: int) -> HttpResponse:
    """Strike a fact out, with the reason: a number that is no longer hers is gone from every list of numbers to call."""
    record, one = involved(request, incident, row)
    refuse_unless_written(request, record)
    user: Any = request.user
    found = standing_fact(record, one, kind, fact, user)
    if found is None:
        return redirect(section_at(record, one))  # pressed twice
    form = Reason(request.POST if request.method == "POST" else None)
    if form.is_valid():
        take_out(found, beneath=record, by=user, reason=form.cleaned_data["reason"])
        return redirect(section_at(record, one))
    more = {"form": form, "fact": found, "words": Reader(user).words_of(found), "back_url": section_at(record, one)}
    page_of = frame(request, record) | more
    return render(request, "incident/take_out.html", page_of, status=422 if form.errors else 200)


def standing_fact(record: Incident, one: Involvement, kind: str, pk: int, user: Any) -> Any:
    """The fact of this very case about this person; None once it was taken out. Raises Http404 for any other."""
    model = next((model for model in Fact.kinds() if model._meta.model_name == kind), None)
    if model is None:
        raise Http404
    own = own_facts(model).filter(case=record.case_id, pk=pk).of([one.person_id])
    if not own.exists():
        raise Http404
    found = own.standing().first()
    if isinstance(found, Link):
        found = dict(found.sides())[one.person_id]
        name_others([found], user)
    return found


def refuse_unless_written(request: HttpRequest, record: Incident) -> None:
    user: Any = request.user
    if not engine.editable_by(record, user, user.roles_over(record.scope)):
        raise Refused(Refusal.STATE, SEALED)
