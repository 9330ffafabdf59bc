"""The page of a queue of plans: the team's that have not ended, each with the day on which it is next looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from audit import services as audit
from audit.models import Access
from people.services import names_for
from supervision.queues import Queue
from workflow.models import Deadline
from workflow.pages.door import address, number

PAGE = 25


def plans_of_team(request: HttpRequest, queue: Queue, template: str, clocks: Collection[str]) -> HttpResponse:
    """The newest first, `?before=` a page at a time. Written down as looked at, with the cases shown."""
    user: Any = request.user
    if not user.holds(queue.who, None):
        raise PermissionDenied
    before = number(request.GET.get("before"))
    rows = queue.rows(user)
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    shown = found[:PAGE]
    names, reviews = names_for({plan.person_id for plan in shown}, user), reviews_of(rows.model, shown, clocks)
    audit.looked(
        by=user, kind=Access.Kind.VIEW, what=f"cases.{queue.name}", hits=sorted({plan.case_id for plan in shown})
    )
    context = {
        "plans": [(plan, names[plan.person_id], reviews.get(plan.pk)) for plan in shown], "first": not before,
        "next_page": address({"before": found[PAGE - 1].pk}) if len(found) > PAGE else "", "now": timezone.now(),
    }  # fmt: skip
    return render(request, template, context)


def reviews_of(model: Any, plans: Iterable[Any], clocks: Collection[str]) -> dict[int, Any]:
    """{plan: when it is next looked at, by one of these clocks}. One query."""
    ids = [plan.pk for plan in plans]
    rows = Deadline.objects.open().filter(policy__in=clocks, subject_type=model._meta.label_lower, subject_id__in=ids)
    return dict(rows.values_list("subject_id", "due_at"))
