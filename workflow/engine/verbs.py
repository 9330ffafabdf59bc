"""The verbs by which anything changes: perform, add, amend, strike out.

Every verb locks the folder first, so that a guard may read the whole folder and nothing moves beneath it; then asks, in
this order: visible? role? state? when? guards? form? Then effect, save, audit, clocks, reactions, all in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import services as audit
from audit.models import Event, Operation
from workflow import deadlines, mentions, reactions
from workflow.declare import NEW, STAYS, Step, Workflow, rows_at_hand, workflow_of
from workflow.engine.allowed import (
    STALE,
    locked,
    refuse_unless_allowed,
    refuse_unless_editable,
)
from workflow.engine.changes import (
    changes_between,
    keep_said,
    refuse_state_change,
    settle,
    snapshot,
    stale_fields,
)
from workflow.models import CaseRecord, Refusal, Refused

AmendEffect = Callable[[Any, User, datetime], dict[str, list[Any]] | None]


def perform(
    subject: Any, step: str, *, by: User, evidence: Any = None, seen: int | None = None, at: datetime | None = None,
    files: Any = None,
) -> Any:  # fmt: skip
    """Take a step. `subject` is the record, or an unsaved one for a step from NEW; `seen` is the version decided on.

    `at` (UTC, now if none) is the moment the act is done. Returns the record as saved. Raises Refused.
    """
    workflow = workflow_of(subject)
    row = workflow.step(step)
    moment = at or timezone.now()
    with transaction.atomic():
        fresh = locked(subject, by)
        with rows_at_hand(fresh):
            refuse_unless_allowed(workflow, row, fresh, by, seen=seen, at=moment)
            said = _said(row, fresh, evidence, files)
            before = snapshot(fresh) if fresh.pk else {}
            _take_effect(row, fresh, said, by, moment)
            settle(fresh, before)
            event = _save_and_record(workflow, row, fresh, by, moment, before, said)
            deadlines.heard(event, fresh, moment)
            reactions.queue(event, fresh)
    return fresh


def add(
    record: Any, *, beneath: Any, by: User, at: datetime | None = None, reason: str = "",
    effect: AmendEffect | None = None,
) -> Any:  # fmt: skip
    """Insert a row beneath a record that this person may edit in its state. Returns it. Raises Refused.

    `effect` writes what follows from the row, as in `amend`.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        above = locked(beneath, by)
        refuse_unless_editable(above, by, moment)
        if isinstance(record, CaseRecord):
            record.case, record.recorded_by, record.recorded_at = above.folder, by, moment
        settle(record, {})
        record.save(force_insert=True)
        more = (effect(record, by, moment) if effect else None) or {}
        said = snapshot(record)
        event = audit.record(
            name=f"{record._meta.model_name}.add", operation=Operation.COLLECTION, subject=record, folder=above.folder,
            by=by, at=moment,
            changes={"": [None, reason], **mentions.noted([reason, *said.values()]), **changes_between({}, said), **more},
        )  # fmt: skip
        deadlines.heard(event, record, moment)
        reactions.queue(event, record)
    return record


def amend(
    record: Any, changes: dict[str, Any], *, by: User, seen: int, beneath: Any = None, at: datetime | None = None,
    reason: str = "", effect: AmendEffect | None = None,
) -> Any:  # fmt: skip
    """Change fields of a record, never its state. Refused as stale only where somebody else changed the same field since
    the version `seen`. `beneath` is the record whose table says who may edit; the record itself if none. `effect` writes
    rows beneath the record in the same transaction and returns {what: [before, after]} for the audit. Raises Refused.
    """

    def may(above: Any, moment: datetime) -> None:
        refuse_unless_editable(above, by, moment)

    return _amended(record, changes, may, by=by, seen=seen, beneath=beneath, at=at, reason=reason, effect=effect)


def strike_out(record: Any, *, beneath: Any, by: User, seen: int, reason: str, at: datetime | None = None) -> Any:
    """Strike a row out: it stays readable, marked, and no longer counts. Nothing is deleted. Raises Refused, too where its
    kind says that it stays (`RowKind.stays`); may be where nobody edits the record any more (`RowKind.struck_while`).
    """
    moment = at or timezone.now()
    kinds = [kind for kind in workflow_of(beneath).all_rows() if isinstance(record, kind.model)]

    def may(above: Any, now: datetime) -> None:
        also = frozenset[str]().union(*(kind.strikers(above.state) for kind in kinds))
        refuse_unless_editable(above, by, now, also)

    def unless_it_stays(row: Any, user: User, now: datetime) -> None:
        for kind in kinds:
            if kind.stays and (sentence := kind.stays(row)):
                raise Refused(Refusal.GUARD, sentence)

    return _amended(
        record, {"struck_out_at": moment}, may, by=by, seen=seen, beneath=beneath, at=moment, reason=reason,
        effect=unless_it_stays,
    )  # fmt: skip


def _amended(
    record: Any, changes: dict[str, Any], may: Callable[[Any, datetime], None], *, by: User, seen: int, beneath: Any,
    at: datetime | None, reason: str, effect: AmendEffect | None,
) -> Any:  # fmt: skip
    """The change itself under its locks, once `may(the record above, the moment)` refuses nothing."""
    moment = at or timezone.now()
    with transaction.atomic():
        above = locked(beneath if beneath is not None else record, by)
        fresh = above if beneath is None else locked(record, by)
        may(above, moment)
        refuse_state_change(fresh, changes)
        if clash := stale_fields(fresh, changes, seen):
            raise Refused(Refusal.STALE, STALE, errors=clash)
        before = snapshot(fresh)
        for name, value in changes.items():
            setattr(fresh, name, value)
        settle(fresh, before)
        differences = changes_between(before, snapshot(fresh))
        if effect:
            differences |= effect(fresh, by, moment) or {}
        if differences:
            _save_amended(fresh, above, differences, by, moment, reason)
    return fresh


def _said(step: Step, subject: Any, evidence: Any, files: Any) -> dict[str, Any]:
    """What the evidence form makes of what was said; Refused with the field errors where it is not enough."""
    form = step.evidence(data=evidence or {}, files=files, **_form_context(step, subject))
    if not form.is_valid():
        raise Refused(Refusal.FORM, "There is a problem.", errors=form)
    cleaned: dict[str, Any] = form.cleaned_data
    return cleaned


def _form_context(step: Step, subject: Any) -> dict[str, Any]:
    """A form that needs to know its subject says so with `wants_subject`."""
    return {"subject": subject} if getattr(step.evidence, "wants_subject", False) else {}


def _take_effect(step: Step, subject: Any, said: dict[str, Any], by: User, at: datetime) -> None:
    if subject.pk is None and hasattr(subject, "recorded_by_id"):
        subject.recorded_by, subject.recorded_at = by, at
    if step.effect:
        step.effect(subject, said, by, at)
    else:
        keep_said(subject, said, by, at)
    if step.target is not STAYS:
        subject.state = step.target
    if subject.pk is not None:
        subject.version += 1


def _save_and_record(
    workflow: Workflow, step: Step, subject: Any, by: User, at: datetime, before: dict[str, Any], said: dict[str, Any]
) -> Event:
    if subject.pk is None:
        subject.save(force_insert=True)
    after = snapshot(subject)
    columns = [field for field in subject._meta.concrete_fields if field.attname in after]
    changed = [field.name for field in columns if before.get(field.attname) != after[field.attname]]
    if before and changed:
        subject.save(update_fields=changed)
    operation = Operation.COLLECTION if step.source is NEW else Operation.ALTERATION
    told = {"": [None, audit.digest_of("", {name: str(value) for name, value in said.items()})]}
    return audit.record(
        name=workflow.event(step.name), operation=operation, subject=subject, folder=subject.folder, by=by, at=at,
        changes={**told, **mentions.noted(said.values()), **changes_between(before, after)},
    )  # fmt: skip


def _save_amended(
    record: Any, above: Any, differences: dict[str, list[Any]], by: User, at: datetime, reason: str
) -> None:
    record.version += 1
    names = [field.name for field in record._meta.concrete_fields if field.attname in differences]
    record.save(update_fields=[*names, "version"])
    event = audit.record(
        name=f"{_event_stem(record)}.amend", operation=Operation.ALTERATION, subject=record, folder=above.folder, by=by,
        at=at, changes={"": [None, reason], **mentions.noted([reason], differences.values()), **differences},
    )  # fmt: skip
    deadlines.corrected(event, record, at)
    deadlines.heard(event, record, at)
    reactions.queue(event, record)


def _event_stem(record: Any) -> str:
    try:
        return workflow_of(record).name
    except LookupError:
        return str(record._meta.model_name)
