"""What a person may do here, and the sentence where they may not. The one place that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from workflow.declare import ANY, NEW, Step, Workflow, workflow_of
from workflow.models import Refusal, Refused, folder_model

HIDDEN = gettext_noop("There is no such record, or you may not see it.")
STALE = gettext_noop("Somebody else saved this first. Nothing was changed. Look at what is different, then decide.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that this person's role has here: either to be taken now (`refusal` is "") or not, with the sentence why."""

    workflow: Workflow
    step: Step
    subject: Any
    refusal: str


def refuse_unless_allowed(
    workflow: Workflow, step: Step, subject: Any, by: User, *, seen: int | None, at: datetime
) -> None:
    """Raise Refused unless this person may take this step on this record now."""
    if not by.holds(step.who, _scope(subject), at):
        raise Refused(Refusal.ROLE, _("Your role may not %(step)s.") % {"step": _lower(_(step.label))})
    if not _state_allows(workflow, step, subject):
        words = _("This is %(state)s, so this step is not open.")
        raise Refused(Refusal.STATE, words % {"state": _state_label(workflow, subject)})
    if step.when and not step.when(subject):
        raise Refused(Refusal.STATE, "This step does not apply to this record.")
    open_to_it = step.is_safety_act or step.unsealed
    if not open_to_it and (waiting := sealed_by(workflow, subject)):
        raise Refused(Refusal.STATE, waiting)
    if subject.pk and not step.is_safety_act and seen != subject.version:
        raise Refused(Refusal.STALE, STALE)
    for guard in step.guards:
        if sentence := guard(subject, by):
            raise Refused(Refusal.GUARD, sentence)


def available(subject: Any, user: User, at: datetime | None = None) -> list[Offer]:
    """Every step of the record that this person's roles have, open or not yet, with the sentence for those that are not.

    Asks visibility and roles once each, whatever the number of declared steps. Hidden subjects offer nothing.
    """
    if not type(subject).objects.visible_to(user).filter(pk=subject.pk).exists():
        return []
    return offers(subject, user, user.roles_over(subject.scope, at))


def offers(subject: Any, user: User, held: frozenset[str], *, but: frozenset[str] = frozenset()) -> list[Offer]:
    """The same for a subject already found visible and roles already asked; costs what the guards cost.

    `but` names steps to leave out, for a page that offers them once for the whole folder.
    """
    workflow = workflow_of(subject)
    answer = cache(lambda guard: guard(subject, user))  # a guard that several steps share is asked once
    rows = []
    for step in workflow.steps:
        if step.source is NEW or not held & step.who or not _state_allows(workflow, step, subject):
            continue
        if step.name in but:
            continue
        if step.when and not step.when(subject):
            continue
        sealed = "" if step.is_safety_act or step.unsealed else sealed_by(workflow, subject)
        refusal = sealed or next((sentence for guard in step.guards if (sentence := answer(guard))), "")
        rows.append(Offer(workflow, step, subject, refusal))
    return rows


def editable_by(subject: Any, user: User, held: frozenset[str]) -> bool:
    """Whether somebody who holds these roles over the subject may edit it in its state."""
    table = workflow_of(subject)
    return bool(table.editable.get(subject.state, frozenset()) & held) and not sealed_by(table, subject)


def sealed_by(workflow: Workflow, subject: Any) -> str:
    """A part is as open as the record it is a part of: "" while that may be edited, else the sentence."""
    above = getattr(subject, workflow.part_of, None) if workflow.part_of else None
    if above is None:
        return ""
    table = workflow_of(above)
    if table.editable.get(above.state):
        return ""
    said = {"record": _(table.label), "state": _state_label(table, above)}
    return _("The %(record)s is %(state)s, so this is sealed.") % said


def refuse_unless_editable(above: Any, by: User, at: datetime, also: frozenset[str] = frozenset()) -> None:
    """Who may edit in which state is the table's `editable`; silence means nobody. `also`: roles that may do just this."""
    workflow = workflow_of(above)
    who = workflow.editable.get(above.state, frozenset()) | also
    if not who:
        words = _("This is %(state)s, so it cannot be changed.")
        raise Refused(Refusal.STATE, words % {"state": _state_label(workflow, above)})
    if sentence := sealed_by(workflow, above):
        raise Refused(Refusal.STATE, sentence)
    if not by.holds(who, above.scope, at):
        raise Refused(Refusal.ROLE, "Your role may not change this record.")


# One writer at a time, and yet rows that name the record may be added beside it: a sweep that has a clock in hand and
# tells of it would wait for whoever has the case and wants the clock, and they for it.
LOCK: dict[str, Any] = {"of": ("self",), "no_key": True}


def locked(subject: Any, by: User) -> Any:
    """The subject under its locks, folder before subject, or Refused as hidden. An unsaved subject locks its folder."""
    folder_id = subject.pk if isinstance(subject, folder_model()) else getattr(subject, "case_id", None)
    if folder_id is not None:
        visible = folder_model().objects.visible_to(by).select_related("unit").select_for_update(**LOCK)
        folder = visible.filter(pk=folder_id).first()
        if folder is None:
            raise Refused(Refusal.HIDDEN, HIDDEN)
        if isinstance(subject, folder_model()):
            return folder
        if subject.pk is None:
            subject.case = folder
            return subject
        return _locked_within(subject, folder, by)
    return subject if subject.pk is None else _locked_within(subject, None, by)


def _locked_within(subject: Any, folder: Any, by: User) -> Any:
    fresh = type(subject).objects.visible_to(by).select_for_update(**LOCK).filter(pk=subject.pk).first()
    if fresh is None:
        raise Refused(Refusal.HIDDEN, HIDDEN)
    if folder is not None:
        fresh.case = folder
    return fresh


def _scope(subject: Any) -> Any:
    """The unit over which the role must be held; a record that opens its own folder asks for the role anywhere."""
    if subject.pk is None and getattr(subject, "case_id", None) is None and not getattr(subject, "unit_id", None):
        return None
    return subject.scope


def _state_allows(workflow: Workflow, step: Step, subject: Any) -> bool:
    if step.source is NEW:
        return subject.pk is None
    return subject.pk is not None and (step.source is ANY or subject.state in workflow.sources(step))


def _state_label(workflow: Workflow, subject: Any) -> str:
    return _(str(workflow.states(subject.state).label)).lower() if subject.pk else _("not begun")


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def visible_or_refused(model: type[models.Model], user: User, **lookup: Any) -> Any:
    """Fetch and ask at once: the record, or Refused as hidden."""
    record = model.objects.visible_to(user).filter(**lookup).first()  # type: ignore[attr-defined]
    if record is None:
        raise Refused(Refusal.HIDDEN, HIDDEN)
    return record
