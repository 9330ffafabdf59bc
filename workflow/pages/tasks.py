"""The task list of a long record: each section with its status, what it lacks, and what opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from workflow import drafts
from workflow.declare import Section, Step, all_missing, parts_of, rows_beneath, section_lacks, workflow_of
from workflow.engine import Offer
from workflow.models import Draft
from workflow.templatetags.words import counted

NOT_STARTED, PART_DONE = gettext_noop("Not started"), gettext_noop("Part done")
DONE, NOT_YET = gettext_noop("Done"), gettext_noop("Not yet")
EMPTY: tuple[Any, ...] = (None, "", [], ())


@dataclass(frozen=True, slots=True)
class Task:
    """One line: without an address it is not a link. `key` is the section's name, or the part's."""

    key: str
    name: str
    url: str
    status: str
    lacks: list[str] = field(default_factory=list)
    last: bool = False  # sending the whole: no section of it
    said: str = ""  # what stands beneath the name where nothing is missing, or something matters more

    @property
    def hint(self) -> str:
        """What is missing, never "incomplete"; of many things the first and how many more."""
        if self.said or not self.lacks or self.status in (NOT_YET, NOT_STARTED):
            return self.said
        more = len(self.lacks) - 1
        return self.lacks[0] + (f", and {more} more" if more else "")


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    tasks: list[Task]


@dataclass(frozen=True, slots=True)
class TaskList:
    """The section that is always first, the groups after it, and how far the whole is."""

    first: Task | None
    groups: list[Group]
    open: bool

    @property
    def tasks(self) -> list[Task]:
        return [*([self.first] if self.first else []), *(task for group in self.groups for task in group.tasks)]

    @property
    def done(self) -> int:
        return sum(task.status == DONE for task in self.tasks)

    @property
    def count(self) -> int:
        return sum(not task.last for task in self.tasks)

    @property
    def lacking(self) -> int:
        """How many lines still need something before the record can be sent."""
        return sum(task.status == NOT_YET or bool(task.lacks) for task in self.tasks)

    def amended(self, key: str, **changes: Any) -> TaskList:
        """The same list with one line changed: for what only the app that owns the record can say of it."""
        groups = [Group(g.title, [replace(t, **changes) if t.key == key else t for t in g.tasks]) for g in self.groups]
        first = replace(self.first, **changes) if self.first and self.first.key == key else self.first
        return TaskList(first, groups, self.open)

    def with_tasks(self, title: str, *tasks: Task) -> TaskList:
        """The same list with more lines at the end of a group, or in a group of their own."""
        if all(group.title != title for group in self.groups):
            return TaskList(self.first, [*self.groups, Group(title, list(tasks))], self.open)
        groups = [Group(g.title, [*g.tasks, *tasks]) if g.title == title else g for g in self.groups]
        return TaskList(self.first, groups, self.open)


Said = Callable[[Any, Any, TaskList, bool], TaskList]
_SAID: dict[str, Said] = {}


def says_of_tasks(workflow: str) -> Callable[[Said], Said]:
    """Declare what the app that owns the record knows of its lines: `function(record, user, tasks, brief)`.

    A brief list stands beside an open section: names and statuses, nothing that costs a question for each line.
    """

    def keep(function: Said) -> Said:
        _SAID[workflow] = function
        return function

    return keep


def task_list(record: Any, user: Any, *, brief: bool = False) -> TaskList:
    """The task list of a record, with what its app says of it."""
    tasks = sections_of(record, user)
    if said := _SAID.get(workflow_of(record).name):
        return said(record, user, tasks, brief)
    parts = part_tasks(record)
    return tasks.with_tasks("Parts", *parts) if parts else tasks


def sections_of(record: Any, user: Any) -> TaskList:
    """The sections of a record in the table's order, each with its status in the words of a task list."""
    table = workflow_of(record)
    record.rows_fetched = rows_beneath(record)
    paths = {section.name: section_url(record, section) for section in table.sections}
    left = {draft.path: draft for draft in user.drafts.filter(path__in=paths.values())}
    opened = closed_by(record) is None
    first, groups = None, dict[str, list[Task]]()
    for section in table.sections:
        task = _task(record, section, paths[section.name], left.get(paths[section.name]), opened)
        if section.first:
            first = task
        else:
            groups.setdefault(section.group, []).append(task)
    return TaskList(first, [Group(title, tasks) for title, tasks in groups.items()], opened)


def _task(record: Any, section: Section, url: str, draft: Draft | None, opened: bool) -> Task:
    if not opened and not section.first:
        return Task(section.name, _(section.label), "", NOT_YET)
    lacks = section_lacks(record, section)
    if draft:
        problems = problems_of_draft(record, section, draft)
        return Task(
            section.name, _(section.label), url, counted_problems(problems), problems or [_("Typed, not yet saved")]
        )
    return Task(section.name, _(section.label), url, status_of(record, section, lacks), lacks)


def status_of(record: Any, section: Section, lacks: list[str]) -> str:
    """Done, Part done or Not started, as officers read it."""
    if not lacks:
        return DONE
    return PART_DONE if something_said(record, section) else NOT_STARTED


def problems_of_draft(record: Any, section: Section, draft: Draft) -> list[str]:
    """The sentences that saving what is typed would get. Asked of a copy: a bound form writes on its record."""
    fresh = type(record).objects.select_related("case").get(pk=record.pk)
    form = section.form(data=drafts.as_typed(draft), instance=fresh)
    return [str(sentence) for sentences in form.errors.values() for sentence in sentences]


def counted_problems(problems: list[str]) -> str:
    return counted(len(problems), "problem") if problems else PART_DONE


def something_said(record: Any, section: Section) -> bool:
    names = getattr(section.form, "base_fields", {})
    if any(getattr(record, name, None) not in EMPTY for name in names):
        return True
    return any(kind.found(record) for kind in section.rows)


def closed_by(record: Any) -> Section | None:
    """The section that must be saved before any other opens; None once it was, or where the table has none."""
    first = next((section for section in workflow_of(record).sections if section.first), None)
    return first if first and not something_said(record, first) else None


@dataclass(frozen=True, slots=True)
class Act:
    """A step beside the task list: its button, or how its refusal begins and the sentence."""

    label: str
    url: str
    kind: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Acts:
    open: list[Act]
    refused: list[Act]
    safety: list[Act]


def acts_of(offers: list[Offer], tasks: TaskList) -> Acts:
    """The steps a person may take here; one that is a line of the list is not said twice."""
    lines = {task.name for task in tasks.tasks} | {task.url for task in tasks.tasks}
    acts = Acts([], [], [])
    for offer in offers:
        act = Act(offer.step.label, step_url(offer.subject, offer.step), *refusal_of(offer.refusal))
        if {_(act.label), act.url} & lines or (offer.step.is_safety_act and act.sentence):
            continue
        side = acts.safety if offer.step.is_safety_act else acts.refused if act.sentence else acts.open
        side.append(act)
    return acts


def refusal_of(sentence: str) -> tuple[str, str]:
    """A guard's sentence taken apart: the kind of refusal, and the fact."""
    said = _(sentence)
    for words, kind in (("You cannot do this. ", "role"), ("Not available. ", "never"), ("Not yet. ", "guard")):
        for opening in (words, f"{_(words.strip())} "):
            if said.startswith(opening):
                return kind, said.removeprefix(opening)
    return "guard", said


def part_task(part: Any, record: Any, url: str) -> Task:
    """The line of a part of the record that has been begun, by its own name (`part_name`) where it has one."""
    lacks = all_missing(record)
    words = ngettext("%(count)s thing still missing", "%(count)s things still missing", len(lacks))
    more = words % {"count": len(lacks)} if len(lacks) > 1 else ""
    own = getattr(record, "part_name", "")
    name = _(own) if own else part_label(part)
    return Task(part.name, name, url, PART_DONE if lacks else DONE, lacks, said=more)


def part_label(part: Any) -> str:
    label = _(str(part.label))
    return label[:1].upper() + label[1:]


def part_tasks(record: Any) -> list[Task]:
    """A line for each part that has been begun, on its general page, and for each that must be begun."""
    lines = []
    for part, records in parts_of(record):
        lines += [part_task(part, found, reverse("record", args=[part.name, found.pk])) for found in records]
        if part.needs_one and not records:
            url = reverse(part.begins_at, args=[record.pk]) if part.begins_at else ""
            lines.append(Task(part.name, part_label(part), url, NOT_STARTED))
    return lines


def step_url(record: Any, step: Step) -> str:
    return reverse("step", args=[workflow_of(record).name, record.pk, step.name])


def section_url(record: Any, section: Section) -> str:
    return reverse("section", args=[workflow_of(record).name, record.pk, section.name])


def record_url(record: Any) -> str:
    return reverse("record", args=[workflow_of(record).name, record.pk])
