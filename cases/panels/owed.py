"""What is owed on a case: open deadlines by due moment, then what was met in the last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import ROLES
from cases.models import Case
from workflow.declare import NEW, WORKFLOWS
from workflow.models import Deadline
from workflow.policies import HOLDER, POLICIES, Policy

LATELY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Owed:
    """One line: what is owed, when, who holds it, and where it is done."""

    deadline: Deadline
    label: str
    words: str
    holder: str
    url: str
    tone: str

    @property
    def why_url(self) -> str:
        return reverse("deadline", args=[self.deadline.pk])

    @property
    def recorded_at(self) -> datetime | None:
        """When the act that met it was entered."""
        event = self.deadline.stopped_by_event
        return event.recorded_at if event else None


def owed_on(case: Case, now: datetime, *, all_met: bool = False) -> list[Owed]:
    """Open deadlines, the earliest first, then those met in the last day (or all of them). One query."""
    wanted = Q(stopped_at__isnull=True)
    wanted |= Q(dropped_because="") if all_met else Q(stopped_at__gt=now - LATELY, dropped_because="")
    rows = Deadline.objects.filter(wanted, case=case).select_related("holder", "stopped_by_event")
    return [line_of(row, now) for row in rows.order_by(F("stopped_at").desc(nulls_first=True), "due_at", "pk")]


def line_of(deadline: Deadline, now: datetime) -> Owed:
    policy = POLICIES.get(deadline.policy)
    label = policy.label if policy else deadline.policy.replace("-", " ").capitalize()
    return Owed(
        deadline, label, policy.why if policy else "", holder_words(deadline, policy), act_url(deadline, policy),
        tone_of(deadline, now),
    )  # fmt: skip


def holder_words(deadline: Deadline, policy: Policy | None) -> str:
    """Who owes it: somebody by name, else the role that owes it; nobody is said, not left out."""
    if deadline.holder:
        return str(deadline.holder.short_title())
    if policy is None or policy.owed_by == HOLDER:
        return _("Nobody holds this")
    return _(ROLES[policy.owed_by].label)


def tone_of(deadline: Deadline, now: datetime) -> str:
    if deadline.stopped_at:
        return "met" if deadline.met else "late"
    if deadline.due_at >= now:
        return "soon" if deadline.due_at - now < LATELY else "far"
    return "critical" if deadline.critical_at and deadline.critical_at <= now else "late"


def act_url(deadline: Deadline, policy: Policy | None) -> str:
    """Where what is owed is done: the step's own page, or the page that begins the record it wants; "" if neither."""
    if policy is None or deadline.stopped_at:
        return ""
    name, _, step = policy.wants.partition(".")
    table = WORKFLOWS.get(name)
    row = next((row for row in table.steps if row.name == step), None) if table else None
    if table is None or row is None:
        return ""
    if row.source is NEW:
        return reverse("begin-in", args=[name, step, deadline.case_id])
    if table.model._meta.label_lower != deadline.subject_type:
        return ""
    return reverse("step", args=[name, deadline.subject_id, step])


def yours(deadline: Deadline, user: User, held: frozenset[str]) -> bool:
    """Whether this person is the one who owes it: named as its holder, or in the role that owes it."""
    policy: Any = POLICIES.get(deadline.policy)
    return deadline.holder_id == user.pk or (policy is not None and policy.owed_by in held)
