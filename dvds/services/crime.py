"""A crime that was told of is owed to nobody’s memory: a task until it has its number (I3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import FRONTLINE
from cases.models import Case, Incident, Task
from cases.models.answers import Channel as Reported
from cases.services import raise_task
from dvds.models import Channel
from workflow import engine

KIND = "crime_alleged"
#: How an incident says that its report came, by the way in which the request did; else to an officer.
REPORTED = {
    Channel.PHONE: Reported.NON_EMERGENCY, Channel.ONLINE: Reported.ONLINE, Channel.PARTNER: Reported.PARTNER,
    Channel.STATION: Reported.FRONT_DESK,
}  # fmt: skip
COMPLETE = "A crime was told of and its record was begun. Complete it, and say who investigates."


def owe_crime(application: Any, by: User, at: datetime, why: str) -> None:
    """Somebody records it at once, as any other: once, while it is open."""
    raise_task(case=application.case, kind=KIND, why=why, by=by, at=at)


def end_crime_task(application: Any, by: User, at: datetime) -> None:
    """It has its number: nobody owes it any longer."""
    owed = Task.objects.standing().filter(case=application.case, kind=KIND, state=Task.State.TO_DO)
    for task in owed:
        engine.perform(
            task, "done", by=User.objects.system(), evidence={"outcome": f"Recorded: {application.crime_reference}"},
            seen=task.version, at=at,
        )  # fmt: skip


def record_incident(application: Any, account: str, by: User, at: datetime) -> Incident:
    """The crime is an incident in a case of its own from this moment (UTC), with what is known, and every clock of a record
    runs (S3-221). Whoever may record one holds it; begun by anybody else it is the unit’s, where a task finds who completes
    it. It tells nothing of where it was told; the consideration alone knows of the two. Raises Refused.
    """
    channel = REPORTED.get(Channel(application.channel), Reported.TO_AN_OFFICER)
    evidence = {"reported_at": timezone.localtime(at).isoformat(), "channel": channel.value}
    if by.holds(FRONTLINE, None, at):
        begun: Incident = engine.perform(Incident(account=account), "begin", by=by, evidence=evidence, at=at)
        return begun
    system = User.objects.system()
    case = Case.begin(Case.Kind.INVESTIGATION, application.case.unit, at)
    begun = engine.perform(Incident(case=case, account=account), "begin", by=system, evidence=evidence, at=at)
    raise_task(case=case, kind="other", why=COMPLETE, by=system, at=at)
    return begun
