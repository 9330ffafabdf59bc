"""A list of cases that is no list of deadlines, in the order of every queue: by the clock that is most overdue in each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils.translation import gettext_noop as N_

from supervision.queues.groups import CRITICAL, LATER, OVERDUE, SOON, SOON_GROUP
from workflow.models import Deadline

NOTHING_OWED = N_("Nothing is owed")


def by_clock(cases: Any, now: datetime) -> Any:
    """The cases with the first of what is owed in each (`due_at`, `wanted`, `deadline`; None where nothing is) and whether
    an inspector was told of any (`told`). Those come first, then each as it falls due, last those that owe nothing. Index:
    deadline_of_case.
    """
    owed = Deadline.objects.open().filter(case=OuterRef("pk")).order_by("due_at", "pk")
    first = {"due_at": "due_at", "wanted": "policy", "deadline": "pk"}
    found = cases.annotate(
        told=Exists(owed.filter(critical_at__isnull=False, critical_at__lte=now)),
        **{name: Subquery(owed.values(column)[:1]) for name, column in first.items()},
    )
    return found.order_by("-told", F("due_at").asc(nulls_last=True), "pk")


def group_name(case: Any, now: datetime) -> str:
    """The heading under which a case of `by_clock` stands at the moment (UTC)."""
    if case.due_at is None:
        return NOTHING_OWED
    if case.told:
        return CRITICAL.name
    if case.due_at < now:
        return OVERDUE.name
    return SOON_GROUP.name if case.due_at < now + SOON else LATER.name
