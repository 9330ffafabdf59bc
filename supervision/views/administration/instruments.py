"""Instruments: each with its versions, what each unit uses, what waits; and one version as it is worded."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Unit
from risk.models import Instrument, InstrumentUse, InstrumentVersion
from risk.models.answer import questions_of
from supervision.models import UseChange, VersionPublication
from supervision.models.instrument import READS_INSTRUMENTS
from workflow.pages.door import PAGE, acts_on, for_roles, held_by, may_begin, number, older

MOST = 200  # instruments and units in use on one page: a force has a dozen


@require_safe
@for_roles(READS_INSTRUMENTS)
def instruments_page(request: HttpRequest) -> HttpResponse:
    """The newest version of each first; then who uses what, and the changes, newest first."""
    user: Any = request.user
    before = number(request.GET.get("before"))
    versions = InstrumentVersion.objects.select_related("instrument", "loaded_by", "published_by")
    counted = versions.annotate(questions_asked=Count("questions")).order_by(
        "instrument__kind", "instrument__name", "-number"
    )
    changes = UseChange.objects.visible_to(user).select_related("unit", "instrument", "recorded_by", "decided_by")
    changes = (changes.filter(pk__lt=before) if before else changes).order_by("-pk")
    found, more = older(list(changes[: PAGE + 1]))
    held = user.roles_over(Unit.objects.root())
    uses = InstrumentUse.objects.select_related("unit", "instrument").order_by("unit", "-valid_from", "-pk")
    context = {
        "versions": counted[:MOST], "uses": uses.distinct("unit")[:MOST], "kinds": Instrument.Kind,
        "changes": [(change, acts_on(change, user, held)) for change in found], "next_page": more, "first": not before,
        "may_propose": may_begin("instrument-use", "propose", held_by(request)),
    }  # fmt: skip
    return render(request, "supervision/administration/instruments.html", context)


@require_safe
@for_roles(READS_INSTRUMENTS, of_one=True)
def version_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every question of a version as it is worded, so that nobody publishes what they have not read."""
    user: Any = request.user
    related = InstrumentVersion.objects.select_related("instrument", "loaded_by", "published_by")
    version = related.filter(pk=pk).first()
    if version is None:
        raise Http404
    proposals = VersionPublication.objects.visible_to(user).filter(instrument_version=version)
    found = list(proposals.select_related("unit", "recorded_by", "decided_by").order_by("-pk")[:PAGE])
    held = user.roles_over(Unit.objects.root())
    context = {
        "version": version, "questions": questions_of([version.pk]),
        "changes": [(change, acts_on(change, user, held)) for change in found],
    }  # fmt: skip
    return render(request, "supervision/administration/version.html", context)
