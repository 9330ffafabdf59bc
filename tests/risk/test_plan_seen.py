"""What waits for approval is what was seen: an action that changes meanwhile, or is changed by whoever decides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Incident
from risk.models import PlanAction, SafetyPlan
from tests.cast import client_of, take, text_of
from tests.risk import plans
from workflow import engine
from workflow.models import Refusal, Refused

pytestmark = pytest.mark.django_db
S, A = SafetyPlan.State, PlanAction.State
READ = {"reason": "Read and agreed, it is enough."}
BECAUSE = "The housing office closes for a week."


def housing(plan: SafetyPlan) -> PlanAction:
    found: PlanAction = PlanAction.objects.get(plan=plan, kind__code="housing")
    return found


def refused_as(plan: SafetyPlan, seen: int, by: User) -> Refusal:
    with pytest.raises(Refused) as refused:
        engine.perform(plans.fresh(plan), "approve", by=by, evidence=READ, seen=seen)
    return refused.value.kind


def test_an_action_that_ends_while_the_plan_waits_makes_whoever_decides_look_again(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    """The approval counts for the version that was seen; what the actions say is of the plan."""
    plan = plans.sent(complete_record.case, ellen)
    seen = plan.version
    plans.done(housing(plan), ellen, result="unchanged")
    assert refused_as(plan, seen, priya) is Refusal.STALE
    assert plans.fresh(plan).state == S.SENT


def test_so_does_one_of_the_version_in_force_that_goes_on_in_it(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    first = plans.in_force(complete_record.case, ellen, priya)
    take(first, "renew", ellen)
    second = take(SafetyPlan.objects.get(supersedes=first), "send", ellen, note="")
    seen = second.version
    later = (timezone.now() + timedelta(days=300)).isoformat()
    said = {"owner": ellen.collar_number, "due_at": later, "priority": "ordinary", "reason": BECAUSE}
    take(housing(first), "change", ellen, **said)
    assert refused_as(second, seen, priya) is Refusal.STALE
    assert plans.fresh(first).version == first.version + 1, "by being renewed; what is in force waits for nobody"


def test_in_a_plan_that_is_being_made_who_and_when_are_written_and_not_changed_beside_it(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    """A supervisor who gives an action a year more has written part of the plan, and so does not approve it."""
    plan = plans.written(complete_record.case, ellen)
    later = timezone.now() + timedelta(days=365)
    said = {"owner": ellen.collar_number, "due_at": later.isoformat(), "priority": "ordinary", "reason": BECAUSE}
    with pytest.raises(Refused) as refused:
        take(housing(plan), "change", priya, **said)
    assert refused.value.kind is Refusal.STATE
    action = housing(plan)
    engine.amend(action, {"due_at": later}, by=priya, seen=action.version, beneath=plan)
    plan = take(plan, "send", ellen, note="")
    with pytest.raises(Refused):
        take(housing(plan), "change", priya, **said)
    with pytest.raises(Refused, match="You wrote part of it"):
        plans.approved(plan, priya)
    page = text_of(client_of(ellen).get(plan.get_absolute_url()))
    assert "Change who or when" not in page and "Say that it is done" in page


def test_what_stands_in_for_an_action_in_force_is_not_struck_out(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    """Else the first would be ended, the second gone, and nobody would do either."""
    first = plans.in_force(complete_record.case, ellen, priya)
    take(first, "renew", ellen)
    second = SafetyPlan.objects.get(supersedes=first)
    instead = plans.act(second, ellen, "patrols")
    take(housing(first), "replace", ellen, reason=BECAUSE, instead=instead.pk)
    instead = plans.fresh(instead)
    with pytest.raises(Refused, match="open that one again first"):
        engine.strike_out(instead, beneath=second, by=ellen, seen=instead.version, reason="Not needed now.")
    said = {"reason": "Not needed now.", "seen": instead.version}
    page = client_of(ellen).post(f"{second.get_absolute_url()}rows/plan-action/{instead.pk}/strike/", said)
    assert page.status_code == 422 and "open that one again first" in text_of(page)
    take(housing(first), "reopen", ellen)
    instead = plans.fresh(instead)
    engine.strike_out(instead, beneath=second, by=ellen, seen=instead.version, reason="Not needed now.")
    assert housing(first).state == A.OPEN and plans.fresh(instead).struck_out_at
