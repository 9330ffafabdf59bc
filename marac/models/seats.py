"""Who sits at a meeting: the agencies of the forum that day, who of them is here, who may take an action."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from marac.models.forum import ForumMember
from marac.models.meeting import Attendance, Meeting
from safeguarding.models import Agency
from workflow.clock import LONDON

HERE, AWAY = "here", "away"


def day_of(meeting: Meeting) -> date:
    """The day of the meeting, in London."""
    return meeting.starts_at.astimezone(LONDON).date()


def agencies_of(meeting: Meeting) -> list[Agency]:
    """The agencies that sit in the forum on the day of the meeting, and whoever else was recorded there, by name."""
    seats = ForumMember.objects.all().on(day_of(meeting)).filter(forum=meeting.forum_id).values("agency")
    there = Attendance.objects.filter(meeting=meeting, agency__isnull=False).values("agency")
    both = Agency.objects.filter(pk__in=seats.union(there))
    return list(both.select_related("unit").order_by("unit__name", "pk"))


def attendances_of(meeting: Meeting) -> list[Attendance]:
    rows = Attendance.objects.filter(meeting=meeting).select_related("agency__unit")
    return list(rows.order_by("agency__unit__name", "pk"))


def owner_choices(meeting: Meeting) -> list[tuple[str, str]]:
    """Those here by name; then each agency of which nobody is: it is rung today (the sheet, part 5)."""
    rows = attendances_of(meeting)
    here = [row for row in rows if row.standing == Attendance.Standing.HERE and row.agency_id]
    present = {row.agency_id for row in here}
    away = [agency for agency in agencies_of(meeting) if agency.pk not in present]
    not_here = _("%(agency)s, in writing") if meeting.forum.in_writing else _("%(agency)s, not here: ring today")
    return [(f"{HERE}-{row.pk}", f"{row.agency}, {row.name}") for row in here] + [
        (f"{AWAY}-{agency.pk}", not_here % {"agency": agency}) for agency in away
    ]


def owner_of(choice: str, meeting: Meeting) -> tuple[Agency, str, bool]:
    """(agency, who, volunteered) of an answer that `owner_choices` offered; in writing every agency offers its own. Raises
    LookupError for another.
    """
    how, _dash, number = choice.partition("-")
    if how == HERE:
        row = next((row for row in attendances_of(meeting) if str(row.pk) == number), None)
        if row is None or row.agency is None:
            raise LookupError(choice)
        return row.agency, row.name, True
    agency = next((one for one in agencies_of(meeting) if str(one.pk) == number), None)
    if agency is None:
        raise LookupError(choice)
    return agency, "", meeting.forum.in_writing
