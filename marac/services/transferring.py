"""A referral is handed to another forum: both stay linked until the other takes it (R-34), and the new address is told there
alone: what is learned there is a fact of that conference, which the forum that handed it on does not see.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import LinkedCase
from cases.services import open_conference
from cases.services.conference import keep_alike
from cases.services.linking import link
from marac.models import AgendaItem, Forum, Meeting, Referral, ReferredPerson, Transfer
from marac.services.people import learn_from
from marac.services.publishing import leave_agendas
from workflow import engine
from workflow.models.record import about

#: What goes along of a referral; what became of it here does not.
COPIED = (
    "agency", "investigation", "assessment", "contact", "grounds", "score", "incidents", "judgement", "latest", "history",
    "changed", "afraid_of", "safe_to_tell", "not_to_tell", "safe_contact", "aware", "not_aware_because", "consent",
    "no_consent_because", "basis", "necessity", "wishes", "support", "done_already", "ethnic_minority", "lgbt", "disabled", "male",
    "age", "youngest_suspect", "employer",
)  # fmt: skip
OF_A_PERSON = ("connection", "lives_with", "school", "standing", "mappa")
GOES = "It goes to another forum."


def hand_over(transfer: Transfer, by: User, at: datetime) -> None:
    """Off every agenda to come, with another forum from now on; to one of this force it arrives at once. `at` is UTC."""
    referral = transfer.referral
    to_come = Meeting.objects.to_come().values("pk")
    items = AgendaItem.objects.standing().filter(**about(referral), meeting__in=to_come)
    leave_agendas(items, GOES, at, sight=False)
    moved(referral, "hand-over", at)
    if transfer.to_forum is not None:
        transfer.received = arrive(referral, transfer.to_forum, by, at)


def arrive(origin: Referral, forum: Forum, by: User, at: datetime) -> Referral:
    """The same referral in a conference of the other forum, with the coordinator there. Nothing is typed again."""
    system = User.objects.system()
    case = open_conference(unit=forum.unit, by=system, at=at, beside=origin.investigation)
    if origin.investigation is None:
        keep_alike(case, origin.case, by, at)
    link(case=origin.case, other=case, kind=LinkedCase.Kind.RELATED, by=system, at=at)
    kept: dict[str, Any] = {name: getattr(origin, name) for name in COPIED}
    blank = Referral(case=case, forum=forum, origin=origin.case.unit, **kept)
    made: Referral = engine.perform(blank, "arrive", by=system, at=at)
    for row in ReferredPerson.objects.standing().filter(referral=origin).order_by("pk"):
        learn_from(origin.case_id, row.person_id, made, system, at)
        said = {name: getattr(row, name) for name in OF_A_PERSON}
        copy = ReferredPerson(referral=made, person_id=row.person_id, part=row.part, **said)
        engine.add(copy, beneath=made, by=system, at=at)
    return moved(made, "hand-in", at)


def come_back(transfer: Transfer, at: datetime) -> None:
    """The other forum did not take it: it is this one's again, so that she is nobody's for no day."""
    moved(transfer.referral, "come-back", at)


def moved(referral: Referral, step: str, at: datetime) -> Referral:
    now = Referral.objects.get(pk=referral.pk)
    done: Referral = engine.perform(
        now, step, by=User.objects.system(), evidence={"reason": GOES}, seen=now.version, at=at
    )
    return done
