"""Who is told what a forum decided: she, until she truly was or the chair says that she is not to be; and the referrer (R-33)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case, Task, UnitGrant
from marac.models import Hearing, Meeting, MinutesCopy
from safeguarding.models import Agency
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cast import client_of, take, text_of
from tests.marac.room import agreed, called, forum_with, meeting_of, referral_of, referred, sitting, summed_up
from workflow import reactions
from workflow.models import Deadline, Refused

HOME = "/agency/"
TRIED = "Nobody answered; the school nurse tries tomorrow at drop-off."
NEVER = "He reads her telephone and her post; her sister keeps watch."


@pytest.fixture
def held(hal: User, inez: User, housing: Agency, advisers: Agency) -> Meeting:
    return sitting(meeting_of(forum_with(hal, housing, advisers), hal, chair=inez), hal)


@pytest.fixture
def heard(held: Meeting, hal: User, housing: Agency, advisers: Agency) -> Hearing:
    """A case that was heard; the advisers are to tell her."""
    hearing = called(referred(held, hal, to=(housing, advisers)), hal)
    agreed(hearing, hal, housing, "Change the locks")
    done: Hearing = take(summed_up(hearing, advisers), "finish", hal, outcome="actions")
    return done


def decided_on(hearing: Hearing) -> str:
    """The page of the conference with the box of what was decided open."""
    return f"{hearing.case.get_absolute_url()}?panel=forum-decided"


def owed() -> bool:
    return Deadline.objects.open().filter(policy="victim-told").exists()


def test_a_try_that_failed_tells_nobody_anything_and_is_owed_still(
    heard: Hearing, tess: User, housing_manager: User, hal: User
) -> None:
    step = f"/work/hearing/{heard.pk}/not-told/"
    assert step in client_of(tess).get(HOME).content.decode()
    answer = client_of(tess).post(step, {"why": TRIED, "seen": heard.version})
    assert answer.status_code == 302
    tried = Hearing.objects.get(pk=heard.pk)
    assert (tried.told_at, tried.not_told_because) == (None, TRIED) and owed()
    page = text_of(client_of(tess).get(HOME))
    assert TRIED in page and "Record that she was told" in page
    assert f"Not told yet: {TRIED}" in text_of(client_of(hal).get(decided_on(heard)))
    clock = Deadline.objects.open().get(policy="victim-told")
    sweep(clock.due_at + timedelta(hours=49))
    assert Notice.objects.filter(deadline=clock, person=hal).exists(), "the ladder goes on"


def test_once_she_knows_it_is_owed_no_more_and_the_failed_try_is_not_shown(heard: Hearing, tess: User) -> None:
    take(heard, "not-told", tess, why=TRIED)
    take(Hearing.objects.get(pk=heard.pk), "told", tess, how="She was glad of it.")
    done = Hearing.objects.get(pk=heard.pk)
    assert done.told_at is not None and done.not_told_because == "" and not owed()


def test_only_the_chair_decides_that_she_is_not_to_be_told_and_every_agency_of_the_case_reads_it(
    heard: Hearing, hal: User, inez: User, housing: Agency, cleo: User, tess: User
) -> None:
    for who in (hal, tess):
        with pytest.raises(Refused):
            take(Hearing.objects.get(pk=heard.pk), "not-to-tell", who, why=NEVER)
    assert owed()
    take(Hearing.objects.get(pk=heard.pk), "not-to-tell", inez, why=NEVER)
    assert not owed() and heard.case.reference not in text_of(client_of(tess).get(HOME))
    for who in (cleo, tess, hal):
        assert NEVER in text_of(client_of(who).get(decided_on(heard))), who
        page = text_of(client_of(who).get(heard.case.get_absolute_url()))
        assert "She is not to be told." in page and NEVER in page, who
        assert NEVER in text_of(client_of(who).get(heard.get_absolute_url())), who
    take(heard.item.meeting, "close", inez)
    take(Meeting.objects.get(pk=heard.item.meeting_id), "issue", inez, checked="on")
    mine = MinutesCopy.objects.get(meeting=heard.item.meeting, agency=housing)
    page = text_of(client_of(cleo).get(mine.get_absolute_url()))
    assert NEVER in page and "Who tells her" not in page


def test_if_she_learned_it_all_the_same_whoever_runs_the_forum_records_that(heard: Hearing, inez: User) -> None:
    take(heard, "not-to-tell", inez, why=NEVER)
    take(Hearing.objects.get(pk=heard.pk), "told", inez, how="She asked at the refuge herself.")
    assert Hearing.objects.get(pk=heard.pk).not_to_tell_because == ""


@pytest.fixture
def not_enough(held: Meeting, hal: User, inez: User, housing: Agency) -> Hearing:
    """What housing referred is not for this forum."""
    item = referred(held, hal, agency=housing)
    UnitGrant.objects.create(case=item.case, unit=housing.unit, from_at=timezone.now())
    done: Hearing = take(called(item, hal), "finish", inez, outcome="no_forum", because="The count was of another man.")
    return done


@pytest.mark.rule("R-33")
def test_the_agency_that_referred_reads_on_its_own_page_that_there_was_not_enough_risk_and_why(
    not_enough: Hearing, cleo: User, tess: User
) -> None:
    page = text_of(client_of(cleo).get(HOME))
    assert not_enough.case.reference in page and "The count was of another man." in page
    other = text_of(client_of(tess).get(HOME))
    assert not_enough.case.reference not in other and "another man" not in other


def test_it_stands_there_for_as_long_as_agencies_see_a_case_by_the_rules_of_the_forum(
    not_enough: Hearing, cleo: User
) -> None:
    before = timezone.now() - timedelta(days=29)
    Hearing.objects.filter(pk=not_enough.pk).update(began_at=before, ended_at=before)
    assert "The count was of another man." not in text_of(client_of(cleo).get(HOME))


@pytest.mark.rule("R-33")
def test_police_who_referred_are_told_as_a_task_on_their_own_case_and_say_what_keeps_her_safe_instead(
    held: Meeting, hal: User, inez: User, hannahs_case: Case, ellen: User
) -> None:
    item = referred(held, hal, beside=hannahs_case)
    take(called(item, hal), "finish", inez, outcome="no_forum", because="The count was of another man.")
    reactions.run_due()
    task = Task.objects.get(case=hannahs_case, kind="forum_no_risk")
    assert "The count was of another man." in task.why
    assert Deadline.objects.open().filter(policy="task-forum-no-risk", case=hannahs_case).exists()
    assert "The count was of another man." in text_of(client_of(ellen).get(hannahs_case.get_absolute_url()))
    assert referral_of(item).state == "heard"


def test_where_actions_were_agreed_nobody_is_told_of_too_little_risk(heard: Hearing) -> None:
    reactions.run_due()
    assert not Task.objects.filter(kind="forum_no_risk").exists()
