"""A call in a real browser: typed beside what is known, sent on, briefed, watched on the board, made into a record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from cases.models import Call, Incident
from config.local.rehearsal import System
from tests.journeys.counting import Fingers
from tests.journeys.looking import Looking, staff
from workflow.clock import LONDON

pytestmark = pytest.mark.long


def take(handler: Looking, log: str) -> None:
    page = handler.page
    page.goto(f"{handler.address}/calls/new/")
    page.fill("[name=log_ref]", log)
    page.fill("[name=place]", "Flat 9, 2 Sample Court")
    page.fill("[name=postcode]", "NR7 1AB")
    page.fill("[name=telephone]", "07700 900808")
    page.fill("[name=at_risk]", "Odile Fenwick")
    page.press("[name=at_risk]", "Tab")  # the check is made by leaving the box
    expect(page.locator("[data-known]")).not_to_contain_text("are checked as you type them")
    page.fill("[name=suspect]", "Marc Fenwick")
    handler.choose("connected", "partner")
    page.fill("[name=said]", "He is breaking the furniture and she has locked herself in.")
    handler.choose("risks", "still_there")
    handler.choose("flagged", "yes")
    handler.choose("grade", "immediate")
    page.fill("[name=grade_reason]", "He is in the flat with her.")
    page.select_option("[name=team]", "NR7")
    handler.look("call-1-taking")
    handler.press("Take this call")
    handler.heading(f"Call, log {log}")


def step(visiting: Looking, link: str, box: str = "", words: str = "") -> None:
    """Press an act of the call's page, say what it asks, and come back."""
    visiting.page.get_by_role("button", name=link).first.click()
    if box:
        visiting.page.fill(f"[name={box}]", words)
    visiting.press(link)


def watched_on_the_board(supervisor: Looking, handler: Looking, log: str) -> None:
    """Nobody sent, then somebody, without a hand on the page; and the focus stays where it was."""
    board = supervisor.page
    board.clock.install()
    board.goto(f"{supervisor.address}/board/")
    row = board.locator("tr", has_text=f"Log {log}")
    expect(row).to_contain_text("Nobody sent")
    row.get_by_role("link", name=f"Log {log}").focus()
    step(handler, "Send somebody", "resource", "NR71")
    board.clock.fast_forward(31_000)  # half a minute: the board refreshes itself
    expect(row).to_contain_text("NR71")
    assert board.evaluate("document.activeElement.textContent") == f"Log {log}"
    supervisor.look("call-2-board")


def found_by_the_name_heard(officer: Looking, forename: str) -> None:
    """The page that finds somebody offers the name of the call: nothing is typed, two presses make the person."""
    expect(officer.page.locator("[name=forename]")).to_have_value(forename)
    expect(officer.page.locator("[name=surname]")).to_have_value("Fenwick")
    officer.look(f"call-5-found-{forename.lower()}")
    officer.press("Look for them")
    officer.press("Make a new person")


def recorded(officer: Looking, system: System) -> None:
    """The first sections, the place and both people, with what only the doorstep can tell."""
    page, came = officer.page, system.clock.now().astimezone(LONDON)
    page.get_by_role("link", name="Immediate safeguarding").click()
    officer.choose("everyone_safe", "yes")
    officer.choose("threat_to_life", "no")
    officer.choose("household", "no")
    page.fill("[name=made_safe]", "She is with us in the hall, he sits in the van.")
    officer.save()
    officer.heading("How it was reported")
    officer.look("call-4-how-it-was-reported")
    officer.save()
    expect(page.locator("[name=place]")).to_have_value("Flat 9, 2 Sample Court")
    expect(page.locator("[name=postcode]")).to_have_value("NR7 1AB")
    officer.choose("place_kind", "shared_home")
    officer.save()
    officer.heading("What happened")
    officer.moment("occurred_from", came - timedelta(minutes=40))
    officer.moment("occurred_to", came - timedelta(minutes=15))
    page.fill("[name=account]", "Odile says that he smashed two chairs and came at her with a leg of one.")
    officer.choose("weapon", "no")
    officer.save()
    officer.choose("abuse_types", "violent")
    officer.save()
    officer.heading("Person harmed")
    page.get_by_role("button", name="Add the person harmed").click()
    found_by_the_name_heard(officer, "Odile")
    page.fill("[name=wants]", "Him out of the flat for good")
    page.fill("[name=fears]", "His brothers")
    officer.choose("interpreter_needed", "no")
    officer.press("Save")
    page.get_by_role("link", name="Add a telephone number").click()
    expect(page.locator("[name=number]")).to_have_value("07700 900808")
    officer.press("Save")
    officer.save()
    officer.heading("Suspect")
    officer.choose("suspect_known", "yes")
    page.get_by_role("button", name="Add a suspect").click()
    found_by_the_name_heard(officer, "Marc")


def test_a_call_is_graded_sent_on_briefed_and_recorded_and_nothing_is_typed_twice(
    at_work: Any, system: System, request: Any
) -> None:
    log = "J" + str(abs(hash(request.node.name)) % 9000 + 1000)
    ivy = staff("PC", "7701", "Ivy Marsden", "officer", "NR7")
    handler = at_work(staff("", "7702", "Noel Sharp", "contact_handler"))
    supervisor = at_work(staff("", "7703", "Tess Holm", "control_supervisor"))
    officer = at_work(ivy)
    fingers = Fingers()
    for visiting in (handler, officer):
        fingers.watch(visiting.page)
    take(handler, log)
    watched_on_the_board(supervisor, handler, log)
    step(handler, "Record the briefing", "briefed_who", "PC 7701 Marsden, by radio")
    expect(handler.page.locator("#briefing")).to_contain_text("PC 7701 Marsden, by radio")
    handler.look("call-3-briefed")
    call = Call.objects.get(log_ref=log)
    officer.page.goto(f"{officer.address}{call.get_absolute_url()}")
    step(officer, "Record the arrival")
    expect(officer.page.locator(".app-steps")).to_contain_text("Met")
    officer.look("call-4-arrived")
    officer.page.get_by_role("button", name="Record the incident from this call").click()
    expect(officer.page.locator("[name=log_ref]")).to_have_value(log)
    officer.look("call-4-begin")
    officer.press("Record an incident")
    officer.heading("Record the incident")
    recorded(officer, system)
    incident = Incident.objects.get(call=call)
    assert (incident.place, incident.case_id) == ("Flat 9, 2 Sample Court", call.case_id)
    assert {row.part: str(row.person) for row in incident.involvements.standing()}.keys() == {"victim", "suspect"}
    assert fingers.typed_twice() == []
    assert "07700 900808" in officer.open(f"/work/incident/{incident.pk}/sections/harmed/", "call-6-harmed")
    officer.open(f"/work/incident/{incident.pk}/", "call-7-sections")
