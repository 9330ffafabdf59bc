"""What was done, ticked on one page: each tick is a row."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from cases.models import ActionTaken, Incident
from cases.models.answers import PositiveAction
from workflow import engine

UNTICKED = "Taken out on the page of positive actions."


@transaction.atomic
def tick_actions(
    *, incident: Incident, ticked: Collection[str], shown: Collection[str], why_none: str, by: User
) -> None:
    """Add a row for each new tick; strike out what was `shown` ticked and is no longer. What somebody else has added
    meanwhile was not shown, so it stays.
    """
    rows = list(ActionTaken.objects.standing().filter(incident=incident).order_by("-pk"))
    standing = {row.kind: row for row in rows}
    for row in rows:
        if row.kind in shown and row.kind not in ticked:
            engine.strike_out(row, beneath=incident, by=by, seen=row.version, reason=UNTICKED)
    for kind in ticked:
        what = why_none if kind == PositiveAction.NONE else ""
        if kind not in standing:
            engine.add(ActionTaken(incident=incident, kind=kind, what=what), beneath=incident, by=by)
        elif what and standing[kind].what != what:
            engine.amend(standing[kind], {"what": what}, beneath=incident, by=by, seen=standing[kind].version)
