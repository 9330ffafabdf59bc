"""A safety plan on a consideration is for the person at risk: written by the unit, approved by its supervisor."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from dvds.models import Party
from risk.models import SafetyPlan
from risk.plan_checks import checked
from tests.cast import take
from tests.dvds.cast_of_disclosures import consideration
from workflow import engine

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
