"""A connection cut in the middle of a form, a session that ends meanwhile, and two people on one record."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Session, User
from cases.models import Incident
from tests import factories
from tests.cases.telephone import kept_here, line, section
from tests.journeys.looking import Looking, staff
from tests.journeys.visit import PASSWORD
from workflow import engine
from workflow.models import Draft

pytestmark = pytest.mark.long
BEFORE = "He came for his post and would not go."
PULLED = "He pulled the telephone out of the wall and stood in the door."
CRIED = " The neighbour heard her cry."
HEARD = "Mr Ito next door heard the crash and rang us."
NOT_SENT = re.compile(r"Not sent yet: kept on this device since \d\d:\d\d")


def made_safe(officer: User) -> Incident:
    """A record of which the first section is done, so that the others are open."""
    incident = factories.peopled(factories.begun(officer), officer)
    said = {"everyone_safe": "yes", "threat_to_life": "no", "made_safe": "She is at her sister's.", "account": BEFORE}
    changed: Incident = engine.amend(incident, said, by=officer, seen=incident.version)
    return changed


def saved(record: Incident) -> Incident:
    return Incident.objects.get(pk=record.pk)


def cut(page: Page) -> None:
    page.context.set_offline(True)


def back(page: Page) -> None:
    page.context.set_offline(False)


def signed_in_again(officer: Looking) -> None:
    """By the link that the page gives; the person comes back to the very section."""
    line(officer.page).get_by_role("link", name="Sign in again").click()
    officer.page.fill("[name=login]", officer.user.username)
    officer.page.fill("[name=password]", PASSWORD)
    officer.look("cut-4-signing-in-again")
    officer.page.locator("form[data-sign-in] button").click()


def test_a_cut_connection_and_an_ended_session_lose_nothing_and_say_so(at_work: Any, request: Any) -> None:
    code = "C1" if "phone" in request.node.name else "C2"
    officer = at_work(staff("PC", f"66{code[1]}1", "Bea Corrie", "officer", code))
    record, page = made_safe(officer.user), officer.page
    officer.open(section(record))
    page.fill("[name=account]", PULLED)
    expect(line(page)).to_contain_text("Kept as typed, problems included.")
    officer.look("cut-1-kept")

    cut(page)
    page.fill("[name=account]", PULLED + CRIED)
    expect(line(page)).to_have_text(NOT_SENT)
    officer.save()
    expect(line(page)).to_contain_text("It is sent by itself when there is a connection")
    assert page.input_value("[name=account]") == PULLED + CRIED
    officer.look("cut-2-no-connection")
    back(page)
    page.wait_for_url(f"**{section(record, 'kinds')}")
    assert saved(record).account == PULLED + CRIED

    officer.open(section(record))
    Session.objects.filter(user=officer.user).delete()
    page.fill("[name=account]", BEFORE + CRIED)
    expect(line(page)).to_contain_text("You are signed out. What you typed is kept on this device.")
    officer.look("cut-3-signed-out")
    assert saved(record).account == PULLED + CRIED
    signed_in_again(officer)
    page.wait_for_url(f"**{section(record)}")
    expect(page.locator("[name=account]")).to_have_value(BEFORE + CRIED)
    expect(line(page)).to_contain_text("Saved")
    officer.look("cut-5-back")
    officer.save()
    page.wait_for_url(f"**{section(record, 'kinds')}")
    assert saved(record).account == BEFORE + CRIED
    assert kept_here(page) == [] and not Draft.objects.filter(person=officer.user).exists()


def test_two_people_see_each_other_and_the_second_to_save_chooses_field_by_field(at_work: Any, request: Any) -> None:
    code = "D1" if "phone" in request.node.name else "D2"
    hers = at_work(staff("PC", f"66{code[1]}3", "Cass Hollis", "officer", code))
    his = at_work(staff("PC", f"66{code[1]}4", "Dev Roper", "officer", code))
    record = made_safe(hers.user)
    hers.open(section(record))
    expect(hers.page.locator("[name=account]")).to_have_value(BEFORE)
    his.open(section(record))
    there = f"PC 66{code[1]}3 Hollis is on this section"
    expect(his.page.locator("[data-presence]")).to_contain_text(there)
    his.look("two-1-both-there")
    hers.page.fill("[name=account]", HEARD)
    hers.choose("weapon", "no")
    hers.save()
    hers.page.wait_for_url(f"**{section(record, 'kinds')}")

    his.page.fill("[name=account]", PULLED)
    his.choose("weapon", "yes")
    his.page.fill("[name=weapon_what]", "A chair leg")
    his.save()
    expect(his.page.get_by_role("alert")).to_contain_text("Hollis saved at")
    both = his.look("two-2-both-versions")
    assert all(words in both for words in (PULLED, HEARD, BEFORE))
    assert saved(record).account == HEARD
    his.choose("choose-account", "theirs")
    his.choose("choose-weapon", "mine")
    his.press("Save what I chose")
    his.page.wait_for_url(f"**{section(record, 'kinds')}")
    now = saved(record)
    assert (now.account, now.weapon, now.weapon_what) == (HEARD, "yes", "A chair leg")
    hers.open(section(record), "two-3-afterwards")
    expect(hers.page.locator("[name=account]")).to_have_value(HEARD)
