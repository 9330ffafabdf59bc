"""The page on which somebody decides: what is asked, what changed since they looked, and one box with every answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.proof import proved_lately
from workflow import drafts, engine, mentions
from workflow.approvals import open_approval
from workflow.declare import Step, parts_of, workflow_of
from workflow.forms import Choice, EvidenceForm
from workflow.models import Approval, Deadline, Refusal, Refused
from workflow.models.record import about
from workflow.numbers import version_in
from workflow.pages import beside, place
from workflow.pages.changed import last_look, lines
from workflow.pages.records import extra_context, once, open_record, page, prove_first
from workflow.policies import POLICIES


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to decide: a step of the record asked about, or of a part of it (raising the grade)."""

    key: str
    step: Step
    subject: Any
    refusal: str
    will: str


@dataclass(frozen=True, slots=True)
class Review:
    """What an app lays beside a decision: `rows(subject, user, since)`, where `since` is when this person last decided."""

    workflow: str
    order: int
    template: str
    rows: Callable[[Any, User, datetime | None], Any]


REVIEWS: list[Review] = []
ALSO: dict[str, tuple[str, ...]] = {}


def review(*rows: Review) -> None:
    """Declare what stands beside the decisions about a workflow's records; said in the app's panels.py."""
    REVIEWS.extend(rows)


def also_decides(question: str, *events: str) -> None:
    """Offer further steps (assessment.raise) beside the answers to a question (incident.record)."""
    ALSO[question] = (*ALSO.get(question, ()), *events)


UNASKED: dict[str, Callable[[Any], Approval | None]] = {}


def asks_itself(question: str, asked: Callable[[Any], Approval | None]) -> None:
    """Declare a question (arrest.no-arrest) that stands open without having been sent: `asked` says of a record by whom
    and since when, in an approval that is never saved; None where there is nothing to decide.
    """
    UNASKED[question] = asked


def _waiting(record: Any, of: str) -> Approval | None:
    unasked = UNASKED.get(f"{workflow_of(record).name}.{of}")
    return unasked(record) if unasked else open_approval(record, of)


@page
def decision_page(request: HttpRequest, workflow: str, pk: int, of: str) -> HttpResponse:
    """Show the question with its answers, or take the one that was chosen."""
    record = open_record(request, workflow, pk)
    if _weighty(record, of, request) and not proved_lately(request):
        return prove_first(request)
    if request.method == "POST":
        return _press(request, record, of)
    return _page(request, record, of)


def _weighty(record: Any, of: str, request: HttpRequest) -> bool:
    """Whether this person could give an answer that wants proof of who they are."""
    user: Any = request.user
    weighty = [step for step in workflow_of(record).steps if step.question == of and step.proof]
    return bool(weighty) and any(user.roles_over(record.scope) & step.who for step in weighty)


def _page(
    request: HttpRequest, record: Any, of: str, *, status: int = 200, refusal: Refused | None = None
) -> HttpResponse:
    """The question with its answers; what this person left there, or what they have just sent, is in the box."""
    waiting = _waiting(record, of)
    if waiting is None:
        return _decided_already(request, record, of)
    user: Any = request.user
    ways = answers(record, of, user)
    form_class = _form_class([way for way in ways if not way.refusal])
    typed: QueryDict | None = request.POST if request.method == "POST" else None
    kept = False
    if typed is None and (left := drafts.kept(user, request.path)):
        typed, kept = drafts.as_typed(left), True
    form = form_class() if typed is None else form_class(data=typed, kept=kept or beside.BUTTON in typed)
    taken = beside.beside_of(record, of, user, typed, kept=kept)
    return _show(request, record, waiting, ways, form, taken, refusal=refusal, status=status)


def answers(record: Any, of: str, user: User) -> list[Answer]:
    """Every way this person could answer, open or refused with the sentence why; each once, of several parts the open one."""
    table = workflow_of(record)
    held = user.roles_over(record.scope)
    found = [(table, step, record) for step in table.steps if step.question == of and held & step.who]
    wanted = ALSO.get(f"{table.name}.{of}", ())
    for part, rows in parts_of(record) if wanted else ():
        for row in rows:
            found += [(part, step, row) for step in part.steps if part.event(step.name) in wanted and held & step.who]
    running = clocks_running(record)
    ways: dict[str, Answer] = {}
    for way in (_answer(row[0], row[1], row[2], user, running) for row in found):
        if way.key not in ways or (ways[way.key].refusal and not way.refusal):
            ways[way.key] = way
    return list(ways.values())


def clocks_running(record: Any) -> set[str]:
    """The policies whose clocks run in the folder of a record, or of the record itself where it lies in none."""
    rows = Deadline.objects.open()
    rows = rows.filter(case=record.folder) if record.folder is not None else rows.filter(**about(record))
    return set(rows.values_list("policy", flat=True))


def _answer(table: Any, step: Step, subject: Any, user: User, running: set[str]) -> Answer:
    refusal = next((sentence for guard in step.guards if (sentence := guard(subject, user))), "")
    return Answer(f"{table.name}-{step.name}", step, subject, refusal, consequences(table.event(step.name), running))


def consequences(event: str, running: set[str]) -> str:
    """What a step does to the clocks, from the policies: which of those that run it ends, and what it starts."""
    stopped = [policy for policy in POLICIES.values() if event in policy.stops | policy.drops]
    ends = [_(policy.label) for policy in stopped if policy.name in running]
    starts = [_(policy.label) for policy in POLICIES.values() if event in policy.starts]
    said = [_("ends “%(clock)s”") % {"clock": label} for label in ends]
    said += [_("starts “%(clock)s” where it applies") % {"clock": label} for label in starts]
    return "; ".join(said)


def _form_class(ways: list[Answer]) -> type[Any]:
    """One form with a radio for each answer, its own questions opening beneath it."""
    fields: dict[str, Any] = {}
    reveals = {way.key: [f"{way.key}-{name}" for name in way.step.evidence.base_fields] for way in ways}
    offered = [(way.key, way.step.label, _("This %(will)s.") % {"will": way.will} if way.will else "") for way in ways]
    needed = gettext_noop("Choose what you decide")
    fields["decision"] = Choice(offered, label=gettext_noop("Your decision"), needed=needed, reveals=reveals)
    for way in ways:
        for name, field in way.step.evidence.base_fields.items():
            fields[f"{way.key}-{name}"] = deepcopy(field)
    return type("Decision", (EvidenceForm,), fields)


def _press(request: HttpRequest, record: Any, of: str) -> HttpResponse:
    """Take the answer that was chosen. The engine asks everything under its locks, so nothing is asked here before."""
    user: Any = request.user
    taken = beside.filled(record, of, request)
    only = beside.BUTTON in request.POST  # its own button: nothing is decided yet
    way = None if only else _chosen(record, of, request.POST.get("decision", ""))
    if (way is None and not only) or (only and not taken):
        drafts.keep(user, request.path, request.POST)
        return _page(request, record, of, status=422)
    try:
        url = once(request, lambda: _take_all(request, record, taken, way), _goes_to(request, record, way))
    except Refused as refusal:
        drafts.keep(user, request.path, request.POST)
        if refusal.kind in (Refusal.HIDDEN, Refusal.ROLE):
            raise
        shown = None if refusal.kind is Refusal.FORM else refusal
        return _page(request, record, of, status=refusal.kind.status, refusal=shown)
    return _onward(request, record, taken, way, url)


def _take_all(request: HttpRequest, record: Any, taken: list[beside.Beside], way: Answer | None) -> str:
    """What stands beside first, then the answer: all of it or nothing."""
    with transaction.atomic():
        for one in taken:
            beside.take(one, request)
        moved = sum(one.subject is record for one in taken)  # by this very press
        return _take(request, record, way, moved) if way else _goes_to(request, record, None)


def _onward(
    request: HttpRequest, record: Any, taken: list[beside.Beside], way: Answer | None, url: str
) -> HttpResponse:
    """To the case, or the next of the queue that the page stands in. What was typed and not yet taken stays typed."""
    user: Any = request.user
    drafts.drop(user, request.path)
    if way is not None and way.subject is record:
        return redirect(place.onward(request, record, way.step.title) or url)
    if way is None:
        messages.success(request, _(taken[0].step.title))
        drafts.arrived(user, request.POST)
        if beside.left_typed(rest := beside.without(request.POST, taken)):
            drafts.keep(user, request.path, rest)
    return redirect(url)


def _chosen(record: Any, of: str, key: str) -> Answer | None:
    """The answer behind the radio that was pressed, nothing asked of it yet; None where the question has no such answer."""
    table = workflow_of(record)
    for step in table.steps:
        if step.question == of and key == f"{table.name}-{step.name}":
            return Answer(key, step, record, "", "")
    wanted = ALSO.get(f"{table.name}.{of}", ())
    for part, rows in parts_of(record) if wanted else ():
        for step in part.steps:
            if part.event(step.name) in wanted and key == f"{part.name}-{step.name}" and rows:
                return Answer(key, step, rows[-1], "", "")
    return None


def _goes_to(request: HttpRequest, record: Any, way: Answer | None) -> str:
    """Deciding leads to the case; what is done beside the decision leads back to it."""
    decided = way is not None and way.subject is record
    return str(record.folder.get_absolute_url()) if decided else request.get_full_path()


def _take(request: HttpRequest, record: Any, way: Answer, moved: int) -> str:
    user: Any = request.user
    on = version_in(request.POST.get("seen"))
    said = beside.under(request.POST, way.key)
    version = (on + moved if on is not None else None) if way.subject is record else way.subject.version
    engine.perform(way.subject, way.step.name, by=user, evidence=said, seen=version)
    mentions.tell_writer(request, record)
    return _goes_to(request, record, way)


def _decided_already(request: HttpRequest, record: Any, of: str) -> HttpResponse:
    decided = Approval.objects.filter(**about(record), of=of).select_related("decided_by").order_by("-asked_at").first()
    if decided is None:
        raise Http404
    context = {"subject": record, "case": record.folder, "decided": decided, "workflow": workflow_of(record)}
    return render(request, "workflow/decided.html", context, status=409 if request.method == "POST" else 200)


def _show(
    request: HttpRequest, record: Any, waiting: Approval, ways: list[Answer], form: Any,
    taken: list[beside.Beside], *, refusal: Refused | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    user: Any = request.user
    table = workflow_of(record)
    looked = last_look(record, waiting.of, user)
    since = looked.decided_at if looked else None
    shown = [row for row in sorted(REVIEWS, key=lambda row: row.order) if row.workflow == table.name]
    deadline = _deadline(record, table, waiting.of)
    words = _("Decide on the %(record)s")
    context = {
        "heading": _(POLICIES[deadline.policy].label) if deadline else words % {"record": _(table.label)},
        "deadline": deadline,
        "subject": record, "case": record.folder, "workflow": table, "approval": waiting, "answers": ways, "form": form,
        "looked": looked, "lines": lines(record, looked.seen_version if looked else None), "refusal": refusal,
        "reviews": [(row.template, row.rows(record, user, since)) for row in shown], "seen": record.version,
        "token": uuid.uuid4().hex, "path": request.path,
        "refused": _only_refusal(ways), "beside": {one.step.name: one for one in taken},
        "place": place.place(request, record), "problems": beside.problems(form, taken),
        **extra_context(request, f"{table.name}.decide", record),
    }  # fmt: skip
    return render(request, "workflow/decision.html", context, status=status)


def _deadline(record: Any, table: Any, of: str) -> Deadline | None:
    """The clock that a decision on the question meets, if one runs."""
    events = {table.event(step.name) for step in table.steps if step.question == of}
    names = [policy.name for policy in POLICIES.values() if events & policy.stops]
    rows = Deadline.objects.open().filter(**about(record), policy__in=names)
    return rows.order_by("due_at").first()


def _only_refusal(ways: list[Answer]) -> str:
    """The sentence to show when this person may not answer at all."""
    if any(not way.refusal for way in ways):
        return ""
    return ways[0].refusal if ways else "You cannot do this. Your role does not decide this."
