"""Who set a grade may not lower it; another may, and nobody spoke to her: on the seventh day it is back by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from cases.models import Case
from config.local.rehearsal import System
from risk.models import Downgrade, Reassessment, RiskDecision, current_grades
from supervision.models import Notice
from tests import factories
from tests.browser import DESK, PHONE
from tests.journeys.looking import Looking, staff, wait_until
from workflow.clock import LONDON
from workflow.models import Deadline

pytestmark = [pytest.mark.long, pytest.mark.parametrize("at_work", [DESK], indirect=True, ids=["desk"])]
HIGHER = "He was seen at her gate twice today, and her sister says he asked at the school when she comes out."
OWN = "You set this grade, or a higher one, so somebody else must lower it."
CHANGED = (
    "The man at the gate was the gas fitter: the school's camera and his van show it. The suspect was at work in Carlow "
    "all day, as his employer's record says."
)
NOT_YET = "She did not pick up twice; tried again tomorrow at the time that is safe for her."


def at_the_case(somebody: Looking, case: Case, panel: str = "grade", name: str = "") -> None:
    somebody.open(f"/cases/{case.reference}/?panel={panel}", name)


def act(somebody: Looking, label: str) -> None:
    """What the case offers, wherever it stands among what may be done."""
    acts = somebody.page.locator("#acts")
    if (more := acts.get_by_text("More actions")).count():
        more.click()
    acts.get_by_role("button", name=label).or_(acts.get_by_role("link", name=label)).first.click()


def raised(sergeant: Looking, case: Case) -> None:
    """She raises the grade at once, with nobody's leave; and then thinks better of it."""
    at_the_case(sergeant, case)
    act(sergeant, "Raise the grade")
    sergeant.heading("Raise the grade")
    sergeant.page.get_by_label("High", exact=True).check()
    sergeant.page.get_by_label("Why is the risk higher?").fill(HIGHER)
    sergeant.press("Raise the grade")
    wait_until(lambda: grade_of(case) == "high")
    at_the_case(sergeant, case)
    act(sergeant, "Lower the grade")
    expect(sergeant.page.locator("main")).to_contain_text(OWN)
    sergeant.look("lowered-01-refused")
    assert grade_of(case) == "high" and not Downgrade.objects.filter(case=case).exists()


def lowered(inspector: Looking, case: Case) -> Downgrade:
    """He sees what stands there and why, and says what has changed; nobody has spoken to her."""
    at_the_case(inspector, case)
    act(inspector, "Lower the grade")
    inspector.heading("Lower the grade")
    stands = inspector.page.locator("main")
    for words in ("What stands there", "One level, never two", HIGHER):
        expect(stands).to_contain_text(words)
    inspector.page.get_by_label("New information disproves what the grade rests on").check()
    inspector.page.get_by_label("What has changed?").fill(CHANGED)
    inspector.page.get_by_role("group", name="Was the victim spoken to about this?").get_by_role(
        "radio", name="No"
    ).check()
    inspector.page.get_by_label("Why not, and what is tried next?").fill(NOT_YET)
    inspector.look("lowered-02-lowering")
    inspector.press("Lower the grade")
    inspector.page.wait_for_url("**/cases/**")
    return Downgrade.objects.get(case=case)


def grade_of(case: Case) -> str:
    return current_grades([case.pk])[case.pk]


def told(user: User, case: Case, policy: str) -> bool:
    return Notice.objects.filter(person=user, case=case, deadline__policy=policy).exists()


def came_back(case: Case) -> bool:
    return RiskDecision.objects.filter(case=case, kind="lapsed").exists()


@pytest.mark.requirement("S2-009")
def test_a_grade_lowered_by_another_without_her_word_is_back_by_itself_on_the_seventh_day(
    at_work: Any, system: System
) -> None:
    idris, june = (
        staff("PC", "8150", "Idris Cole", "officer", "Q5"),
        staff("PS", "8151", "June Farrow", "sergeant", "Q5"),
    )
    ruan = staff("Insp", "8152", "Ruan Pell", "inspector", "Q5")
    case = factories.checked(idris, june, grade="medium").case
    raised(at_work(june), case)

    inspector = at_work(ruan)
    made = lowered(inspector, case)
    assert (grade_of(case), made.decision.decided_by, made.provisional) == ("medium", ruan, True)
    assert made.lapses_at == made.recorded_at + timedelta(days=7)
    until = made.lapses_at.astimezone(LONDON)
    officer = at_work(idris)
    for somebody, name in ((inspector, "inspector"), (officer, "officer")):
        at_the_case(somebody, case, name=f"lowered-03-provisional-{name}")
        expect(somebody.page.locator("#grade")).to_contain_text("Provisional: nobody has spoken to the victim.")
        expect(somebody.page.locator("#grade")).to_contain_text(f"{until.day} {until:%B}")
    wait_until(lambda: told(idris, case, "lowered-spoken"))
    assert "Speak to the victim: grade lowered" in officer.open("/", "lowered-04-my-work")

    assert not told(june, case, "lowered-spoken")
    system.clock.move("+145h")
    wait_until(lambda: told(june, case, "lowered-spoken"))  # a day before it lapses
    assert grade_of(case) == "medium"
    system.clock.move("+1d")
    wait_until(lambda: came_back(case))
    last = RiskDecision.objects.filter(case=case).latest("pk")
    assert (last.from_grade, last.to_grade, last.decided_by.username) == ("medium", "high", User.SYSTEM)
    wait_until(lambda: told(idris, case, "review-lowering-ended"))
    look = Reassessment.objects.owed().get(case=case, trigger="lowering_ended")
    clock = Deadline.objects.open().get(policy="review-lowering-ended", subject_id=look.pk)
    assert (clock.holder, clock.due_at - clock.started_at) == (idris, timedelta(hours=4))

    assert "Look at a grade that came back" in officer.open("/", "lowered-05-my-work-after")
    at_the_case(officer, case, name="lowered-06-came-back")
    expect(officer.page.locator("#grade")).to_contain_text("Came back: nobody spoke to the victim")
    expect(officer.page.locator(".app-identity")).to_contain_text("HIGH")
    at_the_case(officer, case, "risk-reviews")
    expect(officer.page.locator("#risk-reviews")).to_contain_text("A lowered grade came back by itself.")
    officer.page.set_viewport_size(PHONE)
    at_the_case(officer, case, name="lowered-06-came-back")
