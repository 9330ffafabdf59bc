"""A meeting held by two people at once in two browsers, an agency looking on in a third: nothing is lost, nothing is reloaded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from marac.models import ForumAction, Hearing
from safeguarding.models import Agency
from tests.browser import DESK, page_of
from tests.looks import complaints_of, enter
from tests.marac.room import called, forum_with, here, meeting_of, referred, sitting

pytestmark = pytest.mark.django_db(transaction=True)


def in_the_room(browser: Browser, address: str, person: User, meeting: int) -> Page:
    page = page_of(browser, DESK)
    enter(page, person, address)
    page.goto(f"{address}/marac/meetings/{meeting}/room/")
    return page


def capture(page: Page, what: str, risk: str) -> None:
    due, form = timezone.localdate() + timedelta(days=4), page.locator("#new-action")
    form.get_by_label("Action", exact=True).fill(what)
    form.get_by_label("Owner, who is here").select_option(label="Easterby housing, Mr Osei")
    for box, said in (("Day", due.day), ("Month", due.month), ("Year", due.year)):
        form.get_by_label(box, exact=True).fill(str(said))
    form.get_by_label("Risk it answers").fill(risk)
    form.get_by_label("Risk it answers").press("Control+Enter")


def test_two_people_hold_one_meeting_and_an_agency_looks_on(
    browser: Browser, live_server: Any, hal: User, inez: User, cleo: User, housing: Agency
) -> None:
    meeting = sitting(meeting_of(forum_with(hal, housing), hal, chair=inez), hal)
    here(meeting, housing, "Mr Osei", hal)
    hearing = called(referred(meeting, hal, to=(housing,)), hal)
    keeper, chair, looker = (in_the_room(browser, live_server.url, who, meeting.pk) for who in (hal, inez, cleo))
    complaints = [line for page in (keeper, chair, looker) for line in (complaints_of(page),)]
    chair.get_by_label("Harm to whom, by what").fill("Killing by strangulation.")
    typing = keeper.get_by_label("How likely, and when")
    typing.fill("Very likely")
    capture(chair, "Visit the brother with a warning", "His brother")
    expect(chair.locator("#plan")).to_contain_text("1 action agreed")
    expect(keeper.locator("#plan")).to_contain_text("Visit the brother with a warning")
    expect(keeper.get_by_label("Harm to whom, by what")).to_have_value("Killing by strangulation.")
    expect(typing).to_have_value("Very likely")  # nobody took away what was being typed
    expect(typing).to_be_focused()
    capture(keeper, "Put the tenancy in her name", "A joint home")
    for page in (keeper, chair, looker):
        expect(page.locator("#plan")).to_contain_text("2 actions agreed")
    expect(looker.locator("#new-action")).to_have_count(0)
    expect(looker.locator("#risk")).to_contain_text("Killing by strangulation.")
    now = Hearing.objects.get(pk=hearing.pk)
    assert (now.harm, now.likely) == ("Killing by strangulation.", "Very likely")
    assert ForumAction.objects.filter(referral=hearing.referral, volunteered=True).count() == 2
    for page in (keeper, chair, looker):
        page.context.close()
    assert not any(complaints), complaints
