"""The figures of Clare’s Law on screen and as a file, in one click, for whoever answers a request for information."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.proof import proof_first
from accounts.roles import roles
from audit import services as audit
from audit.models import Access, Operation
from reporting.disclosures.counted import Report, report
from reporting.exports import safe_cell
from reporting.models import MARKING
from workflow.pages.door import for_roles

READS = roles("disclosure_supervisor", "analyst", "chief_officer")
BACK = 4  # years that are offered
WHAT = "reporting.disclosures"


def year_of(request: HttpRequest) -> tuple[int, list[int]]:
    """The calendar year that is asked for, and those that are offered; anything else is this year."""
    now = timezone.localdate().year
    offered = list(range(now, now - BACK, -1))
    said = request.GET.get("year", "")
    return (int(said) if said in {str(year) for year in offered} else now), offered


def found(year: int) -> Report:
    return report(date(year, 1, 1), min(date(year, 12, 31), timezone.localdate()))


@require_safe
@for_roles(READS, of_one=True)
def statistics_page(request: HttpRequest) -> HttpResponse:
    """`?year=` the year of the first contact."""
    user: Any = request.user
    year, offered = year_of(request)
    audit.looked(by=user, kind=Access.Kind.VIEW, what=WHAT)
    context = {"report": found(year), "year": year, "years": offered}
    return render(request, "reporting/disclosures.html", context)


@require_safe
@for_roles(READS, of_one=True)
@proof_first
def statistics_file(request: HttpRequest) -> HttpResponse:
    """The same figures as CSV, written down as leaving."""
    user: Any = request.user
    year, _offered = year_of(request)
    audit.looked(by=user, kind=Access.Kind.EXPORT, what=f"{WHAT}:{year}", operation=Operation.DISCLOSURE)
    out = io.StringIO()
    csv.writer(out).writerows([safe_cell(cell) for cell in row] for row in rows_of(found(year)))
    name = content_disposition_header(as_attachment=True, filename=f"{MARKING} requests {year}.csv")
    return HttpResponse(
        out.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": str(name)},
    )


def rows_of(figures: Report) -> list[tuple[str, ...]]:
    """One table beneath another, each line with the table it is of."""
    rows: list[tuple[str, ...]] = [
        ("table", "line", "number", "half within days", "nine in ten within days", "longest days")
    ]
    rows.append(("period", f"{figures.first} to {figures.last}", figures.total, "", "", ""))
    tables = (
        ("route", figures.routes), ("outcome", figures.outcomes), ("published", figures.published), ("rate", figures.rates),
    )  # fmt: skip
    for name, lines in tables:
        rows += [(name, line.label, line.number, "", "", "") for line in lines]
    return rows + [("stage", row.label, row.number, row.half, row.most, row.longest) for row in figures.stages]
