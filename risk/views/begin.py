"""Beginning a DASH of an incident."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from risk.models import Assessment
from risk.steps import ASSESSMENT
from workflow.pages.records import open_record, page, take_step


@page
def dash_begin(request: HttpRequest, incident: int) -> HttpResponse:
    """How are the questions asked? Then the page of questions. One that stands is opened instead of another begun."""
    found = open_record(request, "incident", incident)
    standing = Assessment.objects.standing().filter(incident=found, follows__isnull=True).order_by("pk").first()
    if standing is not None:
        return redirect(standing.get_absolute_url())
    record = Assessment(incident=found, case=found.case)
    sections = reverse("record", args=["incident", found.pk])
    return take_step(request, record, ASSESSMENT.step("begin"), case=found.case, back_url=sections)
