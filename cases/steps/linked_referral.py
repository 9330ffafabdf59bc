"""THE TABLE of a referral to a linked team: sent under their reference, chased, answered (S3-082)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import COMMAND, FRONTLINE, roles
from cases.forms.linked_referral import Chased, ReferralAnswered, ReferralSent
from cases.models import Incident, LinkedReferral, LinkedStrand, Task
from cases.models.decision_log import DecisionKind
from cases.models.linked_referral import BY_STRAND, TheirAnswer
from cases.services.deciding import log_decision
from cases.services.tasks import raise_task
from cases.steps.safety import SAFETY, Said
from workflow import engine
from workflow.declare import NEW, STAYS, Step, Workflow, in_a_folder
from workflow.engine import keep_said
from workflow.models import Refusal, Refused

S = LinkedReferral.State
REFERS = FRONTLINE | COMMAND | roles("marac_coordinator")
WAITS = "Not available. A referral to that team waits for its answer: record what they said, or chase it."


def keep_sent(referral: Any, said: Said, by: User, at: datetime) -> None:
    """The matter is linked by its reference there, and what asked for the referral is done: nothing is typed twice."""
    if LinkedReferral.objects.standing().filter(case=referral.case, strand=said["strand"], state=S.SENT).exists():
        raise Refused(Refusal.GUARD, WAITS)
    keep_said(referral, said, by, at)
    asking = asked_by(referral)
    referral.incident = next((found for task in asking if (found := incident_of(task))), None)
    LinkedStrand.objects.create(
        case=referral.case, strand=referral.strand, system=referral.team, reference=referral.reference, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    done = {"outcome": f"Referred to {referral.team}, their reference {referral.reference}."}
    for task in asking:
        engine.perform(task, "done", by=User.objects.system(), evidence=done, seen=task.version, at=at)


def asked_by(referral: Any) -> list[Task]:
    """The open tasks of the case that ask for this referral. Index: task_of_case."""
    row = BY_STRAND.get(referral.strand)
    tasks = Task.objects.standing().filter(case=referral.case, state=Task.State.TO_DO)
    return list(tasks.filter(kind=row.task).order_by("pk")) if row and row.task else []


def incident_of(task: Task) -> Incident | None:
    of_incident = task.about_type == Incident._meta.label_lower
    return Incident.objects.filter(pk=task.about_id).first() if of_incident else None


def keep_answer(referral: Any, said: Said, by: User, at: datetime) -> None:
    """An answer is a decision of the case; one that refuses goes to an inspector."""
    keep_said(referral, said, by, at)
    told = f"{TheirAnswer(referral.answer).label}: {referral.answer_words}"
    log_decision(
        referral.case, by, at, DecisionKind.REFERRAL,
        {"information": referral.asked, "action": f"{told} ({referral.answered_by})"},
        what=f"Referral to {referral.team}, {referral.reference}", about=referral,
        decided_at=referral.answered_at,
    )  # fmt: skip
    if referral.answer == TheirAnswer.REFUSED:
        why = f"{referral.team} does not take the referral {referral.reference}. Read why, and decide who works it."
        raise_task(case=referral.case, kind="referral_refused", why=why, by=by, at=at, about=referral)


def keep_chased(referral: Any, said: Said, by: User, at: datetime) -> None:
    """What they said stands in the timeline."""


# fmt: off
REFERRAL = Workflow("linked-referral", LinkedReferral, S,
    Step("send",   "Refer to a linked team",     NEW,    S.SENT,     REFERS, ReferralSent,     guards=(in_a_folder,), effect=keep_sent,   done="Referred to a linked team"),
    Step("answer", "Record their answer",        S.SENT, S.ANSWERED, REFERS, ReferralAnswered, effect=keep_answer, done="A linked team answered"),
    Step("chase",  "Record that you asked again", S.SENT, STAYS,     REFERS, Chased,           effect=keep_chased, done="A linked team was asked again"),
    *SAFETY,
    label="referral to a linked team", finished={S.ANSWERED},
)
# fmt: on
