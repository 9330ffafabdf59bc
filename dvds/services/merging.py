"""Two considerations about the same two people go on as one. Neither applicant learns of the other: nothing of who asked in the
one is written in the other, and each is answered by itself (B4).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import Task
from cases.services.tasks import raise_task
from dvds.models import OVER, Application, Part
from dvds.services.alike import alike
from workflow import engine
from workflow.models import Refusal, Refused

HIDDEN = "There is no such consideration, or you may not see it. Check the reference."
ITSELF = "Not with itself. Enter the reference of the other."
ENDED = "Not available. The other has ended: what is new about them is a consideration of its own."
OTHERS = "Not available. Both must be about the same person at risk and the same subject."
OWED_THERE = "It is owed in the consideration that goes on."
#: As the person who reads it there may not open this one, it says no more than that something is owed.
OWED_HERE = "It was owed in another about the same two people that came to this one: read there what it is."
CAME = "Another came to it, about the same two people."
S = Application.State
#: Where a decision was carried out already: what comes later is a consideration of its own.
ENDED_IN = (*OVER, S.CONCLUDING, S.FROZEN, S.TOLD, S.DECLINED, S.UNREACHABLE, S.INFORMED)


def found(reference: str, by: User) -> Application:
    """The consideration of that reference. Raises Refused where it may not be seen: nobody learns by trying that it is there."""
    seen = Application.objects.visible_to(by).select_related("case__unit")
    other: Application | None = seen.filter(case__reference=reference.strip().upper()).first()
    if other is None:
        raise Refused(Refusal.GUARD, HIDDEN)
    return other


def people(application: Application, part: str) -> set[int]:
    return set(application.parties.standing().filter(part=part).values_list("person_id", flat=True))


def refuse_unless_alike(application: Application, other: Application) -> None:
    """Raise Refused unless both are open, and about the same two people."""
    if other.pk == application.pk:
        raise Refused(Refusal.GUARD, ITSELF)
    if other.state in ENDED_IN:
        raise Refused(Refusal.GUARD, ENDED)
    for part in (Part.AT_RISK, Part.SUBJECT):
        if not alike(people(application, part)) & people(other, part):
            raise Refused(Refusal.GUARD, OTHERS)


def merge_into(application: Application, other: Application, by: User, at: datetime) -> None:
    """The other goes on, from the earlier first contact and with what is still owed here. `at` is UTC. Raises Refused.

    Parties, safe contact and words stay where they are: who asks here is no part of the other.
    """
    refuse_unless_alike(application, other)
    application.merged_into = other
    system = User.objects.system()
    said = {"reason": CAME, "first_contact_at": min(application.first_contact_at, other.first_contact_at)}
    engine.perform(other, "take-in", by=system, evidence=said, seen=other.version, at=at)
    for task in Task.objects.standing().filter(case=application.case, state=Task.State.TO_DO).order_by("pk"):
        raise_task(case=other.case, kind=task.kind, why=OWED_HERE, by=system, at=at)
        engine.perform(task, "done", by=system, evidence={"outcome": OWED_THERE}, seen=task.version, at=at)


def goes_on(application: Application) -> Any:
    """The consideration in which a merged one goes on, at the end of the chain."""
    other = application.merged_into
    while other is not None and other.merged_into is not None:
        other = other.merged_into
    return other
