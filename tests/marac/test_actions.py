"""Actions of a forum are followed to their end: by their agency, with reminders, and none can vanish (D.6, S2-038)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import User
from cases.models import Case, UnitGrant
from marac.models import Forum, ForumAction, Meeting, Referral
from safeguarding.models import Agency
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cast import person, take
from tests.marac.followed import DAY, done, forum_of, heard, local, met, referred, taken_on
from tests.risk import plans
from workflow.deadlines import rung_moments
from workflow.models import Deadline, Refused


@pytest.fixture
def forum(hal: User) -> Forum:
    return forum_of(hal)


@pytest.fixture
def meeting(forum: Forum, hal: User) -> Meeting:
    return met(forum, hal)


@pytest.fixture
def referral(forum: Forum, meeting: Meeting, hal: User, hannahs_case: Case, housing: Agency) -> Referral:
    """Hannah's referral, heard five days ago; housing was there."""
    made = referred(forum, hal, hannahs_case)
    heard(made, meeting, hal, housing)
    return made


@pytest.fixture
def action(referral: Referral, meeting: Meeting, housing: Agency, hal: User, cleo: User) -> ForumAction:
    """What housing took on: Cleo does it."""
    return taken_on(referral, housing, hal, meeting, owner=cleo.username)


def clock_of(action: ForumAction) -> Deadline:
    return Deadline.objects.get(policy="forum-action-done", subject_id=action.pk)


def test_an_action_is_due_after_the_working_days_of_the_forum_and_for_tonight_in_hours(
    action: ForumAction, referral: Referral, housing: Agency, hal: User
) -> None:
    assert timedelta(days=11) < action.due_at - timezone.now() < timedelta(days=20)
    tonight = taken_on(referral, housing, hal, at_once="yes")
    assert timedelta(hours=23) < tonight.due_at - timezone.now() <= timedelta(hours=24)


def test_its_agency_says_that_it_is_in_hand_and_done_with_what_shows_it_and_what_became_of_the_risk(
    action: ForumAction, cleo: User
) -> None:
    take(action, "take-up", cleo, words="The panel sits on Thursday.")
    with pytest.raises(Refused) as refusal:
        done(action, cleo, evidence="")
    assert "evidence" in refusal.value.errors.errors
    ended = done(action, cleo)
    assert (ended.state, ended.effect, ended.is_open) == ("done", "reduced", False)
    assert clock_of(action).stopped_at == ended.ended_at


def test_not_possible_is_something_else_than_not_done_and_both_say_why(
    action: ForumAction, referral: Referral, housing: Agency, hal: User, cleo: User
) -> None:
    other = taken_on(referral, housing, hal)
    with pytest.raises(Refused):
        take(action, "not-possible", cleo, reason="She has moved in with her sister.", instead="")
    never = take(action, "not-possible", cleo, reason="She moved to her sister’s.", instead="The sister’s lock.")
    late = take(other, "not-done", cleo, reason="The form was lost twice.")
    assert (never.state, late.state) == ("not_possible", "not_done")
    assert "sister’s lock" in never.why_not and late.why_not == "The form was lost twice."
    assert not Deadline.objects.open().filter(policy="forum-action-done").exists()


def test_no_other_agency_and_no_officer_says_what_came_of_it_but_the_coordinator_may_for_whoever_rang(
    action: ForumAction, referral: Referral, advisers: Agency, tess: User, ellen: User, hal: User
) -> None:
    for who in (tess, ellen):
        with pytest.raises(Refused):
            done(action, who)
    with pytest.raises(Refused):
        take(action, "extend", tess, due_at=local(timezone.now() + 3 * DAY))
    assert done(action, hal).state == "done"


def test_more_time_is_asked_for_by_the_agency_and_given_by_the_coordinator_alone(
    action: ForumAction, cleo: User, hal: User
) -> None:
    later = timezone.now() + 30 * DAY
    was = action.due_at
    asked = take(action, "ask-longer", cleo, until=local(later))
    assert asked.wants_until is not None and asked.due_at == was
    with pytest.raises(Refused):
        take(action, "extend", cleo, due_at=local(later))
    assert take(action, "keep-date", hal).wants_until is None
    given = take(action, "extend", hal, due_at=local(later))
    assert clock_of(action).due_at == given.due_at > was
    assert clock_of(action).changes.count() == 2


def test_it_is_handed_over_within_the_agency_and_to_nobody_outside_it(
    action: ForumAction, cleo: User, housing: Agency, tess: User
) -> None:
    asa = person("", "", "Asa Brook", ("partner", housing.unit))
    assert take(action, "hand-over", cleo, person=asa.pk).owner == asa
    assert clock_of(action).holder == asa
    with pytest.raises(Refused):
        take(action, "hand-over", asa, person=tess.pk)


def test_its_owner_its_representative_its_manager_and_the_coordinator_hear_of_it_in_that_order(
    action: ForumAction, cleo: User, housing_manager: User, hal: User
) -> None:
    due = clock_of(action).due_at
    told = []
    for days in (1, 3, 5, 7):
        sweep(due + days * DAY + timedelta(minutes=1))
        mine = Notice.objects.filter(deadline__policy="forum-action-done").order_by("pk")
        told.append(set(mine.values_list("person_id", "rung")))
    assert told[0] == {(cleo.pk, 24.0)}
    assert told[1] - told[0] == {(cleo.pk, 72.0)}
    assert told[2] - told[1] == {(housing_manager.pk, 120.0)}
    assert told[3] - told[2] == {(hal.pk, 168.0)}
    assert not any("Hannah" in text or "Easterby" in text for text in Notice.objects.values_list("text", flat=True))


def test_the_clock_stays_with_the_agency_when_the_conference_moves_to_another_unit_or_somebody_holds_it(
    action: ForumAction, housing: Agency
) -> None:
    from workflow.deadlines import repoint

    repoint(Case.objects.get(pk=action.case_id))
    assert clock_of(action).unit == housing.unit
    assert [rung.who for _, rung in rung_moments(clock_of(action))][-1] == "marac_coordinator"


def test_an_agency_sees_the_case_for_as_long_as_it_owes_something_and_then_no_longer_than_after_a_meeting(
    action: ForumAction, cleo: User, housing: Agency
) -> None:
    grant = UnitGrant.objects.get(case=action.case, unit=housing.unit)
    assert grant.until is None
    done(action, cleo)
    grant.refresh_from_db()
    assert timedelta(days=27) < grant.until - timezone.now() < timedelta(days=29)  # type: ignore[operator]


def test_an_agency_without_an_agreement_that_counts_sees_nothing_and_its_action_stands_all_the_same(
    referral: Referral, social_care: Agency, moira: User, hal: User
) -> None:
    """R-35."""
    take(social_care.agreements.get(), "end", hal)
    made = taken_on(referral, social_care, hal)
    assert made.is_open and not ForumAction.objects.visible_to(moira).exists()
    sweep(made.due_at + 8 * DAY)
    assert Notice.objects.filter(person=hal).exists()


def test_what_has_ended_is_opened_again_by_the_coordinator_and_its_clock_runs_again(
    action: ForumAction, cleo: User, hal: User
) -> None:
    done(action, cleo)
    again = take(action, "reopen", hal, due_at=local(timezone.now() + 4 * DAY))
    assert again.is_open and again.evidence == "" and again.ended_at is None
    assert Deadline.objects.open().filter(policy="forum-action-done", subject_id=action.pk).count() == 1


def test_no_action_is_ever_taken_away(action: ForumAction) -> None:
    """Whoever tries meets the rows that rest on it; there is no step that deletes."""
    from workflow.declare import workflow_of

    assert not {"delete", "strike", "remove"} & {step.name for step in workflow_of(ForumAction).steps}
    with pytest.raises(ProtectedError):
        action.referral.delete()


# --- what stays open as long as an action of a forum does


def test_the_investigation_is_not_closed_while_a_forums_action_about_it_is_open(
    action: ForumAction, hannahs_case: Case, cleo: User
) -> None:
    from marac.standards import actions_open

    assert actions_open(hannahs_case, ()) == {None: "1 action of a forum is open"}
    done(action, cleo)
    assert actions_open(hannahs_case, ()) == {}


def test_a_safety_plan_is_not_closed_while_a_forums_action_about_her_is_open(
    action: ForumAction, complete_record: object, ellen: User, priya: User, cleo: User
) -> None:
    plan = plans.in_force(Case.objects.get(pk=action.referral.investigation_id), ellen, priya)
    for one in plan.actions.all():
        plans.done(one, ellen)
    said = {"residual": "He may find her through the school.", "reason": "She is safe for now."}
    with pytest.raises(Refused, match="action that a forum set"):
        take(plan, "close", priya, **said)
    done(action, cleo)
    assert take(plan, "close", priya, **said).state == "closed"
