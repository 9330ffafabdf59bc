"""ONE MEASURE OF EVERY CLOCK: done in time, and done, of what fell due. Nothing is written for it: the policy says all."""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from django.db.models import F

from reporting.measures.declare import Basis, Measure, Part, declare
from reporting.measures.facts import OWED
from workflow.policies import POLICIES, Policy

THEME = "Clocks"


def code_of(policy: Policy) -> str:
    return f"clock-{policy.name}"


def of_policy(policy: Policy) -> Measure:
    due = OWED.only("fell due", policy=policy.name)
    done = due.only("done", stopped_at__isnull=False)
    return Measure(
        code_of(policy), f"In time: {policy.label[:1].lower()}{policy.label[1:]}",
        f"What fell due in the window under “{policy.label}” and was done in time, and done at all, for every 100.",
        THEME, policy.authority, Basis.COHORT,
        (Part("in-time", "Done in time", done.only("done in time", stopped_at__lte=F("due_at")), due), Part("done", "Done", done, due)),
        by=("division", "team"), good="more",
        mind="What was done in time and recorded late is in time. What was no longer owed is left out.",
    )  # fmt: skip


declare(*(of_policy(policy) for policy in POLICIES.values()))
