"""The clocks of a look at the risk, one for each row of `risk/triggers.py`; of the answer; and of a lowered grade."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.roles import ROLES
from risk.models import Downgrade, current_grades
from risk.steps_lower import DOWNGRADE
from risk.steps_review import REASSESSMENT
from risk.triggers import TABLE, Trigger
from workflow.clock import Length, hours
from workflow.policies import AT_ONCE, HOLDER, OTHER, Policy, Rung

SERGEANT, INSPECTOR = "sergeant", "inspector"
REVIEW, LOWERED = REASSESSMENT.name, DOWNGRADE.name
RAISED = frozenset({f"{REVIEW}.raise", f"{REVIEW}.ask"})
DONE = frozenset({f"{REVIEW}.done", f"{REVIEW}.meet"})
#: A grade that comes back by itself: whoever owes something for a high grade owes it from then on.
CAME_BACK = frozenset({f"{LOWERED}.lapse", f"{LOWERED}.reopen"})


def grade_now(record: Any) -> str:
    """The grade in force on the case, or the word for every other case."""
    return current_grades([record.case_id]).get(record.case_id) or OTHER


def from_when(review: Any) -> datetime | None:
    """The moment of the fact, less the days before it from which it is owed; None where it is owed from being raised."""
    moment: datetime | None = review.from_at
    return moment


def clock_name(row: Trigger) -> str:
    return f"review-{row.code.replace('_', '-')}"


def review_clock(row: Trigger) -> Policy:
    """The clock of one trigger: whoever owes it hears at once, then the sergeant, then an inspector. Where no specialist is
    on duty the first rung widens to the sergeant by itself (S3-180).
    """

    def is_of_this_kind(review: Any) -> bool:
        return bool(review.trigger == row.code)

    is_of_this_kind.__doc__ = f"the review is of the kind “{row.label}”"
    owner = ROLES[row.owner].label.lower() if row.owner in ROLES else "whoever holds the case"
    return Policy(
        clock_name(row), row.label,
        starts=RAISED, from_=from_when, applies=is_of_this_kind, stops=DONE,
        drops=frozenset({f"{REVIEW}.not-needed", f"{REVIEW}.drop"}),
        by=grade_now, within=row.within,
        ladder=(Rung(AT_ONCE, row.owner), Rung(-0.5, SERGEANT), Rung(0, SERGEANT), Rung(2, INSPECTOR)),
        owed_by=row.owner, wants=f"{REVIEW}.done", why="The risk is to be looked at again",
        meets="A grade is decided and what was found is recorded", authority=row.authority,
        missed=f"Owed by {owner}; the sergeant is told when it is missed, an inspector after two hours",
    )  # fmt: skip


def was_asked_for(review: Any) -> bool:
    """somebody asked for it"""
    return review.asked_by_id is not None


def who_asked(review: Any) -> int | None:
    found: int | None = review.asked_by_id
    return found


def is_provisional(downgrade: Any) -> bool:
    """nobody has spoken to the victim since the grade was lowered"""
    return bool(downgrade.provisional)


def until_it_lapses(downgrade: Downgrade) -> Length | None:
    """As many hours as it has, by the number that was in force when it was lowered."""
    if downgrade.lapses_at is None:
        return None
    return hours(max(1, int((downgrade.lapses_at - downgrade.recorded_at).total_seconds() // 3600)))


ROWS: tuple[Policy, ...] = (
    *(review_clock(row) for row in TABLE),
    Policy(
        "review-answer-read", "Read an answer: risk review",
        starts=frozenset({f"{REVIEW}.done", f"{REVIEW}.not-needed"}), applies=was_asked_for, stops=frozenset({f"{REVIEW}.read"}),
        within=hours(72), ladder=(Rung(AT_ONCE, HOLDER), Rung(0, HOLDER), Rung(24, SERGEANT)), held=who_asked,
        wants=f"{REVIEW}.read", why="You asked for a risk review: it is answered",
        meets="Whoever asked says that they have read it", missed="Whoever asked is told again, a sergeant after a day",
        authority="S3-180: a request is tracked to its decision, and whoever asked is told; read within 72 hours [R]",
    ),
    Policy(
        "lowered-spoken", "Speak to the victim: grade lowered",
        starts=frozenset({f"{LOWERED}.lower"}), applies=is_provisional, stops=frozenset({f"{LOWERED}.confirm"}),
        drops=frozenset({f"{LOWERED}.lapse", f"{LOWERED}.reopen", f"{LOWERED}.overtake"}),
        within=hours(168), own=until_it_lapses,
        ladder=(Rung(AT_ONCE, HOLDER), Rung(-72, HOLDER), Rung(-24, SERGEANT), Rung(-4, INSPECTOR)),
        wants=f"{LOWERED}.confirm", why="The lower grade is provisional until somebody speaks to the victim",
        meets="Somebody speaks to the victim and records what came of it",
        missed="The grade comes back by itself; the sergeant hears a day before, an inspector four hours before",
        authority="R-17: provisional for at most 7 days (risk threshold), then it comes back by itself [R]",
    ),
)  # fmt: skip
