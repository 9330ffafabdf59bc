"""What a safety plan must hold (B.8): what is hard refuses sending and approving, the rest is advice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Incident, Involvement
from risk.models import Assessment, SafetyPlan
from risk.plan_checks import TABLE, checked
from risk.services.page import keep_answers
from risk.steps_of_plans import SAFETY_PLAN
from tests import factories
from tests.cast import take
from tests.risk import plans
from workflow import engine
from workflow.models import Refused


def wanting(plan: SafetyPlan) -> dict[str, list[str]]:
    """{check: sentences} of what does not hold now."""
    return {row.check.code: row.wanting for row in checked(plans.fresh(plan)) if not row.holds}


def hard(plan: SafetyPlan) -> set[str]:
    return {row.check.code for row in checked(plans.fresh(plan)) if not row.holds and row.check.hard}


def test_an_empty_plan_wants_everything_that_is_hard(complete_record: Incident, ellen: User) -> None:
    plan = plans.begun(complete_record.case, ellen)
    assert hard(plan) == {"agreed", "copy", "night", "actions", "critical", "suspect"}
    with pytest.raises(Refused, match="6 things still missing"):
        take(plan, "send", ellen, note="")


def test_every_critical_yes_has_an_action_or_a_reason_for_none(complete_record: Incident, ellen: User) -> None:
    plan = plans.begun(complete_record.case, ellen)
    assert wanting(plan)["critical"] == [
        "“Is the victim very frightened?” Yes: add an action, or say why there is none"
    ]
    reason = plans.leave(plan, ellen, "frightened")
    assert "critical" not in wanting(plan)
    engine.strike_out(reason, beneath=plan, by=ellen, seen=reason.version, reason="Not so after all.")
    plans.act(plan, ellen, "silent-999", factors=["frightened"])
    assert "critical" not in wanting(plan)


def test_the_newest_assessment_alone_is_answered(ellen: User) -> None:
    old = factories.complete(ellen)
    plan = plans.begun(old.case, ellen)
    newer = factories.written(factories.begun(ellen, old.case), ellen)
    factories.assessed(newer, ellen, "high", yes=(8, 18))
    said = wanting(plan)["critical"]
    assert len(said) == 2 and "Strangled" in " ".join(said) and "frightened" not in " ".join(said)


def test_a_risk_found_while_the_plan_waits_refuses_its_approval(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    """The plan was whole when it was sent; the DASH says more since."""
    plan = plans.sent(complete_record.case, ellen)
    dash = Assessment.objects.get(incident=complete_record)
    keep_answers(dash, {18: ("yes", "Both hands, ten seconds.")}, by=ellen, seen=dash.version)
    with pytest.raises(Refused, match="1 thing still missing"):
        plans.approved(plan, priya)


def test_agreement_and_what_is_done_without_it(complete_record: Incident, ellen: User) -> None:
    plan = plans.written(complete_record.case, ellen)
    plan = engine.amend(plan, {"agreed": "no"}, by=ellen, seen=plan.version)
    assert hard(plan) == {"agreed"}
    plan = engine.amend(plan, {"agreed_why": "He said tonight that he will kill her."}, by=ellen, seen=plan.version)
    assert hard(plan) == set()


def test_children_who_are_linked_are_covered(complete_record: Incident, ellen: User) -> None:
    plan = plans.written(complete_record.case, ellen)
    assert "children" not in wanting(plan)
    child = factories.involve(complete_record, ellen, "child", "Eli Okoro")
    assert Involvement.objects.filter(part="child").exists() and child is not None
    assert hard(plan) == {"children"}
    plans.act(plan, ellen, "school-told", what="The head keeps him at the gate.")
    assert hard(plan) == set()


def test_something_faces_the_suspect_or_why_nothing_does(complete_record: Incident, ellen: User) -> None:
    plan = plans.written(complete_record.case, ellen)
    row = plan.actions.get(kind__code="arrest-enquiries")
    engine.strike_out(row, beneath=plan, by=ellen, seen=row.version, reason="He is in custody.")
    assert hard(plan) == {"suspect"}
    plans.leave(plan, ellen, "suspect", "He is in prison until the spring.")
    assert hard(plan) == set()


def test_a_case_without_a_grade_has_no_day_of_review(ellen: User) -> None:
    incident = factories.written(factories.peopled(factories.begun(ellen), ellen), ellen)
    assert "review" in hard(plans.written(incident.case, ellen))


def test_what_is_at_once_is_shown_to_be_done_and_that_is_advice(complete_record: Incident, ellen: User) -> None:
    plan = plans.written(complete_record.case, ellen)
    assert wanting(plan) == {
        "immediate": ["“Locks, doors and windows” is meant, not yet shown to be done"],
        "marker": ["No marker on the address is among the actions"],
    }
    plans.done(plan.actions.get(kind__code="locks"), ellen)
    plans.act(plan, ellen, "address-marker", due=timedelta(minutes=-5))
    assert set(wanting(plan)) == {"immediate", "in-time"}
    assert take(plan, "send", ellen, note="").state == SafetyPlan.State.SENT, "advice refuses nothing"


def test_each_check_names_a_section_and_its_authority() -> None:
    names = {section.name for section in SAFETY_PLAN.sections}
    assert {check.section for check in TABLE} <= names
    assert all(check.authority and check.label for check in TABLE)
    assert len({check.code for check in TABLE}) == len(TABLE)


def test_the_moment_of_being_overdue_is_asked_and_not_kept(complete_record: Incident, ellen: User) -> None:
    plan = plans.written(complete_record.case, ellen)
    late = plans.act(plan, ellen, "patrols", due=timedelta(minutes=-1))
    assert late.due_at < timezone.now() and wanting(plan)["in-time"] == [
        "“Visits and patrols by the neighbourhood team” is overdue"
    ]
