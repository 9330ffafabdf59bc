"""A High grade drafts the referral by itself, once (S2-037): nobody has to remember, and nothing is typed twice."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from cases.models import Case
from marac.models import NotReferred, Referral
from marac.services.forums import forum_for
from marac.services.known import newest_decision
from marac.services.threshold import over_threshold
from workflow import engine
from workflow.models import Refusal, Refused

OVERTAKEN = "The risk was graded again, so this is asked anew."


def draft_if_owed(case: Case, at: datetime) -> Referral | None:
    """The draft for a case that is over the threshold and not referred, where a forum hears it; None where there is nothing
    to draft, a person is asked first whether a child goes another way, or one is being written already. `at` is UTC.
    """
    overtake(case, at)
    forum = forum_for(case.unit)
    if forum is None or over_threshold(case, at) is None:
        return None
    try:
        said = {"forum": str(forum.pk)}
        drafted: Referral = engine.perform(Referral(case=case), "begin", by=User.objects.system(), evidence=said, at=at)
    except Refused as refused:
        if refused.kind is Refusal.GUARD:  # one is open, or the person harmed is a child: the queue says so
            return None
        raise
    return drafted


def overtake(case: Case, at: datetime) -> None:
    """A reason not to refer holds for the grade that it was agreed for, and for no other."""
    newest = newest_decision(case)
    standing = NotReferred.objects.standing().filter(
        case=case, state__in=[NotReferred.State.ASKED, NotReferred.State.AGREED]
    )
    for row in standing.exclude(seen_decision=newest).order_by("pk"):
        said = {"reason": OVERTAKEN}
        engine.perform(row, "overtake", by=User.objects.system(), evidence=said, seen=row.version, at=at)
