"""So-called honour is feared: the case is shut at once to all but who must act, the H-DASH is owed, High is the lowest."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from cases.models import Case, Incident, Task
from config.local.rehearsal import System
from risk.models import Assessment, Reassessment
from supervision.models import Notice
from tests import factories
from tests.browser import DESK, PHONE
from tests.journeys.assessing import answer_all
from tests.journeys.looking import Looking, staff, wait_until

pytestmark = [pytest.mark.long, pytest.mark.parametrize("at_work", [PHONE], indirect=True, ids=["phone"])]

HER, HIM = "Leyla Ostrova", "Emin Ostrova"
NAMES = re.compile("Leyla|Emin|Ostrova")
CUT_OFF, OTHERS = (
    "No telephone since May, her brother drives her to work and back.",
    "Her uncle says that the family is shamed.",
)
FEARED = "Her brother and her uncle. A wedding abroad is spoken of for the summer holidays."
MARRIAGE, ABROAD = "To a cousin she has met once, in August.", "Her mother keeps the passport; tickets are booked."
REASONS = (
    "She believes that she will be taken abroad in August. We met her alone at work. Who else knows of it is not known."
)
BANNER = "There may be one chance to help"
NO_PAGE = "You cannot see this page, or there is no such page"


class Colleague(Looking):
    """Somebody of the same team who is not named: what is not there for them is an answer, and no fault of the page."""

    def hear(self, words: str) -> None:
        if "status of 404" not in words:
            super().hear(words)

    def finds(self, words: str) -> str:
        """By the box in the frame; what the answer is headed."""
        self.open("/search/")
        self.page.get_by_label("Name, address, phone or reference", exact=True).fill(words)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("h1")).to_be_focused()
        return self.page.locator("h1").inner_text()


def reported(officer: User) -> Incident:
    """The record of the night, whole but for its assessment; nothing in it speaks of honour yet."""
    incident = factories.peopled(factories.begun(officer, log_ref="0733"), officer, HER, HIM)
    return factories.written(incident, officer, arrested=False)


def yes_to(number: int) -> tuple[str, str]:
    return {4: ("yes", CUT_OFF), 20: ("yes", OTHERS)}.get(number, ("no", ""))


def fear_is_said(officer: Looking, incident: Incident) -> None:
    """The questions, and what Yes to 4 and 20 asks: saved without a reason, a grade or a further set."""
    officer.open(f"/work/incident/{incident.pk}/")
    officer.page.get_by_role("link", name="DASH", exact=True).click()
    officer.page.locator("input[name=asked_how]").first.check()
    officer.press("Begin the DASH")
    answer_all(officer.page, yes_to)
    assert BANNER not in officer.words()
    officer.choose("honour", "yes")
    officer.page.fill("[name=honour_words]", FEARED)
    officer.look("honour-03-said")
    officer.page.locator(".app-dash__bar summary").click()  # on a phone the bar at the foot opens onto it
    officer.page.locator(".app-dash__bar").get_by_role("button", name="Save").click()
    expect(officer.page.get_by_role("region", name=BANNER)).to_be_visible()
    assert "Restricted" in officer.look("honour-04-shut")


def is_shut(colleague: Colleague, incident: Incident, before: str) -> None:
    """What he had open a minute ago is not there, by its address, its link, its reference or her name."""
    colleague.page.locator("main").get_by_role("link", name="What happened").first.click()
    colleague.heading(NO_PAGE)
    colleague.look("honour-05-colleague")
    dash = Assessment.objects.get(incident=incident, follows__isnull=True)
    for path in (
        f"/cases/{incident.case.reference}/",
        before,
        f"/dash/{dash.pk}/",
        f"/cases/{incident.case.reference}/files/",
    ):
        assert NAMES.search(colleague.open(path)) is None
        colleague.heading(NO_PAGE)
    assert colleague.finds(HER) == f"Nobody found who may be “{HER}”"
    assert "you may not open" not in colleague.look("honour-06-colleague-finds-nobody")
    assert colleague.finds(incident.case.reference) == f"No case found with the reference {incident.case.reference}"
    for path in ("/", "/notices/"):
        assert incident.case.reference not in colleague.open(path)


def high_is_the_lowest(officer: Looking) -> None:
    officer.page.fill("[name=reasons]", REASONS)
    officer.press("Save reasons and show the count")
    expect(officer.page.locator("#count")).to_contain_text("2 of 27")
    expect(officer.page.locator("#grade")).to_contain_text("Lowest grade allowed: High. So-called honour")
    assert officer.page.locator("input[name=grade]").evaluate_all("all => all.map(one => one.value)") == ["high"]
    officer.choose("grade", "high")
    officer.look("honour-07-grade")


def h_dash_is_owed(officer: Looking) -> None:
    """Not sent without it; the page says so beside the button, which stays shut, and leads there."""
    expect(officer.page.locator("button[data-send]")).to_have_attribute("aria-disabled", "true")
    expect(officer.page.locator("#not-yet")).to_contain_text("H-DASH not done")
    officer.look("honour-08-not-without-the-h-dash")
    officer.press("Save and begin H-DASH")
    officer.heading("H-DASH")
    expect(officer.page.get_by_role("region", name=BANNER)).to_be_visible()
    said = {4: ("yes", MARRIAGE), 5: ("yes", ABROAD)}
    answer_all(officer.page, lambda number: said.get(number, ("no", "")))
    officer.look("honour-09-h-dash")
    officer.press("Save and go back to the DASH")
    expect(officer.page.locator("#further li", has_text="H-DASH")).to_contain_text("10 of 10 answered")


def sent(officer: Looking, incident: Incident) -> None:
    officer.page.locator("button[data-send]").click()
    officer.heading("Send to your sergeant")
    officer.press("Send to your sergeant")
    officer.heading("The incident")
    officer.look("honour-10-sent")
    assert Incident.objects.get(pk=incident.pk).state == Incident.State.SUBMITTED


def told(user: User, incident: Incident, policy: str) -> bool:
    return Notice.objects.filter(person=user, case=incident.case, deadline__policy=policy).exists()


def mails_of(system: System, incident: Incident) -> list[str]:
    files = [path.read_text(encoding="utf-8", errors="replace") for path in system.outbox.iterdir()]
    return [text for file in files for text in file.split("-" * 79) if incident.case.reference in text]


def test_a_fear_of_honour_shuts_the_case_at_once_and_a_specialist_is_asked(at_work: Any, system: System) -> None:
    maud = staff("PC", "8120", "Maud Petrie", "officer", "HB1")
    joan = staff("PS", "8121", "Joan Eskdale", "sergeant", "HB1")
    roz = staff("DC", "8122", "Roz Tennant", "da_specialist", "HB1")
    emin = staff("PC", "8123", "Kit Sorley", "officer", "HB1")
    incident = reported(maud)
    case, record = incident.case, f"/work/incident/{incident.pk}/"

    colleague = at_work(emin, Colleague)
    assert not colleague.finds(HER).startswith("Nobody")
    assert case.reference in colleague.open(f"/cases/{case.reference}/", "honour-01-colleague-before")
    colleague.open(record, "honour-02-colleague-on-the-record")

    officer = at_work(maud)
    fear_is_said(officer, incident)
    assert Case.objects.get(pk=case.pk).restricted
    is_shut(colleague, incident, record)
    assert Task.objects.get(case=case, kind="honour").owed_by == "da_specialist"
    wait_until(lambda: told(roz, incident, "task-honour"))

    high_is_the_lowest(officer)
    h_dash_is_owed(officer)
    sent(officer, incident)
    wait_until(lambda: Reassessment.objects.owed().filter(case=case, trigger="secondary").exists())
    wait_until(lambda: told(roz, incident, "review-secondary"))

    specialist = at_work(roz)
    notices = specialist.open("/notices/", "honour-11-specialist-told")
    assert case.reference in notices and not NAMES.search(notices)
    specialist.page.get_by_role("link", name=re.compile(case.reference)).first.click()
    specialist.heading("Record the risk review")
    assert "Restricted" in specialist.look("honour-12-owed-by-the-specialist") and HER in specialist.words()
    specialist.open(f"/cases/{case.reference}/?panel=dash", "honour-12-case")
    for words in (MARRIAGE, ABROAD, OTHERS):
        expect(specialist.page.locator("main")).to_contain_text(words)
    dash = Assessment.objects.get(incident=incident, follows__isnull=True)
    assert BANNER in specialist.open(f"/dash/{dash.pk}/", "honour-13-read") and FEARED in specialist.words()

    sergeant = at_work(joan)
    assert case.reference in sergeant.open("/team/", "honour-14-team")
    check = sergeant.open(f"{record}decide/record/", "honour-15-check")
    assert "Restricted" in check and FEARED in check
    words = sergeant.keep_case_file(case, "honour")
    assert FEARED in words and MARRIAGE in words
    assert not Notice.objects.filter(person=emin, case=case).exists(), "and whoever is not named hears nothing of it"
    wait_until(lambda: bool(mails_of(system, incident)))
    assert not [mail for mail in mails_of(system, incident) if NAMES.search(mail)]
    officer.page.set_viewport_size(DESK)
    officer.open(f"/dash/{dash.pk}/", "honour-16-dash-after")
