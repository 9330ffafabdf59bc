"""THE TABLE of a unit: added beneath another, named, moved, closed when nothing is left in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Posting, Unit, User
from accounts.roles import roles
from cases.models import Case
from supervision.forms.unit import NewName, NewParent, NewUnit
from supervision.steps.two_people import Said
from workflow.declare import ANY, STAYS, Step, Workflow
from workflow.forms import Reason
from workflow.models import Deadline, Refusal, Refused

S = Unit.State
ADMIN = roles("administrator")
BUSY = "Somebody else is changing units at this moment. Nothing was changed. Try again."


def has_a_parent(unit: Any) -> bool:
    """the unit is not the force itself"""
    return unit.parent_id is not None


def nobody_posted(unit: Any, user: User) -> str:
    """Guard: no posting now or to come, of anybody who works here."""
    count = Posting.objects.filter(
        Q(to_at__isnull=True) | Q(to_at__gt=timezone.now()), unit=unit, user__is_active=True
    ).count()
    return f"Not yet. {count} posting{'s' if count != 1 else ''} to this unit must end first." if count else ""


def nothing_beneath(unit: Any, user: User) -> str:
    count = unit.children.filter(state=S.OPEN).count()
    return (
        f"Not yet. {count} unit{'s' if count != 1 else ''} beneath it must be closed or moved first." if count else ""
    )


def nothing_open(unit: Any, user: User) -> str:
    """Guard: no open case and nothing owed. A count alone: who closes a unit may open no case."""
    cases = Case.objects.filter(unit=unit, state=Case.State.OPEN).count()
    owed = Deadline.objects.open().filter(unit=unit).count()
    if not cases and not owed:
        return ""
    return (
        f"Not yet. Open cases of this unit: {cases}; things it owes: {owed}. They must be closed or given away first."
    )


def plant_beneath(unit: Any, said: Said, by: User, at: datetime) -> None:
    Unit.objects.plant(said["name"], said["code"], parent=unit)


def rename(unit: Any, said: Said, by: User, at: datetime) -> None:
    unit.name = said["name"]


def move_beneath(unit: Any, said: Said, by: User, at: datetime) -> None:
    """The line of ancestors of the unit and of all beneath it, in one transaction.

    An open deadline names its unit, and the ladder climbs that unit's line: so the deadlines of every case beneath follow
    at once. What nobody could hear on the old line is asked again on the new one.
    """
    units = locked_tree()
    parent, old = units[said["parent"].pk], list(units[unit.pk].lineage)
    if unit.pk in parent.lineage or parent.state != S.OPEN:
        raise Refused(Refusal.GUARD, "A unit cannot be moved beneath itself, a unit beneath it, or a closed unit.")
    unit.parent, unit.lineage = parent, [*parent.lineage, unit.pk]
    for below in units.values():
        if unit.pk in below.lineage and below.pk != unit.pk:
            below.lineage = [*unit.lineage, *below.lineage[len(old) :]]
            below.save(update_fields=["lineage"])
    unit.save(update_fields=["parent", "lineage"])  # before the question beneath, which reads the new line
    Deadline.objects.all().listen_again(unit.pk, at)


def locked_tree() -> dict[int, Any]:
    """Every unit, held until the move is done, so that two moves cannot make a ring. Refused while another holds them."""
    try:
        with transaction.atomic():
            return {unit.pk: unit for unit in Unit.objects.select_for_update(nowait=True, no_key=True).order_by("pk")}
    except OperationalError:
        raise Refused(Refusal.STALE, BUSY) from None


# fmt: off
UNIT = Workflow("unit", Unit, S,
    Step("plant",  "Add a unit beneath this one",   S.OPEN,   STAYS,    ADMIN, NewUnit,   effect=plant_beneath, done="Unit added beneath"),
    Step("rename", "Correct the name of this unit", ANY,      STAYS,    ADMIN, NewName,   effect=rename,        done="Unit renamed"),
    Step("move",   "Move beneath another unit",     S.OPEN,   STAYS,    ADMIN, NewParent, when=has_a_parent, effect=move_beneath, done="Unit moved", proof=True),
    Step("close",  "Close this unit",               S.OPEN,   S.CLOSED, ADMIN, Reason,    when=has_a_parent, guards=(nobody_posted, nothing_beneath, nothing_open), done="Unit closed"),
    Step("reopen", "Open this unit again",          S.CLOSED, S.OPEN,   ADMIN, Reason,    done="Unit opened again"),
    finished=(S.CLOSED,), label="unit",
)
# fmt: on
