"""THE TABLE of a bank holiday: proposed by one with its source, decided by another, then gone over once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from accounts.models import Unit, User
from accounts.roles import roles
from supervision.forms.holiday import NewHoliday
from supervision.models import HolidayChange
from supervision.replay import affected
from supervision.steps.two_people import (
    Said,
    by_another,
    by_who_asked,
    decided,
    nothing_more,
)
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.models import Approval, Holiday

S = HolidayChange.State
PROPOSERS = roles("administrator", "superintendent")
DECIDERS = roles("administrator", "superintendent")


def is_replaying(change: Any) -> bool:
    """the open deadlines are being gone over"""
    return bool(change.is_replaying)


def is_halted(change: Any) -> bool:
    """the replay was stopped"""
    return change.halted_at is not None and change.replayed_at is None


def keep(change: Any, said: Said, by: User, at: datetime) -> None:
    change.unit = Unit.objects.root()
    for name in ("act", "division", "on", "name", "source"):
        setattr(change, name, said[name])


def still_makes_sense(change: Any, user: User) -> str:
    """Guard: the calendar may have changed since it was proposed."""
    stands = Holiday.objects.standing().filter(division=change.division, on=change.on).exists()
    if change.act == HolidayChange.Act.ADD and stands:
        return "Not any more. That day is a bank holiday already."
    if change.act == HolidayChange.Act.STRIKE and not stands:
        return "Not any more. That day is no bank holiday."
    return ""


def write_calendar(change: Any, said: Said, by: User, at: datetime) -> None:
    """Waits until whoever reckons a date from the old calendar at this moment has finished, and lets nobody begin before
    the new one stands: so every deadline is either among those gone over, or reckoned with the new calendar already.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE workflow_holiday IN ACCESS EXCLUSIVE MODE")
    if change.act == HolidayChange.Act.ADD:
        Holiday.objects.update_or_create(
            division=change.division, on=change.on,
            defaults={"name": change.name, "source": change.source, "loaded_at": at, "struck_out_at": None},
        )  # fmt: skip
    else:
        Holiday.objects.filter(division=change.division, on=change.on).update(struck_out_at=at)
    change.replay_of = affected(change).count()


def halt(change: Any, said: Said, by: User, at: datetime) -> None:
    change.halted_at = at


def resume(change: Any, said: Said, by: User, at: datetime) -> None:
    change.halted_at = None


# fmt: off
HOLIDAY = Workflow("holiday", HolidayChange, S,
    Step("propose",   "Propose a change to the bank holidays", NEW,        S.PROPOSED,  PROPOSERS, NewHoliday, effect=keep, done="Bank holiday proposed"),
    Step("approve",   "Approve and go over the open deadlines", S.PROPOSED, S.APPROVED, DECIDERS,  guards=(by_another, still_makes_sense), effect=decided("holiday", Approval.Verdict.APPROVED, write_calendar), done="Bank holiday approved", proof=True),
    Step("refuse",    "Refuse this change",                    S.PROPOSED, S.REFUSED,   DECIDERS,  guards=(by_another,), effect=decided("holiday", Approval.Verdict.RETURNED), done="Bank holiday refused"),
    Step("take-back", "Take this proposal back",               S.PROPOSED, S.WITHDRAWN, PROPOSERS, guards=(by_who_asked,), effect=nothing_more, done="Proposal taken back"),
    Step("halt",      "Stop the replay now",                   ANY,        STAYS,       PROPOSERS, when=is_replaying, effect=halt,   done="Replay stopped"),
    Step("resume",    "Go on with the replay",                 S.APPROVED, STAYS,       PROPOSERS, when=is_halted,    effect=resume, done="Replay goes on"),
    finished=(S.APPROVED, S.REFUSED, S.WITHDRAWN), label="change to the bank holidays",
)
# fmt: on
