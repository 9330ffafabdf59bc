"""Hannah's safety plan, made by the ordinary verbs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident
from risk.models import FactorLeft, PlanAction, PlanActionKind, SafetyPlan
from risk.quality import PLAN
from tests.cast import take
from workflow import engine

SAID: dict[str, Any] = {
    "wishes": "She wants him kept away from the flat and the children told nothing yet.", "agreed": "yes",
    "safe_copy": "by_heart", "out_of_hours": "Harbour line, 0808 157 0000",
}  # fmt: skip
WHY = "She cannot say more tonight; it is asked again tomorrow."


def begun(case: Case, by: User) -> SafetyPlan:
    plan: SafetyPlan = take(SafetyPlan(case=case), "begin", by, wishes=SAID["wishes"])
    return plan


def fresh(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def act(
    plan: SafetyPlan, by: User, code: str = "locks", *, due: timedelta = timedelta(days=2), **said: Any
) -> PlanAction:
    """An action of a kind, owned by whoever writes it unless something else is said."""
    words = {
        "what": "New lock on the front door.",
        "owner": by,
        "due_at": timezone.now() + due,
        "priority": "soon",
        **said,
    }
    row = PlanAction(plan=plan, kind=PlanActionKind.objects.get(code=code), **words)
    made: PlanAction = engine.add(row, beneath=plan, by=by)
    return made


def leave(plan: SafetyPlan, by: User, factor: str, why: str = WHY) -> FactorLeft:
    made: FactorLeft = engine.add(FactorLeft(plan=plan, factor=factor, why=why), beneath=plan, by=by)
    return made


def written(case: Case, by: User) -> SafetyPlan:
    """A plan that lacks nothing: wishes, copy, an action of the police, one that faces the suspect, one that is partner's."""
    plan = begun(case, by)
    plan = engine.amend(plan, SAID, by=by, seen=plan.version)
    act(plan, by, "locks", factors=["frightened"])
    act(plan, by, "arrest-enquiries", what="Looked for at his brother's until Friday.")
    act(plan, by, "housing", what="Priority move asked for.", owner=None, agency="Northgate Housing, Ms Adeyemi")
    found: SafetyPlan = fresh(plan)
    return found


def sent(case: Case, by: User) -> SafetyPlan:
    plan: SafetyPlan = take(written(case, by), "send", by, note="")
    return plan


def in_force(case: Case, by: User, sergeant: User) -> SafetyPlan:
    return approved(sent(case, by), sergeant)


PASSED = {look.code: "pass" for look in PLAN}


def approved(plan: SafetyPlan, by: User) -> SafetyPlan:
    """Each row of the checklist passed, then the plan itself."""
    checked = take(plan, "check", by, **PASSED)
    found: SafetyPlan = take(checked, "approve", by)
    return found


def done(action: PlanAction, by: User, result: str = "reduced", at: datetime | None = None) -> PlanAction:
    moment = (at or timezone.now()).isoformat()
    said = {"done_at": moment, "evidence": "The locksmith's bill was seen.", "result": result}
    ended: PlanAction = take(action, "done", by, **said)
    return ended


def of(incident: Incident) -> Case:
    case: Case = incident.case
    return case
