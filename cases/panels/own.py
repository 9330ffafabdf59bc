"""The folder's own panels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from audit.models import Access
from cases.models import Case, Incident, SafetyWarning
from cases.panels.identity import Party, parties_of
from cases.panels.registry import Panel, show

MOST_LOOKS = 8
INVESTIGATION = frozenset({"investigation"})
ALL_KINDS = frozenset(Case.Kind.values)
LOOKED = {
    Access.Kind.VIEW: N_("looked"), Access.Kind.REASON: N_("said why they opened it"), Access.Kind.PRINT: N_("printed it"),
    Access.Kind.EXPORT: N_("took a copy"), Access.Kind.READ: N_("read it from another system"), Access.Kind.SEARCH: N_("searched"),
    Access.Kind.DENIED: N_("was refused"),
}  # fmt: skip


def warnings(case: Case, user: User, at: datetime) -> list[SafetyWarning]:
    return list(
        SafetyWarning.objects.as_at(at).filter(case=case).select_related("recorded_by").order_by("-recorded_at")
    )


def incidents(case: Case, user: User, at: datetime) -> list[Incident]:
    """Newest first. A page that has fetched them already has left them on the case."""
    kept: list[Incident] | None = getattr(case, "incidents_shown", None)
    return incidents_of(case, user, at) if kept is None else kept


def incidents_of(case: Case, user: User, at: datetime) -> list[Incident]:
    rows = Incident.objects.visible_to(user).as_at(at).filter(case=case).select_related("recorded_by")
    found = list(rows.order_by("-reported_at", "-pk"))
    for row in found:
        row.case = case
    return found


def people(case: Case, user: User, at: datetime) -> list[Party]:
    """Everybody involved. A page that has fetched them already has left them on the case."""
    kept: list[Party] | None = getattr(case, "parties_shown", None)
    return parties_of(case, user) if kept is None else kept


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody who has looked, in what way, and when they last did."""

    who: str
    what: str
    at: datetime


def looks(case: Case, user: User, at: datetime) -> list[Look]:
    """Who has looked lately, each once for each way of looking; one query."""
    person = ("by_id", "by__rank", "by__collar_number", "by__first_name", "by__last_name", "by__username")
    rows = Access.objects.filter(chain=case.pk, at__lte=at).values(*person, "kind").annotate(last=Max("at"))
    return [
        Look(_("You") if row["by_id"] == user.pk else _named(row), _(LOOKED[row["kind"]]), row["last"])
        for row in rows.order_by("-last")[:MOST_LOOKS]
    ]


def _named(row: dict[str, Any]) -> str:
    columns = {name.removeprefix("by__"): value for name, value in row.items() if name.startswith("by__")}
    return User(**columns).title()


show(
    Panel("warnings", "Safety warnings", warnings, "cases/panels/warnings.html", order=5, side=True, kinds=ALL_KINDS),
    Panel("incidents", "Incidents", incidents, "cases/panels/incidents.html", order=15, side=True, kinds=INVESTIGATION),
    Panel("people", "People", people, "cases/panels/people.html", order=20, side=True, kinds=INVESTIGATION),
    Panel("looks", "Who has looked", looks, "cases/panels/looks.html", order=90, side=True, kinds=ALL_KINDS),
)
