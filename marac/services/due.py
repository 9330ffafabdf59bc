"""When an action that a forum agrees is due, where nobody says another time (D.3)."""

from __future__ import annotations

from datetime import datetime, timedelta

from marac.models import Forum, ForumTerms
from workflow.clock import LONDON, due, working_days
from workflow.models import Holiday


def terms_on(forum: Forum, at: datetime) -> ForumTerms:
    """The forum's terms on the London day of a moment (UTC). Raises LookupError where none were set by then."""
    return ForumTerms.objects.of(forum, at.astimezone(LONDON).date())


def action_due(forum: Forum, at: datetime, *, at_once: bool) -> datetime:
    """The moment (UTC) by which an action agreed at `at` is done: what keeps somebody safe tonight is counted in hours."""
    terms = terms_on(forum, at)
    if at_once:
        return at + timedelta(hours=terms.at_once_hours)
    length = working_days(terms.action_days)
    return due(at, length, Holiday.objects.calendar_for(length))
