"""What inspectors ask on screen: the list, one question with its answer, and how its tables leave the force; and as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.proof import proof_first
from audit import services as audit
from audit.models import Access, Operation
from reporting.answers import shown
from reporting.answers.declare import ANSWERS, Answer, Asked, Asks, answers_from
from reporting.charts.grids import Grid
from reporting.charts.tables import Table
from reporting.exports import safe_cell
from reporting.figures.asked import OF_FORCE, READS
from reporting.figures.span import Span, choices, read
from reporting.measures.reckon import NotOffered, Window
from reporting.models import MARKING
from workflow.pages.door import for_roles

WHAT = "reporting.answer"
HEADINGS = ("answer", "table", "row", "column", "value")
YEARS = 5  # that are over, offered to leave the force


def found_answer(code: str) -> Answer:
    """Raises Http404."""
    answer = {slug.lower(): row for slug, row in ANSWERS.items()}.get(code)
    if answer is None:
        raise Http404
    return answer


@require_safe
@for_roles(READS)
def answers_page(request: HttpRequest) -> HttpResponse:
    """Every question that is asked of the force, each with its page."""
    parts = [(asks, [row for row in ANSWERS.values() if row.asks is asks]) for asks in Asks]
    return render(request, "reporting/answers/list.html", {"parts": parts})


@require_safe
@for_roles(READS, of_one=True)
def answer_page(request: HttpRequest, code: str) -> HttpResponse:
    """One question: its figures with their definitions and pairs, its tables, the pages that say more."""
    user: Any = request.user
    answer = found_answer(code)
    span, refused = asked(request)
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"{WHAT}:{answer.code}")
    now = timezone.now()
    context = {
        "answer": answer, "span": span, "refused": refused, "choices": choices(user), "as_at": now,
        "figures": shown.drawn(answer, span, user), "told": shown.told(answer, Asked(span, user, now)),
        "grids": inside(answer, span), "ways": shown.ways(answer, user), "answers": answers_from(answer),
        "file": span.address("answer-file", answer.slug), "leaves": answer.two_ways is not None and user.holds(OF_FORCE, None),
    }  # fmt: skip
    return render(request, "reporting/answers/answer.html", context, status=422 if refused else 200)


def asked(request: HttpRequest) -> tuple[Span, str]:
    """The span that is asked for, and why not, where it is not to be had: then it is the usual one."""
    user: Any = request.user
    today = timezone.localdate()
    try:
        return read(request.GET.dict(), user, today), ""
    except NotOffered as refused:
        return read({}, user, today), str(refused)


def inside(answer: Answer, span: Span) -> list[Grid]:
    return [] if answer.two_ways is None else shown.grids(answer.two_ways.tables(span.window, span.unit))


@require_safe
@for_roles(READS, of_one=True)
@proof_first
def answer_file(request: HttpRequest, code: str) -> HttpResponse:
    """What the page shows, cell by cell, as CSV. Raises Http404 for a span that the page refuses."""
    user: Any = request.user
    answer = found_answer(code)
    span, refused = asked(request)
    if refused:
        raise Http404
    audit.looked(by=user, kind=Access.Kind.EXPORT, what=f"{WHAT}:{answer.code}", operation=Operation.DISCLOSURE)
    told = shown.told(answer, Asked(span, user, timezone.now()))
    tables = [one for figure in shown.drawn(answer, span, user) for one in figure.tables]
    tables += [one.table for one in told if one.table is not None]
    rows = [*cells(answer, tables), *cells_of_grids(answer, inside(answer, span))]
    return handed(rows, f"{MARKING} {answer.code} {span.first:%Y-%m} {span.last:%Y-%m}.csv")


def cells(answer: Answer, tables: Iterable[Table]) -> Iterator[tuple[str, ...]]:
    for one in tables:
        if one.is_empty:
            yield answer.code, one.caption, "", "", _("There is nothing to show")
        for row, line in one.lines:
            yield from ((answer.code, one.caption, row, head, cell.words) for head, cell, _number in line)


def cells_of_grids(answer: Answer, grids: Iterable[Grid]) -> Iterator[tuple[str, ...]]:
    for one in grids:
        heads = [*one.columns, _("Total")]
        for row, line, total in one.rows:
            words = [*(cell.words for cell in line), total]
            yield from ((answer.code, one.heading, row, head, word) for head, word in zip(heads, words, strict=True))
        totals = zip(heads, one.totals, strict=True) if one.rows else []
        yield from ((answer.code, one.heading, _("Total"), head, word) for head, word in totals)


def handed(rows: Iterable[tuple[str, ...]], name: str) -> HttpResponse:
    out = io.StringIO()
    csv.writer(out).writerows([safe_cell(cell) for cell in row] for row in [HEADINGS, *rows])
    headers = {"Content-Disposition": str(content_disposition_header(as_attachment=True, filename=name))}
    return HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)


# --- as it leaves the force: whole years, the whole force, so that nothing is had by taking one from another ---
@require_safe
@for_roles(OF_FORCE, of_one=True)
def outside_page(request: HttpRequest, code: str) -> HttpResponse:
    """`?year=` a calendar year that is over; the last of them if none is offered."""
    user: Any = request.user
    answer, year, offered = leaving(request, code)
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"{WHAT}.outside:{answer.code}")
    context = {
        "answer": answer,
        "year": year,
        "years": offered,
        "grids": outside(answer, year),
        "as_at": timezone.now(),
    }
    return render(request, "reporting/answers/outside.html", context)


@require_safe
@for_roles(OF_FORCE, of_one=True)
@proof_first
def outside_file(request: HttpRequest, code: str) -> HttpResponse:
    """The same as CSV, written down as leaving."""
    user: Any = request.user
    answer, year, _offered = leaving(request, code)
    audit.looked(
        by=user, kind=Access.Kind.EXPORT, what=f"{WHAT}.outside:{answer.code}:{year}", operation=Operation.DISCLOSURE
    )
    return handed(cells_of_grids(answer, outside(answer, year)), f"OFFICIAL {answer.code} {year}.csv")


def leaving(request: HttpRequest, code: str) -> tuple[Answer, int, list[int]]:
    """The answer, the year that is asked for and those that are offered. Raises Http404 for one without such tables."""
    answer = found_answer(code)
    if answer.two_ways is None:
        raise Http404
    this = timezone.localdate().year
    offered = list(range(this - 1, this - 1 - YEARS, -1))
    said = request.GET.get("year", "")
    return answer, int(said) if said in {str(year) for year in offered} else offered[0], offered


def outside(answer: Answer, year: int) -> list[Grid]:
    if answer.two_ways is None:
        return []
    return shown.leaving(answer, answer.two_ways.tables(Window(date(year, 1, 1), date(year, 12, 31)), None))
