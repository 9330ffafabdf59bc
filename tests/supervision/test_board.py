"""The live board of the control room, and the lists about calls."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Unit, User
from accounts.sessions import SEEN
from cases.models import Call, Case, Incident
from tests.cases.calls import answered, called, closed, step
from tests.cases.recording import words
from tests.cast import client_of, person, shut_out
from tests.doors.test_ceilings import opened
from workflow import engine

BOARD = 14


def group(page: str, name: str) -> str:
    """What one group of the board says."""
    start = page.index(f'id="group-{name}"')
    return page[start : page.index("</table>", start)]


@pytest.mark.requirement("S4-008")
def test_the_board_shows_what_is_worst_first(rafi: User, bea: User, nr3: Unit, ellen: User, hannahs_case: Case) -> None:
    called(rafi, nr3, log_ref="1001")
    called(rafi, nr3, log_ref="1002", minutes_ago=20)
    answered(called(rafi, nr3, log_ref="1003"), rafi)
    closed(called(rafi, nr3, log_ref="1004"), rafi)
    danger = called(rafi, nr3, log_ref="1005")
    step(danger, "unsafe", rafi, what="She is locked in the bathroom.")
    step(danger, "advise", bea, words="Keep her on the line until they are with her.")
    page = client_of(bea).get("/board/").content.decode()
    for name, log in (
        ("waiting", "1001"),
        ("missed", "1002"),
        ("there", "1003"),
        ("unreviewed", "1004"),
        ("unsafe", "1005"),
    ):
        assert f"Log {log}" in group(page, name), (name, log)
    assert "Overdue by" in group(page, "missed") and "Nobody sent" in group(page, "missed")
    assert "Keep her on the line" in group(page, "unsafe")
    assert page.index("group-unsafe") < page.index("group-missed") < page.index("group-waiting")
    assert hannahs_case.reference in group(page, "incidents"), "an incident that no call began stands on it too"


@pytest.mark.requirement("S4-008", "S3-096")
def test_a_call_leaves_the_board_once_it_is_closed_and_reviewed(rafi: User, bea: User, nr3: Unit) -> None:
    browser = client_of(bea)
    call = closed(called(rafi, nr3, log_ref="1004"), rafi)
    page = browser.get("/board/").content.decode()
    assert f"/work/call/{call.pk}/review/" in page
    step(call, "review", bea, verdict="right")
    assert "Log 1004" not in browser.get("/board/").content.decode()
    opened_call = called(rafi, nr3, log_ref="1006")
    step(opened_call, "review", bea, verdict="right")
    assert "Reviewed" in group(browser.get("/board/").content.decode(), "waiting"), "ticked, and open still"


def test_the_board_shows_each_their_own_work(
    rafi: User, nr3: Unit, sr1: Unit, priya: User, bea: User, stranger: User
) -> None:
    called(rafi, nr3, log_ref="1001")
    away = called(rafi, sr1, log_ref="2001")
    assert "Log 2001" not in client_of(priya).get("/board/").content.decode()
    assert "Log 1001" in client_of(priya).get("/board/").content.decode()
    shut_out(away.case, bea, person("DS", "0908", "Ida Voss", ("professional_standards", nr3.parent.parent)))
    assert "Log 2001" not in client_of(bea).get("/board/").content.decode()
    assert client_of(stranger).get("/board/").status_code == 403


def test_the_board_asks_the_same_of_one_call_and_of_thirty(rafi: User, bea: User, nr3: Unit) -> None:
    browser = client_of(bea)
    called(rafi, nr3)
    few = opened(browser, "/board/")
    for n in range(29):
        called(rafi, nr3, log_ref=f"{n:04d}", minutes_ago=n)
    many = opened(browser, "/board/")
    assert len(many) <= BOARD and len(many) == len(few), "\n".join(line[:160] for line in many)


def test_a_group_is_paged_from_its_last_call_and_loses_none(rafi: User, bea: User, nr3: Unit) -> None:
    browser = client_of(bea)
    logs = [f"{n:04d}" for n in range(30)]
    for n, log in enumerate(logs):
        called(rafi, nr3, log_ref=log, grade="scheduled", minutes_ago=60 - n)
    seen: list[str] = []
    url = "/board/?group=waiting"
    while url:
        page = browser.get(url).content.decode()
        here = [log for log in logs if f"Log {log}<" in group(page, "waiting")]
        assert here and not set(here) & set(seen)
        seen += here
        more = page.partition('id="more-waiting" href="')[2].partition('"')[0]
        url = f"/board/{more.replace('&amp;', '&')}" if more else ""
    assert seen == logs


@pytest.mark.requirement("S3-096")
def test_the_refreshing_board_is_the_same_and_keeps_nobody_awake(rafi: User, bea: User, nr3: Unit) -> None:
    called(rafi, nr3, log_ref="1001")
    browser = client_of(bea)
    browser.get("/board/")
    seen = last_seen(browser, minutes_ago=10)
    part = browser.get("/board/live/")
    assert "Log 1001" in part.content.decode() and "<html" not in part.content.decode()
    assert browser.session[SEEN] == seen, "a page that refreshes itself is nobody at work"
    browser.get("/board/")
    assert browser.session[SEEN] != seen
    last_seen(browser, minutes_ago=16)
    assert browser.get("/board/live/").status_code == 423, "locked, and it says so to the script"


def last_seen(browser: Client, minutes_ago: int) -> str:
    session = browser.session
    session[SEEN] = (timezone.now() - timedelta(minutes=minutes_ago)).isoformat()
    session.save()
    return str(session[SEEN])


# --- lists --------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S1-003", "S3-097")
def test_grading_accuracy_is_the_share_of_reviewed_calls_by_team(rafi: User, bea: User, nr3: Unit, sr1: Unit) -> None:
    for team, verdict, should_be in (
        (nr3, "right", ""), (nr3, "right", ""), (nr3, "too_low", "immediate"), (sr1, "too_high", "scheduled"),
    ):  # fmt: skip
        step(
            called(rafi, team, grade="priority", log_ref=f"{verdict}-{team.code}"),
            "review",
            bea,
            verdict=verdict,
            should_be=should_be,
        )
    called(rafi, nr3, log_ref="unreviewed")
    page = words(client_of(bea).get("/board/grading/?days=7"))
    assert "50% 2 of 4 reviewed" in page and "of 5 calls taken" in page
    assert "Northgate Response 3 67% (2) 1 0 3 of 4" in page
    assert "Southmere Response 1 0% (0) 0 1 1 of 1" in page
    assert "Log too_low-NR3" in page and "Log right-NR3" not in page


@pytest.mark.requirement("S0-018")
def test_missed_response_targets_are_listed_late_or_nobody_there(rafi: User, bea: User, nr3: Unit) -> None:
    late = called(rafi, nr3, log_ref="late", minutes_ago=60)
    step(late, "arrive", rafi, arrived_at=timezone.now().isoformat())
    called(rafi, nr3, log_ref="nobody", minutes_ago=60)
    there = called(rafi, nr3, log_ref="intime", minutes_ago=60)
    step(there, "arrive", rafi, arrived_at=(there.received_at + timedelta(minutes=9)).isoformat())
    called(rafi, nr3, log_ref="running")
    duplicate = called(rafi, nr3, log_ref="twice", minutes_ago=60)
    step(duplicate, "close", rafi, result="duplicate", result_why="The same as log 0409.")
    page = words(client_of(bea).get("/board/missed/"))
    assert "33% 1 of 3 calls" in page
    assert "Log late" in page and "Log nobody" in page
    for log in ("intime", "running", "twice"):
        assert f"Log {log}" not in page


@pytest.mark.requirement("S3-098")
def test_what_was_flagged_at_the_call_is_held_against_what_was_confirmed(
    rafi: User, bea: User, nr3: Unit, ellen: User
) -> None:
    held = called(rafi, nr3, log_ref="held")
    step(held, "confirm", bea, confirmed="yes", reason="She told the officers.")
    later = called(rafi, nr3, log_ref="later", flagged="no")
    step(later, "confirm", bea, confirmed="yes", reason="He is her brother, says the officer.")
    wrong = called(rafi, nr3, log_ref="wrong")
    step(wrong, "confirm", bea, confirmed="no", reason="Two neighbours, not connected.")
    recorded = called(rafi, nr3, log_ref="recorded", flagged="not_sure")
    begun = engine.perform(
        Incident(case=recorded.case),
        "begin",
        by=ellen,
        evidence={"reported_at": recorded.received_at.isoformat(), "channel": "999"},
    )
    engine.amend(begun, {"abuse_types": ["physical"]}, by=ellen, seen=begun.version)
    page = words(client_of(bea).get("/board/flags/"))
    assert "33% of what was confirmed later" in page
    assert "Flagged, and confirmed 1 of 2 flagged" in page and "Flagged, and it was not 1" in page
    assert "Flagged only later 2" in page and "Log later" in page and "Log recorded" in page and "Log held" not in page


@pytest.mark.requirement("S1-008", "S3-098")
def test_likely_domestic_abuse_that_nobody_flagged_is_found_and_decided(rafi: User, bea: User, nr3: Unit) -> None:
    missed = called(
        rafi, nr3, log_ref="missed", flagged="no", connected="family", said="My son has punched me.", risks=[]
    )
    called(rafi, nr3, log_ref="calm", flagged="no", connected="family", said="He has lost his keys.", risks=[])
    called(rafi, nr3, log_ref="strangers", flagged="no", connected="none", said="A man punched me.", risks=["injured"])
    called(rafi, nr3, log_ref="flagged", said="He has punched me.")
    browser = client_of(bea)
    page = browser.get("/board/likely/").content.decode()
    assert "Log missed" in page and f"/work/call/{missed.pk}/confirm/" in page
    for log in ("calm", "strangers", "flagged"):
        assert f"Log {log}" not in page, log
    step(missed, "confirm", bea, confirmed="no", reason="He fell against her, both say so.")
    assert "Nothing to decide" in words(browser.get("/board/likely/"))


def test_an_earlier_incident_tells_that_the_two_are_connected(rafi: User, bea: User, hannah: Any, nr3: Unit) -> None:
    called(
        rafi,
        nr3,
        log_ref="known",
        flagged="not_sure",
        connected="",
        harmed=str(hannah.pk),
        said="He smashed my window.",
        risks=[],
    )
    assert "Log known" in words(client_of(bea).get("/board/likely/"))


def test_the_lists_are_for_whoever_supervises_calls(rafi: User, bea: User, ellen: User, priya: User) -> None:
    for name in ("grading", "missed", "flags", "likely"):
        for user, status in ((bea, 200), (priya, 200), (rafi, 403), (ellen, 403)):
            assert client_of(user).get(f"/board/{name}/").status_code == status, (name, user)
    assert client_of(bea).get("/board/nothing/").status_code == 404


def test_a_list_is_paged_without_losing_a_call(rafi: User, bea: User, nr3: Unit) -> None:
    for n in range(27):
        called(rafi, nr3, log_ref=f"m{n:02d}x", minutes_ago=60 + n)
    browser = client_of(bea)
    first = browser.get("/board/missed/?days=7").content.decode()
    more = first.partition('href="?days=7&amp;after=')[2].partition('"')[0]
    second = browser.get(f"/board/missed/?days=7&after={more}").content.decode()
    logs = {f"m{n:02d}x" for n in range(27)}
    on_first, on_second = ({log for log in logs if log in page} for page in (first, second))
    assert len(on_first) == 25 and on_first | on_second == logs and not on_first & on_second
    assert Call.objects.count() == 27


def test_a_target_that_had_passed_is_missed_though_the_call_was_closed_without_anybody_there(
    rafi: User, bea: User, nr3: Unit
) -> None:
    late = called(rafi, nr3, log_ref="toolate", minutes_ago=180)
    step(late, "close", rafi, result="no_attendance", result_why="Nobody was free.")
    soon = called(rafi, nr3, log_ref="soon")
    step(soon, "close", rafi, result="no_attendance", result_why="She rang off and is with the officers.")
    page = words(client_of(bea).get("/board/missed/"))
    assert "0% 0 of 1 call with" in page and "Log toolate" in page and "Log soon" not in page


@pytest.mark.parametrize("asked", ["00007999999999999", "9" * 400, "٧", "-7", "0", ""])
def test_a_period_that_is_not_offered_is_a_month(asked: str, bea: User) -> None:
    answer = client_of(bea).get("/board/grading/", {"days": asked})
    assert answer.status_code == 200 and answer.context["days"] == 28
