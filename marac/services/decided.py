"""What a forum decided, for whoever works the case of the police: the outcome and their own actions, nothing of research."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from cases.models import Case
from marac.models import ForumAction, Hearing
from safeguarding.models import AgencyKind


@dataclass(frozen=True, slots=True)
class Decided:
    """One hearing that ended, the police’s own actions of it, and how many others there are."""

    hearing: Hearing
    ours: list[ForumAction]
    others: int


def decided_of(case: Case, user: User, at: datetime) -> list[Decided]:
    """What forums decided of an investigation, or of a conference, by the moment (UTC); the newest first. Hidden where the
    conference is. Index: referral_of_investigation, hearing_of_referral.
    """
    of = {"case": case} if case.kind == Case.Kind.CONFERENCE else {"referral__investigation": case}
    rows = Hearing.objects.visible_to(user).as_at(at).filter(state=Hearing.State.HEARD, ended_at__lte=at, **of)
    found = list(rows.select_related("item", "item__meeting__forum", "tells__unit").order_by("-ended_at", "-pk")[:20])
    plans = ForumAction.objects.standing().filter(referral__in={row.referral_id for row in found})
    every = list(plans.select_related("agency__unit").order_by("due_at", "pk")) if found else []
    return [decided(row, [one for one in every if of_hearing(one, row)]) for row in found]


def of_hearing(action: ForumAction, hearing: Hearing) -> bool:
    return (action.referral_id, action.meeting_id) == (hearing.referral_id, hearing.item.meeting_id)


def decided(hearing: Hearing, plan: list[ForumAction]) -> Decided:
    ours = [action for action in plan if action.agency.kind == AgencyKind.POLICE]
    return Decided(hearing, ours, len(plan) - len(ours))


def plan_of_hearing(hearing: Hearing) -> Decided:
    """The same of one hearing, for the decision log: written by the program, read by whoever reads that log."""
    plan = ForumAction.objects.standing().filter(referral=hearing.referral_id, meeting=hearing.item.meeting_id)
    return decided(hearing, list(plan.select_related("agency__unit").order_by("due_at", "pk")))
