"""THE TABLE of intelligence: recorded by whoever learned it, sent to the bureau, taken in or sent back, tasked back.

Who reads which text is declared with the record (`cases.models.intelligence`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import FRONTLINE, SUPERVISORS, roles
from cases.forms.intelligence import (
    SOON,
    AlsoAbout,
    ForTheBureau,
    LookedAtAgain,
    NewIntelligence,
    Sanitise,
    SentBack,
    TakenIn,
    TaskForHolder,
)
from cases.models import Intelligence, IntelligenceAbout, Task
from cases.models.intelligence import ORIGINAL
from cases.services.tasks import raise_task
from cases.steps.safety import SAFETY, Said
from workflow.declare import NEW, STAYS, Step, Workflow, in_a_folder

S = Intelligence.State
BUREAU = ORIGINAL
LEARNS = FRONTLINE | BUREAU | roles(
    "superintendent", "disclosure_officer", "disclosure_supervisor", "marac_coordinator", "crime_registrar", "cps_liaison",
)  # fmt: skip


def their_own(entry: Any, user: User) -> str:
    """Whoever wrote it, whoever supervises them, and the bureau."""
    if entry.recorded_by_id == user.pk or user.holds(SUPERVISORS | BUREAU, entry.scope):
        return ""
    return "You cannot do this. It is for whoever wrote it, for their supervisor and for the bureau."


def not_their_supervisor(entry: Any, user: User) -> str:
    """What is struck out must first have been read whole."""
    if entry.recorded_by_id == user.pk or user.holds(BUREAU, entry.scope):
        return ""
    return "You cannot do this. It is for whoever wrote it and for the bureau."


def sanitised_first(entry: Any, user: User) -> str:
    return "" if entry.sanitised else "Not yet. Grade it and write what may be read of it first."


def nothing_asked_already(entry: Any, user: User) -> str:
    """The holder answers one task before the next is asked about the same."""
    kinds = [kind for kind, _label in SOON]
    asked = Task.objects.standing().filter(
        case=entry.case_id,
        kind__in=kinds,
        about_type=entry._meta.label_lower,
        about_id=entry.pk,
        state=Task.State.TO_DO,
    )
    return "Not yet. Whoever holds the case has not answered the last task about it." if asked.exists() else ""


def keep_sent(entry: Any, said: Said, by: User, at: datetime) -> None:
    entry.sent_at, entry.sent_by, entry.note = at, by, said["note"]


def keep_returned(entry: Any, said: Said, by: User, at: datetime) -> None:
    entry.returned_at, entry.returned_because = at, said["reason"]


def keep_taken_in(entry: Any, said: Said, by: User, at: datetime) -> None:
    entry.accepted_at, entry.accepted_by, entry.bureau_ref = at, by, said["bureau_ref"]


def task_the_holder(entry: Any, said: Said, by: User, at: datetime) -> None:
    raise_task(case=entry.case, kind=said["soon"], why=said["what"], by=by, at=at, about=entry)


def name_another(entry: Any, said: Said, by: User, at: datetime) -> None:
    """Once is enough."""
    named = IntelligenceAbout.objects.standing().filter(intelligence=entry, person=said["person"])
    if not named.exists():
        IntelligenceAbout.objects.create(
            case=entry.case, intelligence=entry, person=said["person"], recorded_by=by, recorded_at=at
        )


def strike_entry(entry: Any, said: Said, by: User, at: datetime) -> None:
    entry.struck_because = said["reason"]


def keep_review(entry: Any, said: Said, by: User, at: datetime) -> None:
    entry.review_on = said["review_on"]


# fmt: off
INTELLIGENCE = Workflow("intelligence", Intelligence, S,
    Step("record",   "Record intelligence",           NEW,                    S.RECORDED, LEARNS, NewIntelligence, guards=(in_a_folder,), done="Intelligence recorded"),
    Step("send",     "Send to the bureau",            S.RECORDED,             S.SENT,     LEARNS, ForTheBureau,  guards=(their_own,), effect=keep_sent, done="Intelligence sent to the bureau"),
    Step("also",     "Say whom else it is about",     (S.RECORDED, S.SENT, S.ACCEPTED), STAYS, LEARNS, AlsoAbout, guards=(their_own,), effect=name_another, done="Intelligence: somebody else named"),
    Step("sanitise", "Grade it and write what may be read", (S.SENT, S.ACCEPTED), STAYS,  BUREAU, Sanitise,      done="Intelligence graded"),
    Step("accept",   "Take it in",                    S.SENT,                 S.ACCEPTED, BUREAU, TakenIn,       guards=(sanitised_first,), effect=keep_taken_in, done="Intelligence taken in by the bureau"),
    Step("return",   "Send it back",                  S.SENT,                 S.RECORDED, BUREAU, SentBack,      effect=keep_returned, done="Intelligence sent back"),
    Step("task",     "Task whoever holds the case",   (S.SENT, S.ACCEPTED),   STAYS,      BUREAU, TaskForHolder, guards=(nothing_asked_already,), effect=task_the_holder, done="The bureau set a task"),
    Step("review",   "Keep it, and review it later",  S.ACCEPTED,             STAYS,      BUREAU, LookedAtAgain, effect=keep_review, done="Intelligence reviewed"),
    Step("strike",   "Strike it out",                 (S.RECORDED, S.SENT, S.ACCEPTED), S.STRUCK, LEARNS, guards=(not_their_supervisor,), effect=strike_entry, done="Intelligence struck out"),
    *SAFETY,
    label="intelligence", finished={S.ACCEPTED, S.STRUCK},
)
# fmt: on
