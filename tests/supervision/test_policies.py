"""Every clock of the thin path: what starts it, from which fact, how long, what stops it, and what corrects it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from cases.models import Case, Incident
from risk.models import Assessment, InstrumentVersion, RiskDecision
from supervision.escalation import sweep
from supervision.models import Notice
from tests.cases.standing import due
from tests.cast import person
from tests.supervision.conftest import happens, owe
from workflow import engine
from workflow.models import Deadline, PolicySetting
from workflow.policies import POLICIES

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def assessment(hannahs_incident: Incident, ellen: User, now: Any) -> Assessment:
    version = InstrumentVersion.objects.earliest("pk")
    return Assessment.objects.create(
        case=hannahs_incident.case, incident=hannahs_incident, instrument_version=version, state="standing",
        recorded_by=ellen, asked_how="face_to_face", asked_at=now,
    )  # fmt: skip


def graded(assessment: Assessment, grade: str, at: Any) -> None:
    RiskDecision.objects.create(
        case=assessment.case, assessment=assessment, to_grade=grade, kind="initial", decided_by=assessment.recorded_by,
        role="officer", rationale="Because of what was said.", at=at, floor="standard", policy_version="1",
        recorded_by=assessment.recorded_by,
    )  # fmt: skip


def test_a_record_is_owed_by_its_officer_24_hours_after_the_report_and_not_after_the_typing(
    hannahs_incident: Incident, ellen: User, now: Any
) -> None:
    [deadline] = Deadline.objects.filter(policy="record-sent")
    assert deadline.started_at == hannahs_incident.reported_at == now - timedelta(minutes=40)
    assert deadline.due_at == hannahs_incident.reported_at + 24 * HOUR
    assert deadline.holder == ellen


def test_a_corrected_time_of_report_moves_the_date_and_keeps_the_old_one(
    hannahs_incident: Incident, ellen: User, now: Any
) -> None:
    was = due("record-sent")[0]
    earlier = hannahs_incident.reported_at - 2 * HOUR
    engine.amend(hannahs_incident, {"reported_at": earlier}, by=ellen, seen=hannahs_incident.version)
    [deadline] = Deadline.objects.filter(policy="record-sent")
    assert deadline.due_at == was - 2 * HOUR
    assert [change.due_at for change in deadline.changes.all()] == [was - 2 * HOUR, was]
    assert deadline.changes.all()[0].by == ellen


@pytest.mark.rule("R-13")
def test_sending_stops_the_officers_clock_and_starts_the_sergeants(hannahs_incident: Incident, now: Any) -> None:
    happens("incident.submit", hannahs_incident, now)
    assert due("record-sent") == []
    assert due("dash-checked") == [now + 24 * HOUR]


def test_a_high_grade_gives_the_sergeant_one_hour(hannahs_incident: Incident, assessment: Assessment, now: Any) -> None:
    graded(assessment, "high", now)
    happens("incident.submit", hannahs_incident, now)
    assert due("dash-checked") == [now + HOUR]


def test_a_grade_raised_while_it_waits_brings_the_date_forward_and_keeps_the_old_one(
    hannahs_incident: Incident, assessment: Assessment, now: Any
) -> None:
    graded(assessment, "medium", now)
    happens("incident.submit", hannahs_incident, now)
    graded(assessment, "high", now + HOUR)
    happens("assessment.raise", assessment, now + HOUR)
    [deadline] = Deadline.objects.filter(policy="dash-checked")
    assert deadline.due_at == now + HOUR
    assert deadline.changes.count() == 2


@pytest.mark.parametrize("verdict", ["incident.approve", "incident.return"])
def test_a_decision_stops_the_sergeants_clock(verdict: str, hannahs_incident: Incident, now: Any) -> None:
    happens("incident.submit", hannahs_incident, now)
    assert due("dash-checked")
    happens(verdict, hannahs_incident, now + HOUR)
    assert due("dash-checked") == []


def test_taking_it_back_drops_the_sergeants_clocks_with_why(hannahs_incident: Incident, now: Any) -> None:
    happens("incident.submit", hannahs_incident, now)
    happens("incident.withdraw", hannahs_incident, now + HOUR)
    [deadline] = Deadline.objects.filter(policy="dash-checked")
    assert (deadline.dropped_because, deadline.met) == ("Taken back to change it", False)


def test_a_returned_record_is_owed_again_within_twelve_hours_and_its_officer_hears_at_once(
    hannahs_incident: Incident, ellen: User, now: Any
) -> None:
    happens("incident.submit", hannahs_incident, now)
    happens("incident.return", hannahs_incident, now)
    assert due("returned-mended") == [now + 12 * HOUR]
    sweep(now)
    assert Notice.objects.filter(person=ellen, deadline__policy="returned-mended").exists()
    happens("incident.submit", hannahs_incident, now + HOUR)
    assert due("returned-mended") == []


@pytest.mark.parametrize("workflow", ["case", "incident", "assessment"])
def test_unsafe_now_is_owed_by_the_case_whatever_record_it_was_said_on(
    workflow: str, hannahs_incident: Incident, assessment: Assessment, priya: User, now: Any
) -> None:
    record = {"case": hannahs_incident.case, "incident": hannahs_incident, "assessment": assessment}[workflow]
    happens(f"{workflow}.unsafe", record, now)
    happens(f"{workflow}.unsafe", record, now + HOUR / 2)
    [deadline] = Deadline.objects.filter(policy="unsafe-answered")
    assert (deadline.due_at, deadline.subject) == (now + HOUR, hannahs_incident.case), "the first start stands"
    sweep(now)
    assert Notice.objects.filter(person=priya).exists(), "the sergeant hears at once"
    happens("case.safe", hannahs_incident.case, now + HOUR)
    assert due("unsafe-answered") == []


def test_a_high_case_wants_a_named_owner_and_no_other_case_does(
    hannahs_incident: Incident, assessment: Assessment, now: Any
) -> None:
    graded(assessment, "medium", now)
    happens("assessment.grade", assessment, now)
    assert due("high-owner") == []
    graded(assessment, "high", now + HOUR)
    happens("assessment.raise", assessment, now + HOUR)
    assert due("high-owner") == [now + 5 * HOUR]
    happens("case.hold", hannahs_incident.case, now + 2 * HOUR)
    assert due("high-owner") == []


def test_a_new_holder_takes_the_open_clocks_over(
    hannahs_case: Case, hannahs_incident: Incident, ellen: User, tom: User, priya: User
) -> None:
    said = {"part": "investigation", "person": tom.collar_number, "reason": "Ellen's tour has ended."}
    engine.perform(hannahs_case, "hold", by=priya, evidence=said, seen=hannahs_case.version)
    assert Deadline.objects.get(policy="record-sent").holder == tom


def test_every_clock_says_on_what_authority_and_which_are_our_own_recommendation() -> None:
    for policy in POLICIES.values():
        assert "[R" in policy.authority or "[S" in policy.authority, policy.name
        assert policy.why and policy.meets and policy.missed and policy.wants, policy.name


# --- the force's own lengths --------------------------------------------------------------------------------------


@pytest.fixture
def supers(force: Any) -> tuple[User, User]:
    return (
        person("Supt", "0044", "Grace Adeyemi", ("superintendent", force)),
        person("Supt", "0046", "Ian Holt", ("superintendent", force)),
    )


def propose(by: User, **more: Any) -> PolicySetting:
    said = {
        "policy": "record-sent", "valid_from": "2026-08-30", "within": "hours:6", "authority": "Force order 12 of 2026",
        **more,
    }  # fmt: skip
    setting: PolicySetting = engine.perform(PolicySetting(), "propose", by=by, evidence=said)
    return setting


def test_an_approved_length_is_used_from_its_day_and_open_work_keeps_its_date(
    supers: tuple[User, User], hannahs_incident: Incident, ellen: User, now: Any
) -> None:
    one, other = supers
    before = due("record-sent")[0]
    setting = propose(one)
    assert PolicySetting.objects.in_force("record-sent", "", now.date()) is None, "only proposed"
    engine.perform(setting, "approve", by=other, evidence={"reason": "Agreed by the board."}, seen=setting.version)
    assert due("record-sent") == [before]
    said = {"reported_at": "2026-08-30T13:00:00+01:00", "channel": "999", "log_ref": "1"}
    engine.perform(Incident(), "begin", by=ellen, evidence=said)
    assert sorted(due("record-sent")) == sorted([before, now - timedelta(minutes=62) + 6 * HOUR])


def test_nobody_decides_the_length_they_proposed(supers: tuple[User, User]) -> None:
    setting = propose(supers[0])
    for step in ("approve", "refuse"):
        with pytest.raises(engine.verbs.Refused, match="somebody else must decide"):
            engine.perform(setting, step, by=supers[0], evidence={"reason": "It is fine."}, seen=setting.version)


def test_a_harmful_length_is_taken_out_of_use_at_once_by_either(supers: tuple[User, User], now: Any) -> None:
    setting = propose(supers[0], within="hours:900")
    setting = engine.perform(setting, "approve", by=supers[1], evidence={"reason": "It is fine."}, seen=setting.version)
    assert PolicySetting.objects.in_force("record-sent", "", now.date()) == setting
    engine.perform(setting, "withdraw", by=supers[0], evidence={"reason": "900 was a slip of the finger."})
    assert PolicySetting.objects.in_force("record-sent", "", now.date()) is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("within", "soon", "The rule must be one of"),
        ("within", "high=hours:1", "The length must cover every case"),
        ("within", "hours:0", "must be from 1"),
        ("policy", "nonsense", "must be one of the answers shown"),
        ("valid_from", "2026-08-29", "today or in the future"),
        ("valid_from", "2026-02-30", "must be a real date"),
        ("authority", "", "Answer: On what authority?"),
    ],
)
def test_what_cannot_be_a_setting_is_refused_with_a_sentence(
    field: str, value: str, sentence: str, supers: tuple[User, User]
) -> None:
    with pytest.raises(engine.verbs.Refused) as refused:
        propose(supers[0], **{field: value})
    assert sentence in str(refused.value.errors.errors[field])


def test_an_officer_may_not_propose_a_length(ellen: User, force: Any) -> None:
    with pytest.raises(engine.verbs.Refused, match="Your role may not"):
        propose(ellen)


def test_a_setting_with_a_ladder_tells_whom_it_names(owed: Any, now: Any, ruth: User, priya: User, force: Any) -> None:
    deadline = owed(now)
    setting = PolicySetting.objects.create(
        policy="record-sent", valid_from=now.date(), within="hours:24", ladder=[[0, "inspector"]], authority="-",
        unit=force, state="approved", recorded_by=priya,
    )  # fmt: skip
    Deadline.objects.filter(pk=deadline.pk).update(setting=setting, next_rung_at=now)
    sweep(now)
    assert list(Notice.objects.values_list("person", flat=True)) == [ruth.pk]


def test_the_page_of_clocks_shows_each_and_takes_a_proposal_to_a_decision(
    supers: tuple[User, User], ellen: User
) -> None:
    from tests.cast import client_of

    browser = client_of(supers[0])
    page = browser.get("/clocks/").content.decode()
    for policy in POLICIES.values():
        assert policy.label in page
    said = {
        "policy": "record-sent", "valid_from_day": "1", "valid_from_month": "10", "valid_from_year": "2026",
        "within": "hours:12", "authority": "Force order 12 of 2026",
    }  # fmt: skip
    assert browser.get("/work/setting/new/propose/").status_code == 200
    answer = browser.post("/work/setting/new/propose/", said)
    assert (answer.status_code, answer["Location"]) == (302, "/clocks/")
    setting = PolicySetting.objects.get()
    assert "12 hours" in browser.get("/clocks/").content.decode()
    other = client_of(supers[1])
    assert other.get(f"/work/setting/{setting.pk}/approve/").status_code == 200
    said = {"reason": "Agreed by the board.", "seen": str(setting.version)}
    assert other.post(f"/work/setting/{setting.pk}/approve/", said)["Location"] == "/clocks/"
    setting.refresh_from_db()
    assert setting.state == "approved"
    assert "Propose a length" not in client_of(ellen).get("/clocks/").content.decode()


def test_owe_is_what_the_engine_would_make(teams_case: Case, now: Any) -> None:
    """The tests' own short cut stands on the same moments as the engine."""
    deadline = owe(teams_case, now)
    assert deadline.next_rung_at == now - 4 * HOUR and deadline.critical_at == now + 4 * HOUR
