"""Figures from outside on screen: what was brought in, bringing a file in, one import, what stands, and ours beside theirs."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Unit
from audit import services as audit
from audit.models import Access
from reporting.exports import text_of
from reporting.forms.outside import BringIn
from reporting.models import OutsideFigure, OutsideImport
from reporting.models.outside import ENTERS, READS
from reporting.outside.cells import after
from reporting.outside.keeping import read_again
from reporting.outside.reading import NotAFile, Reading, read, rows_of
from reporting.outside.reconciling import tables
from reporting.outside.table import KINDS, TABLE, KindOf
from workflow import engine
from workflow.models import Refused
from workflow.numbers import id_in
from workflow.pages.door import PAGE, acts_on, address, for_roles, number, older
from workflow.pages.records import once

S = OutsideImport.State
WHAT = "reporting.outsideimport"
ROWS = 50  # of one import, of a page
SHOWN = ("unit", "recorded_by", "decided_by")
MONTHS = 12
BIG = ("rejects",)  # what a list need not fetch


def kind_of(code: str) -> KindOf:
    if code not in KINDS:
        raise Http404
    return KINDS[code]


@require_safe
@for_roles(READS)
def imports_page(request: HttpRequest) -> HttpResponse:
    """What was brought in, those that wait first on a page of their own; the newest first, paged by id. Index:
    outside_import_of_kind.
    """
    user: Any = request.user
    rows = OutsideImport.objects.visible_to(user).select_related(*SHOWN).defer(*BIG)
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    kind, state = (kind if kind in KINDS else ""), (state if state in S.values else "")
    narrowed = rows.filter(**({"kind": kind} if kind else {}), **({"state": state} if state else {})).order_by("-pk")
    if (before := id_in(request.GET.get("before"))) is not None:
        narrowed = narrowed.filter(pk__lt=before)
    found, more = older(list(narrowed[: PAGE + 1]), kind=kind, state=state)
    audit.looked(by=user, kind=Access.Kind.VIEW, what=WHAT)
    context = {
        "rows": found, "more": more, "kinds": TABLE, "kind": kind, "state": state, "states": S.choices,
        "enters": user.holds(ENTERS, Unit.objects.root()), "first": before is None,
        "home": request.path + address({"kind": kind, "state": state}),
    }  # fmt: skip
    return render(request, "reporting/outside/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(ENTERS, of_one=True)
def bring_in(request: HttpRequest, kind: str) -> HttpResponse:
    """Bring a file in. What is wrong with the file as a whole stands on the page; rows that are wrong are kept with why."""
    row = kind_of(kind)
    sent = request.method == "POST"
    form = BringIn(request.POST if sent else None, request.FILES if sent else None)
    refusal = ""
    if sent and form.is_valid():
        try:
            reading = read(row, form.cleaned_data["file"].read(), timezone.localdate())
            return redirect(once(request, lambda: taken(request, row, reading)))
        except NotAFile as problem:
            form.add_error("file", str(problem))
        except Refused as refused:
            refusal = refused.sentence
    context = {
        "form": form, "row": row, "refusal": refusal, "token": uuid.uuid4().hex, "kinds": TABLE,
    }  # fmt: skip
    return render(request, "reporting/outside/bring_in.html", context, status=422 if form.is_bound else 200)


def taken(request: HttpRequest, row: KindOf, reading: Reading) -> str:
    """Where the import is seen. Whole, or not at all: with a row that is wrong nothing of the file waits to be confirmed."""
    user: Any = request.user
    step = "reject" if reading.rejects else "propose"
    said = {**request.POST.dict(), "kind": row.code}
    run = engine.perform(OutsideImport(unit=Unit.objects.root()), step, by=user, evidence=said, files={"file": reading})
    return str(run.get_absolute_url())


@require_safe
@for_roles(ENTERS, of_one=True)
def template_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The headings and nothing beneath them, to be filled in."""
    row = kind_of(kind)
    return handed([row.heads], f"figures template {row.code}")


@require_safe
@for_roles(READS, of_one=True)
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: where it is from, what it says, what it would replace or has replaced, and what may be done with it."""
    user: Any = request.user
    run = found_import(user, pk)
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"{WHAT}:{run.pk}")
    start = number(request.GET.get("from"))
    context: dict[str, Any] = {"run": run, "row": KINDS[run.kind], "acts": acts_on(run, user), "first": not start}
    context["home"] = request.path
    if run.state == S.REJECTED:
        context |= {"rejects": run.rejects[start : start + ROWS], "more": more_after(start, len(run.rejects))}
    else:
        lines = lines_of(run, start)
        context |= {"lines": lines, "more": more_after(start, run.rows)}
    return render(request, "reporting/outside/import.html", context)


def more_after(start: int, all_of_them: int) -> str:
    return address({"from": start + ROWS}) if start + ROWS < all_of_them else ""


def found_import(user: Any, pk: int) -> OutsideImport:
    """The import; raises Http404 where there is none for this person."""
    rows = OutsideImport.objects.visible_to(user).select_related(*SHOWN, "file")
    run: OutsideImport | None = rows.filter(pk=pk).first()
    if run is None:
        raise Http404
    return run


def lines_of(run: OutsideImport, start: int) -> list[tuple[list[tuple[str, str]], Any]]:
    """Rows of the file as it says them, each with the import and the value that stand now of the same. Two queries."""
    try:
        reading = read_again(run, timezone.now())
    except NotAFile:
        return []
    lines = reading.lines[start : start + ROWS]
    stands = standing_beside(run, lines)
    return [
        (words_of(KINDS[run.kind], line.said), stands.get(key_of({"unit": run.unit, **line.said}))) for line in lines
    ]


FIELDS = ("figure", "begins_on", "months", "unit", "place", "group", "reason", "ethnicity", "age", "sex")


def key_of(said: dict[str, Any]) -> tuple[Any, ...]:
    blank = {"months": 1, "place": "", "group": "", "reason": "", "ethnicity": "", "age": "", "sex": ""}
    whole = {**blank, **said}
    return tuple(whole[name].pk if name == "unit" else whole[name] for name in FIELDS)


def standing_beside(run: OutsideImport, lines: list[Any]) -> dict[tuple[Any, ...], tuple[int, str]]:
    """{what a figure is of: (import, value)} of what counts now in these months and is not from this import."""
    of = {name: {line.said[name] for line in lines} for name in ("figure", "begins_on")}
    rows = OutsideFigure.objects.in_force().filter(
        kind=run.kind, figure__in=of["figure"], begins_on__in=of["begins_on"]
    )
    found = rows.exclude(run=run).select_related("unit")
    return {key_of({name: getattr(row, name) for name in FIELDS}): (row.run_id, plain(row.value)) for row in found}


def words_of(row: KindOf, said: dict[str, Any]) -> list[tuple[str, str]]:
    """Each heading with its cell as it is written, in the order of the table."""
    cells = []
    for column in row.columns:
        value = said[column.field]
        if isinstance(value, date):
            value = value.strftime("%Y" if column.name == "year" else "%Y-%m")
        words = plain(value) if isinstance(value, Decimal) else str(value)
        label = dict(column.choices).get(words)
        cells.append((column.name, _(label) if label else words))
    return cells


def plain(value: Decimal) -> str:
    """1204 for 1204.000, 41.5 for 41.500."""
    return f"{value.normalize():f}"


@require_safe
@for_roles(READS, of_one=True)
def rejects_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The wrong rows as they were sent, each with its number and why, to be mended."""
    user: Any = request.user
    run = found_import(user, pk)
    if run.state != S.REJECTED:
        raise Http404
    audit.looked(by=user, kind=Access.Kind.EXPORT, what=f"{WHAT}:{run.pk}")
    rows = rows_of(run.file.content)
    wrong = ((*rows[place - 1], str(place), why) for place, why in run.rejects)
    return handed([(*rows[0], "row", "why"), *wrong], f"rejects of import {run.pk}")


def handed(rows: Iterable[Iterable[str]], name: str) -> HttpResponse:
    said = content_disposition_header(as_attachment=True, filename=f"{name}.csv")
    return HttpResponse(text_of(rows), "text/csv; charset=utf-8", headers={"Content-Disposition": str(said)})


@require_safe
@for_roles(READS, of_one=True)
def standing_page(request: HttpRequest, kind: str) -> HttpResponse:
    """What counts of one kind, the newest month first, each figure with its import; paged."""
    user: Any = request.user
    row = kind_of(kind)
    start = number(request.GET.get("from"))
    rows = OutsideFigure.objects.in_force().filter(kind=row.code).select_related("unit", "run")
    rows = rows.defer("run__rejects").order_by("-begins_on", "figure", "pk")
    found = list(rows[start : start + ROWS + 1])
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"reporting.outsidefigure:{row.code}")
    lines = [(words_of(row, {name: getattr(one, name) for name in fields_of(row)}), one) for one in found[:ROWS]]
    context = {
        "row": row, "lines": lines, "more": address({"from": start + ROWS}) if len(found) > ROWS else "", "kinds": TABLE,
        "first": not start, "home": request.path,
    }  # fmt: skip
    return render(request, "reporting/outside/standing.html", context)


def fields_of(row: KindOf) -> list[str]:
    return [column.field for column in row.columns]


@require_safe
@for_roles(READS)
def reconcile_page(request: HttpRequest) -> HttpResponse:
    """Ours and theirs, twelve months; `?year=` the year in which they begin in April, the last twelve if none."""
    user: Any = request.user
    today = timezone.localdate()
    offered = [today.year - back for back in range(4) if date(today.year - back, 4, 1) <= today]
    said = number(request.GET.get("year"))
    first = date(said, 4, 1) if said in offered else after(today.replace(day=1), -MONTHS)
    audit.looked(by=user, kind=Access.Kind.VIEW, what="reporting.reconciling")
    begun = (today.year - first.year) * 12 + today.month - first.month + 1  # a month that lies ahead is no row of zeros
    found = tables(user, first, min(MONTHS, begun), Unit.objects.root())
    context = {"tables": found, "years": offered, "year": said if said in offered else 0, "first": first}
    return render(request, "reporting/outside/reconcile.html", context)
