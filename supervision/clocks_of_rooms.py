"""The clocks of a meeting that was held: its minutes, and whoever was to tell her what was decided (D.3)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from marac.models import ForumTerms, Outcome, Referral
from marac.models.seats import day_of
from marac.steps import EMERGENCY, REFERRAL
from marac.steps.hearing import HEARING
from marac.steps.sitting import BY_TELEPHONE, CLOSE, ISSUE
from workflow.clock import Length, hours, working_days
from workflow.policies import AT_ONCE, Policy, Rung

KEEPER, CHAIR, COORDINATOR = "marac_coordinator", "forum_chair", "da_coordinator"
PARTNER, MANAGER = "partner", "partner_manager"
ADVISER = "idva"


def terms_of(meeting: Any) -> ForumTerms:
    on: date = day_of(meeting)
    return ForumTerms.objects.of(meeting.forum, on)


def minutes_length(meeting: Any) -> Length:
    """As many working days as the forum’s rules of that day say."""
    return working_days(max(terms_of(meeting).minutes_days, 1))


def told_length(hearing: Any) -> Length:
    return working_days(max(terms_of(hearing.item.meeting).told_days, 1))


def closed_at(meeting: Any) -> datetime | None:
    found: datetime | None = meeting.closed_at
    return found


def ended_at(hearing: Any) -> datetime | None:
    found: datetime | None = hearing.ended_at
    return found


def somebody_tells(hearing: Any) -> bool:
    """somebody was named to tell her"""
    return hearing.tells_id is not None


def cannot_wait(hearing: Any) -> bool:
    """the meeting decided on an emergency meeting"""
    return bool(hearing.outcome == Outcome.EMERGENCY)


def referral_of(record: Any) -> Any:
    """Whatever is said of a referral: itself, its hearing, the call of a meeting."""
    return record if isinstance(record, Referral) else record.referral


ROWS: tuple[Policy, ...] = (
    Policy(
        "minutes-issued", "Issue the minutes",
        starts=frozenset({f"meeting.{CLOSE}", f"meeting.{BY_TELEPHONE}"}), stops=frozenset({f"meeting.{ISSUE}"}), from_=closed_at,
        within=working_days(3), own=minutes_length,
        ladder=(Rung(-24, KEEPER), Rung(0, KEEPER), Rung(24, CHAIR), Rung(72, COORDINATOR)),
        owed_by=KEEPER, wants=f"meeting.{ISSUE}", why="A meeting was held",
        meets="The minutes are issued", missed="The chair is told after a day, the coordinator for domestic abuse after three",
        authority="D.3: minutes within 3 working days of the meeting [S Derbyshire]; each forum says its own in its rules",
    ),
    Policy(
        "emergency-called", "Call the emergency meeting",
        starts=frozenset({f"{HEARING.name}.finish"}), applies=cannot_wait, of=referral_of,
        stops=frozenset({f"{EMERGENCY.name}.call"}), drops=frozenset({f"{REFERRAL.name}.withdraw", f"{REFERRAL.name}.hand-over"}),
        within=hours(4), ladder=(Rung(AT_ONCE, KEEPER), Rung(0, KEEPER), Rung(0, CHAIR), Rung(4, COORDINATOR)),
        owed_by=KEEPER, wants=f"{EMERGENCY.name}.call", why="The forum decided on an emergency meeting",
        meets="It is called, and has its own day", missed="Coordinator and chair are told, then the coordinator for domestic abuse",
        authority="R-33, D.3: an emergency meeting is convened within 24 hours; called within 4 of the decision [R]",
    ),
    Policy(
        "victim-told", "Tell her what was decided",
        starts=frozenset({f"{HEARING.name}.finish"}), stops=frozenset({f"{HEARING.name}.told"}), from_=ended_at,
        drops=frozenset({f"{HEARING.name}.not-to-tell"}),
        within=working_days(2), own=told_length, applies=somebody_tells, own_unit=True,
        ladder=(
            Rung(-24, PARTNER), Rung(-24, ADVISER), Rung(0, PARTNER), Rung(0, ADVISER), Rung(24, MANAGER), Rung(48, KEEPER),
        ),
        owed_by=PARTNER, wants=f"{HEARING.name}.told", why="She waits to hear what was decided",
        meets="Whoever was to tell her has, and says what she said of it; or the chair decides that she is not to be told",
        missed="The manager of the agency is told after a day, the coordinator of the forum after two",
        authority="D.3: feedback to the victim within 2 working days [S Wakefield]; each forum says its own in its rules",
    ),
)  # fmt: skip
