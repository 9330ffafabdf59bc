"""Living with a bad connection, in a real browser: nothing typed is lost, and what has not arrived is said plainly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import Session, User
from cases.models import Incident
from tests import factories
from tests.browser import PHONE, page_of
from tests.cases.telephone import kept_here, line, save, section
from tests.cast import involve
from tests.looks import enter
from workflow import engine
from workflow.models import Draft

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "He pulled the telephone out of the wall and stood in the door."
NOT_SENT = re.compile(r"Not sent yet: kept on this device since \d\d:\d\d")
PASSWORD = "lantern-orchard-gate"
Open = Callable[..., Page]


@pytest.fixture
def record(ellen: User) -> Incident:
    incident = factories.begun(ellen)
    safe = {"everyone_safe": "yes", "made_safe": "He has left and she is at her sister's."}
    changed: Incident = engine.amend(incident, safe, by=ellen, seen=incident.version)
    return changed


@pytest.fixture
def open_as(browser: Browser, live_server: Any) -> Iterator[Open]:
    """A telephone on which somebody is signed in, at an address; a second tab of the same telephone with `beside`."""
    contexts = []

    def opened(user: User, path: str, beside: Page | None = None) -> Page:
        page = beside.context.new_page() if beside else page_of(browser, PHONE)
        if beside is None:
            contexts.append(page.context)
            enter(page, user, live_server.url)
        page.goto(f"{live_server.url}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def test_a_press_without_a_connection_waits_and_is_sent_when_there_is_one(
    record: Incident, ellen: User, open_as: Open
) -> None:
    page = open_as(ellen, section(record))
    page.context.set_offline(True)
    page.fill("[name=account]", WORDS)
    save(page)
    expect(line(page)).to_have_text(NOT_SENT)
    expect(line(page)).to_contain_text("It is sent by itself when there is a connection")
    assert page.input_value("[name=account]") == WORDS, "the page is still there"
    save(page)  # an impatient second press changes nothing
    expect(line(page)).to_have_text(NOT_SENT)
    page.context.set_offline(False)
    page.wait_for_url(f"**{section(record, 'kinds')}")
    record.refresh_from_db()
    assert record.account == WORDS
    assert kept_here(page) == [] and not Draft.objects.exists()


def test_the_button_that_was_pressed_is_the_one_that_is_sent(record: Incident, ellen: User, open_as: Open) -> None:
    page = open_as(ellen, section(record))
    page.context.set_offline(True)
    page.fill("[name=account]", WORDS)
    page.get_by_role("button", name="Save and go back to sections").click()
    expect(line(page)).to_have_text(NOT_SENT)
    page.context.set_offline(False)
    page.wait_for_url(f"**/work/incident/{record.pk}/")


@pytest.mark.long
def test_a_connection_that_is_there_and_dead_loses_nothing_either(
    record: Incident, ellen: User, live_server: Any, open_as: Open
) -> None:
    """The browser believes that it is connected, so the press itself fails on the way: the page shows the words again."""
    page = open_as(ellen, section(record))
    page.fill("[name=account]", WORDS)
    dead = re.compile(r"/sections/happened/|/kept/")
    page.context.route(dead, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    save(page)
    expect(page.locator("[name=account]")).to_have_count(0)  # the browser's own page
    page.context.unroute_all()
    page.goto(f"{live_server.url}{section(record)}")
    expect(page.locator("[name=account]")).to_have_value(WORDS)
    expect(line(page)).to_contain_text("Saved")
    assert Draft.objects.get().data["account"] == [WORDS] and kept_here(page) == []


@pytest.mark.long
def test_what_was_unticked_and_the_version_typed_over_come_back_after_a_reload(
    record: Incident, ellen: User, tom: User, open_as: Open
) -> None:
    engine.amend(record, {"abuse_types": ["physical", "economic"]}, by=ellen, seen=record.version)
    page = open_as(ellen, section(record, "kinds"))
    page.context.set_offline(True)
    page.uncheck('input[value="physical"]')
    page.uncheck('input[value="economic"]')
    expect(line(page)).to_have_text(NOT_SENT)
    now = Incident.objects.get(pk=record.pk)
    engine.amend(now, {"abuse_types": ["physical", "economic", "violent"]}, by=tom, seen=now.version)
    page.context.set_offline(False)
    page.reload()
    expect(page.locator('input[value="physical"]')).not_to_be_checked()
    expect(page.locator('input[value="economic"]')).not_to_be_checked()
    page.check('input[value="psychological"]')
    save(page)
    expect(page.get_by_text("PC 2208 Ashdown saved at")).to_be_visible()
    assert Incident.objects.get(pk=record.pk).abuse_types == ["physical", "economic", "violent"]


def test_a_box_that_was_emptied_stays_empty(record: Incident, ellen: User, open_as: Open) -> None:
    page = open_as(ellen, section(record))
    page.fill("[name=account]", WORDS)
    expect(line(page)).to_contain_text("Saved")
    with page.expect_response("**/kept/"):
        page.fill("[name=account]", "")
    page.reload()
    expect(page.locator("[name=account]")).to_have_value("")


@pytest.mark.long
def test_a_session_that_ended_keeps_the_words_until_the_same_person_signs_in_again(
    record: Incident, ellen: User, tom: User, open_as: Open
) -> None:
    for user in (ellen, tom):
        user.set_password(PASSWORD)
        user.save()
    page = open_as(ellen, section(record))
    Session.objects.all().delete()
    page.fill("[name=account]", WORDS)
    save(page)
    page.wait_for_url("**/sign-in/**")
    assert kept_here(page), "the words wait on the page of the sign-in"
    page.fill("[name=login]", ellen.username)
    page.fill("[name=password]", PASSWORD)
    page.locator("form[data-sign-in] button").click()
    page.wait_for_url(f"**{section(record)}")
    expect(page.locator("[name=account]")).to_have_value(WORDS)
    expect(line(page)).to_contain_text("Saved")
    assert kept_here(page) == []


@pytest.mark.long
def test_a_session_that_ended_while_somebody_types_is_said_and_somebody_else_finds_nothing(
    record: Incident, ellen: User, tom: User, live_server: Any, open_as: Open
) -> None:
    page = open_as(ellen, section(record))
    Session.objects.all().delete()
    page.fill("[name=account]", WORDS)
    expect(line(page)).to_contain_text("You are signed out. What you typed is kept on this device.")
    save(page)
    expect(line(page).get_by_role("link", name="Sign in again")).to_be_visible()
    assert page.input_value("[name=account]") == WORDS
    enter(page, tom, live_server.url)
    page.goto(f"{live_server.url}{section(record)}")
    assert kept_here(page) == []
    expect(page.locator("[name=account]")).to_have_value("")


@pytest.mark.long
def test_a_second_tab_that_signed_in_anew_does_not_spoil_the_first(
    record: Incident, ellen: User, open_as: Open
) -> None:
    """Signing in changes the token that every form carries; what is typed in the older tab is sent with the new one."""
    page = open_as(ellen, section(record))
    page.evaluate(
        "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((box) => { box.value = 'a'.repeat(64); })"
    )
    page.fill("[name=account]", WORDS)
    expect(line(page)).to_contain_text("Saved")
    assert Draft.objects.get().data["account"] == [WORDS]
    save(page)
    page.wait_for_url(f"**{section(record, 'kinds')}")


@pytest.mark.long
def test_back_after_saving_shows_what_was_saved_and_what_is_typed_then_is_saved_too(
    record: Incident, ellen: User, open_as: Open
) -> None:
    page = open_as(ellen, section(record))
    page.fill("[name=account]", WORDS)
    save(page)
    page.wait_for_url(f"**{section(record, 'kinds')}")
    page.go_back()
    expect(page.locator("[name=account]")).to_have_value(WORDS)
    page.fill("[name=account]", f"{WORDS} She was crying.")
    save(page)
    page.wait_for_url(f"**{section(record, 'kinds')}")
    record.refresh_from_db()
    assert record.account.endswith("She was crying.")


@pytest.mark.long
def test_signing_out_leaves_nothing_on_the_device_in_any_tab(record: Incident, ellen: User, open_as: Open) -> None:
    first = open_as(ellen, section(record))
    second = open_as(ellen, section(record, "kinds"), beside=first)
    first.context.set_offline(True)
    first.fill("[name=account]", WORDS)
    second.check('input[value="economic"]')
    for page in (first, second):
        expect(line(page)).to_have_text(NOT_SENT)
        assert len(kept_here(page)) == 1
    first.context.set_offline(False)
    first.locator("summary", has_text="Menu of").click()
    first.locator("details[open] form[data-sign-out] button").click()
    expect(first.locator("[name=account]")).to_have_count(0)
    second.wait_for_url("**/sign-in/**")
    for page in (first, second):
        assert page.evaluate("sessionStorage.length + localStorage.length") == 0


@pytest.mark.long
def test_the_small_pages_are_kept_too(record: Incident, ellen: User, open_as: Open) -> None:
    """Looking for a person, and what a witness said."""
    page = open_as(ellen, f"/incidents/{record.pk}/people/witness/")
    page.context.set_offline(True)
    page.fill("[name=surname]", "Bright")
    page.get_by_role("button", name="Look for them").click()
    expect(line(page)).to_have_text(NOT_SENT)
    page.context.set_offline(False)
    page.get_by_role("button", name="Make a new person").click()
    page.wait_for_url("**/rows/witness/**")
    page.context.set_offline(True)
    page.fill("[name=own_words]", "A bang, and then he shouted.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(line(page)).to_have_text(NOT_SENT)
    page.context.set_offline(False)
    page.wait_for_url(re.compile(r"/sections/witnesses/|/work/incident/\d+/$"))
    assert record.people("witness").get().own_words == "A bang, and then he shouted."


@pytest.mark.long
def test_a_page_whose_words_are_not_kept_while_typing_waits_as_well(
    record: Incident, ellen: User, open_as: Open
) -> None:
    row = involve(record, ellen, "witness", "Ola Bright")
    page = open_as(ellen, f"/work/incident/{record.pk}/rows/witness/{row.pk}/strike/")
    page.context.set_offline(True)
    page.fill("[name=reason]", "The wrong flat: she was not there.")
    page.get_by_role("button", name="Take out").click()
    expect(line(page)).to_contain_text("Not sent yet. Stay on this page.")
    page.context.set_offline(False)
    page.wait_for_url(re.compile(r"/sections/witnesses/"))
    assert not record.people("witness").exists()


@pytest.mark.long
def test_a_telephone_put_away_sends_what_was_typed_and_locks_itself_without_a_connection(
    record: Incident, ellen: User, open_as: Open
) -> None:
    page = open_as(ellen, section(record))
    page.fill("[name=account]", WORDS)
    page.evaluate("""() => {
        Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    expect(line(page)).to_contain_text("Saved")
    page.context.set_offline(True)
    page.locator("summary", has_text="Menu of").click()
    page.locator("details[open] form[data-lock] button").click()
    expect(page.get_by_role("alert")).to_contain_text("Locked. What you typed is kept on this device.")
    expect(page.locator("[name=account]")).to_be_hidden()
    page.context.set_offline(False)
    page.wait_for_url("**/unlock/**")


@pytest.mark.long
def test_two_people_see_each_other_and_the_one_who_puts_it_away_is_gone(
    record: Incident, ellen: User, tom: User, open_as: Open
) -> None:
    hers = open_as(ellen, section(record))
    expect(hers.locator("[data-presence]")).to_have_attribute("role", "status")
    his = open_as(tom, section(record))
    said = his.locator("[data-presence]")
    expect(said).to_contain_text(re.compile(r"PC 2877 Marsh is on this section, since \d\d:\d\d"))
    focus = his.evaluate("document.activeElement.tagName")
    assert focus == "BODY", "nothing took the focus"
    hers.goto("about:blank")
    for _beat in range(40):  # his next beats, without waiting for them: her leaving is on its way beside them
        his.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        his.wait_for_timeout(250)
        if not said.inner_text():
            break
    expect(said).to_have_text("")
    assert his.evaluate("document.documentElement.scrollWidth") <= 390
