"""Repeated things beneath a record: a small page to add one, one to change it, one to strike it out."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from workflow import drafts, engine, mentions
from workflow.declare import RowKind, Section, workflow_of
from workflow.forms import Reason
from workflow.models import Refusal, Refused
from workflow.numbers import version_in
from workflow.pages.conflict import chosen, conflict_context
from workflow.pages.records import AtTheDoor, extra_context, once, open_record, page
from workflow.pages.sections import add_url
from workflow.pages.struck import taken_out
from workflow.pages.tasks import closed_by, record_url, section_url

Act = Callable[[dict[str, Any], int], str]


@page
def add_row(request: HttpRequest, workflow: str, pk: int, kind: str) -> HttpResponse:
    """Add one: the form makes an unsaved row, the engine inserts it."""
    record = open_record(request, workflow, pk)
    row_kind = _kind(record, kind)
    if row_kind.begins_at:
        return redirect(add_url(record, row_kind))
    row = row_kind.model(**{row_kind.field: record}, **dict(row_kind.only))
    return _edit(request, record, row_kind, row, lambda said, seen: _add(request, record, row_kind, row, said))


@page
def change_row(request: HttpRequest, workflow: str, pk: int, kind: str, row: int) -> HttpResponse:
    """Change one; what it said before stays in its history."""
    record = open_record(request, workflow, pk)
    row_kind = _kind(record, kind)
    found = row_kind.rows_of(record).filter(pk=row).first()
    if found is None:
        return taken_out(request, record, row_kind, row)
    return _edit(
        request, record, row_kind, found, lambda said, seen: _change(request, record, row_kind, found, said, seen)
    )


@page
def strike_row(request: HttpRequest, workflow: str, pk: int, kind: str, row: int) -> HttpResponse:
    """Strike one out, with the reason. Nothing is deleted."""
    record = open_record(request, workflow, pk)
    row_kind = _kind(record, kind)
    found = row_kind.model._default_manager.filter(**{row_kind.field: record}, **dict(row_kind.only), pk=row).first()
    if found is None:
        raise Http404
    if found.struck_out_at:  # pressed twice
        return redirect(_back(record, row_kind))
    form = Reason(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(
            request, record, row_kind, form, seen=found.version, struck=found, status=422 if form.errors else 200
        )
    user: Any = request.user
    seen = version_in(request.POST.get("seen")) or 0
    engine.strike_out(found, beneath=record, by=user, seen=seen, reason=form.cleaned_data["reason"])
    return redirect(_back(record, row_kind))


def ask_row(
    request: HttpRequest, record: Any, kind: RowKind, row: Any, *, onward: str = "", template: str = "workflow/row.html"
) -> HttpResponse:
    """The page of one row at an address of the app's own: `row` is a standing one or one not yet added; `onward` is where
    saving leads, the page of its section if nothing is said.
    """

    def act(said: dict[str, Any], seen: int) -> str:
        if row.pk:
            return _change(request, record, kind, row, said, seen)
        return _add(request, record, kind, row, said)

    return _edit(request, record, kind, row, act, onward=onward, template=template)


def _edit(
    request: HttpRequest, record: Any, kind: RowKind, row: Any, act: Act, *, onward: str = "",
    template: str = "workflow/row.html",
) -> HttpResponse:  # fmt: skip
    """Show the form of a row, or save it: a new one is inserted, of a standing one only what was changed is amended."""
    user: Any = request.user
    if request.method != "POST":
        left = drafts.kept(user, request.path)
        data = {"data": drafts.as_typed(left), "kept": True} if left else {}
        form = kind.form(instance=row, **data)
        seen = drafts.version_typed_over(left) or row.version
        return _show(request, record, kind, form, seen=seen, row=row, template=template)
    drafts.keep(user, request.path, request.POST)
    seen, before = version_in(request.POST.get("seen")) or 0, engine.snapshot(row)
    form = kind.form(data=request.POST, instance=row)
    if not form.is_valid():
        return _show(request, record, kind, form, seen=seen, status=422, row=row, template=template)
    said = chosen(request, row, dict(form.cleaned_data), before, seen) if row.pk else dict(form.cleaned_data)
    for attname, value in before.items():
        setattr(row, attname, value)
    try:
        once(request, lambda: act(said, seen))
    except Refused as refusal:
        if refusal.kind is not Refusal.STALE:
            raise
        clash = conflict_context(request, row, form, said, refusal.errors, seen)
        return _show(request, record, kind, form, status=409, template="workflow/conflict.html", row=row, **clash)
    drafts.drop(user, request.path)
    return redirect(onward or _back(record, kind))


def _add(request: HttpRequest, record: Any, kind: RowKind, row: Any, said: dict[str, Any]) -> str:
    user: Any = request.user
    for name, value in said.items():
        setattr(row, name, value)
    engine.add(row, beneath=record, by=user, effect=kind.effect)
    mentions.tell_writer(request, record)
    return "added"


def _change(request: HttpRequest, record: Any, kind: RowKind, row: Any, said: dict[str, Any], seen: int) -> str:
    user: Any = request.user
    engine.amend(row, said, beneath=record, by=user, seen=seen, effect=kind.effect)
    mentions.tell_writer(request, record)
    return "changed"


def _kind(record: Any, name: str) -> RowKind:
    """The kind of row of that name, once the record's first section was saved."""
    try:
        kind = workflow_of(record).row_kind(name)
    except LookupError:
        raise Http404 from None
    if first := closed_by(record):
        raise AtTheDoor(section_url(record, first))
    return kind


def _back(record: Any, kind: RowKind) -> str:
    section = section_of(record, kind)
    return section_url(record, section) if section else record_url(record)


def section_of(record: Any, kind: RowKind) -> Section | None:
    return next((section for section in workflow_of(record).sections if kind in section.rows), None)


def _show(
    request: HttpRequest, record: Any, kind: RowKind, form: Any, *, seen: int, status: int = 200,
    template: str = "workflow/row.html", **more: Any,
) -> HttpResponse:  # fmt: skip
    context = {
        "subject": record, "case": record.folder, "workflow": workflow_of(record), "kind": kind, "form": form,
        "seen": seen, "token": uuid.uuid4().hex, "path": request.path, "back_url": _back(record, kind),
    }  # fmt: skip
    context |= extra_context(request, f"{workflow_of(record).name}.row.{kind.name}", record) | more
    return render(request, template, context, status=status)
