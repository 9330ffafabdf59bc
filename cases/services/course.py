"""The course of a case, taken over from the record of an arrest so that nothing is said twice; and what bars its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from accounts.models import User
from cases.models import ArrestDecision, Case, CourseEvent
from cases.models.answers import Disposal, Release
from workflow import engine

K = CourseEvent.Kind
#: What custody came to, and how somebody left it, as events of the course. The rest is no event of its own.
OF_CUSTODY = {Disposal.CHARGED: K.CHARGE, Disposal.OUT_OF_COURT: K.OUT_OF_COURT, Disposal.NO_ACTION: K.NO_ACTION}
OF_LEAVING = {Release.BAIL_CONDITIONS: K.BAIL, Release.BAIL: K.BAIL, Release.INVESTIGATION: K.INVESTIGATION}
FOLLOWS = "It follows the record of the arrest."

Bar = Callable[[Case], str]
_BARS: list[Bar] = []


def bars_no_action(bar: Bar) -> None:
    """Declare a reason why a case may not end with no further action: "" where it may, else the sentence to show."""
    _BARS.append(bar)


def no_action_barred(case: Case) -> str:
    """The first sentence that stands against ending a case with no further action; "" where nothing does."""
    return next((sentence for bar in _BARS if (sentence := bar(case))), "")


def follow_arrest(decision: ArrestDecision, at: datetime) -> None:
    """Make the course say what the record of the arrest says now (the moment is UTC): once, however often it is asked."""
    by = User.objects.system()
    standing = {row.kind: row for row in CourseEvent.objects.standing().filter(arrest=decision)}
    said = {} if decision.struck_out_at else said_of(decision, standing, at)
    for kind, moment in said.items():
        row = standing.get(kind)
        if row is None:
            begin(decision, kind, moment, by, at)
        elif row.at != moment:
            engine.perform(row, "follow-on", by=by, evidence={"moment": moment.isoformat()}, seen=row.version, at=at)
    for kind in standing.keys() - said.keys():
        row = standing[kind]
        engine.perform(row, "strike", by=by, evidence={"reason": FOLLOWS}, seen=row.version, at=at)


def said_of(decision: ArrestDecision, standing: dict[str, CourseEvent], at: datetime) -> dict[str, datetime]:
    """The events that the record of an arrest tells, each with its moment. Of what custody came to no moment is asked: it
    is when that was first recorded.
    """
    said: dict[str, datetime] = {}
    if decision.taken:
        said[K.ARREST] = decision.arrested_at or decision.decided_at
    for kind in (OF_CUSTODY.get(Disposal(decision.disposal)) if decision.disposal else None,
                 OF_LEAVING.get(Release(decision.release)) if decision.release else None):  # fmt: skip
        if kind is not None:
            said[kind] = standing[kind].at if kind in standing else at
    return said


def begin(decision: ArrestDecision, kind: str, moment: datetime, by: User, at: datetime) -> None:
    blank = CourseEvent(case=decision.case, arrest=decision, kind=kind, suspect=decision.suspect)
    engine.perform(blank, "follow", by=by, evidence={"moment": moment.isoformat()}, at=at)
