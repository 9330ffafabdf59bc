"""An action of a safety plan in force that was not done by its day owes a look at the risk (B.7: missed action)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import User
from risk.models import PlanAction, Reassessment, SafetyPlan
from risk.models.plan_action import OPEN_STATES
from risk.services.reassessing import BATCH, OUTAGE, raise_reassessment
from workflow import engine

MISSED = "missed"  # the row of risk/triggers.py
IN_TIME = "It was done in time and written down later: nothing was missed."


def missed(now: datetime) -> Any:
    """Actions of plans in force that were due and have not ended, at a moment (UTC); those a look was raised for left out.

    Of what an outage may have kept back, no older. Indexes: safety_plan_one_in_force, plan_action_of_plan,
    reassessment_of_case.
    """
    plans = SafetyPlan.objects.in_force().order_by().values("pk")
    rows = PlanAction.objects.standing().filter(
        plan__in=plans, state__in=OPEN_STATES, due_at__range=(now - OUTAGE, now)
    )
    raised = Reassessment.objects.filter(case=OuterRef("case"), trigger=MISSED, from_at=OuterRef("due_at"))
    return rows.exclude(Exists(raised)).select_related("case", "kind").order_by("due_at", "pk")


def raise_missed(now: datetime) -> int:
    """Raise the look that each owes, once for a day on which something was missed: what goes on in the next version of the
    plan is not missed anew. Returns how many.
    """
    system, raised = User.objects.system(), 0
    for action in missed(now)[:BATCH]:
        why = f"An action of the safety plan was not done by its day: {action.kind.label}."
        occasion = f"plan:{MISSED}:{action.due_at:%Y%m%dT%H%M%S%f}"
        found = raise_reassessment(action.case, MISSED, occasion, system, now, action, from_at=action.due_at, why=why)
        raised += found is not None
    return raised


def done_after_all(action: PlanAction, at: datetime) -> None:
    """What was done in time is no miss, however late it was written down: the look is owed no longer, unless something else
    was missed at the same moment.
    """
    if action.ended_at is None or action.ended_at > action.due_at:
        return
    others = PlanAction.objects.open().filter(case=action.case_id, due_at=action.due_at, plan__state="in_force")
    if others.exclude(pk=action.pk).exists():
        return
    owed = Reassessment.objects.owed().filter(case=action.case_id, trigger=MISSED, from_at=action.due_at)
    for look in owed.filter(asked_by__isnull=True).select_related("case").order_by("pk"):
        engine.perform(look, "drop", by=User.objects.system(), evidence={"reason": IN_TIME}, seen=look.version, at=at)
