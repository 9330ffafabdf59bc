"""What every proposal of administration shares: asked by one, decided by another, taken back by who asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from workflow.declare import Effect
from workflow.models import Approval, Refusal, Refused
from workflow.models.record import about

Said = dict[str, Any]
KNOWS_THE_CODE = timedelta(days=7)  # by then somebody whose password was changed behind their back has missed it
THEIR_CODE = (
    "You cannot do this. Your password was set lately with a code that they made, so somebody else must decide."
)


def by_another(proposal: Any, user: User) -> str:
    """Guard: whoever asked does not decide."""
    if proposal.recorded_by_id == user.pk:
        return "You cannot do this. You asked for it, so somebody else must decide."
    return ""


def by_who_asked(proposal: Any, user: User) -> str:
    """Guard: only whoever asked takes it back."""
    if proposal.recorded_by_id != user.pk:
        words = _("You cannot do this. %(person)s asked, so only they may take it back.")
        return words % {"person": proposal.recorded_by.short_title()}
    return ""


def decided(of: str, verdict: str, then: Effect | None = None) -> Effect:
    """The decision as a row that the database holds to have been made by somebody else, and what follows from it."""

    def effect(proposal: Any, said: Said, by: User, at: datetime) -> None:
        handed_out = {"made_by": proposal.recorded_by_id, "used_at__gt": at - KNOWS_THE_CODE}
        if by.invitations.filter(**handed_out).exists():
            raise Refused(Refusal.GUARD, THEIR_CODE)
        proposal.decided_by, proposal.decided_at = by, at
        Approval.objects.create(
            **about(proposal), of=of, asked_by=proposal.recorded_by, asked_at=proposal.recorded_at,
            seen_version=proposal.version, decided_by=by, decided_at=at, verdict=verdict, reason=said["reason"],
        )  # fmt: skip
        if then is not None:
            then(proposal, said, by, at)

    return effect


def nothing_more(proposal: Any, said: Said, by: User, at: datetime) -> None:
    """The reason is in the record of what happened; the row keeps only where it stands."""
