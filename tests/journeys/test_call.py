"""A call in a real browser: typed beside what is known, sent on, briefed, watched on the board, made into a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from cases.models import Call, Incident
from config.local.rehearsal import System
from tests.browser import DESK, PHONE, page_of
from tests.cast import person, unit
from tests.journeys.visit import PASSWORD, Visit

pytestmark = pytest.mark.long


def staff(collar: str, name: str, role: str, code: str) -> User:
    """Somebody of the force or of its team, who can sign in."""
    force = unit("Northshire Police", "NP")
    team = force if code == "NP" else unit("Northgate Response 7", code, unit("Northgate", "NG", force))
    user = User.objects.filter(username=collar).first() or person("PC", collar, name, (role, team))
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def visits(browser: Browser, system: System, request: Any) -> Iterator[Any]:
    pages: list[Page] = []

    def begin(user: User) -> Visit:
        page = page_of(browser, request.param)
        pages.append(page)
        visiting = Visit(page, system.address, user)
        visiting.sign_in()
        return visiting

    yield begin
    for page in pages:
        assert page.evaluate("document.documentElement.scrollWidth") <= request.param["width"]
        page.context.close()


def take(handler: Visit, log: str) -> None:
    page = handler.page
    page.goto(f"{handler.address}/calls/new/")
    page.fill("[name=log_ref]", log)
    page.fill("[name=place]", "Flat 9, 2 Sample Court")
    page.fill("[name=postcode]", "NR7 1AB")
    page.fill("[name=telephone]", "07700 900808")
    page.fill("[name=at_risk]", "Odile Fenwick")
    page.press("[name=at_risk]", "Tab")  # the check is made by leaving the box
    expect(page.locator("[data-known]")).not_to_contain_text("are checked as you type them")
    handler.choose("connected", "partner")
    page.fill("[name=said]", "He is breaking the furniture and she has locked herself in.")
    handler.choose("risks", "still_there")
    handler.choose("flagged", "yes")
    handler.choose("grade", "immediate")
    page.fill("[name=grade_reason]", "He is in the flat with her.")
    page.select_option("[name=team]", "NR7")
    handler.press("Take this call")
    handler.heading(f"Call, log {log}")


def step(visiting: Visit, link: str, box: str = "", words: str = "", button: str = "") -> None:
    """Press an act of the call's page, say what it asks, and come back."""
    visiting.page.get_by_role("button", name=link).first.click()
    if box:
        visiting.page.fill(f"[name={box}]", words)
    visiting.press(button or link)


def test_a_call_is_graded_sent_on_briefed_and_recorded(visits: Any, request: Any) -> None:
    log = "J" + str(abs(hash(request.node.name)) % 9000 + 1000)
    officer = staff("7701", "Ivy Marsden", "officer", "NR7")
    handler, supervisor = (
        visits(staff("7702", "Noel Sharp", "contact_handler", "NP")),
        visits(staff("7703", "Tess Holm", "control_supervisor", "NP")),
    )
    take(handler, log)
    board = supervisor.page
    board.goto(f"{supervisor.address}/board/")
    row = board.locator("tr", has_text=f"Log {log}")
    expect(row).to_contain_text("Nobody sent")
    row.get_by_role("link", name=f"Log {log}").focus()
    step(handler, "Send somebody", "resource", "NR71")
    expect(row).to_contain_text("NR71", timeout=40_000)  # the board refreshes itself
    assert board.evaluate("document.activeElement.textContent") == f"Log {log}", "and the focus stays where it was"
    step(handler, "Record the briefing", "briefed_who", "PC 7701 Marsden, by radio")
    expect(handler.page.locator("#briefing")).to_contain_text("PC 7701 Marsden, by radio")
    there = visits(officer)
    call = Call.objects.get(log_ref=log)
    there.page.goto(f"{there.address}{call.get_absolute_url()}")
    step(there, "Record the arrival")
    expect(there.page.locator(".app-steps")).to_contain_text("Met")
    there.page.get_by_role("button", name="Record the incident from this call").click()
    expect(there.page.locator("[name=log_ref]")).to_have_value(log)
    there.press("Record an incident")
    there.heading("Record the incident")
    incident = Incident.objects.get(call=call)
    assert (incident.place, incident.case_id) == ("Flat 9, 2 Sample Court", call.case_id)
