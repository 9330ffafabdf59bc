"""What the rules of a forum give one meeting: its days, and the referrals that wait for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from marac.models.forum import Forum, ForumTerms
from marac.models.meeting import Meeting
from marac.models.referral import Referral
from workflow.clock import LONDON, working_days_before
from workflow.clock.moment import end_of
from workflow.models import Holiday

#: The kinds of item that a forum hears of its own.
CASE, ACTION, ENDED, EMERGENCY = "referral", "action", "ended", "emergency"


@dataclass(frozen=True, slots=True)
class Days:
    """The moments (UTC) that the terms of a forum give a meeting, bank holidays left out (D.3)."""

    closes: datetime  # referrals that came later need the chair's leave
    out: datetime  # the agenda is with the agencies
    research: datetime  # the agencies' research is back
    sight_ends: datetime  # agencies see the cases no longer


def days_of(starts_at: datetime, terms: ForumTerms) -> Days:
    """Raises UnknownYear where the bank holidays of a year were not loaded."""
    day, calendar = starts_at.astimezone(LONDON).date(), Holiday.objects.calendar()

    def before(n: int) -> datetime:
        return min(end_of(working_days_before(day, n, calendar)), starts_at)

    return Days(
        closes=before(terms.cutoff_days), out=before(terms.agenda_days), research=before(terms.research_days),
        sight_ends=end_of(day + timedelta(days=terms.sight_days)),
    )  # fmt: skip


def terms_of(meeting: Meeting) -> ForumTerms:
    """The rules in force on the day of the meeting. Raises LookupError where none were ever set by then."""
    return ForumTerms.objects.of(meeting.forum, meeting.starts_at.astimezone(LONDON).date())


def research_due(meeting: Meeting, at: datetime) -> datetime:
    """When research is due that is asked for at a moment (UTC); by the meeting itself where it is too near for its days."""
    moment = days_of(meeting.starts_at, terms_of(meeting)).research
    return moment if moment > at else max(meeting.starts_at, at)


def waiting_for(forum: Forum) -> Any:
    """Accepted, and on no agenda. Index: referral_of_forum."""
    rows = Referral.objects.standing().filter(forum=forum, state=Referral.State.ACCEPTED)
    return rows.select_related("case__unit").order_by("submitted_at", "pk")
