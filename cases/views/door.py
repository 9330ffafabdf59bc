"""How a case is opened: visible, the reason given where one is asked for, and written down as looked at."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Subquery
from django.http import Http404, HttpRequest
from django.urls import reverse

from accounts.models import User, current
from audit import services as audit
from audit.models import Access
from cases.models import Case, Intelligence, NamedGrant, SafeContact, SetMarker
from cases.panels.dangers import dangers_in, heads
from cases.panels.identity import holders_now
from cases.panels.linked import links_said
from cases.steps.case import unknown_openings
from workflow.pages.records import AtTheDoor, denied


def opened(cases: Any, user: User) -> Any:
    """The cases with what the head of every page asks of them, so that it costs the page no query of its own."""
    named = NamedGrant.objects.filter(current("from_at", "until", None), content_object=OuterRef("pk")).order_by()
    return cases.select_related("unit").annotate(
        opened_unknown=Exists(unknown_openings(OuterRef("pk"))),
        contact_set=Exists(SafeContact.objects.standing().filter(case=OuterRef("pk"))),
        marker_set=Exists(SetMarker.objects.standing().filter(case=OuterRef("pk"), cleared_at__isnull=True)),
        intelligence_held=Exists(Intelligence.objects.held_of(OuterRef("pk"))),
        file_read=Exists(Case.objects.read_by(user).filter(pk=OuterRef("pk"))),
        stands_open=Exists(Case.objects.open_to(user).filter(pk=OuterRef("pk"))),
        **heads(),
        links_known=ArraySubquery(links_said(user)),
        holders=ArraySubquery(holders_now().filter(case=OuterRef("pk")).values("said")),
        named_count=Subquery(named.values("content_object").annotate(count=Count("pk")).values("count")),
    )


def open_case(request: HttpRequest, reference: str, *, agencies: bool = False) -> Case:
    """The case behind the address. Raises Http404 when hidden, AtTheDoor when a reason is asked for first.

    `agencies`: the page is also for whoever sees a conference through their agency alone (`file_read` is false then).
    """
    user: Any = request.user
    case = opened(Case.objects.visible_to(user), user).filter(reference=reference).first()
    if case is None or not (case.file_read or agencies):
        denied(Case, user, reference=reference)
        raise Http404
    case.dangers_shown = dangers_in(case, vars(case))
    case.unsafe_shown = case.dangers_shown.unsafe
    if not case.stands_open:
        raise AtTheDoor(f"{reverse('case-reason', args=[case.reference])}?next={request.path}")
    if request.method == "GET":
        audit.looked(by=user, kind=Access.Kind.VIEW, what=f"cases.case:{case.pk}", folder=case)
    return case
