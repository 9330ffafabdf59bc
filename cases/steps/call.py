"""The table of a call: taken, graded, sent on, briefed, answered, closed; advised on and reviewed by a supervisor."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F

from accounts.models import User
from accounts.roles import COMMAND, CONTROL_ROOM, FRONTLINE, SPECIALISTS, SUPERVISORS, roles
from cases.forms.call import CallDetails, TakeCall
from cases.forms.call_handling import (
    Advice,
    Arrived,
    Briefed,
    BriefSeen,
    Checked,
    Closed,
    Confirmed,
    Declared,
    Dispatch,
    Marked,
    Regrade,
    Reviewed,
    TimesCorrected,
)
from cases.models import Call, CallAdvice, CallGrading, CallTiming, Case, CriticalCheck, Holding, SafetyWarning
from cases.models.answers.call import CriticalItem
from cases.models.brief import ATTENDING
from cases.services import hold
from cases.services.brief_keeping import build_brief, keep_reading, send_brief
from cases.services.calls import find_again
from cases.steps.safety import SAFETY, Said
from people.models import Person
from workflow.declare import ANY, NEW, OPEN, STAYS, Section, Step, Workflow
from workflow.engine import keep_said

S = Call.State
CONTROL_SUPERVISOR = roles("control_supervisor")
DECLARED_ANEW = "Done in a critical incident that had ended when another was declared anew on this call"


def take(call: Any, said: Said, by: User, at: datetime) -> None:
    """Open an unnamed case in the team it is sent to, held by whoever took the call until an officer begins to record."""
    if call.case_id is None:
        call.case = Case.begin(Case.Kind.INVESTIGATION, said["team"], at)
        hold(case=call.case, part=Holding.Part.INVESTIGATION, person=by, at=at)
    known = Person.objects.visible_to(by).filter(pk=said["harmed"]).first() if said["harmed"] else None
    keep_said(call, {**said, "harmed": known}, by, at)
    find_again(call, by, at)


def regrade(call: Any, said: Said, by: User, at: datetime) -> None:
    """Keep the grade it had, with why, and the new one."""
    kept = {"call": call, "case": call.folder}
    if not call.gradings.exists():
        CallGrading.objects.create(
            **kept, grade=call.grade, thrive=call.thrive, reason=call.grade_reason, recorded_by=call.recorded_by,
            recorded_at=call.recorded_at,
        )  # fmt: skip
    keep_said(call, said, by, at)
    CallGrading.objects.create(
        **kept, grade=said["grade"], thrive=said["thrive"], reason=said["grade_reason"], recorded_by=by, recorded_at=at
    )


def dispatch(call: Any, said: Said, by: User, at: datetime) -> None:
    """Whoever is sent besides is added; the first dispatch is the one that counts."""
    call.resource = "; ".join(part for part in (call.resource, said["resource"]) if part)[:300]
    call.dispatched_at = call.dispatched_at or said["dispatched_at"]
    send_brief(call, said["resource"], by, at)


def arrive(call: Any, said: Said, by: User, at: datetime) -> None:
    """Nobody goes without a brief: also where officers were there before anybody was sent."""
    keep_said(call, said, by, at)
    build_brief(call, by, at)


def acknowledge(call: Any, said: Said, by: User, at: datetime) -> None:
    keep_reading(call, by, at)


def correct_times(call: Any, said: Said, by: User, at: datetime) -> None:
    """The times it had are kept, with why; the clocks that ran on them are told by the event."""
    CallTiming.objects.create(
        call=call, case=call.folder, dispatched_at=call.dispatched_at, arrived_at=call.arrived_at, reason=said["reason"],
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    keep_said(call, said, by, at)


def times_were_said(call: Any) -> bool:
    """somebody was sent, or is there"""
    return bool(call.dispatched_at or call.arrived_at)


def brief(call: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(call, said, by, at)
    find_again(call, by, at)


def close(call: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(call, said, by, at)
    call.closed_at = at


def advise(call: Any, said: Said, by: User, at: datetime) -> None:
    CallAdvice.objects.create(call=call, case=call.folder, words=said["words"], recorded_by=by, recorded_at=at)


def review(call: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(call, said, by, at)
    call.reviewed_at, call.reviewed_by, call.reviewed_grade = at, by, call.grade


def confirm(call: Any, said: Said, by: User, at: datetime) -> None:
    call.confirmed, call.confirmed_at, call.confirmed_why = said["confirmed"], at, said["reason"]


def mark(call: Any, said: Said, by: User, at: datetime) -> None:
    """What the program found of a call that is closed stays what was known while it was open: pages say of which day."""
    keep_said(call, said, by, at)
    if call.closed_at is None:
        find_again(call, by, at)


def declare(call: Any, said: Said, by: User, at: datetime) -> None:
    """What is dangerous stands as a safety warning at once, for whoever goes to that address."""
    keep_said(call, said, by, at)
    end_checklist(call, at)
    call.critical_at, call.commanded_at, call.commanded_by, call.stood_down_at = at, None, None, None
    SafetyWarning.objects.create(case=call.folder, what=said["critical_what"], recorded_by=by, recorded_at=at)


def end_checklist(call: Any, at: datetime) -> None:
    """What was done in the one before was done for that one: nothing of it is done in this."""
    struck = {"struck_out_at": at, "struck_out_because": DECLARED_ANEW, "version": F("version") + 1}
    call.checks.standing().update(**struck)


def command(call: Any, said: Said, by: User, at: datetime) -> None:
    call.commanded_at, call.commanded_by = at, by


def stand_down(call: Any, said: Said, by: User, at: datetime) -> None:
    call.stood_down_at = at


def tick(call: Any, said: Said, by: User, at: datetime) -> None:
    CriticalCheck.objects.create(call=call, case=call.folder, recorded_by=by, recorded_at=at, **said)


def critical(call: Any) -> bool:
    """a critical incident is declared and not stood down"""
    return bool(call.is_critical)


def not_critical(call: Any) -> bool:
    """no critical incident is declared"""
    return not call.is_critical


def nobody_commands(call: Any) -> bool:
    """a critical incident is declared and nobody has taken command"""
    return bool(call.is_critical) and call.commanded_at is None


def something_to_tick(call: Any) -> bool:
    """a critical incident is declared and its checklist is not finished"""
    return bool(call.is_critical) and call.checks.standing().count() < len(CriticalItem)


def reviewed_by_another(call: Any, user: User) -> str:
    """Whoever gave a grade cannot say whether it was right."""
    if call.recorded_by_id == user.pk:
        return "You cannot do this. You took this call, so another supervisor must review it."
    graded = call.gradings.filter(recorded_by=user).exists()
    return "You cannot do this. You graded this call, so another supervisor must review it." if graded else ""


def not_critical_now(call: Any, user: User) -> str:
    return "Not yet. A critical incident is declared and has not been stood down." if call.is_critical else ""


ADVISERS = CONTROL_SUPERVISOR | SUPERVISORS | SPECIALISTS

# fmt: off
CALL = Workflow("call", Call, S,
    Step("take",       "Take a call",                   NEW,                  S.TAKEN,    CONTROL_ROOM,               TakeCall,  effect=take,     done="Call taken"),
    Step("dispatch",   "Send somebody",                 (S.TAKEN, S.SENT),    S.SENT,     CONTROL_ROOM | SUPERVISORS, Dispatch,  effect=dispatch, done="Officers sent"),
    Step("brief",      "Record the briefing",           (S.SENT, S.ATTENDED), STAYS,      FRONTLINE,                  Briefed,   effect=brief,    done="Officers briefed"),
    Step("arrive",     "Record the arrival",            (S.TAKEN, S.SENT),    S.ATTENDED, FRONTLINE,                  Arrived,   effect=arrive,   done="Officers arrived"),
    Step("acknowledge", "Say that you have read the brief", (S.SENT, S.ATTENDED), STAYS, ATTENDING,      BriefSeen, effect=acknowledge, done="Brief read"),
    Step("correct-times", "Correct the times",          (S.SENT, S.ATTENDED, S.CLOSED), STAYS, CONTROL_ROOM | SUPERVISORS, TimesCorrected, when=times_were_said, effect=correct_times, done="Times of the call corrected"),
    Step("close",      "Close the call",                OPEN,                 S.CLOSED,   FRONTLINE,                  Closed,    guards=(not_critical_now,), effect=close, done="Call closed"),
    Step("regrade",    "Change the grade",              OPEN,                 STAYS,      CONTROL_ROOM | SUPERVISORS, Regrade,   effect=regrade,  done="Call graded again"),
    Step("review",     "Review the call",               ANY,                  STAYS,      CONTROL_SUPERVISOR | SUPERVISORS, Reviewed, guards=(reviewed_by_another,), effect=review, done="Call reviewed"),
    Step("advise",     "Add advice",                    ANY,                  STAYS,      ADVISERS,                   Advice,    effect=advise,   done="Supervisor's advice"),
    Step("confirm",    "Say whether it was domestic abuse", ANY,              STAYS,      ADVISERS,                   Confirmed, effect=confirm,  done="Domestic abuse confirmed, or not"),
    Step("mark",       "Flag as repeat or vulnerable",  ANY,                  STAYS,      FRONTLINE,                  Marked,    effect=mark,     done="Flags set by hand"),
    Step("declare",    "Declare a critical incident",   OPEN,                 STAYS,      FRONTLINE,                  Declared,  when=not_critical, effect=declare, done="Critical incident declared"),
    Step("command",    "Take command",                  ANY,                  STAYS,      COMMAND,                    when=nobody_commands, effect=command, done="Command taken"),
    Step("tick",       "Tick the checklist",            ANY,                  STAYS,      FRONTLINE,                  Checked,   when=something_to_tick, effect=tick, done="Checklist ticked"),
    Step("stand-down", "Stand down",                    ANY,                  STAYS,      COMMAND,                    when=critical, effect=stand_down, done="Critical incident stood down"),
    *SAFETY,
    label="call", sections=(Section("details", "What came in", CallDetails),),
    editable={state: CONTROL_ROOM | SUPERVISORS for state in (S.TAKEN, S.SENT, S.ATTENDED)}, finished={S.CLOSED},
)
# fmt: on
