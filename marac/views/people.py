"""Naming somebody in a referral that is being written."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from marac.forms.referral import NewReferred
from marac.steps.people import add_person
from marac.steps.referral import PERSON_ROW, REFERRAL
from workflow import drafts, engine
from workflow.models import Refusal, Refused
from workflow.pages.records import once, open_record, page
from workflow.pages.tasks import section_url

NOT_NOW = "This referral is not being written now, so nobody can be added to it."


@require_http_methods(["GET", "HEAD", "POST"])
@page
def refer_person(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Somebody new, once however often the button is pressed; what was typed is kept. No name stands in an address."""
    if kind != PERSON_ROW.name:
        raise Http404
    user: Any = request.user
    referral = open_record(request, REFERRAL.name, pk)
    if not engine.editable_by(referral, user, user.roles_over(referral.scope)):
        raise Refused(Refusal.STATE, NOT_NOW)
    back = section_url(referral, REFERRAL.section("people"))
    form, status = NewReferred(), 200
    if request.method == "POST":
        drafts.keep(user, request.path, request.POST)
        form, status = NewReferred(request.POST), 422
        if form.is_valid():
            once(request, lambda: added(referral, form.cleaned_data, user))
            drafts.drop(user, request.path)
            return redirect(back)
    elif left := drafts.kept(user, request.path):
        form = NewReferred(data=drafts.as_typed(left), kept=True)
    context = {"form": form, "subject": referral, "case": referral.case, "back_url": back, "path": request.path}
    return render(request, "marac-referral/person.html", context, status=status)


def added(referral: Any, said: dict[str, Any], user: Any) -> str:
    add_person(referral, PERSON_ROW, said, user)
    return "added"
