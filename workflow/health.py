"""Is everything well? Checks that /readyz asks each time, and monitors that look through live data each night.

Each app declares its own in its `health.py`, found by itself. A check answers True when all is well. A monitor is a
question whose every row is something that must not be: no row is the good answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from workflow.declare import WORKFLOWS, Workflow
from workflow.models import Approval, Deadline, DueChange, Outbox
from workflow.policies import POLICIES, Policy
from workflow.reactions import REACTIONS

CHECKS: dict[str, Callable[[], bool]] = {}


@dataclass(frozen=True, slots=True)
class Monitor:
    """One question of the night. `wrong` gives the rows that should not be there; `mend` says who does what about one."""

    name: str
    question: str
    wrong: Callable[[], QuerySet[Any]]
    mend: str


MONITORS: dict[str, Monitor] = {}


def check(**rows: Callable[[], bool]) -> None:
    """Declare checks by name; a name used twice stops the program."""
    if twice := CHECKS.keys() & rows.keys():
        raise LookupError(f"Two checks are named {', '.join(sorted(twice))}.")
    CHECKS.update(rows)


def monitor(*rows: Monitor) -> None:
    """Declare monitors; a name used twice stops the program."""
    for row in rows:
        if row.name in MONITORS:
            raise LookupError(f"Two monitors are named {row.name}.")
        MONITORS[row.name] = row


def without_policy() -> QuerySet[Deadline]:
    return Deadline.objects.open().exclude(policy__in=POLICIES.keys())


def clock_that_nothing_stops() -> QuerySet[Deadline]:
    """Running for a record in a state from which no step is left that could stop or drop it: nobody can ever be done."""
    stuck = Q(pk__in=[])
    for policy in POLICIES.values():
        for table in WORKFLOWS.values():
            if states := _states_without_end(policy, table):
                rows = table.model._default_manager.filter(state__in=states).values("pk")
                stuck |= Q(policy=policy.name, subject_type=table.model._meta.label_lower, subject_id__in=rows)
    return Deadline.objects.open().filter(stuck)


def _states_without_end(policy: Policy, table: Workflow) -> set[Any]:
    """The states of the table in which none of the policy's ends can happen; empty where an end comes from elsewhere."""
    ends = policy.stops | policy.drops
    steps = {step.name: step for step in table.steps}
    if any(event.partition(".")[0] != table.name or event.partition(".")[2] not in steps for event in ends):
        return set()
    possible = {state for event in ends for state in table.sources(steps[event.partition(".")[2]])}
    return set(table.states) - possible


def approval_of_what_is_finished() -> QuerySet[Approval]:
    """Still asked of a record that has come to its end: whoever should decide sees a question that no longer is one."""
    over = Q(pk__in=[])
    for table in WORKFLOWS.values():
        rows = table.model._default_manager.filter(state__in=table.finished).values("pk")
        over |= Q(subject_type=table.model._meta.label_lower, subject_id__in=rows)
    return Approval.objects.filter(over, verdict="")


def due_unlike_its_history() -> QuerySet[Deadline]:
    """The newest value in the history is the one in force; a due moment that says otherwise was changed past the engine."""
    newest = DueChange.objects.filter(deadline=OuterRef("pk")).order_by("-at", "-pk").values("due_at")[:1]
    return Deadline.objects.open().alias(kept=Subquery(newest)).filter(kept__isnull=False).exclude(kept=F("due_at"))


def reaction_of_no_name() -> QuerySet[Outbox]:
    return Outbox.objects.filter(done_at__isnull=True).exclude(reaction__in=REACTIONS.keys())


def places(found: Iterable[Any]) -> Iterator[tuple[str, int, int | None]]:
    """Of each row the kind, the id and the folder, as a finding keeps them: nothing of what it says."""
    for row in found:
        yield row._meta.label_lower, row.pk, getattr(row, "case_id", None)


monitor(
    Monitor(
        "deadline-without-policy",
        "Is a clock running that no table knows?",
        without_policy,
        "An engineer: a policy was taken out of supervision/policies.py while clocks of it ran.",
    ),
    Monitor(
        "clock-nothing-stops",
        "Is a clock running that no step can stop?",
        clock_that_nothing_stops,
        "An engineer: the record came to a state without the step that ends the clock.",
    ),
    Monitor(
        "approval-of-finished",
        "Is a decision still asked for on a record that is finished?",
        approval_of_what_is_finished,
        "An engineer: the record was moved past its approval.",
    ),
    Monitor(
        "due-unlike-history",
        "Does a due moment differ from the newest in its history?",
        due_unlike_its_history,
        "The auditor: a date was changed past the program. Run manage.py verify_audit.",
    ),
    Monitor(
        "reaction-of-no-name",
        "Does something wait to be done that no table knows?",
        reaction_of_no_name,
        "An engineer: a reaction was taken out while rows of it waited.",
    ),
)
