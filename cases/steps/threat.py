"""THE TABLE of a threat to life: raised, acted on, decided by an inspector, open until an inspector closes it.

Whoever says that a life is threatened is never refused: what is reported while one is open stands beside it, with a
decision, reasons and a clock of its own.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.roles import COMMAND, FRONTLINE
from cases.forms.threat import ActionsTaken, NewThreat, ThreatDecided, ThreatOver, WhyActed
from cases.models import Case, ThreatToLife
from cases.steps.safety import SAFETY, Said
from workflow.declare import NEW, STAYS, Section, Step, Workflow, complete, in_a_folder
from workflow.engine import keep_said

S = ThreatToLife.State


def open_threats(case: Case) -> list[ThreatToLife]:
    """The threats to life of the case that have not been closed, the first one first."""
    return list(ThreatToLife.objects.standing().filter(case=case).exclude(state=S.CLOSED).order_by("pk"))


def none_beside(threat: Any, user: User) -> str:
    """What must be done at once is asked of the first alone: it stays while another stands beside it."""
    beside = any(other.beside_id == threat.pk for other in open_threats(threat.case))
    return (
        "Not yet. Another threat to life that was reported beside it is open. Close that one first." if beside else ""
    )


def keep_raised(threat: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(threat, said, by, at)
    threat.beside = next((other for other in open_threats(threat.case) if other.beside_id is None), None)


def keep_decision(threat: Any, said: Said, by: User, at: datetime) -> None:
    keep_said(threat, said, by, at)
    threat.decided_at, threat.decided_by = at, by


def keep_end(threat: Any, said: Said, by: User, at: datetime) -> None:
    threat.closed_at, threat.closed_because = at, said["reason"]


def keep_review(threat: Any, said: Said, by: User, at: datetime) -> None:
    """What was decided stands; each review is added beneath it."""
    threat.decision = f"{threat.decision}\n{said['reason']}"


def stamp_reasons(threat: Any, by: User, at: datetime) -> dict[str, list[Any]]:
    """When the reasons were last written, and by whom."""
    kept = {"reasons_at": [threat.reasons_at, at], "reasons_by_id": [threat.reasons_by_id, by.pk]}
    threat.reasons_at, threat.reasons_by = at, by
    return kept


def back_to_the_incident(threat: Any) -> str:
    """Whoever came from the first section of an incident goes on there."""
    return reverse("record", args=["incident", threat.incident_id]) if threat.incident_id else ""


# fmt: off
SECTIONS: tuple[Section, ...] = (
    Section("actions", "What must be done at once", ActionsTaken, "Threat to life"),
    Section("reasons", "Reasons",                   WhyActed,     "Threat to life", effect=stamp_reasons, onward=back_to_the_incident),
)

THREAT = Workflow("threat", ThreatToLife, S,
    Step("raise",  "Report a threat to life",        NEW,       S.RAISED,  FRONTLINE, NewThreat, guards=(in_a_folder,), effect=keep_raised, done="Threat to life reported"),
    Step("decide", "Decide on the threat to life",   S.RAISED,  S.DECIDED, COMMAND, ThreatDecided, effect=keep_decision, done="Threat to life decided on"),
    Step("review", "Review the threat to life",      S.DECIDED, STAYS,     COMMAND, effect=keep_review, done="Threat to life reviewed"),
    Step("close",  "Close the threat to life",       S.DECIDED, S.CLOSED,  COMMAND, ThreatOver, guards=(complete, none_beside), effect=keep_end, done="Threat to life closed"),
    *SAFETY,
    label="threat to life", sections=SECTIONS, editable={S.RAISED: FRONTLINE, S.DECIDED: FRONTLINE}, finished={S.CLOSED},
)
# fmt: on
