"""For how long every agency flags its files after a case was heard (D.2)."""

from __future__ import annotations

from datetime import date

from marac.models import ForumTerms, Meeting
from marac.models.seats import day_of
from marac.services.repeat import months_after


def flagged_until(meeting: Meeting) -> date:
    """The last day of the flag: the forum’s months of a repeat, from the day of the meeting (London)."""
    on = day_of(meeting)
    return months_after(on, ForumTerms.objects.of(meeting.forum, on).repeat_months)
