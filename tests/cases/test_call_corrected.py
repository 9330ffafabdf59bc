"""What was said wrongly of a call is put right: its times, and the checklist of a second critical incident."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from audit.models import Event
from cases.models import Call, CriticalCheck
from reporting.models import Document
from reporting.paper import read_case, written
from supervision.queues.calls import answered, missed
from tests.cases.calls import called, step
from tests.cases.recording import boxes, press, words
from tests.cast import client_of
from workflow.models import Deadline, DueChange, Refusal, Refused

WHY = "The log says when they were at the door."


def there(rafi: User, nr3: Unit, sent: int = 3, arrived: int = 10, minutes_ago: int = 60) -> Call:
    """A call to which officers were sent, and at which they were, so many minutes after it came in."""
    call = called(rafi, nr3, minutes_ago=minutes_ago)
    at = [(call.received_at + timedelta(minutes=after)).isoformat() for after in (sent, arrived)]
    step(call, "dispatch", rafi, resource="NR31", dispatched_at=at[0])
    return step(call, "arrive", rafi, arrived_at=at[1])


def corrected(call: Call, by: User, sent: datetime | None = None, arrived: datetime | None = None) -> Call:
    """The times put right; one that is not named stays as it was said."""
    said = {"dispatched_at": sent or call.dispatched_at, "arrived_at": arrived or call.arrived_at}
    times = {name: moment.isoformat() for name, moment in said.items() if moment}
    return step(call, "correct-times", by, reason=WHY, **times)


def target(call: Call) -> Deadline:
    return Deadline.objects.get(subject_type="cases.call", subject_id=call.pk, policy="call-response")


# --- times --------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S0-018")
@pytest.mark.parametrize("closed", [False, True])
def test_an_arrival_that_was_said_too_late_is_put_right_and_the_target_was_met_after_all(
    closed: bool, rafi: User, bea: User, nr3: Unit
) -> None:
    call = there(rafi, nr3, arrived=40)
    if closed:
        call = step(call, "close", rafi, result="attended")
    now = timezone.now()
    assert not target(call).met and list(missed(bea, now, 7)) == [call] and answered(bea, now, 7) == (1, 0)
    at_the_door = call.received_at + timedelta(minutes=12)
    call = corrected(call, rafi, arrived=at_the_door)
    assert call.arrived_at == at_the_door and target(call).stopped_at == at_the_door
    assert target(call).met and not missed(bea, now, 7).exists() and answered(bea, now, 7) == (1, 1)


def test_an_arrival_that_was_said_too_early_was_no_arrival_in_time(rafi: User, bea: User, nr3: Unit) -> None:
    call = there(rafi, nr3, arrived=10)
    assert target(call).met
    call = corrected(call, bea, arrived=call.received_at + timedelta(minutes=25))
    now = timezone.now()
    assert not target(call).met and not target(call).is_open
    assert list(missed(bea, now, 7)) == [call] and answered(bea, now, 7) == (1, 0)
    kept = DueChange.objects.filter(deadline=target(call)).first()
    assert kept is not None and kept.due_at == target(call).due_at and "done was corrected" in kept.why


def test_the_times_it_had_stay_readable_with_who_put_them_right_when_and_why(
    rafi: User, bea: User, nr3: Unit, ellen: User
) -> None:
    call = there(rafi, nr3)
    was = (call.dispatched_at, call.arrived_at)
    call = corrected(call, bea, sent=call.received_at + timedelta(minutes=5))
    kept = call.timings.get()
    assert (kept.dispatched_at, kept.arrived_at, kept.reason, kept.recorded_by) == (*was, WHY, bea)
    page = words(client_of(ellen).get(call.get_absolute_url()))
    assert "Times as they were said before" in page and WHY in page and bea.short_title() in page
    case = words(client_of(ellen).get(call.case.get_absolute_url()))
    assert "Times of the call corrected" in case and WHY in case
    paper = written(read_case(call.case, ellen, timezone.now()), Document(case=call.case, asked_by=ellen))
    assert WHY in paper
    assert Event.objects.filter(chain=call.case_id, name="call.correct-times", by=bea).count() == 1


def test_times_that_cannot_be_are_refused_with_what_is_wrong(rafi: User, nr3: Unit) -> None:
    call = there(rafi, nr3)
    at = call.received_at
    for wrong, field, sentence in (
        ({"sent": at - timedelta(minutes=2)}, "dispatched_at", "after the call"),
        ({"sent": at + timedelta(minutes=8), "arrived": at + timedelta(minutes=6)}, "arrived_at", "after the dispatch"),
        ({"arrived": timezone.now() + timedelta(minutes=5)}, "arrived_at", "in the past"),
        ({}, "dispatched_at", "Nothing is different"),
    ):
        with pytest.raises(Refused) as refusal:
            corrected(call, rafi, **wrong)
        assert sentence in str(refusal.value.errors.errors[field]), refusal.value.errors.errors
    with pytest.raises(Refused) as refusal:
        step(call, "correct-times", rafi, reason=WHY, dispatched_at=at.isoformat(), arrived_at="")
    assert "arrived_at" in refusal.value.errors.errors, "what was said once is put right, not taken away"
    assert not call.timings.exists() and Call.objects.get(pk=call.pk).arrived_at == call.arrived_at


def test_the_call_is_not_said_to_have_come_in_after_somebody_was_sent(rafi: User, nr3: Unit) -> None:
    call = there(rafi, nr3, sent=3, arrived=10)
    said = boxes("received_at", call.received_at + timedelta(minutes=6))
    details = {"channel": "999", "place": call.place, "said": call.said}
    answer = press(client_of(rafi), f"/work/call/{call.pk}/sections/details/", {**details, **said})
    assert answer.status_code == 422 and "Time of the call must be before somebody was sent" in words(answer)


def test_times_are_put_right_by_the_control_room_and_sergeants_and_only_once_there_are_any(
    rafi: User, ellen: User, priya: User, nr3: Unit
) -> None:
    call = called(rafi, nr3)
    with pytest.raises(Refused) as refusal:
        step(call, "correct-times", rafi, reason=WHY)
    assert refusal.value.kind is Refusal.STATE
    call = there(rafi, nr3)
    with pytest.raises(Refused) as refusal:
        corrected(call, ellen, arrived=call.received_at + timedelta(minutes=9))
    assert refusal.value.kind is Refusal.ROLE, "nobody puts right the arrival of their own patrol"
    corrected(call, priya, arrived=call.received_at + timedelta(minutes=9))


def test_the_page_offers_what_was_said_and_a_time_that_is_not_touched_keeps_its_seconds(rafi: User, nr3: Unit) -> None:
    call = there(rafi, nr3)
    browser = client_of(rafi)
    page = browser.get(call.get_absolute_url()).content.decode()
    assert f"/work/call/{call.pk}/correct-times/" in page
    form = browser.get(f"/work/call/{call.pk}/correct-times/").content.decode()
    local = timezone.localtime(call.arrived_at)
    assert f'value="{local:%H:%M}"' in form
    minute = {"second": 0, "microsecond": 0}
    assert call.dispatched_at and call.arrived_at
    done = corrected(
        call, rafi, sent=call.dispatched_at.replace(**minute), arrived=call.arrived_at + timedelta(minutes=2)
    )
    assert done.dispatched_at == call.dispatched_at


# --- a second critical incident -----------------------------------------------------------------------------------


@pytest.mark.requirement("S3-084")
def test_a_second_critical_incident_on_a_call_begins_with_nothing_ticked(
    rafi: User, ruth: User, ellen: User, nr3: Unit
) -> None:
    call = called(rafi, nr3)
    step(call, "declare", rafi, critical_kind="siege", critical_what="Shotgun in the house")
    step(call, "tick", ellen, item="cordon", note="At the library")
    step(call, "stand-down", ruth, reason="He came out and was arrested.")
    page = words(client_of(ellen).get(call.get_absolute_url()))
    assert "At the library" in page, "what was done stays on the page until another is declared"
    call = step(call, "declare", ellen, critical_kind="hostage", critical_what="His brother holds her in the kitchen")
    page = words(client_of(ellen).get(call.get_absolute_url()))
    assert "At the library" not in page and page.count("Not done") == 9
    call = step(call, "tick", ellen, item="cordon", note="At the chapel")
    page = words(client_of(ellen).get(call.get_absolute_url()))
    assert "At the chapel" in page and page.count("Not done") == 8
    first, second = CriticalCheck.objects.filter(call=call).order_by("pk")
    assert first.struck_out_at is not None and "declared anew" in first.struck_out_because
    assert second.struck_out_at is None and (first.note, second.note) == ("At the library", "At the chapel")
    with pytest.raises(Refused):
        step(call, "tick", ellen, item="cordon", note="")
