"""THE TABLE of a transfer to another forum, or from one (D.7, R-34). Begun in the conference of its referral."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import SYSTEM
from cases.steps.safety import SAFETY
from marac.forms.transfer import CameFrom, NewTransfer, TransferAnswered
from marac.models import Hearing, Referral, Transfer
from marac.models.meeting import FORUM_STAFF
from marac.services.transferring import come_back, hand_over
from workflow.declare import NEW, STAYS, Step, Workflow
from workflow.engine import keep_said
from workflow.models import Refusal, Refused

S, R = Transfer.State, Referral.State
Said = dict[str, Any]
GOES_FROM = (R.SUBMITTED, R.ACCEPTED, R.LISTED, R.HEARD)


def of_a_referral(transfer: Any, user: User) -> str:
    """Guard: begun in the conference of a referral that is with this forum. Index: referral_one_to_a_conference."""
    found = Referral.objects.standing().filter(case=transfer.case_id).select_related("forum__unit", "case").first()
    if found is None:
        return "Not available here. Begin it on the page of a MARAC conference."
    transfer.referral = found
    if found.state not in GOES_FROM:
        return "Not available. The referral is not with this forum now."
    heard_now = Hearing.objects.standing().filter(referral=found, state=Hearing.State.HEARING).exists()
    return "Not yet. The case is being heard: finish it in the meeting room first." if heard_now else ""


def goes_once(transfer: Any, user: User) -> str:
    waits = Transfer.objects.standing().filter(case=transfer.case_id, state=S.SENT).exists()
    return "Not available. It was sent to another forum already, which has not answered." if waits else ""


def keep_sent(transfer: Any, said: Said, by: User, at: datetime) -> None:
    """Raises Refused where it would go to the forum that has it."""
    if said["to_forum"] == transfer.referral.forum:
        raise Refused(Refusal.GUARD, "Not there. This forum has it already: choose another.")
    keep_said(transfer, said, by, at)
    transfer.way, transfer.papers = Transfer.Way.OUT, said["papers"] is True
    hand_over(transfer, by, at)


def keep_received(transfer: Any, said: Said, by: User, at: datetime) -> None:
    """Where it was heard before is an anchor of R-30: asked again at once, whether the referral was accepted or not."""
    keep_said(transfer, said, by, at)
    transfer.way, transfer.papers = Transfer.Way.IN, said["papers"] is True


def keep_answer(transfer: Any, said: Said, by: User, at: datetime) -> None:
    """What they said stands in the record of acts."""


def keep_refusal(transfer: Any, said: Said, by: User, at: datetime) -> None:
    come_back(transfer, at)


def is_elsewhere(transfer: Any) -> bool:
    """A forum of this force answers by itself, when it takes the referral or does not."""
    return transfer.received_id is None


# fmt: off
TRANSFER = Workflow("marac-transfer", Transfer, S,
    Step("send",     "Send to another forum",            NEW,    S.SENT,     FORUM_STAFF, NewTransfer, guards=(of_a_referral, goes_once), effect=keep_sent, done="Sent to another forum"),
    Step("receive",  "Record that it came from another forum", NEW, S.ACCEPTED, FORUM_STAFF, CameFrom, guards=(of_a_referral,), effect=keep_received, done="Came from another forum"),
    Step("take",     "Record that they took it",         S.SENT, S.ACCEPTED, FORUM_STAFF, TransferAnswered, when=is_elsewhere, effect=keep_answer, done="The other forum took it"),
    Step("decline",  "Record that they did not take it", S.SENT, S.REFUSED,  FORUM_STAFF, TransferAnswered, when=is_elsewhere, effect=keep_refusal, done="The other forum did not take it"),
    Step("accepted", "The other forum took it",          S.SENT, S.ACCEPTED, SYSTEM, TransferAnswered, effect=keep_answer,  done="The other forum took it"),
    Step("refused",  "The other forum did not take it",  S.SENT, S.REFUSED,  SYSTEM, TransferAnswered, effect=keep_refusal, done="The other forum did not take it"),
    Step("given-back", "The other forum gave it back", S.ACCEPTED, S.REFUSED, SYSTEM, TransferAnswered, effect=keep_refusal, done="The other forum withdrew it after taking it"),
    Step("chase",    "Record that you asked again",      S.SENT, STAYS,      FORUM_STAFF, TransferAnswered, effect=keep_answer, done="The other forum was asked again"),
    *SAFETY,
    label="transfer between forums", finished={S.ACCEPTED, S.REFUSED},
)
# fmt: on
