"""A long record on paper: each section in the words of its form, its rows, and what was decided about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflow.declare import RowKind, Section, Workflow, workflow_of
from workflow.forms.choice import shut_boxes
from workflow.forms.spoken import spoken, words_of
from workflow.models import Approval

Line = tuple[str, str]  # label, words


@dataclass(frozen=True, slots=True)
class Row:
    """One row beneath a section: a child, a witness."""

    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Part:
    """One section."""

    label: str
    lines: list[Line]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Decision:
    """One question that somebody sent, and what became of it. Moments are UTC."""

    record: str
    asked_by: str
    asked_at: datetime
    note: list[Line]
    verdict: str
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One long record."""

    title: str
    state: str
    recorded_by: str
    recorded_at: datetime
    parts: list[Part] = field(default_factory=list)


def record_on_paper(record: Any, names: dict[int, str], at: datetime) -> Record:
    """Everything that the record says. `names`: the people its rows may name; `at` (UTC): rows recorded by then."""
    table = workflow_of(record)
    return Record(
        title=table.label.capitalize(), state=record.get_state_display(), recorded_by=record.recorded_by.title(),
        recorded_at=record.recorded_at, parts=[part_of(record, section, names, at) for section in table.sections],
    )  # fmt: skip


def part_of(record: Any, section: Section, names: dict[int, str], at: datetime) -> Part:
    rows = [row_of(row, kind, names) for kind in section.rows for row in kind.rows_of(record).as_at(at)]
    return Part(section.label, lines_of(section.form, record, names), rows)


def row_of(row: Any, kind: RowKind, names: dict[int, str]) -> Row:
    who = names.get(getattr(row, "person_id", 0), "")
    what = kind.label.removeprefix("the ").removeprefix("a ").removeprefix("an ").capitalize()
    return Row(f"{what}: {who}" if who else what, lines_of(kind.form, row, names))


def lines_of(form: Any, row: Any, names: dict[int, str]) -> list[Line]:
    """What was said in each box that stood open; a box beneath an answer that was not given was never asked.

    Of what is marked optional and was left empty the paper says nothing.
    """
    left_out = shut_boxes(form.base_fields, row) | {
        name
        for name, box in form.base_fields.items()
        if str(box.label).endswith("(optional)") and getattr(row, name, None) in (None, "", [])
    }
    said = [
        (getattr(row, name, None), label, words) for name, label, words in spoken(form, row) if name not in left_out
    ]
    return [(label, names.get(getattr(value, "person_id", 0), words)) for value, label, words in said]


def decisions_on(table: Workflow, records: Iterable[Any], at: datetime) -> list[Decision]:
    """Every question asked about the records by the moment (UTC), the earliest first. One query."""
    known = {record.pk: record for record in records}
    about = {"subject_type": table.model._meta.label_lower, "subject_id__in": list(known)}
    rows = Approval.objects.filter(**about, asked_at__lte=at).select_related("asked_by", "decided_by")
    return [decision_of(table, row) for row in rows.order_by("asked_at", "pk")]


def decision_of(table: Workflow, row: Approval) -> Decision:
    return Decision(
        record=table.label.capitalize(), asked_by=row.asked_by.title(), asked_at=row.asked_at, note=note_of(table, row),
        verdict=str(row.get_verdict_display()), decided_by=row.decided_by.title() if row.decided_by else "",
        decided_at=row.decided_at, reason=row.reason,
    )  # fmt: skip


def note_of(table: Workflow, row: Approval) -> list[Line]:
    """What was said when it was sent, in the words of the form that asked."""
    labels = {name: box for step in table.steps for name, box in step.evidence.base_fields.items()}
    return [
        (str(labels[name].label or name), words_of(labels[name], value))
        for name, value in row.evidence.items() if name in labels and value not in (None, "", [])
    ]  # fmt: skip
