"""THE TABLE of an event in the course of a case: recorded, moved to another day, struck out; an arrest comes by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import COMMAND, FRONTLINE, SYSTEM, roles
from cases.forms.course import Followed, Moved, NewCourseEvent, Struck, moment_of
from cases.models import CourseEvent
from cases.services.course import no_action_barred
from cases.steps.safety import SAFETY, Said
from workflow.declare import NEW, STAYS, Step, Workflow, in_a_folder
from workflow.models import Refusal, Refused

S = CourseEvent.State
RECORDING = FRONTLINE | COMMAND | roles("cps_liaison")


def said_here(event: Any, user: User) -> str:
    """Guard: what came from the record of an arrest is changed there."""
    own = event.arrest_id is None or user.username == User.SYSTEM
    return "" if own else "Not available here. It comes from the record of the arrest: change it there."


def keep_event(event: Any, said: Said, by: User, at: datetime) -> None:
    if said["kind"] == CourseEvent.Kind.NO_ACTION and (barred := no_action_barred(event.case)):
        raise Refused(Refusal.GUARD, barred)
    event.kind, event.words = said["kind"], said["words"]
    keep_moment(event, said)


def keep_moment(event: Any, said: Said) -> None:
    event.at, event.timed = moment_of(said["on"], said["clock"]), said["clock"] is not None


def keep_move(event: Any, said: Said, by: User, at: datetime) -> None:
    keep_moment(event, said)
    event.moved_because = said["reason"]


def keep_followed(event: Any, said: Said, by: User, at: datetime) -> None:
    event.at = said["moment"]


def strike(event: Any, said: Said, by: User, at: datetime) -> None:
    event.struck_out_at, event.struck_because = at, said["reason"]


# fmt: off
COURSE = Workflow("course", CourseEvent, S,
    Step("record",    "Record charge, bail, court or release", NEW,        S.STANDING, RECORDING,          NewCourseEvent, guards=(in_a_folder,), effect=keep_event,    done="Event of the course recorded"),
    Step("follow",    "Take over from the arrest",             NEW,        S.STANDING, SYSTEM,             Followed,       guards=(in_a_folder,), effect=keep_followed, done="Event of the course taken over from the arrest"),
    Step("follow-on", "Follow the arrest",                     S.STANDING, STAYS,      SYSTEM,             Followed,       effect=keep_followed,  done="Event of the course put right from the arrest"),
    Step("move",      "Change its day or time",                S.STANDING, STAYS,      RECORDING,          Moved,          guards=(said_here,),   effect=keep_move, done="Event of the course moved"),
    Step("strike",    "Strike it out",                         S.STANDING, S.STRUCK,   RECORDING | SYSTEM, Struck,         guards=(said_here,),   effect=strike,    done="Event of the course struck out"),
    *SAFETY,
    label="event of the course", finished={S.STANDING, S.STRUCK},
)
# fmt: on
