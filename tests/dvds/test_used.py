"""Days used and left are counted the same way everywhere, and lateness in the unit that the limit counts. Pure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dvds.services.late import breach_of
from dvds.services.pace import LEAST, PLANNED, likely_end, pace_of
from dvds.services.used import Used, done_words, used
from tests.clocks.calendars import london, shipped_calendar
from workflow.clock import Length, due

CALENDAR = shipped_calendar()
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def seen(length: str, started: str, now: str) -> Used:
    asked = Length.parse(length)
    start = london(started)
    return used(start, due(start, asked, CALENDAR), asked, CALENDAR, london(now))


@pytest.mark.parametrize(
    ("length", "started", "now", "words", "left", "tone"),
    [
        ("days:28", "2026-10-29T09:40", "2026-11-24T10:12", "day 26 of 28", "2 left", "near"),
        ("days:28", "2026-11-17T09:40", "2026-11-24T10:12", "day 7 of 28", "21 left", "ok"),
        ("days:28", "2026-10-27T09:40", "2026-11-24T10:12", "day 28 of 28", "due today", "near"),
        ("hours:24", "2026-11-23T14:20", "2026-11-24T10:20", "20 of 24 hours", "4 hours left", "near"),
        ("working-days:10", "2026-11-17T12:00", "2026-11-24T10:12", "day 5 of 10", "5 left", "ok"),
        ("working-days:10", "2026-11-10T12:00", "2026-11-24T10:12", "day 10 of 10", "due today", "near"),
        ("working-days:10", "2026-11-05T12:00", "2026-11-24T10:12", "", "Late by 3 working days", "late"),
        ("hours:24", "2026-11-20T16:12", "2026-11-24T10:12", "", "Late by 2 d 18 h", "late"),
        ("days:28", "2026-10-20T12:00", "2026-11-24T10:12", "", "Late by 7 days", "late"),
        ("working-days:5", "2026-11-13T12:00", "2026-11-21T10:12", "", "Late since the last working day", "late"),
    ],
)  # fmt: skip
def test_the_bar_says_what_is_used_and_what_is_left(
    length: str, started: str, now: str, words: str, left: str, tone: str
) -> None:
    found = seen(length, started, now)
    assert (found.words, found.left, found.tone) == (words, left, tone)
    assert 0 <= found.percent <= 100


def test_met_and_written_down_late_is_not_late() -> None:
    length = Length.parse("working-days:10")
    due_at = london("2026-11-12T23:59")
    held, recorded = london("2026-11-11T10:00"), london("2026-11-13T09:00")
    assert done_words(due_at, held, recorded, length, CALENDAR).words == "Met, recorded late"
    assert done_words(due_at, held, held, length, CALENDAR).words == "Met"
    assert done_words(due_at, recorded, recorded, length, CALENDAR).left == "Late by 1 working day"


def test_a_breach_is_said_gross_and_net_of_authorised_days_each_counted_once() -> None:
    due_at, ended = london("2026-07-06T23:59"), london("2026-07-13T10:00")
    spans = [(date(2026, 6, 20), date(2026, 6, 22)), (date(2026, 6, 22), date(2026, 6, 24))]
    found = breach_of(due_at, ended, ended, spans)
    assert (found.gross, found.excepted, found.net) == (7, 5, 2)
    assert breach_of(due_at, ended, ended, [(date(2026, 6, 1), date(2026, 7, 30))]).net == 0
    assert breach_of(due_at, due_at - DAY, ended, spans).gross == 0
    running = breach_of(due_at, None, ended + 3 * DAY, [])
    assert (running.gross, running.net) == (10, 10)


def test_the_pace_is_known_from_five_that_ended_and_else_the_plan_stands_in() -> None:
    few = {"consideration-overall": {"n": LEAST - 1, "took": 0 * DAY, "whole": 40 * DAY}}
    assert pace_of(few).takes == PLANNED and not pace_of(few).known
    many = {
        "consideration-overall": {"n": 20, "took": 0 * DAY, "whole": 30 * DAY},
        "consideration-meeting": {"n": 12, "took": 11 * DAY, "whole": 14 * DAY},
    }
    known = pace_of(many)
    assert known.known and (known.takes["checks"], known.takes["assessment"]) == (30 * DAY, 11 * DAY)
    assert known.takes["forum"] == PLANNED["forum"]


def test_what_has_stood_long_still_needs_what_comes_after_and_a_forum_decides_on_its_day() -> None:
    now = london("2026-11-24T10:12")
    pace = pace_of({})
    assert likely_end("assessment", now - 30 * DAY, pace, now) == now + PLANNED["forum"]
    assert likely_end("assessment", now - DAY, pace, now) == now + 13 * DAY
    assert likely_end("forum", now, pace, now, now + 9 * DAY) == now + 11 * DAY
    assert likely_end("forum", now - 9 * DAY, pace, now) == now + PLANNED["forum"]
    assert likely_end("telling", now - 9 * DAY, pace, now) == now
