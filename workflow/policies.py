"""Policies: the one table of the clocks. Each app declares its rows; `workflow/deadlines.py` runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from accounts.roles import ROLES
from workflow.clock import OTHER as OTHER  # said where a policy is declared
from workflow.clock import Length, read_lengths
from workflow.declare import WORKFLOWS, step_named
from workflow.models import PolicySetting

HOLDER = "holder"


class Again(Enum):
    """What a second starting event does while a deadline of the same policy is open for the same subject."""

    KEEP_EARLIEST = "the first start stands"
    RESTART = "the date is worked out again from the new start"
    ANOTHER = "a deadline of its own"


#: Hours before the due moment of a rung that has passed already when the clock starts: told at the next sweep.
AT_ONCE = -240


@dataclass(frozen=True, slots=True)
class Rung:
    """Who is told, and how many hours after the due moment (negative: before)."""

    hours: float
    who: str  # HOLDER or a role


def itself(record: Any) -> Any:
    return record


def whenever(record: Any) -> bool:
    return True


def as_recorded(record: Any) -> datetime | None:
    """The fact is the event's own moment."""
    return None


def for_all(record: Any) -> str:
    return OTHER


@dataclass(frozen=True, slots=True)
class Policy:
    """One clock. `from_` and `until` turn a record into the moment of the fact (UTC); None means the event's moment.

    `of` turns the event's record into the record that owes. `within` is a length, or lengths by the word that `by` gives.
    `owed_by` is HOLDER (of the case's `part`) or a role; `wants` is the event that does it, which a queue row opens.
    `drops` are events after which it is no longer owed; `refits` are events after which `by` may give another length, with
    `only_sooner` never a longer one; `retimes` are events that put right the fact by which it was met. `own` and `held` are
    a length, and a holder, that the record itself says. `corrected_by` are events that put right the fact from which it runs.
    `met`: whether what happened meets it, where not every event of `stops` does. `own_unit`: it is owed in the unit
    of the record, which is not that of its case (a partner agency).
    """

    name: str
    label: str
    starts: frozenset[str]
    stops: frozenset[str]
    within: Length | Mapping[str, Length]
    ladder: tuple[Rung, ...]
    authority: str
    owed_by: str = HOLDER
    wants: str = ""
    from_: Callable[[Any], datetime | None] = as_recorded
    until: Callable[[Any], datetime | None] = as_recorded
    of: Callable[[Any], Any] = itself
    by: Callable[[Any], str] = for_all
    applies: Callable[[Any], bool] = whenever
    again: Again = Again.KEEP_EARLIEST
    repeats: bool = False
    lapses: bool = False  # no longer owed once a correction of the record makes `applies` false
    outlives: bool = False  # runs on after the folder is closed, and does not keep it open
    drops: frozenset[str] = frozenset()
    refits: frozenset[str] = frozenset()
    only_sooner: bool = False
    retimes: frozenset[str] = frozenset()
    corrected_by: frozenset[str] = frozenset()
    profile: Callable[[Any], str] = lambda record: ""
    part: str = "investigation"
    own: Callable[[Any], Length | None] = lambda record: None
    held: Callable[[Any], int | None] | None = None
    own_unit: bool = False
    met: Callable[[Any], bool] = whenever
    meets: str = ""
    missed: str = ""
    why: str = ""  # the one line beneath "what is wanted" in a queue

    def lengths(self) -> Mapping[str, Length]:
        return self.within if isinstance(self.within, Mapping) else {OTHER: self.within}

    def length_for(self, record: Any, setting: PolicySetting | None) -> Length:
        lengths = read_lengths(setting.within) if setting else self.lengths()
        return self.own(record) or lengths.get(self.by(record)) or lengths[OTHER]

    def holder_of(self, record: Any) -> int | None:
        """Whoever holds it: said by the record where `held` reads it there, else by its case; None where neither says."""
        if self.owed_by != HOLDER:
            return None
        if self.held is not None:
            return self.held(record)
        return record.folder.holder_of(self.part) if record.folder is not None else None


POLICIES: dict[str, Policy] = {}


def declare(*rows: Policy) -> None:
    """Put policies in the table; a fault stops the program."""
    for row in rows:
        for fault in _faults(row):
            raise ImproperlyConfigured(f"Policy {row.name}: {fault}")
        POLICIES[row.name] = row


def _faults(policy: Policy) -> Iterator[str]:
    if policy.name in POLICIES:
        yield "declared twice."
    if not policy.ladder:
        yield "nobody is ever told."
    if OTHER not in policy.lengths():
        yield "no length for the rest."
    unknown = {rung.who for rung in policy.ladder} | {policy.owed_by}
    if unknown - ROLES.keys() - {HOLDER}:
        yield "a rung names no role."
    for event in policy.starts | policy.stops | policy.drops | policy.refits | policy.retimes | policy.corrected_by:
        if event.partition(".")[0] in WORKFLOWS and not event.endswith((".amend", ".add")) and not step_named(event):
            yield f"{event} is no event."


def outliving() -> list[str]:
    """The names of the policies that do not keep a folder open."""
    return [policy.name for policy in POLICIES.values() if policy.outlives]
