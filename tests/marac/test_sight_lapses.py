"""An agreement that lapses by its date ends what it let see; nothing is asked of whoever cannot see (R-35)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case, UnitGrant
from cases.services import name_person
from marac.models import AgendaCopy, AgendaItem, Forum, Meeting, Referral
from marac.services.asked import ask_nobody_who_cannot_see
from safeguarding.models import Agency, Agreement
from supervision.agreements_lapsed import sight_that_lapsed
from supervision.tasks import keep_sight_true
from tests.cast import client_of, take, text_of
from tests.marac.followed import taken_on
from tests.marac.made import forum_of, meeting, referral
from workflow.clock import LONDON
from workflow.models import Deadline


@pytest.fixture
def forum(hal: User, housing: Agency, advisers: Agency) -> Forum:
    return forum_of(hal, housing, advisers)


def sees(user: User, one: Referral) -> bool:
    return bool(Case.objects.visible_to(user).filter(pk=one.case_id).exists())


def just_before_midnight_of(agreement: Agreement) -> datetime:
    day = agreement.review_on
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=LONDON)


def lapses_today(agency: Agency) -> Agreement:
    """Its last day is today."""
    agreement: Agreement = agency.agreements.get()
    Agreement.objects.filter(pk=agreement.pk).update(review_on=timezone.localdate())
    return Agreement.objects.get(pk=agreement.pk)


@pytest.mark.rule("R-35")
def test_an_agreement_that_lapses_by_its_date_ends_what_the_agency_sees_at_midnight_and_not_a_minute_before(
    forum: Forum, hal: User, housing: Agency, cleo: User, housing_manager: User, tess: User
) -> None:
    one, own = referral(forum, hal), referral(forum, hal, victim="Ann Bell", agency=housing, origin=housing.unit)
    owes = referral(forum, hal, victim="Rosa Field")
    UnitGrant.objects.create(case=own.case, unit=housing.unit, from_at=timezone.now() - timedelta(days=1))
    taken_on(owes, housing, hal)
    take(meeting(forum, hal), "publish", hal)
    name_person(case=one.case, person=housing_manager)
    last = just_before_midnight_of(lapses_today(housing))
    assert sight_that_lapsed(last) == 0
    sight_that_lapsed(last + timedelta(minutes=2))
    still = UnitGrant.objects.filter(unit=housing.unit).exclude(until__lte=last + timedelta(minutes=2))
    assert set(still.values_list("case", flat=True)) == {own.case_id}
    assert not one.case.grants.filter(user=housing_manager).exclude(until__lte=last + timedelta(minutes=2)).exists()
    assert UnitGrant.objects.filter(unit=tess.postings.get().unit, until__gt=last + timedelta(days=7)).count() == 3
    assert sight_that_lapsed(last + timedelta(minutes=3)) == 0, "once"


@pytest.mark.rule("R-35")
def test_from_the_day_after_an_agreement_lapsed_the_agency_opens_nothing_and_owes_no_research(
    forum: Forum, hal: User, housing: Agency, cleo: User, tess: User
) -> None:
    one = referral(forum, hal)
    take(meeting(forum, hal), "publish", hal)
    assert sees(cleo, one)
    housing.agreements.update(review_on=timezone.localdate() - timedelta(days=1))
    keep_sight_true()
    assert not sees(cleo, one) and sees(tess, one)
    assert client_of(cleo).get(one.case.get_absolute_url()).status_code == 404
    assert not Deadline.objects.open().filter(policy="research-returned", unit=housing.unit).exists()
    assert Deadline.objects.open().filter(policy="research-returned", unit=tess.postings.get().unit).exists()


@pytest.fixture
def held(forum: Forum, hal: User) -> Meeting:
    """An agenda that is out, with one case."""
    referral(forum, hal)
    return take(meeting(forum, hal), "publish", hal)  # type: ignore[no-any-return]


def test_after_a_restriction_an_agency_that_lost_sight_owes_nothing_until_the_chair_lets_it_in_again(
    held: Meeting, hal: User, inez: User, housing: Agency, tess: User
) -> None:
    item = AgendaItem.objects.standing().get()
    one = Referral.objects.get(pk=item.subject_id)
    assert Deadline.objects.open().filter(policy="research-returned").count() == 2
    take(one.case, "restrict", hal, reason="His brother works for the council.")
    assert ask_nobody_who_cannot_see() == 1
    assert not Deadline.objects.open().filter(policy="research-returned").exists()
    page = text_of(client_of(hal).get(held.get_absolute_url()))
    assert "Nothing owed now" in page and "Research returned" not in page
    agency = tess.postings.get().unit.agency
    take(held, "admit", inez, item=item.pk, who=f"agency-{agency.pk}", reason="She speaks for her.")
    assert AgendaCopy.objects.get(meeting=held, agency=agency).state == "sent" and sees(tess, one)
    (clock,) = Deadline.objects.open().filter(policy="research-returned")
    assert clock.unit == agency.unit
    assert ask_nobody_who_cannot_see() == 0, "whoever sees it owes it"


def test_who_is_let_in_alone_by_name_owes_the_research_of_their_agency(
    forum: Forum, hal: User, inez: User, housing: Agency, housing_manager: User
) -> None:
    one = referral(forum, hal, employer=housing)
    held = take(meeting(forum, hal), "publish", hal)
    item, post = AgendaItem.objects.standing().get(), housing_manager.postings.get()
    take(held, "admit", inez, item=item.pk, who=f"person-{post.pk}", reason="He answers for the agency himself.")
    assert ask_nobody_who_cannot_see() == 0 and sees(housing_manager, one)
    assert Deadline.objects.open().filter(policy="research-returned", unit=housing.unit).exists()
