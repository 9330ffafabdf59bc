"""The crime registrar's lists: what waits for a decision, what was cancelled, where flag and law differ."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.roles import roles
from cases.models import Case, Crime, Incident, NonCrime
from workflow.models import Refusal, Refused
from workflow.numbers import id_in
from workflow.pages import Entry, navigate, refused

REGISTRAR = roles("crime_registrar")
PAGE = 25
NOT_YOURS = N_("These lists are for the crime registrar.")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list: the case, what is asked or was done, why, when; `url` is where it is decided or read."""

    pk: int
    reference: str
    url: str
    what: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """One list: its question (a queryset, newest first), and how a row of it is said."""

    label: str
    empty: str
    rows: Callable[[User], Any]
    line: Callable[[Any], Line]


def waiting_non_crimes(user: User) -> Any:
    return _worked(NonCrime.objects.standing().filter(state=NonCrime.State.WAITING), user)


def waiting_cancellations(user: User) -> Any:
    return _worked(Crime.objects.standing().filter(state=Crime.State.CANCEL_ASKED), user).select_related("offence")


def cancelled(user: User) -> Any:
    return _worked(Crime.objects.cancelled(), user).select_related("offence")


def flag_differences(user: User) -> Any:
    return _worked(Incident.objects.flag_differs(), user)


def _worked(rows: Any, user: User) -> Any:
    return rows.filter(case__in=Case.objects.worked_by(user).values("pk")).select_related("case").order_by("-pk")


def non_crime_line(row: NonCrime) -> Line:
    url = reverse("decide", args=["non-crime", row.pk, "non_crime"])
    return Line(row.pk, row.case.reference, url, row.get_reason_display(), row.why, row.recorded_at)


def cancellation_line(row: Crime) -> Line:
    url = reverse("decide", args=["crime", row.pk, "cancellation"])
    what = f"{row.offence.label}: {row.get_cancel_code_display().lower()}"
    return Line(row.pk, row.case.reference, url, what, row.cancel_why, row.recorded_at)


def cancelled_line(row: Crime) -> Line:
    what = f"{row.offence.label}: {row.get_cancel_code_display().lower()}"
    return Line(row.pk, row.case.reference, row.get_absolute_url(), what, row.cancel_why, row.recorded_at)


def flag_line(row: Incident) -> Line:
    url = reverse("section", args=["incident", row.pk, "crime"])
    said = _("Not confirmed; domestic abuse in law")
    if row.da_confirmed == "yes":
        said = _("Confirmed as domestic abuse; not so in law")
    elif row.in_statute == "not_known":
        said = _("Not confirmed; the two are connected, and the offence suggests it")
    return Line(row.pk, row.case.reference, url, f"{said} ({row.definition_version})", row.da_why, row.reported_at)


# fmt: off
LISTS: dict[str, Listed] = {
    "non-crimes":    Listed(N_("Said to be no crime"),        N_("Nothing waits for you to approve as no crime."), waiting_non_crimes,    non_crime_line),
    "cancellations": Listed(N_("Asked to be cancelled"),      N_("No cancellation waits for you."),                waiting_cancellations, cancellation_line),
    "cancelled":     Listed(N_("Transferred or cancelled"),   N_("No crime has been cancelled."),                  cancelled,             cancelled_line),
    "flags":         Listed(N_("Flag and law differ"),        N_("No record differs from what the law makes of it."), flag_differences,   flag_line),
}
# fmt: on

navigate(Entry("Crime registrar", "registrar", 45, REGISTRAR, menu="team"))


@login_required
@require_safe
def registrar_page(request: HttpRequest, name: str = "non-crimes") -> HttpResponse:
    """One list, newest first, a page at a time; the others a link away. Every row passes what the reader works."""
    user: Any = request.user
    if name not in LISTS:
        raise Http404
    if not user.holds(REGISTRAR, None):
        return refused(request, Refused(Refusal.ROLE, NOT_YOURS))
    listed, before = LISTS[name], id_in(request.GET.get("before")) or 0
    rows = listed.rows(user)
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    lines = [listed.line(row) for row in found[:PAGE]]
    context = {
        "listed": listed, "name": name, "lines": lines,
        "lists": [(key, one.label, reverse("registrar-list", args=[key])) for key, one in LISTS.items()],
        "more": f"?before={lines[-1].pk}" if len(found) > PAGE else "",
    }  # fmt: skip
    return render(request, "cases/registrar.html", context)
