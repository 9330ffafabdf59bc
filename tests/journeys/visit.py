"""What somebody does with the product in a browser: each method is one page's worth of typing and pressing."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from functools import partial

import pypdf
from playwright.sync_api import Page, expect

from accounts.models import User
from cases.models import Case
from tests.journeys.assessing import answer_all, differences_are_explained, no_honour_is_feared, sets_are_answered
from tests.journeys.notebook import ACTIONS, KINDS, PLACES, RELATIONSHIPS, Account

PASSWORD = "lantern-orchard-gate"


class Visit:
    """One person, one browser."""

    def __init__(self, page: Page, address: str, user: User) -> None:
        self.page, self.address, self.user = page, address, user

    def sign_in(self) -> None:
        self.page.goto(f"{self.address}/sign-in/")
        self.page.fill("[name=login]", self.user.username)
        self.page.fill("[name=password]", PASSWORD)
        self.press("Sign in")
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text("Sign in")

    def come_back(self, path: str) -> None:
        """Open a page after a while: past the lock or a fresh sign-in, if that is what the hours have done."""
        self.page.goto(f"{self.address}{path}")
        if "/unlock/" in self.page.url or "/sign-in/" in self.page.url:
            if self.page.locator("[name=login]").count():
                self.page.fill("[name=login]", self.user.username)
            self.page.fill("[name=password]", PASSWORD)
            self.page.locator("form[data-sign-in] button").click()
            self.page.goto(f"{self.address}{path}")

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def heading(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def choose(self, name: str, value: str) -> None:
        self.page.check(f'input[name="{name}"][value="{value}"]')

    def moment(self, name: str, moment: datetime) -> None:
        self.day(name, moment.date())
        self.page.fill(f"[name={name}_time]", f"{moment:%H:%M}")

    def day(self, name: str, day: date) -> None:
        for box, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            self.page.fill(f"[name={name}_{box}]", str(value))

    def save(self) -> None:
        self.press("Save and continue")

    # The record, in the order in which a visit happens

    def begin(self, said: Account) -> str:
        """Begin a record; returns the path of its task list."""
        self.page.goto(f"{self.address}/work/incident/new/begin/")
        call = said["Call"].split(", ")
        self.moment("reported_at", said.moment(call[0]))
        self.choose("channel", call[1].split()[0])
        self.page.fill("[name=log_ref]", call[2].removeprefix("log "))
        self.press("Record an incident")
        self.heading("Record the incident")
        return self.page.url.removeprefix(self.address)

    def record(self, said: Account) -> None:
        """Every section in its order, from the first."""
        self.page.get_by_role("link", name="Immediate safeguarding").click()
        self.safe(said)
        self.save()  # how it was reported: said already
        self.place(said)
        self.happened(said)
        self.kinds(said)
        self.people(said)
        self.arrest(said)
        self.done(said)
        self.serious(said)

    def safe(self, said: Account) -> None:
        answer, _, words = said["Safe"].partition(". ")
        self.choose("everyone_safe", answer)
        self.choose("threat_to_life", "no")
        self.choose("household", "no")
        self.page.fill("[name=made_safe]", words)
        self.save()

    def place(self, said: Account) -> None:
        line, postcode, kind = said.parts("Where")
        self.heading("Where it happened")
        self.page.fill("[name=place]", line)
        self.page.fill("[name=postcode]", postcode)
        self.choose("place_kind", PLACES[kind])
        self.save()

    def happened(self, said: Account) -> None:
        began, ended = said.happened
        self.heading("What happened")
        self.moment("occurred_from", began)
        self.moment("occurred_to", ended)
        self.page.fill("[name=account]", said["Account"])
        self.choose("weapon", said["Weapon"].replace(" ", "_"))
        self.save()

    def kinds(self, said: Account) -> None:
        self.heading("Kinds of abuse")
        for kind in said["Kinds"].split(", "):
            self.choose("abuse_types", KINDS[kind])
        self.save()

    def people(self, said: Account) -> None:
        self.person(said.parts("Harmed"))
        self.view(said)
        self.save()
        self.choose("suspect_known", "yes")
        suspect = said.parts("Suspect")
        self.person(suspect)
        self.connected(suspect)
        self.save()
        self.children(said)
        self.choose("witnesses_seen", "no")
        self.save()
        self.contact()

    def contact(self) -> None:
        """One safe way and what never; then on from the list of sections."""
        self.heading("Safe contact")
        self.page.check('input[name="means"][value="call"]')
        self.page.fill("[name=call]", "07700 900461")
        self.page.check('input[name="never_means"][value="letters"]')
        self.press("Save safe contact")
        self.page.locator("main").get_by_role("link", name="Arrest, or why not").click()

    def person(self, who: list[str]) -> None:
        """Look for somebody first; nobody like them is known, so make a new person."""
        self.page.locator("main").get_by_role("link", name=re.compile("^Add ")).or_(
            self.page.locator("main").get_by_role("button", name=re.compile("^Add "))
        ).first.click()
        self.page.fill("[name=forename]", who[0])
        self.page.fill("[name=surname]", who[1])
        if born := re.fullmatch(r"(\d+) (\d+) (\d{4})", who[2]):
            self.day("born_on", date(int(born[3]), int(born[2]), int(born[1])))
        elif age := re.search(r"(\d\d)$", who[2]):
            self.page.fill("[name=age]", age[1])
        self.press("Look for them")
        self.press(re.compile("make a new person", re.I))

    def view(self, said: Account) -> None:
        """What they want and fear, asked at once of somebody nobody knew before."""
        wants, fears = said.parts("View")
        self.page.fill("[name=wants]", wants)
        self.page.fill("[name=fears]", fears)
        self.choose("interpreter_needed", "no")
        self.press(re.compile("^Save"))

    def connected(self, suspect: list[str]) -> None:
        self.choose("relationship", RELATIONSHIPS[suspect[3]])
        self.choose("cohabiting", "no" if suspect[4] == "lived apart" else "yes")
        if len(suspect) > 5:
            day, month, year = map(int, suspect[5].removeprefix("separated ").split())
            self.day("separated_on", date(year, month, day))
        self.press(re.compile("^Save"))

    def children(self, said: Account) -> None:
        self.heading("Children")
        if not said.get("Child"):
            self.choose("children_present", "no")
            self.save()
            return
        self.choose("children_present", "yes")
        child = said.parts("Child")
        self.person(child)
        self.choose("child_of", "harmed")
        self.choose("whereabouts", "heard")
        self.page.fill("[name=heard_what]", child[5])
        self.choose("seen_by_officer", "yes")
        self.page.fill("[name=demeanour]", "Quiet")
        self.choose("spoken_to", "alone")
        self.page.fill("[name=own_words]", child[5])
        self.choose("injuries", "no")
        self.press(re.compile("^Save"))
        self.page.get_by_role("link", name="School and social care").first.click()
        self.choose("schooling", "not_known")
        self.choose("social_care", "not_known")
        self.press(re.compile("^Save"))
        self.save()

    def arrest(self, said: Account) -> None:
        answer, rest = said["Arrest"].split(", ", 1)
        self.heading("Arrest, or why not")
        self.choose("arrested", answer)
        if answer == "yes":
            self.moment("arrested_at", said.moment(rest))
            self.page.fill("[name=offences]", rest.split(", ", 1)[1])
            self.choose("necessity", "protect")
            self.choose("camera_on", "yes")
        else:
            code, reason = rest.split(", ", 1)
            self.choose("codes", code)
            self.page.fill("[name=why]", reason)
        self.save()

    def done(self, said: Account) -> None:
        self.heading("Positive action")
        for action in said["Action"].split(", "):
            self.choose("actions", ACTIONS[action])
        self.save()
        self.evidence()

    def crime(self) -> None:
        """A crime leads to the page of its offence, picked from a list that takes typing."""
        self.heading("Crime, or why not")
        self.choose("classed", "crime")
        self.choose("da_confirmed", "yes")
        self.save()
        self.heading("Add an offence")
        self.page.select_option("[name=offence]", label="Assault causing actual bodily harm (s47)")
        self.press(re.compile("^Save"))
        self.save()

    def serious(self, said: Account) -> None:
        """As the record itself suggests."""
        self.heading("How serious it is")
        self.choose("severity", "serious" if said["Weapon"] == "yes" else "volume")
        self.save()
        self.heading("Record the incident")

    def evidence(self) -> None:
        """One tap each: video used, scene looked over, nobody hurt, what was asked for."""
        self.heading("Evidence and body-worn video")
        self.choose("bwv_used", "yes")
        self.page.fill("[name=bwv_ref]", "BW-2877-14")
        self.choose("scene_examined", "yes")
        self.choose("injured", "no")
        for source in ("999", "medical", "cctv", "phones", "neighbours"):
            self.choose(f"source_{source}", "sought")
        self.save()
        self.crime()

    # Risk

    def assess(self, said: Account) -> None:
        """The questions, the reasons before the count, what the answers ask for besides, the grade."""
        self.page.get_by_role("link", name="DASH").click()
        self.page.locator("input[name=asked_how]").first.check()
        self.press("Begin the DASH")
        answer_all(self.page, said.answer)
        if said.get("Honour"):
            no_honour_is_feared(self.page)
        assert "that partners count" not in self.page.content()
        self.page.fill("[name=reasons]", said["Reasons"])
        self.press("Save reasons and show the count")
        expect(self.page.locator("#count")).to_contain_text("that partners count")
        differences_are_explained(self.page, said.get("Differs"))
        sets_are_answered(self.page, lambda name: partial(said.answer, of=name))
        self.choose("grade", said["Grade"])
        why = self.page.locator("[name=why_below]")
        if why.count() and why.is_visible():
            why.fill("He has gone and she is with her family tonight, who will ring at once.")
        self.press("Save and go back to sections")

    def send(self) -> None:
        """From the task list to the page that sends, and send."""
        self.page.locator("main a", has_text="Send to your sergeant").first.click()
        self.page.wait_for_url("**/submit/")
        self.press("Send to your sergeant")
        self.page.wait_for_url(re.compile(r"/work/incident/\d+/$"))

    # Deciding

    def decide(self, choice: str, field: str, reason: str) -> None:
        """On the page of the decision: choose, say why, decide."""
        self.choose("decision", f"incident-{choice}")
        self.page.fill(f"[name=incident-{choice}-{field}]", reason)
        self.press("Decide")

    # Printing

    def case_file(self, case: Case) -> tuple[bytes, str]:
        """Print the case file from the case page, watch it being made, and fetch it; its bytes and its words."""
        self.come_back(f"/cases/{case.reference}/")
        self.press("Print case file")
        link = self.page.get_by_role("button", name=re.compile("^Open the case file"))
        expect(link).to_be_visible(timeout=45_000)
        answer = self.page.request.get(f"{self.address}{link.get_attribute('href')}")
        assert answer.status == 200
        body = answer.body()
        return body, words_of(body)


def words_of(body: bytes) -> str:
    """The words of a paper, what its margins say last: else they would stand within a sentence that goes on overleaf."""
    pages = [page.extract_text().splitlines() for page in pypdf.PdfReader(io.BytesIO(body)).pages]
    margins = set.intersection(*({_unnumbered(line) for line in lines} for lines in pages))
    lines = [line for page in pages for line in page]
    said = [line for line in lines if _unnumbered(line) not in margins]
    return " ".join(" ".join([*said, *(line for line in lines if _unnumbered(line) in margins)]).split())


def _unnumbered(line: str) -> str:
    """The same on each page, though the pages are numbered."""
    return re.sub(r"\d+", "#", line.strip())
