"""The clocks of a safety plan: sent, approved and reviewed by grade, reviewed on what happens, each action on its day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Incident, StandardException
from risk.models import Assessment, PlanAction, PlanReview, SafetyPlan
from risk.services.plans import review_plans_of
from supervision.escalation import sweep
from supervision.models import Notice
from tests import factories
from tests.cast import take
from tests.risk import plans
from tests.risk.story import grade
from workflow import engine
from workflow.deadlines import ladder_of
from workflow.models import Deadline

LENGTHS = {"high": ("hours:4", "days:7"), "medium": ("hours:24", "days:28"), "standard": ("hours:72", "days:90")}


def owed(policy: str) -> Deadline:
    found: Deadline = Deadline.objects.open().get(policy=policy)
    return found


def runs(policy: str) -> bool:
    return bool(Deadline.objects.open().filter(policy=policy).exists())


@pytest.mark.parametrize("graded", LENGTHS)
def test_a_plan_is_approved_and_reviewed_as_soon_as_its_grade_asks(graded: str, ellen: User, priya: User) -> None:
    yes = (1, 2, 3)
    incident = factories.written(factories.peopled(factories.begun(ellen), ellen), ellen)
    factories.assessed(incident, ellen, graded, yes)
    plan = plans.sent(incident.case, ellen)
    assert owed("safety-plan-decided").length == LENGTHS[graded][0]
    assert [(rung.who, rung.hours) for rung in ladder_of(owed("safety-plan-decided"))][1:] == [
        ("sergeant", 0),
        ("inspector", 2),
    ]
    plans.approved(plan, priya)
    assert not runs("safety-plan-decided")
    assert (owed("safety-plan-reviewed").length, owed("safety-plan-reviewed").holder) == (LENGTHS[graded][1], ellen)


def test_the_clocks_take_the_length_of_a_new_grade(complete_record: Incident, ellen: User, priya: User) -> None:
    plans.in_force(complete_record.case, ellen, priya)
    second = plans.sent(factories.complete(ellen).case, ellen)
    assert (owed("safety-plan-reviewed").length, owed("safety-plan-decided").length) == ("days:28", "hours:24")
    for case in (complete_record.case, second.case):
        grade(Assessment.objects.get(case=case), ellen, "high")
    assert (owed("safety-plan-reviewed").length, owed("safety-plan-decided").length) == ("days:7", "hours:4")


def test_a_plan_that_is_begun_or_returned_is_owed_until_it_is_sent_again(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    plan = plans.written(complete_record.case, ellen)
    assert owed("safety-plan-sent").holder == ellen
    plan = take(plan, "send", ellen, note="")
    assert not runs("safety-plan-sent")
    plan = take(plan, "return", priya, parts=["actions"], reason="Say who watches the school gate.")
    assert runs("safety-plan-sent") and not runs("safety-plan-decided")
    take(plan, "drop", ellen, reason="It is written anew with her.")
    assert not runs("safety-plan-sent") and not runs("plan-action-done")


def test_a_review_starts_the_next_and_the_end_of_the_version_ends_it(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    plan = plans.in_force(complete_record.case, ellen, priya)
    first = owed("safety-plan-reviewed")
    take(plan, "review", ellen, spoken="yes", reason="It holds; she slept at home all week.")
    assert owed("safety-plan-reviewed").pk != first.pk
    take(plan, "renew", ellen)
    second = take(SafetyPlan.objects.get(supersedes=plan), "send", ellen, note="")
    plans.approved(second, priya)
    assert owed("safety-plan-reviewed").subject_id == second.pk


@pytest.mark.usefixtures("priya")
def test_what_happens_makes_a_review_due_at_once_and_once(complete_record: Incident, ellen: User, priya: User) -> None:
    """Called by the system with the event in a sentence; asked twice for the same it changes nothing."""
    case = complete_record.case
    plan = plans.in_force(case, ellen, priya)
    why, now = "He was charged and let out on bail.", timezone.now()
    assert [row.pk for row in review_plans_of(case, why, now)] == [plan.pk]
    assert review_plans_of(case, why, now) == []
    clock = owed("safety-plan-event")
    assert (clock.length, clock.holder, clock.started_at) == ("hours:24", ellen, now)
    assert PlanReview.objects.get().words == why
    take(plan, "review", ellen, spoken="yes", reason="She knows of the bail; the conditions cover it.")
    assert not runs("safety-plan-event")
    assert len(review_plans_of(case, why, timezone.now())) == 1, "after the review the same may be asked again"


def test_a_plan_being_made_says_what_happened_and_one_that_has_ended_is_not_asked(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    case = complete_record.case
    plan = plans.begun(case, ellen)
    assert [row.pk for row in review_plans_of(case, "He was arrested.", timezone.now())] == [plan.pk]
    assert not runs("safety-plan-event"), "it has a clock already"
    take(plan, "drop", ellen, reason="It is written anew with her.")
    assert review_plans_of(case, "He was let go.", timezone.now()) == []


def test_each_action_is_owed_on_the_day_that_the_plan_says_by_its_owner(
    complete_record: Incident, ellen: User, tom: User
) -> None:
    plan = plans.begun(complete_record.case, ellen)
    action = plans.act(plan, ellen, "patrols", owner=tom, due=timedelta(days=40))
    clock = owed("plan-action-done")
    assert (clock.due_at, clock.holder) == (action.due_at, tom)
    assert [rung.who for rung in ladder_of(clock)] == ["holder", "holder", "sergeant", "inspector"]
    sooner = timezone.now() + timedelta(hours=5)
    engine.amend(action, {"due_at": sooner, "owner": ellen}, by=ellen, seen=action.version, beneath=plan)
    assert (owed("plan-action-done").due_at, owed("plan-action-done").holder) == (sooner, ellen)
    later = (timezone.now() + timedelta(days=3)).replace(microsecond=0)
    SafetyPlan.objects.filter(pk=plan.pk).update(state="in_force")  # as one that was approved
    take(action, "change", ellen, owner=tom.collar_number, due_at=later.isoformat(), priority="now")
    assert (owed("plan-action-done").due_at, owed("plan-action-done").holder) == (later, tom)


def test_what_a_partner_alone_does_is_kept_after_by_whoever_wrote_the_plan(
    complete_record: Incident, ellen: User
) -> None:
    plan = plans.begun(complete_record.case, ellen)
    plans.act(plan, ellen, "housing", owner=None, agency="Northgate Housing")
    assert owed("plan-action-done").holder == ellen


def test_an_action_is_owed_until_it_has_ended_or_was_taken_out(complete_record: Incident, ellen: User) -> None:
    plan = plans.begun(complete_record.case, ellen)
    action = plans.act(plan, ellen)
    plans.done(action, ellen)
    assert not runs("plan-action-done")
    take(action, "reopen", ellen)
    assert owed("plan-action-done").due_at == action.due_at
    now = plans.fresh(action)
    engine.strike_out(now, beneath=plan, by=ellen, seen=now.version, reason="Written down twice.")
    assert not runs("plan-action-done")


def test_what_goes_on_in_the_next_version_is_owed_once_on_the_same_day(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    plan = plans.in_force(complete_record.case, ellen, priya)
    days = {row.due_at for row in plan.actions.all()}
    take(plan, "renew", ellen)
    assert Deadline.objects.open().filter(policy="plan-action-done").count() == 3
    second = take(SafetyPlan.objects.get(supersedes=plan), "send", ellen, note="")
    plans.approved(second, priya)
    open_ones = Deadline.objects.open().filter(policy="plan-action-done")
    assert {row.due_at for row in open_ones} == days and open_ones.count() == 3
    assert {row.subject_id for row in open_ones} == set(
        PlanAction.objects.filter(plan=second).values_list("pk", flat=True)
    )


def test_an_action_said_not_to_be_possible_waits_for_a_supervisor_on_a_clock(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    plan = plans.in_force(complete_record.case, ellen, priya)
    asked = take(
        plan.actions.get(kind__code="housing"), "give-up", ellen, reason="No flat is free in the district at all."
    )
    assert owed("plan-action-decided").length == "hours:24"
    take(asked, "accept", priya)
    assert not runs("plan-action-decided")
    assert Deadline.objects.open().filter(policy="plan-action-done").count() == 2


def test_a_notice_says_nothing_of_a_plan(complete_record: Incident, ellen: User, priya: User, ruth: User) -> None:
    """Not in the notice and not in a mail: only that something is due on a case."""
    plan = plans.in_force(complete_record.case, ellen, priya)
    review_plans_of(plan.case, "He was charged and let out on bail.", timezone.now())
    sweep(timezone.now() + timedelta(days=40))
    told = Notice.objects.filter(deadline__policy__in=["safety-plan-reviewed", "safety-plan-event", "plan-action-done"])
    assert told.exists()
    for notice in told:
        text = notice.text.lower()
        assert not any(word in text for word in ("plan", "safety", "lock", "housing", "bail", "okoro")), text


@pytest.mark.requirement("S2-014", "S2-022")
def test_a_case_graded_medium_or_high_owes_a_plan_before_anybody_has_begun_one(
    complete_record: Incident, ellen: User, priya: User
) -> None:
    """It is owed by whoever holds the case from the grade on, sooner where it is raised, until a plan is begun."""
    clock = owed("safety-plan-begun")
    assert (clock.subject, clock.length, clock.holder) == (complete_record.case, "hours:24", ellen)
    assert [rung.who for rung in ladder_of(clock)] == ["holder", "sergeant", "inspector"]
    grade(Assessment.objects.get(case=complete_record.case), ellen, "high")
    assert (owed("safety-plan-begun").pk, owed("safety-plan-begun").length) == (clock.pk, "hours:2")
    plan = plans.begun(complete_record.case, ellen)
    assert not runs("safety-plan-begun")
    take(plan, "drop", ellen, reason="It is written anew with her.")
    assert runs("safety-plan-begun"), "given up before it was in force, another is owed"
    plans.in_force(complete_record.case, ellen, priya)
    assert not runs("safety-plan-begun")


def test_a_standard_grade_owes_no_plan_and_an_exception_ends_what_is_owed(
    complete_record: Incident, ellen: User, priya: User, ruth: User
) -> None:
    incident = factories.written(factories.peopled(factories.begun(ellen), ellen), ellen)
    factories.assessed(incident, ellen, "standard", (1,))
    assert not Deadline.objects.filter(policy="safety-plan-begun", case=incident.case).exists()
    assert runs("safety-plan-begun")
    said = {"line": "planned-0", "why": "She has left the country for good and wants none.", "instead": ""}
    asked = take(StandardException(case=complete_record.case), "ask", ellen, **said)
    assert runs("safety-plan-begun")
    take(asked, "grant", ruth, reason="Her embassy has confirmed that she left for good.")
    assert not runs("safety-plan-begun")
