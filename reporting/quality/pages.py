"""The scorecard of data quality on screen and as a file; one check by unit and month; the cases behind it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import MONTHS as NAMES
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Unit
from accounts.proof import proof_first
from audit import services as audit
from audit.models import Access, Operation
from cases.models import Case
from reporting.charts.points import Point, of_month
from reporting.charts.series import series
from reporting.charts.tables import Cell, Table
from reporting.charts.time_chart import over_time
from reporting.exports import safe_cell
from reporting.figures.asked import READS, month_after, month_of
from reporting.figures.shown import COUNTING
from reporting.figures.span import Span, choices, read
from reporting.links.pages import READS as LINK_READS
from reporting.measures.reckon import NotOffered, Value, Window
from reporting.models import MARKING
from reporting.quality.counted import Found, Line, behind, by_month, by_unit, together
from reporting.quality.table import CHECKS, Check, Kind
from workflow.numbers import id_in
from workflow.pages.door import PAGE, for_roles

WHAT = "reporting.quality"
HEADINGS = ("check", "kind", "what", "of", "from", "to", "month", "unit", "wrong", "looked at", "of 100")


def asked(request: HttpRequest) -> tuple[Span, str]:
    """The span that is asked for, and why not, where it is not to be had: then it is the usual one."""
    user: Any = request.user
    today = timezone.localdate()
    try:
        return read(request.GET.dict(), user, today), ""
    except NotOffered as refused:
        return read({}, user, today), str(refused)


def strictly(request: HttpRequest) -> Span:
    """The span of an address that leads from a page. Raises Http404."""
    span, refused = asked(request)
    if refused:
        raise Http404
    return span


@require_safe
@for_roles(READS)
def quality_page(request: HttpRequest) -> HttpResponse:
    """Every check by kind, and each kind by unit. One statement for each thing counted."""
    user: Any = request.user
    span, refused = asked(request)
    audit.looked(by=user, kind=Access.Kind.VIEW, what=WHAT)
    lines, units = by_unit(span.window, span.unit)
    context = {
        "span": span, "refused": refused, "choices": choices(user), "as_at": timezone.now(),
        "kinds": [(kind, together(lines, kind), kind_table(kind, lines, span)) for kind in Kind],
        "units": units_table(units), "file": span.address("quality-file"), "links": user.holds(LINK_READS, None),
    }  # fmt: skip
    return render(request, "reporting/quality/scorecard.html", context, status=422 if refused else 200)


def kind_table(kind: Kind, lines: list[Line], span: Span) -> Table:
    rows = []
    for line in lines:
        if line.check.kind is kind:
            closer = Cell(_("By unit and month"), span.address("quality-check", line.check.code))
            rows.append(
                (_(line.check.sentence), [*numbers(line.value, span.address("quality-cases", line.check.code)), closer])
            )
    return Table(_(kind.value), [_("What is wrong"), *heads(), _("Look closer")], rows, 3)


def heads() -> list[str]:
    return [_("Records with it"), _("Looked at"), _("Of 100")]


def numbers(value: Value, cases: str = "") -> list[Cell]:
    """How many, of how many, for every 100. `cases`: where those with the fault are listed."""
    found = Cell(f"{value.some:,}", cases if value.some else "")
    return [found, Cell(f"{value.whole:,}"), Cell(value.shown, strong=True)]


def units_table(found: Found) -> Table:
    """Each unit beneath with its share of each kind of fault."""
    names = names_of(found)
    rows = [(name, [Cell(of_kind(found, kind, unit).shown) for kind in Kind]) for unit, name in names]
    return Table(_("By unit, of 100 looked at"), [_("Unit"), *(_(kind.value) for kind in Kind)], rows, len(Kind))


def of_kind(found: Found, kind: Kind, unit: Any) -> Value:
    lines = [Line(check, found[check.code].get(unit, Value(0, 0))) for check in CHECKS.values()]
    return together(lines, kind)


def names_of(found: Found) -> list[tuple[Any, str]]:
    """The units of an answer from the top of the alphabet; what lies in none beneath comes last."""
    there = {unit for values in found.values() for unit in values}
    names = dict(Unit.objects.filter(pk__in=there - {None}).values_list("pk", "name"))
    found_names = sorted(names.items(), key=lambda pair: pair[1])
    return [*found_names, *([(None, _("No unit beneath"))] if None in there else [])]


def found_check(code: str) -> Check:
    """Raises Http404."""
    if code not in CHECKS:
        raise Http404
    return CHECKS[code]


@require_safe
@for_roles(READS, of_one=True)
def check_page(request: HttpRequest, code: str) -> HttpResponse:
    """One check: what it asks and why, month by month with limits, by unit; each number leads to its cases."""
    user: Any = request.user
    check = found_check(code)
    span, refused = asked(request)
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"{WHAT}:{check.code}")
    months = by_month(span.window, span.unit, check)[check.code]
    points = [point_of(month, months.get(month, Value(0, 0))) for month in span.window.months()]
    told = series(points, "p", COUNTING)
    chart = over_time("over-time", _(check.sentence).rstrip("."), told, changes=COUNTING)
    context = {
        "check": check, "span": span, "refused": refused, "choices": choices(user), "as_at": timezone.now(),
        "chart": chart, "table": months_table(check, span, months), "units": check_by_unit(check, span),
        "all": span.address("quality-cases", check.code),
    }  # fmt: skip
    return render(request, "reporting/quality/check.html", context, status=422 if refused else 200)


def point_of(month: date, value: Value) -> Point:
    return of_month(month, value.some, value.whole, value.per)


def months_table(check: Check, span: Span, found: dict[Any, Value]) -> Table:
    rows = []
    for month in reversed(span.window.months()):
        cases = span.address("quality-cases", check.code, month=f"{month:%Y-%m}")
        rows.append((f"{NAMES[month.month]} {month.year}", numbers(found.get(month, Value(0, 0)), cases)))
    return Table(_("By month"), [_("Month"), *heads()], rows, 3)


def check_by_unit(check: Check, span: Span) -> Table:
    found = by_unit(span.window, span.unit, check)[1][check.code]
    rows = [(name, numbers(found.get(unit, Value(0, 0)))) for unit, name in names_of({check.code: found})]
    return Table(_("By unit"), [_("Unit"), *heads()], rows, 3)


@require_safe
@for_roles(READS, of_one=True)
def cases_page(request: HttpRequest, code: str) -> HttpResponse:
    """The cases with the fault that the reader may open, the newest first; `month=` of one month, `before=` the page after."""
    user: Any = request.user
    check, span = found_check(code), strictly(request)
    window = month_within(span, request.GET.get("month", ""))
    seen = Case.objects.visible_to(user).filter(pk__in=behind(check, window, span.unit))
    before = id_in(request.GET.get("before"))
    seen = seen.filter(pk__lt=before) if before else seen
    rows = list(seen.select_related("unit").order_by("-pk")[: PAGE + 1])
    shown, month = rows[:PAGE], request.GET.get("month", "")
    audit.looked(
        by=user, kind=Access.Kind.VIEW, what=f"{WHAT}:{check.code}", hits=[case.pk for case in shown],
        terms=f"{window.first} to {window.last}",
    )  # fmt: skip
    more = span.address("quality-cases", check.code, month=month, before=shown[-1].pk) if len(rows) > PAGE else ""
    context = {"check": check, "window": window, "cases": shown, "next": more}
    context["back"] = span.address("quality-check", check.code)
    return render(request, "reporting/quality/cases.html", context)


def month_within(span: Span, said: str) -> Window:
    """The month that was asked for, in the span; the whole of it where none was. Raises Http404."""
    if not said:
        return span.window
    try:
        first = month_of(said, span.first, "first")
    except NotOffered:
        raise Http404 from None
    if not span.first <= first <= span.last:
        raise Http404
    return Window(first, month_after(first) - timedelta(days=1))


@require_safe
@for_roles(READS)
@proof_first
def quality_file(request: HttpRequest) -> HttpResponse:
    """Every check as CSV: the whole, each month, each unit beneath."""
    user: Any = request.user
    span = strictly(request)
    audit.looked(by=user, kind=Access.Kind.EXPORT, what=WHAT, operation=Operation.DISCLOSURE)
    out = io.StringIO()
    csv.writer(out).writerows([safe_cell(cell) for cell in row] for row in [HEADINGS, *rows_of_file(span)])
    name = f"{MARKING} data quality {span.first:%Y-%m} {span.last:%Y-%m}.csv"
    headers = {"Content-Disposition": str(content_disposition_header(as_attachment=True, filename=name))}
    return HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)


def rows_of_file(span: Span) -> Iterator[tuple[str, ...]]:
    months, (lines, units) = by_month(span.window, span.unit), by_unit(span.window, span.unit)
    own = span.unit.name if span.unit else ""
    for line in lines:
        yield row_of(line, span, "", own)
        for month, value in sorted(months[line.check.code].items()):
            yield row_of(Line(line.check, value), span, f"{month:%Y-%m}", own)
        for unit, name in names_of({line.check.code: units[line.check.code]}):
            yield row_of(Line(line.check, units[line.check.code][unit]), span, "", name)


def row_of(line: Line, span: Span, month: str, unit: str) -> tuple[str, ...]:
    check, value, window = line.check, line.value, span.window
    return (
        check.code, _(check.kind.value), _(check.sentence), check.of.label, f"{window.first}", f"{window.last}", month, unit,
        str(value.some), str(value.whole), value.shown,
    )  # fmt: skip
