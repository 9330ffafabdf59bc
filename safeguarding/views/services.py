"""The directory of services: found by need, area and language, from a case with one press."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import PARTNERS
from cases.models import Case
from people.models.language import LANGUAGES
from safeguarding.models import Agency, Need, Serves, Service
from safeguarding.steps.referral import REFERS
from safeguarding.views.agencies import READERS
from safeguarding.views.service_use import COUNTS
from workflow.pages.door import PAGE, acts_on, address, for_roles, held_by, may_begin, number

FILTERS = ("need", "serves", "language", "area", "case")


@require_safe
@for_roles(READERS)
def services_page(request: HttpRequest) -> HttpResponse:
    """Services by name: `?need=`, `?serves=`, `?language=`, `?area=` words of it, `?case=` the case they are looked for on.

    As many queries for one service as for fifty. Index: service_by_name.
    """
    kept = {name: request.GET.get(name, "")[:60] for name in FILTERS}
    rows = chosen(Service.objects.all().offered(), kept)
    last = Service.objects.filter(pk=number(request.GET.get("after"))).values_list("name", "pk").first()
    if last:
        rows = rows.filter(name__gte=last[0]).exclude(name=last[0], pk__lte=last[1])
    found = list(rows.select_related("agency__unit").order_by("name", "pk")[: PAGE + 1])
    case, held = case_looked_for(request, kept["case"]), held_by(request)
    context = {
        "rows": found[:PAGE], "kept": kept, "needs": Need.choices, "groups": Serves.choices, "languages": LANGUAGES, "case": case,
        "next_page": address({"after": found[PAGE - 1].pk, **kept}) if len(found) > PAGE else "", "first": not last,
        "asked": any(kept[name] for name in FILTERS if name != "case"),
        "may_record": may_begin("service", "record", held), "may_count": bool(COUNTS & held), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "safeguarding/services.html", context)


def chosen(services: Any, kept: dict[str, str]) -> Any:
    """Those that answer every filter. A service that names no groups is there for everybody; English is spoken everywhere."""
    if kept["need"] in Need.values:
        services = services.filter(needs__contains=[kept["need"]])
    if kept["serves"] in Serves.values:
        services = services.filter(Q(serves__contains=[kept["serves"]]) | Q(serves=[]))
    if kept["language"] in dict(LANGUAGES) and kept["language"] != "en":
        services = services.filter(languages__contains=[kept["language"]])
    return services.filter(area__icontains=kept["area"]) if kept["area"] else services


def case_looked_for(request: HttpRequest, reference: str) -> Case | None:
    """The case that services are looked for on, where the reader may open it and refer from it."""
    user: Any = request.user
    if not reference or not REFERS & held_by(request):
        return None
    found: Case | None = Case.objects.open_to(user).filter(reference=reference, kind=Case.Kind.INVESTIGATION).first()
    return found


@require_safe
@for_roles(READERS | PARTNERS, of_one=True)
def service_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What it does, for whom, how somebody comes to it. A partner finds the services of their own agency here."""
    user: Any = request.user
    rows = Service.objects.select_related("agency__unit", "unit")
    if not held_by(request) & READERS:
        rows = rows.filter(agency__in=Agency.objects.all().of(user))
    service = rows.filter(pk=pk).first()
    if service is None:
        raise Http404
    context = {"service": service, "acts": acts_on(service, user), "today": timezone.localdate()}
    return render(request, "safeguarding/service.html", context)
