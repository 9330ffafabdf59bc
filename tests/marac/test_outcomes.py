"""What became of a year's cases, the report to the steering group, and a forum that looks at itself (S2-036, S2-038, S3-036)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from marac.models import Forum, QuarterReturn, SelfAssessment
from marac.principles import CODES
from marac.services.counting import later, quarter_of
from marac.services.following import a_year_after, outcomes, steering_lines
from safeguarding.models import Agency
from tests.cast import client_of, take, text_of
from tests.marac.followed import DAY, done, forum_of, heard, local, met, on_it, referred, taken_on
from workflow.models import Refused

NOW = timezone.now()
THIS = quarter_of(timezone.localdate())


@pytest.fixture
def forum(hal: User) -> Forum:
    return forum_of(hal)


def test_the_steering_group_reads_what_each_agency_agreed_and_what_came_of_it(
    forum: Forum, hal: User, inez: User, housing: Agency, advisers: Agency, cleo: User, hannahs_case: Case
) -> None:
    referral = referred(forum, hal, hannahs_case)
    done(taken_on(referral, housing, hal), hal)
    late = taken_on(referral, housing, hal)
    late_by = take(late, "extend", hal, due_at=local(timezone.now() + timedelta(minutes=5)))
    done(late_by, hal)
    take(
        taken_on(referral, housing, hal), "not-possible", hal, reason="She has moved away.", instead="New locks there."
    )
    take(taken_on(referral, advisers, hal), "not-done", hal, reason="Nobody was there to do it.")
    taken_on(referral, advisers, hal)
    lines = {line.name: line for line in steering_lines(forum, THIS, later(THIS, 1), timezone.now() + 60 * DAY)}
    assert (lines["Easterby housing"].agreed, lines["Easterby housing"].in_time) == (3, 2)
    assert (lines["Easterby housing"].not_possible, lines["Easterby housing"].share) == (1, 100)
    assert (lines["Easterby advisers"].not_done, lines["Easterby advisers"].open_late) == (1, 1)
    assert lines["Easterby advisers"].share == 0
    page = text_of(client_of(inez).get("/marac/actions/report/"))
    assert "Easterby housing" in page and "All agencies" in page and hannahs_case.reference not in page
    assert client_of(cleo).get("/marac/actions/report/").status_code == 403


@pytest.mark.parametrize(
    ("heard_on", "ends"),
    [((2024, 1, 10), (2025, 1, 10)), ((2024, 2, 29), (2025, 2, 28)), ((2023, 2, 28), (2024, 2, 28))],
)
def test_a_year_is_twelve_calendar_months_and_the_leap_day_ends_on_the_28th(
    heard_on: tuple[int, int, int], ends: tuple[int, int, int]
) -> None:
    last = a_year_after(datetime(*heard_on, 14, tzinfo=UTC)) - timedelta(seconds=1)
    assert last.astimezone(ZoneInfo("Europe/London")).date() == datetime(*ends, tzinfo=UTC).date()


def test_who_was_referred_again_within_a_year_is_counted_once_the_year_is_over(
    forum: Forum, hal: User, hannahs_case: Case
) -> None:
    first = later(THIS, -8)
    at = datetime(first.year, first.month, 20, 12, tzinfo=UTC)
    one = referred(forum, hal, hannahs_case, at=at - 20 * DAY)
    other = referred(forum, hal, at=at - 20 * DAY)
    meeting = met(forum, hal, at)
    heard(one, meeting, hal)
    heard(other, meeting, hal)
    hannah = on_it(one, hal, "victim", "Hannah Okoro")
    on_it(other, hal, "victim", "Joan Pike")
    again = referred(forum, hal, at=at + 300 * DAY)
    again.people.create(case=again.case, person=hannah, part="victim", recorded_by=hal)
    found = outcomes(forum, first, timezone.now())
    assert (found.heard, found.followed, found.came_back) == (2, 2, 1)
    assert outcomes(forum, first, at + 200 * DAY).followed == 0
    page = text_of(client_of(hal).get(f"/marac/forums/{forum.pk}/outcomes/?from={first}"))
    assert "Referred again within twelve months" in page and "2 whose twelve months are over" in page


@pytest.mark.requirement("S2-036")
def test_the_report_of_a_year_says_what_a_case_cost_and_what_came_of_the_cases(
    forum: Forum, hal: User, inez: User
) -> None:
    first = later(THIS, -4)
    for quarter in range(4):
        day = later(first, quarter)
        heard(referred(forum, hal), met(forum, hal, datetime(day.year, day.month, 20, 12, tzinfo=UTC)), hal)
        take(QuarterReturn(forum=forum, unit=forum.unit, begins_on=day), "sign", hal, words="", cost="1500")
    page = text_of(client_of(inez).get(f"/marac/forums/{forum.pk}/outcomes/?from={first}"))
    assert "£1500.0" in page and "4 cases" in page
    for measure in ("Actions done", "Referred again within twelve months", "Risk graded lower now"):
        assert measure in page


def looked(forum: Forum, by: User) -> SelfAssessment:
    made: SelfAssessment = take(
        SelfAssessment(forum=forum, unit=forum.unit), "begin", by, on=timezone.localdate().isoformat()
    )
    return made


@pytest.mark.requirement("S3-036")
def test_a_forum_looks_at_itself_against_all_ten_principles_before_it_is_signed(forum: Forum, hal: User) -> None:
    begun = looked(forum, hal)
    with pytest.raises(Refused, match="10 of the ten"):
        take(begun, "sign", hal)
    said = dict.fromkeys(CODES, "3") | {f"{code}_words": "Minutes of July." for code in CODES} | {"plan": ""}
    take(begun, "answer", hal, **{**said, "equality": "1"})
    with pytest.raises(Refused, match="what is not met"):
        take(begun, "sign", hal)
    take(begun, "answer", hal, **{**said, "equality": "1", "plan": "Hal asks the LGBT service by March."})
    assert take(begun, "sign", hal).state == "signed"
    page = text_of(client_of(hal).get(begun.get_absolute_url()))
    assert "Not met" in page and "Hal asks the LGBT service" in page and "Signed off" in page


def test_no_partner_reads_how_the_forum_looks_at_itself(forum: Forum, hal: User, cleo: User) -> None:
    assert client_of(cleo).get(looked(forum, hal).get_absolute_url()).status_code == 404
