"""The page on which somebody decides: what is asked, what changed since they looked, and one box with every answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.proof import proved_lately
from workflow import drafts, engine, mentions
from workflow.approvals import open_approval
from workflow.deadlines import POLICIES
from workflow.declare import Section, Step, parts_of, workflow_of
from workflow.forms import Choice, EvidenceForm
from workflow.forms.spoken import NOTHING, spoken
from workflow.models import Approval, Deadline, Refusal, Refused
from workflow.models.record import about
from workflow.numbers import version_in
from workflow.pages.records import extra_context, once, open_record, page, prove_first


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
    form = form_class()
    if request.method == "POST":
        form = form_class(data=request.POST)
    elif left := drafts.kept(user, request.path):
        form = form_class(data=drafts.as_typed(left), kept=True)
    return _show(request, record, waiting, ways, form, refusal=refusal, status=status)


def answers(record: Any, of: str, user: User) -> list[Answer]:
    """Every way this person could answer, open or refused with the sentence why."""
    table = workflow_of(record)
    held = user.roles_over(record.scope)
    found = [(table, step, record) for step in table.steps if step.question == of and held & step.who]
    wanted = ALSO.get(f"{table.name}.{of}", ())
    for part, rows in parts_of(record) if wanted else ():
        for row in rows:
            found += [(part, step, row) for step in part.steps if part.event(step.name) in wanted and held & step.who]
    running = clocks_running(record)
    return [_answer(row[0], row[1], row[2], user, running) for row in found]


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
    way = _chosen(record, of, request.POST.get("decision", ""))
    if way is None:
        drafts.keep(user, request.path, request.POST)
        return _page(request, record, of, status=422)
    try:
        url = once(request, lambda: _take(request, record, way), _goes_to(request, record, way))
    except Refused as refusal:
        drafts.keep(user, request.path, request.POST)
        if refusal.kind in (Refusal.HIDDEN, Refusal.ROLE):
            raise
        shown = None if refusal.kind is Refusal.FORM else refusal
        return _page(request, record, of, status=refusal.kind.status, refusal=shown)
    drafts.drop(user, request.path)
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


def _goes_to(request: HttpRequest, record: Any, way: Answer) -> str:
    """Deciding leads to the case; what is done beside the decision leads back to it."""
    return str(record.folder.get_absolute_url()) if way.subject is record else request.path


def _take(request: HttpRequest, record: Any, way: Answer) -> str:
    user: Any = request.user
    on = version_in(request.POST.get("seen"))
    said = request.POST.copy()
    for name, values in request.POST.lists():
        if name.startswith(f"{way.key}-"):
            said.setlist(name.removeprefix(f"{way.key}-"), values)
    version = on if way.subject is record else way.subject.version
    engine.perform(way.subject, way.step.name, by=user, evidence=said, seen=version)
    mentions.tell_writer(request, record)
    return _goes_to(request, record, way)


def _decided_already(request: HttpRequest, record: Any, of: str) -> HttpResponse:
    decided = Approval.objects.filter(**about(record), of=of).select_related("decided_by").order_by("-asked_at").first()
    if decided is None:
        raise Http404
    context = {"subject": record, "case": record.folder, "decided": decided, "workflow": workflow_of(record)}
    return render(request, "workflow/decided.html", context, status=409 if request.method == "POST" else 200)


def last_look(record: Any, of: str, user: User) -> Approval | None:
    """This person's own last decision on the question, with the version they saw."""
    mine = Approval.objects.filter(**about(record), of=of, decided_by=user)
    return mine.order_by("-decided_at").first()


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the record: what it says now and, where it differs, what this person saw before."""

    label: str
    now: str
    before: str | None


def lines(record: Any, seen_version: int | None) -> list[tuple[Section, list[Said]]]:
    """What the record says, section by section, with what changed since a version; unchanged lines have no `before`.

    What was never said and is not missing takes no room.
    """
    was = engine.version_seen(record, seen_version) if seen_version else None
    found = []
    for section in workflow_of(record).sections:
        if said := list(_lines_of(section, record, was)):
            found.append((section, said))
    return found


def _lines_of(section: Section, record: Any, was: Any) -> Iterator[Said]:
    earlier = {name: words for name, _, words in spoken(section.form, was)} if was is not None else {}
    for name, label, words in spoken(section.form, record):
        before = earlier.get(name, words)
        if {words, before} != {_(NOTHING)}:
            yield Said(label, words, before if before != words else None)


def _show(
    request: HttpRequest, record: Any, waiting: Approval, ways: list[Answer], form: Any, *,
    refusal: Refused | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    user: Any = request.user
    table = workflow_of(record)
    looked = last_look(record, waiting.of, user)
    since = looked.decided_at if looked else None
    beside = [row for row in sorted(REVIEWS, key=lambda row: row.order) if row.workflow == table.name]
    deadline = _deadline(record, table, waiting.of)
    words = _("Decide on the %(record)s")
    context = {
        "heading": _(POLICIES[deadline.policy].label) if deadline else words % {"record": _(table.label)},
        "deadline": deadline,
        "subject": record, "case": record.folder, "workflow": table, "approval": waiting, "answers": ways, "form": form,
        "looked": looked, "lines": lines(record, looked.seen_version if looked else None), "refusal": refusal,
        "reviews": [(row.template, row.rows(record, user, since)) for row in beside], "seen": record.version,
        "token": uuid.uuid4().hex, "path": request.path,
        "refused": _only_refusal(ways), **extra_context(request, f"{table.name}.decide", record),
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
