"""A consideration is opened: from what waits at the door, or by whoever takes the request down themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import UnsafeReport
from dvds.models import Application, Danger, Intake, Route
from dvds.services.folder import open_folder
from dvds.services.profiles import profile_for
from dvds.services.units import disclosure_unit
from workflow import engine

Said = dict[str, Any]
STEP = "open"


def take_up(intake: Intake, by: User, at: datetime) -> Application:
    """The consideration that an intake becomes: what was said comes along, and the time runs from when it was first heard.
    Raises Refused.
    """
    application: Any = Application()
    application.taken_from = intake
    said = {name: getattr(intake, name) for name in ("route", "channel", "first_contact_at", "source")}
    opened: Application = engine.perform(application, STEP, by=by, evidence=said, at=at)
    return opened


def begin(application: Any, said: Said, by: User, at: datetime) -> None:
    """Effect of the first step: the case, the route, the guidance it lives under, and what an intake says already."""
    intake: Intake | None = getattr(application, "taken_from", None)
    unit = intake.unit if intake else disclosure_unit()
    application.case = open_folder(unit=unit, by=by, at=at)
    application.route = application.origin_route = said["route"]
    application.channel, application.first_contact_at = said["channel"], said["first_contact_at"]
    application.source = said.get("source") or ""
    application.profile = profile_for(said["first_contact_at"])
    if intake is not None:
        carry_over(application, intake)
    application.save(force_insert=True)  # what is raised beneath it names it; the engine counts the act itself
    application.version -= 1
    if application.danger == Danger.YES:
        raise_danger(application, by, at)


def carry_over(application: Application, intake: Intake) -> None:
    """Nothing is asked twice: the words as they were said, to be completed."""
    application.asks_as, application.feared = intake.asks_as, intake.feared
    application.danger, application.danger_words = intake.danger, intake.danger_words
    application.investigation = intake.investigation
    if intake.route == Route.ASK:
        application.prompted = intake.why
    else:
        application.source_words = intake.why


def raise_danger(application: Any, by: User, at: datetime, what: str = "") -> None:
    """Somebody is in danger now: said by the act that every case has, so that its clock runs and a supervisor hears it (I4).
    Nothing where it stands unanswered already.
    """
    case = application.case
    if UnsafeReport.objects.filter(case=case, answered_at__isnull=True).exists():
        return
    what = what or application.danger_words or "Said to be in danger now when it was taken down."
    engine.perform(case, "unsafe", by=by, evidence={"what": what[:2000]}, at=at)
