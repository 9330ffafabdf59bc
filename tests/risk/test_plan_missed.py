"""An action of a plan in force that is not done by its day: the risk is looked at again, and the plan with it (B.7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Incident
from risk.models import PlanAction, PlanReview, Reassessment, SafetyPlan
from risk.services.missed import raise_missed
from risk.tasks import raise_due
from tests.cast import client_of, take, text_of
from tests.risk import plans
from workflow.models import Deadline
from workflow.reactions import run_due

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def plan(complete_record: Incident, ellen: User, priya: User) -> SafetyPlan:
    """In force; its three actions are due in two days."""
    return plans.in_force(complete_record.case, ellen, priya)


def looks(case: Case) -> list[Reassessment]:
    return list(Reassessment.objects.filter(case=case, trigger="missed", state=Reassessment.State.OWED))


@pytest.mark.requirement("S2-022", "S3-030")
def test_a_missed_action_owes_one_look_and_a_review_of_the_plan(plan: SafetyPlan, ellen: User) -> None:
    due = plan.actions.order_by("due_at").first().due_at
    assert raise_missed(due - HOUR) == 0 and not looks(plan.case)
    with time_machine.travel(due + HOUR, tick=False):
        raise_due()
        raise_due()
        run_due()
    (look,) = looks(plan.case)
    assert look.from_at == due and look.why.startswith("An action of the safety plan was not done by its day: ")
    clock = Deadline.objects.open().get(policy="review-missed", case=plan.case)
    assert clock.due_at == due + timedelta(hours=72), "from the day that was missed, not from when the sweep ran"
    assert PlanReview.objects.filter(plan=plan, kind="asked").count() == 1
    page = text_of(client_of(ellen).get(plan.get_absolute_url()))
    assert "Look at this plan again" in page and "action missed" in page


def test_what_was_done_in_time_and_written_down_late_was_never_missed(plan: SafetyPlan, ellen: User) -> None:
    last = plan.actions.order_by("-due_at").first()
    PlanAction.objects.filter(plan=plan).exclude(pk=last.pk).update(due_at=last.due_at + DAY)
    with time_machine.travel(last.due_at + HOUR, tick=False):
        assert raise_missed(timezone.now()) == 1
        plans.done(last, ellen, at=last.due_at - HOUR)
        run_due()
    assert not looks(plan.case)
    assert "done in time" in Reassessment.objects.get(case=plan.case, trigger="missed").outcome


def test_what_was_done_late_was_missed(plan: SafetyPlan, ellen: User) -> None:
    last = plan.actions.order_by("-due_at").first()
    PlanAction.objects.filter(plan=plan).exclude(pk=last.pk).update(due_at=last.due_at + DAY)
    with time_machine.travel(last.due_at + HOUR, tick=False):
        raise_missed(timezone.now())
        plans.done(last, ellen)
        run_due()
    assert len(looks(plan.case)) == 1


def test_what_goes_on_in_the_next_version_is_not_missed_anew_and_a_draft_misses_nothing(
    plan: SafetyPlan, ellen: User, priya: User
) -> None:
    due = plan.actions.order_by("-due_at").first().due_at
    with time_machine.travel(due + HOUR, tick=False):
        first = raise_missed(timezone.now())
        take(plan, "renew", ellen)
        second = SafetyPlan.objects.get(supersedes=plan)
        plans.act(second, ellen, "patrols", due=timedelta(minutes=1))
        second = take(second, "send", ellen, note="")
        plans.approved(second, priya)
        assert raise_missed(timezone.now()) == 0 < first, "carried on, it is the same action of the same day"


def test_a_new_day_that_is_missed_too_is_another_look(plan: SafetyPlan, ellen: User) -> None:
    action = plan.actions.order_by("-due_at").first()
    PlanAction.objects.filter(plan=plan).exclude(pk=action.pk).update(state="superseded")
    with time_machine.travel(action.due_at + HOUR, tick=False):
        assert raise_missed(timezone.now()) == 1
        later = (timezone.now() + DAY).replace(microsecond=0)
        said = {"owner": ellen.collar_number, "due_at": later.isoformat(), "priority": "now", "reason": "He was ill."}
        take(action, "change", ellen, **said)
        assert raise_missed(timezone.now()) == 0
    assert raise_missed(later + HOUR) == 1
