"""Which tables the API serves, and how their records are addressed: a folder by its reference, all else by its id."""

from __future__ import annotations

from typing import Any

from django.forms import FileField

from workflow.declare import NEW, WORKFLOWS, Step, Workflow
from workflow.models import folder_model

WITHIN = "case"  # the word in a body for the folder in which a record begins


def served() -> list[Workflow]:
    """The tables of case work. What a force administers (people, postings, settings, tokens) is done on its pages alone:
    a program that may change who may do what is no use to anybody but a thief.
    """
    return [table for _, table in sorted(WORKFLOWS.items()) if hasattr(table.model, "case_id")]


def is_folder(table: Workflow) -> bool:
    return table.model is folder_model()


def identifier(record: Any) -> str:
    """As the addresses and answers name a record."""
    return str(record.reference if isinstance(record, folder_model()) else record.pk)


def lookup(table: Workflow, said: str | int) -> dict[str, Any]:
    return {"reference" if is_folder(table) else "pk": said}


def first_steps(table: Workflow) -> list[Step]:
    """Those that begin a record, but for one that begins with a file: the API takes words, files are added on their page."""
    return [step for step in table.steps if step.source is NEW and not takes_a_file(step)]


def takes_a_file(step: Step) -> bool:
    fields: Any = step.evidence.base_fields.values()
    return any(isinstance(field, FileField) for field in fields)


def later_steps(table: Workflow) -> list[Step]:
    return [step for step in table.steps if step.source is not NEW]


def begins_in(table: Workflow) -> tuple[str, bool]:
    """The word in the body of a first step that says where the record begins, and whether it must be said."""
    return (table.part_of, True) if table.part_of else (WITHIN, False)


def url_of(table: Workflow, record: Any, rest: str = "") -> str:
    return f"/api/v1/{table.name}/{identifier(record)}/{rest}"
