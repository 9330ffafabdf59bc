"""Opening a record, its task list, and taking its steps."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Exists, IntegerField, Manager, OuterRef, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import select_template
from django.urls import reverse
from django.utils import timezone

from accounts.proof import ask_again, proved_lately
from audit import services as audit
from audit.models import Access
from workflow import approvals, drafts, engine, mentions
from workflow.declare import STAYS, WORKFLOWS, Step, Workflow, workflow_of
from workflow.models import Approval, Once, Refusal, Refused, folder_model
from workflow.numbers import version_in
from workflow.pages import beside, place
from workflow.pages.refusals import refused
from workflow.pages.tasks import acts_of, task_list

StepContext = Callable[[HttpRequest, Any], dict[str, Any]]
_STEP_CONTEXTS: dict[str, StepContext] = {}
#: Of a request: the folder that stands open to the person, or a record that lies in none, so that a refusal leads back to it.
OPENED = "opened_record"


class AtTheDoor(Exception):
    """The record may be opened once something is done first; `url` is where."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def step_context(event: str) -> Callable[[StepContext], StepContext]:
    """Declare what a step's page shows beside its form; the app that owns what is shown says it, in its panels.py."""

    def keep(function: StepContext) -> StepContext:
        _STEP_CONTEXTS[event] = function
        return function

    return keep


def open_record(request: HttpRequest, workflow_name: str, pk: int) -> Any:
    """The record, once it is found visible and its folder's door stands open; written down as looked at.

    Raises Http404 when hidden, AtTheDoor when a reason is asked for first.
    """
    workflow = WORKFLOWS.get(workflow_name)
    if workflow is None:
        raise Http404
    user: Any = request.user
    record = found_record(workflow, user, pk=pk)
    pass_the_door(request, record.folder)
    if record.folder is None:
        setattr(request, OPENED, record)
    if request.method == "GET":
        kind = Access.Kind.VIEW
        audit.looked(by=user, kind=kind, what=f"{record._meta.label_lower}:{record.pk}", folder=record.folder)
    return record


def found_record(workflow: Workflow, user: Any, **lookup: Any) -> Any:
    """The record if this person may see it, with whether its folder's door stands open to them. Raises Http404."""
    beneath_case = hasattr(workflow.model, "case_id") and workflow.model is not folder_model()
    named = ["case__unit"] if beneath_case else ["unit"]
    related = [name for name in named if hasattr(workflow.model, name.partition("__")[0])]
    joined = getattr(workflow.model, "SHOWN_WITH", ())  # what every page of such a record draws of other rows
    rows = workflow.model.objects
    seen = rows.read_by(user) if workflow.model is folder_model() else rows.visible_to(user)
    visible = seen.select_related(*related, *joined)
    if hasattr(workflow.model, "case_id"):
        opened = folder_model().objects.open_to(user).filter(pk=OuterRef("pk" if related == ["unit"] else "case_id"))
        visible = visible.annotate(door_open=Exists(opened))  # asked in the same statement: one fewer for each page
    record = visible.filter(**lookup).first()
    if record is None:
        denied(workflow.model, user, **lookup)
        raise Http404
    if record.folder is not None:
        record.folder.door_open = getattr(record, "door_open", False)
    return record


def denied(model: Any, user: Any, **lookup: Any) -> None:
    """Write down that a record was asked for by its number and not shown: the same two statements if there is none."""
    of_case = "pk" if model is folder_model() else "case_id" if hasattr(model, "case_id") else None
    folders = model._default_manager.filter(**lookup).values_list(
        of_case or Value(None, output_field=IntegerField()), flat=True
    )
    said = " ".join(map(str, lookup.values()))[:500]
    audit.denied(by=user, what=model._meta.label_lower, chain=folders.first(), terms=said)


def pass_the_door(request: HttpRequest, folder: Any) -> None:
    """Raise AtTheDoor when the folder wants something said before it opens to this person."""
    if folder is None:
        return
    door = "" if getattr(folder, "door_open", False) else folder.door(request.user)
    if door:
        raise AtTheDoor(f"{door}?next={request.path}")
    setattr(request, OPENED, folder)


def page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of a record: signed in, the door answered, refusals shown as they should be."""

    @login_required
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except AtTheDoor as door:
            if request.method == "POST":  # a reason may run out in the middle of a sentence
                drafts.keep(request.user, request.path, request.POST)  # type: ignore[arg-type]
            return redirect(door.url)
        except Refused as refusal:
            return refused(request, refusal, opened=getattr(request, OPENED, None))

    shown.__name__ = view.__name__
    return shown


@page
def record_page(request: HttpRequest, workflow: str, pk: int) -> HttpResponse:
    """The task list of a long record, or the case page where the record has no sections."""
    record = open_record(request, workflow, pk)
    table = workflow_of(record)
    if not table.sections:
        return redirect(home_of(record))
    user: Any = request.user
    held = user.roles_over(record.scope)
    tasks = task_list(record, user)
    context = {
        "subject": record, "case": record.folder, "workflow": table, "editable": engine.editable_by(record, user, held),
        "tasks": tasks, "acts": acts_of(engine.offers(record, user, held, but=beside.only_beside(table)), tasks),
        **decided(record),
    }  # fmt: skip
    context |= extra_context(request, table.event("page"), record)
    template = select_template([f"{table.name}/record.html", "workflow/record.html"])
    return HttpResponse(template.render(context, request))


def decided(record: Any) -> dict[str, Any]:
    """The question now waiting, and the decision that sent the record back, until it is sent again."""
    last = approvals.last_decided(record)
    returned = last if last and last.verdict == Approval.Verdict.RETURNED else None
    waiting = approvals.open_approval(record)
    return {"waiting": waiting, "returned": None if waiting else returned}


@page
def step_page(request: HttpRequest, workflow: str, pk: int, step: str) -> HttpResponse:
    """A step's own page: what it asks, what it will do, and the button."""
    record = open_record(request, workflow, pk)
    try:
        row = workflow_of(record).step(step)
    except LookupError:
        raise Http404 from None
    if row.question and request.method == "GET":
        there = reverse("decide", args=[workflow, pk, row.question])
        return redirect(f"{there}?{request.GET.urlencode()}" if request.GET else there)
    return take_step(request, record, row)


def take_step(request: HttpRequest, record: Any, row: Step, **more: Any) -> HttpResponse:
    """Show the form of a step, or take it; one record however often the button is pressed."""
    user: Any = request.user
    asked = row.proof and not proved_lately(request)
    if asked or request.method != "POST":
        engine.refuse_unless_allowed(
            workflow_of(record), row, record, user, seen=record.version or None, at=timezone.now()
        )  # before proof is asked: who may not take the step is told so
    if asked:
        return prove_first(request)
    if request.method != "POST":
        return step_form(request, record, row, form_of(request, record, row), **more)
    try:
        known = after(record, row) if record.pk else ""
        url = once(request, lambda: _perform(request, record, row), known)
    except Refused as refusal:
        if refusal.kind is Refusal.FORM:
            return step_form(request, record, row, refusal.errors, status=422, **more)
        drafts.keep(user, request.path, request.POST)
        if refusal.kind in (Refusal.GUARD, Refusal.STALE):
            form = form_of(request, record, row)
            return step_form(request, record, row, form, refusal=refusal, status=refusal.kind.status, **more)
        raise
    drafts.drop(user, request.path)
    return redirect(place.onward(request, record, row.title) or url)


def prove_first(request: HttpRequest) -> HttpResponse:
    """Ask for proof before a weighty step. What was typed when it ran out is kept, and offered when they are back."""
    if request.method == "POST":
        drafts.keep(request.user, request.path, request.POST)  # type: ignore[arg-type]
    return ask_again(request, request.path)


def _perform(request: HttpRequest, record: Any, row: Step) -> str:
    user: Any = request.user
    done = engine.perform(
        record, row.name, by=user, evidence=request.POST, files=request.FILES,
        seen=version_in(request.POST.get("seen")),
    )  # fmt: skip
    mentions.tell_writer(request, done)
    return after(done, row)


def after(done: Any, row: Step) -> str:
    """Where a person is taken when the step is taken: to the task list of what they are writing, else the case. A record
    whose sections all lead on to a page of its own is written there, and has no use for a list; one that is taken down
    already is worked on its own page.

    A step that has begun another record leaves it on its own as `led_to`: that one is written next.
    """
    done = getattr(done, "led_to", done)
    table = workflow_of(done)
    listed = any(part.onward is None for part in table.sections) and done.state in (table.taken_down or {done.state})
    if listed and (row.target is not STAYS or done.state in table.editable):
        return reverse("record", args=[table.name, done.pk])
    return home_of(done)


def home_of(record: Any) -> str:
    """The page a record is seen on: its own where it has one, else its case's."""
    return str((record if hasattr(record, "get_absolute_url") else record.folder).get_absolute_url())


def once(request: HttpRequest, act: Callable[[], str], answer: str = "") -> str:
    """Do the act unless this very form was sent before; then give the answer it got.

    `answer` is what the act will give, where that is known before: it need not be written down afterwards.
    """
    key = request.POST.get("token", "").replace("\x00", "")[:64]  # the database holds any character but that one
    user: Any = request.user
    if not key:
        return act()
    with transaction.atomic():
        if not Once.objects.claim(by=user, key=key, answer=answer):
            return Once.objects.get(by=user, key=key).answer
        given = act()
        if given != answer:
            Once.objects.filter(by=user, key=key).update(answer=given)
    return given


def form_of(request: HttpRequest, record: Any, row: Step) -> Any:
    """The step's form: with what this person left on the page, if they left something."""
    user: Any = request.user
    more = {"subject": record} if getattr(row.evidence, "wants_subject", False) else {}
    left = drafts.kept(user, request.path)
    if left:
        return row.evidence(data=drafts.as_typed(left), kept=True, **more)
    return row.evidence(initial={name: standing(record, name) for name in row.evidence.base_fields}, **more)


def standing(record: Any, name: str) -> Any:
    """What the record says already of what a form asks; rows beneath it that have that name are no answer."""
    value = getattr(record, name, None)
    return None if isinstance(value, Manager) else value


def step_form(
    request: HttpRequest, record: Any, row: Step, form: Any, *, refusal: Refused | None = None, status: int = 200,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    table = workflow_of(record)
    context = {
        "subject": record, "case": folder_within(record), "step": row, "workflow": table,
        "form": form, "seen": record.version, "token": uuid.uuid4().hex, "refusal": refusal, "path": request.path,
        "back_url": back_of(record), "place": place.place(request, record),
        **extra_context(request, table.event(row.name), record), **more,
    }  # fmt: skip
    template = select_template([f"{table.name}/{row.name}.html", "workflow/step.html"])
    return HttpResponse(template.render(context, request), status=status)


def folder_within(record: Any) -> Any:
    """The folder a record lies in, also of one that is only being begun in it; None where its first step opens one."""
    return record.folder if record.pk or getattr(record, "case_id", None) else None


def back_of(record: Any) -> str:
    """Where Cancel leads: to the page of the record, of one that is only being begun to its folder's, else to My work."""
    folder = folder_within(record)
    if record.pk:
        return home_of(record)
    return str(folder.get_absolute_url()) if folder else "/"


def extra_context(request: HttpRequest, event: str, record: Any) -> dict[str, Any]:
    function = _STEP_CONTEXTS.get(event)
    return function(request, record) if function else {}
