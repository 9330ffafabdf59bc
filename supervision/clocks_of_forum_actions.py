"""The clocks of what agencies took upon themselves at a forum, and of emergency meetings: who hears when it is not done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from marac.models import Meeting, Pack
from marac.services.due import terms_on
from marac.steps import EMERGENCY, FORUM_ACTION, MEETING
from workflow.clock import Length, days, hours
from workflow.policies import AT_ONCE, HOLDER, Again, Policy, Rung

ACTION, CALLED = FORUM_ACTION.name, EMERGENCY.name
COORDINATOR, CHAIR = "marac_coordinator", "forum_chair"
AN_HOUR = timedelta(hours=1)
A_DAY = 24


def an_hour_before(action: Any) -> datetime | None:
    """The action itself says when: one hour from here is that moment, to the minute."""
    moment: datetime = action.due_at - AN_HOUR
    return moment


def one_hour(action: Any) -> Length | None:
    """No setting of the force moves the day to which an agency agreed."""
    return hours(1)


def owner_of(action: Any) -> int | None:
    found: int | None = action.owner_id
    return found


def hours_of_forum(call: Any) -> Length | None:
    """As the forum's own rules say."""
    return hours(terms_on(call.referral.forum, call.recorded_at).emergency_hours)


def until_the_next(call: Any) -> Length | None:
    """To the forum's next meeting: its rhythm, in calendar days."""
    return days(terms_on(call.referral.forum, call.recorded_at).rhythm_days)


def when_held(call: Any) -> datetime | None:
    found: datetime | None = call.held_at
    return found


def meeting_of(record: Any) -> Meeting:
    """Where the chair names who sees a case: the meeting itself, or the one that a call was made for."""
    found: Meeting = record if isinstance(record, Meeting) else record.meeting
    return found


def sees_nobody(call: Any) -> bool:
    """the conference is restricted, and whoever called it let no agency in, since only the chair does"""
    return bool(call.case.restricted) and not Pack.objects.filter(meeting=call.meeting_id).exists()


def event(*steps: str, of: str = ACTION) -> frozenset[str]:
    return frozenset(f"{of}.{step}" for step in steps)


ROWS: tuple[Policy, ...] = (
    Policy(
        "forum-action-done", "Do what the forum agreed",
        starts=event("agree", "extend", "reopen"), from_=an_hour_before, own=one_hour, within=hours(1), again=Again.RESTART,
        stops=event("done"), until=lambda action: action.ended_at, drops=event("not-possible", "not-done"),
        refits=event("hand-over"), held=owner_of, own_unit=True,
        ladder=(
            Rung(-A_DAY, HOLDER), Rung(A_DAY, HOLDER), Rung(3 * A_DAY, "partner"), Rung(5 * A_DAY, "partner_manager"),
            Rung(7 * A_DAY, COORDINATOR),
        ),
        wants=f"{ACTION}.done", why="An action of the forum",
        meets="The agency says what was done and what became of the risk",
        missed="Its owner hears after a day, the agency’s representative after three, its manager after five, then the "
        "forum’s coordinator; it stands first on the next agenda and in the report to the steering group",
        authority="D.3: due+1 owner, +3 representative, +5 manager of the agency, then the steering group [S]; the "
        "coordinator after seven days [R]",
    ),
    Policy(
        "emergency-held", "Hold the emergency meeting",
        starts=event("call", of=CALLED), stops=event("hold", of=CALLED), drops=event("call-off", of=CALLED), until=when_held,
        within=hours(24), own=hours_of_forum,
        ladder=(Rung(-A_DAY, COORDINATOR), Rung(-4, CHAIR), Rung(0, COORDINATOR), Rung(1, CHAIR)),
        owed_by=COORDINATOR, wants=f"{CALLED}.hold", why="An emergency meeting is called",
        meets="It is held, and somebody says what came of it",
        missed="The coordinator is told at once, the chair after an hour",
        authority="D.3: convened within 24 hours when the risk cannot wait [K]; the hours are the forum’s own rule; who hears [R]",
    ),
    Policy(
        "emergency-agencies", "Name the agencies for the emergency meeting",
        starts=event("call", of=CALLED), applies=sees_nobody, of=meeting_of, stops=event("admit", of=MEETING.name),
        drops=event("call-off", "hold", of=CALLED), within=hours(1),
        ladder=(Rung(AT_ONCE, CHAIR), Rung(0, CHAIR), Rung(0, COORDINATOR)), owed_by=CHAIR,
        wants=f"{MEETING.name}.admit", why="A restricted case is to be heard at once, and no agency sees it",
        meets="The chair names an agency, or one person of it", missed="Chair and coordinator are told after an hour",
        authority="D.5: on a restricted case agencies see what the chair names them for; within an hour of the call [R]",
    ),
    Policy(
        "emergency-noted", "Note the emergency meeting",
        starts=event("hold", of=CALLED), stops=event("note", of=CALLED), from_=when_held,
        within=days(28), own=until_the_next, ladder=(Rung(-A_DAY, COORDINATOR), Rung(0, COORDINATOR), Rung(72, CHAIR)),
        owed_by=COORDINATOR, wants=f"{CALLED}.note", why="Held between two meetings",
        meets="The next agenda notes it", missed="The coordinator is told again, the chair after three days",
        authority="D.3: then noted on the next agenda [S]; by the forum’s own rhythm",
    ),
)  # fmt: skip
