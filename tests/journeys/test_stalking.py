"""A stalking report: DASH, S-DASH and screening by keyboard alone, graded and sent; the queue, and a specialist's own look."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from cases.models import Incident, SetMarker
from config.local.rehearsal import System
from risk.models import Assessment, Reassessment, RiskDecision
from supervision.models import Notice
from tests import factories
from tests.browser import DESK, PHONE
from tests.journeys.keyboard import ByKeys
from tests.journeys.looking import Looking, staff, wait_until
from workflow import engine

pytestmark = [pytest.mark.long, pytest.mark.parametrize("at_work", [DESK], indirect=True, ids=["desk"])]

TOLD = "Forty messages a day since March. Tonight he stood outside the shop where she works and held her by the arm."
TEXTS, SHAKES = "Forty messages a day since March, waits at her work.", "She will not walk to the bus by herself."
LEFT, OFTENER = "She ended it in March.", "Every day now, at first twice a week."
TURNS_UP = "Five times this week, at the shop."
WHY_NOT = "Nobody: she knows of no dispute."
PATTERN = [
    "All of it is about her.",
    "Three new numbers after she blocked him.",
    "Told him in April.",
    "Daily since March.",
]
REASONS = "Forty messages a day and he turns up at her work. He has not hurt her before tonight. Where he sleeps is not known."
FOUND = (
    "Rang her at the safe time. He has found her new number and knows her sister's street: it goes on and is closer."
)


class Assessing(ByKeys):
    """The same, on the page of questions."""

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.name"))

    def back_to(self, number: int) -> None:
        """From below the questions: back to the last of them, and up to this one."""
        last = self.page.locator("[data-question]").count()
        for _ in range(20):
            if self.focused() == f"q{last}":
                break
            self.hit("Shift+Tab")
        self.hit(*["ArrowUp"] * (last - number))

    def to_the_questions(self) -> None:
        """By the link that skips what comes before them, onto the first question."""
        self.tab_to(self.page.get_by_role("link", name="Skip to the questions"), 5)
        self.hit("Enter", "Tab")
        expect(self.page.locator("#id_q1")).to_be_focused()

    def answers(self, numbers: range, yes: dict[int, str]) -> None:
        """From the question that has the focus: N goes on, Y goes into the words; Escape and the arrow on from there."""
        for number in numbers:
            assert self.focused() == f"q{number}"
            if number not in yes:
                self.hit("n")
                continue
            self.hit("y")
            expect(self.page.locator(f"#id_q{number}_words")).to_be_focused()
            self.type(yes[number])
            self.hit("Escape", "ArrowDown")


def reported(officer: Any) -> Incident:
    """The record of the night, whole but for its assessment. Nothing in it is ticked as a sign of stalking."""
    incident = factories.peopled(factories.begun(officer, log_ref="0641"), officer, "Thea Marlowe", "Curtis Dane")
    incident = factories.written(incident, officer, arrested=False)
    return engine.amend(incident, {"account": TOLD}, by=officer, seen=incident.version)  # type: ignore[no-any-return]


def begun_from_my_work(officer: Assessing, incident: Incident) -> None:
    officer.open("/", "stalking-01-my-work")
    officer.go("link", incident.case.reference, "Record the incident")
    officer.go("link", "DASH", "Begin the DASH")
    officer.tab_to(officer.page.locator("input[name=asked_how]").first)
    officer.hit("Space")
    officer.go("button", "Begin the DASH", "DASH")


def s_dash(officer: Assessing) -> None:
    """Question 8 is Yes: beside its words stands the set that it opens."""
    officer.to_the_questions()
    officer.answers(range(1, 8), {2: SHAKES, 6: LEFT})
    officer.hit("y")
    officer.type(TEXTS)
    officer.hit("Tab")
    expect(officer.page.get_by_role("button", name="Save and begin S-DASH")).to_be_focused()
    officer.look("stalking-02-question-8")
    officer.hit("Enter")
    officer.heading("S-DASH")
    officer.page.wait_for_load_state()
    assert SHAKES in officer.look("stalking-03-s-dash"), "what the DASH says of fear is offered"
    assert officer.page.locator("#q1 input:checked").count() == 0, "and never ticked"
    officer.tab_to(officer.page.get_by_role("button", name=re.compile("^Still true: use it")))
    officer.hit("Enter")
    expect(officer.page.locator("#id_q1_words")).to_have_value(SHAKES)
    officer.page.wait_for_load_state()
    officer.tab_to(officer.page.locator("#id_q2"))
    officer.answers(range(2, 12), {4: TURNS_UP})
    officer.look("stalking-04-s-dash-answered")
    officer.go("button", "Save and go back to the DASH", "DASH")


def screening(officer: Assessing) -> None:
    expect(officer.page.locator("#further li", has_text="S-DASH")).to_contain_text("11 of 11 answered")
    officer.go("button", "Save and begin Stalking screening", "Stalking screening")
    officer.to_the_questions()
    officer.answers(range(1, 5), dict(enumerate(PATTERN, 1)))
    officer.hit("n")
    officer.look("stalking-05-screening")
    officer.go("button", "Save and go back to the DASH", "DASH")


def rest_and_grade(officer: Assessing) -> None:
    officer.back_to(9)
    officer.answers(range(9, 28), {13: OFTENER})
    officer.tab_to(officer.page.locator("#id_reasons"))
    officer.type(REASONS)
    officer.tab_to(officer.page.get_by_role("button", name="Save reasons and show the count"))
    officer.hit("Enter")
    expect(officer.page.locator("#count")).to_contain_text("4 of 27")
    officer.tab_to(officer.page.locator("input[name=grade]").first)
    officer.hit("ArrowDown")
    expect(officer.page.locator("input[name=grade][value=medium]")).to_be_checked()
    expect(officer.page.locator("#not-yet")).to_contain_text("Nothing is missing from this DASH.")
    officer.look("stalking-06-dash-graded")
    officer.tab_to(officer.page.locator("button[data-send]"))
    officer.hit("Enter")
    officer.heading("Send to your sergeant")


def sent(officer: Assessing, incident: Incident) -> None:
    officer.tab_to(officer.page.locator("main").get_by_role("button", name="Send to your sergeant"))
    officer.hit("Enter")
    officer.heading("The incident")
    assert Incident.objects.get(pk=incident.pk).state == Incident.State.SUBMITTED


def owed(incident: Incident) -> Any:
    return Reassessment.objects.owed().filter(case=incident.case, trigger="secondary")


def assessed_again(specialist: Looking, incident: Incident) -> None:
    """From the list of what is owed to the record of it: the specialist finds more than the officer could."""
    specialist.open("/team/risk-reviews/", "stalking-10-reviews")
    specialist.page.get_by_role("link", name=incident.case.reference).first.click()
    specialist.heading("Record the risk review")
    assert "because of what was reported" in specialist.look("stalking-11-review")
    specialist.page.fill("[name=outcome]", FOUND)
    specialist.choose("spoken", "yes")
    specialist.choose("grade", "high")
    specialist.press("Record the risk review")
    expect(specialist.page.get_by_role("heading", name="Risk reviews")).to_be_visible()


@pytest.mark.requirement("S0-002")
def test_a_stalking_report_is_assessed_by_keyboard_alone_and_looked_at_again_by_a_specialist(
    at_work: Any, system: System
) -> None:
    dora = staff("PC", "8104", "Dora Finch", "officer", "ST1")
    lewis = staff("PS", "8105", "Lewis Amor", "sergeant", "ST1")
    iona = staff("DC", "8106", "Iona Speight", "da_specialist", "ST1")
    incident = reported(dora)
    reference = incident.case.reference

    officer = at_work(dora, Assessing)
    officer.put_the_mouse_away()
    begun_from_my_work(officer, incident)
    s_dash(officer)
    assert not SetMarker.objects.filter(case=incident.case).exists(), "eleven answers are no pattern yet"
    screening(officer)
    rest_and_grade(officer)
    sent(officer, incident)
    dash = Assessment.objects.get(incident=incident, follows__isnull=True)
    sets = Assessment.objects.filter(follows=dash).order_by("pk")
    assert [(row.instrument.code, row.answers.count()) for row in sets] == [("s-dash", 11), ("stalking-screen", 5)]
    taken = sets[0].answers.get(number=1)
    assert (taken.text, taken.copied_from) == (SHAKES, dash.answers.get(number=2))
    flag = SetMarker.objects.get(case=incident.case, code="stalking")
    assert flag.why == "The screening points to stalking: 4 of the four indicators are Yes."

    assert reference not in officer.open("/stalking/", "stalking-07-not-hers"), "the queue is for who works it"
    sergeant = at_work(lewis)
    sergeant.open("/team/")
    main = sergeant.page.get_by_role("navigation", name="Main")
    main.get_by_text("Team", exact=True).click()
    main.get_by_role("link", name="Stalking").click()
    sergeant.heading("Stalking and harassment")
    row = sergeant.page.locator(".app-in-hand__item", has_text=reference)
    for words in ("Thea Marlowe", "MEDIUM", "S-DASH done"):
        expect(row).to_contain_text(words)
    sergeant.look("stalking-08-queue")

    wait_until(lambda: owed(incident).count() == 1)
    wait_until(
        lambda: Notice.objects.filter(person=iona, case=incident.case, deadline__policy="review-secondary").exists()
    )
    specialist = at_work(iona)
    told = specialist.open("/notices/", "stalking-09-told")
    assert reference in told and not re.search("Thea|Marlowe|Curtis|Dane", told)
    assessed_again(specialist, incident)
    assert not owed(incident).exists()
    grades = (
        RiskDecision.objects.filter(case=incident.case).order_by("pk").values_list("to_grade", "decided_by", "role")
    )
    assert list(grades) == [("medium", dora.pk, "officer"), ("high", iona.pk, "da_specialist")]
    sergeant.open("/stalking/")
    expect(sergeant.page.locator(".app-in-hand__item", has_text=reference)).to_contain_text("HIGH")

    words = sergeant.keep_case_file(incident.case, "stalking")
    for said in ("S-DASH, version 1", TURNS_UP, "Stalking screening, version 1", PATTERN[1], FOUND):
        assert said in words, said
    sergeant.page.set_viewport_size(PHONE)
    sergeant.open("/stalking/", "stalking-12-queue")
    sergeant.open(f"/dash/{sets[0].pk}/", "stalking-13-s-dash-read")
