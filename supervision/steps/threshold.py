"""THE TABLE of a rule's number: proposed by one, decided by another, taken out of use at once where it does harm."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from accounts.roles import roles
from risk.models import RiskThreshold
from supervision.forms.threshold import NewThreshold
from supervision.models import ThresholdChange
from supervision.steps.two_people import (
    Said,
    by_another,
    by_who_asked,
    decided,
    nothing_more,
)
from workflow.clock import LONDON
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.models import Approval

S = ThresholdChange.State
PROPOSERS = roles("administrator", "superintendent", "da_coordinator")
DECIDERS = roles("superintendent")


def is_in_use(change: Any) -> bool:
    """the number was approved and not taken out of use"""
    return change.gave_id is not None and change.out_of_use_at is None


def not_in_the_past(change: Any, user: User) -> str:
    """Guard: decisions made under the old number stay as they were made."""
    if change.valid_from < timezone.localdate():
        return "Not any more. Its first day has gone by: refuse it, and propose it from a day to come."
    return ""


def keep(change: Any, said: Said, by: User, at: datetime) -> None:
    change.unit = Unit.objects.root()
    for name in ("name", "value", "valid_from", "authority"):
        setattr(change, name, said[name])


def bring_in(change: Any, said: Said, by: User, at: datetime) -> None:
    change.gave = RiskThreshold.objects.create(
        name=change.name, value=change.value, valid_from=change.valid_from, authority=change.authority
    )


def bring_back(change: Any, said: Said, by: User, at: datetime) -> None:
    """The number before it, as a row of its own: from today, or from the day on which the other would have begun."""
    earlier = RiskThreshold.objects.filter(name=change.name, pk__lt=change.gave_id, valid_from__lte=change.valid_from)
    before = earlier.order_by("-valid_from", "-pk")[0]
    RiskThreshold.objects.create(
        name=change.name, value=before.value, authority=before.authority,
        valid_from=max(change.valid_from, at.astimezone(LONDON).date()),
    )  # fmt: skip
    change.out_of_use_at = at


# fmt: off
THRESHOLD = Workflow("threshold", ThresholdChange, S,
    Step("propose",   "Propose a number",               NEW,        S.PROPOSED,  PROPOSERS, NewThreshold, effect=keep, done="Number proposed"),
    Step("approve",   "Approve this number",            S.PROPOSED, S.APPROVED,  DECIDERS,  guards=(by_another, not_in_the_past), effect=decided("threshold", Approval.Verdict.APPROVED, bring_in), done="Number approved", proof=True),
    Step("refuse",    "Refuse this number",             S.PROPOSED, S.REFUSED,   DECIDERS,  guards=(by_another,), effect=decided("threshold", Approval.Verdict.RETURNED), done="Number refused"),
    Step("take-back", "Take this proposal back",        S.PROPOSED, S.WITHDRAWN, PROPOSERS, guards=(by_who_asked,), effect=nothing_more, done="Proposal taken back"),
    Step("withdraw",  "Take this number out of use now", ANY,       STAYS,       PROPOSERS, when=is_in_use, effect=bring_back, done="Number taken out of use"),
    finished=(S.APPROVED, S.REFUSED, S.WITHDRAWN), label="number of a rule",
)
# fmt: on
