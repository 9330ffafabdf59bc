"""The clocks of Clare's Law: from the first contact, whenever it was written down; no delay moves a date (K0 to K9)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts.models import Unit, User
from dvds.models import Application, FaceToFace, Profile
from dvds.services import limits
from dvds.services.profiles import profile_for
from supervision.escalation import sweep
from supervision.models import Notice
from tests.clocks.calendars import london
from tests.dvds.cast_of_disclosures import consideration
from tests.dvds.clocked import clock, happened, opened_at, running
from workflow.models import PolicySetting

S = Application.State
THURSDAY = london("2026-04-02T18:00")  # before Good Friday
HOUR = timedelta(hours=1)


@pytest.fixture
def asked(disclosure_unit: Unit, perry: User) -> Application:
    """Rosa Field asked on Maundy Thursday; it was taken down then."""
    return opened_at(consideration(disclosure_unit, perry, "checks"), THURSDAY, perry)


@pytest.fixture
def told(disclosure_unit: Unit, perry: User) -> Application:
    return opened_at(consideration(disclosure_unit, perry, "checks", route="know"), THURSDAY, perry)


def london_date(application: Application, policy: str) -> str:
    return str(clock(application, policy).due_at.astimezone(london("2026-04-02").tzinfo).date())


def test_a_request_starts_its_three_clocks_from_first_contact(asked: Application) -> None:
    assert running(asked) == {limits.CHECKS, limits.MEETING, limits.OVERALL}
    assert clock(asked, limits.CHECKS).due_at == london("2026-04-03T18:00")
    assert london_date(asked, limits.MEETING) == "2026-04-20"
    assert london_date(asked, limits.OVERALL) == "2026-04-30"


@pytest.mark.requirement("S3-230")
@pytest.mark.parametrize("ends", ["progress", "agree-stop"])
def test_the_checks_run_until_it_is_decided_whether_it_goes_on(asked: Application, perry: User, ends: str) -> None:
    happened(asked, "consideration.finish-checks", perry, THURSDAY + 3 * HOUR, state=S.CHECKED)
    assert limits.CHECKS in running(asked)
    happened(asked, f"consideration.{ends}", perry, THURSDAY + 23 * HOUR, state=S.MEETING)
    assert clock(asked, limits.CHECKS).met


def test_what_we_were_told_has_no_meeting_and_is_referred_within_five_working_days(told: Application) -> None:
    assert running(told) == {limits.CHECKS_TOLD, limits.REFERRED_TOLD, limits.OVERALL}
    assert london_date(told, limits.REFERRED_TOLD) == "2026-04-13"


def test_a_late_entry_loses_its_hours_and_never_starts_later(disclosure_unit: Unit, perry: User) -> None:
    late = consideration(disclosure_unit, perry, "checks")
    opened_at(late, THURSDAY, perry, recorded=THURSDAY + 20 * HOUR)
    owed = clock(late, limits.CHECKS)
    assert (owed.started_at, owed.due_at) == (THURSDAY, THURSDAY + 24 * HOUR)


def test_the_profile_is_that_of_the_day_of_first_contact_and_gives_the_overall_limit(
    disclosure_unit: Unit, perry: User
) -> None:
    assert profile_for(london("2023-04-04T23:59")) == Profile.OLD
    assert profile_for(london("2023-04-05T00:01")) == Profile.STATUTORY
    assert profile_for(london("2011-01-01T12:00")) == Profile.OLD
    old = opened_at(consideration(disclosure_unit, perry, "checks", profile="dvds-2013"), THURSDAY, perry)
    assert london_date(old, limits.OVERALL) == "2026-05-07"


def test_a_force_may_set_the_limit_of_one_profile_and_an_open_case_keeps_its_own(
    disclosure_unit: Unit, perry: User, asked: Application
) -> None:
    PolicySetting.objects.create(
        policy=limits.OVERALL, valid_from=date(2026, 1, 1), within="dvds-2013=days:35 other=days:25", unit=disclosure_unit,
        authority="Chief officer's order 12", state=PolicySetting.State.APPROVED,
        recorded_by=perry,
    )  # fmt: skip
    sooner = opened_at(consideration(disclosure_unit, perry, "checks"), THURSDAY, perry)
    assert (london_date(sooner, limits.OVERALL), london_date(asked, limits.OVERALL)) == ("2026-04-27", "2026-04-30")


def test_a_meeting_held_in_time_and_written_down_late_is_met_and_starts_the_next_clocks_from_when_it_was_held(
    asked: Application, perry: User
) -> None:
    held = london("2026-04-17T10:00")
    plan = asked.case.safecontact_set.get()
    FaceToFace.objects.create(
        case=asked.case, application=asked, recorded_by=perry, held_at=held, place="Library", attended="Rosa Field",
        by_expert="yes", plan=plan, identity=["passport"], further="He broke her phone.", malice="none",
        malice_because="Nothing points to it.", undertaking_explained="yes", pack="spoken", wants_idva="yes",
    )  # fmt: skip
    happened(asked, "consideration.hold-meeting", perry, london("2026-04-22T09:00"), state=S.MET)
    assert clock(asked, limits.MEETING).met
    assert {limits.ASSESSED, limits.REFERRED} <= running(asked)
    assert london_date(asked, limits.REFERRED) == "2026-04-24"


def test_for_a_third_party_nobody_owes_a_full_assessment_with_the_applicant(disclosure_unit: Unit, perry: User) -> None:
    friend = consideration(disclosure_unit, perry, "meeting", applicant="Una Frost")
    happened(friend, "consideration.hold-meeting", perry, THURSDAY, state=S.MET)
    assert running(friend) == {limits.REFERRED}


def test_going_on_unasked_keeps_the_first_start(asked: Application, maya: User) -> None:
    later = THURSDAY + timedelta(days=6)
    happened(asked, "consideration.go-on-unasked", maya, later, route="know", source="contact")
    assert running(asked) == {limits.CHECKS_TOLD, limits.REFERRED_TOLD, limits.OVERALL}
    assert clock(asked, limits.REFERRED_TOLD).started_at == THURSDAY
    assert clock(asked, limits.OVERALL).started_at == THURSDAY
    assert clock(asked, limits.MEETING).dropped_because == "Goes on as a right to know"


def test_a_request_is_over_when_the_applicant_is_informed_and_not_before(asked: Application, perry: User) -> None:
    happened(asked, "consideration.decide-not-tell", perry, THURSDAY + 10 * HOUR, state=S.NOT_TO_TELL)
    assert clock(asked, limits.OVERALL).is_open
    happened(asked, "consideration.inform", perry, THURSDAY + 30 * HOUR, state=S.INFORMED)
    assert clock(asked, limits.OVERALL).met


def test_where_nobody_asked_it_is_over_when_it_is_decided_that_nothing_is_told(told: Application, perry: User) -> None:
    happened(told, "consideration.decide-not-tell", perry, THURSDAY + 10 * HOUR, state=S.NOT_TO_TELL)
    assert clock(told, limits.OVERALL).met
    assert limits.TOLD not in running(told)


def test_the_forum_has_no_limit_but_the_day_that_leaves_time_to_tell_and_putting_it_off_moves_nothing(
    asked: Application, perry: User
) -> None:
    happened(asked, "consideration.sign", perry, THURSDAY + timedelta(days=20), state=S.REFERRED)
    assert london_date(asked, limits.DECIDED) == "2026-04-28"
    happened(asked, "consideration.defer", perry, THURSDAY + timedelta(days=22), state=S.DEFERRED)
    happened(asked, "consideration.resume", perry, THURSDAY + timedelta(days=25), state=S.REFERRED)
    assert london_date(asked, limits.DECIDED) == "2026-04-28"


def test_high_risk_is_told_the_next_working_day_and_a_lower_grade_later_gives_no_more_time(
    asked: Application, perry: User
) -> None:
    monday = london("2026-04-27T15:00")
    happened(asked, "consideration.decide-tell", perry, monday, state=S.TO_TELL, risk="medium")
    assert london_date(asked, limits.TOLD) == "2026-05-05"
    happened(asked, "consideration.judge-again", perry, monday + HOUR, risk="high")
    assert london_date(asked, limits.TOLD) == "2026-04-28"
    happened(asked, "consideration.judge-again", perry, monday + 2 * HOUR, risk="standard")
    assert london_date(asked, limits.TOLD) == "2026-04-28"


def test_somebody_unsafe_is_owed_safeguarding_within_a_quarter_of_an_hour(
    asked: Application, perry: User, maya: User
) -> None:
    happened(asked, "consideration.unsafe", perry, THURSDAY)
    owed = clock(asked, limits.DANGER)
    assert owed.due_at == THURSDAY + timedelta(minutes=15)
    sweep(owed.due_at + timedelta(seconds=1))
    assert "Brandt" in told_of(asked)
    happened(asked, "consideration.safeguard", perry, THURSDAY + timedelta(minutes=20))
    assert limits.DANGER not in running(asked)


def told_of(application: Application) -> set[str]:
    return set(Notice.objects.filter(case=application.case).values_list("person__last_name", flat=True))


@pytest.mark.parametrize("policy", [limits.CHECKS, limits.MEETING, limits.OVERALL])
def test_a_limit_missed_reaches_the_units_supervisor_in_words_that_betray_nothing(
    asked: Application, maya: User, policy: str
) -> None:
    owed = clock(asked, policy)
    sweep(owed.due_at + timedelta(minutes=1))
    assert "Brandt" in told_of(asked)
    for text in Notice.objects.filter(case=asked.case).values_list("text", flat=True):
        assert not any(word in text for word in ("Clare", "DVDS", "isclosure", "Field", "Rosa"))


def test_an_ending_drops_what_leads_to_a_decision_and_starts_the_report(asked: Application, maya: User) -> None:
    happened(asked, "consideration.end-inapplicable", maya, THURSDAY + 5 * HOUR, state=S.CONCLUDING)
    assert running(asked) == {limits.REPORTED}
    assert clock(asked, limits.REPORTED).due_at == THURSDAY + 29 * HOUR
