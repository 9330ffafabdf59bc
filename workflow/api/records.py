"""Reading: the records of a table, one record, and all that may be done to it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework.response import Response

from workflow.api.paging import paged
from workflow.api.problems import Problem
from workflow.api.schema import (
    AFTER,
    COUNT,
    LIMIT,
    LINE,
    REASON,
    TRUTH,
    WORD,
    Schema,
    many,
    page_of,
    reading,
    ref,
    thing,
)
from workflow.api.tables import is_folder
from workflow.api.told import line_of, record_told
from workflow.api.values import given
from workflow.api.view import ApiView
from workflow.declare import Workflow
from workflow.models import folder_model


class Records(ApiView):
    """The records of one's own work, newest first. What wants a reason is not listed: a list is no way past a door."""

    def get(self, request: Any) -> Response:
        rows = own_work(self.table, request.user)
        if state := request.query_params.get("state", ""):
            if state not in set(self.table.states):
                raise Problem("malformed", "state must be one of the states of this table.")
            rows = rows.filter(state=state)
        found, onward = paged(request, rows, f"records-{self.table.name}")
        return Response({"results": [line_of(self.table, record) for record in found], "next": onward})

    def described(self, method: str) -> Schema:
        states = {"type": "string", "enum": [str(state) for state in self.table.states]}
        state = {"name": "state", "in": "query", "schema": states}
        words = f"Your own work: {self.table.label}"
        return reading(words, self.table.name, page_of(ref("Line")), AFTER, LIMIT, state)


def own_work(table: Workflow, user: Any) -> QuerySet[Any]:
    folders = folder_model().objects.worked_by(user)
    if is_folder(table):
        return folders.read_by(user)  # type: ignore[no-any-return]
    rows: QuerySet[Any] = table.model.objects.visible_to(user).filter(case__in=folders.values("pk"))
    return rows.select_related("case")


class Record(ApiView):
    """One record: its state, what was said, the steps open to whoever asks, approvals, deadlines."""

    def get(self, request: Any, record: str | int) -> Response:
        found = self.opened(request, record)
        answer = Response(record_told(self.table, found, request.user))
        answer["ETag"] = f'"{found.version}"'
        return answer

    def described(self, method: str) -> Schema:
        words = f"One record: {self.table.label}"
        by_reference = {"x-by-reference": True} if is_folder(self.table) else {}
        return reading(words, self.table.name, record_schema(self.table), REASON, **by_reference)


def record_schema(table: Workflow) -> Schema:
    line: Schema = LINE["properties"]
    sections = {
        section.name: thing(label=WORD, said=given(section.form.base_fields), missing=many(WORD))
        for section in table.sections
    }
    rows = {
        kind.name: many(thing(row=COUNT, version=COUNT, said=given(kind.form.base_fields))) for kind in table.all_rows()
    }
    return thing(
        **line, editable=TRUTH, sections=thing(**sections), rows=thing(**rows), steps=many(ref("Step")),
        approvals=many(ref("Approval")), deadlines=many(ref("Deadline")),
    )  # fmt: skip
