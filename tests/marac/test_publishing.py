"""An agenda goes to agencies whose agreement counts, and to nobody else (R-35); sent again it adds and repeats nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Event, Operation
from cases.models import Case, UnitGrant
from cases.services import name_person
from marac.models import AgendaCopy, AgendaItem, Forum, Meeting, Pack, Referral, Research
from marac.models.planning import days_of, terms_of
from safeguarding.models import Agency
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cast import client_of, person, take, text_of
from tests.marac.made import at_ten, forum_of, meeting, referral
from tests.partners import recorded, signed
from workflow import reactions
from workflow.models import Deadline, Refusal, Refused


@pytest.fixture
def forum(hal: User, housing: Agency, advisers: Agency) -> Forum:
    return forum_of(hal, housing, advisers)


def sees(user: User, one: Referral) -> bool:
    return Case.objects.visible_to(user).filter(pk=one.case_id).exists()


def published(forum: Forum, hal: User) -> Meeting:
    return take(meeting(forum, hal), "publish", hal)


def test_nobody_sees_a_case_before_the_agenda_is_sent_and_each_signatory_does_afterwards(
    forum: Forum, hal: User, cleo: User, tess: User, moira: User
) -> None:
    one, other = referral(forum, hal), referral(forum, hal, victim="Ann Bell", state="submitted", accepted_at=None)
    held = meeting(forum, hal)
    assert not sees(cleo, one)
    take(held, "publish", hal)
    assert [sees(who, one) for who in (cleo, tess, moira)] == [True, True, False]
    assert not sees(cleo, other), "that one is on no agenda"
    grant = UnitGrant.objects.get(case=one.case, unit=cleo.postings.get().unit)
    assert grant.until == days_of(held.starts_at, terms_of(held)).sight_ends


@pytest.mark.requirement("S2-040")
@pytest.mark.rule("R-35")
def test_an_agency_whose_agreement_lapsed_is_told_so_and_gets_nothing(
    hal: User, housing: Agency, advisers: Agency, cleo: User
) -> None:
    """R-35."""
    lapsed, never = (
        recorded(hal, "Easterby probation", "EPRO", "probation"),
        recorded(hal, "Easterby school", "ESCH", "education"),
    )
    signed(hal, lapsed, 400, 365)
    manager = person("", "", "Mona Vale", ("partner_manager", lapsed.unit))
    forum = forum_of(hal, housing, lapsed, never)
    one = referral(forum, hal)
    held = meeting(forum, hal)
    page = text_of(client_of(hal).get(held.get_absolute_url()))
    assert "Nothing is sent to these" in page and "Easterby probation" in page
    take(held, "publish", hal)
    reactions.run_due()
    assert sees(cleo, one) and not sees(manager, one)
    states = dict(AgendaCopy.objects.values_list("agency__unit__name", "state"))
    assert states == {"Easterby housing": "sent", "Easterby probation": "not_sent", "Easterby school": "not_sent"}
    assert set(Pack.objects.values_list("agency", flat=True)) == {housing.pk}
    assert set(Research.objects.values_list("agency", flat=True)) == {housing.pk}
    notice = Notice.objects.get(person=manager)
    assert notice.kind == "agreement" and one.case.reference not in notice.text and "Hannah" not in notice.text
    assert "Not sent: no agreement counts" in text_of(client_of(hal).get(held.get_absolute_url()))


def test_an_agency_that_signs_afterwards_gets_it_when_it_is_sent_again_and_nobody_gets_it_twice(
    hal: User, housing: Agency, cleo: User
) -> None:
    late = recorded(hal, "Easterby probation", "EPRO", "probation")
    forum = forum_of(hal, housing, late)
    referral(forum, hal)
    held = published(forum, hal)
    assert Pack.objects.count() == Research.objects.count() == 1
    signed(hal, late)
    referral(forum, hal, victim="Ann Bell")
    take(held, "gather", hal)
    take(held, "send-new", hal)
    take(held, "send-new", hal)
    assert Pack.objects.count() == Research.objects.count() == 4
    assert set(AgendaCopy.objects.values_list("state", flat=True)) == {"sent"}
    assert Deadline.objects.open().filter(policy="research-returned").count() == 2


def test_an_agenda_that_would_go_to_nobody_is_not_sent(hal: User) -> None:
    forum = forum_of(hal, recorded(hal, "Easterby school", "ESCH", "education"))
    held = meeting(forum, hal)
    with pytest.raises(Refused, match="Nothing is on the agenda"):
        take(held, "publish", hal)
    referral(forum, hal)
    take(held, "gather", hal)
    with pytest.raises(Refused, match="No agency of the forum"):
        take(held, "publish", hal)


def test_a_restricted_conference_goes_to_nobody_until_the_chair_names_who_may_see_it(
    forum: Forum, hal: User, inez: User, cleo: User, tess: User, housing: Agency
) -> None:
    one = referral(forum, hal)
    take(one.case, "restrict", hal)
    name_person(case=one.case, person=inez)
    held = published(forum, hal)
    assert not sees(cleo, one) and not sees(tess, one) and not Pack.objects.exists()
    item = AgendaItem.objects.standing().get()
    with pytest.raises(Refused) as refusal:
        take(held, "admit", hal, item=item.pk, who=f"agency-{housing.pk}", reason="She is its tenant.")
    assert refusal.value.kind is Refusal.ROLE, "that is the chair’s"
    take(held, "admit", inez, item=item.pk, who=f"agency-{housing.pk}", reason="She is its tenant.")
    assert sees(cleo, one) and not sees(tess, one)
    assert Research.objects.get().agency == housing


def test_an_agency_for_which_a_party_works_gets_the_case_only_by_the_person_whom_the_chair_names(
    forum: Forum, hal: User, inez: User, cleo: User, tess: User, housing: Agency, housing_manager: User
) -> None:
    one = referral(forum, hal, employer=housing)
    held = published(forum, hal)
    assert not sees(cleo, one) and not sees(housing_manager, one) and sees(tess, one)
    item = AgendaItem.objects.standing().get()
    with pytest.raises(Refused, match="somebody of the case works there"):
        take(held, "admit", inez, item=item.pk, who=f"agency-{housing.pk}", reason="They must answer.")
    post = housing_manager.postings.get()
    take(held, "admit", inez, item=item.pk, who=f"person-{post.pk}", reason="He answers for the agency himself.")
    assert sees(housing_manager, one) and not sees(cleo, one)
    assert Research.objects.visible_to(housing_manager).filter(agency=housing).exists()
    assert not Research.objects.visible_to(cleo).exists()


def test_what_goes_out_is_written_down_as_a_disclosure_in_the_record_of_the_case(forum: Forum, hal: User) -> None:
    one = referral(forum, hal)
    published(forum, hal)
    act = Event.objects.get(chain=one.case_id, name="pack.add")
    assert act.operation == Operation.DISCLOSURE and act.by == hal
    assert "throat" not in str(act.changes)


def test_whoever_wrote_a_referral_keeps_their_own_sight_when_it_is_taken_off(
    forum: Forum, hal: User, housing: Agency, cleo: User, tess: User
) -> None:
    one = referral(forum, hal, agency=housing, origin=housing.unit)
    UnitGrant.objects.create(case=one.case, unit=housing.unit, from_at=timezone.now() - timedelta(days=1))
    held = published(forum, hal)
    take(held, "take-off", hal, item=AgendaItem.objects.standing().get().pk, reason="She has moved away.")
    assert sees(cleo, one) and not sees(tess, one)


def test_a_meeting_called_off_ends_what_it_let_agencies_see_and_nothing_is_owed_for_it(
    forum: Forum, hal: User, cleo: User
) -> None:
    one = referral(forum, hal)
    held = published(forum, hal)
    take(held, "cancel", hal, reason="The town hall is flooded.")
    assert not sees(cleo, one)
    assert not Deadline.objects.open().filter(policy__in=["agenda-out", "research-returned"]).exists()


def owed(policy: str) -> Any:
    return Deadline.objects.open().get(policy=policy)


def test_the_agenda_is_owed_before_its_day_and_moves_with_the_meeting(forum: Forum, hal: User) -> None:
    referral(forum, hal)
    held = meeting(forum, hal, days_ahead=21)
    assert owed("agenda-out").due_at == days_of(held.starts_at, terms_of(held)).out.replace(microsecond=0)
    take(held, "change", hal, starts_at=at_ten(28).isoformat(), venue="", reason="The chair is away.")
    held.refresh_from_db()
    assert owed("agenda-out").due_at == days_of(held.starts_at, terms_of(held)).out.replace(microsecond=0)
    take(held, "publish", hal)
    assert not Deadline.objects.open().filter(policy="agenda-out").exists()
    before = owed_of_housing()
    take(held, "change", hal, starts_at=at_ten(35).isoformat(), venue="", reason="The chair is away still.")
    held.refresh_from_db()
    assert owed_of_housing() > before
    assert set(Research.objects.values_list("due_at", flat=True)) == {days_of(held.starts_at, terms_of(held)).research}


def owed_of_housing() -> Any:
    rows = Deadline.objects.open().filter(policy="research-returned", unit__name="Easterby housing")
    return rows.get().due_at


def test_overdue_research_is_heard_by_its_representative_then_its_manager_and_never_by_another_agency(
    forum: Forum, hal: User, cleo: User, tess: User, housing_manager: User
) -> None:
    one = referral(forum, hal)
    published(forum, hal)
    sweep(timezone.now())
    assert Notice.objects.filter(person=cleo).count() == 1, (
        "told at once that it is asked for, once for the whole agenda"
    )
    late = owed_of_housing() + timedelta(minutes=1)
    sweep(late)
    assert (
        Notice.objects.filter(person=cleo).count() == 2 and not Notice.objects.filter(person=housing_manager).exists()
    )
    sweep(late + timedelta(hours=4))
    told = Notice.objects.get(person=housing_manager)
    assert "Hannah" not in told.text and one.case.reference not in told.text
    assert client_of(housing_manager).get(f"/notices/{told.pk}/").status_code == 302
    units = set(Notice.objects.filter(person=tess).values_list("deadline__unit__name", flat=True))
    assert units == {"Easterby advisers"}
