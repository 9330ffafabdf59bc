"""The clocks of plans for repeat victims: decided on, visited, and looked at again and again until they end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.models import PlanVisit
from cases.models.answers import YesOrNo
from cases.steps.repeat_plan import REPEAT_PLAN
from workflow.clock import Length, days, working_days
from workflow.policies import HOLDER, Policy, Rung

COORDINATOR, INSPECTOR = "da_coordinator", "inspector"
PLAN = REPEAT_PLAN.name


def days_of(plan: Any) -> Length | None:
    """As often as the plan itself says."""
    return days(plan.visit_days) if plan.visit_days else None


def wants_visits(plan: Any) -> bool:
    """Only where a visit is safe is one promised."""
    return bool(plan.visit_days)


def visits_of(plan: Any) -> Any:
    """Index: plan_visit_of_plan."""
    return PlanVisit.objects.standing().filter(plan=plan.pk, kind=PlanVisit.Kind.VISIT)


def last_visit(plan: Any) -> datetime | None:
    """When the person was last seen or spoken to, however late that was written down."""
    visits = visits_of(plan).filter(seen=YesOrNo.YES).order_by("-at")
    found: datetime | None = visits.values_list("at", flat=True).first()
    return found


def was_seen(plan: Any) -> bool:
    """Whether the visit that is recorded now found the person: to knock at a door that stays shut is none."""
    return bool(visits_of(plan).order_by("-pk").values_list("seen", flat=True).first() == YesOrNo.YES)


def owner_of(plan: Any) -> int | None:
    found: int | None = plan.owner_id
    return found


ROWS: tuple[Policy, ...] = (
    Policy(
        "repeat-plan-decided", "Decide on a plan",
        starts=frozenset({f"{PLAN}.send"}), stops=frozenset({f"{PLAN}.approve", f"{PLAN}.return"}),
        drops=frozenset({f"{PLAN}.withdraw"}),
        within=working_days(2), ladder=(Rung(-24, COORDINATOR), Rung(0, COORDINATOR), Rung(24, INSPECTOR)),
        owed_by=COORDINATOR, wants=f"{PLAN}.approve", why="A plan waits for the coordinator",
        meets="The coordinator approves or returns it", missed="The coordinator is told again, an inspector after a day",
        authority="S3-113: repeat victimisation is supervised by the coordinator; within 2 working days [R]",
    ),
    Policy(
        "repeat-plan-visited", "Visit as the plan promises",
        starts=frozenset({f"{PLAN}.approve"}), stops=frozenset({f"{PLAN}.visit"}), drops=frozenset({f"{PLAN}.end"}),
        refits=frozenset({f"{PLAN}.approve", f"{PLAN}.hand-over"}), until=last_visit, applies=wants_visits,
        within=days(28), own=days_of, held=owner_of, met=was_seen,
        ladder=(Rung(-24, HOLDER), Rung(0, HOLDER), Rung(24, COORDINATOR), Rung(72, INSPECTOR)), repeats=True,
        owed_by=HOLDER, wants=f"{PLAN}.visit", why="The plan promises visits",
        meets="A visit at which the person was seen or spoken to; the next is due from its day",
        missed="The plan’s owner is told, the coordinator after a day, an inspector after three",
        authority="S3-113: targeted policing by visits, as often as the plan itself says; every 28 days is never used [R]",
    ),
    Policy(
        "repeat-plan-reviewed", "Review a plan",
        starts=frozenset({f"{PLAN}.approve"}), stops=frozenset({f"{PLAN}.review"}), drops=frozenset({f"{PLAN}.end"}),
        within=days(28), ladder=(Rung(-72, COORDINATOR), Rung(0, COORDINATOR), Rung(72, INSPECTOR)), repeats=True,
        owed_by=COORDINATOR, wants=f"{PLAN}.review", why="A plan is in force",
        meets="Somebody says whether the plan works", missed="The coordinator is told again, an inspector after three days",
        authority="S0-010, S3-113: a plan has an owner and a day on which it is looked at; every 28 days [R]",
    ),
)  # fmt: skip
