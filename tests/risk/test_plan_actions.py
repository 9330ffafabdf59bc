"""The actions of a safety plan: who, by when, for which risk; each ends with what came of the risk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from cases.models import Incident
from risk.models import PlanAction, PlanActionKind, SafetyPlan
from risk.services.plans import written
from tests import factories
from tests.cast import client_of, shut_out, take
from tests.risk import plans
from workflow.models import Refusal, Refused

A = PlanAction.State


@pytest.fixture
def plan(complete_record: Incident, ellen: User, priya: User) -> SafetyPlan:
    return plans.in_force(complete_record.case, ellen, priya)


def housing(plan: SafetyPlan) -> PlanAction:
    found: PlanAction = plan.actions.get(kind__code="housing")
    return found


@pytest.mark.requirement("S2-001")
def test_each_action_ends_with_what_came_of_the_risk_and_the_plan_with_what_is_left(
    plan: SafetyPlan, ellen: User, priya: User
) -> None:
    """Removed, reduced or unchanged, with what shows it; then the plan says which risk remains."""
    rows = {row.kind.code: row for row in plan.actions.all()}
    with pytest.raises(Refused) as refused:
        plans.done(rows["locks"], ellen, result="")
    assert refused.value.kind is Refusal.FORM
    for code, result in (("locks", "removed"), ("housing", "unchanged"), ("arrest-enquiries", "reduced")):
        plans.done(rows[code], ellen, result=result)
    assert set(plan.actions.values_list("result", flat=True)) == {"removed", "reduced", "unchanged"}
    left = "His brother still knows where she works."
    assert take(plan, "close", priya, residual=left).residual == left
    page = client_of(ellen).get(plan.get_absolute_url()).content.decode()
    assert "The risk is removed" in page and "The risk is unchanged" in page and left in page


def test_the_database_keeps_no_action_done_without_a_result(plan: SafetyPlan) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanAction.objects.filter(pk=housing(plan).pk).update(state=A.DONE)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanAction.objects.filter(pk=housing(plan).pk).update(owner=None, agency="")


def test_an_action_that_left_the_risk_unchanged_answers_it_no_longer(plan: SafetyPlan, ellen: User) -> None:
    plans.done(plan.actions.get(kind__code="locks"), ellen, result="unchanged")
    assert "frightened" not in written(plans.fresh(plan)).answered
    take(plan, "renew", ellen)
    with pytest.raises(Refused, match="1 thing still missing"):
        take(SafetyPlan.objects.get(supersedes=plan), "send", ellen, note="")


def test_not_possible_needs_a_reason_and_another_action_instead(plan: SafetyPlan, ellen: User) -> None:
    instead = plan.actions.get(kind__code="locks")
    with pytest.raises(Refused) as refused:
        take(housing(plan), "replace", ellen, reason="No flat is free before spring.")
    assert refused.value.kind is Refusal.FORM
    ended = take(housing(plan), "replace", ellen, reason="No flat is free before spring.", instead=instead.pk)
    assert (ended.state, ended.replaced_by) == (A.NOT_POSSIBLE, instead)


def test_an_action_of_another_plan_stands_in_for_nothing(plan: SafetyPlan, ellen: User, priya: User) -> None:
    other = plans.in_force(factories.complete(ellen).case, ellen, priya)
    with pytest.raises(Refused):
        take(housing(plan), "replace", ellen, reason="No flat is free before spring.", instead=housing(other).pk)


def test_an_action_of_the_next_version_stands_in_for_one_in_force(plan: SafetyPlan, ellen: User) -> None:
    take(plan, "renew", ellen)
    new = plans.act(SafetyPlan.objects.get(supersedes=plan), ellen, "refuge", what="A place from Monday.")
    why = "No flat is free before spring."
    assert take(housing(plan), "replace", ellen, reason=why, instead=new.pk).replaced_by == new
    with pytest.raises(Refused, match="stands in for one in force"):
        take(new.plan, "drop", ellen)


def test_with_nothing_instead_a_supervisor_accepts_it_or_insists(plan: SafetyPlan, ellen: User, priya: User) -> None:
    why = "No flat is free in the whole district before spring."
    asked = take(housing(plan), "give-up", ellen, reason=why)
    assert (asked.state, asked.is_open) == (A.ASKED, True)
    with pytest.raises(Refused):
        take(asked, "accept", ellen)
    assert take(asked, "insist", priya).state == A.OPEN
    asked = take(asked, "give-up", ellen, reason=why)
    ended = take(asked, "accept", priya)
    assert (ended.state, ended.why_not) == (A.NOT_POSSIBLE, why)


def test_a_supervisor_does_not_accept_what_they_asked_themselves(plan: SafetyPlan, priya: User) -> None:
    asked = take(housing(plan), "give-up", priya, reason="No flat is free in the whole district before spring.")
    with pytest.raises(Refused, match="somebody else must decide"):
        take(asked, "accept", priya)


def test_an_undecided_action_does_not_go_on_into_the_next_version(plan: SafetyPlan, ellen: User, priya: User) -> None:
    take(plan, "renew", ellen)
    second = take(SafetyPlan.objects.get(supersedes=plan), "send", ellen, note="")
    take(housing(plan), "give-up", ellen, reason="No flat is free in the whole district before spring.")
    with pytest.raises(Refused, match="decide on that first"):
        plans.approved(second, priya)


def test_overdue_is_a_question_and_no_state(plan: SafetyPlan) -> None:
    action = housing(plan)
    assert not action.is_overdue(action.due_at) and action.is_overdue(action.due_at + timedelta(seconds=1))
    assert "overdue" not in PlanAction.State.values


def test_who_and_when_are_changed_with_why_and_an_action_opened_again(plan: SafetyPlan, ellen: User, tom: User) -> None:
    later = timezone.now() + timedelta(days=9)
    said = {"owner": tom.collar_number, "agency": "", "due_at": later.isoformat(), "priority": "now"}
    with pytest.raises(Refused):
        take(housing(plan), "change", ellen, **{**said, "owner": ""})
    changed = take(housing(plan), "change", ellen, **said)
    assert (changed.owner, changed.agency, changed.priority) == (tom, "", "now")
    done = plans.done(changed, tom)
    again = take(done, "reopen", ellen)
    assert (again.state, again.result, again.evidence, again.ended_at) == (A.OPEN, "", "", None)


def test_nobody_who_is_kept_out_of_the_case_owns_an_action(
    plan: SafetyPlan, ellen: User, priya: User, tom: User, ruth: User
) -> None:
    shut_out(plan.case, tom, ruth)
    said = {"owner": tom.collar_number, "due_at": timezone.now().isoformat(), "priority": "now"}
    with pytest.raises(Refused) as refused:
        take(housing(plan), "change", ellen, **said)
    assert "owner" in refused.value.errors.errors


@pytest.mark.requirement("S1-007")
def test_a_plan_has_actions_that_partners_own_and_a_day_of_review(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    """Added on the page, with a partner alone as the owner; shown with it; and the plan says when it is looked at again."""
    plan = plans.written(complete_record.case, ellen)
    browser = client_of(ellen)
    due = timezone.localtime(timezone.now() + timedelta(days=3))
    kind = PlanActionKind.objects.get(code="adviser")
    said = {
        "kind": kind.pk, "what": "Rings her each Monday.", "owner": "", "agency": "Harbour, Ms Quist", "priority": "soon",
        "due_at_day": due.day, "due_at_month": due.month, "due_at_year": due.year, "due_at_time": "12:00",
        "factors": ["frightened"], "forum": "", "seen": 1, "token": "t1",
    }  # fmt: skip
    answer = browser.post(f"/work/safety-plan/{plan.pk}/rows/plan-action/", said)
    assert answer.status_code == 302, answer.content.decode()
    added = plan.actions.get(kind=kind)
    assert (added.owner, added.owned_by, added.factors) == (None, "Harbour, Ms Quist", ["frightened"])
    plans.approved(take(plan, "send", ellen, note=""), priya)
    page = browser.get(plan.get_absolute_url()).content.decode()
    assert "Harbour, Ms Quist" in page and "Why this date?" in page and "Review" in page


def test_an_action_needs_its_kind_words_owner_and_day(complete_record: Incident, ellen: User) -> None:
    plan = plans.begun(complete_record.case, ellen)
    answer = client_of(ellen).post(
        f"/work/safety-plan/{plan.pk}/rows/plan-action/", {"seen": 1, "token": "t2", "priority": "soon"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for sentence in ("Choose what kind", "Say what is done", "Say who does it", "Say by when"):
        assert sentence in page
