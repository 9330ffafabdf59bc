"""A safety plan: written from what is offered for each risk, returned with a part marked, mended, approved, done, reviewed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import expect

from cases.models import Case
from config.local.rehearsal import System
from risk.models import PlanAction, PlanReview, QualityCheck, SafetyPlan
from risk.quality import CHECKLISTS
from supervision.models import Notice
from tests import factories
from tests.browser import DESK, PHONE
from tests.journeys.looking import Looking, staff, wait_until
from workflow.clock import LONDON
from workflow.models import Approval, Deadline, Outbox

pytestmark = [pytest.mark.long, pytest.mark.parametrize("at_work", [PHONE], indirect=True, ids=["phone"])]

S = SafetyPlan.State
WANTS = "She wants him kept from the flat, and her mother told nothing yet."
NIGHT = "Harbour line, 0808 157 0000"
SILENT = "Knows to ring 999 and press 55 when speaking is not safe."
LOOKED_FOR = "He is looked for."
ASKED = "Where is he looked for, by whom, until when?"
MENDED = "Looked for at his brother's and at the depot by the late shift, until Friday at 22:00."
SEEN = "She rang the number from her telephone while PC Stroud stood beside her; the operator heard the 55."
COURT = "Magistrates, court 2; she does not come."
TOLD = "She is told by PC Hale what the court said, the same hour."
PLAN = re.compile("Safety plan, version")
FIRST, SECOND = (re.compile(f"Safety plan, version {number}") for number in (1, 2))


class Planner(Looking):
    """Somebody who reads and writes a safety plan."""

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    def act(self, reference: str, label: str) -> None:
        """From the page of the case to the page of something that may be begun there."""
        self.open(f"/cases/{reference}/")
        link = self.page.locator("#acts a", has_text=label)
        if not link.is_visible():
            self.page.locator("#acts").get_by_text("More actions").click()
        link.click()
        self.heading(label)

    def plan_of(self, reference: str, number: int, name: str) -> None:
        """By the box of the case to the plan."""
        self.open(f"/cases/{reference}/?panel=safety-plan")
        self.page.locator("#safety-plan").get_by_role("link", name=f"Safety plan, version {number}").click()
        self.heading(PLAN)
        self.look(name)

    def section(self, name: str) -> None:
        self.page.locator("#sections").get_by_role("link", name=name).click()
        self.heading(name)

    def from_offer(self, risk: str, kind: str) -> None:
        """What nothing answers yet: the words that fit the risk, ready to be made one's own."""
        offer = self.page.locator("main details").filter(has=self.page.locator("summary", has_text=risk))
        link = offer.locator("a", has_text=kind)
        if not link.is_visible():
            offer.locator("summary").click()
        link.click()
        self.heading("Add an action")

    def keep_action(self, owner: str, due: datetime, what: str = "", priority: str = "now") -> None:
        if what:
            self.page.fill("[name=what]", what)
        self.page.fill("[name=owner]", owner)
        self.moment("due_at", due.astimezone(LONDON))
        self.choose("priority", priority)
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.heading("Actions")

    def send_plan(self) -> None:
        self.press("Send for approval")
        self.heading("Send for approval")
        self.press("Send for approval")
        self.heading(PLAN)
        expect(self.page.locator("main")).to_contain_text("It can be read, not changed, until it has been decided.")

    def to_the_decision(self, reference: str, name: str) -> None:
        """From the queue of the team, by the row of the case."""
        self.open("/team/")
        self.page.get_by_role("link", name="Safety plans to approve").click()
        self.heading("Safety plans to approve")
        self.look(f"{name}-list")
        self.page.get_by_role("link", name=reference).first.click()
        expect(self.page.locator("main")).to_contain_text("Your decision")
        self.look(f"{name}-decide")

    def judge(self, row: str, verdict: str, words: str = "") -> None:
        """One row of the checklist beside the decision."""
        self.choose(f"safety-plan-check-{row}", verdict)
        if words:
            self.page.fill(f"[name=safety-plan-check-{row}_words]", words)


def settled() -> bool:
    return not Outbox.objects.filter(done_at__isnull=True).exists()


def in_hours(system: System, hours: int) -> datetime:
    return (system.clock.now() + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)


def written(officer: Planner, case: Case, colleague: str, system: System) -> SafetyPlan:
    """What she wants, then two actions from what is offered for her risks; one of them says too little."""
    officer.act(case.reference, "Begin a safety plan")
    officer.page.fill("[name=wishes]", WANTS)
    officer.press("Begin a safety plan")
    officer.heading(FIRST)
    officer.look("plan-01-begun")
    plan = SafetyPlan.objects.get(case=case)

    officer.section("Actions")
    begun = officer.look("plan-02-offered")
    assert "Nothing answers these yet" in begun and "Is the victim very frightened? (must be answered)" in begun
    officer.from_offer("Is the victim very frightened?", "999 and the silent solution")
    expect(officer.page.get_by_label("What is done?")).to_have_value(SILENT)
    expect(officer.page.get_by_label("Is the victim very frightened?")).to_be_checked()
    officer.look("plan-03-from-an-offer")
    officer.keep_action(colleague, in_hours(system, 26))
    officer.from_offer("What the suspect does next", "Enquiries to arrest the suspect")
    officer.keep_action(officer.user.username, in_hours(system, 72), LOOKED_FOR, "soon")
    left = officer.look("plan-04-actions")
    assert "(must be answered)" not in left, "what is critical is answered"

    officer.page.get_by_role("link", name="Back to sections").first.click()
    officer.section("What the victim wants")
    expect(officer.page.locator("[name=wishes]")).to_have_value(WANTS)  # it was said at the beginning
    officer.choose("agreed", "yes")
    officer.save()
    officer.heading("A safe copy, and help at night")
    officer.choose("safe_copy", "by_heart")
    officer.page.fill("[name=out_of_hours]", NIGHT)
    officer.press("Save and go back to sections")
    officer.heading(FIRST)
    officer.look("plan-05-ready")
    officer.send_plan()
    return plan


def returned(sergeant: Planner, officer: Planner, plan: SafetyPlan) -> None:
    """The sergeant marks the actions; the officer finds what is to be mended from where the day begins, and mends it."""
    reference = plan.case.reference
    sergeant.to_the_decision(reference, "plan-06")
    sergeant.judge("critical", "pass")
    sergeant.judge("smart", "return", ASKED)
    sergeant.choose("decision", "safety-plan-return")
    sergeant.choose("safety-plan-return-parts", "actions")
    sergeant.look("plan-07-returning")
    sergeant.answer("safety-plan-return", ASKED)
    check = QualityCheck.objects.get(case=plan.case, kind=QualityCheck.Kind.PLAN)
    assert (check.recorded_by, check.officer, check.score) == (sergeant.user, officer.user, 50)

    assert "Send the safety plan" in officer.open("/", "plan-08-my-work")
    row = officer.page.locator("tr", has_text="Send the safety plan").filter(has_text=reference)
    row.get_by_role("link", name=reference).click()
    officer.heading(FIRST)
    page = officer.look("plan-09-came-back")
    assert f"Returned by {sergeant.user.short_title()}" in page and ASKED in page
    officer.page.locator(".app-returned").get_by_role("link", name="Actions").click()
    officer.heading("Actions")
    officer.page.get_by_role("link", name=re.compile("Write it again.*Enquiries to arrest")).click()
    expect(officer.page.locator("[name=what]")).to_have_value(LOOKED_FOR)
    officer.page.fill("[name=what]", MENDED)
    officer.page.get_by_role("button", name="Save", exact=True).click()
    officer.heading("Actions")
    officer.page.get_by_role("link", name="Back to sections").first.click()
    officer.send_plan()


def approved(sergeant: Planner, plan: SafetyPlan, name: str) -> None:
    """Each row of the checklist is decided first: without it no plan is approved."""
    sergeant.to_the_decision(plan.case.reference, name)
    for look in CHECKLISTS[QualityCheck.Kind.PLAN]:
        sergeant.judge(look.code, "pass")
    sergeant.answer("safety-plan-approve", "Each risk has somebody and a day, and she has it by heart.")
    assert SafetyPlan.objects.get(pk=plan.pk).state == S.IN_FORCE


def done_in_time(colleague: Planner, plan: SafetyPlan, system: System) -> None:
    """Whoever owns the action is told before its hour, in words that tell nothing, and says what came of it."""
    system.clock.move("+23h")
    told = Notice.objects.filter(person=colleague.user, deadline__policy="plan-action-done")
    wait_until(told.exists)
    said = colleague.open("/notices/", "plan-12-notice")
    assert "Do what the safety plan promises" in said and SILENT not in said and "frightened" not in said
    colleague.page.get_by_role("link", name=re.compile(f"Something you hold on {plan.case.reference}")).first.click()
    colleague.heading("Say that it is done")
    assert SILENT in colleague.look("plan-13-which-action"), "the page says which action it is about"
    colleague.moment("done_at", (system.clock.now() - timedelta(minutes=20)).astimezone(LONDON))
    colleague.page.fill("[name=evidence]", SEEN)
    colleague.choose("result", "reduced")
    colleague.press("Say that it is done")
    colleague.heading(PLAN)
    page = colleague.look("plan-14-done")
    assert "The risk is reduced." in page and SEEN in page


def to_court(officer: Planner, plan: SafetyPlan, system: System) -> None:
    """A day in court is entered on the case, and the plan asks to be looked at again: once."""
    officer.act(plan.case.reference, "Record charge, bail, court or release")
    officer.page.select_option("[name=kind]", "first_hearing")
    officer.day("on", (system.clock.now() + timedelta(days=2)).astimezone(LONDON).date())
    officer.page.fill("[name=clock]", "10:00")
    officer.page.fill("[name=words]", COURT)
    officer.look("plan-15-court")
    officer.press("Record charge, bail, court or release")
    officer.page.wait_for_url(re.compile("/cases/"))
    asked = PlanReview.objects.filter(plan=plan, kind=PlanReview.Kind.ASKED, words__contains="First court hearing")
    wait_until(lambda: asked.exists() and settled())
    assert asked.count() == 1
    assert "Look at the safety plan again" in officer.open("/", "plan-16-my-work")
    officer.plan_of(plan.case.reference, 1, "plan-17-look-again")
    expect(officer.page.locator("#look-again")).to_contain_text("Review the risk: before court")


def renewed(officer: Planner, sergeant: Planner, plan: SafetyPlan, system: System) -> SafetyPlan:
    """The review makes a new version: what is open goes on in it, and the one before counts until it is approved."""
    officer.press("Begin a new version")
    officer.heading("Begin a new version")
    officer.page.fill("[name=reason]", "He is in court in two days; she is to know at once what is said there.")
    officer.press("Begin a new version")
    officer.heading(SECOND)
    officer.look("plan-18-next-version")
    officer.section("Actions")
    expect(officer.page.locator("main")).to_contain_text("From the version in force: it goes on in this one.")
    officer.page.get_by_role("button", name="Add an action").click()
    officer.heading("Add an action")
    officer.page.select_option("[name=kind]", label="A named officer to ring")
    officer.keep_action(officer.user.username, in_hours(system, 50), TOLD)
    officer.page.get_by_role("link", name="Back to sections").first.click()
    assert SafetyPlan.objects.get(pk=plan.pk).state == S.IN_FORCE
    officer.send_plan()
    second = SafetyPlan.objects.select_related("case").get(supersedes=plan)
    approved(sergeant, second, "plan-19")
    return second


def kept_apart(officer: Planner, first: SafetyPlan, second: SafetyPlan) -> None:
    """The version before stays as it was; the new one carries on what was open and remembers what was done."""
    officer.plan_of(first.case.reference, 2, "plan-20-in-force")
    page = officer.words()
    assert MENDED in page and TOLD in page and "Done in the versions before (1)" in page
    officer.page.locator("#versions").get_by_role("link", name="Version 1").click()
    earlier = officer.look("plan-21-version-before")
    assert "This version is kept as it was." in earlier and SEEN in earlier and NIGHT in earlier
    assert TOLD not in earlier and "Say that it is done" not in earlier
    states = dict(PlanAction.objects.filter(plan=first).values_list("kind__code", "state"))
    assert states == {"silent-999": "done", "arrest-enquiries": "superseded"}
    went_on = PlanAction.objects.filter(plan=second, state="open").values_list("kind__code", flat=True)
    assert sorted(went_on) == ["arrest-enquiries", "named-contact"]
    owed = Deadline.objects.open().filter(case=first.case, policy__startswith="safety-plan-")
    assert list(owed.values_list("policy", "subject_id")) == [("safety-plan-reviewed", second.pk)]


def stays_open(sergeant: Planner, second: SafetyPlan) -> None:
    """High as it is graded, nobody closes it: the sentence stands where the button would, and at its address."""
    sergeant.plan_of(second.case.reference, 2, "plan-22-no-closing")
    barred = "The grade is High: a plan is not closed while it is."
    expect(sergeant.page.locator("#acts")).to_contain_text(barred)
    shut = sergeant.page.locator("#acts").get_by_role("button", name="Close the plan")
    expect(shut).to_have_attribute("aria-disabled", "true")
    answer = sergeant.page.goto(f"{sergeant.address}/work/safety-plan/{second.pk}/close/")
    assert answer is not None and answer.status == 422 and barred in sergeant.look("plan-23-refused")
    assert SafetyPlan.objects.get(pk=second.pk).state == S.IN_FORCE


@pytest.mark.requirement("S2-001", "S2-014", "S2-022")
def test_a_plan_is_returned_mended_approved_done_and_reviewed_and_not_closed_while_high(
    at_work: Any, system: System
) -> None:
    wren, otto = staff("PC", "8170", "Wren Hale", "officer", "P1"), staff("PS", "8171", "Otto Pryde", "sergeant", "P1")
    mabel, rory = (
        staff("PC", "8172", "Mabel Stroud", "officer", "P1"),
        staff("PC", "8173", "Rory Finch", "officer", "P2"),
    )
    case = factories.checked(wren, otto, grade="high", arrested=False).case
    wait_until(settled)

    officer, sergeant = at_work(wren, Planner), at_work(otto, Planner)
    first = written(officer, case, mabel.username, system)
    returned(sergeant, officer, first)
    approved(sergeant, first, "plan-10")
    verdicts = Approval.objects.filter(of="plan", subject_id=first.pk).order_by("pk").values_list("verdict", flat=True)
    assert list(verdicts) == ["returned", "approved"]

    colleague, elsewhere = at_work(mabel, Planner), at_work(rory, Planner)
    colleague.plan_of(case.reference, 1, "plan-11-at-the-door")
    for told in (NIGHT, WANTS, MENDED, "press 55"):
        assert told in colleague.words(), told
    assert ASKED not in colleague.words(), "what was mended is asked no more"
    shut = elsewhere.open(first.get_absolute_url(), "plan-11-another-team")
    assert not any(said in shut for said in (NIGHT, WANTS, MENDED))

    done_in_time(colleague, first, system)
    with time_machine.travel(system.clock.now()):
        to_court(officer, first, system)
        second = renewed(officer, sergeant, first, system)
        kept_apart(officer, first, second)
        stays_open(sergeant, second)
    plain = " ".join(Notice.objects.filter(case=case).values_list("text", flat=True))
    assert plain and not any(said in plain for said in (WANTS, NIGHT, SILENT, MENDED, TOLD, COURT))
    for somebody, path in ((officer, second.get_absolute_url()), (sergeant, "/team/plans-to-review/")):
        somebody.page.set_viewport_size(DESK)
        somebody.open(path, f"plan-24{path.replace('/', '-')}")
