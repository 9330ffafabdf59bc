"""They accuse each other: two cases, each heard and assessed by itself; nothing of one is shown or printed in the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from cases.models import Case, Incident, Involvement, LinkedCase
from cases.panels import PANELS
from cases.steps import INCIDENT
from risk.models import Assessment, RiskDecision
from risk.services.page import keep_answers
from tests import factories
from tests.cast import involve
from tests.journeys.looking import Looking, staff
from workflow import engine

pytestmark = pytest.mark.long


@dataclass(frozen=True)
class Side:
    """What one of the two says, and what was found of them: words that stand nowhere in the other's case."""

    account: str
    wants: str
    fears: str
    answer: str
    reasons: str
    telephone: str
    never: str
    safe: str
    grade: str
    yes: tuple[int, ...]

    @property
    def secrets(self) -> list[str]:
        return [self.account, self.wants, self.fears, self.answer, self.reasons, self.telephone, self.never, self.safe]


HERS = Side(
    "He pulled the hallway mirror down on her and stood in the door until the neighbour rang.",
    "To sleep at her aunt's until he has moved out.", "That he takes the spare keys from the meter box.",
    "Since the birthday in March.", "He blocks the door each time and it comes more often; she has begun to hide her telephone.",
    "07700 900461", "the landline in the hall", "She is at her aunt's with the boy.", "medium", (1, 2, 3),
)  # fmt: skip
HIS = Side(
    "She scratched his forearm with a fork while he was holding the pram and called him names.",
    "That somebody talks to both of them about the boy.", "Losing his job over tonight.",
    "Only tonight, he says.", "One scratch, no earlier report, he is not afraid of her; a bruise to her wrist speaks for defence.",
    "07700 900872", "his work number at the depot", "He is at his brother's flat across town.", "standard", (1,),
)  # fmt: skip


def said(incident: Incident, by: User, side: Side) -> Incident:
    """Every section of one side's record in that side's own words."""
    ways = {"means": ["call"], "call": side.telephone, "never_use": side.never}
    engine.perform(incident.case, "safe-contact", by=by, evidence=ways)
    written = factories.written(Incident.objects.get(pk=incident.pk), by)
    told = {"account": side.account, "made_safe": side.safe}
    engine.amend(written, told, by=by, seen=written.version)
    harmed = incident.people("victim").get()
    view = {"wants": side.wants, "fears": side.fears, "interpreter_needed": "no"}
    engine.amend(harmed, view, beneath=incident, by=by, seen=harmed.version)
    return Incident.objects.select_related("case").get(pk=incident.pk)


def assessed(incident: Incident, by: User, side: Side) -> None:
    """A DASH in that side's own words."""
    blank = Assessment(incident=incident, case=incident.case)
    dash: Any = engine.perform(blank, "begin", by=by, evidence={"asked_how": "face_to_face"})
    answers = {n: ("yes", side.answer) if n in side.yes else ("no", "") for n in range(1, 28)}
    dash = keep_answers(dash, answers, by=by, seen=dash.version)
    dash = engine.perform(dash, "reasons", by=by, evidence={"reasons": side.reasons}, seen=dash.version)
    engine.perform(dash, "grade", by=by, evidence={"grade": side.grade, "why_below": ""}, seen=dash.version)


def her_record(by: User) -> Incident:
    """Hannah says that Daniel harmed her; the boy was there. Whole, and assessed."""
    incident = factories.begun(by)
    involve(incident, by, "victim", "Hannah Okoro", born_on=date(1991, 5, 4))
    tie = {"relationship": "XCO", "cohabiting": "no"}
    involve(incident, by, "suspect", "Daniel Reeve", born_on=date(1988, 1, 30), **tie)
    said(incident, by, HERS)
    assessed(incident, by, HERS)
    return Incident.objects.select_related("case").get(pk=incident.pk)


def begin_the_second(officer: Looking, first: Incident, other: User) -> Incident:
    """One press, from the record of the first: everything that both have in common is there, nothing that was said."""
    officer.open(f"/work/incident/{first.pk}/", "counter-01-first")
    officer.page.get_by_role("button", name="They accuse each other").click()
    officer.page.fill("[name=taken_by]", other.username)
    officer.look("counter-02-they-accuse-each-other")
    officer.press("They accuse each other")
    officer.heading("Record the incident")
    officer.look("counter-03-second-begun")
    link = LinkedCase.objects.counter().get(case=first.case)
    return Incident.objects.select_related("case").get(case=link.other_id)


def assess_in_the_browser(officer: Looking, incident: Incident, side: Side) -> None:
    """The second officer asks the other side the questions, face to face."""
    officer.open(f"/work/incident/{incident.pk}/")
    officer.page.get_by_role("link", name="DASH").click()
    officer.page.locator("input[name=asked_how]").first.check()
    officer.press("Begin the DASH")
    for number in range(1, 28):
        officer.choose(f"q{number}", "yes" if number in side.yes else "no")
    officer.page.fill("[name=q1_words]", side.answer)
    officer.page.fill("[name=reasons]", side.reasons)
    officer.press("Save reasons and show the count")
    officer.choose("grade", side.grade)
    officer.look("counter-04-dash")
    officer.press("Save and go back to sections")
    officer.heading("Record the incident")


def parts(case: Case) -> dict[str, list[int]]:
    rows = Involvement.objects.standing().filter(case=case, part__in=("victim", "suspect")).order_by("pk")
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.part, []).append(row.person_id)
    return found


def pages_of(incident: Incident) -> list[str]:
    """The case with each panel open, its timeline, its record section by section, its DASH."""
    dash = Assessment.objects.get(incident=incident)
    record = f"/work/incident/{incident.pk}/"
    return [
        *(f"/cases/{incident.case.reference}/?panel={name}" for name in PANELS),
        record, f"{record}decide/record/", *(f"{record}sections/{section.name}/" for section in INCIDENT.sections),
        f"/dash/{dash.pk}/", f"/work/assessment/{dash.pk}/",
    ]  # fmt: skip


def read(somebody: Looking, path: str) -> str:
    """What the page holds, shown or not."""
    answer = somebody.page.request.get(f"{somebody.address}{path}")
    assert answer.status == 200, path
    return " ".join(answer.text().replace("&#x27;", "'").split())


def look_at_one(sergeant: Looking, incident: Incident, name: str) -> None:
    """The screens that are looked at, kept as pictures."""
    page = sergeant.open(f"/cases/{incident.case.reference}/?panel=dash", f"counter-05-case-{name}")
    other = LinkedCase.objects.counter().get(case=incident.case).other
    assert f"counter-allegation, {other.reference}" in page
    sergeant.open(f"/work/incident/{incident.pk}/", f"counter-06-record-{name}")
    sergeant.open(f"/work/incident/{incident.pk}/decide/record/", f"counter-08-check-{name}")
    sergeant.open(f"/dash/{Assessment.objects.get(incident=incident).pk}/", f"counter-07-dash-{name}")


def test_each_is_harmed_in_one_case_and_suspected_in_the_other_and_nothing_passes_between(at_work: Any) -> None:
    ivy, tom = staff("PC", "7931", "Ivy Sterne", "officer", "K3"), staff("PC", "7932", "Tom Vale", "officer", "K3")
    hers = her_record(ivy)
    his = begin_the_second(at_work(ivy), hers, tom)
    assert parts(his.case) == {"victim": parts(hers.case)["suspect"], "suspect": parts(hers.case)["victim"]}
    said(his, tom, HIS)
    second = at_work(tom)
    assess_in_the_browser(second, his, HIS)
    grades = dict(RiskDecision.objects.filter(case__in=[hers.case, his.case]).values_list("case", "to_grade"))
    assert grades == {hers.case_id: "medium", his.case_id: "standard"}, "each is graded by what was found of them"

    for incident, by in ((hers, ivy), (his, tom)):
        fresh = Incident.objects.get(pk=incident.pk)
        engine.perform(fresh, "submit", by=by, evidence={"note": ""}, seen=fresh.version)

    sergeant = at_work(staff("PS", "7933", "Nora Quint", "sergeant", "K3"))
    for incident, own, other, name in ((hers, HERS, HIS, "hers"), (his, HIS, HERS, "his")):
        look_at_one(sergeant, incident, name)
        shown = {path: read(sergeant, path) for path in pages_of(incident)}
        assert [secret for secret in own.secrets if not any(secret in page for page in shown.values())] == []
        assert [(path, secret) for path, page in shown.items() for secret in other.secrets if secret in page] == []
        paper = sergeant.keep_case_file(incident.case, f"counter-{name}")
        assert [secret for secret in own.secrets if secret not in paper] == [], "the file says what it should"
        assert [secret for secret in other.secrets if secret in paper] == []
        linked = LinkedCase.objects.counter().get(case=incident.case).other
        assert linked.reference not in paper and "counter-allegation" not in paper.lower()
    expect(sergeant.page.get_by_role("button", name="Open the case file")).to_be_visible()
