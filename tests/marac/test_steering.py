"""The steering group reads who came, who answered, what was done, beside what is expected (S2-036, S3-038, S3-127)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cases.models import Case
from marac.models import Attendance, FigureBand, Forum, ForumMember, Meeting, Research, SteeringPaper
from marac.services.attending import meetings_held, seat_lines
from marac.services.counting import later, quarter_of
from marac.services.forums import working_forums
from marac.services.steering import report_of
from reporting import steering
from safeguarding.models import Agency, OnwardReferral
from tests.cast import client_of, take, text_of
from tests.marac.followed import done, forum_of, heard, met, referred, taken_on
from tests.partners import recorded
from workflow.models import Refused

THIS = quarter_of(timezone.localdate())
LAST = later(THIS, -1)


@pytest.fixture
def forum(hal: User) -> Forum:
    return forum_of(hal, women_over_16="40000", women_source="ONS mid-year 2025")


def noon(days: int) -> datetime:
    return datetime(LAST.year, LAST.month, 1, 12, tzinfo=UTC) + timedelta(days=days)


def seat(forum: Forum, agency: Agency, by: User, since_days: int = 0) -> None:
    since = (noon(0) + timedelta(days=since_days)).date()
    ForumMember.objects.create(
        forum=forum, unit=forum.unit, agency=agency, core=True, since=since, state="sitting", recorded_by=by
    )


def was(meeting: Meeting, agency: Agency | None, by: User, standing: str, name: str = "J. Farrow") -> None:
    Attendance.objects.create(meeting=meeting, agency=agency, name=name, standing=standing, recorded_by=by)


def asked(meeting: Meeting, agency: Agency, by: User, back: timedelta | None, state: str = "returned") -> None:
    """Research due at noon of the meeting's day before; `back`: how long after that it came."""
    referral = referred(meeting.forum, by)
    due = meeting.starts_at - timedelta(days=1)
    Research.objects.create(
        case=referral.case, referral=referral, agency=agency, meeting=meeting, due_at=due, recorded_by=by, searched="All of it.",
        state=state if back is not None else "asked", returned_at=due + back if back is not None else None,
    )  # fmt: skip


@pytest.fixture
def quarter(forum: Forum, hal: User, housing: Agency, advisers: Agency) -> list[Meeting]:
    """Three meetings: housing came twice and answered once in time, the advisers came from the second on and were silent."""
    meetings = [met(forum, hal, noon(days)) for days in (5, 19, 33)]
    seat(forum, housing, hal)
    seat(forum, advisers, hal, since_days=10)
    was(meetings[0], housing, hal, "here")
    was(meetings[0], housing, hal, "here", "P. Hale")
    was(meetings[0], None, hal, "here", "DC Hallam")
    was(meetings[1], housing, hal, "apology")
    was(meetings[2], housing, hal, "here")
    was(meetings[1], advisers, hal, "here")
    asked(meetings[0], housing, hal, timedelta(hours=-4))
    asked(meetings[1], housing, hal, timedelta(hours=3), "nil")
    asked(meetings[1], advisers, hal, None)
    return meetings


@pytest.mark.requirement("S3-127")
def test_the_register_says_which_agency_came_to_the_meetings_held_while_it_had_a_seat(
    forum: Forum, quarter: list[Meeting], hal: User, inez: User
) -> None:
    lines = {line.name: line for line in seat_lines(forum, meetings_held(forum, LAST, THIS), timezone.now())}
    ours, theirs = lines["Easterby housing"], lines["Easterby advisers"]
    assert (ours.meetings, ours.here, ours.apology, ours.absent, ours.attended) == (3, 2, 1, 0, 67)
    assert (theirs.meetings, theirs.here, theirs.apology, theirs.absent, theirs.attended) == (2, 1, 0, 1, 50)
    board = forum_of(hal, "Easterby safeguarding partnership", kind="board")
    page = text_of(client_of(inez).get("/marac/forums/"))
    assert board.name in page and forum.name in page and "hears no case" in page
    was(met(board, hal, noon(8)), None, hal, "here", "DI Farrar")
    came = text_of(client_of(inez).get(f"/marac/forums/{board.pk}/attendance/?from={LAST}"))
    assert ">1</td>" in came and "No agency had a seat" in came


def test_no_referral_goes_to_a_board_that_hears_no_case(forum: Forum, hal: User) -> None:
    board = forum_of(hal, "Easterby safeguarding partnership", kind="board")
    assert list(working_forums()) == [forum] and board.state == Forum.State.WORKING


@pytest.mark.requirement("S3-038")
def test_each_agency_has_its_attendance_and_its_answers_the_hub_among_them(
    forum: Forum, quarter: list[Meeting], hal: User, ellen: User, hannahs_case: Case
) -> None:
    hub = recorded(hal, "Easterby hub", "EMSH", "mash")
    seat(forum, hub, hal)
    was(quarter[1], hub, hal, "here")
    asked(quarter[1], hub, hal, timedelta(hours=-1))
    OnwardReferral.objects.create(
        case=hannahs_case, kind="mash", agency=hub, about="Two children.", shared="The report.", recorded_by=ellen,
        basis="public_task", state="acknowledged", sent_at=timezone.now() - timedelta(hours=5),
        acknowledged_at=timezone.now() - timedelta(hours=2),
    )  # fmt: skip
    lines = {line.name: line for line in seat_lines(forum, quarter, timezone.now())}
    ours, theirs, hubs = (lines[name] for name in ("Easterby housing", "Easterby advisers", "Easterby hub"))
    assert (ours.asked, ours.in_time, ours.late, ours.silent, ours.answered) == (2, 1, 1, 0, 100)
    assert (theirs.asked, theirs.silent, theirs.answered) == (1, 1, 0)
    assert (hubs.attended, hubs.answered) == (33, 100)
    page = text_of(client_of(hal).get(f"/marac/forums/{forum.pk}/attendance/?from={LAST}"))
    assert "Easterby hub" in page and "33%" in page and "67%" in page
    (row,) = [
        part for part in text_of(client_of(hal).get("/services/use/")).split("<tr") if ">Easterby hub</th>" in part
    ]
    assert "3 hours" in row


def test_research_that_is_not_due_yet_is_not_silence(forum: Forum, hal: User, housing: Agency) -> None:
    meeting = met(forum, hal, noon(5))
    seat(forum, housing, hal)
    asked(meeting, housing, hal, None)
    (line,) = seat_lines(forum, [meeting], meeting.starts_at - timedelta(days=2))
    assert (line.silent, line.answered) == (0, None)


@pytest.mark.parametrize(
    ("figure", "value", "place"),
    [("repeat_share", 27.9, "below"), ("repeat_share", 28, "within"), ("repeat_share", 40.1, "above"),
     ("disabled_share", 60, "within"), ("lgbt_share", 2.4, "below")],
)  # fmt: skip
def test_a_figure_lies_below_within_or_above_what_is_expected(db: None, figure: str, value: float, place: str) -> None:
    band = FigureBand.objects.in_force(timezone.localdate())[figure]
    assert band.place(value) == place and "to be confirmed" in band.authority


def test_a_band_that_the_force_confirms_holds_from_its_day(forum: Forum, hal: User) -> None:
    FigureBand.objects.create(
        figure="repeat_share", low=30, high=35, valid_from=THIS, authority="Steering group, minute 4"
    )
    assert FigureBand.objects.in_force(THIS - timedelta(days=1))["repeat_share"].low == 28
    for _number in range(4):
        heard(referred(forum, hal, grounds=["repeat"]), met(forum, hal, noon(_number * 10)), hal)
    for back in (2, 3, 4):
        day = later(THIS, -back)
        heard(referred(forum, hal), met(forum, hal, datetime(day.year, day.month, 20, 12, tzinfo=UTC)), hal)
    page = text_of(client_of(hal).get(f"/marac/forums/{forum.pk}/returns/{LAST}/"))
    assert "30% to 35%" in page and "Steering group, minute 4" in page and "Above" in page
    assert "4% to 10%" in page and "Below" in page  # no man among them
    assert "40 or more" in page


def test_what_is_expected_is_set_from_a_day_on_by_whoever_runs_the_forum(forum: Forum, hal: User) -> None:
    said = {"figure": "lgbt_share", "low": "2.5", "high": "2", "valid_from": THIS.isoformat(), "authority": ""}
    with pytest.raises(Refused) as refusal:
        take(forum, "expect", hal, **said)
    errors = str(refusal.value.errors.errors if refusal.value.errors else "")
    for words in ("cannot be less than the least", "Say on whose authority", "today or in the future"):
        assert words in errors
    on = timezone.localdate().isoformat()
    whole = {**said, "high": "", "low": "3.5", "valid_from": on, "authority": "Steering group, minute 9"}
    take(forum, "expect", hal, **whole)
    assert float(FigureBand.objects.in_force(timezone.localdate())["lgbt_share"].low) == 3.5
    with pytest.raises(Refused):
        take(forum, "expect", hal, **whole)


def test_the_report_is_made_as_a_paper_by_the_worker_and_names_nobody(
    forum: Forum,
    quarter: list[Meeting],
    hal: User,
    inez: User,
    cleo: User,
    ellen: User,
    housing: Agency,
    hannahs_case: Case,
) -> None:
    referral = referred(forum, hal, hannahs_case)
    heard(referral, quarter[1], hal)
    done(taken_on(referral, housing, hal, quarter[1]), hal)
    browser = client_of(inez)
    ask = f"/marac/forums/{forum.pk}/returns/{LAST}/paper/"
    assert browser.post(ask).status_code == browser.post(ask).status_code == 302
    paper = SteeringPaper.objects.get()
    assert steering.lacking() == [paper.pk]
    page = text_of(browser.get(f"/marac/actions/report/?forum={forum.pk}&from={LAST}"))
    assert "Being made" in page and "Meetings held: 3" in page
    assert browser.get(f"/marac/steering-papers/{paper.pk}/").status_code == 404
    assert steering.make(paper.pk) and not steering.make(paper.pk) and not steering.lacking()
    got = browser.get(f"/marac/steering-papers/{paper.pk}/")
    assert got.status_code == 200 and got.content.startswith(b"%PDF")
    assert str(got.headers["Content-Disposition"]).count("steering report") == 1
    for who in (cleo, ellen):
        assert client_of(who).get(f"/marac/steering-papers/{paper.pk}/").status_code == 404
        assert client_of(who).post(ask).status_code == 404
    paper.refresh_from_db()
    assert paper.pages >= 2 and paper.attempts == 1


def test_a_paper_that_cannot_be_made_is_given_up_after_three_attempts_and_says_so(
    forum: Forum, hal: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    met(forum, hal, noon(5))
    client_of(hal).post(f"/marac/forums/{forum.pk}/returns/{LAST}/paper/")

    def broken(*_args: object) -> None:
        raise OSError("no press")

    monkeypatch.setattr("reporting.paper.press", broken)
    paper = SteeringPaper.objects.get()
    for _turn in range(3):
        with pytest.raises(OSError, match="no press"):
            steering.make(paper.pk)
    assert not steering.lacking() and not steering.make(paper.pk)
    assert "could not be made" in text_of(client_of(hal).get(f"/marac/actions/report/?forum={forum.pk}&from={LAST}"))
    client_of(hal).post(f"/marac/forums/{forum.pk}/returns/{LAST}/paper/")
    assert len(steering.lacking()) == 1


def test_the_report_asks_as_many_questions_for_twelve_agencies_as_for_two(
    forum: Forum, quarter: list[Meeting], hal: User
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as few:
            report_of(forum, LAST, timezone.now())
        return len(few)

    heard(referred(forum, hal), quarter[0], hal)
    count()
    before = count()
    for number in range(10):
        agency = recorded(hal, f"Agency {number}", f"AG{number}", "voluntary")
        seat(forum, agency, hal)
        was(quarter[2], agency, hal, "here")
        asked(quarter[2], agency, hal, timedelta(0))
        taken_on(referred(forum, hal), agency, hal)
        heard(referred(forum, hal), quarter[2], hal)
    assert count() == before
