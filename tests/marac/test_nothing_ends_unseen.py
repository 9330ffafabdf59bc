"""What nobody would hear of: a meeting that is not held, a case on no agenda, research that nobody can return any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from marac.models import (
    AgendaCopy,
    AgendaItem,
    EmergencyCall,
    Forum,
    Meeting,
    Pack,
    Referral,
    ReferredPerson,
    Research,
    Transfer,
)
from marac.panels_of_referrals import both_in_one_referral
from marac.services.agency_waits import research_owed
from marac.services.minutes import prior_actions
from marac.services.people import named
from people.services.merging import SIDE_BY_SIDE
from safeguarding.models import Agency
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cast import take
from tests.marac import refer, room
from tests.marac.followed import forum_of as forum_alone
from tests.marac.followed import local, taken_on
from tests.marac.made import forum_of, meeting, referral
from workflow.models import Deadline, Refused


@pytest.fixture
def forum(hal: User, housing: Agency, advisers: Agency) -> Forum:
    return forum_of(hal, housing, advisers)


def owed(policy: str) -> Deadline:
    found: Deadline = Deadline.objects.open().get(policy=policy)
    return found


def runs(policy: str) -> bool:
    return bool(Deadline.objects.open().filter(policy=policy).exists())


def hear_of(clock: Deadline, hours: float) -> set[int]:
    sweep(clock.due_at + timedelta(hours=hours))
    return set(Notice.objects.filter(deadline=clock).values_list("person", flat=True))


def called(one: Referral, by: User, *agencies: Agency) -> EmergencyCall:
    said = {
        "why": "He was released this morning.", "how": "Telephone conference 4", "agencies": [one.pk for one in agencies],
        "starts_at": local(timezone.now() + timedelta(hours=3)),
    }  # fmt: skip
    made: EmergencyCall = take(EmergencyCall(case=one.case, referral=one), "call", by, **said)
    return made


def fresh(one: Referral) -> Referral:
    return Referral.objects.get(pk=one.pk)


def test_a_meeting_whose_agenda_is_out_and_that_is_never_held_is_heard_of(forum: Forum, hal: User, inez: User) -> None:
    """Its cases wait on its agenda and are taken up by no other."""
    referral(forum, hal)
    held = take(meeting(forum, hal), "publish", hal)
    clock = owed("meeting-held")
    assert clock.due_at == held.starts_at + timedelta(hours=24)
    assert hear_of(clock, 1) == {hal.pk, inez.pk}
    take(held, "cancel", hal, reason="The town hall is flooded.")
    assert not runs("meeting-held")


def test_a_referral_that_was_accepted_and_put_on_no_agenda_is_heard_of(
    forum: Forum, hal: User, inez: User, housing: Agency, cleo: User
) -> None:
    one = refer.sent_by_agency(housing, cleo, forum)
    take(one, "accept", hal, note="")
    clock = owed("marac-referral-listed")
    assert clock.due_at - clock.started_at >= timedelta(days=13), "one rhythm of the forum"
    assert hear_of(clock, 1) == {hal.pk, inez.pk}
    held = meeting(forum, hal)
    assert not runs("marac-referral-listed")
    take(held, "cancel", hal, reason="The town hall is flooded.")
    assert runs("marac-referral-listed"), "it waits again"


@pytest.mark.rule("R-33")
def test_a_forum_that_decides_on_an_emergency_meeting_owes_the_call(hal: User, inez: User, housing: Agency) -> None:
    held = room.sitting(room.meeting_of(room.forum_with(hal, housing), hal, chair=inez), hal)
    hearing = room.called(room.referred(held, hal, to=(housing,)), hal)
    take(hearing, "finish", inez, outcome="emergency", because="He is out of prison tonight.")
    clock = owed("emergency-called")
    assert clock.due_at - clock.started_at == timedelta(hours=4)
    assert hear_of(clock, 1) == {hal.pk, inez.pk}
    called(fresh(hearing.referral), hal, housing)
    assert not runs("emergency-called") and runs("emergency-held")


def test_an_emergency_meeting_is_heard_in_the_room_and_no_other_meeting_waits_for_the_case(
    forum: Forum, hal: User, inez: User, housing: Agency
) -> None:
    """The same outputs; the next meeting could never be closed if it still waited for a case that was heard."""
    one = referral(forum, hal)
    next_one = take(meeting(forum, hal), "publish", hal)
    call = called(fresh(one), hal, housing)
    hearing = room.called(call.meeting.items.get(), room_opened(call, inez))
    room.agreed(hearing, inez, housing, "Move her tonight")
    take(room.summed_up(hearing, housing), "finish", inez, outcome="actions", because="")
    assert fresh(one).state == "heard"
    item = AgendaItem.objects.get(meeting=next_one, subject_id=one.pk, kind="referral")
    assert item.taken_off_because == "It was heard at an emergency meeting."
    states = AgendaCopy.objects.filter(meeting=next_one).values_list("state", flat=True)
    assert set(states) == {"answered"}, "nothing is owed for it there"
    take(Meeting.objects.get(emergency=call), "close", inez)
    assert runs("minutes-issued")


def room_opened(call: EmergencyCall, by: User) -> User:
    assert call.meeting is not None
    room.sitting(call.meeting, by)
    return by


def test_an_emergency_meeting_that_is_called_off_leaves_the_case_on_the_next_agenda(
    forum: Forum, hal: User, housing: Agency, advisers: Agency
) -> None:
    one = referral(forum, hal)
    meeting(forum, hal)
    call = called(fresh(one), hal, housing)
    assert set(Pack.objects.values_list("agency", flat=True)) == {housing.pk}
    take(call, "call-off", hal, reason="He was arrested at noon and is kept in custody.")
    assert Meeting.objects.get(emergency=call).state == "cancelled"
    assert fresh(one).state == "listed"
    assert not runs("research-returned")


def test_the_agencies_asked_to_an_emergency_meeting_hear_of_it_at_once(
    forum: Forum, hal: User, housing: Agency, cleo: User
) -> None:
    one = referral(forum, hal)
    called(one, hal, housing)
    sweep(timezone.now())
    assert Notice.objects.filter(person=cleo, deadline__policy="research-returned").count() == 1
    assert Research.objects.get().due_at == Meeting.objects.get().starts_at


def test_a_case_that_goes_to_another_forum_while_the_meeting_sits_does_not_keep_it_open(
    hal: User, inez: User, housing: Agency
) -> None:
    other = forum_alone(hal, name="Southmere MARAC")
    held = room.meeting_of(room.forum_with(hal, housing), hal, chair=inez)
    item, second = room.referred(held, hal), room.referred(held, hal)
    held = room.sitting(held, inez)
    moves = {"elsewhere": "", "why": "She moves to her mother today.", "adviser": "", "papers": "yes"}
    heard_now = room.called(second, inez)
    with pytest.raises(Refused, match="being heard"):
        take(Transfer(case=heard_now.case), "send", hal, to_forum=other.pk, **moves)
    take(heard_now, "finish", inez, outcome="no_forum", because="The count was of another man.")
    take(Transfer(case=item.case), "send", hal, to_forum=other.pk, **moves)
    take(Meeting.objects.get(pk=held.pk), "close", inez)
    assert runs("minutes-issued")


def test_research_on_a_case_that_was_taken_off_is_owed_by_nobody_and_is_again_once_it_is_back(
    forum: Forum, hal: User, housing: Agency, cleo: User
) -> None:
    """Whoever may no longer see it could never answer, and the clock would never end."""
    one, two = referral(forum, hal), referral(forum, hal, victim="Ann Bell")
    held = take(meeting(forum, hal), "publish", hal)
    take(Research.objects.get(referral=two, agency=housing), "nil", cleo, searched="Every register that we keep")
    item = AgendaItem.objects.get(meeting=held, subject_id=one.pk)
    take(held, "take-off", hal, item=item.pk, reason="She has moved away from the area.")
    copy = AgendaCopy.objects.get(meeting=held, agency=housing)
    assert copy.state == "answered" and not list(research_owed(cleo))
    assert not Deadline.objects.open().filter(policy="research-returned", unit=housing.unit).exists()
    take(held, "gather", hal)
    take(held, "send-new", hal)
    copy.refresh_from_db()
    assert copy.state == "sent" and [row.referral for row in research_owed(cleo)] == [one]


def test_an_action_agreed_between_two_meetings_stands_in_the_next_minutes(
    hal: User, inez: User, housing: Agency
) -> None:
    forum = room.forum_with(hal, housing)
    first = room.referred(room.meeting_of(forum, hal), hal)
    action = taken_on(room.referral_of(first), housing, hal)
    held = room.meeting_of(forum, hal, timezone.now() + timedelta(hours=1), chair=inez)
    assert [row["what"] for row in prior_actions(held)] == [action.what]


def test_a_forum_is_not_closed_over_anybody_who_was_referred_to_it(forum: Forum, hal: User) -> None:
    one = referral(forum, hal)
    with pytest.raises(Refused, match="1 referrals are with this forum"):
        take(forum, "close", hal, reason="The areas were joined.")
    held = meeting(forum, hal)
    Referral.objects.filter(pk=one.pk).update(state="closed")
    with pytest.raises(Refused, match="call them off"):
        take(forum, "close", hal, reason="The areas were joined.")
    take(held, "cancel", hal, reason="The areas were joined.")
    take(forum, "close", hal, reason="The areas were joined.")
    assert Forum.objects.get(pk=forum.pk).state == "closed"


def test_nothing_is_sent_to_a_forum_that_was_closed_while_it_was_being_written(
    forum: Forum, hal: User, housing: Agency, cleo: User
) -> None:
    draft = refer.by_agency(housing, cleo, forum)
    refer.name(draft, cleo, "victim", "Rosa Field")
    refer.name(draft, cleo, "suspect", "Karl Field")
    take(forum, "close", hal, reason="The areas were joined.")
    with pytest.raises(Refused, match="meets no longer"):
        take(refer.whole(draft, cleo), "submit", cleo, note="")


def test_a_repeat_on_the_last_day_stays_one_however_late_the_coordinator_takes_it_in(
    forum: Forum, hal: User, housing: Agency, cleo: User
) -> None:
    first = refer.sent_by_agency(housing, cleo, forum)
    take(first, "accept", hal, note="")
    again = refer.by_agency(housing, cleo, forum)
    for row in ReferredPerson.objects.filter(referral=first):
        named(refer.fresh(again), row.person, row.part, cleo)
    take(refer.whole(again, cleo), "submit", cleo, note="")
    sent_at = timezone.now() - timedelta(days=3)
    if (sent_at.month, sent_at.day) == (2, 29):
        sent_at -= timedelta(days=1)
    Referral.objects.filter(pk=first.pk).update(submitted_at=sent_at.replace(year=sent_at.year - 1))
    Referral.objects.filter(pk=again.pk).update(submitted_at=sent_at, repeat_of=None)
    take(again, "accept", hal, note="")
    assert fresh(again).repeat_of_id == first.pk


def test_whoever_is_to_tell_her_hears_it_still_after_the_case_was_restricted(
    hal: User, inez: User, housing: Agency
) -> None:
    held = room.sitting(room.meeting_of(room.forum_with(hal, housing), hal, chair=inez), hal)
    item = room.referred(held, hal, to=(housing,))
    hearing = room.called(item, inez)
    room.agreed(hearing, inez, housing, "Move her")
    take(room.summed_up(hearing, housing), "finish", inez, outcome="actions", because="")
    assert owed("victim-told").unit == housing.unit
    take(hearing.case, "restrict", hal, reason="His brother works for the council.")
    assert owed("victim-told").unit == housing.unit


def test_two_people_of_one_referral_are_not_made_one(forum: Forum, hal: User) -> None:
    one = referral(forum, hal)
    two = list(ReferredPerson.objects.filter(referral=one).order_by("pk").values_list("person", flat=True))
    assert both_in_one_referral(two[0], two[1], hal) == SIDE_BY_SIDE
