"""The clocks of referrals, each with its ladder: somebody always hears, and the agency's manager before the force's (D.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Unit, User
from marac.models import Forum, NotReferred, Transfer
from safeguarding.models import Agency
from supervision.clocks_of_marac_referrals import ROWS
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cast import person, take, unit
from tests.marac import refer
from tests.marac.test_forums import easterby, terms_said
from tests.marac.test_not_referred import WHY
from tests.marac.test_transfer import OUT
from workflow.models import Deadline

HOUR = timedelta(hours=1)


@pytest.fixture
def forum(hal: User, inez: User) -> Forum:
    return easterby(hal)


@pytest.fixture
def dora(force: Unit) -> User:
    """The domestic abuse coordinator of the force."""
    return person("", "8101", "Dora Kemp", ("da_coordinator", force))


def clock(policy: str) -> Deadline:
    found: Deadline = Deadline.objects.open().get(policy=policy)
    return found


def told(owed: Deadline, hours: float) -> set[str]:
    """Who has heard of it so many hours after it was due (before, where less than nothing)."""
    sweep(owed.due_at + hours * HOUR + timedelta(seconds=1))
    heard = Notice.objects.filter(deadline=owed)
    assert not any(
        "Hannah" in text or "MARAC" in text.upper() and "DA-" in text for text in heard.values_list("text", flat=True)
    )
    return set(heard.values_list("person__last_name", flat=True))


def test_a_referral_not_sent_climbs_from_the_officer_to_the_sergeant_the_inspector_and_the_coordinator(
    forum: Forum, ellen: User, priya: User, ruth: User, dora: User
) -> None:
    refer.high(ellen)
    owed = clock("marac-referred")
    assert owed.due_at - owed.started_at == 24 * HOUR
    steps = [told(owed, hours) for hours in (-8, 0, 4, 24)]
    assert steps == [{"Marsh"}, {"Marsh", "Nair"}, {"Marsh", "Nair", "Calder"}, {"Marsh", "Nair", "Calder", "Kemp"}]


def test_an_agencys_referral_not_sent_climbs_within_the_agency_and_then_to_the_coordinator(
    forum: Forum, housing: Agency, cleo: User, housing_manager: User, hal: User
) -> None:
    refer.by_agency(housing, cleo, forum)
    owed = clock("agency-referral-sent")
    assert (owed.holder, owed.unit) == (cleo, housing.unit)
    assert [told(owed, hours) for hours in (-4, 0, 24)] == [
        {"Banner"},
        {"Banner", "Osei"},
        {"Banner", "Osei", "Winter"},
    ]


def test_a_referral_that_came_back_is_owed_again_and_sending_it_ends_that(
    forum: Forum, housing: Agency, cleo: User, hal: User
) -> None:
    referral = refer.sent_by_agency(housing, cleo, forum)
    assert not Deadline.objects.open().filter(policy="agency-referral-sent").exists()
    back = take(referral, "return", hal, lacks=["contact"], words="Who answers her telephone?")
    owed = clock("agency-referral-sent")
    assert owed.holder == cleo
    take(back, "submit", cleo, note="")
    owed.refresh_from_db()
    assert owed.stopped_at is not None


def test_a_referral_that_waits_is_heard_by_the_coordinator_at_once_and_by_the_chair_when_it_is_late(
    forum: Forum, ellen: User, hal: User, inez: User
) -> None:
    referral = refer.sent(refer.high(ellen), ellen, forum)
    owed = clock("marac-referral-accepted")
    assert owed.length == "working-days:1" and owed.unit == forum.unit
    sweep(owed.started_at + HOUR)
    assert set(Notice.objects.filter(deadline=owed).values_list("person", flat=True)) == {hal.pk}
    assert told(owed, 0) == told(owed, 24) == {"Winter", "Farrar"}, "nobody else may open a conference"
    assert Notice.objects.filter(deadline=owed, person=inez).count() == 2
    owed.refresh_from_db()
    assert owed.unheard_at is None
    take(referral, "accept", hal, note="")
    owed.refresh_from_db()
    assert owed.stopped_at is not None


def test_how_many_days_the_coordinator_has_is_a_rule_of_the_forum(forum: Forum, ellen: User, hal: User) -> None:
    take(forum, "terms", hal, **terms_said(forum, accept_days=3, valid_from=forum.terms.get().valid_from.isoformat()))
    refer.sent(refer.high(ellen), ellen, forum)
    assert clock("marac-referral-accepted").length == "working-days:3"


def test_whether_not_to_refer_is_decided_within_a_day_or_an_inspector_hears(
    forum: Forum, ellen: User, ruth: User, dora: User
) -> None:
    case = refer.high(ellen)
    asked = take(NotReferred(case=case), "ask", ellen, **WHY)
    owed = clock("not-referred-decided")
    assert told(owed, -20) == {"Kemp"} and told(owed, 0) == {"Kemp", "Calder"}
    take(asked, "refuse", dora)
    owed.refresh_from_db()
    assert owed.stopped_at is not None


@pytest.mark.rule("R-34")
def test_a_transfer_that_nobody_takes_within_five_working_days_is_heard_by_both_chairs(
    forum: Forum, force: Unit, ellen: User, hal: User, inez: User
) -> None:
    far = unit("Southmere Abuse Unit", "SAU", force)
    ada = person("", "8701", "Ada North", ("marac_coordinator", far))
    person("DI", "8702", "Bram Fell", ("forum_chair", far))
    there = easterby(ada, name="Southmere MARAC", area="Southmere", runs="SAU")
    accepted = take(refer.sent(refer.high(ellen), ellen, forum), "accept", hal, note="")
    take(Transfer(case=accepted.case), "send", hal, to_forum=there.pk, elsewhere="", **OUT)
    here, theirs = clock("transfer-answered"), clock("marac-referral-accepted")
    assert here.length == theirs.length == "working-days:5"
    assert told(here, 0) == {"Winter", "Farrar"} and told(theirs, 0) == {"North", "Fell"}
    assert (
        told(here, 24) == {"Winter", "Farrar"}
        and not Deadline.objects.filter(unheard_at__isnull=False, policy=here.policy).exists()
    )


def test_each_clock_ends_with_somebody_who_hears_it_and_says_on_whose_authority() -> None:
    for row in ROWS:
        assert row.ladder and row.ladder[-1].hours >= 0 and row.authority and row.missed, row.name
