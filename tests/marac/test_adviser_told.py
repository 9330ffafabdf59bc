"""An independent adviser hears of a referral the moment it is with a forum, always before the meeting (D.3, R-41)."""

from __future__ import annotations

import pytest

from accounts.models import User
from cases.models import ActionTaken, Case, Task
from marac.models import Forum
from safeguarding.models import Agency, OnwardReferral, ReferralReceived
from tests import factories
from tests.cast import take
from tests.marac import refer
from tests.marac.test_forums import easterby
from workflow import engine
from workflow.models import Deadline
from workflow.reactions import run_due


@pytest.fixture
def forum(hal: User) -> Forum:
    return easterby(hal)


def told_to(user: User) -> int:
    return ReferralReceived.objects.visible_to(user).count()


def follow() -> None:
    for _round in range(3):
        run_due()


@pytest.mark.rule("R-41")
def test_a_high_grade_and_its_marac_referral_reach_the_adviser_once(
    forum: Forum, advisers: Agency, tess: User, ellen: User, hal: User
) -> None:
    case = refer.high(ellen)
    follow()
    assert told_to(tess) == 1, "by the grade itself"
    sent = take(refer.whole(case.referred.get(), ellen), "submit", ellen, note="")
    follow()
    take(take(sent, "return", hal, lacks=["people"], words="The children are not named."), "submit", ellen, note="")
    follow()
    assert told_to(tess) == 1 and OnwardReferral.objects.filter(case=case, kind="idva").count() == 1


@pytest.mark.rule("R-41")
def test_a_referral_below_high_reaches_the_adviser_too_and_says_what_it_is(
    forum: Forum, advisers: Agency, tess: User, ellen: User
) -> None:
    case = factories.complete(ellen, grade="medium").case
    follow()
    assert told_to(tess) == 0
    refer.sent(case, ellen, forum)
    follow()
    theirs = ReferralReceived.objects.visible_to(tess).get()
    assert "referred to MARAC" in theirs.words and "graded the risk high" not in theirs.words


@pytest.mark.rule("R-41")
def test_where_an_officer_recorded_why_not_nothing_goes_out_and_somebody_decides_in_time(
    forum: Forum, advisers: Agency, tess: User, ellen: User
) -> None:
    incident = factories.complete(ellen, grade="medium")
    declined = ActionTaken(incident=incident, kind="idva", answer="declined", what="Her sister works there.")
    engine.add(declined, beneath=incident, by=ellen)
    refer.sent(incident.case, ellen, forum)
    follow()
    assert told_to(tess) == 0 and OnwardReferral.objects.get(kind="idva").state == "prepared"
    assert Deadline.objects.open().filter(policy="idva-referred").exists()


def test_of_an_agencys_referral_the_adviser_sees_the_conference_and_the_coordinator_makes_sure(
    forum: Forum, housing: Agency, advisers: Agency, cleo: User, tess: User, moira: User
) -> None:
    referral = refer.sent_by_agency(housing, cleo, forum)
    assert not Case.objects.visible_to(tess).exists()
    follow()
    assert list(Case.objects.visible_to(tess)) == [referral.case] and not Case.objects.visible_to(moira).exists()
    task = Task.objects.get(case=referral.case)
    assert (task.kind, task.owed_by) == ("tell_adviser", "marac_coordinator")


def test_what_the_advisers_themselves_refer_is_told_to_nobody_again(forum: Forum, advisers: Agency, tess: User) -> None:
    refer.sent_by_agency(advisers, tess, forum)
    follow()
    assert not Task.objects.exists()


def test_a_service_for_which_a_party_works_is_told_nothing_by_itself(
    forum: Forum, housing: Agency, advisers: Agency, cleo: User, tess: User
) -> None:
    refer.sent_by_agency(housing, cleo, forum, employer=advisers)
    follow()
    assert not Case.objects.visible_to(tess).exists() and Task.objects.filter(kind="tell_adviser").exists()
