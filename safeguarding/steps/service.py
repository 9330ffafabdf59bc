"""THE TABLE of a service of the directory: recorded, changed, checked again, taking nobody for a while, ended (S3-007)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import roles
from safeguarding.forms.service import NewService, ServiceChanged, ServiceVerified
from safeguarding.models import Service
from safeguarding.steps.agency import KEEPERS, NOT_YOUR_UNIT
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.engine import keep_said
from workflow.forms import Reason
from workflow.models import Refusal, Refused

Said = dict[str, Any]
S = Service.State
OWN = KEEPERS | roles("partner_manager")  # an agency may say itself what it offers


def keep_new(service: Any, said: Said, by: User, at: datetime) -> None:
    """Kept over the agency's own unit. Raises Refused where the role does not reach it."""
    service.unit = said["agency"].unit
    if not by.holds(OWN, service.unit, at):
        raise Refused(Refusal.ROLE, NOT_YOUR_UNIT)
    keep_said(service, said, by, at)


def as_it_was(service: Any, said: Said, by: User, at: datetime) -> None:
    """Why is in the record of acts."""


# fmt: off
SERVICE = Workflow("service", Service, S,
    Step("record", "Record a service",         NEW,      S.OPEN,   KEEPERS, NewService,      effect=keep_new,  done="Service recorded"),
    Step("change", "Change what is said of it", ANY,     STAYS,    OWN,     ServiceChanged,  done="Service changed"),
    Step("verify", "It was checked and is right", (S.OPEN, S.PAUSED), STAYS, OWN, ServiceVerified, done="Service checked"),
    Step("pause",  "It takes nobody now",      S.OPEN,   S.PAUSED, OWN,     Reason, effect=as_it_was, done="Service takes nobody now"),
    Step("resume", "It takes people again",    S.PAUSED, S.OPEN,   OWN,     Reason, effect=as_it_was, done="Service takes people again"),
    Step("end",    "It is offered no longer",  (S.OPEN, S.PAUSED), S.ENDED, OWN, Reason, effect=as_it_was, done="Service ended"),
    label="service", finished=(S.ENDED,),
)
# fmt: on
