"""A safety plan on a consideration is for the person at risk: written by the unit, approved by its supervisor."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from dvds.models import Party
from risk.models import SafetyPlan
from risk.plan_checks import checked
from supervision.escalation.told import hearers_of
from supervision.queues.declared import plans_to_approve
from tests.cast import client_of, take, text_of
from tests.dvds.cast_of_disclosures import consideration
from tests.risk.plans import sent
from workflow import engine
from workflow.models import Deadline
from workflow.policies import POLICIES

pytestmark = pytest.mark.django_db


def test_the_plan_is_for_the_person_at_risk_and_answers_the_risk_of_the_consideration(
    disclosure_unit: Unit, perry: User, maya: User
) -> None:
    application = consideration(
        disclosure_unit, perry, "met", risk="high", looked_at=timezone.now(), children=("Ivy Field",)
    )
    plan = take(SafetyPlan(case=application.case), "begin", perry, wishes="That he does not learn of it.")
    assert plan.person_id == Party.objects.get(application=application, part="at_risk").person_id
    wanting = {row.check.code: row.holds for row in checked(plan)}
    assert wanting["review"] and not wanting["children"]
    assert "send" in {offer.step.name for offer in engine.available(plan, perry)}
    assert "send" not in {offer.step.name for offer in engine.available(plan, maya) if not offer.refusal}


def test_nobody_at_risk_is_named_and_there_is_nobody_to_plan_for(disclosure_unit: Unit, perry: User) -> None:
    application = consideration(disclosure_unit, perry, "checks", route="know")
    Party.objects.filter(application=application, part="at_risk").update(struck_out_at=timezone.now())
    with pytest.raises(Exception, match="does not say who was harmed"):
        take(SafetyPlan(case=application.case), "begin", perry, wishes="Not known yet.")


def test_a_plan_that_waits_is_the_disclosure_supervisors_and_no_sergeant_hears_of_it(
    disclosure_unit: Unit, perry: User, maya: User, priya: User, ruth: User
) -> None:
    application = consideration(disclosure_unit, perry, "met", risk="medium", looked_at=timezone.now())
    sent(application.case, perry)
    waiting = Deadline.objects.get(policy="safety-plan-decided", case=application.case)
    heard = hearers_of(waiting, POLICIES["safety-plan-decided"].ladder)
    assert heard == [[maya]] * 3
    assert list(plans_to_approve(maya)) == [waiting] and not plans_to_approve(priya).exists()
    assert application.case.reference in text_of(client_of(maya).get("/team/plans-to-approve/"))
