"""A first incident on a telephone, counted as it is walked: the figures of docs/ux.md, and nothing typed twice."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import User
from cases.models import Incident
from tests.journeys.counting import Fingers
from tests.journeys.notebook import Account
from tests.journeys.visit import Visit
from tests.looks import enter
from workflow.declare import all_missing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
PAPER = Path(__file__).parents[2] / "docs" / "ux.md"
BEGIN, END = "<!-- counted by tests/cases/test_short_path.py -->", "<!-- end -->"

#: One person harmed, one suspect, two children, no arrest.
NIGHT = {
    "Call": "yesterday 22:41, 999 call, log 0112",
    "Where": "Flat 3, 14 Sample Road, Exampleton / NR3 4QX / home they share or shared",
    "Safe": "yes. Took her and the children to her sister; he has gone and she will ring 999.",
    "When": "yesterday 22:15 to 22:40",
    "Harmed": "Hannah / Okoro / 3 5 1991",
    "View": "Wants him to stay away and the flat to be hers / Afraid that he comes back tonight",
    "Suspect": "Daniel / Reeve / 17 11 1988 / ex partner who lived with her / lived apart / separated 3 5 2026",
    "Account": "Hannah says that Daniel came for his post, pushed past her and put both hands on her neck.",
    "Weapon": "no",
    "Kinds": "physical, controlling",
    "Arrest": "no, N4, He had gone before we came. Description circulated, two cars are looking for him.",
    "Action": "victim to family",
}
CHILDREN = (
    ["Eli", "Okoro", "2 2 2018", "He was shouting at mummy again", "A bang and mummy crying", "Quiet, held my hand"],
    ["Mia", "Okoro", "9 6 2021", "Daddy broke the plate", "Shouting in the kitchen", "Crying, then asleep"],
)


class TwoChildren(Visit):
    """The walk of the journeys, with a second child."""

    def children(self, said: Account) -> None:
        self.heading("Children")
        self.choose("children_present", "yes")
        for child in CHILDREN:
            self.add_child(child)
            self.about(child)
        self.save()

    def add_child(self, child: list[str]) -> None:
        self.page.locator("main").get_by_role("link", name=re.compile("^Add a child")).or_(
            self.page.locator("main").get_by_role("button", name=re.compile("^Add a child"))
        ).first.click()
        self.page.fill("[name=forename]", child[0])
        self.page.fill("[name=surname]", child[1])
        day, month, year = map(int, child[2].split())
        self.day("born_on", date(year, month, day))
        self.press("Look for them")
        self.press(re.compile("make a new person", re.I))

    def about(self, child: list[str]) -> None:
        self.choose("child_of", "harmed")
        self.choose("whereabouts", "heard")
        self.page.fill("[name=heard_what]", child[4])
        self.choose("seen_by_officer", "yes")
        self.page.fill("[name=demeanour]", child[5])
        self.choose("spoken_to", "alone")
        self.page.fill("[name=own_words]", child[3])
        self.choose("injuries", "no")
        self.press("Save")
        self.page.get_by_role("link", name="School and social care").last.click()
        self.choose("schooling", "not_known")
        self.choose("social_care", "not_known")
        self.press("Save")


@pytest.fixture
def walked(phone: Page, live_server: Any, ellen: User) -> Fingers:
    """The whole record but the DASH, from the first page to a list of sections in which nothing of it is missing."""
    enter(phone, ellen, live_server.url)
    fingers = Fingers()
    fingers.watch(phone)
    visit = TwoChildren(phone, live_server.url, ellen)
    said = Account(NIGHT, timezone.localdate())
    visit.begin(said)
    visit.record(said)
    left = [sentence for sentence in all_missing(Incident.objects.get()) if "assessment" not in sentence.lower()]
    assert left == ["The DASH has not been started"] or left == [], left
    return fingers


def test_a_first_incident_takes_what_the_paper_says_and_nothing_is_typed_twice(walked: Fingers) -> None:
    assert walked.typed_twice() == []
    paper = PAPER.read_text(encoding="utf-8")
    counted = paper.partition(BEGIN)[2].partition(END)[0]
    rows = "\n".join(line for line in counted.splitlines() if line.startswith("|"))
    assert rows.split("\n", 2)[2] == walked.table(), f"docs/ux.md should say:\n{walked.table()}"
