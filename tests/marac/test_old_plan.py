"""On a repeat the last plan stands beside this one; no old action is set again before somebody said what it was worth (R-32)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from marac.models import ForumAction, Hearing
from marac.services.old_plan import mark, old_actions_seen
from safeguarding.models import Agency
from tests.cast import client_of, take, text_of
from tests.marac.followed import taken_on
from tests.marac.room import agreed, called, forum_with, meeting_of, referral_of, referred, sitting, summed_up
from workflow.models import Refusal, Refused


@pytest.fixture
def repeat(hal: User, inez: User, housing: Agency, advisers: Agency) -> tuple[Hearing, ForumAction]:
    """A case heard before, with one action of housing; heard again now. Returns the hearing and the old action."""
    forum = forum_with(hal, housing, advisers)
    first = sitting(meeting_of(forum, hal, chair=inez), hal)
    old_item = referred(first, hal, to=(housing,))
    old_hearing = called(old_item, hal)
    old = agreed(old_hearing, hal, housing, "Change the locks")
    take(summed_up(old_hearing, housing), "finish", hal, outcome="actions")
    second = sitting(meeting_of(forum, hal, chair=inez), hal)
    item = referred(second, hal, repeat_of=referral_of(old_item), to=(housing, advisers))
    return called(item, hal), old


def marked(hearing: Hearing, action: ForumAction, by: User, worth: str = "not_done", **more: Any) -> Any:
    action = ForumAction.objects.get(pk=action.pk)
    said = {"worth": worth, "words": "The landlord refused; nobody told the meeting.", "seen": action.version, **more}
    return mark(action, hearing, said, by=by)


def test_what_was_typed_stays_where_the_old_action_was_not_marked(
    repeat: tuple[Hearing, ForumAction], hal: User, housing: Agency
) -> None:
    hearing, old = repeat
    due = timezone.localdate() + timedelta(days=5)
    said = {
        "what": "Change the locks", "owner": f"away-{housing.pk}", "answers": "The lock of the back door", "token": "1",
        "due_day": due.day, "due_month": due.month, "due_year": due.year, "set_again": old.pk,
    }  # fmt: skip
    answer = client_of(hal).post(f"/marac/hearings/{hearing.pk}/actions/", said)
    assert answer.status_code == 422 and "say first what it was worth" in text_of(answer)
    assert 'value="The lock of the back door"' in answer.content.decode()


@pytest.mark.rule("R-32")
def test_the_same_action_is_not_set_again_before_the_old_one_is_marked(
    repeat: tuple[Hearing, ForumAction], hal: User, housing: Agency
) -> None:
    hearing, old = repeat
    with pytest.raises(Refused, match="what it was worth"):
        agreed(hearing, hal, housing, "Change the locks", set_again=old.pk)
    with pytest.raises(Refused, match="what it was worth"):
        agreed(hearing, hal, housing, " change the  LOCKS. ")
    agreed(hearing, hal, housing, "Put the tenancy in her name")
    marked(hearing, old, hal)
    again = agreed(hearing, hal, housing, "Change the locks", set_again=old.pk)
    assert again.set_again_id == old.pk
    old.refresh_from_db()
    assert (old.worth, old.worth_at_id) == ("not_done", hearing.item.meeting_id)


def test_nor_is_it_set_again_outside_the_room_before_it_is_marked(
    repeat: tuple[Hearing, ForumAction], hal: User, housing: Agency
) -> None:
    """R-32 is asked where an action is kept, whichever page it comes from."""
    hearing, old = repeat
    with pytest.raises(Refused, match="what it was worth"):
        taken_on(hearing.referral, housing, hal, what="Change the locks.")
    marked(hearing, old, hal, "did_not")
    assert taken_on(hearing.referral, housing, hal, what="Change the locks.").is_open


def test_a_mark_that_two_people_make_differently_is_not_lost(
    repeat: tuple[Hearing, ForumAction], hal: User, inez: User
) -> None:
    hearing, old = repeat
    seen = ForumAction.objects.get(pk=old.pk).version
    marked(hearing, old, hal, "worked", seen=seen)
    with pytest.raises(Refused) as refusal:
        marked(hearing, old, inez, "not_done", seen=seen)
    assert refusal.value.kind is Refusal.STALE
    assert ForumAction.objects.get(pk=old.pk).worth == "worked"


def test_an_action_of_another_case_is_no_old_action(
    repeat: tuple[Hearing, ForumAction], hal: User, housing: Agency
) -> None:
    hearing, _old = repeat
    other = called(referred(hearing.item.meeting, hal, "Ola Bright"), hal)
    alien = agreed(other, hal, housing, "Fit a camera")
    with pytest.raises(Refused, match="not of the last plan"):
        agreed(hearing, hal, housing, "Fit a camera", set_again=alien.pk)
    with pytest.raises(Refused, match="not of the last plan"):
        marked(hearing, alien, hal)


def test_an_agency_reads_of_the_last_plan_what_it_had_or_took_on_itself(
    repeat: tuple[Hearing, ForumAction], hal: User, cleo: User, tess: User
) -> None:
    hearing, old = repeat
    assert old_actions_seen(hearing.referral, hal) == old_actions_seen(hearing.referral, cleo) == [old]
    assert old_actions_seen(hearing.referral, tess) == []


def test_the_room_shows_both_plans_and_what_is_not_marked_yet(
    repeat: tuple[Hearing, ForumAction], hal: User, housing: Agency
) -> None:
    hearing, old = repeat
    page = text_of(client_of(hal).get(hearing.get_absolute_url()))
    assert "1 is not marked yet" in page and "Change the locks" in page and "Set again" not in page
    marked(hearing, old, hal)
    page = text_of(client_of(hal).get(hearing.get_absolute_url()))
    assert "All are marked" in page and "Not done" in page and "Set again" in page


def test_the_page_of_a_mark_asks_what_came_of_it(repeat: tuple[Hearing, ForumAction], hal: User, cleo: User) -> None:
    hearing, old = repeat
    path, browser = f"/marac/hearings/{hearing.pk}/old/{old.pk}/", client_of(hal)
    assert browser.post(path, {"seen": old.version, "worth": "worked"}).status_code == 422
    said = {"seen": old.version, "worth": "worked", "words": "New locks on 2 June."}
    assert browser.post(path, said).status_code == 302
    assert ForumAction.objects.get(pk=old.pk).worth == "worked"
    assert client_of(cleo).get(path).status_code == 404
