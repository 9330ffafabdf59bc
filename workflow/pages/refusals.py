"""How a refusal looks: the right status, a sentence that can be acted on, and everything typed still there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from workflow.models import Refusal, Refused

HEADINGS = {
    Refusal.ROLE: gettext_noop("You cannot do this"),
    Refusal.STATE: gettext_noop("This is not open now"),
    Refusal.STALE: gettext_noop("Somebody else saved this first"),
    Refusal.GUARD: gettext_noop("Not yet"),
}
OPENINGS = (HEADINGS[Refusal.ROLE], gettext_noop("Not available"), HEADINGS[Refusal.GUARD])


def refused(request: HttpRequest, refusal: Refused, **more: Any) -> HttpResponse:
    """A page for a refusal that no form can show. Hidden is 404, like a page that never was."""
    if refusal.kind is Refusal.HIDDEN:
        raise Http404
    heading, sentence = _(HEADINGS.get(refusal.kind, gettext_noop("There is a problem"))), str(refusal.sentence)
    for opening in map(_, OPENINGS):  # a guard says itself whether it is the person or the moment: the heading says it
        if refusal.kind is Refusal.GUARD and sentence.startswith(f"{opening}. "):
            heading, sentence = opening, sentence.removeprefix(f"{opening}. ")
    context = {"heading": heading, "sentence": sentence, **more}
    return render(request, "workflow/refused.html", context, status=refusal.kind.status)
