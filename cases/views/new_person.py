"""From a search to a new person: in which record they belong, and what was typed goes with them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.models import Incident, Involvement
from people.forms import Search
from people.kinds import Asked
from workflow import drafts
from workflow.forms import Choice, EvidenceForm
from workflow.templatetags.words import when

MOST = 8  # records that somebody is writing at once: more are found in their own work


class InWhich(EvidenceForm):
    """Which of the records one is writing, and as whom."""

    incident = Choice(label="In which record?", called="The record", needed="Choose the record they are part of")
    part = Choice(Involvement.Part, label="As whom?", called="Their part", needed="Choose what part they have")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new_person_page(request: HttpRequest) -> HttpResponse:
    """Ask which record, then open its own page of "Who is it?" with what was typed: that page looks once more first."""
    user: Any = request.user
    search = Search(request.POST)
    if request.method != "POST" or not search.is_valid():
        return redirect("search")
    written = records_of(user)
    choosing = "part" in request.POST
    form = InWhich(request.POST) if choosing else InWhich()
    chooser: Any = form.fields["incident"]
    chooser.choices = [(str(record.pk), said_of(record)) for record in written]
    if choosing and form.is_valid():
        path = reverse("find-person", args=[form.cleaned_data["incident"], form.cleaned_data["part"]])
        drafts.keep(user, path, as_fields(search.asked))
        return redirect(path)
    terms = [(name, request.POST[name]) for name in ("q", "born", "where") if request.POST.get(name)]
    context = {"form": form, "written": written, "again": terms, "asked": search.asked}
    return render(request, "cases/new_person.html", context, status=422 if choosing else 200)


def records_of(user: Any) -> list[Incident]:
    """The records this person is writing, the newest first."""
    rows = Incident.objects.standing().visible_to(user).filter(recorded_by=user, state=Incident.State.RECORDING)
    return list(rows.select_related("case").order_by("-pk")[:MOST])


def said_of(record: Incident) -> str:
    return f"{record.case.reference}, {when(record.reported_at)}" + (
        f", log {record.log_ref}" if record.log_ref else ""
    )


def as_fields(asked: Asked) -> QueryDict:
    """What was typed, in the boxes of that page."""
    sought, born = asked.sought, asked.born
    fields = QueryDict(mutable=True)
    fields.update({"forename": sought.forename, "surname": sought.surname})
    if born and born.whole:
        fields.update({"born_on_day": str(born.day), "born_on_month": str(born.month), "born_on_year": str(born.year)})
    return fields
