"""What keeps people out of one of two cases about the same people keeps them out of the other, whenever it is said.

The same two people are in both. Lifting it is thought about in each case by itself, so nothing is lifted here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import Case, LinkedCase, ShutOut
from workflow import engine
from workflow.models import Refusal, Refused

SHUT_OUT = "Shut out of a case about the same people."
RESTRICTED = "A case about the same people is restricted."
MAY_NOT = (Refusal.HIDDEN, Refusal.ROLE)


def beside(case: Case) -> Any:
    """Those of the other side, and the conference of an investigation or the other way round."""
    others = LinkedCase.objects.kept_alike().filter(case=case).values("other")
    return Case.objects.filter(pk__in=others).select_related("unit").order_by("pk")


def investigations_beside(case: Case) -> Any:
    """Of a conference: where the police keep the file and the risk; none where they hold no case of it."""
    return beside(case).filter(kind=Case.Kind.INVESTIGATION)


def restrict_beside(*, case: Case, by: User, at: datetime) -> None:
    """Restrict each of them that is not; whoever holds it, and whoever restricts it, stay. `at` is UTC."""
    for other in beside(case).filter(restricted=False):
        act(other, "restrict", {"reason": RESTRICTED}, by, at)


def shut_out_beside(*, case: Case, person: User, by: User, at: datetime, step: str = "shut-out") -> None:
    """Shut somebody out of each of them, by the same step: a party to one is a party to the other. `at` is UTC."""
    already = ShutOut.objects.in_force(at).filter(person=person).values("case")
    for other in beside(case).exclude(pk__in=already):
        act(other, step, {"person": person, "reason": SHUT_OUT}, by, at)


def act(other: Case, step: str, said: dict[str, Any], by: User, at: datetime) -> None:
    """In the name of whoever acted, so that the other case tells nothing of this one. Where they may not open it, or not do
    that there, the program acts instead: they learn nothing of it, and it is shut all the same.
    """
    try:
        engine.perform(other, step, by=by, evidence=said, at=at)
    except Refused as refused:
        if refused.kind not in MAY_NOT:
            raise
        by_the_program = {"step-away": "shut-out"}.get(step, step)
        engine.perform(other, by_the_program, by=User.objects.system(), evidence=said, at=at)
