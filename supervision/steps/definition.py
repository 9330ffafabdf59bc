"""THE TABLE of a word that the force defines: proposed by one, decided by another, taken out of use where it does harm."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from accounts.roles import roles
from cases.models import DefinitionSet
from supervision.forms.definition import NewDefinition
from supervision.steps.two_people import Said, by_another, by_who_asked, decided, nothing_more
from workflow.clock import LONDON
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.models import Approval

S = DefinitionSet.State
PROPOSERS = roles("administrator", "superintendent", "da_coordinator")
DECIDERS = roles("superintendent")


def is_in_use(definition: Any) -> bool:
    """the definition was approved by the force and not taken out of use"""
    approved = definition.state == S.APPROVED and definition.recorded_by_id is not None
    return approved and definition.out_of_use_at is None


def not_in_the_past(definition: Any, user: User) -> str:
    """Guard: flags of days gone by stay as they were."""
    if definition.valid_from < timezone.localdate():
        return "Not any more. Its first day has gone by: refuse it, and propose it from a day to come."
    return ""


def keep(definition: Any, said: Said, by: User, at: datetime) -> None:
    definition.unit = Unit.objects.root()
    for name, value in said.items():
        setattr(definition, name, value)


def bring_back(definition: Any, said: Said, by: User, at: datetime) -> None:
    """The words before it, as a version of their own: from today, or from the day on which the other would have begun."""
    rows = DefinitionSet.objects.approved().filter(code=definition.code, valid_from__lte=definition.valid_from)
    before = rows.exclude(pk=definition.pk).filter(out_of_use_at__isnull=True).order_by("-valid_from", "-pk")[0]
    same = {name: getattr(before, name) for name in ("code", "text", "window_months", "at_least", "authority")}
    DefinitionSet.objects.create(
        **same, state=S.APPROVED, valid_from=max(definition.valid_from, at.astimezone(LONDON).date())
    )
    definition.out_of_use_at = at


# fmt: off
DEFINITION = Workflow("definition", DefinitionSet, S,
    Step("propose",   "Propose what a word means",       NEW,        S.PROPOSED,  PROPOSERS, NewDefinition, effect=keep, done="Definition proposed"),
    Step("approve",   "Approve this definition",         S.PROPOSED, S.APPROVED,  DECIDERS,  guards=(by_another, not_in_the_past), effect=decided("definition", Approval.Verdict.APPROVED), done="Definition approved", proof=True),
    Step("refuse",    "Refuse this definition",          S.PROPOSED, S.REFUSED,   DECIDERS,  guards=(by_another,), effect=decided("definition", Approval.Verdict.RETURNED), done="Definition refused"),
    Step("take-back", "Take this proposal back",         S.PROPOSED, S.WITHDRAWN, PROPOSERS, guards=(by_who_asked,), effect=nothing_more, done="Proposal taken back"),
    Step("withdraw",  "Take this definition out of use now", ANY,    STAYS,       PROPOSERS, when=is_in_use, effect=bring_back, done="Definition taken out of use"),
    finished=(S.APPROVED, S.REFUSED, S.WITHDRAWN), label="definition of a word",
)
# fmt: on
