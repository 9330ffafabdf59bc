"""First steps: beginning a record, in a folder or with a new one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from workflow.declare import NEW, WORKFLOWS
from workflow.models import folder_model
from workflow.pages.records import denied, page, pass_the_door, take_step


@page
def begin_page(request: HttpRequest, workflow: str, step: str, folder: int | None = None) -> HttpResponse:
    """The form of a step from NEW. With a folder, the record begins in it; without, its effect opens one."""
    table = WORKFLOWS.get(workflow)
    row = next((row for row in table.steps if row.name == step and row.source is NEW), None) if table else None
    if table is None or row is None or table.part_of:  # a part begins on a page of its own, beneath its record
        raise Http404
    return take_step(request, table.model(**_within(request, table.model, folder)), row)


def _within(request: HttpRequest, model: type[Any], folder: int | None) -> dict[str, Any]:
    """The folder as the new record's, where it has one. Raises Http404 where it has none or the folder is hidden."""
    if folder is None:
        return {}
    if not hasattr(model, "case_id"):
        raise Http404
    found = folder_model().objects.visible_to(request.user).select_related("unit").filter(pk=folder).first()
    if found is None:
        denied(folder_model(), request.user, pk=folder)
        raise Http404
    pass_the_door(request, found)
    return {"case": found}
