"""Nobody was arrested because she did not want it: it comes back by itself, is mended, returned once more, and adequate."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from cases.models import ArrestDecision, ArrestVerdict, Incident
from cases.models.arrest import WISH_ALONE
from tests import factories
from tests.journeys.looking import Looking, staff, wait_until
from workflow import engine

pytestmark = pytest.mark.long
HER_WISH = "She begged us not to take him: she fears what his family will do to her."
LEFT = " He had gone by the back lane before we came; NR7 is looking for him and control has his description."
SEARCHED = " His mother's house and the canal path were searched until 23:00, no trace."
ASKED = "Which addresses were searched, and until when?"


def only_her_wish(officer: User) -> Incident:
    """A whole record in which nothing but her wish is given as the reason."""
    incident = factories.complete(officer, arrested=False)
    row = ArrestDecision.objects.get(incident=incident)
    engine.amend(row, {"codes": ["N12"], "why": HER_WISH}, beneath=incident, by=officer, seen=row.version)
    return Incident.objects.select_related("case").get(pk=incident.pk)


def state(incident: Incident) -> str:
    return str(Incident.objects.values_list("state", flat=True).get(pk=incident.pk))


def to_the_arrest(officer: Looking, why: str) -> None:
    """From the list of sections to the page of the arrest, where it says again why the record came back."""
    officer.page.locator("main").get_by_role("link", name="Arrest, or why not").first.click()
    officer.heading("Arrest, or why not")
    expect(officer.page.locator("main")).to_contain_text(why)


def found_in_the_list(sergeant: Looking, incident: Incident) -> None:
    """From the team's queue to the list, and by the row of this case to the page of the decision."""
    sergeant.open("/team/", "no-arrest-06-team-queue")
    sergeant.page.get_by_role("link", name="No arrest").first.click()
    sergeant.heading("No arrest to check")
    sergeant.look("no-arrest-07-list")
    sergeant.page.get_by_role("link", name=incident.case.reference).first.click()
    expect(sergeant.page.locator("main")).to_contain_text("Your decision")


@pytest.mark.requirement("S3-100")
def test_a_wish_alone_comes_back_by_itself_and_a_sergeant_judges_what_it_is_mended_to(at_work: Any) -> None:
    mina, owen = staff("PC", "7911", "Mina Fallow", "officer", "K1"), staff("PS", "7912", "Owen Birk", "sergeant", "K1")
    incident = only_her_wish(mina)
    officer = at_work(mina)
    officer.open(f"/work/incident/{incident.pk}/submit/", "no-arrest-01-send")
    officer.press("Send to your sergeant")
    officer.page.wait_for_url(f"**/work/incident/{incident.pk}/")
    officer.look("no-arrest-02-sent")
    wait_until(lambda: state(incident) == Incident.State.RECORDING)

    assert WISH_ALONE in officer.open("/", "no-arrest-03-my-work"), "it says why where the day begins"
    officer.page.locator("main").get_by_role("link", name=incident.case.reference).first.click()
    officer.heading("Record the incident")
    assert WISH_ALONE in officer.look("no-arrest-04-came-back")
    to_the_arrest(officer, WISH_ALONE)
    expect(officer.page.locator("[name=why]")).to_have_value(HER_WISH)  # nothing that was typed is lost
    officer.choose("codes", "N4")
    officer.page.fill("[name=why]", HER_WISH + LEFT)
    officer.look("no-arrest-05-mending")
    officer.press("Save and go back to sections")
    officer.send()

    sergeant = at_work(owen)
    found_in_the_list(sergeant, incident)
    assert HER_WISH + LEFT in sergeant.look("no-arrest-08-decide")
    sergeant.answer("arrest-return", ASKED)
    assert state(incident) == Incident.State.RECORDING

    assert ASKED in officer.open(f"/work/incident/{incident.pk}/", "no-arrest-09-returned")
    to_the_arrest(officer, ASKED)
    officer.page.fill("[name=why]", HER_WISH + LEFT + SEARCHED)
    officer.look("no-arrest-10-mending-again")
    officer.press("Save and go back to sections")
    officer.send()

    found_in_the_list(sergeant, incident)
    assert SEARCHED.strip() in sergeant.look("no-arrest-11-decide-again")
    sergeant.answer("arrest-accept", "It says who looked where, and until when.")
    sergeant.look("no-arrest-12-done")
    assert incident.case.reference not in sergeant.open("/team/no-arrest/", "no-arrest-13-list-after")
    page = sergeant.open(f"/cases/{incident.case.reference}/", "no-arrest-14-case")
    for said in (
        "Came back by itself: a wish alone is no reason not to arrest",
        ASKED,
        "No-arrest reason found adequate",
    ):
        assert said in page, said
    verdicts = ArrestVerdict.objects.filter(case=incident.case).order_by("pk").values_list("verdict", flat=True)
    assert list(verdicts) == ["returned", "adequate"]
