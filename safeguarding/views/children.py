"""Children who lived through abuse again and again, each with what was asked of others or the way to ask."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import COMMAND, SPECIALISTS, SUPERVISORS, roles
from audit import services as audit
from audit.models import Access
from cases.models import Case
from safeguarding.services.exposed import AGAIN, MOST, Exposed, exposed_children
from safeguarding.steps.referral import REFERS
from workflow.pages.door import PAGE, address, for_roles, held_by, number

LOOKS_AFTER_CHILDREN = SPECIALISTS | SUPERVISORS | COMMAND | roles("neighbourhood_officer")
ASKS = (("refer-children", "Refer to social care"), ("refer", "Early help, or the school"))


@require_safe
@for_roles(LOOKS_AFTER_CHILDREN)
def children_exposed_page(request: HttpRequest) -> HttpResponse:
    """`?from=` the place in the list; what is none begins again. Written down as looked at, with the cases shown."""
    user: Any = request.user
    first = min(number(request.GET.get("from")), MOST)
    found, more = exposed_children(user, timezone.now(), first, PAGE)
    references = {reference for one in found for reference in one.references}
    cases = dict(Case.objects.filter(reference__in=references).values_list("reference", "pk"))
    audit.looked(by=user, kind=Access.Kind.VIEW, what="safeguarding.children-exposed", hits=sorted(cases.values()))
    named = {pk: reference for reference, pk in cases.items()}
    may = bool(REFERS & held_by(request))
    context = {
        "rows": [(one, links(one), asks(named[one.own], one) if may else []) for one in found], "begins": first + 1,
        "first": first == 0, "again": AGAIN, "most": MOST, "next_page": address({"from": first + PAGE}) if more else "",
    }  # fmt: skip
    return render(request, "safeguarding/children_exposed.html", context)


def links(one: Exposed) -> list[tuple[str, str]]:
    return [(reference, reverse("case", args=[reference])) for reference in one.references[:5]]


def asks(reference: str, one: Exposed) -> list[tuple[str, str]]:
    """The ways to ask somebody for help, begun in a case of the reader's own work with the child chosen."""
    return [(label, f"{reverse('refer-in', args=[reference, step])}?person={one.person}") for step, label in ASKS]
