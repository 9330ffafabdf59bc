"""The cases behind a figure: those that the reader may open, page by page, written down as looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit import services as audit
from audit.models import Access
from cases.models import Case
from reporting.figures.asked import READS, Asked, month_after, month_of, read
from reporting.figures.pages import found_measure
from reporting.measures.declare import Counted
from reporting.measures.reckon import NotOffered, Window, group_of, rows_of
from workflow.pages.door import PAGE, for_roles


@require_safe
@for_roles(READS, of_one=True)
def cases_page(request: HttpRequest, code: str) -> HttpResponse:
    """`?which=some` or `of`, `month=`, `group=`, `after=` the last case of the page before. Raises Http404."""
    user: Any = request.user
    measure = found_measure(code, user)
    try:
        asked = read(measure, request.GET.dict(), user, timezone.localdate())
        window = window_of(asked, request.GET.get("month", ""))
    except NotOffered:
        raise Http404 from None
    counted = counted_of(asked, request.GET.get("which", "some"))
    found = behind(counted, asked, window, request.GET.get("group", ""))
    seen = Case.objects.visible_to(user).filter(pk__in=found).prefetch_related("unit").order_by("-pk")
    after = request.GET.get("after", "")
    rows = list(
        (seen.filter(pk__lt=int(after)) if after.isascii() and after.isdigit() and len(after) < 19 else seen)[
            : PAGE + 1
        ]
    )
    audit.looked(
        by=user, kind=Access.Kind.VIEW, what=f"reporting.measure:{measure.code}", hits=[case.pk for case in rows[:PAGE]],
        terms=f"{window.first} to {window.last}",
    )  # fmt: skip
    context = {"asked": asked, "measure": measure, "counted": counted, "window": window, "cases": rows[:PAGE]}
    context["next"] = with_after(request, rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    return render(request, "reporting/figures/cases.html", context)


def with_after(request: HttpRequest, pk: int) -> str:
    said = request.GET.copy()
    said["after"] = str(pk)
    return f"?{said.urlencode()}"


def window_of(asked: Asked, month: str) -> Window:
    """The month that was asked for, within the window; the whole of it where none was. Raises NotOffered."""
    if not month:
        return asked.window
    first = month_of(month, asked.first, "first")
    if not asked.first <= first <= asked.last:
        raise NotOffered("That month is not in the window.")
    return Window(first, month_after(first) - timedelta(days=1))


def counted_of(asked: Asked, which: str) -> Counted:
    """Raises Http404 for a number that the measure has not, one of what lies in no case, or of what opens none."""
    counted = (
        None
        if asked.part is None or asked.measure.of_force
        else {"some": asked.part.some, "of": asked.part.of}.get(which)
    )
    if not isinstance(counted, Counted) or not counted.case:
        raise Http404
    return counted


def behind(counted: Counted, asked: Asked, window: Window, group: str) -> Any:
    """The ids of the cases of a figure. Of one group they are found here, once, as the figure counts them: as part of another
    question the database may work out the group anew for each case there is.
    """
    rows = rows_of(counted, window, asked.unit)
    if not asked.by:
        return rows.values(counted.case)
    expression = group_of(counted, asked.by)
    found = in_group(rows, expression, group) if expression is not None else rows.none()
    return set(found.values_list(counted.case, flat=True))


def in_group(rows: Any, expression: Any, group: str) -> Any:
    """Those of a group as the address writes it; "" is what is not known, or of no unit."""
    said = rows.annotate(x_group=Cast(expression, TextField()))
    return said.filter(x_group=group) if group else said.filter(Q(x_group="") | Q(x_group__isnull=True))
