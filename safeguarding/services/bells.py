"""When a school is to be told by: the bell of the next day on which that very school is open (SD, RC3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from safeguarding.models import EncompassTerms, Establishment, SchoolDates
from workflow.clock import LONDON, OpenDays, Opening, Span, next_opening
from workflow.models import Holiday


def open_days(establishment: Establishment | None) -> OpenDays:
    """Its own terms, or those of its authority where it has none; closed on its own days and on its authority's.

    One query. Of no establishment nothing is known.
    """
    if establishment is None:
        return OpenDays()
    rows = list(SchoolDates.objects.all().of(establishment).order_by("from_on"))
    terms = [row for row in rows if row.kind == SchoolDates.Kind.TERM]
    own = [row for row in terms if row.establishment_id] or terms
    closed = [row for row in rows if row.kind == SchoolDates.Kind.CLOSED]
    return OpenDays(tuple(map(_span, own)), tuple(map(_span, closed)))


def _span(row: Any) -> Span:
    return Span(row.from_on, row.to_on)


def bell_of(establishment: Establishment | None, after: datetime) -> Opening:
    """The next bell after a moment (UTC), and whether the school's calendar knows it."""
    terms = EncompassTerms.objects.on(after.astimezone(LONDON).date())
    return next_opening(after, open_days(establishment), Holiday.objects.calendar(), terms.bell)


def closed_before(establishment: Establishment | None, at: datetime, bell: datetime) -> bool:
    """Whether a day on which it is closed lies between a moment and the bell, the day of the moment included (UTC)."""
    days, calendar = open_days(establishment), Holiday.objects.calendar()
    on, last = at.astimezone(LONDON).date(), bell.astimezone(LONDON).date()
    while on < last:
        if not days.is_open(on, calendar):
            return True
        on += timedelta(days=1)
    return False


def ring_at(bell: datetime) -> datetime:
    """When somebody rings where nobody has read it: 07:30 in London on the day of the bell, by the terms (UTC)."""
    on = bell.astimezone(LONDON).date()
    return datetime.combine(on, EncompassTerms.objects.on(on).ring_from, LONDON).astimezone(UTC)
