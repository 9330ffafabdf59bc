"""She refuses the questions: he grades what he sees, and a specialist owes her the questions again, and offers them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from cases.models import Case, Incident
from risk.models import Answer, Assessment, Reassessment, RiskDecision
from supervision.models import Notice
from tests import factories
from tests.journeys.looking import Looking, staff, wait_until
from workflow.models import Deadline

pytestmark = pytest.mark.long
SAID = "A bruise on her left arm, she says he did it on Friday."
SEEN = "Nine empty cans on the step, and he could not stand when we came."
SHUT = "She said that she will answer no more, and shut the door."
REASONS = "A bruise and his drinking were seen; she is afraid to speak while he may hear. What she would not say is not known."
FOUND = (
    "Rang at the time she gave; she is at work until six and can speak there. She answered what she had refused: he has "
    "not hurt her before, and he moved to his brother's this morning."
)


def written(by: User) -> Incident:
    """Every section said but the risk."""
    incident = factories.peopled(factories.begun(by), by, "Tamsin Orrell", "Keir Orrell")
    factories.written(incident, by)
    return Incident.objects.select_related("case").get(pk=incident.pk)


def refused(officer: Looking, incident: Incident) -> None:
    """She answers the first question; then no more. He presses nothing but what the page offers him."""
    page = officer.page
    officer.open(f"/work/incident/{incident.pk}/")
    page.locator("main").get_by_role("link", name="DASH").click()
    page.get_by_label("Face to face", exact=True).check()
    officer.press("Begin the DASH")
    officer.choose("q1", "yes")
    page.fill("[name=q1_words]", SAID)
    officer.press("The victim does not want to go on")
    officer.heading("The victim does not want to go on")
    page.get_by_label("Refused some questions", exact=True).check()
    page.get_by_label("What happened?").fill(SHUT)
    page.get_by_label("Mark the questions that are left Declined").check()
    officer.look("refusal-01-stops")
    officer.press("The victim does not want to go on")
    page.wait_for_url("**/dash/*/")


def graded_from_what_is_seen(officer: Looking, grade: str) -> None:
    """What is left is answered from what he sees; the reasons, the count, the grade; then it is sent."""
    page = officer.page
    expect(page.locator(".app-dash__stopped")).to_contain_text("refused some questions")
    expect(page.locator("[name=q1][value=yes]")).to_be_checked()
    expect(page.locator("[name=q2][value=declined]")).to_be_checked()
    officer.choose("q24", "yes")
    page.fill("[name=q24_words]", SEEN)
    page.fill("[name=reasons]", REASONS)
    officer.press("Save reasons and show the count")
    officer.choose("grade", grade)
    officer.look("refusal-02-graded")
    officer.press("Save and go back to sections")
    officer.heading("Record the incident")
    officer.send()


def who_said(incident: Incident, number: int) -> tuple[str, str]:
    """An answer, and whose it is: the victim's own, or the officer's."""
    row = Answer.objects.get(assessment__incident=incident, number=number)
    return row.value, row.source


def owed(case: Case) -> Any:
    return Reassessment.objects.owed().filter(case=case, trigger="refused")


def clock_of(review: Reassessment) -> Deadline:
    return Deadline.objects.get(policy="review-refused", subject_id=review.pk)


def offered_again(specialist: Looking, case: Case, grade: str) -> None:
    """From the list of risk reviews to the page of this one, and what came of it."""
    page = specialist.page
    specialist.open("/")
    if (own := page.locator(".app-header__person > summary")).is_visible():
        own.click()  # on a phone the lists stand beneath the own name
    else:
        page.locator(".app-navigation__menu > summary", has_text="Team").click()
    page.get_by_role("link", name="Risk reviews").locator("visible=true").first.click()
    specialist.heading("Risk reviews")
    specialist.look("refusal-03-reviews")
    row = page.locator("tr", has_text="Offer the questions again").filter(has_text=case.reference)
    row.get_by_role("link", name=case.reference).click()
    specialist.heading("Record the risk review")
    expect(page.locator("main")).to_contain_text("The questions were refused.")
    page.get_by_label("What did you look at, and what did you find?").fill(FOUND)
    page.get_by_role("group", name="Was the victim spoken to?").get_by_label("Yes").check()
    page.get_by_role("group", name="What is the grade now?").get_by_label(grade.capitalize()).check()
    specialist.look("refusal-04-offered")
    specialist.press("Record the risk review")
    page.wait_for_url("**/cases/**")


def test_who_refuses_is_graded_from_what_is_seen_and_offered_the_questions_again_by_a_specialist(
    at_work: Any, request: Any
) -> None:
    """R-19: within 72 hours; within 24 where the grade is high."""
    high = "desk" in request.node.name
    place, grade, hours = ("1", "high", 24) if high else ("2", "medium", 72)
    names = ("Rosa Tarn", "Wren Adley") if high else ("Nuala Birch", "Edda Sorrel")
    rosa = staff("PC", f"814{place}", names[0], "officer", f"Q{place}")
    wren = staff("DC", f"814{int(place) + 2}", names[1], "da_specialist", f"Q{place}")
    incident = written(rosa)
    case = incident.case
    officer = at_work(rosa)
    refused(officer, incident)
    graded_from_what_is_seen(officer, grade)
    assert Incident.objects.get(pk=incident.pk).state == Incident.State.SUBMITTED, "a refusal keeps nothing back"
    assert who_said(incident, 1) == ("yes", "victim")
    assert who_said(incident, 24) == ("yes", "officer")
    assert who_said(incident, 2)[0] == "declined"

    wait_until(lambda: owed(case).exists())
    review = owed(case).get()
    clock = clock_of(review)
    assert clock.due_at - clock.started_at == timedelta(hours=hours)
    wait_until(lambda: Notice.objects.filter(person=wren, deadline=clock).exists())
    told = Notice.objects.get(person=wren, deadline=clock).text
    assert case.reference in told and "Orrell" not in told
    assert not Notice.objects.filter(person=rosa, deadline=clock).exists(), "it is the specialist's"

    specialist = at_work(wren)
    offered_again(specialist, case, grade)
    review.refresh_from_db()
    assert (review.state, review.ended_by, review.spoken, review.outcome) == ("done", wren, "yes", FOUND)
    assert not owed(case).exists() and clock_of(review).met
    last = RiskDecision.objects.filter(case=case).latest("pk")
    assert (last.to_grade, last.kind, last.spoken, last.decided_by) == (grade, "reassessed", "yes", wren)

    seen = officer.open(f"/cases/{case.reference}/?panel=risk-reviews", "refusal-05-case")
    assert "The questions were refused." in seen, "the timeline says why it is owed"
    officer.page.locator("#risk-reviews").get_by_text("Done, or not needed").click()
    expect(officer.page.locator("#risk-reviews")).to_contain_text("Offer the questions again")
    expect(officer.page.locator("#risk-reviews")).to_contain_text(FOUND)
    officer.look("refusal-06-answer-read")
    assert SEEN in officer.open(f"/dash/{Assessment.objects.get(incident=incident).pk}/", "refusal-07-dash-read")
