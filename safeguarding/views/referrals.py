"""The referrals of one case, what may be begun there, and the page on which each kind is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cases.models import ActionTaken, Case
from cases.models.answers import PositiveAction
from cases.views.door import open_case
from safeguarding.models import OnwardReferral, ProgrammeLook, ReferralKind, Service
from safeguarding.steps import ONWARD
from safeguarding.views.acts import own_acts
from workflow.declare import NEW
from workflow.pages.door import PAGE, number, older
from workflow.pages.records import page, take_step

K = ReferralKind
#: What the record of an incident says was done -> the kinds of referral that stand for it, and the step that records one.
SAID_DONE: dict[str, tuple[tuple[str, ...], str]] = {
    PositiveAction.CHILD_REFERRAL: ((K.CHILDREN, K.MASH), "refer-children"),
    PositiveAction.ADULT_REFERRAL: ((K.ADULT, K.MASH), "refer-adult"),
    PositiveAction.IDVA: ((K.IDVA,), "refer-adviser"),
    PositiveAction.PROGRAMME: ((K.PROGRAMME,), "refer-programme"),
    PositiveAction.SUPPORT: ((K.SERVICE, K.HEALTH, K.HOUSING, K.IDVA), "refer"),
}


@dataclass(frozen=True, slots=True)
class SaidDone:
    """Something that a record says was done, and no referral here stands for."""

    words: str
    what: str
    url: str


def not_recorded(case: Case) -> list[SaidDone]:
    """Referrals that a record of the case says were made, and that are not here. One query."""
    rows = (
        ActionTaken.objects.standing()
        .filter(case=case, kind__in=list(SAID_DONE))
        .exclude(answer__in=["declined", "not_offered"])
    )
    referrals = OnwardReferral.objects.standing().filter(case=OuterRef("case"))
    rows = rows.annotate(**{
        f"there_{code}": Exists(referrals.filter(kind__in=kinds)) for code, (kinds, _step) in SAID_DONE.items()
    }).order_by("pk")  # fmt: skip
    return [
        SaidDone(row.get_kind_display(), row.what, f"{begin_url(case, SAID_DONE[row.kind][1])}?action={row.pk}")
        for row in rows[:PAGE]
        if not getattr(row, f"there_{row.kind}")
    ]


def begin_url(case: Case, step: str) -> str:
    return reverse("refer-in", args=[case.reference, step])


@require_safe
@page
def referrals_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The newest first, `?before=` a page at a time; as many queries for one referral as for twenty-five, but for guards."""
    case = open_case(request, reference)
    user: Any = request.user
    held, before = user.roles_over(case.unit), number(request.GET.get("before"))
    rows = rows_of(case)
    found, next_page = older(list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1]))
    for row in found:
        row.case = case
    looks: dict[int, list[ProgrammeLook]] = {}
    for look in ProgrammeLook.objects.standing().filter(referral__in=found).order_by("pk"):
        looks.setdefault(look.referral_id, []).append(look)
    begins = [] if case.state != Case.State.OPEN or case.kind != Case.Kind.INVESTIGATION else [
        (step.label, begin_url(case, step.name)) for step in ONWARD.steps if step.source is NEW and step.who & held
    ]  # fmt: skip
    context = {
        "case": case, "rows": [(row, own_acts(row, user, held), looks.get(row.pk, [])) for row in found],
        "begins": begins, "not_recorded": not_recorded(case) if begins else [], "next_page": next_page, "first": not before,
    }  # fmt: skip
    return render(request, "safeguarding/referrals.html", context)


def rows_of(case: Case) -> Any:
    """The referrals of a case, the newest first. Index: onward_referral_of_case."""
    rows = OnwardReferral.objects.standing().filter(case=case)
    return rows.select_related("agency__unit", "service", "recorded_by").order_by("-pk")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def refer_page(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """A referral begun on a case. `?service=`, `?person=` and `?action=` fill in what was chosen or said already."""
    case = open_case(request, reference)
    row = next((one for one in ONWARD.steps if one.name == step and one.source is NEW), None)
    if row is None:
        raise Http404
    begun = OnwardReferral(case=case)
    service = Service.objects.all().offered().filter(pk=number(request.GET.get("service"))).first()
    if service is not None:
        begun.service, begun.agency = service, service.agency
    said = ActionTaken.objects.standing().filter(case=case, pk=number(request.GET.get("action"))).first()
    if said is not None:
        begun.shared, begun.sent_at = said.what, said.done_at
    begun.people = [number(request.GET.get("person"))] if request.GET.get("person") else []
    return take_step(request, begun, row, case=case)
