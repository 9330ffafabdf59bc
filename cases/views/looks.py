"""Who has looked at a case, all of them: for whoever supervises it and for professional standards. Others see how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.roles import COMMAND, PROFESSIONAL_STANDARDS, SUPERVISORS
from audit.models import Access
from audit.stream import LOOK, Entry, Place, newest
from cases.models import Case, Holding, Involvement
from cases.panels.own import LOOKED
from cases.views.door import open_case
from workflow.pages.records import page

PAGE = 50
LATELY = timedelta(days=30)
SEES_WHO = SUPERVISORS | COMMAND | PROFESSIONAL_STANDARDS
PERSON = "people.person"


@dataclass(frozen=True, slots=True)
class Line:
    """Who, in what way, when, and why if they said."""

    who: str
    what: str
    at: datetime
    reason: str


@never_cache
@require_safe
@page
def looks_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Newest first, a page at a time; how many in how many ways for those who only work the case."""
    case, user = open_case(request, reference), request.user
    now = timezone.now()
    lately = Access.objects.filter(chain=case.pk, at__gt=now - LATELY).order_by()
    counted = lately.values("kind").annotate(times=Count("pk"), people=Count("by", distinct=True)).order_by("-times")
    context: dict[str, Any] = {
        "case": case, "now": now, "sees_who": sees_who(case, user),  # type: ignore[arg-type]
        "counts": [(LOOKED[Access.Kind(row["kind"])], row["times"], row["people"]) for row in counted],
    }  # fmt: skip
    if context["sees_who"]:
        entries, more = newest(sides(case), Place.read(request.GET.get("after", "")), PAGE)
        context |= {"lines": [line_of(entry) for entry in entries], "more": str(more) if more else ""}
    return render(request, "cases/looks.html", context)


def sees_who(case: Case, user: User) -> bool:
    if user.holds(SEES_WHO, case.unit):
        return True
    return case.holdings.filter(person=user, part=Holding.Part.SUPERVISION, to_at__isnull=True).exists()


def sides(case: Case) -> list[tuple[str, Any]]:
    """What touched the folder, the pages and briefs that drew on it, and the searches that showed somebody of it.

    Indexes: access_of_folder, access_hits.
    """
    rows = Access.objects.select_related("by")
    people = list(
        Involvement.objects.standing().filter(case=case).order_by().values_list("person_id", flat=True).distinct()
    )
    pages = rows.filter(hits__contains=[case.pk]).exclude(what=PERSON).exclude(chain=case.pk)
    searches = rows.filter(chain__isnull=True, what=PERSON, hits__overlap=people)
    return [(LOOK, rows.filter(chain=case.pk)), (LOOK, pages), *([(LOOK, searches)] if people else [])]


def line_of(entry: Entry) -> Line:
    row = entry.row
    what = LOOKED[Access.Kind(row.kind)]
    if row.what == PERSON:
        what = "was shown somebody of this case by a search"
    elif row.chain is None and row.what.startswith(f"{PERSON}:"):
        what = "read facts of this case on a person’s page"
    elif row.what == "tripwire":
        what = "searched for somebody of this case, and was shown nothing"
    reason = ": ".join(filter(None, (row.reason_code.replace("_", " "), row.reason)))
    return Line(row.by.title(), what, row.at, reason)
