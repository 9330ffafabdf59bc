"""Whatever is over the threshold goes to MARAC: drafted by itself, or excused by another person; the list is empty (S2-037)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, Involvement, LoggedDecision
from marac.models import Forum, NotReferred, Referral
from marac.services.drafting import draft_if_owed
from marac.services.threshold import over_threshold, unreferred, why_met
from risk.models import Assessment
from tests import factories
from tests.cast import client_of, person, take, text_of
from tests.marac import refer
from tests.marac.test_forums import easterby
from tests.marac.test_referral_repeat import again
from workflow import engine, reactions
from workflow.models import Deadline, Refusal, Refused

WHY = {"why": "heard", "words": "Heard nine days ago; the actions of that day go on, and nothing is new."}


@pytest.fixture
def forum(hal: User) -> Forum:
    return easterby(hal)


@pytest.fixture
def dora(force: Unit) -> User:
    """The domestic abuse coordinator of the force."""
    return person("", "8101", "Dora Kemp", ("da_coordinator", force))


def listed(user: User) -> str:
    return text_of(client_of(user).get("/marac/not-referred/"))


def owed(case: Case) -> bool:
    return over_threshold(case, timezone.now()) is not None


@pytest.mark.requirement("S2-037")
def test_a_high_grade_drafts_the_referral_once_and_the_case_is_listed_until_it_is_sent(
    forum: Forum, ellen: User, priya: User, hal: User
) -> None:
    case = refer.high(ellen)
    assert owed(case) and case.reference in listed(priya) and case.reference in listed(hal)
    reactions.run_due()
    reactions.run_due()
    [draft] = Referral.objects.filter(investigation=case)
    assert draft.recorded_by.username == User.SYSTEM and draft.latest
    assert "Complete the referral" in listed(priya)
    take(refer.whole(draft, ellen), "submit", ellen, note="")
    assert not owed(case) and case.reference not in listed(priya) and case.reference not in listed(hal)


def test_nothing_is_drafted_for_a_lower_grade_or_where_no_forum_meets(ellen: User, hal: User) -> None:
    low = factories.complete(ellen).case
    high = refer.high(ellen)
    assert draft_if_owed(high, timezone.now()) is None and owed(high)
    easterby(hal)
    assert draft_if_owed(low, timezone.now()) is None and not owed(low)
    assert draft_if_owed(high, timezone.now()) is not None
    assert draft_if_owed(high, timezone.now()) is None


@pytest.mark.requirement("S2-037")
def test_a_reason_not_to_refer_is_agreed_by_another_and_stands_in_the_decision_log(
    forum: Forum, ellen: User, priya: User, dora: User
) -> None:
    case = refer.high(ellen)
    draft = draft_if_owed(case, timezone.now())
    asked = take(NotReferred(case=case), "ask", dora, **WHY)
    with pytest.raises(Refused, match="somebody else must decide"):
        take(asked, "agree", dora)
    with pytest.raises(Refused) as refusal:
        take(asked, "agree", priya)
    assert refusal.value.kind is Refusal.ROLE and owed(case)
    other = person("", "8102", "Olga Best", ("da_coordinator", case.unit))
    agreed = take(asked, "agree", other, reason="Heard on the third; I have read the actions.")
    assert agreed.decided_by == other and not owed(case)
    assert draft is not None and refer.fresh(draft).state == "withdrawn"
    assert LoggedDecision.objects.filter(case=case, what="Not referred to MARAC").exists()


def test_refused_means_that_it_is_referred_and_stays_listed(forum: Forum, ellen: User, dora: User) -> None:
    case = refer.high(ellen)
    asked = take(NotReferred(case=case), "ask", ellen, **WHY)
    take(asked, "refuse", dora)
    assert owed(case)


def test_no_reason_is_asked_where_nothing_asks_for_a_referral(forum: Forum, ellen: User) -> None:
    case = factories.complete(ellen).case
    with pytest.raises(Refused, match="Not needed"):
        take(NotReferred(case=case), "ask", ellen, **WHY)


def test_a_newer_high_grade_asks_anew(forum: Forum, ellen: User, dora: User) -> None:
    case = refer.high(ellen)
    asked = take(NotReferred(case=case), "ask", ellen, **WHY)
    agreed = take(asked, "agree", dora)
    dash = Assessment.objects.filter(case=case).latest("pk")
    engine.perform(dash, "grade", by=ellen, evidence={"grade": "high", "why_below": ""}, seen=dash.version)
    assert owed(case)
    assert draft_if_owed(case, timezone.now()) is not None
    assert refer.fresh(agreed).state == "over"


def test_three_reports_of_the_same_two_within_the_year_ask_for_it_whatever_the_grade(forum: Forum, ellen: User) -> None:
    first = factories.complete(ellen)
    case, people = first.case, {row.part: row.person for row in first.involvements.all()}
    assert not owed(case)
    for log_ref, days in (("0511", 20), ("0512", 40)):
        incident = factories.begun(ellen, case, log_ref=log_ref, minutes_ago=60 * 24 * days)
        for part, who in people.items():
            said = {"wants": "As before.", "fears": "As before."} if part == "victim" else {"relationship": "XBG"}
            engine.add(Involvement(incident=incident, person=who, part=part, **said), beneath=incident, by=ellen)
    row = over_threshold(case, timezone.now())
    assert why_met(row) == ["The same two again and again within the year"]
    refer.sent(case, ellen, forum)
    assert not owed(case)


def test_further_abuse_after_a_referral_that_was_heard_asks_for_it_whatever_the_grade(
    forum: Forum, ellen: User, hal: User
) -> None:
    referral = take(refer.sent(refer.high(ellen), ellen, forum), "accept", hal, note="")
    heard = take(referral, "hear", User.objects.system())
    assert not owed(heard.investigation)
    refer.ago(heard, refer.LATELY)
    before = timezone.now() - timedelta(minutes=30)
    Assessment.objects.filter(case=heard.investigation).update(recorded_at=before)
    assert not owed(heard.investigation)
    draft = again(heard, ellen)
    assert why_met(over_threshold(heard.investigation, timezone.now())) == ["Further abuse after an earlier referral"]
    take(refer.whole(draft, ellen), "submit", ellen, note="")
    assert not owed(heard.investigation)


def test_who_is_kept_out_sees_no_line_and_the_coordinator_no_name(
    forum: Forum, ellen: User, priya: User, hal: User, ruth: User
) -> None:
    case = refer.high(ellen)
    take(case, "shut-out", priya, person=ruth.collar_number, reason="Related to a party.")
    assert case.reference not in listed(ruth)
    assert "Hannah" not in listed(hal)


def test_the_list_asks_as_many_questions_for_many_as_for_one(forum: Forum, ellen: User, priya: User) -> None:
    refer.high(ellen)
    browser = client_of(priya)

    def asked() -> int:
        with CaptureQueriesContext(connection) as few:
            browser.get("/marac/not-referred/")
        return len(few)

    asked()
    before = asked()
    for _number in range(3):
        refer.high(ellen)
    assert asked() == before
    assert unreferred(Case.objects.worked_by(priya), timezone.now()).count() == 4


def test_the_referral_is_owed_within_a_day_of_the_grade_and_met_by_sending(forum: Forum, ellen: User) -> None:
    case = refer.high(ellen)
    clock = Deadline.objects.get(policy="marac-referred", case=case)
    assert clock.due_at - clock.started_at == timedelta(hours=24)
    refer.sent(case, ellen, forum)
    assert refer.fresh(clock).stopped_at is not None
    assert Deadline.objects.open().get(policy="marac-referral-accepted").unit == forum.unit


def test_an_agreed_reason_ends_the_clock(forum: Forum, ellen: User, dora: User) -> None:
    case = refer.high(ellen)
    take(take(NotReferred(case=case), "ask", ellen, **WHY), "agree", dora)
    assert not Deadline.objects.open().filter(policy="marac-referred").exists()
