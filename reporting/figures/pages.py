"""The list of measures and the explorer of one."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Unit
from accounts.roles import roles
from audit import services as audit
from audit.models import Access
from reporting.figures import shown
from reporting.figures.asked import COMPARED, OF_FORCE, READS, Asked, read, units_for
from reporting.measures.asking import measure_of
from reporting.measures.breakdowns import BREAKDOWNS
from reporting.measures.declare import MEASURES, Measure
from reporting.measures.owed import THEME as CLOCKS
from reporting.measures.reckon import NotOffered
from reporting.models import MeasureComment, PackCode
from reporting.models.snapshot import READERS
from reporting.packs.owned import owner_in, said_of
from workflow.pages.door import for_roles


@require_safe
@for_roles(READS, of_one=True)
def figures_page(request: HttpRequest) -> HttpResponse:
    """Every measure by theme, with its definition; those without a figure say why."""
    rows = sorted((row for row in MEASURES.values() if row.theme != CLOCKS), key=lambda row: order_of(row.theme))
    themes = [(theme, list(found)) for theme, found in groupby(rows, key=lambda row: row.theme)]
    clocks = [row for row in MEASURES.values() if row.theme == CLOCKS]
    return render(request, "reporting/figures/list.html", {"themes": themes, "clocks": clocks})


def order_of(theme: str) -> int:
    return list(dict.fromkeys(row.theme for row in MEASURES.values())).index(theme)


def found_measure(code: str) -> Measure:
    """Raises Http404."""
    try:
        return measure_of(code)
    except NotOffered:
        raise Http404 from None


@require_safe
@for_roles(READS, of_one=True)
def figure_page(request: HttpRequest, code: str) -> HttpResponse:
    """One measure: the question, the definition, the figure with both its numbers, the chart, every month beneath it."""
    user: Any = request.user
    measure = found_measure(code)
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"reporting.measure:{measure.code}")
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
    return render(request, "reporting/figures/measure.html", context, status=422 if context["refused"] else 200)


def owned_of(asked: Asked, user: Any) -> dict[str, Any]:
    """Who answers for it in the unit that is shown, what was said of it there last, and whether it is put on paper."""
    unit = asked.unit or Unit.objects.root()
    said = said_of(asked.measure, MeasureComment.objects.visible_to(user)).filter(unit=unit).first()
    prints = asked.by != "officer" and user.holds(READERS[PackCode.FIGURE] - roles("auditor"), unit)
    return {"owner": owner_in(asked.measure, unit), "said": said, "prints": prints, "query": urlencode(asked.pairs)}


def page_of(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 1


def choices(measure: Measure, user: Any) -> dict[str, Any]:
    """What the choosers offer this person."""
    by = [(name, words_of(name)) for name in measure.by if name not in BREAKDOWNS or may(user, name)]
    return {
        "measures": [(row.slug, f"{row.code} {row.name}") for row in MEASURES.values() if row.theme != CLOCKS],
        "force": user.holds(OF_FORCE, None), "units": units_for(user), "by": [("", "Nothing"), *by],
        "compare": list(COMPARED.items()), "parts": [(part.code, part.label) for part in measure.parts],
    }  # fmt: skip


def may(user: Any, by: str) -> bool:
    return not BREAKDOWNS[by].who or user.holds(BREAKDOWNS[by].who, None)


def words_of(by: str) -> str:
    return BREAKDOWNS[by].label if by in BREAKDOWNS else by.replace("_", " ").capitalize()
