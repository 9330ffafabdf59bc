"""One entry of intelligence: the text that its reader may read, how it is graded, and what may be done with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.models import Intelligence, Task
from cases.steps.intelligence import INTELLIGENCE, SOON
from cases.steps.safety import SAFETY
from people.services import names_for
from workflow import engine
from workflow.pages.records import open_record, page

OWN = frozenset(step.name for step in SAFETY)


@require_safe
@page
def intelligence_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The original is not even given to the template where it may not be read."""
    user: Any = request.user
    entry = open_record(request, INTELLIGENCE.name, pk)
    reading = Intelligence.objects.filter(pk=pk).with_reading(user).values("reads_whole").get()
    whole = {"original": entry.original, "provenance_words": entry.provenance_words} if reading["reads_whole"] else None
    others = list(entry.others.standing().order_by("pk").values_list("person_id", flat=True))
    people = [person for person in (entry.person_id, *others) if person]
    names = names_for(people, user)
    about = {"about_type": entry._meta.label_lower, "about_id": entry.pk, "kind__in": [kind for kind, _label in SOON]}
    context = {
        "entry": entry, "case": entry.case, "whole": whole, "people": [(person, names[person]) for person in people],
        "tasks": Task.objects.standing().filter(case=entry.case, **about).select_related("ended_by").order_by("-pk"),
        "offers": engine.offers(entry, user, user.roles_over(entry.scope), but=OWN),
    }  # fmt: skip
    return render(request, "cases/intelligence.html", context)
