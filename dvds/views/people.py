"""Naming somebody in a consideration: found before they are made. No name stands in an address."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dvds.forms.party import NewParty
from dvds.services.parties import name_party
from dvds.steps.application import CONSIDERATION
from dvds.steps.sections import PARTY_ROW
from people.services import find
from workflow import drafts, engine
from workflow.models import Refusal, Refused
from workflow.numbers import id_in
from workflow.pages.records import once, open_record, page
from workflow.pages.tasks import section_url

NOT_NOW = "Nobody can be added to this now."


@require_http_methods(["GET", "HEAD", "POST"])
@page
def consider_person(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Ask who it is, show who it may be, and name one of them or somebody new, once however often the button is pressed."""
    user: Any = request.user
    if kind != PARTY_ROW.name:
        raise Http404
    application = open_record(request, CONSIDERATION.name, pk)
    if not engine.editable_by(application, user, user.roles_over(application.scope)):
        raise Refused(Refusal.STATE, NOT_NOW)
    if request.method != "POST":
        left = drafts.kept(user, request.path)
        return ask(request, application, NewParty(data=drafts.as_typed(left), kept=True) if left else NewParty())
    drafts.keep(user, request.path, request.POST)
    form = NewParty(said_of(request))
    if not form.is_valid():
        return ask(request, application, form, status=422)
    if "chosen" in request.POST or "new" in request.POST:
        once(request, lambda: named(application, form.cleaned_data, user))
        drafts.drop(user, request.path)
        return redirect(section_url(application, CONSIDERATION.section("people")))
    sought = {name: form.cleaned_data[name] for name in ("forename", "surname", "born_on")}
    return ask(request, application, form, matches=find(user=user, **sought), searched=True)


def said_of(request: HttpRequest) -> Any:
    """What was typed; the person is the one whose button was pressed, and no number that was typed."""
    said = request.POST.copy()
    said["person"] = str(id_in(request.POST.get("chosen")) or "")
    return said


def named(application: Any, said: dict[str, Any], user: Any) -> str:
    name_party(application, said["part"], user, **{name: value for name, value in said.items() if name != "part"})
    return "named"


def ask(
    request: HttpRequest, application: Any, form: NewParty, *, matches: Any = (), searched: bool = False, status: int = 200
) -> HttpResponse:  # fmt: skip
    form.fields.pop("person", None)
    context = {
        "form": form, "subject": application, "case": application.case, "matches": matches, "searched": searched,
        "back_url": section_url(application, CONSIDERATION.section("people")), "path": request.path,
        "token": uuid.uuid4().hex, "intake": getattr(application, "intake", None),
    }  # fmt: skip
    return render(request, "consideration/person.html", context, status=status)
