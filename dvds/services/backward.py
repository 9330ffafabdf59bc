"""The plan counted back from the overall limit: the latest day on which each stage may end and the rest still be done in time.

Pure: no database, no clock. Inner limits can eat the outer one (part C, 8): ten and five working days are 26 calendar days
over Christmas 2026, which leaves two of the 28.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workflow.clock import LONDON, Calendar, due, working_days, working_days_before

DAY = timedelta(days=1)
MEETING_DAYS, REFERRAL_DAYS = 10, 5  # working days: K2 and K4, the same in both profiles as far as is known [S, M]
#: What must be left: to tell, once it is decided; for the forum, once it is referred; for assessment and referral [R].
TO_TELL, FOR_THE_FORUM, TO_REFER = timedelta(days=2), timedelta(days=5), 5


@dataclass(frozen=True, slots=True)
class Latest:
    """The last London day on which a stage may end, and the last working day until then ("act by")."""

    on: date
    act_by: date


@dataclass(frozen=True, slots=True)
class Squeeze:
    """What the inner limits leave of the outer one, in calendar days, if each takes its full time. `tight`: fewer than forum
    and telling need.
    """

    days: int

    @property
    def tight(self) -> bool:
        return self.days < (TO_TELL + FOR_THE_FORUM).days


def london_day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def act_by(on: date, calendar: Calendar) -> date:
    """The day itself where it is worked, else the last working day before it. Raises UnknownYear."""
    return working_days_before(on + DAY, 1, calendar) if calendar.outside_working_days(on) else on


def backward(overall_due: datetime, calendar: Calendar) -> Mapping[str, Latest]:
    """{stage: latest day} for the stages that come before the overall limit ends, counted back from it (UTC). The days that
    must be left are ours [R]. Raises UnknownYear for a year without bank holidays.
    """
    told = london_day(overall_due)
    decided = told - TO_TELL
    referred = decided - FOR_THE_FORUM
    met = working_days_before(referred, TO_REFER, calendar)
    found = {"telling": told, "forum": decided, "assessment": referred, "meeting": met}
    return {stage: Latest(on, act_by(on, calendar)) for stage, on in found.items()}


def squeeze(first_contact_at: datetime, overall_due: datetime, *, asked: bool, calendar: Calendar) -> Squeeze:
    """How many days the forum and the telling have left if every stage before them takes as long as it may (part C, 8).

    Raises UnknownYear.
    """
    start = first_contact_at
    if asked:
        start = due(start, working_days(MEETING_DAYS), calendar)
    referred = due(start, working_days(REFERRAL_DAYS), calendar)
    return Squeeze((london_day(overall_due) - london_day(referred)).days)
