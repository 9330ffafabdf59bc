"""The clocks of Operation Encompass: told before the bell, read, a school found, decided, corrected; calendars that lack days.

Who hears does so before the bell: 07:00 and 07:30 where the bell is 08:00. The ladder of the police ends with a
superintendent, that of the school with whoever works with its agency.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from safeguarding.models import TO_SEND, Encompass, EncompassLetter
from safeguarding.services import latest_letter, ring_at
from safeguarding.steps import CALENDAR, ENCOMPASS, LETTER
from workflow.clock import Length, hours, working_days
from workflow.policies import AT_ONCE, HOLDER, Again, Policy, Rung

SERGEANT, INSPECTOR, SUPERINTENDENT, COORDINATOR = "sergeant", "inspector", "superintendent", "da_coordinator"
SCHOOL, SCHOOL_MANAGER, FORUM = "partner", "partner_manager", "marac_coordinator"
AN_HOUR = timedelta(hours=1)


def events(*steps: str) -> frozenset[str]:
    return frozenset(ENCOMPASS.event(ENCOMPASS.step(step).name) for step in steps)


def an_hour_before_the_bell(notice: Any) -> datetime | None:
    """The school's own days say when: one hour from here is that bell, to the minute."""
    moment: datetime = notice.bell_at - AN_HOUR
    return moment


def an_hour_before_ringing(notice: Any) -> datetime | None:
    """One hour from here somebody rings: 07:30 before the next bell; sent after its bell, an hour after it was sent."""
    letter = latest_letter(notice)
    if letter is None:
        return None
    first_and_late = letter.number == 1 and letter.recorded_at > notice.bell_at
    moment: datetime = letter.recorded_at if first_and_late else ring_at(letter.bell_at) - AN_HOUR
    return moment


def an_hour_before_their_bell(notice: Any) -> datetime | None:
    letter = the_letter(notice)
    return letter.bell_at - AN_HOUR if letter else None


def one_hour(record: Any) -> Length | None:
    """No setting of the force moves a bell."""
    return hours(1)


def the_letter(record: Any) -> Any:
    """A letter is itself; a notification leads to its newest one, taken back or not. Index: encompass_letter_numbered."""
    return record if isinstance(record, EncompassLetter) else record.letters.order_by("-number").first()


def the_authority(record: Any) -> Any:
    """Whose schools keep the calendar that lacks a day: of a notification that of its school, of days their own."""
    if isinstance(record, Encompass):
        return record.establishment.authority if record.establishment else None
    return record.authority


def still_to_send(notice: Any) -> bool:
    """the school has not been told"""
    return notice.state in TO_SEND


def has_no_school(notice: Any) -> bool:
    """nobody knows which school it is"""
    return notice.state in TO_SEND and notice.establishment_id is None


def lacks_calendar(notice: Any) -> bool:
    """the calendar of the school does not know the day"""
    return bool(notice.calendar_missing and notice.establishment_id)


def while_closed(notice: Any) -> bool:
    """it was sent while the school was closed"""
    letter = the_letter(notice)
    return letter is not None and bool(letter.while_closed)


def seen_then(letter: Any) -> bool:
    """it was looked at on the first day back"""
    return letter.seen_again_at is not None


ROWS: tuple[Policy, ...] = (
    Policy(
        "encompass-sent", "Tell a school",
        starts=events("find", "find-held", "match", "place", "take-back", "reckon"), again=Again.RESTART,
        from_=an_hour_before_the_bell, own=one_hour, within=hours(1), applies=still_to_send,
        stops=events("send", "tell", "elsewhere"), until=lambda notice: notice.told_at, drops=events("not-send"),
        ladder=(
            Rung(AT_ONCE, HOLDER), Rung(-10, SERGEANT), Rung(-1, SERGEANT), Rung(-0.5, INSPECTOR), Rung(0, INSPECTOR),
            Rung(1, SUPERINTENDENT),
        ),
        wants="encompass.send", why="A school is to be told before it opens",
        meets="The school is told: sent, by telephone, or in another system",
        missed="The sergeant hears an hour before the bell, an inspector at half past seven and at the bell",
        authority="RC2: as soon as reasonably practicable, Domestic Abuse Act 2021 s.49A; RC3: before the start of the next day on "
        "which that school is open, rule SD [S HCR, PPP]; who hears [R]",
    ),
    Policy(
        "encompass-read", "Ring a school",
        starts=events("send", "correct"), from_=an_hour_before_ringing, own=one_hour, within=hours(1), again=Again.RESTART,
        stops=events("receive", "tell"), until=lambda notice: notice.received_at, drops=events("take-back"),
        ladder=(Rung(-0.5, SERGEANT), Rung(0, SERGEANT), Rung(0.5, INSPECTOR), Rung(1.5, SUPERINTENDENT)),
        owed_by=SERGEANT, wants="encompass.tell", why="Nobody at the school has read it",
        meets="The school confirms that it was read, or is told by telephone",
        missed="An inspector is told at the bell, a superintendent an hour after it",
        authority="E.7: delivery receipt; not delivered or not read, somebody rings at 07:30 on that day [R]",
    ),
    Policy(
        "encompass-school-found", "Find a school",
        starts=events("find", "find-held"), applies=has_no_school, stops=events("match", "place", "trace", "elsewhere"),
        drops=events("not-send"), within=hours(2),
        ladder=(Rung(AT_ONCE, HOLDER), Rung(-0.5, SERGEANT), Rung(0, SERGEANT), Rung(1, INSPECTOR)),
        wants="encompass.place", why="Nobody knows which school it is",
        meets="The school is named, or education tracking is asked", missed="The sergeant is told, an inspector after an hour",
        authority="E.7: a child whose school is not known goes to education tracking within 2 hours [R]",
    ),
    Policy(
        "encompass-decided", "Decide whether a school is told",
        starts=events("find-held", "ask"), stops=events("decide", "elsewhere", "not-send"), within=hours(2),
        ladder=(Rung(AT_ONCE, SERGEANT), Rung(0, INSPECTOR), Rung(2, SUPERINTENDENT)),
        owed_by=SERGEANT, wants="encompass.decide", why="A supervisor decides first",
        meets="A supervisor decides", missed="An inspector is told at once, a superintendent after two hours",
        authority="E.7: restricted cases, and a suspect who works there: a person decides; within 2 hours [R]",
    ),
    Policy(
        "encompass-corrected", "Correct what a school was told",
        starts=events("facts-changed"), stops=events("correct"), drops=events("nothing-new", "take-back"),
        within=hours(24), ladder=(Rung(AT_ONCE, HOLDER), Rung(0, SERGEANT), Rung(24, INSPECTOR)),
        wants="encompass.correct", why="Facts changed after it was sent",
        meets="A correction is sent, or somebody says that the school need not know",
        missed="The sergeant is told, an inspector after a day",
        authority="E.7: later facts are a correction notice, never a silent edit; within a day [R]",
    ),
    Policy(
        "encompass-letter-read", "Read what waits from the police",
        starts=events("send", "correct"), of=the_letter, from_=an_hour_before_their_bell, own=one_hour, within=hours(1),
        stops=frozenset({LETTER.event("read")}), drops=events("take-back", "tell", "receive"),
        ladder=(Rung(AT_ONCE, SCHOOL), Rung(-0.5, SCHOOL), Rung(0, SCHOOL_MANAGER), Rung(2, FORUM)),
        owed_by=SCHOOL, wants=LETTER.event("read"), why="Something waits from the police",
        meets="The school says that it has read it", missed="Its manager is told at the bell, the coordinator after two hours",
        authority="E.7: told at once; read before the school day begins [R]",
    ),
    Policy(
        "encompass-first-day", "Look again on the first day back",
        starts=events("send", "correct"), of=the_letter, from_=an_hour_before_their_bell, own=one_hour, within=hours(1),
        applies=while_closed, stops=frozenset({LETTER.event("see-again"), LETTER.event("read")}), met=seen_then,
        drops=events("take-back"),
        ladder=(Rung(0, SCHOOL), Rung(2, SCHOOL_MANAGER), Rung(24, FORUM)),
        owed_by=SCHOOL, wants=LETTER.event("see-again"), why="Sent while the school was closed",
        meets="The school says on that day that it has seen it", missed="Its manager is told after two hours",
        authority="E.7: in the holidays sent at once, and again at 08:00 on the first day back [S]",
    ),
    Policy(
        "school-calendar-kept", "Record the days of a school",
        starts=events("find", "find-held", "match", "place"), applies=lacks_calendar, of=the_authority,
        stops=frozenset({CALENDAR.event("record")}), within=working_days(2),
        ladder=(Rung(AT_ONCE, COORDINATOR), Rung(0, COORDINATOR), Rung(48, SUPERINTENDENT)),
        owed_by=COORDINATOR, wants=CALENDAR.event("record"), why="A school’s calendar lacks the day",
        meets="The days are recorded", missed="A superintendent is told after two days",
        authority="E.7: without a calendar the next weekday counts, and whoever keeps it is told; 2 working days [R]",
    ),
)  # fmt: skip
