"""Whether whoever asks may be contacted at this moment by the plan in force, until when, and else from when on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from cases.models import SafeContact
from cases.models.answers.contact import Weekday
from cases.services.contact import within_times
from dvds.services.contact import lacks_said
from workflow.clock import LONDON

LOOKS_AHEAD = 8  # days: a plan of one weekday is found within a week


@dataclass(frozen=True, slots=True)
class ContactNow:
    """The card. `lacks` is the sentence of what the plan does not say, `ran_out` that its last day has gone by."""

    plan: SafeContact | None
    number: int
    now: bool
    until: datetime | None
    after: datetime | None
    lacks: str
    ran_out: bool

    @property
    def forbidden(self) -> bool:
        """Whether nobody may be contacted at all, whatever the hour."""
        return self.plan is None or self.plan.nothing_known or self.ran_out or bool(self.lacks)


def contact_now(case: Any, at: datetime) -> ContactNow:
    """For a case at a moment (UTC). One query for the versions. Hours are London's."""
    versions = list(SafeContact.objects.as_at(at).filter(case=case).select_related("recorded_by", "confirmed_by"))
    plan = versions[0] if versions else None
    if plan is None:
        return ContactNow(None, 0, now=False, until=None, after=None, lacks="", ran_out=False)
    ran_out = plan.ran_out(at.astimezone(LONDON).date())
    lacks = lacks_said(plan)
    may = within_times(plan, at) and not (ran_out or lacks or plan.nothing_known)
    until = ends_at(plan, at) if may else None
    return ContactNow(plan, len(versions), may, until, begins_after(plan, until or at), lacks, ran_out)


def spans(plan: SafeContact, at: datetime) -> list[tuple[datetime, datetime]]:
    """The safe hours of yesterday and the days to come, as moments in London; none where every hour of a day is safe."""
    if plan.from_time is None or plan.to_time is None:
        return []
    today = at.astimezone(LONDON).date()
    found = []
    for n in range(-1, LOOKS_AHEAD):
        on = today + timedelta(days=n)
        if Weekday.values[on.weekday()] in (plan.days or Weekday.values):
            ends = on if plan.from_time < plan.to_time else on + timedelta(days=1)
            begins = datetime.combine(on, plan.from_time, tzinfo=LONDON)
            found.append((begins, datetime.combine(ends, plan.to_time, tzinfo=LONDON)))
    return found


def ends_at(plan: SafeContact, at: datetime) -> datetime | None:
    """When the safe hours that run now end; None where no hours were said."""
    return next((end for begin, end in spans(plan, at) if begin <= at < end), None)


def begins_after(plan: SafeContact, at: datetime) -> datetime | None:
    """When the next safe hours begin; where only days were said, the next such day."""
    if plan.from_time is not None and plan.to_time is not None:
        return next((begin for begin, _end in spans(plan, at) if begin > at), None)
    if not plan.days or within_times(plan, at):
        return None
    today = at.astimezone(LONDON).date()
    days = (today + timedelta(days=n) for n in range(1, LOOKS_AHEAD))
    on = next((day for day in days if Weekday.values[day.weekday()] in plan.days), None)
    return datetime.combine(on, time(), tzinfo=LONDON) if on else None
