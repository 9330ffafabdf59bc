"""The clocks of forums. Their lengths are numbers of the forum (`ForumTerms`), so no setting of the force moves them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from marac.models.planning import days_of, terms_of
from marac.steps.meeting import MEETING
from marac.steps.sending import AGENDA_COPY
from workflow.clock import Length, hours
from workflow.policies import Again, Policy, Rung

COORDINATOR, CHAIR = "marac_coordinator", "forum_chair"
REPRESENTATIVE, ADVISER, MANAGER = "partner", "idva", "partner_manager"
AN_HOUR = timedelta(hours=1)
#: An agenda goes out weeks before its research is due: a rung that has passed whenever it is sent, so told at the next sweep.
ASKED = -24 * 90


def one_hour(record: Any) -> Length | None:
    """The forum itself says when: one hour from an hour before it is that moment, to the minute."""
    return hours(1)


# --- agenda and research


def hour_before_it_is_out(meeting: Any) -> datetime | None:
    moment: datetime = days_of(meeting.starts_at, terms_of(meeting)).out - AN_HOUR
    return moment


def waits_to_be_sent(meeting: Any) -> bool:
    """the meeting is not urgent, and its agenda is not out"""
    return not meeting.urgent and meeting.published_at is None


def when_it_begins(meeting: Any) -> datetime | None:
    moment: datetime = meeting.starts_at
    return moment


def is_sent(meeting: Any) -> bool:
    """its agenda is out"""
    return bool(meeting.state == meeting.State.PUBLISHED)


def asks_for_research(copy: Any) -> bool:
    """research is asked for; an agency may get an agenda for its incomplete actions alone"""
    return copy.due_at is not None


def hour_before_research(copy: Any) -> datetime | None:
    moment: datetime = copy.due_at - AN_HOUR
    return moment


ROWS: tuple[Policy, ...] = (
    Policy(
        "agenda-out", "Send the agenda",
        starts=frozenset({f"{MEETING.name}.plan", f"{MEETING.name}.change"}), stops=frozenset({f"{MEETING.name}.publish"}),
        drops=frozenset({f"{MEETING.name}.cancel"}), from_=hour_before_it_is_out, applies=waits_to_be_sent, again=Again.RESTART,
        within=hours(1), own=one_hour, ladder=(Rung(-48, COORDINATOR), Rung(0, COORDINATOR), Rung(4, CHAIR)),
        owed_by=COORDINATOR, wants=f"{MEETING.name}.publish", why="The agenda is not out yet",
        meets="The agenda is sent to the agencies", missed="The coordinator is told again, the chair after four hours",
        authority="D.3: agenda circulated at least 8 working days before (SafeLives practice [K]); the "
        "forum’s own number; who hears [R]",
    ),
    Policy(
        "meeting-held", "Hold the meeting",
        starts=frozenset({f"{MEETING.name}.publish", f"{MEETING.name}.change"}),
        stops=frozenset({f"{MEETING.name}.close", f"{MEETING.name}.by-telephone"}),
        drops=frozenset({f"{MEETING.name}.cancel"}), from_=when_it_begins, applies=is_sent, again=Again.RESTART,
        within=hours(24), ladder=(Rung(-16, COORDINATOR), Rung(0, COORDINATOR), Rung(0, CHAIR), Rung(24, "da_coordinator")),
        owed_by=COORDINATOR, wants=f"{MEETING.name}.close", why="Its time has come",
        meets="It is held and closed, so that its minutes are owed",
        missed="Coordinator and chair are told after a day, the coordinator for domestic abuse after two",
        authority="D.3: cases listed are heard on the day of their meeting; closed within a day of its beginning [R]",
    ),
    Policy(
        "research-returned", "Return the research",
        starts=frozenset(f"{AGENDA_COPY.name}.{step}" for step in ("send", "send-late", "retime", "ask-again")),
        stops=frozenset({f"{AGENDA_COPY.name}.answer"}), drops=frozenset({f"{AGENDA_COPY.name}.call-off"}),
        from_=hour_before_research, applies=asks_for_research, again=Again.RESTART, within=hours(1), own=one_hour,
        ladder=(
            Rung(ASKED, REPRESENTATIVE), Rung(ASKED, ADVISER), Rung(-24, REPRESENTATIVE), Rung(-24, ADVISER),
            Rung(0, REPRESENTATIVE), Rung(0, ADVISER), Rung(0, COORDINATOR), Rung(4, MANAGER), Rung(24, COORDINATOR),
        ),
        owed_by=REPRESENTATIVE, wants="research.return", why="Research is asked for",
        meets="The agency has returned what it knows of each case, or said that it knows nothing",
        missed="Its representative and the coordinator are told at once, its manager after four hours",
        authority="D.3: research is back two working days before the meeting; a nil return is explicit. "
        "The forum’s own number; who hears [R]",
    ),
)  # fmt: skip
