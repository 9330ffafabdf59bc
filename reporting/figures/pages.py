"""The list of measures and the explorer of one."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Unit
from accounts.roles import roles
from audit import services as audit
from audit.models import Access
from reporting.figures import journeys, shown
from reporting.figures.asked import COMPARED, OF_FORCE, READS, Asked, may_read, read, units_for
from reporting.figures.gap import gap_page
from reporting.figures.presets import presets_for
from reporting.measures.asking import measure_of
from reporting.measures.breakdowns import BREAKDOWNS, of_named
from reporting.measures.declare import MEASURES, Measure
from reporting.measures.owed import THEME as CLOCKS
from reporting.measures.reckon import NotOffered
from reporting.models import MeasureComment, PackCode
from reporting.models.snapshot import READERS
from reporting.packs.owned import owner_in, said_of
from workflow.pages.door import for_roles


@require_safe
@for_roles(READS)
def figures_page(request: HttpRequest) -> HttpResponse:
    """Every measure by theme, with its definition; those without a figure say why."""
    user: Any = request.user
    own = [row for row in MEASURES.values() if row.theme != CLOCKS and may_read(row, user)]
    rows = sorted(own, key=lambda row: order_of(row.theme))
    themes = [(theme, list(found)) for theme, found in groupby(rows, key=lambda row: row.theme)]
    clocks = [row for row in MEASURES.values() if row.theme == CLOCKS]
    context = {"themes": themes, "clocks": clocks, "presets": presets_for(user)}
    return render(request, "reporting/figures/list.html", context)


def order_of(theme: str) -> int:
    return list(dict.fromkeys(row.theme for row in MEASURES.values())).index(theme)


def found_measure(code: str, user: Any) -> Measure:
    """Raises Http404."""
    try:
        measure = measure_of(code)
    except NotOffered:
        raise Http404 from None
    if not may_read(measure, user):
        raise Http404
    return measure


@require_safe
@for_roles(READS, of_one=True)
def figure_page(request: HttpRequest, code: str) -> HttpResponse:
    """One measure: the question, the definition, the figure with both its numbers, the chart, every month beneath it. `?measure=`
    leads to another one, of the same months and unit.
    """
    user: Any = request.user
    measure = found_measure(code, user)
    if request.GET.get("measure", measure.slug) != measure.slug:
        return redirect(address_of(found_measure(request.GET["measure"], user), request))
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"reporting.measure:{measure.code}")
    if measure.compares:
        return gap_page(request, measure)
    context: dict[str, Any] = {"measure": measure, "choices": choices(measure, user), "refused": ""}
    try:
        asked = read(measure, request.GET.dict(), user, timezone.localdate())
    except NotOffered as refused:
        asked = read(measure, {}, user, timezone.localdate())
        context["refused"] = str(refused)
    context["asked"], context["files"] = asked, {kind: asked.file(kind) for kind in ("csv", "xlsx", "json")}
    if not measure.lacks and not context["refused"]:
        context |= shown.of(asked, page_of(request), timezone.now())
        context["owned"] = owned_of(asked, user)
        context["ways"] = [
            (label, asked.but(by=by).address) for by, label in context["choices"]["by"] if by not in ("", asked.by)
        ]
    return render(request, "reporting/figures/measure.html", context, status=422 if context["refused"] else 200)


def address_of(measure: Measure, request: HttpRequest) -> str:
    kept = {name: request.GET[name] for name in ("from", "to", "unit") if request.GET.get(name)}
    return f"{reverse('figure', args=[measure.slug])}?{urlencode(kept)}"


def owned_of(asked: Asked, user: Any) -> dict[str, Any]:
    """Who answers for it in the unit that is shown, what was said of it there last, and whether it is put on paper."""
    unit = asked.unit or Unit.objects.root()
    said = said_of(asked.measure, MeasureComment.objects.visible_to(user)).filter(unit=unit).first()
    prints = not of_named(asked.by) and user.holds(READERS[PackCode.FIGURE] - roles("auditor"), unit)
    return {"owner": owner_in(asked.measure, unit), "said": said, "prints": prints, "query": urlencode(asked.pairs)}


def page_of(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 1


def choices(measure: Measure, user: Any) -> dict[str, Any]:
    """What the choosers offer this person."""
    by = [(name, words_of(name)) for name in measure.by if name not in BREAKDOWNS or may(user, name)]
    own = [row for row in MEASURES.values() if row.theme != CLOCKS and may_read(row, user)]
    return {
        "measures": [(row.slug, row.called) for row in own],
        "force": user.holds(OF_FORCE, None), "units": [] if measure.of_force else units_for(user), "by": [("", "Nothing"), *by],
        "compare": list(COMPARED.items()), "parts": [(part.code, part.label) for part in measure.parts],
        "times": [(journeys.code_of(took), took.label) for took in measure.took],
    }  # fmt: skip


def may(user: Any, by: str) -> bool:
    return not BREAKDOWNS[by].who or user.holds(BREAKDOWNS[by].who, None)


def words_of(by: str) -> str:
    return BREAKDOWNS[by].label if by in BREAKDOWNS else by.replace("_", " ").capitalize()
