"""Steps taken beside a decision: what they ask stands on the page itself, apart from the box of answers.

What is filled in of them is kept by the same press as the decision, before it, or by a button of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from accounts.models import User
from workflow import drafts, engine
from workflow.declare import Step, Workflow, parts_of, workflow_of
from workflow.numbers import version_in

Begun = Callable[[Any, User], dict[str, Any]]
BUTTON = "beside"  # the name of their own buttons; the value is the key of the step
BESIDE: dict[str, dict[str, Begun]] = {}


def taken_beside(question: str, event: str, begun: Begun) -> None:
    """Take a step of the record or of a part of it (assessment.check) on the page of a question (incident.record). `begun`
    gives the fields as they stand filled in for a record and a person.
    """
    BESIDE.setdefault(question, {})[event] = begun


def only_beside(table: Workflow) -> frozenset[str]:
    """The steps of a table that stand on the page of a decision, and so beside nothing else."""
    events = {event for rows in BESIDE.values() for event in rows}
    return frozenset(step.name for step in table.steps if table.event(step.name) in events)


@dataclass(frozen=True, slots=True)
class Beside:
    """One such step about one record: its form, prefixed with its key, or the sentence why this person may not take it."""

    key: str
    step: Step
    subject: Any
    form: Any
    refusal: str

    @property
    def seen(self) -> int:
        return int(self.subject.version)


def beside_of(record: Any, of: str, user: User, typed: QueryDict | None = None, *, kept: bool = False) -> list[Beside]:
    """The steps to take beside a question, for whoever holds their role; with what was typed, a draft where `kept`."""
    wanted = BESIDE.get(f"{workflow_of(record).name}.{of}", {})
    held = user.roles_over(record.scope) if wanted else frozenset()
    found = []
    for part, rows in ((workflow_of(record), [record]), *parts_of(record)) if wanted else ():
        steps = [step for step in part.steps if part.event(step.name) in wanted and held & step.who]
        for step in steps if rows else ():
            begun = wanted[part.event(step.name)]
            found.append(_beside(f"{part.name}-{step.name}", step, rows[-1], user, begun, typed, kept=kept))
    return found


def _beside(
    key: str, step: Step, subject: Any, user: User, begun: Begun, typed: QueryDict | None, *, kept: bool
) -> Beside:
    refusal = next((sentence for guard in step.guards if (sentence := guard(subject, user))), "")
    more: dict[str, Any] = {"subject": subject} if getattr(step.evidence, "wants_subject", False) else {}
    if typed is not None and says(typed, key):
        more |= {"data": typed, "kept": kept}
    form: Any = step.evidence(prefix=key, initial=begun(subject, user), **more)
    return Beside(key, step, subject, form, refusal)


def says(fields: QueryDict, key: str) -> bool:
    """Whether what was typed says anything of a step, or its own button was pressed."""
    return fields.get(BUTTON) == key or any(name.startswith(f"{key}-") and any(fields.getlist(name)) for name in fields)


def mentioned(fields: QueryDict) -> bool:
    """Whether a press says anything that is taken beside: then, and only then, it is looked at."""
    return any(says(fields, event.replace(".", "-")) for events in BESIDE.values() for event in events)


def filled(record: Any, of: str, request: HttpRequest) -> list[Beside]:
    """Those to be taken with this press: whose own button it was, and those in which something changed."""
    user: Any = request.user
    if not mentioned(request.POST):
        return []
    pressed = request.POST.get(BUTTON, "")
    return [
        one for one in beside_of(record, of, user, request.POST)
        if one.key == pressed or (not one.refusal and one.form.has_changed())
    ]  # fmt: skip


def take(one: Beside, request: HttpRequest) -> None:
    """Take the step on the version that stood on the page. Raises Refused."""
    user: Any = request.user
    seen = version_in(request.POST.get(f"seen-{one.key}"))
    engine.perform(one.subject, one.step.name, by=user, evidence=under(request.POST, one.key), seen=seen)


def under(fields: QueryDict, key: str) -> QueryDict:
    """The fields of one step by their own names, beside everything else that was sent."""
    said = fields.copy()
    for name, values in fields.lists():
        if name.startswith(f"{key}-"):
            said.setlist(name.removeprefix(f"{key}-"), values)
    return said


def without(fields: QueryDict, taken: list[Beside]) -> QueryDict:
    """What was typed, without what is saved by now."""
    rest = fields.copy()
    for one in taken:
        for name in [name for name in rest if name.startswith(f"{one.key}-")]:
            del rest[name]
    rest.pop(BUTTON, None)
    return rest


def left_typed(rest: QueryDict) -> bool:
    """Whether anything is left that somebody typed or chose: not only what the page itself sends."""
    own = drafts.NEVER_KEPT | {drafts.SEEN}
    return any(rest.get(name) for name in rest if name not in own and not name.startswith(f"{drafts.SEEN}-"))


def problems(form: Any, taken: list[Beside]) -> list[Any]:
    """The lines of the error summary: those of the box, unless nothing was to be decided yet, then of what stands beside."""
    only = form.is_bound and BUTTON in form.data
    found = [] if form.kept or only else form.problems()
    return found + [line for one in taken if _was_meant(one) for line in one.form.problems()]


def _was_meant(one: Beside) -> bool:
    form = one.form
    return bool(form.is_bound and not form.kept and (form.has_changed() or BUTTON in form.data))
