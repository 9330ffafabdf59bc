"""Putting something at the door: by a page, by a partner, and by the program for the public page and its own proposals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from dvds.models import Channel, Intake, Route, Source
from dvds.services.units import disclosure_unit
from safeguarding.models import Agency
from workflow import engine

Said = dict[str, Any]
NAME = "intake"
STEP_OF = {Route.ASK: "hear", Route.KNOW: "learn"}
#: By which way information comes that nobody asked about: its source says it.
WAY_OF = {
    Source.INVESTIGATION: Channel.INVESTIGATION, Source.AGENCY: Channel.PARTNER, Source.MEETING: Channel.PARTNER,
    Source.INTELLIGENCE: Channel.INVESTIGATION, Source.CONTACT: Channel.IN_PERSON, Source.PROGRAM: Channel.PROGRAM,
}  # fmt: skip


def put_at_door(route: str, *, by: User, at: datetime | None = None, beside: Any = None, **said: Any) -> Intake:
    """One thing heard, as the forms of `dvds.forms.intake` check it: what the public page took in, or what the program
    proposes. `beside` is the investigation that it came up in, `at` UTC. Raises Refused where something needed is not said.
    """
    made: Intake = engine.perform(Intake(investigation=beside), STEP_OF[Route(route)], by=by, evidence=said, at=at)
    return made


def keep(intake: Any, said: Said, by: User, route: str) -> None:
    """What both first steps write: the words as they were said, where they go, and for whom whoever says it works."""
    for name, value in said.items():
        setattr(intake, name, value)
    intake.route = route
    if intake.investigation_id is not None:
        intake.unit = disclosure_unit(intake.investigation.unit)
    else:
        intake.unit = disclosure_unit()
    intake.agency = Agency.objects.all().of(by).order_by("pk").first() if by.username != User.SYSTEM else None
    if intake.agency is not None:
        intake.channel = Channel.PARTNER


def keep_request(intake: Any, said: Said, by: User, at: datetime) -> None:
    keep(intake, said, by, Route.ASK)


def keep_information(intake: Any, said: Said, by: User, at: datetime) -> None:
    intake.channel = WAY_OF[Source(said["source"])]
    keep(intake, said, by, Route.KNOW)
