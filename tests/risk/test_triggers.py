"""B.7: what happens, or is about to, is looked at again: once for each occasion, in time, and never silently dropped."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Unit, User
from cases.models import ArrestDecision, Case, CourseEvent, Incident, Involvement
from cases.models.answers import Release
from cases.panels.timeline import timeline_of
from people.models import Address, WarningMarker
from risk.models import Assessment, Reassessment, RiskDecision, RiskThreshold
from risk.services import raise_due, raise_reassessment
from risk.services.reassessing import not_raised
from risk.triggers import COURT, RELEASES, TABLE, TRIGGERS
from tests.cast import client_of, person, take, text_of
from tests.risk.story import PART, answer_all, begun, give_reasons, grade, incident_of, involve
from tests.risk.test_grade import refusal_of
from tests.risk.test_lowering import custody, lower
from workflow import engine, reactions
from workflow.clock import LONDON
from workflow.models import Deadline
from workflow.policies import POLICIES

FOUND = "Looked at the bail conditions with the custody sergeant and spoke to Hannah; nothing has changed."
DONE = {"outcome": FOUND, "spoken": "yes", "grade": "high", "bail": "yes", "partners": "none"}


@pytest.fixture
def dana(nr3: Unit) -> User:
    return person("DC", "6114", "Dana Wells", ("da_specialist", nr3))


@pytest.fixture
def graded(dash: Assessment, ellen: User) -> Case:
    """Hannah's case, graded high, with nothing of it in the outbox."""
    answer_all(dash, ellen, yes=(1, 2))
    give_reasons(dash, ellen)
    grade(dash, ellen, "high")
    settled()
    found: Case = dash.case
    return found


def settled() -> None:
    """What the worker does until nothing is left: a reaction may cause another."""
    while reactions.run_due():
        pass


def london(day: Any, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), LONDON)


def recorded(case: Case, by: User, kind: str, days: int = 0, clock: str = "", **said: Any) -> CourseEvent:
    """An event so many days from today, with what it causes."""
    on = (timezone.localdate() + timedelta(days=days)).isoformat()
    made: CourseEvent = take(CourseEvent(case=case), "record", by, kind=kind, on=on, clock=clock, words="", **said)
    settled()
    return made


def arrested(incident: Incident, by: User, **said: Any) -> ArrestDecision:
    suspect = incident.people(PART.SUSPECT).get()
    now = timezone.now()
    columns = {"arrested": "yes", "decided_at": now, "arrested_at": now - timedelta(minutes=5), **said}
    row: ArrestDecision = engine.add(
        ArrestDecision(incident=incident, suspect=suspect, **columns), beneath=incident, by=by
    )
    settled()
    return row


def owed(case: Case, *triggers: str) -> list[str]:
    rows = Reassessment.objects.owed().filter(case=case).order_by("pk")
    return list((rows.filter(trigger__in=triggers) if triggers else rows).values_list("trigger", flat=True))


def fall_due(at: datetime) -> int:
    """What beat asks for, at a moment."""
    return raise_due(at)


@pytest.mark.requirement("S0-021", "S2-022")
def test_arrest_charge_bail_and_court_each_raise_one_dated_look_that_asks_about_bail_and_partners(
    graded: Case, tonight: Incident, ellen: User, tom: User, dana: User
) -> None:
    decision = arrested(tonight, ellen)
    take(decision, "custody", tom, custody_ref="", disposal="charged", release=Release.BAIL_CONDITIONS)
    settled()
    recorded(graded, tom, "first_hearing", days=2, clock="10:00")
    kinds = ("arrest", "charge", "bail", "court_before")
    assert sorted(owed(graded, *kinds)) == sorted(kinds)
    for kind in kinds:
        row = Reassessment.objects.get(trigger=kind)
        clock = Deadline.objects.open().get(subject_type="risk.reassessment", subject_id=row.pk)
        assert clock.policy == f"review-{kind.replace('_', '-')}" and clock.due_at > clock.started_at
        assert {rung.who for rung in POLICIES[clock.policy].ladder} == {"holder", "sergeant", "inspector"}
    for again in range(3):  # asked as often as may be, each stays one
        settled()
        fall_due(timezone.now() + timedelta(minutes=again))
    assert sorted(owed(graded, *kinds)) == sorted(kinds)

    bail = Reassessment.objects.get(trigger="bail")
    left = refusal_of(lambda: take(bail, "done", tom, **{**DONE, "bail": "", "partners": ""})).errors.errors
    assert left == {"bail": ["Say whether bail fits"], "partners": ["Say whether what partners do fits"]}
    take(bail, "done", tom, **{**DONE, "bail": "no", "bail_words": "She has moved: the street must be named."})
    done = Reassessment.objects.get(pk=bail.pk)
    assert (done.state, done.bail, done.partners) == ("done", "no", "none")
    assert done.decision == RiskDecision.objects.latest("pk") and done.decision.kind == "reassessed"
    assert not Deadline.objects.open().filter(subject_type="risk.reassessment", subject_id=bail.pk).exists()


def test_the_arrest_is_said_once_and_the_course_follows_it(
    graded: Case, tonight: Incident, ellen: User, tom: User
) -> None:
    decision = arrested(tonight, ellen)
    event = CourseEvent.objects.get(kind="arrest")
    assert (event.arrest, event.at, event.recorded_by.username) == (decision, decision.arrested_at, "system")
    assert "change it there" in refusal_of(lambda: take(event, "strike", tom)).sentence
    assert "kind" in refusal_of(lambda: recorded(graded, tom, "arrest")).errors.errors
    moved = decision.arrested_at - timedelta(hours=1) if decision.arrested_at else None
    engine.amend(decision, {"arrested_at": moved}, beneath=tonight, by=ellen, seen=decision.version)
    settled()
    assert CourseEvent.objects.get(kind="arrest").at == moved
    now = ArrestDecision.objects.get()
    engine.strike_out(now, beneath=tonight, by=ellen, seen=now.version, reason="The wrong man was ticked.")
    settled()
    assert CourseEvent.objects.get(kind="arrest").state == "struck"
    assert owed(graded, "arrest") == []
    assert set(Reassessment.objects.filter(trigger="arrest").values_list("state", flat=True)) == {"dropped"}


def test_an_arrest_without_release_or_disposal_is_no_event_but_the_arrest(
    graded: Case, tonight: Incident, ellen: User, tom: User
) -> None:
    decision = arrested(tonight, ellen)
    take(decision, "custody", tom, custody_ref="C1", disposal="continues", release="remanded")
    settled()
    assert list(CourseEvent.objects.values_list("kind", flat=True)) == ["arrest"]


@pytest.mark.parametrize("kind", sorted(COURT))
def test_a_day_at_court_is_looked_at_before_and_after(graded: Case, tom: User, kind: str) -> None:
    event = recorded(graded, tom, kind, days=20, clock="10:00")
    assert owed(graded, "court_before", "court_after") == []
    assert fall_due(event.at - timedelta(days=3, minutes=1)) == 0
    assert fall_due(event.at - timedelta(days=3)) == 1
    before = Deadline.objects.open().get(policy="review-court-before")
    assert before.due_at == event.at - timedelta(days=1)
    assert fall_due(event.at) == 1
    assert Deadline.objects.open().get(policy="review-court-after").due_at == event.at + timedelta(days=1)
    assert fall_due(event.at + timedelta(hours=1)) == 0


def test_a_hearing_that_is_adjourned_drops_the_look_with_its_reason_and_owes_a_new_one(graded: Case, tom: User) -> None:
    event = recorded(graded, tom, "trial", days=2, clock="10:00")
    (first,) = Reassessment.objects.filter(trigger="court_before")
    later = timezone.localdate() + timedelta(days=40)
    take(event, "move", tom, on=later.isoformat(), clock="14:00", reason="Adjourned, a witness is ill.")
    settled()
    dropped = Reassessment.objects.get(pk=first.pk)
    assert (dropped.state, dropped.outcome) == (
        "dropped",
        "Its date was changed or struck out: what is owed now stands by itself.",
    )
    assert Deadline.objects.get(subject_type="risk.reassessment", subject_id=first.pk).dropped_because
    assert fall_due(london(later, 14) - timedelta(days=3)) == 1
    assert owed(graded, "court_before") == ["court_before"]


@pytest.mark.requirement("S3-030")
@pytest.mark.parametrize(
    ("kind", "codes", "days"),
    [("order_ends", ("order_28", "order_14", "order_3"), (28, 14, 3)),
     *((kind, ("release_28", "release_7", "release_1"), (28, 7, 1)) for kind in sorted(RELEASES))],
)  # fmt: skip
def test_an_order_that_ends_and_a_release_are_looked_at_three_times_before_their_day(
    graded: Case, tom: User, kind: str, codes: tuple[str, ...], days: tuple[int, ...]
) -> None:
    event = recorded(graded, tom, kind, days=60)
    assert not event.timed and event.at == london(timezone.localdate() + timedelta(days=60), 0)
    for code, before in zip(codes, days, strict=True):
        assert fall_due(event.at - timedelta(days=before, minutes=1)) == 0
        assert fall_due(event.at - timedelta(days=before)) == 1
        clock = Deadline.objects.open().get(policy=f"review-{code.replace('_', '-')}")
        assert clock.started_at == event.at - timedelta(days=before) and clock.due_at <= event.at
    assert owed(graded, *codes) == list(codes)


def test_an_end_that_is_recorded_late_is_looked_at_once_and_not_for_each_day_that_passed(
    graded: Case, tom: User
) -> None:
    recorded(graded, tom, "order_ends", days=10)
    assert owed(graded, "order_28", "order_14", "order_3") == ["order_14"]


def test_what_fell_due_while_nothing_ran_is_raised_afterwards(graded: Case, tom: User) -> None:
    event = recorded(graded, tom, "verdict", days=5, clock="10:00")
    assert fall_due(event.at + timedelta(days=9)) == 1
    assert owed(graded, "court_before", "court_after") == ["court_after"]


def test_what_is_done_lies_in_the_past_and_only_what_is_announced_ahead(graded: Case, tom: User) -> None:
    refused = refusal_of(lambda: recorded(graded, tom, "charge", days=3))
    assert "must be in the past" in refused.errors.errors["on"][0]
    assert "24-hour clock" in refusal_of(lambda: recorded(graded, tom, "trial", 3, "25:10")).errors.errors["clock"][0]


def test_the_same_cause_within_the_hour_is_one_look_and_none_is_lost(graded: Case, tom: User) -> None:
    one, other = recorded(graded, tom, "breach"), recorded(graded, tom, "breach")
    rows = Reassessment.objects.filter(trigger="breach").order_by("pk")
    assert [(row.state, row.about_id) for row in rows] == [("owed", one.pk), ("merged", other.pk)]
    assert rows[1].merged_into == rows[0]
    RiskThreshold.objects.create(
        name="merge_minutes", value=1, valid_from=timezone.localdate(), authority="Force order 4"
    )
    later = timezone.now() + timedelta(minutes=40)
    raise_reassessment(graded, "breach", "told:1", tom, later)
    assert owed(graded, "breach") == ["breach", "breach"]


def test_where_no_time_is_known_nobody_is_late_for_an_hour_that_nobody_knows(graded: Case, tom: User) -> None:
    """Today: from when it was recorded. A day at court: afterwards is after the day, beforehand is before it."""
    breach = recorded(graded, tom, "breach")
    clock = Deadline.objects.open().get(policy="review-breach")
    assert not breach.timed and clock.started_at == breach.recorded_at and clock.due_at > timezone.now()
    trial = recorded(graded, tom, "trial", days=20)
    assert fall_due(trial.at + timedelta(hours=23)) == 1
    assert owed(graded, "court_before", "court_after") == ["court_before"]
    assert fall_due(trial.at + timedelta(days=1)) == 1
    assert Deadline.objects.open().get(policy="review-court-after").due_at == trial.at + timedelta(days=2)


def test_an_arrest_of_long_ago_that_is_written_down_now_is_looked_at_from_now(graded: Case, tom: User) -> None:
    recorded(graded, tom, "charge", days=-200, clock="10:00")
    row = Reassessment.objects.get(trigger="charge")
    assert row.from_at is None and Deadline.objects.open().get(policy="review-charge").started_at == row.recorded_at


def test_the_end_of_a_reason_for_which_a_grade_was_lowered_is_looked_at_a_week_before(
    graded: Case, priya: User
) -> None:
    made = lower(graded, priya, **custody(30))
    assert made.reopens_at is not None
    before = made.reopens_at - timedelta(days=7)
    assert fall_due(before - timedelta(minutes=1)) == 0
    assert (fall_due(before), fall_due(before + timedelta(hours=1))) == (1, 0)
    clock = Deadline.objects.open().get(policy="review-lowering-ends")
    assert (clock.started_at, clock.due_at) == (before, before + timedelta(days=5))


def test_the_timeline_says_which_event_it_was(graded: Case, tom: User) -> None:
    recorded(graded, tom, "first_hearing", days=9, clock="10:00")
    assert "First court hearing" in text_of(client_of(tom).get(f"/cases/{graded.reference}/"))


def test_the_timeline_says_why_each_move_of_an_event_was_made(graded: Case, tom: User) -> None:
    event = recorded(graded, tom, "trial", days=20, clock="10:00")
    for days, why in ((30, "Adjourned, a witness is ill."), (40, "The court has no room that week.")):
        moved = CourseEvent.objects.get(pk=event.pk)
        on = (timezone.localdate() + timedelta(days=days)).isoformat()
        take(moved, "move", tom, on=on, clock="10:00", reason=why)
    told = timeline_of(graded, tom, timezone.now()).entries
    said = [entry.words for entry in told if entry.title == "Event of the course moved"]
    assert said == ["The court has no room that week.", "Adjourned, a witness is ill."]


@given(asked=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 180)), max_size=12))
@settings(max_examples=20, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_occasion_is_raised_once_and_stands_owed_or_merged_whatever_the_order(
    hannahs_case: Case, ellen: User, asked: list[tuple[int, int]]
) -> None:
    with transaction.atomic():
        start = timezone.now()
        for occasion, minutes in asked:
            raise_reassessment(hannahs_case, "breach", f"told:{occasion}", ellen, start + timedelta(minutes=minutes))
        rows = Reassessment.objects.filter(trigger="breach")
        assert {row.occasion for row in rows} == {f"told:{occasion}" for occasion, _minutes in asked}
        assert rows.count() == len({occasion for occasion, _minutes in asked})
        for row in rows.filter(state="merged"):
            assert row.merged_into is not None and row.merged_into.state == "owed"
            assert abs(row.recorded_at - row.merged_into.recorded_at) <= timedelta(minutes=60)
        assert Deadline.objects.open().filter(policy="review-breach").count() == rows.filter(state="owed").count()
        transaction.set_rollback(True)


@pytest.mark.requirement("S3-030")
def test_a_number_of_incidents_in_the_period_forces_a_look_at_standard_and_medium_as_the_force_sets_it(
    hannahs_case: Case, ellen: User, priya: User, dash: Assessment, tonight: Incident
) -> None:
    """Three in twelve months unless the force says otherwise; at standard and medium alike."""
    answer_all(dash, ellen)
    give_reasons(dash, ellen)
    grade(dash, ellen, "standard")
    settled()
    again(tonight, ellen, hours=2)
    assert owed(hannahs_case, "repeats") == []
    again(tonight, ellen, hours=1)
    assert owed(hannahs_case, "repeats") == ["repeats"]
    row = Reassessment.objects.get(trigger="repeats")
    assert row.why == "3 incidents in 12 months; the rule is 3 or more."
    assert Deadline.objects.open().filter(policy="review-repeats", subject_id=row.pk).exists()

    RiskThreshold.objects.create(
        name="review_incidents", value=4, valid_from=timezone.localdate(), authority="Force order 5"
    )
    fourth = again(tonight, ellen, minutes=30)
    assert Reassessment.objects.filter(trigger="repeats", about_id=fourth.pk).exists()
    RiskThreshold.objects.create(
        name="review_incidents", value=9, valid_from=timezone.localdate(), authority="Force order 6"
    )
    fifth = again(tonight, ellen, minutes=20)
    assert not Reassessment.objects.filter(trigger="repeats", about_id=fifth.pk).exists()


def again(incident: Incident, by: User, **ago: int) -> Incident:
    """Another incident of the same two people, so long ago."""
    row = incident_of(incident.case, by, timezone.now() - timedelta(**ago))
    for part in (PART.VICTIM, PART.SUSPECT):
        involve(row, by, Involvement.objects.filter(incident=incident, part=part).get().person, part)
    settled()
    return row


def test_a_high_grade_is_not_asked_about_by_number_because_it_is_looked_at_anyway(
    graded: Case, tonight: Incident, ellen: User
) -> None:
    again(tonight, ellen, hours=3)
    again(tonight, ellen, hours=2)
    assert owed(graded, "repeats") == []


def test_another_report_is_looked_at_and_done_by_the_grade_of_its_own_dash(
    graded: Case, ellen: User, tonight: Incident
) -> None:
    said = {"reported_at": timezone.now().isoformat(), "channel": "999", "log_ref": "0401"}
    second: Incident = engine.perform(Incident(case=graded), "begin", by=ellen, evidence=said)
    settled()
    assert owed(graded, "new_incident") == ["new_incident"]
    record = begun(second, ellen)
    answer_all(record, ellen, yes=(1,))
    give_reasons(record, ellen)
    grade(record, ellen, "high")
    settled()
    row = Reassessment.objects.get(trigger="new_incident")
    assert (row.state, row.decision) == ("done", RiskDecision.objects.latest("pk"))


def test_a_new_address_of_the_victim_and_a_weapon_are_looked_at_by_themselves(
    graded: Case, tonight: Incident, ellen: User
) -> None:
    hannah, daniel = (tonight.people(part).get().person for part in (PART.VICTIM, PART.SUSPECT))
    engine.add(Address(person=daniel, line="9 Quay Street"), beneath=tonight, by=ellen)
    engine.add(Address(person=hannah, line="1 Sister's Row"), beneath=tonight, by=ellen)
    warning = WarningMarker(person=daniel, danger="firearms", what="Shotgun", said_by="His brother")
    engine.add(warning, beneath=tonight, by=ellen)
    settled()
    assert sorted(owed(graded, "moved", "weapons")) == ["moved", "weapons"]


def test_what_is_owed_keeps_the_case_open(graded: Case, tom: User, priya: User) -> None:
    recorded(graded, tom, "breach")
    assert "not finished" in refusal_of(lambda: take(graded, "close", priya)).sentence


def test_a_review_does_not_lower_and_does_not_go_below_the_floor(graded: Case, tom: User) -> None:
    row = raise_reassessment(graded, "breach", "told:1", tom, timezone.now())
    refused = refusal_of(lambda: take(row, "done", tom, **{**DONE, "grade": "medium"}))
    assert refused.errors.errors["grade"] == ["The grade is High now. A review does not lower it: use Lower the grade"]


def test_a_case_that_nobody_graded_is_graded_before_its_review_is_done(hannahs_case: Case, tom: User) -> None:
    row = raise_reassessment(hannahs_case, "arrest", "told:1", tom, timezone.now())
    assert "fill in the DASH first" in refusal_of(lambda: take(row, "done", tom, **DONE)).sentence


def test_only_a_supervisor_says_that_it_is_not_needed_and_says_why(graded: Case, tom: User, priya: User) -> None:
    row = raise_reassessment(graded, "breach", "told:1", tom, timezone.now())
    assert refusal_of(lambda: take(row, "not-needed", tom)).kind.name == "ROLE"
    assert "outcome" in refusal_of(lambda: take(row, "not-needed", priya, outcome="No.")).errors.errors
    take(row, "not-needed", priya, outcome="The breach was of another man's bail: the log was misread.")
    assert Reassessment.objects.get(pk=row.pk).ended_by == priya if row else False


@pytest.mark.requirement("S0-005")
def test_from_stage_five_of_eight_the_review_prompts_for_high_or_for_why_not(
    dash: Assessment, ellen: User, tom: User
) -> None:
    answer_all(dash, ellen)
    give_reasons(dash, ellen)
    grade(dash, ellen, "standard")
    row = raise_reassessment(dash.case, "breach", "told:1", tom, timezone.now())
    said = {**DONE, "grade": "medium", "stage": "5", "stage_words": "He follows her to work now."}
    refused = refusal_of(lambda: take(row, "done", tom, **said))
    assert "From stage 5 on the risk escalates" in refused.errors.errors["stage_words"][0]
    assert "stage_words" in refusal_of(lambda: take(row, "done", tom, **{**said, "stage_words": ""})).errors.errors
    take(row, "done", tom, **{**said, "grade": "high"})
    done = Reassessment.objects.get(trigger="breach")
    assert (done.stage, done.stage_words) == (5, "He follows her to work now.")


def test_every_trigger_of_the_table_has_its_clock_its_owner_and_its_authority() -> None:
    for row in TABLE:
        policy = POLICIES[f"review-{row.code.replace('_', '-')}"]
        assert policy.authority == row.authority and policy.owed_by == row.owner
        assert policy.lengths()["high"].n <= policy.lengths()["other"].n
        assert bool(row.events or row.asked) or row.code in {
            "new_incident", "repeats", "secondary", "refused", "recheck", "insufficient", "lowering_ends", "lowering_ended",
        }  # fmt: skip
    assert len(TRIGGERS) == len(TABLE)


def test_the_sweep_asks_as_much_for_one_as_for_fifty(graded: Case, tom: User) -> None:
    recorded(graded, tom, "trial", days=2, clock="10:00")
    with CaptureQueriesContext(connection) as few:
        assert fall_due(timezone.now()) == 0
    event = CourseEvent.objects.get(kind="trial")
    blank = {"case": graded, "kind": "trial", "state": "standing", "recorded_by": tom}
    made = CourseEvent.objects.bulk_create(
        [CourseEvent(**blank, at=event.at + timedelta(hours=2 * n)) for n in range(1, 50)]
    )
    for row in not_raised(made, timezone.now()):
        raise_reassessment(
            graded, "court_before", f"course:{row.pk}:court_before:{row.at:%Y%m%dT%H%M}", tom, timezone.now(), row
        )
    with CaptureQueriesContext(connection) as many:
        assert fall_due(timezone.now()) == 0
    assert len(many) == len(few)
