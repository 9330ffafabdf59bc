"""How much of a limit is used and how much is left, counted the same way everywhere. Pure: moments are UTC, days London's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflow.clock import LONDON, Calendar, Length, Rule

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NEARLY = 75  # per cent of a limit from which it is shown as near


@dataclass(frozen=True, slots=True)
class Used:
    """A bar and its sentence: `words` is what is used, `left` what remains or by how much it is late. `tone`: ok, near,
    late, met.
    """

    words: str
    left: str
    percent: int
    tone: str

    @property
    def late(self) -> bool:
        return self.tone == "late"

    @property
    def said(self) -> str:
        """Both in one line, where no bar stands beside them: day 23 of 28, 5 left."""
        return ", ".join(part for part in (self.words, self.left) if part)


def used(started_at: datetime, due_at: datetime, length: Length, calendar: Calendar, now: datetime) -> Used:
    """Of a limit that still runs. Raises UnknownYear where working days are counted in a year without bank holidays."""
    if now > due_at:
        return Used("", late_by(due_at, now, length, calendar), 100, "late")
    if length.rule.counts_hours:
        return _hours_used(started_at, due_at, now)
    counts = length.rule is Rule.WD
    gone = days_between(started_at, now, calendar if counts else None)
    whole = days_between(started_at, due_at, calendar if counts else None)
    left = days_between(now, due_at, calendar if counts else None)
    words = _("day %(day)s of %(of)s") % {"day": gone, "of": whole}
    return Used(
        words, _left(left), _percent(gone, whole), "near" if _percent(gone, whole) >= NEARLY or left < 2 else "ok"
    )


def _hours_used(started_at: datetime, due_at: datetime, now: datetime) -> Used:
    gone, whole = (now - started_at) // HOUR, max((due_at - started_at) // HOUR, 1)
    left = ngettext("%(count)s hour left", "%(count)s hours left", whole - gone) % {"count": whole - gone}
    if due_at - now < HOUR:
        left = ngettext("%(count)s minute left", "%(count)s minutes left", (due_at - now).seconds // 60) % {
            "count": (due_at - now).seconds // 60
        }
    words = _("%(gone)s of %(of)s hours") % {"gone": gone, "of": whole}
    return Used(words, left, _percent(gone, whole), "near" if _percent(gone, whole) >= NEARLY else "ok")


def _left(days: int) -> str:
    return ngettext("%(count)s left", "%(count)s left", days) % {"count": days} if days else _("due today")


def _percent(gone: int, whole: int) -> int:
    return max(0, min(100, round(100 * gone / whole))) if whole else 100


def days_between(first: datetime, last: datetime, calendar: Calendar | None = None) -> int:
    """Days from the London day of one moment to that of another, the first being day 0; with a calendar, working days."""
    begin, end = first.astimezone(LONDON).date(), last.astimezone(LONDON).date()
    if calendar is None:
        return max((end - begin).days, 0)
    return sum(not calendar.outside_working_days(on) for on in _after(begin, end))


def _after(begin: date, end: date) -> list[date]:
    return [begin + n * DAY for n in range(1, (end - begin).days + 1)]


def late_by(due_at: datetime, now: datetime, length: Length, calendar: Calendar) -> str:
    """By how much, in the unit that the limit counts: "Late by 3 working days", "Late by 2 days 18 h"."""
    if length.rule.counts_hours:
        over = now - due_at
        days, hours = over.days, over.seconds // 3600
        parts = [_("%(days)s d") % {"days": days} if days else "", _("%(hours)s h") % {"hours": hours} if hours else ""]
        said = " ".join(part for part in parts if part)
        return _("Late by %(length)s") % {"length": said if over >= HOUR else _("less than an hour")}
    counts = length.rule is Rule.WD
    count = days_between(due_at, now, calendar if counts else None)
    if not count:  # over a weekend: late all the same
        return _("Late since the last working day")
    words = (
        ngettext("Late by %(count)s working day", "Late by %(count)s working days", count)
        if counts
        else ngettext("Late by %(count)s day", "Late by %(count)s days", count)
    )
    return words % {"count": count}


def done_words(
    due_at: datetime, done_at: datetime, recorded_at: datetime | None, length: Length, calendar: Calendar
) -> Used:
    """Of a limit that was met or missed: "Met", "Met, recorded late", "Late by 1 working day"."""
    if done_at > due_at:
        return Used("", late_by(due_at, done_at, length, calendar), 100, "late")
    if recorded_at and recorded_at > due_at:
        return Used(_("Met, recorded late"), "", 100, "met")
    return Used(_("Met"), "", 100, "met")
