"""A section of a long record: saved as it is typed, checked when sent, never overwriting what another saved."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflow import drafts, engine, mentions
from workflow.declare import RowKind, Section, workflow_of
from workflow.models import Refusal, Refused
from workflow.numbers import version_in
from workflow.pages.conflict import chosen, conflict_context
from workflow.pages.records import extra_context, once, open_record, page
from workflow.pages.said import said_in
from workflow.pages.tasks import closed_by, record_url, section_url, task_list

OwnPage = Callable[[HttpRequest, Any, Section], HttpResponse]
_OWN: dict[str, OwnPage] = {}


def section_of_its_own(event: str) -> Callable[[OwnPage], OwnPage]:
    """Declare the page of a section (incident.section.arrest) whose boxes are kept as rows; said in the app's views."""

    def keep(function: OwnPage) -> OwnPage:
        _OWN[event] = function
        return function

    return keep


@page
def section_page(request: HttpRequest, workflow: str, pk: int, section: str) -> HttpResponse:
    """Show a section, or save it and go on to the next. Until the first is saved no other opens."""
    record = open_record(request, workflow, pk)
    try:
        part = workflow_of(record).section(section)
    except LookupError:
        raise Http404 from None
    first = closed_by(record)
    if first and first is not part:
        return redirect(section_url(record, first))
    own = _OWN.get(f"{workflow}.section.{section}")
    return own(request, record, part) if own else ordinary_section(request, record, part)


def ordinary_section(request: HttpRequest, record: Any, part: Section) -> HttpResponse:
    """The page that every section has which declares none of its own."""
    if request.method == "POST":
        return _save(request, record, part)
    return _shown(request, record, part)


def _shown(request: HttpRequest, record: Any, part: Section) -> HttpResponse:
    """The section as it is, or as this person left it, on the version they had before them then."""
    user: Any = request.user
    left = drafts.kept(user, request.path)
    if left is None:
        return show_section(request, record, part, part.form(instance=record))
    form = part.form(data=drafts.as_typed(left), instance=record, kept=True)
    return show_section(request, record, part, form, seen=drafts.version_typed_over(left), saved_at=left.saved_at)


def _save(request: HttpRequest, record: Any, part: Section) -> HttpResponse:
    user: Any = request.user
    drafts.keep(user, request.path, request.POST)
    seen = version_in(request.POST.get("seen")) or 0
    before = engine.snapshot(record)
    form = part.form(data=request.POST, instance=record)
    if not form.is_valid():
        return show_section(request, record, part, form, status=422, seen=seen, saved_at=timezone.now())
    changes = chosen(request, record, dict(form.cleaned_data), before, seen)
    _put_back(record, before)
    try:
        url = once(request, lambda: _amend(request, record, part, changes, seen))
    except Refused as refusal:
        if refusal.kind is not Refusal.STALE:
            raise
        clash = conflict_context(request, record, form, changes, refusal.errors, seen)
        return show_section(request, record, part, form, status=409, template="workflow/conflict.html", **clash)
    drafts.drop(user, request.path)
    return redirect(url)


def _amend(request: HttpRequest, record: Any, part: Section, changes: dict[str, Any], seen: int) -> str:
    user: Any = request.user
    saved = engine.amend(record, changes, by=user, seen=seen, effect=part.effect)
    mentions.tell_writer(request, record)
    return next_url(saved, part) if "back" not in request.POST else record_url(record)


def _put_back(record: Any, before: dict[str, Any]) -> None:
    """A bound model form writes on its instance while it validates; what is saved is decided by `amend` alone."""
    for attname, value in before.items():
        setattr(record, attname, value)


def show_section(
    request: HttpRequest, record: Any, part: Section, form: Any, *, status: int = 200, seen: int | None = None,
    saved_at: Any = None, template: str = "", **more: Any,
) -> HttpResponse:  # fmt: skip
    """The page of a section round a form: its own, or one whose boxes the app keeps as rows."""
    table, user = workflow_of(record), request.user
    names = [section.name for section in table.sections]
    context = {
        "subject": record, "case": record.folder, "workflow": table, "section": part, "form": form,
        "seen": seen or record.version, "token": uuid.uuid4().hex, "path": request.path,
        "number": names.index(part.name) + 1, "count": len(names), "saved_at": saved_at,
        "rows": [(kind, kind.rows_of(record), add_url(record, kind)) for kind in part.rows],
        "back_url": record_url(record), "tasks": task_list(record, user, brief=True).amended(part.name, said=_("You are here")),
        "said": said_in(form, record),
        "editable": engine.editable_by(record, user, user.roles_over(record.scope)),  # type: ignore[arg-type,union-attr]
    }  # fmt: skip
    context |= extra_context(request, f"{table.name}.section.{part.name}", record) | more
    return render(request, template or part.template, context, status=status)


def add_url(record: Any, kind: RowKind) -> str:
    """Where a row of this kind is added: the page that its table names, else the general one."""
    if kind.begins_at:
        return reverse(kind.begins_at, args=[record.pk, kind.name])
    return reverse("add-row", args=[workflow_of(record).name, record.pk, kind.name])


def next_url(record: Any, part: Section) -> str:
    """The page that the answers ask for, else the section after this one; the task list after the last."""
    if part.onward and (url := part.onward(record)):
        return url
    sections = workflow_of(record).sections
    after = sections[sections.index(part) + 1 :]
    return section_url(record, after[0]) if after else record_url(record)


@login_required
@require_POST
def autosave(request: HttpRequest) -> HttpResponse:
    """Keep what is in a form as this person's draft of the page it is on. Raw: problems included."""
    user: Any = request.user
    if drafts.too_large(request.POST):
        return HttpResponse(status=413)  # the page says that it is not kept
    arrived = drafts.autosave(user, str(request.POST.get("kept_path", ""))[:200] or "/", request.POST)
    told = {"X-Sent": "1"} if arrived else {}  # so that a page does not lay old words over what was saved
    words = _("Saved %(time)s.") % {"time": f"{timezone.localtime():%H:%M}"}
    return HttpResponse(words, content_type="text/plain", headers=told)
