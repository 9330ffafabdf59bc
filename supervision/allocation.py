"""Several rows of a queue at once: giving them to somebody, asking for an update. Never a decision.

Each row is done whole or not at all, by the ordinary verbs; what is refused says why and keeps nobody else's waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, Holding, Task
from cases.services import raise_task
from supervision.away import owed_by_somebody_away
from workflow import engine
from workflow.models import Refusal, Refused

MOST = 50  # rows at once: two pages of one group
UPDATE = "update"
ASKED_ALREADY = "An update is asked for already, and not given yet."
NOBODY_TO_ASK = "Nobody holds this case: give it to somebody first."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case; `refusal` is "" where it was done."""

    reference: str
    refusal: str


def allocate(cases: Iterable[int], by: User, at: datetime, *, part: str, person: User, reason: str) -> list[Outcome]:
    """Give a part of each case to somebody, with the reason; not what falls due before they are back. `at` is UTC."""
    said = {"part": part, "person": person, "reason": reason}

    def give(case: Case) -> None:
        engine.perform(case, "hold", by=by, evidence=said, seen=case.version, at=at)
        if owed_by_somebody_away(at).filter(case=case, holder=person).exists():
            words = _("%(person)s is off duty until after something here is due: choose somebody who is there.")
            raise Refused(Refusal.GUARD, words % {"person": person.short_title()})

    return each(cases, by, give)


def ask_for_update(cases: Iterable[int], by: User, at: datetime, *, reason: str) -> list[Outcome]:
    """Ask whoever holds each case to write how it stands: a task with its clock. `at` is UTC."""

    def ask(case: Case) -> None:
        if case.holder_of(Holding.Part.INVESTIGATION) is None:
            raise Refused(Refusal.GUARD, NOBODY_TO_ASK)
        asked = Task.objects.standing().filter(case=case, kind=UPDATE, state=Task.State.TO_DO)
        if asked.exists():
            raise Refused(Refusal.GUARD, ASKED_ALREADY)
        raise_task(case=case, kind=UPDATE, why=reason, by=by, at=at)

    return each(cases, by, ask)


def each(cases: Iterable[int], by: User, act: Callable[[Case], None]) -> list[Outcome]:
    """Do it to each case that the person works, once however many of its rows were chosen, in the order of the cases."""
    worked = Case.objects.worked_by(by).filter(pk__in=set(cases)).select_related("unit").order_by("pk")
    return [Outcome(case.reference, _one(case, act)) for case in worked[:MOST]]


def _one(case: Case, act: Callable[[Case], None]) -> str:
    try:
        with transaction.atomic():
            act(case)
    except Refused as refusal:
        return sentence_of(refusal)
    return ""


def sentence_of(refusal: Refused) -> str:
    """What to show beside the reference: of a form, the first of what it says."""
    errors: Any = refusal.errors
    if refusal.kind is Refusal.FORM and hasattr(errors, "errors"):
        return str(next(iter(errors.errors.values()))[0])
    return refusal.sentence
