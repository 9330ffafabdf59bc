"""A call: taken on one page, graded, sent on, briefed, answered, closed; reviewed and advised on by a supervisor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Call, Case, Incident, SafetyWarning
from supervision.escalation.sweep import sweep
from supervision.models import Notice
from tests.cases.calls import SAID, answered, called, closed, now, step
from tests.cases.recording import boxes, press, words
from tests.cast import client_of, involve
from workflow import engine
from workflow.models import Deadline, Refusal, Refused


def owed(call: Call, policy: str) -> Deadline:
    return Deadline.objects.get(subject_type="cases.call", subject_id=call.pk, policy=policy)


# --- taking -------------------------------------------------------------------------------------------------------


def test_a_call_opens_a_case_in_the_team_it_is_sent_to(rafi: User, nr3: Unit, ellen: User, sam: User) -> None:
    call = called(rafi, nr3)
    assert call.case.unit == nr3 and call.case.kind == Case.Kind.INVESTIGATION
    assert call.case.holder_of("investigation") == rafi.pk
    assert Call.objects.visible_to(ellen).filter(pk=call.pk).exists()
    assert Case.objects.worked_by(ellen).filter(pk=call.case_id).exists()
    assert not Case.objects.worked_by(sam).filter(pk=call.case_id).exists(), "the next beat says why first"


def test_one_page_takes_a_call(rafi: User, nr3: Unit, ellen: User) -> None:
    browser = client_of(rafi)
    said = {**SAID, **boxes("received_at", timezone.now() - timedelta(minutes=2)), "team": "NR3"}
    answer = press(browser, "/calls/new/", said)
    assert answer.status_code == 302, words(answer)
    call = Call.objects.get()
    assert (call.log_ref, call.grade, call.state) == ("0412", "immediate", Call.State.TAKEN)
    assert answer["Location"] == call.get_absolute_url()
    page = words(browser.get(answer["Location"]))
    assert "Call, log 0412" in page and "Immediate" in page and "He is at the door now." in page


def test_a_page_that_lacks_something_says_what_and_loses_nothing(rafi: User, nr3: Unit, ellen: User) -> None:
    said = {**SAID, **boxes("received_at", timezone.now()), "grade": "", "postcode": "NR3"}
    answer = press(client_of(rafi), "/calls/new/", said)
    assert answer.status_code == 422
    page = words(answer)
    for sentence in ("Choose a grade", "Choose the team it is sent to", "Enter a full postcode"):
        assert sentence in page
    assert "kicking the door" in answer.content.decode()
    assert Call.objects.count() == 0


def test_the_time_of_the_call_stands_at_now_and_may_not_lie_ahead(rafi: User, nr3: Unit) -> None:
    page = client_of(rafi).get("/calls/new/").content.decode()
    assert f'value="{timezone.localtime().year}"' in page
    with pytest.raises(Refused) as refusal:
        called(rafi, nr3, minutes_ago=-5)
    assert "received_at" in refusal.value.errors.errors


def test_officers_do_not_take_calls(ellen: User, nr3: Unit) -> None:
    with pytest.raises(Refused) as refusal:
        called(ellen, nr3)
    assert refusal.value.kind is Refusal.ROLE


def test_a_second_call_stands_in_the_case_of_the_first(rafi: User, nr3: Unit) -> None:
    first = called(rafi, nr3)
    second = called(rafi, case=first.case, log_ref="0413")
    assert second.case_id == first.case_id
    assert Call.objects.filter(case=first.case).count() == 2


# --- grading ------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S1-003")
def test_a_call_keeps_risks_reasons_and_every_grade_it_had(rafi: User, bea: User, priya: User, nr3: Unit) -> None:
    call = called(rafi, nr3, grade="priority", grade_reason="He has left, she is afraid.")
    changed = step(call, "regrade", bea, grade="immediate", thrive=["threat"], grade_reason="He has come back.")
    assert changed.grade == "immediate"
    kept = [(row.grade, row.reason, row.recorded_by) for row in changed.gradings.order_by("pk")]
    assert kept == [
        ("priority", "He has left, she is afraid.", rafi), ("immediate", "He has come back.", bea),
    ]  # fmt: skip
    assert changed.risks == ["still_there", "threat_to_kill"] and changed.thrive == ["threat"]
    changed = step(changed, "dispatch", rafi, resource="NR31", dispatched_at=now())
    reviewed = step(changed, "review", priya, verdict="right", should_be="", review_note="")
    assert (reviewed.resource, reviewed.verdict, reviewed.reviewed_grade) == ("NR31", "right", "immediate")


def test_the_same_grade_is_no_change(rafi: User, nr3: Unit) -> None:
    with pytest.raises(Refused) as refusal:
        step(called(rafi, nr3), "regrade", rafi, grade="immediate", thrive=[], grade_reason="The same again.")
    assert "grade" in refusal.value.errors.errors


@pytest.mark.parametrize(
    ("verdict", "should_be"), [("too_low", ""), ("too_low", "scheduled"), ("too_high", "immediate")]
)
def test_a_wrong_grade_says_which_one_was_right(verdict: str, should_be: str, rafi: User, bea: User, nr3: Unit) -> None:
    call = called(rafi, nr3, grade="priority")
    with pytest.raises(Refused) as refusal:
        step(call, "review", bea, verdict=verdict, should_be=should_be)
    assert "should_be" in refusal.value.errors.errors


def test_a_grade_reviewed_as_too_low_may_then_be_put_right(rafi: User, bea: User, nr3: Unit) -> None:
    call = step(called(rafi, nr3, grade="scheduled"), "review", bea, verdict="too_low", should_be="immediate")
    call = step(call, "regrade", bea, grade="immediate", grade_reason="As the review says.")
    assert (call.grade, call.reviewed_grade, call.should_be) == ("immediate", "scheduled", "immediate")


def test_nobody_reviews_the_call_they_took(bea: User, nr3: Unit) -> None:
    with pytest.raises(Refused) as refusal:
        step(called(bea, nr3), "review", bea, verdict="right")
    assert "another supervisor" in refusal.value.sentence


def test_nobody_reviews_a_call_whose_grade_they_gave(rafi: User, bea: User, nr3: Unit) -> None:
    call = step(called(rafi, nr3, grade="priority"), "regrade", bea, grade="immediate", grade_reason="He is back.")
    with pytest.raises(Refused) as refusal:
        step(call, "review", bea, verdict="right")
    assert "You graded this call" in refusal.value.sentence


# --- response targets ---------------------------------------------------------------------------------------------


@pytest.mark.requirement("S0-018")
@pytest.mark.parametrize(("grade", "within"), [("immediate", 15), ("priority", 60), ("scheduled", 48 * 60)])
def test_the_target_runs_from_the_call_by_its_grade(grade: str, within: int, rafi: User, nr3: Unit) -> None:
    call = called(rafi, nr3, grade=grade)
    assert owed(call, "call-response").due_at == call.received_at + timedelta(minutes=within)


def test_a_new_grade_is_a_new_target_from_the_same_call(rafi: User, nr3: Unit) -> None:
    call = called(rafi, nr3, grade="priority")
    step(call, "regrade", rafi, grade="immediate", grade_reason="He has come back.")
    assert owed(call, "call-response").due_at == call.received_at + timedelta(minutes=15)


def test_a_call_settled_by_telephone_has_a_target_once_somebody_is_to_go(rafi: User, nr3: Unit) -> None:
    call = called(rafi, nr3, grade="desk")
    assert not Deadline.objects.filter(subject_id=call.pk, policy="call-response").exists()
    step(call, "regrade", rafi, grade="priority", grade_reason="She rang again.")
    assert owed(call, "call-response").due_at == call.received_at + timedelta(hours=1)


def test_a_call_graded_down_to_the_telephone_owes_no_officers_until_it_is_graded_up_again(
    rafi: User, nr3: Unit
) -> None:
    call = called(rafi, nr3, grade="priority")
    call = step(call, "regrade", rafi, grade="desk", grade_reason="She wants advice alone.")
    ended = owed(call, "call-response")
    assert ended.stopped_at and ended.dropped_because == "Call graded again"
    step(call, "regrade", rafi, grade="immediate", grade_reason="He is at the door.")
    assert Deadline.objects.open().filter(subject_id=call.pk, policy="call-response").count() == 1


@pytest.mark.requirement("S0-018")
def test_dispatch_and_arrival_are_kept_and_arrival_meets_the_target(rafi: User, nr3: Unit, ellen: User) -> None:
    call = answered(called(rafi, nr3), rafi)
    assert call.dispatched_at and call.briefed_at and call.arrived_at
    met = owed(call, "call-response")
    assert met.stopped_at == call.arrived_at and met.met


def test_arrival_recorded_late_is_no_late_arrival(rafi: User, nr3: Unit) -> None:
    call = called(rafi, nr3, minutes_ago=60)
    there = call.received_at + timedelta(minutes=10)
    step(call, "arrive", rafi, arrived_at=there.isoformat())
    assert owed(call, "call-response").met


def test_officers_cannot_arrive_before_the_call(rafi: User, nr3: Unit) -> None:
    call = called(rafi, nr3)
    with pytest.raises(Refused) as refusal:
        step(call, "arrive", rafi, arrived_at=(call.received_at - timedelta(minutes=3)).isoformat())
    assert "after the call" in str(refusal.value.errors.errors)


def test_a_corrected_time_of_the_call_moves_the_target(rafi: User, nr3: Unit) -> None:
    call = called(rafi, nr3)
    earlier = call.received_at - timedelta(minutes=6)
    engine.amend(call, {"received_at": earlier}, by=rafi, seen=call.version)
    assert owed(call, "call-response").due_at == earlier + timedelta(minutes=15)


def test_the_control_room_supervisor_is_told_at_once_when_a_target_is_missed(rafi: User, bea: User, nr3: Unit) -> None:
    call = called(rafi, nr3, minutes_ago=16)
    sweep(timezone.now())
    told = Notice.objects.filter(deadline=owed(call, "call-response"))
    assert [notice.person for notice in told] == [bea]


# --- the end ------------------------------------------------------------------------------------------------------


def test_a_call_that_officers_attended_is_closed_once_they_were_there(rafi: User, nr3: Unit) -> None:
    call = called(rafi, nr3)
    with pytest.raises(Refused) as refusal:
        step(call, "close", rafi, result="attended")
    assert "result" in refusal.value.errors.errors
    done = closed(call, rafi)
    assert done.state == Call.State.CLOSED and done.closed_at


@pytest.mark.parametrize("ends", ["begun", "no abuse", "before"])
def test_what_was_attended_is_owed_its_record_until_it_is_begun_or_was_no_domestic_abuse(
    ends: str, rafi: User, bea: User, nr3: Unit, ellen: User
) -> None:
    call = answered(called(rafi, nr3), rafi)
    record = Incident(case=call.case, call=call)
    said = {"reported_at": call.received_at.isoformat(), "channel": "999"}
    if ends == "before":
        engine.perform(record, "begin", by=ellen, evidence=said)
    step(call, "close", rafi, result="attended")
    owed = Deadline.objects.filter(policy="call-recorded", case=call.case)
    if ends == "before":
        assert not owed.exists()
        return
    assert owed.get().due_at - call.received_at == timedelta(hours=24) and owed.get().stopped_at is None
    if ends == "begun":
        engine.perform(record, "begin", by=ellen, evidence=said)
    else:
        step(call, "confirm", bea, confirmed="no", reason="Two neighbours about a fence.")
    assert owed.get().stopped_at is not None


def test_closing_without_attendance_says_why_and_the_target_is_no_longer_owed(rafi: User, nr3: Unit) -> None:
    call = called(rafi, nr3)
    with pytest.raises(Refused):
        step(call, "close", rafi, result="duplicate", result_why="")
    step(call, "close", rafi, result="duplicate", result_why="The same as log 0409.")
    assert owed(call, "call-response").dropped_because


@pytest.mark.requirement("S4-008")
def test_advice_stands_on_the_call_with_who_and_when(rafi: User, bea: User, nr3: Unit, ellen: User) -> None:
    call = called(rafi, nr3)
    step(call, "advise", bea, words="Ask custody for his bail conditions before anybody knocks.")
    page = words(client_of(ellen).get(call.get_absolute_url()))
    assert "Ask custody for his bail conditions" in page and "Quill" in page
    with pytest.raises(Refused):
        step(call, "advise", rafi, words="I advise myself.")


# --- the record of the incident -----------------------------------------------------------------------------------


def test_the_record_begins_from_the_call_and_nothing_is_typed_twice(rafi: User, nr3: Unit, ellen: User) -> None:
    call = called(rafi, nr3, minutes_ago=30)
    browser = client_of(ellen)
    url = f"/calls/{call.pk}/record/"
    page = browser.get(url).content.decode()
    assert 'value="0412"' in page and 'value="999"' in page
    answer = press(browser, url, {**boxes("reported_at", call.received_at), "channel": "999", "log_ref": "0412"})
    assert answer.status_code == 302, words(answer)
    incident = Incident.objects.get()
    assert (incident.call, incident.case, incident.place) == (call, call.case, "Flat 3, 14 Mill Lane")
    assert incident.case.holder_of("investigation") == ellen.pk, "the officer who begins holds the case"
    found = browser.get(f"/incidents/{incident.pk}/people/victim/", follow=True)
    assert incident.call == call and found.status_code == 200
    assert browser.get(url)["Location"].endswith(f"/work/incident/{incident.pk}/"), "begun once"


def test_the_name_heard_at_the_call_is_offered_when_people_are_looked_for(rafi: User, nr3: Unit, ellen: User) -> None:
    call = called(rafi, nr3)
    said = {"reported_at": call.received_at.isoformat(), "channel": "999", "log_ref": "0412"}
    incident = engine.perform(Incident(case=call.case), "begin", by=ellen, evidence=said)
    assert incident.call_id == call.pk, "a record begun in the case of a call belongs to the call"
    engine.amend(incident, {"everyone_safe": "yes", "made_safe": "Both seen."}, by=ellen, seen=incident.version)
    page = client_of(ellen).get(f"/incidents/{incident.pk}/people/victim/").content.decode()
    assert 'value="Hannah"' in page and 'value="Okoro"' in page
    page = client_of(ellen).get(f"/incidents/{incident.pk}/people/suspect/").content.decode()
    assert 'value="Daniel"' in page and 'value="Reeve"' in page


def test_deadlines_of_the_case_follow_the_officer_who_begins(rafi: User, nr3: Unit, ellen: User) -> None:
    call = called(rafi, nr3)
    step(call, "unsafe", rafi, what="He is in the flat with her.")
    said = {"reported_at": call.received_at.isoformat(), "channel": "999"}
    engine.perform(Incident(case=call.case), "begin", by=ellen, evidence=said)
    unsafe = Deadline.objects.get(case=call.case, policy="unsafe-answered")
    assert unsafe.holder == ellen


def test_a_later_record_in_a_case_somebody_investigates_does_not_take_it(
    rafi: User, nr3: Unit, hannahs_case: Case, ellen: User, tom: User
) -> None:
    called(rafi, case=hannahs_case)
    said = {"reported_at": now(), "channel": "999"}
    engine.perform(Incident(case=hannahs_case), "begin", by=tom, evidence=said)
    assert hannahs_case.holder_of("investigation") == ellen.pk


# --- briefing -----------------------------------------------------------------------------------------------------


def test_officers_read_dangers_history_and_children_before_they_knock(
    hannah: Any, hannahs_case: Case, hannahs_incident: Incident, ellen: User, rafi: User, nr3: Unit
) -> None:
    involve(hannahs_incident, ellen, "child", "Mia Okoro")
    engine.perform(hannahs_case, "warn", by=ellen, evidence={"what": "Knife kept by the front door"})
    call = called(rafi, nr3, harmed=str(hannah.pk))
    page = words(client_of(ellen).get(call.get_absolute_url()))
    assert "Safety warning: Knife kept by the front door" in page
    assert "Hannah Okoro: 1 report in 12 months" in page
    assert "Mia Okoro" in page
    assert "Not briefed yet" in page
    briefed = answered(call, rafi)
    page = words(client_of(ellen).get(call.get_absolute_url()))
    assert "PC 2877 Marsh, by radio" in page and briefed.briefed_at


# --- a siege ------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S3-084")
def test_a_siege_warns_whoever_goes_there_tells_the_inspector_and_has_a_checklist(
    rafi: User, ruth: User, ellen: User, sam: User, nr3: Unit
) -> None:
    call = called(rafi, nr3)
    call = step(call, "declare", rafi, critical_kind="siege", critical_what="Shotgun in the house, two children inside")
    assert SafetyWarning.objects.get(case=call.case).what == "Shotgun in the house, two children inside"
    sweep(timezone.now())
    assert Notice.objects.filter(deadline=owed(call, "critical-command"), person=ruth).exists()
    step(call, "tick", ellen, item="cordon", note="At the library")
    with pytest.raises(Refused) as refusal:
        step(call, "tick", ellen, item="cordon", note="")
    assert "ticked already" in str(refusal.value.errors.errors)
    page = words(client_of(ellen).get(call.get_absolute_url()))
    assert "Siege" in page and "Nobody has taken command yet" in page and "At the library" in page
    step(call, "command", ruth, reason="I have command from Northgate.")
    assert owed(call, "critical-command").stopped_at
    with pytest.raises(Refused):
        step(call, "close", rafi, result="no_attendance", result_why="Nobody could get in.")
    call = step(call, "stand-down", ruth, reason="He came out and was arrested.")
    assert not call.is_critical and call.checks.get().recorded_by == ellen
