"""For how long every agency flags its files after a case was heard (D.2)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from marac.models import ForumTerms, Meeting
from marac.models.seats import day_of


def months_on(day: date, months: int) -> date:
    """The same day so many calendar months on; the last day of that month where it has no such day: 29 February ends on
    the 28th (R-30).
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def flagged_until(meeting: Meeting) -> date:
    """The last day of the flag: the forum’s months of a repeat, from the day of the meeting (London)."""
    on = day_of(meeting)
    return months_on(on, ForumTerms.objects.of(meeting.forum, on).repeat_months)
