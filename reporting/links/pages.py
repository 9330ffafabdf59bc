"""The link report on screen, as a file, and the cases behind a figure. Written down each time as looked at."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.proof import proof_first
from accounts.roles import COMMAND, roles
from audit import services as audit
from audit.models import Access, Operation
from reporting.equality.counted import Figure, figure
from reporting.equality.small import kept_back
from reporting.exports import safe_cell
from reporting.links.patterns import PATTERNS, TABLE, Group, Pattern, cases_of, how_many
from reporting.links.quality import duplicates_waiting, quality
from reporting.models import MARKING
from workflow.numbers import id_in

READS = COMMAND | roles("analyst", "intelligence_officer", "da_coordinator", "command", "chief_officer")
PERIODS = (91, 365, 1095)  # days
PAGE = 25
HEADINGS = ("Pattern", "Group", "Number")


@dataclass(frozen=True, slots=True)
class Line:
    group: Group
    number: Figure

    @property
    def said(self) -> str:
        """As it is printed, on the page and in the file."""
        if self.number.few:
            return _("fewer than 5")
        return _("not shown") if self.number.count is None else str(self.number.count)


@dataclass(frozen=True, slots=True)
class Table:
    pattern: Pattern
    lines: list[Line]


def tables_of(user: User, since: datetime, now: datetime) -> list[Table]:
    """Each pattern with its figures, one to four kept back. One query for each pattern."""
    found = []
    for pattern in TABLE:
        counts = how_many(pattern, user, since, now)
        away = kept_back(counts)
        found.append(
            Table(pattern, [Line(group, figure(counts[group.code], group.code in away)) for group in pattern.groups])
        )
    return found


def asked(request: HttpRequest) -> tuple[User, int, datetime, datetime]:
    """Who asks, for how many days; for whoever does not read such figures there is no such page."""
    user: Any = request.user
    if not user.holds(READS, None):
        raise Http404
    said = request.GET.get("days", "")
    days = int(said) if said in {str(period) for period in PERIODS} else 365
    now = timezone.now()
    return user, days, now - timedelta(days=days), now


@require_safe
@login_required
def links_page(request: HttpRequest) -> HttpResponse:
    """`?days=` how far back; anything that is not offered is a year."""
    user, days, since, now = asked(request)
    audit.looked(by=user, kind=Access.Kind.VIEW, what="reporting.links")
    context = {"tables": tables_of(user, since, now), "days": days, "periods": PERIODS}
    return render(request, "reporting/links.html", context)


@require_safe
@login_required
@proof_first
def links_file(request: HttpRequest) -> HttpResponse:
    """The same figures as a file: what is kept back on the page is kept back here, and no case is named."""
    user, days, since, now = asked(request)
    audit.looked(by=user, kind=Access.Kind.EXPORT, what=f"reporting.links:{days}", operation=Operation.DISCLOSURE)
    out = io.StringIO()
    rows = [
        (_(t.pattern.label), _(line.group.label), line.said) for t in tables_of(user, since, now) for line in t.lines
    ]
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([safe_cell(cell) for cell in row] for row in (HEADINGS, *rows))
    name = content_disposition_header(as_attachment=True, filename=f"{MARKING} links {days} days.csv")
    return HttpResponse(out.getvalue(), "text/csv; charset=utf-8", headers={"Content-Disposition": str(name)})


@require_safe
@login_required
def links_cases(request: HttpRequest, pattern: str, group: str) -> HttpResponse:
    """The cases behind a figure, newest first, `?before=` a page at a time: those the reader may open, and no others."""
    user, days, since, now = asked(request)
    row = PATTERNS.get(pattern)
    part = row.group(group) if row else None
    if row is None or part is None:
        raise Http404
    before = id_in(request.GET.get("before"))
    rows = cases_of(row, part, user, since, now)
    found = list((rows.filter(pk__lt=before) if before else rows).select_related("unit")[: PAGE + 1])
    shown = found[:PAGE]
    audit.looked(
        by=user, kind=Access.Kind.VIEW, what=f"reporting.links:{row.code}.{part.code}", hits=[case.pk for case in shown]
    )
    context = {
        "pattern": row, "group": part, "cases": shown, "days": days, "first": not before,
        "home": f"{request.path}?days={days}",
        "more": f"?days={days}&before={shown[-1].pk}" if len(found) > PAGE else "",
    }  # fmt: skip
    return render(request, "reporting/links_cases.html", context)


@require_safe
@login_required
def quality_page(request: HttpRequest) -> HttpResponse:
    """Of how much the link report can know: shares, and what waits to be brought together."""
    user, days, since, _now = asked(request)
    audit.looked(by=user, kind=Access.Kind.VIEW, what="reporting.data-quality")
    context = {"found": quality(user, since), "waiting": duplicates_waiting(user), "days": days, "periods": PERIODS}
    return render(request, "reporting/data_quality.html", context)
