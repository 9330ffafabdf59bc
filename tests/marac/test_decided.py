"""What a forum decides comes to the police case: the outcome, their own actions, a question on the grade; nothing of research."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from cases.models import Case, LoggedDecision, Task
from marac.models import Hearing
from marac.services.decided import decided_of
from risk.models import RiskDecision
from safeguarding.models import Agency
from supervision.forums_decided import ask_for_grade, log_outcome
from tests.cast import client_of, take, text_of
from tests.marac.room import agreed, called, forum_with, meeting_of, referred, researched, sitting, summed_up
from tests.partners import recorded


@pytest.fixture
def heard(hannahs_case: Case, hal: User, inez: User, tess: User, housing: Agency, advisers: Agency) -> Hearing:
    """Hannah's case was heard: one action of the police, one of housing; the meeting recommends high."""
    police = recorded(hal, "Northgate police", "EPOL", "police")
    meeting = sitting(meeting_of(forum_with(hal, housing, advisers, police), hal, chair=inez), hal)
    hearing = called(referred(meeting, hal, beside=hannahs_case, to=(housing, advisers)), hal)
    researched(hearing.item, advisers, tess, ("fact", "She hides money at her sister’s."))
    agreed(hearing, hal, police, "Visit him about the bail terms")
    agreed(hearing, hal, housing, "Change the locks")
    hearing = summed_up(hearing, advisers)
    Hearing.objects.filter(pk=hearing.pk).update(recommends="high")
    done: Hearing = take(Hearing.objects.get(pk=hearing.pk), "finish", hal, outcome="actions")
    return done


def finished(hearing: Hearing) -> Event:
    found: Any = Event.objects.get(name="hearing.finish", subject_id=hearing.pk)
    return found


def test_the_case_shows_what_was_decided_and_the_actions_of_the_police_alone(
    heard: Hearing, hannahs_case: Case, ellen: User
) -> None:
    page = text_of(client_of(ellen).get(hannahs_case.get_absolute_url()))
    (row,) = decided_of(hannahs_case, ellen, timezone.now())
    assert [action.what for action in row.ours] == ["Visit him about the bail terms"] and row.others == 1
    assert "sister" not in page


def test_the_decision_log_of_the_case_keeps_it_once(heard: Hearing, hannahs_case: Case) -> None:
    log_outcome(finished(heard))
    log_outcome(finished(heard))
    row = LoggedDecision.objects.get(case=hannahs_case, kind="referral")
    assert "actions agreed" in row.what and "Visit him" in row.action and "Actions of other agencies: 1." in row.action
    assert "locks" not in row.action and "sister" not in row.information


@pytest.mark.rule("R-33")
def test_a_grade_that_is_recommended_is_a_question_to_the_police_and_changes_nothing(
    heard: Hearing, hannahs_case: Case
) -> None:
    ask_for_grade(finished(heard))
    ask_for_grade(finished(heard))
    task = Task.objects.get(case=hannahs_case, kind="forum_grade")
    assert "high" in task.why and task.owed_by == "inspector"
    assert not RiskDecision.objects.filter(case=hannahs_case).exists()


def test_whoever_is_shut_out_of_the_case_reads_nothing_of_it(heard: Hearing, hannahs_case: Case, victor: User) -> None:
    assert decided_of(hannahs_case, victor, timezone.now()) == []
