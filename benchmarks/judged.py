"""One folder judged in full, told through the ordinary verbs: its course, the looks it owes, a plan in two versions, a check."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.models import Case, CourseEvent, Incident
from config.demo.stories import ACCOUNTS, Story
from config.demo.telling import Teller
from risk.models import Assessment, FactorLeft, PlanAction, PlanActionKind, SafetyPlan
from risk.quality import CHECKLISTS
from risk.services.plans import uncovered, written
from workflow import engine, reactions

WISHES = "She wants him kept away from the flat, and the children told nothing yet."
CONTACT = {"wishes": WISHES, "agreed": "yes", "safe_copy": "by_heart", "out_of_hours": "Harbour line, 0808 157 0000"}
ACTIONS = (("locks", "New lock on the front door."), ("arrest-enquiries", "Looked for at his brother's until Friday."),
           ("housing", "Priority move asked for."))  # fmt: skip
COURSE = (
    ("charge", -1),
    ("bail", -1),
    ("first_hearing", 2),
    ("trial", 60),
    ("order", 3),
    ("order_ends", 90),
)  # days from now
REASON = {"reason": "Read with the log, the answers and the account."}


def tell_judged(officer: User, sergeant: User) -> SafetyPlan:
    """Tell it as far as a plan in force that a second version of it replaced; gives that version."""
    incident = told(officer, sergeant)
    for kind, days in COURSE:
        day = timezone.localdate() + timedelta(days=days)
        said = {"kind": kind, "on": day.isoformat(), "words": "Northgate magistrates."}
        engine.perform(CourseEvent(case=incident.case), "record", by=officer, evidence=said)
    check(incident, sergeant)
    first = in_force(begun(incident.case, officer), officer, sergeant)
    take(
        first.actions.all()[0], "done", officer, done_at=timezone.now().isoformat(),
        evidence="The locksmith's bill was seen.", result="reduced",
    )  # fmt: skip
    take(first, "renew", officer, **REASON)
    plan = in_force(SafetyPlan.objects.get(supersedes=first), officer, sergeant, actions=())
    while reactions.run_due():
        pass  # what these acts cause: the looks at the risk, the log of decisions
    return plan


def told(officer: User, sergeant: User) -> Incident:
    """An incident graded high, with a child, decided by the sergeant."""
    story = Story(
        0, 0, "officer", "sergeant", 30, "checked", "high", ACCOUNTS[0], arrested=True, child=True, signs=("strangled",)
    )
    return Teller(story, {"officer": officer, "sergeant": sergeant}, {}, timezone.now()).tell()


def check(incident: Incident, by: User) -> None:
    """The sergeant's check of its DASH: every row of the checklist passed."""
    dash = Assessment.objects.standing().get(incident=incident, follows=None)
    take(dash, "check", by, **{look.code: "pass" for look in CHECKLISTS["dash"]})


def begun(case: Case, by: User) -> SafetyPlan:
    plan: SafetyPlan = engine.perform(SafetyPlan(case=case), "begin", by=by, evidence={"wishes": WISHES})
    return plan


def in_force(plan: SafetyPlan, by: User, sergeant: User, actions: Any = ACTIONS) -> SafetyPlan:
    """Written by one, approved by the other."""
    plan = SafetyPlan.objects.get(pk=plan.pk)
    engine.amend(plan, CONTACT, by=by, seen=plan.version)
    for code, what in actions:
        kind = PlanActionKind.objects.get(code=code)
        due = timezone.now() + timedelta(days=2)
        action = PlanAction(plan=plan, kind=kind, what=what, owner=by, due_at=due, priority="soon")
        engine.add(action, beneath=plan, by=by)
    leave_the_rest(plan, by)
    take(plan, "send", by, note="")
    take(plan, "check", sergeant, **{look.code: "pass" for look in CHECKLISTS["plan"]})
    approved: SafetyPlan = take(plan, "approve", sergeant, **REASON)
    return approved


def leave_the_rest(plan: SafetyPlan, by: User) -> None:
    """Say of each risk that no action answers why none does."""
    facts = written(SafetyPlan.objects.get(pk=plan.pk))
    critical = [risk.key for risk in facts.risks if risk.critical and not facts.is_left(risk.key)]
    for factor in [*critical, *uncovered(facts)]:
        left = FactorLeft(plan=plan, factor=factor, why="Asked again tomorrow, when she is rested.")
        engine.add(left, beneath=plan, by=by)


def take(record: Any, step: str, by: User, **said: Any) -> Any:
    """A step of the record as it stands now."""
    now = type(record).objects.get(pk=record.pk)
    return engine.perform(now, step, by=by, evidence=said, seen=now.version)
