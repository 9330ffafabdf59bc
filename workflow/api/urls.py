"""Addresses of the API, made from the tables: a path for each step, section and kind of row. What is no step has no address."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path

from workflow.api.clock import Clock
from workflow.api.docs import Document, Nothing, docs_page
from workflow.api.parts import AddRow, BeginRow, ChangeRow, PatchSection, StrikeRow
from workflow.api.records import Record, Records
from workflow.api.steps import Begin, Take
from workflow.api.tables import first_steps, is_folder, later_steps, served
from workflow.declare import Workflow


def of_table(table: Workflow) -> Iterator[URLPattern]:
    base = f"{table.name}/"
    record = f"{base}<{'slug' if is_folder(table) else 'int'}:record>/"
    yield path(base, Records.as_view(table=table))
    for step in first_steps(table):
        yield path(f"{base}{step.name}/", Begin.as_view(table=table, step=step))
    yield path(record, Record.as_view(table=table))
    for step in later_steps(table):
        yield path(f"{record}{step.name}/", Take.as_view(table=table, step=step))
    for section in table.sections:
        yield path(f"{record}sections/{section.name}/", PatchSection.as_view(table=table, section=section))
    for kind in table.all_rows():
        rows = f"{record}rows/{kind.name}/"
        if kind.beginning:
            yield path(rows, BeginRow.as_view(table=table, kind=kind))
        elif not kind.begins_at:  # one that is begun on a page of its own is more than its row
            yield path(rows, AddRow.as_view(table=table, kind=kind))
        yield path(f"{rows}<int:row>/", ChangeRow.as_view(table=table, kind=kind))
        yield path(f"{rows}<int:row>/strike/", StrikeRow.as_view(table=table, kind=kind))


def addresses() -> list[URLPattern]:
    """Every address. The tables are declared before the first of them is asked for."""
    return [
        path("schema/", Document.as_view(), name="api-schema"),
        path("docs/", docs_page, name="api-docs"),
        path("clock/", Clock.as_view(), name="api-clock"),
        *(found for table in served() for found in of_table(table)),
        path("<path:rest>", Nothing.as_view()),
    ]


urlpatterns = addresses()
