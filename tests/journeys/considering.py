"""Clare’s Law at work in a browser: who works it, and what each page of a consideration is given by whoever stands before it."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, timedelta
from typing import Any

import pypdf
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from dvds.models import Application, FinalReport, Intake
from marac.models import Forum, Meeting
from tests.browser import DESK, PHONE
from tests.cast import unit as unit_named
from tests.journeys.looking import wait_until
from tests.journeys.test_marac import Forums, who_signs_in
from tests.journeys.test_safety_plan import Planner
from tests.marac.made import at_ten, forum_of
from tests.marac.made import meeting as meeting_of
from tests.partners import recorded, signed
from workflow.clock import LONDON
from workflow.models import Deadline

#: Both journeys have one unit: where there are two, what comes goes to one of them.
UNIT = ("Vale Disclosure Unit", "JDU")


def of_the_unit(username: str, name: str, role: str) -> User:
    return who_signs_in(username, name, role, unit_named(*UNIT, unit_named("Northshire Police", "NP")))


def forum_with(coordinator: User, name: str, code: str) -> Forum:
    """A forum run by the unit, in which one agency sits whose agreement counts."""
    advisers = recorded(coordinator, f"{name} advisers", code, "idva", beneath=UNIT[1])
    signed(coordinator, advisers)
    return forum_of(coordinator, advisers, name=name, runs=UNIT[1])


def sits_in(forum: Forum, coordinator: User, days: int, *, chair: str) -> Meeting:
    """A meeting at ten in the morning, so many days from now."""
    said = {"chair": chair, "keeper": coordinator.username, "starts_at": at_ten(days).isoformat()}
    return meeting_of(forum, coordinator, **said)


def now(minutes_ago: int = 0) -> datetime:
    """To the minute, as it is typed."""
    return (timezone.now() - timedelta(minutes=minutes_ago)).replace(second=0, microsecond=0)


def due_of(application: Application, policy: str) -> datetime:
    return Deadline.objects.get(case=application.case_id, policy=policy).due_at


def beside(label: str, system: str, who: str) -> re.Pattern[str]:
    """The link of that label in the row of a system and a person: which one, only whoever hears the page is told."""
    return re.compile(f"^({label}).*: {system}, {who}$")


def state_of(application: Application) -> str:
    return str(Application.objects.values_list("state", flat=True).get(pk=application.pk))


def is_now(application: Application, state: str) -> None:
    wait_until(lambda: state_of(application) == state, 20)


class Considers(Forums, Planner):
    """Somebody of the unit, the control room, the forum, or who puts something at the door."""

    def say(self, **said: Any) -> None:
        """Every box by its name: words, a day, a moment, a choice, several."""
        for name, value in said.items():
            self.put(name, value)

    def put(self, name: str, value: Any) -> None:
        box = self.page.locator(f'main [name="{name}"]')
        if not box.count():
            self.put_when(name, datetime.fromisoformat(value) if isinstance(value, str) else value)
            return
        kind = box.first.evaluate("one => one.type")
        if value == "on":
            box.check()
        elif kind in ("radio", "checkbox"):
            for one in value if isinstance(value, list) else [value]:
                self.page.check(f'main input[name="{name}"][value="{one}"]')
        elif kind == "select-one":
            box.select_option(str(value))
        else:
            box.fill(str(value))

    def put_when(self, name: str, value: date) -> None:
        timed = self.page.locator(f'main [name="{name}_time"]').count()
        if isinstance(value, datetime) and timed:
            self.moment(name, value.astimezone(LONDON))
        else:
            self.day(name, value)

    def take(self, label: str, name: str = "", **said: Any) -> str:
        """A step by the link that bears its name: what it asks, and the button of the same name. The words of the page after."""
        self.follow(label, label)
        self.say(**said)
        if name:
            self.look(name)
        asked = self.page.url
        self.page.locator("main").get_by_role("button", name=label, exact=True).click()
        self.page.wait_for_url(lambda url: url != asked)
        return self.words()

    def at_both(self, name: str) -> str:
        """The page as it is, kept at 390 and at 1280."""
        self.page.set_viewport_size(PHONE)
        self.look(name)
        self.page.set_viewport_size(DESK)
        return self.look(name)

    def look_on_a_phone(self, name: str) -> None:
        self.page.set_viewport_size(PHONE)
        self.look(name)
        self.page.set_viewport_size(DESK)

    def consider(self, application: Application, name: str = "") -> str:
        return self.open(application.get_absolute_url(), name)

    # --- taking it down

    def name_somebody(self, part: str, forename: str, surname: str, born_on: date, address: str) -> None:
        """Looked for first; whoever is known already is taken, else a new person."""
        self.follow("Name somebody", "Who is it?")
        self.say(part=part, forename=forename, surname=surname, born_on=born_on, address=address)
        self.press("Look for them")
        known = self.page.get_by_role("button", name=re.compile("^This is who is meant"))
        expect(self.page.locator("#found")).to_be_visible()
        (
            known if known.count() else self.page.get_by_role("button", name=re.compile("make a new person", re.I))
        ).first.click()
        self.heading("Who they are")

    def section_of(self, label: str, name: str = "", **said: Any) -> None:
        """One section, saved; the next opens by itself."""
        self.heading(label)
        self.say(**said)
        if name:
            self.at_both(name)
        self.save()

    # --- the checks

    def looked(self, system: str, who: str, name: str = "", **said: Any) -> None:
        """A look in a system for somebody: name and birth date stand in the boxes; what our records propose is searched too."""
        self.follow(beside("Record a look|Look again", system, who))
        self.heading("Record a look in a system")
        self.say(**said)
        for proposed in self.page.locator("main input[name=also_searched]").all():
            proposed.check()
        if name:
            self.look(name)
        self.press("Record a look in a system")
        self.heading("Checks")

    def agree(self, system: str, who: str, name: str = "") -> None:
        self.follow(beside("Confirm that there is no trace", system, who))
        self.heading("Confirm that there is no trace")
        self.say(read="on")
        if name:
            self.look(name)
        self.press("Confirm that there is no trace")
        self.heading("Checks")

    # --- the end

    def reported(self, application: Application, reference: str, name: str) -> FinalReport:
        """From the list of what is owed to the report; submitted, and found through PND."""
        report = FinalReport.objects.get(application=application)
        self.open("/considerations/reports/", f"{name}-owed")
        self.follow(application.case.reference)
        self.heading("Final intelligence report")
        self.take("Record that it was submitted", reference=reference, submitted_at=now())
        self.open(report.get_absolute_url())
        year = timezone.localdate() + timedelta(days=365)
        found = {"found": "on", "local": "on", "agencies": "Probation, and the advisers", "review_on": year}
        self.take("Record that it can be found", f"{name}-found", uploaded_at=now(), **found)
        self.open(report.get_absolute_url(), f"{name}-report")
        return FinalReport.objects.get(pk=report.pk)

    def decision_record(self, application: Application, name: str) -> str:
        """The paper for the police alone, kept beside the pictures; its words."""
        self.open(f"{application.case.get_absolute_url()}?panel=decision-record")
        self.press("Print the decision record")
        link = self.page.get_by_role("button", name=re.compile("^Open it"))
        expect(link).to_be_visible(timeout=45_000)
        body = self.page.request.get(f"{self.address}{link.get_attribute('href')}").body()
        (self.pictures / f"{name}.pdf").write_bytes(body)
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages]
        assert all("OFFICIAL-SENSITIVE" in page for page in pages)
        return " ".join(" ".join(pages).split())


def opened_by(keeper: Considers, meeting: Meeting) -> None:
    """The coordinator sends the agenda out; on the day the meeting is opened and the promise read."""
    keeper.open(meeting.get_absolute_url())
    keeper.act("Open the meeting")
    keeper.open(f"/marac/meetings/{meeting.pk}/room/")
    keeper.follow("Record that the promise was read", "Record that the promise was read")
    keeper.page.check("[name=read]")
    keeper.press("Record that the promise was read")


def signed_by(supervisor: Considers, application: Application, name: str, why: str) -> None:
    """On the page of the decision, beside what was learned and judged."""
    supervisor.follow("Sign and refer to the forum", "Categorise, and refer to the forum")
    expect(supervisor.page.locator("main")).to_contain_text("The police propose")
    supervisor.look(name)
    supervisor.answer("consideration-sign", why)
    is_now(application, "referred")


def put_down_by(somebody: User) -> Intake:
    return Intake.objects.filter(recorded_by=somebody).order_by("-pk")[0]
