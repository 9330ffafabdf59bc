"""Something happened to a consideration, as the clocks hear it: without the forms of the steps, which other tests take."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from audit import services as audit
from audit.models import Operation
from dvds.models import Application
from workflow import deadlines
from workflow.models import Deadline


def happened(record: Any, name: str, by: User, at: datetime, **columns: Any) -> None:
    """The event `name` at the moment (UTC), with these columns as the step would have left them."""
    if columns:
        for column, value in columns.items():
            setattr(record, column, value)
        type(record).objects.filter(pk=record.pk).update(**columns)
    event = audit.record(
        name=name, operation=Operation.ALTERATION, subject=record, folder=record.folder, by=by, at=at, changes={}
    )
    deadlines.heard(event, record, at)


def opened_at(application: Application, first: datetime, by: User, recorded: datetime | None = None) -> Application:
    """First heard of at one moment, taken down at another (the same if none)."""
    said = {"first_contact_at": first, "recorded_at": recorded or first}
    happened(application, "consideration.open", by, recorded or first, **said)
    return application


def clock(application: Application, policy: str) -> Deadline:
    found: Deadline = Deadline.objects.get(case=application.case_id, policy=policy)
    return found


def running(application: Application) -> set[str]:
    return set(Deadline.objects.open().filter(case=application.case_id).values_list("policy", flat=True))
