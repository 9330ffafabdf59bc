"""A safety plan: drafted by one, approved by another, reviewed, followed by its next version, closed with what is left."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from cases.models import Incident
from risk.models import PlanAction, PlanReview, SafetyPlan
from risk.services.plans import written
from tests import factories
from tests.cast import take
from tests.risk import plans
from workflow import engine
from workflow.models import Approval, Refusal, Refused

S = SafetyPlan.State
LEFT = "He comes out in March; her brother's flat is known to him."


def test_a_plan_is_drafted_by_one_and_approved_by_another(complete_record: Incident, ellen: User, priya: User) -> None:
    plan = plans.sent(complete_record.case, ellen)
    assert (plan.state, plan.number, plan.person.pk) == (S.SENT, 1, complete_record.people("victim").get().person_id)
    assert plans.approved(plan, priya).state == S.IN_FORCE


def test_whoever_sent_it_does_not_approve_it_and_no_officer_does(
    complete_record: Incident, ellen: User, tom: User, priya: User
) -> None:
    plan = plans.sent(complete_record.case, priya)
    for person, kind in ((priya, Refusal.GUARD), (tom, Refusal.ROLE)):
        with pytest.raises(Refused) as refused:
            plans.approved(plan, person)
        assert refused.value.kind is kind


def test_whoever_wrote_any_of_it_does_not_approve_it(complete_record: Incident, ellen: User, priya: User) -> None:
    plan = plans.written(complete_record.case, ellen)
    plans.act(plan, priya, "patrols")
    plan = take(plan, "send", ellen, note="")
    with pytest.raises(Refused, match="You wrote part of it"):
        plans.approved(plan, priya)


def test_an_approval_counts_only_for_the_version_that_was_seen(
    complete_record: Incident, ellen: User, priya: User, tom: User
) -> None:
    """Something happens while the plan waits: whoever decides on the older page decides nothing, and sees why."""
    plan = plans.sent(complete_record.case, ellen)
    seen = plan.version
    take(plan, "ask-review", tom, reason="He was let out of custody an hour ago.")
    said = {"reason": "Read and agreed, it is enough."}
    with pytest.raises(Refused) as refused:
        engine.perform(plans.fresh(plan), "approve", by=priya, evidence=said, seen=seen)
    assert (refused.value.kind, plans.fresh(plan).state) == (Refusal.STALE, S.SENT)


def test_a_plan_is_returned_with_its_parts_marked_mended_and_sent_again(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    plan = plans.sent(complete_record.case, ellen)
    with pytest.raises(Refused):
        take(plan, "return", priya, parts=[], reason="Something is missing here.")
    plan = take(plan, "return", priya, parts=["actions", "contact"], reason="Say who watches the school gate.")
    assert (plan.state, plan.returned_parts) == (S.DRAFT, ["actions", "contact"])
    plans.act(plan, ellen, "school-told", what="PC Marsh stands at the gate at three.")
    plan = take(plan, "send", ellen, note="")
    assert (plan.state, plan.returned_parts) == (S.SENT, [])
    assert plans.approved(plan, priya).state == S.IN_FORCE
    verdicts = Approval.objects.filter(of="plan").order_by("pk").values_list("verdict", flat=True)
    assert list(verdicts) == ["returned", "approved"]


def test_what_waits_is_read_and_not_changed(complete_record: Incident, ellen: User) -> None:
    plan = plans.sent(complete_record.case, ellen)
    with pytest.raises(Refused):
        engine.amend(plan, {"out_of_hours": "Nobody"}, by=ellen, seen=plan.version)
    with pytest.raises(Refused):
        plans.act(plan, ellen, "patrols")
    assert take(plan, "withdraw", ellen).state == S.DRAFT


def test_a_case_has_one_plan_in_force_and_one_being_made(complete_record: Incident, ellen: User, priya: User) -> None:
    case = complete_record.case
    plan = plans.in_force(case, ellen, priya)
    with pytest.raises(Refused, match="begin a new version"):
        plans.begun(case, ellen)
    take(plan, "renew", ellen)
    with pytest.raises(Refused, match="being written"):
        take(plan, "renew", ellen)
    with pytest.raises(IntegrityError), transaction.atomic():
        SafetyPlan.objects.create(case=case, person=plan.person, number=9, state=S.IN_FORCE, recorded_by=ellen)


def test_a_plan_is_for_somebody_who_is_named(ellen: User) -> None:
    with pytest.raises(Refused, match="does not say who was harmed"):
        plans.begun(factories.begun(ellen).case, ellen)


def test_a_new_version_carries_on_what_is_open_and_the_old_one_stays_readable(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    """Until the next is approved the old one is in force, and what is done meanwhile is done once."""
    first = plans.in_force(complete_record.case, ellen, priya)
    plans.done(first.actions.get(kind__code="locks"), ellen)
    take(first.actions.get(kind__code="housing"), "start", ellen)
    take(first, "renew", ellen)
    second = SafetyPlan.objects.get(supersedes=first)
    assert (second.number, second.wishes, plans.fresh(first).state) == (2, plans.SAID["wishes"], S.IN_FORCE)
    assert not second.actions.exists(), "nothing is owed twice while the next version is written"
    plans.approved(take(second, "send", ellen, note=""), priya)
    assert [plans.fresh(one).state for one in (first, second)] == [S.SUPERSEDED, S.IN_FORCE]
    assert {row.kind.code: row.state for row in first.actions.all()} == {
        "locks": "done", "arrest-enquiries": "superseded", "housing": "superseded",
    }  # fmt: skip
    went_on = PlanAction.objects.filter(plan=second)
    assert {row.kind.code: row.state for row in went_on} == {"arrest-enquiries": "open", "housing": "in_progress"}
    assert all(row.carried_from and row.carried_from.plan == first for row in went_on)
    was = first.actions.get(kind__code="housing")
    went = went_on.get(kind__code="housing")
    assert (went.what, went.agency, went.due_at) == (was.what, was.agency, was.due_at)


def test_the_reasons_for_risks_without_an_action_go_along(complete_record: Incident, ellen: User, priya: User) -> None:
    plan = plans.written(complete_record.case, ellen)
    plans.leave(plan, ellen, "injury")
    plans.approved(take(plan, "send", ellen, note=""), priya)
    take(plan, "renew", ellen)
    second = SafetyPlan.objects.get(supersedes=plan)
    assert [(row.factor, row.why) for row in second.factors_left.all()] == [("injury", plans.WHY)]


def test_a_version_given_up_leaves_the_one_in_force_as_it_was(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    first = plans.in_force(complete_record.case, ellen, priya)
    take(first, "renew", ellen)
    second = SafetyPlan.objects.get(supersedes=first)
    extra = plans.act(second, ellen, "patrols")
    given_up = take(second, "drop", ellen, reason="Nothing has changed after all.")
    assert (given_up.state, plans.fresh(first).state, plans.fresh(extra).state) == (S.DROPPED, S.IN_FORCE, "superseded")
    assert {row.state for row in first.actions.all()} == {"open"}


def test_a_review_is_said_and_kept_with_whether_the_victim_was_spoken_to(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    plan = plans.in_force(complete_record.case, ellen, priya)
    take(plan, "review", ellen, spoken="no", reason="No call this week; the locks hold and he keeps away.")
    review = PlanReview.objects.get(plan=plan)
    assert review.kind == PlanReview.Kind.REVIEWED and "not spoken to" in review.words


def ended(plan: SafetyPlan, by: User) -> SafetyPlan:
    for action in plan.actions.filter(state="open"):
        plans.done(action, by)
    found: SafetyPlan = plans.fresh(plan)
    return found


def test_a_plan_does_not_close_while_the_grade_is_high(ellen: User, priya: User) -> None:
    plan = ended(plans.in_force(factories.complete(ellen, grade="high").case, ellen, priya), ellen)
    with pytest.raises(Refused, match="grade is High"):
        take(plan, "close", priya, residual=LEFT)


@pytest.mark.requirement("S2-014")
def test_no_plan_closes_unassured_and_none_with_an_action_open(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    """A supervisor checks the plan, passes it or returns it; what was never approved cannot be closed at all."""
    plan = plans.sent(complete_record.case, ellen)
    with pytest.raises(Refused) as refused:
        take(plan, "close", priya, residual=LEFT)
    assert refused.value.kind is Refusal.STATE
    plan = take(plan, "return", priya, parts=["actions"], reason="Say who watches the school gate.")
    with pytest.raises(Refused) as refused:
        take(plan, "close", priya, residual=LEFT)
    assert refused.value.kind is Refusal.STATE
    plan = plans.approved(take(plan, "send", ellen, note=""), priya)
    with pytest.raises(Refused, match="An action is still open"):
        take(plan, "close", priya, residual=LEFT)
    closed = take(ended(plan, ellen), "close", priya, residual=LEFT)
    assert (closed.state, closed.residual) == (S.CLOSED, LEFT)


def test_a_plan_begun_after_one_was_closed_answers_every_risk_anew(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    """The locks of two years ago say nothing of today."""
    first = ended(plans.in_force(complete_record.case, ellen, priya), ellen)
    take(first, "close", priya, residual=LEFT)
    again = plans.begun(complete_record.case, ellen)
    assert (again.number, again.supersedes) == (2, None)
    assert "frightened" not in written(again).answered and not written(again).earlier


def test_an_open_action_of_a_forum_keeps_the_plan_open(complete_record: Incident, ellen: User, priya: User) -> None:
    plan = plans.written(complete_record.case, ellen)
    plans.act(plan, ellen, "alarm", forum="MARAC of 3 November")
    plan = plans.approved(take(plan, "send", ellen, note=""), priya)
    with pytest.raises(Refused, match="a forum set"):
        take(plan, "close", priya, residual=LEFT)


def test_a_plan_is_not_closed_without_saying_what_risk_is_left(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    plan = ended(plans.in_force(complete_record.case, ellen, priya), ellen)
    with pytest.raises(Refused) as refused:
        take(plan, "close", priya, residual="")
    assert refused.value.kind is Refusal.FORM
    with pytest.raises(IntegrityError), transaction.atomic():
        SafetyPlan.objects.filter(pk=plan.pk).update(state=S.CLOSED, residual="")


def test_a_case_does_not_close_over_a_plan_in_force(complete_record: Incident, ellen: User, priya: User) -> None:
    plan = plans.in_force(complete_record.case, ellen, priya)
    with pytest.raises(Refused, match="not finished"):
        engine.perform(plan.case, "close", by=priya, evidence={"reason": "All is done here."}, seen=plan.case.version)


STEPS = ("send", "withdraw", "return", "approve", "renew", "review", "drop", "close", "send-next", "approve-next")


def attempt(case: Any, step: str, ellen: User, priya: User) -> None:
    """One step by whoever usually takes it, on the version it is meant for; a refusal changes nothing."""
    rows = SafetyPlan.objects.filter(case=case)
    made, force = rows.being_made().first(), rows.in_force().first()
    plan = force if step in ("renew", "review", "close") else made
    if plan is None:
        return
    said: dict[str, Any] = {
        "note": "",
        "parts": ["actions"],
        "spoken": "yes",
        "residual": LEFT,
        "reason": "It is as was agreed by us.",
    }
    by = priya if step.startswith(("approve", "return", "close")) else ellen
    try:
        take(plan, step.removesuffix("-next"), by, **said)
    except Refused:
        return


@settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.sampled_from(STEPS), min_size=3, max_size=9))
def test_whatever_is_pressed_one_version_is_in_force_and_somebody_else_approved_it(
    order: list[str], ellen: User, priya: User
) -> None:
    case = factories.complete(ellen).case
    plans.written(case, ellen)
    for step in order:
        attempt(case, step, ellen, priya)
    rows = SafetyPlan.objects.filter(case=case)
    assert rows.in_force().count() <= 1 and rows.being_made().count() <= 1
    assert [row.number for row in rows.order_by("pk")] == list(range(1, rows.count() + 1))
    for plan in rows.exclude(state__in=[S.DRAFT, S.SENT, S.DROPPED]):
        decided = Approval.objects.filter(subject_id=plan.pk, subject_type="risk.safetyplan", verdict="approved")
        assert [(one.asked_by, one.decided_by) for one in decided] == [(ellen, priya)]
    live = PlanAction.objects.open().filter(case=case)
    assert all(action.plan.is_open for action in live), "what is open stands in a plan that is"
    assert len({(action.kind_id, action.what) for action in live}) == live.count(), "and in one alone"
