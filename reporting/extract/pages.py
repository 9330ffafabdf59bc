"""The extract on screen: those that somebody asked for, asking for one, and its dictionary."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Unit
from accounts.proof import proof_first
from accounts.roles import COMMAND, roles
from audit import services as audit
from audit.models import Access, Operation
from reporting import tasks
from reporting.explorer.leaving import LeavesFor
from reporting.exports import text_of
from reporting.extract.columns import DICTIONARY, FILES, VERSION, dictionary
from reporting.extract.made import CODE, EXTRACTS, LEFT_OUT, PURPOSES, ask_for_extract
from reporting.extract.shared import PARTS, Shared, quarters, shared
from reporting.models import Export
from workflow.forms import Choice, DayField
from workflow.models import Refusal, Refused
from workflow.numbers import id_in
from workflow.pages import refused
from workflow.pages.door import PAGE, for_roles, older
from workflow.pages.records import once

MOST_YEARS = 5  # of a large force: what the worker makes within the time limit of a task
#: Who takes figures for partners: they are nobody's in particular, so a role over a division is enough.
SHARES = EXTRACTS | COMMAND | roles("da_coordinator")
WHOLE_FORCE = "An extract is of the whole force, so it is for whoever has this role over the whole force."


class ExtractOf(LeavesFor):
    """Which reports, what for, for whom, on what basis."""

    purpose = Choice(PURPOSES, label="What is it for?", needed="Choose what it is for")
    since = DayField(label="Reported from", called="The first day", needed="Say from which day", past=True)
    until = DayField(label="Reported to", called="The last day", needed="Say to which day", past=True)
    field_order = ("purpose", "since", "until", "recipient", "basis")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day cannot be before the first"))
        elif since and until and (until - since).days > MOST_YEARS * 366:
            self.add_error("until", _("Ask for five years at most"))
        return said


@require_safe
@for_roles(EXTRACTS)
def extracts_page(request: HttpRequest) -> HttpResponse:
    """The extracts that this person asked for, the newest first. Index: export_of_person."""
    user: Any = request.user
    rows = Export.objects.visible_to(user).filter(kind=CODE).defer("content").order_by("-pk")
    if (before := id_in(request.GET.get("before"))) is not None:
        rows = rows.filter(pk__lt=before)
    found, more = older(list(rows[: PAGE + 1]))
    lines = [(export, dict(PURPOSES)[export.asked["purpose"]], *window(export)) for export in found]
    audit.looked(by=user, kind=Access.Kind.VIEW, what="reporting.extracts")
    asks = user.holds(EXTRACTS, Unit.objects.root())
    context = {"rows": lines, "more": more, "asks": asks, "first": before is None, "home": request.path}
    return render(request, "reporting/extract/extracts.html", context)


def window(export: Export) -> tuple[date, date]:
    return date.fromisoformat(export.asked["since"]), date.fromisoformat(export.asked["until"])


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(EXTRACTS)
@proof_first
def ask_page(request: HttpRequest) -> HttpResponse:
    """Ask for one; it is written down as a disclosure, and made by the worker."""
    user: Any = request.user
    if not user.holds(EXTRACTS, Unit.objects.root()):
        return refused(request, Refused(Refusal.ROLE, WHOLE_FORCE))
    form = ExtractOf(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def ask() -> str:
            export = ask_for_extract(by=user, **form.cleaned_data)
            tasks.send_export(export.pk)
            return export.get_absolute_url()

        return redirect(once(request, ask))
    context = {"form": form, "token": uuid.uuid4().hex, "files": FILES, "left_out": LEFT_OUT}
    return render(request, "reporting/extract/ask.html", context, status=422 if form.is_bound else 200)


@require_safe
@for_roles(EXTRACTS)
def dictionary_page(request: HttpRequest) -> HttpResponse:
    """What each file and column means. Nobody's data."""
    return render(
        request, "reporting/extract/dictionary.html", {"files": FILES, "version": VERSION, "left_out": LEFT_OUT}
    )


@require_safe
@for_roles(EXTRACTS, of_one=True)
def dictionary_file(request: HttpRequest) -> HttpResponse:
    """The same as CSV, as it goes with every extract."""
    name = content_disposition_header(as_attachment=True, filename=f"extract {VERSION} {DICTIONARY}")
    return HttpResponse(text_of(dictionary()), "text/csv; charset=utf-8", headers={"Content-Disposition": str(name)})


def quarter_of(request: HttpRequest) -> tuple[date, list[date]]:
    """The quarter that is asked for, by its first day, and those that are offered; anything else is the newest."""
    offered = quarters(timezone.localdate())
    said = request.GET.get("quarter", "")
    return next((day for day in offered if day.isoformat() == said), offered[0]), offered


@require_safe
@for_roles(SHARES)
def shared_page(request: HttpRequest) -> HttpResponse:
    """Figures for partners by division, of one quarter."""
    user: Any = request.user
    quarter, offered = quarter_of(request)
    audit.looked(by=user, kind=Access.Kind.VIEW, what="reporting.shared")
    context = {"found": shared(user, quarter), "quarter": quarter, "quarters": offered, "parts": PARTS}
    return render(request, "reporting/extract/shared.html", context)


@require_safe
@for_roles(SHARES, of_one=True)
@proof_first
def shared_file(request: HttpRequest) -> HttpResponse:
    """The same as CSV, written down as leaving."""
    user: Any = request.user
    quarter, _offered = quarter_of(request)
    audit.looked(by=user, kind=Access.Kind.EXPORT, what=f"reporting.shared:{quarter}", operation=Operation.DISCLOSURE)
    name = content_disposition_header(as_attachment=True, filename=f"OFFICIAL figures for partners {quarter}.csv")
    return HttpResponse(
        text_of(lines_of(shared(user, quarter))), "text/csv; charset=utf-8", headers={"Content-Disposition": str(name)}
    )


def lines_of(found: Shared) -> list[tuple[str, ...]]:
    heads = ("quarter_begins", "area", "name", "reports", *(part.code for part in PARTS))
    day = found.begins_on.isoformat()
    rows = [(day, row.area, row.name, *row.cells) for row in found.rows]
    return [heads, *rows, *([(day, "all", "", *found.total)] if found.rows else [])]
