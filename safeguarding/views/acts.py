"""What may be done to one row of a list: its own steps. Safety acts stand once, at the head of the case."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from cases.steps.safety import SAFETY
from workflow import engine
from workflow.pages.tasks import step_url

ONCE_FOR_THE_CASE = frozenset(step.name for step in SAFETY)


def own_acts(record: Any, user: User, held: frozenset[str]) -> list[tuple[str, str, str]]:
    """Label, page and, where not yet, the sentence why. `held` are the roles over the case, asked once."""
    offers = engine.offers(record, user, held, but=ONCE_FOR_THE_CASE)
    return [(offer.step.label, step_url(record, offer.step), offer.refusal) for offer in offers]
