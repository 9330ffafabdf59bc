"""What an agency was sent and what it owes: its research, due first; one pack; its proof sheet for whoever runs the forum."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import PARTNERS
from audit import services as audit
from audit.models import Access
from marac.models import Meeting, Pack, Research
from marac.models.meeting import FORUM_STAFF
from marac.services.agenda import named_cases
from marac.services.shared import released_lines
from workflow.pages.door import PAGE, address, for_roles, number
from workflow.pages.records import denied, page, pass_the_door


@require_safe
@for_roles(PARTNERS)
def research_page(request: HttpRequest) -> HttpResponse:
    """The agency's own list: what is owed, due first; `?returned=yes` what was returned. Index: research_of_agency."""
    user: Any = request.user
    returned = request.GET.get("returned") == "yes"
    rows: Any = Research.objects.visible_to(user).standing()
    if returned:
        rows = rows.exclude(state=Research.State.ASKED).order_by("-pk")
    else:
        rows = (
            rows.filter(state=Research.State.ASKED)
            .exclude(meeting__state=Meeting.State.CANCELLED)
            .order_by("due_at", "pk")
        )
    last = (
        Research.objects.visible_to(user)
        .filter(pk=number(request.GET.get("after")))
        .values_list("due_at", "pk")
        .first()
    )
    if last and returned:
        rows = rows.filter(pk__lt=last[1])
    elif last:
        rows = rows.filter(Q(due_at__gt=last[0]) | Q(due_at=last[0], pk__gt=last[1]))
    found = list(rows.select_related("case", "referral", "meeting__forum", "agency__unit")[: PAGE + 1])
    shown = found[:PAGE]
    names = named_cases([row.referral for row in shown], user)
    packs = dict(
        Pack.objects.visible_to(user).filter(referral__in=[row.referral_id for row in shown])
        .order_by("pk").values_list("referral", "pk")
    )  # fmt: skip
    context = {
        "rows": [(row, names.get(row.referral_id, ""), packs.get(row.referral_id)) for row in shown],
        "returned": returned, "first": not last, "now": timezone.now(),
        "next_page": address({"after": found[PAGE - 1].pk, "returned": "yes" if returned else ""}) if len(found) > PAGE else "",
    }  # fmt: skip
    return render(request, "marac/research.html", context)


@require_safe
@page
def pack_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What one agency was sent of a case, word for word. Whoever runs the forum reads the proof sheet beside it."""
    user: Any = request.user
    rows = Pack.objects.visible_to(user).select_related(
        "case__unit", "agency__unit", "meeting__forum", "recorded_by", "referral"
    )
    pack = rows.filter(pk=pk).first()
    if pack is None:
        denied(Pack, user, pk=pk)
        raise Http404
    pass_the_door(request, pack.case)
    audit.looked(by=user, kind=Access.Kind.VIEW, what=f"marac.pack:{pack.pk}", folder=pack.case)
    runs = bool(user.roles_over(pack.case.unit) & FORUM_STAFF)
    context = {"pack": pack, "case": pack.case, "runs": runs, "released": released_lines(pack.referral)}
    return render(request, "marac/pack.html", context)
