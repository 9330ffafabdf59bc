"""How one consideration stands: the stage it is in, the days used and left of stage and whole, and the latest safe date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from dvds.services import limits
from dvds.services.backward import act_by, backward, london_day, squeeze
from dvds.services.limits import Stage, stage_of
from dvds.services.used import Used, days_between, done_words, used
from workflow.clock import Calendar, Length, UnknownYear
from workflow.policies import POLICIES

Owed = Mapping[str, Any]  # {policy: the newest deadline of it that was not dropped}


@dataclass(frozen=True, slots=True)
class Safe:
    """The latest day that leaves time for the rest, why it is that day, and the working day to act by."""

    on: date
    why: str
    act_by: date
    passed: bool
    today: bool
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One of them at one moment."""

    stage: Stage
    in_stage: Used | None
    no_limit: str
    overall: Used | None
    overall_due: datetime | None
    safe: Safe | None
    local: bool
    tight: int | None = None

    @property
    def late_in_stage(self) -> bool:
        return bool(self.in_stage and self.in_stage.late)

    @property
    def late(self) -> bool:
        return self.late_in_stage or bool(self.overall and self.overall.late)


def of_policies(rows: Sequence[Any]) -> dict[str, Any]:
    """{policy: its newest deadline}; what was dropped is none. `rows` in the order in which they were set."""
    return {row.policy: row for row in rows if not row.dropped_because}


def standing_of(application: Any, owed: Owed, calendar: Calendar, now: datetime) -> Standing | None:
    """None once it is over. A year whose bank holidays are not loaded has no dates counted back, and says nothing wrong."""
    stage = stage_of(application.state)
    if stage is None:
        return None
    own = [owed[name] for name in stage.limits if name in owed and owed[name].is_open]
    first = own[0] if own else None
    overall = owed.get(limits.OVERALL)
    counts = stage.code != "forum"  # the forum has no limit of its own: days in it, and the date counted back
    return Standing(
        stage=stage, in_stage=used_of(first, calendar, now) if first and counts else None,
        no_limit=forum_words(owed, now) if not counts else "", overall=used_of(overall, calendar, now) if overall else None,
        overall_due=overall.due_at if overall else None, safe=safe_date(stage, own, overall, calendar, now),
        local=bool(first and first.policy in limits.LOCAL), tight=tightness(application, overall, calendar),
    )  # fmt: skip


def used_of(deadline: Any, calendar: Calendar, now: datetime) -> Used | None:
    """Of one limit, running or done."""
    length = Length.parse(deadline.length)
    try:
        if deadline.stopped_at:
            event = deadline.stopped_by_event
            return done_words(deadline.due_at, deadline.stopped_at, event and event.recorded_at, length, calendar)
        return used(deadline.started_at, deadline.due_at, length, calendar, now)
    except UnknownYear:
        return None


def forum_words(owed: Owed, now: datetime) -> str:
    """Days since it was referred: no guidance says how many there may be."""
    done = next((owed[name] for name in (limits.REFERRED, limits.REFERRED_TOLD) if name in owed), None)
    if done is None or done.stopped_at is None:
        return _("no set limit")
    return _("day %(day)s, no set limit") % {"day": days_between(done.stopped_at, now)}


def safe_date(stage: Stage, own: Sequence[Any], overall: Any, calendar: Calendar, now: datetime) -> Safe | None:
    """The earlier of the stage’s own limit and the day counted back from the whole; never a local target alone."""
    found: list[tuple[date, str, datetime | None]] = [
        (london_day(row.due_at), limit_words(row), row.due_at if Length.parse(row.length).rule.counts_hours else None)
        for row in own
        if row.policy not in limits.LOCAL
    ]
    try:
        if overall is not None and overall.is_open and (latest := backward(overall.due_at, calendar).get(stage.code)):
            found.append((latest.on, counted_back(overall, stage), None))
        if not found:
            found = [(london_day(row.due_at), _("the force’s own target"), None) for row in own[:1]]
        if not found:
            return None
        on, why, at = min(found, key=lambda row: row[0])
        today = london_day(now)
        return Safe(on, why, act_by(on, calendar), (at or now) < now or on < today, on == today, at)
    except UnknownYear:
        return None


def limit_words(deadline: Any) -> str:
    length = Length.parse(deadline.length).words()
    return (
        f"{length}, {_(POLICIES[deadline.policy].label).lower()}" if deadline.policy == limits.REFERRED_TOLD else length
    )


def counted_back(overall: Any, stage: Stage) -> str:
    """Which limit it was counted back from, and what must be left."""
    words = {
        "forum": _("from the %(days)s days: 2 days to tell"), "assessment": _("from the %(days)s days: 7 for forum and telling"),
        "meeting": _("from the %(days)s days: 7, and 5 working days to refer"), "telling": _("the %(days)s days themselves"),
    }  # fmt: skip
    return words[stage.code] % {"days": Length.parse(overall.length).n}


def tightness(application: Any, overall: Any, calendar: Calendar) -> int | None:
    """How many days forum and telling have if each stage takes its full time, where that is too few (part C, 8)."""
    if overall is None or not overall.is_open:
        return None
    try:
        left = squeeze(application.first_contact_at, overall.due_at, asked=application.asked, calendar=calendar)
    except UnknownYear:
        return None
    return left.days if left.tight else None
