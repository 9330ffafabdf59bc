"""The agenda orders itself: incomplete actions first, cases with children, adults; repeat, high and the soonest danger (D.6)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from accounts.models import User
from cases.models import Case, UnsafeReport
from marac.models import AgendaItem, Forum, ForumAction, Meeting, Referral
from marac.models.planning import days_of, terms_of
from marac.services.agenda import agenda_for, arrange, in_order, next_offered, room_of
from marac.services.room import lines_of
from safeguarding.models import Agency
from tests.cast import client_of, take, text_of
from tests.marac.made import at_ten, forum_of, meeting, referral
from workflow.models import Refusal, Refused


@pytest.fixture
def forum(hal: User, housing: Agency, advisers: Agency) -> Forum:
    return forum_of(hal, housing, advisers)


def headings(of: Meeting, user: User) -> dict[str, list[str]]:
    """What stands on the agenda for this reader, part by part."""
    return {part.label: [line.heading for line in part.lines] for part in agenda_for(of, user)}


def test_a_meeting_takes_up_what_waits_and_puts_children_first(forum: Forum, hal: User) -> None:
    adult = referral(forum, hal, victim="Ann Bell")
    child = referral(forum, hal, victim="Cate Dunn", children=("Mia Dunn",))
    held = meeting(forum, hal)
    assert headings(held, hal) == {"With children": ["Cate Dunn"], "Adults only": ["Ann Bell"]}
    assert {Referral.objects.get(pk=row.pk).state for row in (adult, child)} == {"listed"}
    assert take(held, "gather", hal) and AgendaItem.objects.standing().count() == 2, "taken up once"


def test_within_a_part_whoever_is_unsafe_comes_first_then_repeats_then_who_has_waited_longest(
    forum: Forum, hal: User
) -> None:
    for name, ago, grounds in (
        ("Waits Long", 40, ["visible"]),
        ("Waits Less", 30, ["visible"]),
        ("Comes Again", 29, ["repeat"]),
    ):
        referral(forum, hal, victim=name, days_ago=ago, grounds=grounds)
    danger = referral(forum, hal, victim="Unsafe Now", days_ago=28)
    UnsafeReport.objects.create(
        case=danger.case, what="He is outside.", since_at=timezone.now(), recorded_by=hal, recorded_at=timezone.now()
    )
    held = meeting(forum, hal)
    assert headings(held, hal)["Adults only"] == ["Unsafe Now", "Comes Again", "Waits Long", "Waits Less"]


def test_the_chair_moves_an_item_with_a_reason_and_it_stays_there(forum: Forum, hal: User, inez: User) -> None:
    for ago, name in ((40, "First In"), (35, "Second In"), (30, "Third In")):
        referral(forum, hal, victim=name, days_ago=ago)
    held = meeting(forum, hal)
    last = AgendaItem.objects.standing().order_by("place").last()
    assert last is not None
    with pytest.raises(Refused) as refusal:
        take(held, "move", hal, item=last.pk, place=1, reason="Not the coordinator’s to move.")
    assert refusal.value.kind is Refusal.ROLE
    take(held, "move", inez, item=last.pk, place=1, reason="Her adviser must leave at eleven.")
    arrange(held, timezone.now())
    assert headings(held, hal)["Adults only"] == ["Third In", "First In", "Second In"]
    last.refresh_from_db()
    assert last.moved_because == "Her adviser must leave at eleven."


@settings(max_examples=25, derandomize=True)
@given(rows=some.lists(some.tuples(some.integers(0, 9), some.none() | some.integers(1, 12)), max_size=12))
def test_however_items_are_moved_none_is_lost_and_the_others_keep_their_order(
    rows: list[tuple[int, int | None]],
) -> None:
    found = list(enumerate(rows))
    placed = in_order(found, lambda row: (row[1][0], row[0]), lambda row: row[1][1])
    assert sorted(placed) == found
    free = [(row[1][0], row[0]) for row in placed if row[1][1] is None]
    assert free == sorted(free)
    if [row[1][1] for row in found].count(1) == 1:
        assert placed[0][1][1] == 1 or len(rows) == 0


def test_a_referral_that_came_after_the_forum_closed_needs_the_chairs_reason(
    forum: Forum, hal: User, inez: User
) -> None:
    held = meeting(forum, hal, days_ahead=5)  # whatever day it is, the forum has closed
    late = referral(forum, hal, victim="Came Late", days_ago=0)
    take(held, "gather", hal)
    assert headings(held, hal) == {}
    with pytest.raises(Refused) as refusal:
        take(held, "late", hal, referral=late.pk, reason="He comes out of prison on Friday.")
    assert refusal.value.kind is Refusal.ROLE
    with pytest.raises(Refused) as empty:
        take(held, "late", inez, referral=late.pk, reason="")
    assert empty.value.kind is Refusal.FORM
    take(held, "late", inez, referral=late.pk, reason="He comes out of prison on Friday.")
    assert AgendaItem.objects.standing().get().late_because == "He comes out of prison on Friday."
    assert "Came Late" in headings(held, hal)["Adults only"]


def test_an_action_that_is_not_done_by_the_meeting_goes_first_and_a_case_whose_year_is_over_last(
    forum: Forum, hal: User, housing: Agency
) -> None:
    old = referral(forum, hal, victim="Year Over", state="heard", flag_until=timezone.localdate() + timedelta(days=15))
    earlier = meeting(forum, hal, days_ahead=7)
    ForumAction.objects.create(
        case=old.case, referral=old, agency=housing, type="hardening", what="Locks.", answers="He has a key.", state="agreed",
        due_at=at_ten(3), recorded_by=hal,
    )  # fmt: skip
    referral(forum, hal, victim="New Case", days_ago=30)
    held = meeting(forum, hal, days_ahead=21)
    assert headings(earlier, hal) == {}
    found = headings(held, hal)
    assert list(found) == ["Incomplete actions", "Adults only", "Twelve months ended"]
    assert found["Incomplete actions"] == ["Easterby housing: Target hardening"]
    assert found["Twelve months ended"] == ["Year Over"]


def test_what_is_taken_off_waits_again_and_the_reason_stays(forum: Forum, hal: User) -> None:
    one = referral(forum, hal)
    held = meeting(forum, hal)
    item = AgendaItem.objects.standing().get()
    take(held, "take-off", hal, item=item.pk, reason="She has moved to Southmere.")
    item.refresh_from_db()
    assert item.taken_off_because == "She has moved to Southmere." and headings(held, hal) == {}
    assert Referral.objects.get(pk=one.pk).state == "accepted"
    take(held, "gather", hal)
    assert headings(held, hal) == {"Adults only": ["Hannah Okoro"]}


def test_a_meeting_called_off_frees_its_cases_for_the_next(forum: Forum, hal: User) -> None:
    one = referral(forum, hal)
    held = meeting(forum, hal)
    take(held, "cancel", hal, reason="The town hall is flooded.")
    held.refresh_from_db()
    assert (held.state, held.cancelled_because) == ("cancelled", "The town hall is flooded.")
    assert Referral.objects.get(pk=one.pk).state == "accepted"
    assert headings(meeting(forum, hal, days_ahead=28), hal) == {"Adults only": ["Hannah Okoro"]}


def test_more_cases_than_slots_are_an_alarm_that_says_how_many(forum: Forum, hal: User) -> None:
    for number in range(17):
        referral(forum, hal, victim=f"Case Number{number}")
    held = meeting(forum, hal)
    room = room_of(agenda_for(held, hal), terms_of(held))
    assert (room.cases, room.slots, room.minutes, room.too_many) == (17, 15, 204, 2)
    assert "2 more cases than the meeting has slots" in text_of(client_of(hal).get(held.get_absolute_url()))


def test_whoever_is_kept_out_reads_that_a_case_is_there_and_nothing_of_it(forum: Forum, hal: User, inez: User) -> None:
    referral(forum, hal, victim="Ann Bell")
    kept = referral(forum, hal, victim="Hannah Okoro")
    held = meeting(forum, hal)
    item = AgendaItem.objects.get(subject_id=kept.pk)
    take(held, "keep-out", inez, item=item.pk, person=hal.username, reason="Her brother.")
    assert not Case.objects.visible_to(hal).filter(pk=kept.case_id).exists()
    page = text_of(client_of(hal).get(held.get_absolute_url()))
    assert "Ann Bell" in page and "Okoro" not in page and kept.case.reference not in page
    assert "This case is not for you" in page
    assert "Hannah Okoro" in text_of(client_of(inez).get(held.get_absolute_url()))


def test_the_days_before_a_meeting_leave_out_bank_holidays(forum: Forum, hal: User) -> None:
    """The meeting of Tuesday 5 January 2027: New Year’s Day, Christmas and Boxing Day are no working days."""
    held = Meeting(forum=forum, unit=forum.unit, starts_at=at_ten(0).replace(year=2027, month=1, day=5))
    days = days_of(held.starts_at, terms_of(held))
    said = [timezone.localtime(moment).date() for moment in (days.closes, days.out, days.research)]
    assert said == [date(2026, 12, 17), date(2026, 12, 21), date(2026, 12, 31)]
    assert timezone.localtime(days.sight_ends).date() == date(2027, 2, 2)


def test_the_rhythm_offers_the_next_day_and_never_one_on_which_nobody_works(forum: Forum, hal: User) -> None:
    terms = terms_of(meeting(forum, hal, days_ahead=7))
    last = timezone.localtime(Meeting.objects.get().starts_at).date()
    offered = next_offered(forum, timezone.localdate(), terms)
    assert offered >= last + timedelta(days=terms.rhythm_days) and offered.weekday() < 5


def test_an_agenda_of_forty_cases_asks_as_many_questions_as_one_of_one(forum: Forum, hal: User) -> None:
    referral(forum, hal, children=("Mia Okoro",))
    referral(forum, hal, victim="Ann Bell")
    held, browser = meeting(forum, hal), client_of(hal)

    def asked() -> int:
        with CaptureQueriesContext(connection) as few:
            assert browser.get(held.get_absolute_url()).status_code == 200
        return len(few)

    asked()
    before = asked()
    for number in range(38):
        referral(forum, hal, victim=f"Case Number{number}", children=("Kit Number",) if number % 2 else ())
    take(held, "gather", hal)
    assert AgendaItem.objects.standing().count() == 40
    assert asked() == before


def test_case_one_is_the_same_case_on_the_agenda_in_the_room_and_in_a_list_to_choose_from(
    forum: Forum, hal: User, housing: Agency
) -> None:
    """What is left undone goes first and takes no slot, so it takes no number either."""
    old = referral(forum, hal, victim="Heard Before", state="heard")
    ForumAction.objects.create(
        case=old.case, referral=old, agency=housing, type="hardening", what="Locks.", answers="He has a key.", state="agreed",
        due_at=at_ten(3), recorded_by=hal,
    )  # fmt: skip
    ann = referral(forum, hal, victim="Ann Bell")
    held = meeting(forum, hal)
    lines = [(line.number, line.is_case) for part in agenda_for(held, hal) for line in part.lines]
    assert lines == [(None, False), (1, True)]
    in_the_room = lines_of(held, hal, terms_of(held))
    assert [line.number for line in in_the_room] == [None, 1]
    offered = text_of(client_of(hal).get(f"/work/meeting/{held.pk}/take-off/"))
    assert f"1. {ann.case.reference} (" in offered and "incomplete action (" in offered and "2. " not in offered


def test_its_items_are_numbered_through_the_parts_as_the_room_counts_them(forum: Forum, hal: User) -> None:
    referral(forum, hal, victim="Ann Bell")
    referral(forum, hal, victim="Cate Dunn", children=("Mia Dunn",))
    held = meeting(forum, hal)
    lines = [(line.number, line.heading) for part in agenda_for(held, hal) for line in part.lines]
    assert lines == [(1, "Cate Dunn"), (2, "Ann Bell")]
    page = text_of(client_of(hal).get(held.get_absolute_url()))
    assert "<strong>1.</strong>" in page and "<strong>2.</strong>" in page
    offered = text_of(client_of(hal).get(f"/work/meeting/{held.pk}/take-off/"))
    assert "2. " in offered and "Adults only, 1" in offered
