"""What the API says of a record: state, sections, rows, steps, approvals, deadlines. Nothing that its page would not say."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from workflow import engine
from workflow.api.tables import identifier, is_folder, url_of
from workflow.api.values import evidence_schema, plain, said
from workflow.clock import BadLength, Length
from workflow.declare import Workflow, rows_beneath, section_lacks
from workflow.models import Approval, Deadline
from workflow.models.record import about
from workflow.policies import POLICIES

MOST = 200  # of anything that grows with the years beneath one record


def line_of(table: Workflow, record: Any) -> dict[str, Any]:
    """A record in a list, and at the head of what is told of it."""
    return {
        "workflow": table.name, "record": identifier(record), "url": url_of(table, record),
        "case": record.folder.reference, "version": record.version,
        "state": {"code": record.state, "label": str(table.states(record.state).label)},
    }  # fmt: skip


def record_told(table: Workflow, record: Any, user: User) -> dict[str, Any]:
    """The whole, for whoever stands inside the door."""
    record.rows_fetched = rows_beneath(record)
    held = user.roles_over(record.scope)
    return {
        **line_of(table, record), "editable": engine.editable_by(record, user, held),
        "sections": {section.name: section_told(record, section) for section in table.sections},
        "rows": {kind.name: [row_told(kind, row) for row in kind.found(record)] for kind in table.all_rows()},
        "steps": [step_told(table, record, offer) for offer in engine.offers(record, user, held)],
        "approvals": approvals_of(record), "deadlines": deadlines_of(table, record),
    }  # fmt: skip


def section_told(record: Any, section: Any) -> dict[str, Any]:
    return {"label": section.label, "said": said(section.form, record), "missing": section_lacks(record, section)}


def row_told(kind: Any, row: Any) -> dict[str, Any]:
    return {"row": row.pk, "version": row.version, "said": said(kind.form, row)}


def step_told(table: Workflow, record: Any, offer: Any) -> dict[str, Any]:
    """A step that this person's role has here: open, or with the sentence why not yet."""
    step = offer.step
    asks = step.evidence(subject=record) if getattr(step.evidence, "wants_subject", False) else step.evidence()
    return {
        "name": step.name, "label": step.label, "open": not offer.refusal, "why_not": offer.refusal,
        "url": url_of(table, record, f"{step.name}/"), "evidence": evidence_schema(asks.fields),
    }  # fmt: skip


def approvals_of(record: Any) -> list[dict[str, Any]]:
    rows = Approval.objects.filter(**about(record)).select_related("asked_by", "decided_by").order_by("-pk")
    return [
        {
            "of": row.of, "asked_by": row.asked_by.short_title(), "asked_at": plain(row.asked_at),
            "verdict": row.verdict or "waiting", "reason": row.reason, "decided_at": plain(row.decided_at),
            "decided_by": row.decided_by.short_title() if row.decided_by else None, "seen_version": row.seen_version,
        }
        for row in rows[:MOST]
    ]  # fmt: skip


def deadlines_of(table: Workflow, record: Any) -> list[dict[str, Any]]:
    """What the record owes; of a folder, what anything in it owes."""
    owed = Deadline.objects.filter(case=record) if is_folder(table) else Deadline.objects.filter(**about(record))
    rows = owed.select_related("setting").prefetch_related("changes__by").order_by("due_at", "pk")
    return [deadline_told(row) for row in rows[:MOST]]


def deadline_told(deadline: Deadline) -> dict[str, Any]:
    """Rule, start, due, stop, and every value the due moment has had with why: newest first, the first is in force."""
    policy = POLICIES.get(deadline.policy)
    authority = deadline.setting.authority if deadline.setting else policy.authority if policy else ""
    return {
        "id": deadline.pk, "policy": deadline.policy, "label": policy.label if policy else deadline.policy,
        "subject": f"{deadline.subject_type}:{deadline.subject_id}", "rule": deadline.length,
        "rule_in_words": words_of(deadline.length), "authority": authority, "started_at": plain(deadline.started_at),
        "due_at": plain(deadline.due_at), "stopped_at": plain(deadline.stopped_at),
        "dropped_because": deadline.dropped_because,
        "dates": [
            {
                "due_at": plain(change.due_at), "started_at": plain(change.started_at), "why": change.why,
                "at": plain(change.at), "by": change.by.short_title(),
            }
            for change in deadline.changes.all()
        ],
    }  # fmt: skip


def words_of(length: str) -> str:
    try:
        return Length.parse(length).words()
    except BadLength:
        return length  # a rule that the product had once


def acted(table: Workflow, record: Any) -> dict[str, Any]:
    """The answer to an act: where the record is now. It says nothing of what is in it."""
    return line_of(table, record)
