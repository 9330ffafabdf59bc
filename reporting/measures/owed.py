"""ONE MEASURE OF EVERY CLOCK: done in time, and done, of what fell due. Nothing is written for it: the policy says all."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from django.db.models import F

from reporting.measures.declare import Basis, Counted, Measure, Part, declare
from reporting.measures.facts import OWED
from workflow.policies import POLICIES, Policy

THEME = "Clocks"


def code_of(policy: Policy) -> str:
    return f"clock-{policy.name}"


def of_policy(policy: Policy) -> Measure:
    due = OWED.only("fell due", policy=policy.name)
    return Measure(
        code_of(policy), f"In time: {policy.label[:1].lower()}{policy.label[1:]}",
        f"What fell due in the window under “{policy.label}” and was done in time, and done at all, for every 100.",
        THEME, policy.authority, Basis.COHORT,
        in_time(due),
        by=("division", "team"), good="more", pair="checked",
        mind="What was done in time and recorded late is in time. What was no longer owed is left out.",
    )  # fmt: skip


REVIEWS = OWED.only("reviews that fell due", policy__startswith="review-")
CALLS = OWED.only("calls that officers were due at", policy="call-response")


def in_time(due: Counted) -> tuple[Part, Part]:
    done = due.only("done", stopped_at__isnull=False)
    return (
        Part("in-time", "Done in time", done.only("done in time", stopped_at__lte=F("due_at")), due),
        Part("done", "Done", done, due),
    )


declare(
    Measure(
        "M34", "Response", "Calls at which officers arrived within the time of their grade, for every 100 that fell due.", "Service", "S3-049; C.2", Basis.COHORT,
        in_time(CALLS), by=("division", "team"), good="more", pair="M07",
    ),
    Measure(
        "M39", "Reviews of risk in time", "Reviews of risk that fell due in the window and were done in time, for every 100.", "Risk", "B.7; S3-166", Basis.COHORT,
        in_time(REVIEWS), by=("division", "team"), good="more", pair="checked",
    ),
)  # fmt: skip


def declare_clocks() -> None:
    """A measure of every clock: called once, when every app has declared its own (`reporting/panels.py`)."""
    declare(*(of_policy(policy) for policy in POLICIES.values()))
