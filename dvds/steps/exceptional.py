"""THE TABLE of exceptional circumstances: asked for by the unit, authorised by a supervisor who did not ask (C, 7)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.steps.safety import SAFETY
from dvds.forms.late import Circumstances
from dvds.forms.reasons import DaysWeighed
from dvds.models import Application, Exceptional
from dvds.models.application import OVER
from dvds.steps.roles import SUPERVISOR, UNIT
from workflow.clock import LONDON
from workflow.declare import NEW, Step, Workflow
from workflow.models import Refusal, Refused

S = Exceptional.State
Said = dict[str, Any]
TOO_EARLY = "The first day must not lie before the day of first contact."


def of_a_consideration(exceptional: Any, user: User) -> str:
    """Guard: begun in the case of one that is not over."""
    found = Application.objects.standing().filter(case=exceptional.case_id).exclude(state__in=OVER).first()
    if found is None:
        return "Not available here. Begin it in a consideration that is not over."
    exceptional.application = found
    return ""


def by_another(exceptional: Any, user: User) -> str:
    return (
        "You cannot do this. You asked for it, so somebody else must decide."
        if exceptional.recorded_by_id == user.pk
        else ""
    )


def keep_asked(exceptional: Any, said: Said, by: User, at: datetime) -> None:
    """Raises Refused for days before anybody had heard of it."""
    if said["from_on"] < exceptional.application.first_contact_at.astimezone(LONDON).date():
        raise Refused(Refusal.GUARD, TOO_EARLY)
    for name, value in said.items():
        setattr(exceptional, name, value)


def keep_decided(exceptional: Any, said: Said, by: User, at: datetime) -> None:
    exceptional.decided_by, exceptional.decided_why = by, said["reason"]


# fmt: off
EXCEPTIONAL = Workflow("exceptional", Exceptional, S,
    Step("ask",       "Ask for exceptional circumstances",      NEW,     S.ASKED,      UNIT, Circumstances, guards=(of_a_consideration,), effect=keep_asked, done="Exceptional circumstances asked for"),
    Step("authorise", "Authorise the exceptional circumstances", S.ASKED, S.AUTHORISED, SUPERVISOR, DaysWeighed, guards=(by_another,), effect=keep_decided, done="Exceptional circumstances authorised"),
    Step("refuse",    "Refuse the exceptional circumstances",    S.ASKED, S.REFUSED,    SUPERVISOR, DaysWeighed, guards=(by_another,), effect=keep_decided, done="Exceptional circumstances refused"),
    *SAFETY,
    label="exceptional circumstances", finished={S.AUTHORISED, S.REFUSED},
)
# fmt: on
