"""The positive actions of an incident: what the section lacks, and their endorsement when the record is checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from accounts.models import User
from cases.forms.action import ActionDetail
from cases.models import ActionTaken
from cases.steps.arrest import not_for_the_wish_alone
from cases.steps.safety import Said
from workflow.approvals import also
from workflow.declare import RowKind, Step

ACTION_ROW = RowKind("action", "a positive action", ActionTaken, ActionDetail, "incident")


def actions_lack(incident: Any) -> list[str]:
    """Positive action is expected: something was done, or why not is said (S4-004)."""
    rows = ACTION_ROW.found(incident)
    if not rows:
        return ["Choose what was done, or None"]
    return list(dict.fromkeys(sentence for row in rows for _, sentence in ActionDetail.missing(row)))


def endorse(incident: Any, said: Said, by: User, at: datetime) -> None:
    """Whoever approves the record endorses what was done; what was endorsed before keeps whose word it was (S2-003)."""
    rows = ActionTaken.objects.standing().filter(incident=incident, endorsed_at__isnull=True)
    rows.update(endorsed_by=by, endorsed_at=at)


def endorsing(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps of the record's question, with what approving means for arrests and actions."""
    return tuple(
        replace(step, guards=(*step.guards, not_for_the_wish_alone)) if step.name == "approve" else step
        for step in also(steps, approve=endorse)
    )
