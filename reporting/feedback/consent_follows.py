"""What a changed mind causes: whoever does not agree any more is not asked."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from audit.models import Event
from reporting.models import Survey, SurveyConsent
from reporting.steps import CONSENT
from workflow import engine
from workflow.reactions import Reaction

WHY = "They do not agree to be asked any more."


def call_off(event: Event) -> None:
    """Every survey that waits for this person in this case. Idempotent: one that was called off waits no longer."""
    consent: Any = SurveyConsent.objects.get(pk=event.subject_id)
    waiting = Survey.objects.standing().filter(case=consent.case_id, person=consent.person_id, state=Survey.State.DRAWN)
    for survey in waiting.order_by("pk"):
        said = {"reason": WHY}
        engine.perform(survey, "call-off", by=User.objects.system(), evidence=said, seen=survey.version)


REACTIONS: tuple[Reaction, ...] = tuple(
    Reaction(f"consent-gone:{step}", f"{CONSENT.name}.{step}", call_off) for step in ("withdraw", "refuse")
)
