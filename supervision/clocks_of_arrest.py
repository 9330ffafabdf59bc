"""The clocks of a decision to arrest or not: rows of THE TABLE in `policies`, which imports them."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from cases.steps.arrest import attempts_go_on, attendance_awaited, not_taken
from workflow.clock import LONDON, days, hours
from workflow.policies import AT_ONCE, HOLDER, Policy, Rung

SERGEANT, INSPECTOR, SUPERINTENDENT = "sergeant", "inspector", "superintendent"
SAID = frozenset({"arrestdecision.add", "arrest.amend"})
VERDICTS = frozenset({"arrest.accept", "arrest.return", "arrest.order"})
ARRESTED = frozenset({"arrest.take"})


def not_arrested(decision: Any) -> bool:
    """a reason is coded why the suspect was not arrested"""
    return bool(decision.codes) and not_taken(decision)


def for_an_inspector(decision: Any) -> bool:
    """nobody was arrested for want of officers or of safety"""
    return bool(decision.needs_inspector) and not decision.struck_out_at


def time_of_decision(decision: Any) -> datetime | None:
    """The decision itself; once a supervisor has looked, the change that is to be looked at again."""
    moment: datetime = decision.decided_at
    return None if decision.verdicts.exists() else moment


def day_of_attendance(decision: Any) -> datetime | None:
    """The day that was arranged is day 0; whether it happened is said on the day after."""
    return decision.attends_on and datetime.combine(decision.attends_on, time.min, LONDON)


ROWS = (
    Policy(
        "no-arrest-checked", "No-arrest reason",
        starts=SAID, stops=VERDICTS, drops=ARRESTED, applies=not_arrested, from_=time_of_decision, lapses=True,
        within=hours(8), ladder=(Rung(0, SERGEANT), Rung(4, INSPECTOR)),
        owed_by=SERGEANT, wants="arrest.accept", why="Nobody was arrested: is the reason enough?",
        meets="A supervisor says whether it is adequate", missed="The sergeant is told at once, an inspector after four hours",
        authority="RC5: reviewed by the end of the tour, taken as 8 hours from the decision [R; 003:247]",
    ),
    Policy(
        "no-arrest-inspector", "Nobody to send",
        starts=SAID, stops=VERDICTS, drops=ARRESTED, applies=for_an_inspector, lapses=True,
        within=hours(1), ladder=(Rung(AT_ONCE, INSPECTOR), Rung(0, SUPERINTENDENT)),
        owed_by=INSPECTOR, wants="arrest.accept", why="For want of officers or of safety: an inspector decides",
        meets="An inspector says whether it is adequate", missed="A superintendent is told at once",
        authority="N11 goes to an inspector at once; decided within 1 hour [R; 003:247]",
    ),
    Policy(
        "arrest-attempted", "Make the next attempt",
        starts=SAID, stops=frozenset({"arrest.try"}), drops=ARRESTED | {"arrest.circulate"}, applies=attempts_go_on,
        within=hours(24), repeats=True, lapses=True,
        ladder=(Rung(-4, HOLDER), Rung(0, SERGEANT)), wants="arrest.try", why="Attempts go on until they are ended",
        meets="An attempt is recorded; the next is due a day later", missed="The sergeant is told at once",
        authority="N4: attempts go on, looked at each day [R; 002:95]",
    ),
    Policy(
        "attendance-said", "Say whether they attended",
        starts=SAID, stops=frozenset({"arrest.attended"}), drops=ARRESTED, applies=attendance_awaited, from_=day_of_attendance,
        within=days(1), lapses=True,
        ladder=(Rung(-24, HOLDER), Rung(0, SERGEANT)), wants="arrest.attended", why="A voluntary attendance was arranged",
        meets="Somebody says whether it happened", missed="The sergeant is told at once",
        authority="N6: whether a voluntary attendance happened is said by the end of the day after [R]",
    ),
)  # fmt: skip
