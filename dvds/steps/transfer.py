"""THE TABLE of a transfer between forces: an offer and its answer. The limits stay here until the other force accepts (B4)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.steps.safety import SAFETY
from dvds.forms.transfer import CameFromForce, ForceAnswered, ForceOffered, ForceTook, TakenBack
from dvds.models import Application, ForceTransfer
from dvds.steps.held import nobody_unsafe
from dvds.steps.roles import SUPERVISOR, UNIT
from dvds.steps.special import GOING
from workflow import engine
from workflow.declare import NEW, Step, Workflow
from workflow.engine import keep_said
from workflow.models import Refusal, Refused

S, A = ForceTransfer.State, Application.State
Said = dict[str, Any]
#: The checks and what danger asks for are done by whoever hears of it first, whichever force leads.
OFFERED_FROM = frozenset(GOING) - {A.OPENED, A.CHECKS}
TOOK = "The other force has taken it: its answer stands in the transfer."


def of_a_consideration(transfer: Any, user: User) -> str:
    """Guard: begun in the case of a consideration that goes on. Index: application_one_to_a_case."""
    found = Application.objects.standing().select_related("case__unit").filter(case=transfer.case_id).first()
    if found is None:
        return "Not available here. Begin it on the page of a consideration."
    transfer.application = found
    return "" if found.state in GOING else "Not available. It does not go on here now."


def checked_here_first(transfer: Any, user: User) -> str:
    application = getattr(transfer, "application", None)
    if application is not None and application.state not in OFFERED_FROM:
        return "Not yet. Whichever force leads, we do the checks and answer danger first."
    return ""


def offered_once(transfer: Any, user: User) -> str:
    """Guard. Index: force_transfer_one_open."""
    if ForceTransfer.objects.standing().filter(case=transfer.case_id, state=S.OFFERED).exists():
        return "Not available. It is offered to another force already, which has not answered."
    return ""


def keep_offer(transfer: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(transfer, said, by, at)
    transfer.way, transfer.offered_at = ForceTransfer.Way.OUT, at


def keep_arrival(transfer: Any, said: Said, by: User, at: datetime) -> None:
    """It stands accepted, for we work it: who there gave it, and under which number."""
    keep_said(transfer, said, by, at)
    transfer.way, transfer.answered_at, transfer.answered_by = ForceTransfer.Way.IN, at, by.short_title()


def keep_answer(transfer: Any, said: Said, by: User, at: datetime) -> None:
    """Raises Refused where the answer is older than the offer."""
    keep_said(transfer, said, by, at)
    if transfer.answered_at < transfer.offered_at.replace(second=0, microsecond=0):
        raise Refused(Refusal.GUARD, "Not then. They cannot have answered before it was offered: check the time.")


def keep_taken(transfer: Any, said: Said, by: User, at: datetime) -> None:
    """From now on it is theirs: the consideration follows in the same moment."""
    keep_answer(transfer, said, by, at)
    application = Application.objects.get(pk=transfer.application_id)
    engine.perform(
        application, "hand-over", by=User.objects.system(), evidence={"reason": TOOK}, seen=application.version, at=at
    )


def keep_back(transfer: Any, said: Said, by: User, at: datetime) -> None:
    transfer.answered_at, transfer.answer_words = at, said["reason"]


# fmt: off
FORCE_TRANSFER = Workflow("force-transfer", ForceTransfer, S,
    Step("offer",     "Offer it to another force",                 NEW,       S.OFFERED,    SUPERVISOR, ForceOffered,  guards=(of_a_consideration, checked_here_first, nobody_unsafe, offered_once), effect=keep_offer, done="Offered to another force"),
    Step("arrive",    "Record that it came from another force",    NEW,       S.ACCEPTED,   UNIT,       CameFromForce, guards=(of_a_consideration,), effect=keep_arrival, done="Came from another force"),
    Step("accept",    "Record that they have taken it",            S.OFFERED, S.ACCEPTED,   SUPERVISOR, ForceTook,     guards=(nobody_unsafe,), effect=keep_taken,  done="Taken by the other force"),
    Step("decline",   "Record that they do not take it",           S.OFFERED, S.DECLINED,   SUPERVISOR, ForceAnswered, effect=keep_answer, done="Not taken by the other force"),
    Step("take-back", "Take the offer back",                       S.OFFERED, S.TAKEN_BACK, SUPERVISOR, TakenBack,     effect=keep_back,   done="The offer was taken back"),
    *SAFETY,
    label="transfer between forces", finished={S.ACCEPTED, S.DECLINED, S.TAKEN_BACK},
)
# fmt: on
