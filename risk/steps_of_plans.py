"""THE TABLE of a safety plan: written by one, approved by another, followed by its next version."""

# ruff: noqa: E501 - the rows of the tables stay whole
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as N_

from accounts.models import User
from accounts.roles import COMMAND, SPECIALISTS, SUPERVISORS, SYSTEM, roles
from cases.models.taking_part import person_of
from cases.steps import SAFETY
from risk.forms.plan import (
    ActionWritten,
    CopyAndNight,
    FactorWritten,
    InputWritten,
    NewSafetyPlan,
    Rows,
    ShareWritten,
    Wishes,
)
from risk.forms.plan_steps import (
    PlanAdvised,
    PlanApproved,
    PlanClosed,
    PlanReturned,
    PlanReviewed,
    PlanSent,
    PlanShared,
)
from risk.forms.quality import quality_form
from risk.models import (
    FactorLeft,
    Grade,
    PlanAction,
    PlanInput,
    PlanReview,
    PlanShare,
    QualityCheck,
    SafetyPlan,
)
from risk.plan_checks import lacking_in
from risk.services.kept_open import kept_open
from risk.services.plans import grade_of
from risk.services.quality import keep_check, unassured
from risk.steps_of_actions import DOERS
from workflow import engine
from workflow.approvals import Names, also, approval, by_somebody_else
from workflow.declare import NEW, STAYS, RowKind, Section, Step, Workflow, complete, in_a_folder
from workflow.models import Refusal, Refused

S, A = SafetyPlan.State, PlanAction.State
Said = dict[str, Any]
PLANNERS = SPECIALISTS | SUPERVISORS | roles(
    "officer", "investigator", "neighbourhood_officer", "disclosure_officer", "disclosure_supervisor",
)  # fmt: skip
#: Whoever approves a plan: of a consideration, the supervisor of its unit.
APPROVERS = SUPERVISORS | roles("disclosure_supervisor")
CLOSERS = APPROVERS | SPECIALISTS
COPIED = ("wishes", "agreed", "agreed_why", "safe_copy", "safe_copy_words", "out_of_hours")
CARRIED = ("kind", "what", "owner", "agency", "due_at", "priority", "factors", "forum")
GOES_ON = "The next version of the plan took its place."


def one_at_a_time(plan: Any, user: User) -> str:
    """Guard: a case has one plan in force, and one version that is being made."""
    if not plan.case_id:
        return ""
    plans = SafetyPlan.objects.filter(case=plan.case_id)
    if plans.being_made().exists():
        return "Not available. A safety plan of this case is being written already: go on with that one."
    if plan.supersedes_id is None and plans.in_force().exists():
        return "Not available. A safety plan is in force: open it and begin a new version."
    return ""


def of_somebody(plan: Any, user: User) -> str:
    """Guard: a plan is for somebody who is named."""
    if plan.case_id and person_of(plan.case) is None:
        return "Not yet. The case does not say who was harmed."
    return ""


def keep_begun(plan: Any, said: Said, by: User, at: datetime) -> None:
    """The first version, or the next: that one says what the last one said until somebody changes it."""
    plan.person_id = person_of(plan.case)
    last = SafetyPlan.objects.filter(case=plan.case).order_by("-number").first()
    plan.number = last.number + 1 if last else 1
    if plan.supersedes is not None:
        for name in COPIED:
            setattr(plan, name, getattr(plan.supersedes, name))
    plan.wishes = said["wishes"]


def begin_next(plan: Any, said: Said, by: User, at: datetime) -> None:
    """The next version is written while this one stays in force. The reasons for risks without an action go along."""
    blank = SafetyPlan(case=plan.case, supersedes=plan)
    plan.led_to = engine.perform(blank, "begin", by=by, evidence={"wishes": plan.wishes}, at=at)
    FactorLeft.objects.bulk_create(
        FactorLeft(case=plan.case, plan=plan.led_to, factor=row.factor, why=row.why, recorded_by=by, recorded_at=at)
        for row in FactorLeft.objects.standing().filter(plan=plan)
    )


def decided_on_all(plan: Any, user: User) -> str:
    """Guard: an action that waits for a supervisor’s word cannot go on into the next version, nor end, undecided."""
    plans = [pk for pk in (plan.pk, plan.supersedes_id) if pk]
    if PlanAction.objects.standing().filter(plan__in=plans, state=A.ASKED).exists():
        return "Not yet. An action is said not to be possible: decide on that first."
    return ""


def nothing_rests_on_it(plan: Any, user: User) -> str:
    """Guard: what stands in for an action in force is not given up with its version."""
    if PlanAction.objects.standing().filter(plan=plan.supersedes_id, replaced_by__plan=plan).exists():
        return "Not yet. An action of this version stands in for one in force: open that one again first."
    return ""


def take_force(plan: Any, said: Said, by: User, at: datetime) -> None:
    """The version before it is superseded; what is open of it goes on in this one. Never without its quality check, which
    the press that approves may bring along: so it is asked here, and the answer stays on the page.
    """
    if sentence := unassured(plan):
        raise Refused(Refusal.GUARD, sentence)
    before = plan.supersedes
    if before is not None and before.state == S.IN_FORCE:
        system_takes(before, "supersede", at)


def carry_on(plan: Any, said: Said, by: User, at: datetime) -> None:
    """What is still to be done becomes an action of the version that follows; here it stays readable as superseded."""
    follows = SafetyPlan.objects.being_made().get(supersedes=plan)
    for action in live(plan):
        kept = {name: getattr(action, name) for name in CARRIED}
        copy = PlanAction(case=plan.case, plan=follows, carried_from=action, **kept)
        system_takes(copy, "carry-on" if action.state == A.IN_PROGRESS else "carry", at)
        system_takes(action, "supersede", at)


def give_up(plan: Any, said: Said, by: User, at: datetime) -> None:
    plan.ended_because = said["reason"]
    for action in live(plan):
        system_takes(action, "supersede", at)


def live(plan: Any) -> Iterable[PlanAction]:
    return list(PlanAction.objects.open().filter(plan=plan).select_related("kind", "owner").order_by("pk"))


def system_takes(record: Any, step: str, at: datetime) -> Any:
    """What follows from a person's act, done by the system in the same moment."""
    seen = record.version if record.pk else None
    return engine.perform(record, step, by=User.objects.system(), evidence={"reason": GOES_ON}, seen=seen, at=at)


def mark_parts(plan: Any, said: Said, by: User, at: datetime) -> None:
    plan.returned_parts = list(said["parts"])


def unmark(plan: Any, said: Said, by: User, at: datetime) -> None:
    plan.returned_parts = []


def keep_asked(plan: Any, said: Said, by: User, at: datetime) -> None:
    keep_review(plan, PlanReview.Kind.ASKED, said["reason"], by, at)


def keep_reviewed(plan: Any, said: Said, by: User, at: datetime) -> None:
    spoken = SPOKEN if said["spoken"] == "yes" else NOT_SPOKEN
    keep_review(plan, PlanReview.Kind.REVIEWED, f"{spoken} {said['reason']}"[:4000], by, at)


SPOKEN, NOT_SPOKEN = N_("The victim was spoken to."), N_("The victim was not spoken to.")


def keep_review(plan: Any, kind: str, words: str, by: User, at: datetime) -> None:
    PlanReview.objects.create(case=plan.case, plan=plan, kind=kind, at=at, words=words, recorded_by=by, recorded_at=at)


def keep_share(plan: Any, said: Said, by: User, at: datetime) -> None:
    PlanShare.objects.create(case=plan.case, plan=plan, recorded_by=by, recorded_at=at, **said)


def keep_advice(plan: Any, said: Said, by: User, at: datetime) -> None:
    PlanInput.objects.create(case=plan.case, plan=plan, recorded_by=by, recorded_at=at, **said)


def keep_quality(plan: Any, said: Said, by: User, at: datetime) -> None:
    keep_check(QualityCheck.Kind.PLAN, plan, said, by, at)


def grade_allows(plan: Any, user: User) -> str:
    """Guard (C): a plan cannot be closed while the grade is high."""
    high = grade_of(plan.case) == Grade.HIGH
    return "Not yet. The grade is High: a plan is not closed while it is." if high else ""


def every_action_ended(plan: Any, user: User) -> str:
    """Guard (C, S2-001): each action has ended, a forum's among them."""
    open_ones = live(plan)
    if any(action.forum for action in open_ones):
        return "Not yet. An action that a forum set is still open."
    return "Not yet. An action is still open: say what came of it." if open_ones else kept_open(plan.case_id)


def nothing_being_made(plan: Any, user: User) -> str:
    made = SafetyPlan.objects.being_made().filter(supersedes=plan).exists()
    return "Not yet. A new version is being written: send it or give it up first." if made else ""


def stands_in(action: Any) -> str:
    """What is done instead of an action in force is not taken out: that one would be nobody's."""
    if PlanAction.objects.standing().filter(replaced_by=action).exists():
        return "Not yet. This action stands in for another that is not possible: open that one again first."
    return ""


ACTION_ROW = RowKind("plan-action", "an action", PlanAction, ActionWritten, "plan", stays=stands_in)
LEFT_ROW = RowKind("left", "a risk without an action", FactorLeft, FactorWritten, "plan")
#: What was recorded by mistake of a plan in force is struck out with the reason; what is in force is changed in no other way.
IN_FORCE_TOO = ((S.IN_FORCE, PLANNERS),)
SHARE_ROW = RowKind(
    "share", "what was shared with a partner", PlanShare, ShareWritten, "plan", struck_while=IN_FORCE_TOO
)
INPUT_ROW = RowKind("input", "what a partner advised", PlanInput, InputWritten, "plan", struck_while=IN_FORCE_TOO)

SENDING = Names(
    ask="send", ask_label="Send for approval", asked="Safety plan sent for approval",
    approve_label="Approve the plan", approved="Safety plan approved", return_label="Return it, with parts marked",
    returned="Safety plan returned", withdrawn="Safety plan taken back",
)  # fmt: skip


def assured(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """What refuses sending refuses approving too: the facts may have changed since (B.8). Parts are marked on return."""
    done = also(steps, approve=take_force, send=unmark, **{"return": mark_parts})

    def row(step: Step) -> Step:
        if step.name == "approve":
            return replace(step, guards=(*step.guards, complete, decided_on_all))
        return replace(step, evidence=PlanReturned) if step.name == "return" else step

    return tuple(row(step) for step in done)


# fmt: off
SECTIONS = (
    Section("wishes",   "What the victim wants",            Wishes,       "Safety plan", missing=lacking_in("wishes")),
    Section("contact",  "A safe copy, and help at night",   CopyAndNight, "Safety plan", missing=lacking_in("contact")),
    Section("actions",  "Actions",                          Rows,         "Safety plan", (ACTION_ROW,), missing=lacking_in("actions"), template="safety-plan/actions.html"),
    Section("left",     "Risks without an action",          Rows,         "Safety plan", (LEFT_ROW,), template="safety-plan/left.html"),
    Section("partners", "Partners",                         Rows,         "Safety plan", (SHARE_ROW, INPUT_ROW), template="safety-plan/partners.html"),
)

SAFETY_PLAN = Workflow("safety-plan", SafetyPlan, S,
    Step("begin",      "Begin a safety plan",       NEW,        S.DRAFT,      PLANNERS, NewSafetyPlan, guards=(in_a_folder, of_somebody, one_at_a_time), effect=keep_begun, done="Safety plan begun"),
    *assured(approval("plan", source=S.DRAFT, waiting=S.SENT, target=S.IN_FORCE, ask=PLANNERS, decide=APPROVERS, names=SENDING, evidence=PlanSent, verdict=PlanApproved, guards=(complete,))),
    Step("check",      "Save the quality check",    S.SENT,     STAYS,        APPROVERS, quality_form(QualityCheck.Kind.PLAN), guards=(by_somebody_else("plan"),), effect=keep_quality, done="Quality of the safety plan checked"),
    Step("review",     "Review it and keep it",     S.IN_FORCE, STAYS,        PLANNERS, PlanReviewed, guards=(nothing_being_made,), effect=keep_reviewed, done="Safety plan reviewed"),
    Step("renew",      "Begin a new version",       S.IN_FORCE, STAYS,        PLANNERS, guards=(nothing_being_made,), effect=begin_next, done="New version of the safety plan begun"),
    Step("ask-review", "Ask for a review of it",    (S.DRAFT, S.SENT, S.IN_FORCE), STAYS, DOERS | COMMAND | SYSTEM, effect=keep_asked, done="Review of the safety plan asked for"),
    Step("share",      "Record what was shared",    S.IN_FORCE, STAYS,        PLANNERS, PlanShared,  effect=keep_share, done="Safety plan shared with a partner"),
    Step("advise",     "Record what a partner advised", S.IN_FORCE, STAYS,    PLANNERS, PlanAdvised, effect=keep_advice, done="Advice of a partner for the safety plan"),
    Step("close",      "Close the plan",            S.IN_FORCE, S.CLOSED,     CLOSERS,  PlanClosed, guards=(grade_allows, every_action_ended, nothing_being_made), done="Safety plan closed"),
    Step("drop",       "Give this version up",      S.DRAFT,    S.DROPPED,    PLANNERS, guards=(decided_on_all, nothing_rests_on_it), effect=give_up, done="Version of the safety plan given up"),
    Step("supersede",  "Superseded by the next",    S.IN_FORCE, S.SUPERSEDED, SYSTEM,   effect=carry_on, done="Safety plan superseded by its next version"),
    *SAFETY,
    label="safety plan", sections=SECTIONS, editable={S.DRAFT: PLANNERS}, finished={S.SUPERSEDED, S.CLOSED, S.DROPPED},
)

# fmt: on
