"""He is arrested, bailed, and given a day at court: each is looked at once, in its time; the day is moved, and so is the look."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from cases.models import Case, CourseEvent
from config.local.rehearsal import System
from risk.models import Reassessment, RiskDecision
from supervision.models import Notice
from tests import factories
from tests.browser import DESK, PHONE
from tests.journeys.looking import Looking, staff, wait_until
from workflow.clock import LONDON
from workflow.models import Deadline

pytestmark = [pytest.mark.long, pytest.mark.parametrize("at_work", [DESK], indirect=True, ids=["desk"])]
COURT, CONDITIONS = "Northgate Magistrates' Court", "Not to go to Mill Lane; not to contact her."
ADJOURNED = "Adjourned: the interpreter is ill."
STREET = "She sleeps at her sister's: Quay Street must be named in the conditions. Asked of the custody sergeant."
FOUND = "Read the conditions with the custody sergeant and rang her: they name the old flat, and she has moved."


def at_the_case(somebody: Looking, case: Case, panel: str, name: str = "") -> None:
    somebody.open(f"/cases/{case.reference}/?panel={panel}", name)


def act(somebody: Looking, case: Case, label: str) -> None:
    """What the case offers, wherever it stands among what may be done."""
    at_the_case(somebody, case, "course")
    acts = somebody.page.locator("#acts")
    if (more := acts.get_by_text("More actions")).count():
        more.click()
    named = re.compile(f"^{label}")
    acts.get_by_role("button", name=named).or_(acts.get_by_role("link", name=named)).first.click()
    somebody.heading(named)


def arrested(officer: Looking, case: Case, at: datetime) -> None:
    """Found in the evening, at his mother's."""
    at_the_case(officer, case, "done", "course-01-case")
    officer.page.get_by_role("link", name=re.compile("^Record a later arrest")).click()
    officer.heading("Record a later arrest")
    officer.moment("arrested_at", at.astimezone(LONDON))
    officer.page.get_by_label("Where?").fill("His mother's house, Northgate")
    officer.page.get_by_label("For what?").fill("s47 assault")
    officer.choose("necessity", "protect")
    officer.choose("camera_on", "yes")
    officer.look("course-02-arrest")
    officer.press("Record a later arrest")


def entered(officer: Looking, case: Case, kind: str, on: date, clock: str, words: str) -> None:
    """One page for charge, bail, court and release."""
    act(officer, case, "Record charge, bail, court or release")
    officer.page.get_by_label("What is it?").select_option(label=kind)
    officer.day("on", on)
    officer.page.get_by_label("At what time? (optional)").fill(clock)
    officer.page.get_by_label("Which court, which conditions, which order? (optional)").fill(words)
    officer.look(f"course-03-{kind.split()[0].lower()}")
    officer.press("Record charge, bail, court or release")
    officer.page.wait_for_url("**/cases/**")


def moved(officer: Looking, case: Case, on: date, clock: str) -> None:
    at_the_case(officer, case, "course", "course-04-before-it-moves")
    officer.page.get_by_role("link", name=re.compile("^Change its day.*First court hearing")).click()
    officer.heading("Change its day or time")
    expect(officer.page.locator("main")).to_contain_text(COURT)  # which of them it is
    officer.day("on", on)
    officer.page.get_by_label("At what time? (optional)").fill(clock)
    officer.page.get_by_label("Why is it changed?").fill(ADJOURNED)
    officer.look("course-05-moved")
    officer.press("Change its day or time")
    officer.page.wait_for_url("**/cases/**")


def reviewed(officer: Looking, case: Case) -> None:
    """The look at the bail, recorded from the case: the grade, and whether bail and what partners do fit."""
    at_the_case(officer, case, "risk-reviews", "course-06-reviews-owed")
    officer.page.get_by_role("link", name=re.compile("^Record the risk review.*: bail$")).click()
    officer.heading("Record the risk review")
    officer.page.get_by_label("What did you look at, and what did you find?").fill(FOUND)
    group = officer.page.get_by_role("group", name="Was the victim spoken to?")
    group.get_by_label("Yes").check()
    officer.page.get_by_role("group", name="What is the grade now?").get_by_label("High").check()
    officer.press("Record the risk review")
    officer.look("course-07-bail-is-asked")
    expect(officer.page.locator("main")).to_contain_text("Say whether bail fits")
    expect(officer.page.locator("main")).to_contain_text("Say whether what partners do fits")
    bail = officer.page.get_by_role("group", name="Do bail conditions and orders fit the risk?")
    bail.get_by_label("No: it must be changed").check()
    officer.page.locator("[name=bail_words]").fill(STREET)
    officer.page.get_by_role("group", name="Does what partners do fit the risk?").get_by_label("Yes").check()
    officer.look("course-08-review")
    officer.press("Record the risk review")
    officer.page.wait_for_url("**/cases/**")


def looks(case: Case, trigger: str) -> list[str]:
    """The states of the looks that a trigger raised, the first first."""
    rows = Reassessment.objects.filter(case=case, trigger=trigger).order_by("pk")
    return list(rows.values_list("state", flat=True))


def due(case: Case, trigger: str) -> datetime:
    """When the look that is owed must be done."""
    look = Reassessment.objects.owed().get(case=case, trigger=trigger)
    clock: Deadline = Deadline.objects.open().get(subject_type="risk.reassessment", subject_id=look.pk)
    return clock.due_at


@pytest.mark.requirement("S0-021", "S2-022")
def test_an_arrest_bail_and_a_day_at_court_are_each_looked_at_once_and_the_look_moves_with_the_day(
    at_work: Any, system: System
) -> None:
    maeve = staff("PC", "8160", "Maeve Tolan", "officer", "Q6")
    glen = staff("PS", "8161", "Glen Harrow", "sergeant", "Q6")
    case = factories.checked(maeve, glen, grade="medium", arrested=False).case
    officer = at_work(maeve)
    now = system.clock.now()
    today = now.astimezone(LONDON).date()
    taken = (now - timedelta(minutes=5)).replace(second=0, microsecond=0)
    hearing = datetime.combine(today + timedelta(days=2), time(10), LONDON)
    arrested(officer, case, taken)
    entered(officer, case, "Bailed", today, f"{taken.astimezone(LONDON):%H:%M}", CONDITIONS)
    entered(officer, case, "First court hearing", hearing.date(), "10:00", COURT)

    kinds = ("arrest", "bail", "court_before")
    wait_until(lambda: all(looks(case, kind) for kind in kinds))
    assert [looks(case, kind) for kind in kinds] == [["owed"]] * 3, "each is raised once"
    wanted = [taken + timedelta(hours=12), taken + timedelta(hours=4), hearing - timedelta(days=1)]
    assert [due(case, kind) for kind in kinds] == wanted
    clocks = {"review-arrest", "review-bail", "review-court-before"}
    told = Notice.objects.filter(person=maeve, case=case)
    wait_until(lambda: clocks <= set(told.values_list("deadline__policy", flat=True)))

    reviewed(officer, case)
    done = Reassessment.objects.get(case=case, trigger="bail")
    assert (done.state, done.bail, done.bail_words, done.partners) == ("done", "no", STREET, "yes")
    last = RiskDecision.objects.filter(case=case).latest("pk")
    assert (done.decision, last.to_grade, last.kind) == (last, "high", "reassessed")

    later = hearing + timedelta(days=3)
    moved(officer, case, later.date(), "14:00")
    wait_until(lambda: looks(case, "court_before") == ["dropped"])
    at_the_case(officer, case, "risk-reviews")
    officer.page.locator("#risk-reviews").get_by_text("Done, or not needed").click()
    for words in ("Dropped: its date moved or was struck out", "Its date was changed", STREET):
        expect(officer.page.locator("#risk-reviews")).to_contain_text(words)
    officer.look("course-09-dropped")

    system.clock.move("+3d")
    wait_until(lambda: looks(case, "court_before") == ["dropped", "owed"])
    moment = CourseEvent.objects.get(case=case, kind="first_hearing").at
    assert moment == datetime.combine(later.date(), time(14), LONDON)
    assert due(case, "court_before") == moment - timedelta(days=1)
    assert [looks(case, kind) for kind in ("arrest", "bail")] == [["owed"], ["done"]]
    sergeant = at_work(glen)
    sergeant.open("/team/risk-reviews/", "course-10-sergeant")
    row = sergeant.page.locator("tr", has_text="Review the risk: before court")
    expect(row.filter(has_text=case.reference)).to_have_count(1)
    at_the_case(sergeant, case, "course", "course-11-sergeant-case")
    sergeant.page.set_viewport_size(PHONE)
    at_the_case(sergeant, case, "risk-reviews", "course-12-sergeant-case")
