"""The language of the tables: steps, sections, rows, workflows. Everything that may happen is declared in these words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from workflow import beneath
from workflow.beginning import Beginning
from workflow.beneath import at_hand, fetched_beneath
from workflow.forms import EvidenceForm, Reason

Guard = Callable[[Any, User], str]  # "" when satisfied, else the sentence to show
When = Callable[[Any], bool]
Effect = Callable[[Any, dict[str, Any], User, Any], None]  # subject, what the form said, by, at (UTC)
Who = frozenset[str]


class Mark(Enum):
    """The four words that stand in the state columns beside the states themselves."""

    NEW = "does not exist yet"
    OPEN = "any state but the finished ones"
    ANY = "any state"
    STAYS = "state does not change"


NEW: Final = Mark.NEW
OPEN: Final = Mark.OPEN
ANY: Final = Mark.ANY
STAYS: Final = Mark.STAYS


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a table: what may happen, from where to where, by whom, on what evidence."""

    name: str
    label: str
    source: Any
    target: Any
    who: Who
    evidence: type[EvidenceForm] = Reason
    when: When | None = None
    guards: tuple[Guard, ...] = ()
    effect: Effect | None = None
    done: str = ""  # what the timeline says afterwards; the label if nothing
    question: str = ""  # set by `approval`: the question that this step decides
    told: bool = True  # not: it says that another folder is there, so no feed of this one tells it (workflow.telling)
    unsealed: bool = False  # a look at a part that is taken while the record above it waits: stale is refused as ever
    proof: bool = False  # so weighty that the person proves again who they are (`accounts.proof`) before it is taken

    @property
    def is_safety_act(self) -> bool:
        """Possible from every state, waiting and closed included, and never refused as stale."""
        return self.source is ANY and self.target is STAYS

    @property
    def title(self) -> str:
        return self.done or self.label


@dataclass(frozen=True, slots=True)
class RowKind:
    """A repeated thing beneath a record: added, changed and struck out on small pages of its own."""

    name: str
    label: str  # "a child": "Add a child", "Change a child"
    model: type[Any]
    form: type[Any]
    field: str  # the foreign key that names the record above
    only: tuple[tuple[str, Any], ...] = ()  # which rows of the model are of this kind: (("part", "child"),)
    begins_at: str = ""  # the page (url name, with the record's id and the kind) that adds one, not the general one
    beginning: Beginning | None = None  # how a program begins one that has a page of its own; none: it cannot
    effect: Callable[[Any, User, Any], dict[str, list[Any]] | None] | None = (
        None  # rows it writes when one is added or changed
    )
    stays: Callable[[Any], str] | None = None  # why a row may not be struck out, asked under the lock; "" where it may
    struck_while: tuple[
        tuple[str, Who], ...
    ] = ()  # who strikes one out in a state in which nobody edits: ((state, roles),)

    def strikers(self, state: str) -> Who:
        """The roles that strike one out in this state, beside those that edit the record."""
        return frozenset().union(*(who for while_, who in self.struck_while if while_ == state))

    def rows_of(self, record: Any) -> Any:
        """The rows of this kind beneath a record, struck-out ones left out, in the order in which they were added."""
        rows: Any = self.model._default_manager
        return rows.standing().filter(**{self.field: record}, **dict(self.only)).order_by("pk")

    def found(self, record: Any) -> list[Any]:
        """The same as a list; from what was fetched of this record already, where something was."""
        fetched = fetched_beneath(record).get(self.model)
        if fetched is None:
            return list(self.rows_of(record))
        return [row for row in fetched if all(getattr(row, name) == value for name, value in self.only)]


@dataclass(frozen=True, slots=True)
class Section:
    """A page of a long record. Its form checks what was said; `missing` lists what was not."""

    name: str
    label: str
    form: type[Any]
    group: str = ""
    rows: tuple[RowKind, ...] = ()
    first: bool = False  # boxed at the top; the others open once it has been saved
    missing: Callable[[Any], list[str]] | None = None  # what the rows still lack, beyond the form's own `needed`
    template: str = "workflow/section.html"
    effect: Callable[[Any, User, Any], dict[str, list[Any]] | None] | None = None  # rows it writes when saved
    onward: Callable[[Any], str] | None = None  # the page that its answers ask for next; "" for the next section


WORKFLOWS: dict[str, Workflow] = {}


class Workflow:
    """The table of one kind of record. Checks itself when imported; a fault stops the program.

    `part_of` names the model's field that points at the record this one is a part of (an assessment of an incident);
    `needs_one`: the record above is not complete without one. `incomplete` lists what the sections do not say.
    `begins_at`: the name of the page on which a part is begun; its address takes the id of the record above.
    `taken_down`: the states in which a person goes on at the list of its sections; in others they are taken to its own page.
    """

    def __init__(
        self, name: str, model: type[Any], states: type[models.TextChoices], *steps: Step, label: str = "",
        sections: tuple[Section, ...] = (), editable: dict[Any, Who] | None = None, rows: tuple[RowKind, ...] = (),
        finished: Iterable[Any] = (), part_of: str = "", needs_one: bool = False,
        incomplete: Callable[[Any], list[str]] | None = None, begins_at: str = "", taken_down: Iterable[Any] | None = None,
    ) -> None:  # fmt: skip
        self.name, self.model, self.states, self.steps = name, model, states, steps
        self.label, self.sections, self.rows = label or name.replace("-", " "), sections, rows
        self.editable, self.finished = editable or {}, frozenset(finished)
        self.part_of, self.needs_one, self.incomplete = part_of, needs_one, incomplete
        self.begins_at, self.taken_down = begins_at, None if taken_down is None else frozenset(taken_down)
        self.check()
        WORKFLOWS[name] = self

    def check(self) -> None:
        """Raise ImproperlyConfigured on the first fault of the table."""
        for fault in self.faults():
            raise ImproperlyConfigured(f"{self.name}: {fault}")

    def faults(self) -> Iterator[str]:
        names = [step.name for step in self.steps]
        if len(set(names)) != len(names):
            yield "two steps of one name."
        for step in self.steps:
            yield from self._faults_of(step)
        for state, who in self.editable.items():
            if state not in set(self.states) or not who:
                yield f"editable in {state} by nobody or in no state."
        if not any(step.is_safety_act for step in self.steps):
            yield "no safety act: somebody could be unsafe and nothing could be done."

    def _faults_of(self, step: Step) -> Iterator[str]:
        states = set(self.states)
        if not step.who:
            yield f"nobody may {step.name}."
        if step.target is not STAYS and step.target not in states:
            yield f"{step.name} leads to no state."
        if not self.sources(step) <= states | {NEW}:
            yield f"{step.name} starts from no state."
        if step.source is NEW and step.target is STAYS:
            yield f"{step.name} makes a record without a state."

    def sources(self, step: Step) -> set[Any]:
        """The states a step may be taken from, with the marks spelled out."""
        if step.source is ANY:
            return set(self.states)
        if step.source is OPEN:
            return set(self.states) - set(self.finished)
        return set(step.source) if isinstance(step.source, tuple | set | frozenset) else {step.source}

    def step(self, name: str) -> Step:
        """The row of that name; LookupError if the table has none."""
        for step in self.steps:
            if step.name == name:
                return step
        raise LookupError(f"{self.name} has no step {name}.")

    def section(self, name: str) -> Section:
        for section in self.sections:
            if section.name == name:
                return section
        raise LookupError(f"{self.name} has no section {name}.")

    def row_kind(self, name: str) -> RowKind:
        for kind in self.all_rows():
            if kind.name == name:
                return kind
        raise LookupError(f"{self.name} has no rows {name}.")

    def all_rows(self) -> list[RowKind]:
        return [*self.rows, *(kind for section in self.sections for kind in section.rows)]

    def event(self, step: str) -> str:
        return f"{self.name}.{step}"


def workflow_of(subject: Any) -> Workflow:
    """The table that moves this record or this type of record; LookupError if none does."""
    model = subject if isinstance(subject, type) else type(subject)
    for workflow in WORKFLOWS.values():
        if workflow.model is model:
            return workflow
    raise LookupError(f"No workflow moves {model.__name__}.")


def parts_tables(subject: Any) -> Iterator[Workflow]:
    """The workflows whose records are parts of this one."""
    for workflow in WORKFLOWS.values():
        if workflow.part_of and workflow.model._meta.get_field(workflow.part_of).related_model is type(subject):
            yield workflow


def parts_of(subject: Any) -> Iterator[tuple[Workflow, list[Any]]]:
    """The records that are parts of this one, by the workflow that moves them, struck-out ones left out."""
    fetched = fetched_beneath(subject)
    for workflow in parts_tables(subject):
        rows = workflow.model.objects.standing().filter(**{workflow.part_of: subject}).order_by("pk")
        yield workflow, fetched[workflow.model] if workflow.model in fetched else list(rows)


def rows_beneath(record: Any) -> dict[Any, list[Any]]:
    """Every standing row beneath a record and every part of it, in one statement: the lines ask of them again and again."""
    parts = {part.model: part.part_of for part in parts_tables(record)}
    return beneath.rows_beneath(record, {kind.model: kind.field for kind in workflow_of(record).all_rows()} | parts)


def rows_at_hand(record: Any) -> AbstractContextManager[None]:
    """Within it the rows beneath a record are fetched once, when the first is asked for; afterwards they are asked anew."""
    return at_hand(record, rows_beneath)


def step_named(event: str) -> Step | None:
    """The step behind an event name such as incident.submit; None for a row or a section (incident.amend)."""
    name, _, step = event.partition(".")
    workflow = WORKFLOWS.get(name)
    return next((row for row in workflow.steps if row.name == step), None) if workflow else None


def missing(subject: Any) -> list[tuple[Section, list[str]]]:
    """What each section of the record still lacks, as sentences; sections that lack nothing are left out."""
    lacks = []
    for section in workflow_of(subject).sections:
        sentences = section_lacks(subject, section)
        if sentences:
            lacks.append((section, sentences))
    return lacks


def section_lacks(subject: Any, section: Section) -> list[str]:
    """What one section still lacks: its form's `needed` fields and what its rows miss."""
    said = [sentence for _, sentence in section.form.missing(subject)] if hasattr(section.form, "missing") else []
    return said + (section.missing(subject) if section.missing else [])


def all_missing(subject: Any) -> list[str]:
    """Everything that keeps the record from being sent: its own sections, and every part of it."""
    workflow = workflow_of(subject)
    with rows_at_hand(subject):
        lacks = [sentence for _, sentences in missing(subject) for sentence in sentences]
        parts = list(parts_of(subject))
    lacks += workflow.incomplete(subject) if workflow.incomplete else []
    for part, records in parts:
        if part.needs_one and not records:
            lacks.append(_("The %(part)s has not been started") % {"part": _(part.label)})
        for record in records:
            lacks += all_missing(record)
    return lacks


def in_a_folder(record: Any, user: User) -> str:
    """Guard of a step from NEW that opens no folder of its own."""
    return "" if record.case_id else "Not available. Open the case first, and begin from there."


def complete(subject: Any, user: User) -> str:
    """Guard: nothing is missing from the record or its parts."""
    count = len(all_missing(subject))
    words = ngettext("%(count)s thing still missing.", "%(count)s things still missing.", count)
    return words % {"count": count} if count else ""
