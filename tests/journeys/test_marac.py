"""A high grade goes to the conference: drafted, listed, researched, heard by two at once, minuted, chased, and heard again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pypdf
import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Unit, User
from cases.models import Incident, Involvement
from config.local.rehearsal import System
from marac.models import Forum, ForumAction, Meeting, MinutesPaper, Referral, Research
from marac.services.counting import quarter_of
from people.services import affirm, still_true
from safeguarding.models import Agency
from supervision.models import Notice
from tests import factories
from tests.browser import DESK, PHONE
from tests.cast import HER_VIEW, involve, person, take
from tests.cast import unit as unit_named
from tests.journeys.keyboard import ByKeys
from tests.journeys.looking import Looking, staff, wait_until
from tests.journeys.visit import PASSWORD
from tests.marac.made import forum_of
from tests.partners import recorded, signed
from workflow import engine
from workflow.clock import LONDON

pytestmark = [pytest.mark.long, pytest.mark.parametrize("at_work", [DESK], indirect=True, ids=["desk"])]

HARMED, HARMS = ("Amelie", "Thorne"), ("Victor", "Sable")
SAID = {
    "judgement": "He knows where she has gone.", "contact": "PC Lund, late turns", "changed": "She left on Friday and he knows it.",
    "afraid_of": "Him and his brother.", "wishes": "That he stays away.", "safe_contact": "Her sister, after six.",
    "latest": "Both hands on her neck.", "done_already": "He is on bail not to go near her.",
    "no_consent_because": "He said that he will kill her.", "necessity": "Housing cannot move her without knowing why.",
}  # fmt: skip
CHOSEN = {"aware": "yes", "consent": "refused", "basis": "public_task"}
KNOWN, HELD = "Joint tenancy since 2021, and two reports of noise.", "The neighbour’s own name."
SOON = 30_000  # milliseconds
LOCKS, WEEKLY, TENANCY = "Change the locks", "Ring her weekly", "Put the tenancy in her name"
HARM, LIKELY = "To her: being killed by strangulation.", "Very likely when he is refused at the door."


class Forums(Looking):
    """Whoever writes a referral, keeps a forum, chairs it or is told of it."""

    def follow(self, label: str | re.Pattern[str], heading: str = "") -> None:
        """A link or a button-like link in the page itself, and the page it leads to."""
        main = self.page.locator("main")
        exact = isinstance(label, str)
        main.get_by_role("link", name=label, exact=exact).or_(
            main.get_by_role("button", name=label, exact=exact)
        ).first.click()
        if heading:
            self.heading(heading)

    def act(self, label: str, name: str = "", **boxes: str) -> None:
        """Take a step by its own page: the link that bears its name, what it asks, and the button of the same name."""
        self.follow(label, label)
        for box, words in boxes.items():
            self.page.fill(f"[name={box}]", words)
        if name:
            self.look(name)
        asked = self.page.url
        self.press(label)
        self.page.wait_for_url(lambda url: url != asked)

    def add_action(self, what: str, owner: str, risk: str, due: date) -> None:
        form = self.page.locator("#new-action")
        form.get_by_label("Action", exact=True).fill(what)
        form.get_by_label("Owner, who is here").select_option(label=owner)
        for box, said in (("Day", due.day), ("Month", due.month), ("Year", due.year)):
            form.get_by_label(box, exact=True).fill(str(said))
        form.get_by_label("Risk it answers").fill(risk)


class Represents(ByKeys, Forums):
    """Somebody of a partner agency: a phone, and keys alone."""

    def begin(self) -> None:
        self.page.set_viewport_size(PHONE)
        self.put_the_mouse_away()

    def come_back(self, path: str) -> None:
        """After a while, past the lock: by the keys as well."""
        self.page.goto(f"{self.address}{path}")
        if "/unlock/" in self.page.url or "/sign-in/" in self.page.url:
            if self.page.locator("[name=login]").count():
                self.page.fill("[name=login]", self.user.username)
            self.page.fill("[name=password]", PASSWORD)
            self.page.press("[name=password]", "Enter")
            self.page.wait_for_url(lambda url: "/unlock/" not in url and "/sign-in/" not in url)
            self.page.goto(f"{self.address}{path}")

    def pick(self, name: str, value: str) -> None:
        """Go to a question by its keys, and to this answer of it."""
        chosen = self.page.locator(f'input[name="{name}"][value="{value}"]')
        self.tab_to(self.page.locator(f'input[name="{name}"]').first)
        self.hit("Space")
        for _ in range(9):
            if chosen.is_checked():
                return
            self.hit("ArrowDown")
        raise AssertionError(f"{name} does not come to {value}")

    def write(self, name: str, words: str) -> None:
        self.tab_to(self.page.locator(f"[name={name}]"))
        self.type(words)

    def enter(self, label: str | re.Pattern[str]) -> None:
        self.tab_to(self.page.locator("main").get_by_role("button", name=label).first)
        self.hit("Enter")


@contextmanager
def at(system: System, moment: datetime | None = None) -> Iterator[None]:
    """Forward to a moment of the system’s time (as it is, without one), and there with it."""
    if moment is not None:
        system.clock.move(f"+{int((moment - system.clock.now()).total_seconds())}s")
    with time_machine.travel(system.clock.now()):
        yield


def who_signs_in(username: str, name: str, role: str, over: Unit) -> User:
    user = person("", username, name, (role, over))
    user.set_password(PASSWORD)
    user.email = f"{username}@forum.invalid"
    user.save(update_fields=["password", "email"])
    return user


def graded_high(by: User, log: str, before: Incident | None = None) -> Incident:
    """A record of the night, whole, graded high; of the same two people where there was one before."""
    incident = factories.begun(by, log_ref=log)
    for part, (forename, surname), said in (
        ("victim", HARMED, HER_VIEW),
        ("suspect", HARMS, {"relationship": "XBG", "cohabiting": "no"}),
    ):
        if before is None:
            involve(incident, by, part, f"{forename} {surname}", **said)
            continue
        known = before.people(part).get().person
        for fact in still_true(known, by, case=incident.case):
            affirm(fact.fact, beneath=incident, by=by)
        engine.add(Involvement(incident=incident, person=known, part=part, **said), beneath=incident, by=by)
    incident = factories.written(incident, by)
    factories.assessed(incident, by, "high")
    return Incident.objects.get(pk=incident.pk)


def drafted(incident: Incident) -> Referral:
    """By itself: nobody pressed anything."""
    rows = Referral.objects.filter(investigation=incident.case)
    wait_until(rows.exists)
    found: Referral = rows.get()
    assert found.state == "drafted" and found.recorded_by.is_system
    return found


def completed_and_sent(officer: Forums, incident: Incident, name: str) -> Referral:
    """From the page of the case to the draft; what only a person can say, section by section; sent."""
    draft = drafted(incident)
    officer.open(f"/cases/{incident.case.reference}/?panel=marac")
    officer.page.locator(f'a[href="{draft.get_absolute_url()}"]').first.click()
    words = officer.look(f"{name}-draft")
    assert "sections done" in words
    officer.follow("Why it is referred", "Why it is referred")
    for heading in (
        "Why it is referred", "What happened", "Their safety and wishes", "What was done already", "Why sharing it is lawful"
    ):  # fmt: skip
        officer.heading(heading)
        fill_in(officer)
        officer.look(f"{name}-{heading.lower().replace(' ', '-')}")
        officer.save()
    officer.open(draft.get_absolute_url())
    officer.act("Send the referral", f"{name}-sending")
    wait_until(lambda: Referral.objects.get(pk=draft.pk).state == "submitted")
    return Referral.objects.get(pk=draft.pk)


def fill_in(officer: Forums) -> None:
    """What the page asks and nothing has answered yet: what was known is in it already."""
    for box, words in SAID.items():
        field = officer.page.locator(f"textarea[name={box}], input[type=text][name={box}]")
        if field.count() and not field.input_value():
            field.fill(words)
    for box, value in CHOSEN.items():
        if officer.page.locator(f"input[name={box}]").count():
            officer.choose(box, value)


def accepted(keeper: Forums, referral: Referral, name: str) -> None:
    keeper.open("/marac/referrals/", f"{name}-to-accept")
    keeper.follow(referral.case.reference, re.compile("^MARAC referral"))  # type: ignore[arg-type]
    keeper.act("Accept the referral", f"{name}-accepting")
    wait_until(lambda: Referral.objects.get(pk=referral.pk).state == "accepted")


def planned(keeper: Forums, forum: Forum, days: int) -> Meeting:
    """At ten in the morning, so many days from now."""
    keeper.open("/marac/meetings/")
    keeper.follow(f"Plan a meeting of {forum.name}", "Plan a meeting")
    day = (timezone.localtime() + timedelta(days=days)).replace(hour=10, minute=0)
    keeper.moment("starts_at", day)
    keeper.choose("urgent", "no")
    keeper.page.fill("[name=chair]", "8623")
    keeper.page.fill("[name=keeper]", "8622")
    keeper.press("Plan a meeting")
    wait_until(lambda: Meeting.objects.filter(forum=forum, state="planned").exists())
    meeting: Meeting = Meeting.objects.get(forum=forum, state="planned")
    return meeting


def returned(cleo: Represents, asked: Research) -> None:
    """What housing knows, line by line; one is held and says why; the other is released."""
    words = cleo.open("/agency/research/", "marac-07-owed")
    assert " ".join(HARMED) in words and cleo.page.request.get(
        f"{cleo.address}/cases/{asked.referral.investigation.reference}/"  # type: ignore[union-attr]
    ).status == 404  # fmt: skip
    cleo.go("link", re.compile(" ".join(HARMED)), "Research")
    cleo.go("link", "What your agency knows", "What your agency knows")
    cleo.pick("known", "yes")
    cleo.look("marac-08-what-we-know")
    cleo.enter("Save and go back to sections")
    for words, held in ((KNOWN, ""), (HELD, "It would be known who told us.")):
        cleo.open(f"/work/research/{asked.pk}/sections/known/")
        cleo.go("link", re.compile("^Add something"), "Add something you know")
        cleo.pick("about", "victim")
        cleo.pick("sort", "fact")
        cleo.write("words", words)
        cleo.write("source", "Tenancy file")
        if held:
            cleo.write("held_because", held)
        cleo.look("marac-09-line")
        cleo.enter(re.compile("^Save|^Add"))
        cleo.heading("What your agency knows")
    cleo.open(asked.get_absolute_url(), "marac-10-research")
    cleo.go("button", "Return what you know", "Return what you know")
    cleo.tab_to(cleo.page.get_by_role("checkbox", name=re.compile("Joint tenancy")))
    cleo.hit("Space")
    assert HELD not in cleo.look("marac-11-releasing"), "what is held cannot be released"
    cleo.enter("Return what you know")
    wait_until(lambda: Research.objects.get(pk=asked.pk).state == "returned")


def nothing_known(tess: Represents, asked: Research) -> None:
    tess.open("/agency/research/")
    tess.go("link", re.compile(" ".join(HARMED)), "Research")
    tess.go("button", "We know nothing", "We know nothing")
    tess.write("searched", "The register of the service, by both names and dates of birth.")
    tess.look("marac-12-nil")
    tess.enter("We know nothing")
    wait_until(lambda: Research.objects.get(pk=asked.pk).state == "nil")


def opened(keeper: Forums, meeting: Meeting, referral: Referral, *here: tuple[str, str], name: str) -> None:
    """Opened, the promise read, who is here, the one case called."""
    keeper.open(meeting.get_absolute_url(), f"{name}-agenda")
    keeper.follow("Go to the meeting room")
    keeper.act("Open the meeting")
    keeper.open(f"/marac/meetings/{meeting.pk}/room/")
    keeper.follow("Record that the promise was read", "Record that the promise was read")
    keeper.page.check("[name=read]")
    keeper.press("Record that the promise was read")
    keeper.open(f"/marac/meetings/{meeting.pk}/attendance/")
    for agency, who in here:
        line = keeper.page.locator("fieldset.app-attend", has_text=agency).first
        line.get_by_label("Name").fill(who)
        line.get_by_label("Here", exact=True).check()
        line.get_by_label("Promise signed").check()
    keeper.look(f"{name}-attendance")
    keeper.press("Save")
    keeper.page.locator("#list").get_by_role("link", name=re.compile(referral.case.reference)).click()
    keeper.press("Call this case")
    expect(keeper.page.locator("#new-action")).to_be_visible()


def held_by_two(keeper: Forums, chair: Forums, meeting: Meeting) -> None:
    """Each in a browser of their own: what one writes comes to the other, and nothing is taken from under anybody’s hands."""
    room, due = f"/marac/meetings/{meeting.pk}/room/", timezone.localdate() + timedelta(days=3)
    chair.open(room)
    harm = chair.page.get_by_label("Harm to whom, by what")
    harm.fill(HARM)
    harm.blur()
    likely = keeper.page.get_by_label("How likely, and when")
    likely.fill(LIKELY)
    chair.add_action(LOCKS, "Vale housing, Mr Osei", "The lock", due)
    keeper.add_action(WEEKLY, "Vale advisers, J. Farrow", "She is alone with it", due)
    chair.page.locator("#new-action").get_by_label("Risk it answers").press("Control+Enter")
    keeper.page.locator("#new-action").get_by_label("Risk it answers").press("Control+Enter")
    for somebody in (keeper, chair):  # each asks every few seconds: on a busy machine it takes its turn
        expect(somebody.page.locator("#plan")).to_contain_text("2 actions agreed", timeout=SOON)
        expect(somebody.page.get_by_label("Harm to whom, by what")).to_have_value(HARM, timeout=SOON)
        expect(somebody.page.get_by_label("How likely, and when")).to_have_value(LIKELY, timeout=SOON)
    assert KNOWN in chair.look("marac-14-room") and HELD not in chair.words()
    finished(chair, due, "marac-15")


def finished(chair: Forums, due: date, name: str) -> None:
    """Who tells her; the outcome."""
    chair.follow(re.compile("^Change.*who tells her"), "Who tells her")
    chair.page.select_option("[name=tells]", label="Vale advisers")
    chair.page.fill("[name=tells_who]", "J. Farrow")
    chair.page.fill("[name=tells_where]", "At work, in the morning")
    chair.day("tells_by", due)
    chair.save()
    chair.follow(re.compile("^Finish case"), "Finish the case")
    chair.choose("outcome", "actions")
    chair.look(f"{name}-finish")
    chair.press("Finish the case")
    expect(chair.page.locator(".app-room__end")).to_contain_text("Actions agreed")


def minuted(chair: Forums, cleo: Represents, meeting: Meeting) -> None:
    """The meeting makes its own minutes; each agency reads a paper of its own."""
    chair.open(f"/marac/meetings/{meeting.pk}/room/")
    chair.act("Close the meeting")
    chair.open(f"/marac/meetings/{meeting.pk}/room/")
    chair.follow("Issue the minutes", "Issue the minutes")
    chair.page.check("[name=checked]")
    chair.press("Issue the minutes")
    wait_until(lambda: MinutesPaper.objects.filter(copy__meeting=meeting).count() == 3)
    cleo.open(meeting.get_absolute_url())
    cleo.go("link", "The minutes", re.compile("^Minutes"))  # type: ignore[arg-type]
    cleo.go("link", "Vale housing", re.compile("^Minutes"))  # type: ignore[arg-type]
    assert LOCKS in cleo.look("marac-17-minutes") and HELD not in cleo.words()
    paper = cleo.page.get_by_role("link", name=re.compile("^Download as a PDF")).get_attribute("href")
    answer = cleo.page.request.get(f"{cleo.address}{paper}")
    words = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.body())).pages)
    assert LOCKS in words and HARM.split(":")[1].strip() in " ".join(words.split())


def chased(keeper: Forums, cleo: Represents, manager: Forums, action: ForumAction) -> None:
    """Nobody said what came of it: its agency, then the agency’s manager, hear; the coordinator sees it first."""
    for who in (cleo.user, manager.user):
        told = Notice.objects.filter(person=who, deadline__policy="forum-action-done", case=action.case)
        wait_until(told.exists)
        assert not re.search("|".join((*HARMED, *HARMS)), told[0].text)
    assert "late" in manager.open("/agency/actions/", "marac-18-manager").lower()
    assert LOCKS in keeper.open("/marac/actions/", "marac-19-late")
    quarter = quarter_of(timezone.localdate(action.recorded_at))
    assert "Vale housing" in keeper.open(f"/marac/actions/report/?from={quarter}", "marac-20-steering")


def heard_again(chair: Forums, meeting: Meeting, action: ForumAction, due: date) -> None:
    """The old plan beside the new: no action of it is set again before somebody said what it was worth (R-32)."""
    chair.open(f"/marac/meetings/{meeting.pk}/room/")
    old = chair.page.locator("#old")
    expect(old).to_contain_text("2 are not marked yet")
    chair.add_action(LOCKS, "Vale housing, Mr Osei", "The lock", due)
    chair.page.get_by_role("button", name="Add action").click()
    expect(chair.page.get_by_role("alert")).to_contain_text("say first what it was worth")
    expect(chair.page.locator("#new-action").get_by_label("Action", exact=True)).to_have_value(LOCKS)
    for what, worth, words in ((LOCKS, "not_done", "Nobody came."), (WEEKLY, "worked", "Reached each week.")):
        chair.open(f"/marac/meetings/{meeting.pk}/room/")
        chair.page.locator("#old li", has_text=what).get_by_role("link", name=re.compile("^Mark it")).click()
        chair.heading("What came of this action?")
        chair.choose("worth", worth)
        chair.page.fill("[name=words]", words)
        chair.press("Save")
    expect(chair.page.locator("#old")).to_contain_text("All are marked")
    chair.page.locator("#old li", has_text=LOCKS).get_by_role("link", name=re.compile("^Set again")).click()
    expect(chair.page.locator("#new-action").get_by_label("Action", exact=True)).to_have_value(LOCKS)
    chair.add_action(LOCKS, "Vale housing, Mr Osei", "The lock", due)
    chair.page.locator("#new-action").get_by_label("Risk it answers").press("Control+Enter")
    expect(chair.page.locator("#plan")).to_contain_text("Set again")
    harm = chair.page.get_by_label("Harm to whom, by what")
    harm.fill(HARM)
    harm.blur()
    expect(chair.page.locator("[data-box-saved]")).to_contain_text("Saved")
    chair.look("marac-24-old-plan-beside-the-new")
    chair.page.set_viewport_size(PHONE)
    chair.look("marac-25-room")
    chair.page.set_viewport_size(DESK)
    assert ForumAction.objects.get(set_again=action).what == LOCKS


def the_forum() -> tuple[User, User, Forum, Agency, Agency]:
    unit = unit_named("Vale Conference Unit", "JMCU", unit_named("Northshire Police", "NP"))
    hal = who_signs_in("8622", "Lorcan Winter", "marac_coordinator", unit)
    inez = who_signs_in("8623", "Ines Farrow", "forum_chair", unit)
    housing = recorded(hal, "Vale housing", "JVHO", "housing", beneath="JMCU")
    advisers = recorded(hal, "Vale advisers", "JVID", "idva", beneath="JMCU")
    for agency in (housing, advisers):
        signed(hal, agency)
    return hal, inez, forum_of(hal, housing, advisers, name="Vale MARAC", runs="JMCU"), housing, advisers


@pytest.mark.requirement("S2-037")
def test_a_high_grade_is_heard_minuted_chased_and_heard_again_beside_the_old_plan(at_work: Any, system: System) -> None:
    with at(system):
        hal, inez, forum, housing, advisers = the_forum()
        officer = at_work(staff("PC", "8621", "Carys Lund", "officer", "MC1"), Forums)
        keeper, chair = at_work(hal, Forums), at_work(inez, Forums)
        cleo = at_work(who_signs_in("8624", "Cleo Vance", "partner", housing.unit), Represents)
        tess = at_work(who_signs_in("8625", "Tess Arden", "idva", advisers.unit), Represents)
        manager = at_work(who_signs_in("8626", "Bram Oakes", "partner_manager", housing.unit), Forums)
        incident = graded_high(officer.user, "0861")
        referral = completed_and_sent(officer, incident, "marac-01")
        accepted(keeper, referral, "marac-04")
        meeting = planned(keeper, forum, 21)
        keeper.open(meeting.get_absolute_url(), "marac-05-planned")
        keeper.act("Send the agenda", "marac-06-sending")
        wait_until(lambda: Research.objects.filter(referral=referral).count() == 2)
        for partner in (cleo, tess):
            partner.begin()
        returned(cleo, Research.objects.get(referral=referral, agency=housing))
        nothing_known(tess, Research.objects.get(referral=referral, agency=advisers))
    with at(system, meeting.starts_at - timedelta(minutes=5)):
        opened(keeper, meeting, referral, ("Vale housing", "Mr Osei"), ("Vale advisers", "J. Farrow"), name="marac-13")
        held_by_two(keeper, chair, meeting)
        minuted(chair, cleo, meeting)
        locks = ForumAction.objects.get(meeting=meeting, what=LOCKS)
    with at(system, locks.due_at + timedelta(days=5, hours=1)):
        chased(keeper, cleo, manager, locks)
        again = completed_and_sent(officer, graded_high(officer.user, "0862", incident), "marac-21")
        assert again.repeat_of_id == referral.pk
        assert "Repeat: abuse by the same person" in officer.open(again.get_absolute_url())
        accepted(keeper, again, "marac-22")
        second = planned(keeper, forum, 2)
        chair.open(second.get_absolute_url())
        chair.follow("Add a late referral", "Add a late referral")
        chair.page.select_option("[name=referral]", value=str(again.pk))
        chair.page.fill("[name=reason]", "He has found her: it cannot wait two weeks.")
        chair.press("Add a late referral")
        wait_until(lambda: Referral.objects.get(pk=again.pk).state == "listed")
        assert "Late addition" in keeper.open(second.get_absolute_url(), "marac-23-late-addition")
        keeper.act("Send the agenda")
        wait_until(lambda: Research.objects.filter(referral=again).count() == 2)
    with at(system, second.starts_at - timedelta(minutes=5)):
        opened(keeper, second, again, ("Vale housing", "Mr Osei"), name="marac-23")
        due = datetime.now(LONDON).date() + timedelta(days=7)
        heard_again(chair, second, locks, due)
        finished(chair, due, "marac-26")
        take(Meeting.objects.get(pk=second.pk), "close", inez)
        take(Meeting.objects.get(pk=second.pk), "issue", inez, checked="on")
        take(forum, "close", hal)  # other journeys of this system grade high without a forum
