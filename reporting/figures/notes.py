"""Context notes: on a chart, in a list, and each on its page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Unit
from reporting.charts.series import Note
from reporting.figures.asked import READS
from reporting.measures.asking import measure_of
from reporting.measures.declare import Measure
from reporting.measures.reckon import NotOffered, Window
from reporting.models import ContextNote
from workflow.pages.door import PAGE, acts_on, for_roles, held_by, may_begin, number, older

MOST = 26  # on one chart: each has a letter


def of_chart(measure: Measure, window: Window, unit: Unit | None) -> list[ContextNote]:
    """What is noted on the chart of a measure, the earliest first. One query, two for the force."""
    return list(ContextNote.objects.on_chart(measure.code, window.first, window.last, unit)[:MOST])


def drawn(notes: list[ContextNote], window: Window) -> list[Note]:
    """As the chart draws them: what began before its first month is drawn from there on, and says when it began."""
    return [Note(max(one.from_on, window.first), words_of(one), until_of(one, window)) for one in notes]


def until_of(note: ContextNote, window: Window) -> Any:
    return min(note.until_on, window.last) if note.until_on else None


def words_of(note: ContextNote) -> str:
    said = {"when": when(note), "title": note.title, "words": note.words, "source": note.source}
    return _("%(when)s: %(title)s. %(words)s (%(source)s)") % said


def when(note: ContextNote) -> str:
    first = date_format(note.from_on, "j F Y")
    if note.until_on is None:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": date_format(note.until_on, "j F Y")}


def address(measure: Measure) -> str:
    """The list of the notes that concern a measure."""
    return f"{reverse('context-notes')}?{urlencode({'measure': measure.slug})}"


@require_safe
@for_roles(READS)
def notes_page(request: HttpRequest) -> HttpResponse:
    """Every note, the newest first, `?before=` a page at a time; `?measure=` those that concern it, of all measures too."""
    user: Any = request.user
    rows = ContextNote.objects.visible_to(user).select_related("unit", "recorded_by").order_by("-pk")
    measure = measure_said(request.GET.get("measure", ""))
    if measure is not None:
        rows = rows.filter(measures=[]) | rows.filter(measures__contains=[measure.code])
    before = number(request.GET.get("before"))
    kept = {"measure": measure.slug if measure else ""}
    found, next_page = older(list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1]), **kept)
    context = {
        "rows": [(one, when(one)) for one in found], "next_page": next_page, "first": not before, "measure": measure,
        "may_begin": may_begin("context-note", "add", held_by(request)), "home": request.path,
    }  # fmt: skip
    return render(request, "reporting/figures/notes.html", context)


def measure_said(code: str) -> Measure | None:
    """The measure that was named; None where none was. Raises Http404 for what is none."""
    try:
        return measure_of(code) if code else None
    except NotOffered:
        raise Http404 from None


@require_safe
@for_roles(READS, of_one=True)
def note_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One note with what may be done with it. Raises Http404."""
    user: Any = request.user
    note = ContextNote.objects.visible_to(user).select_related("unit", "recorded_by").filter(pk=pk).first()
    if note is None:
        raise Http404
    context = {"note": note, "when": when(note), "acts": acts_on(note, user)}
    return render(request, "reporting/figures/note.html", context)
