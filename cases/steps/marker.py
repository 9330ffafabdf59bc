"""Markers set by hand on a case, and cleared, each with why. What follows from facts needs no step."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import FRONTLINE, SPECIALISTS, roles
from cases.forms.marker import MarkerCleared, MarkerSet
from cases.models import Case, SetMarker
from cases.services.honour import MARKS, restrict_for_honour
from workflow.declare import STAYS, Step
from workflow.models import Refusal, Refused

S = Case.State
MARKING = FRONTLINE | SPECIALISTS | roles("crime_registrar", "intelligence_officer", "marac_coordinator")


def standing(case: Any, code: str) -> SetMarker | None:
    return SetMarker.objects.standing().filter(case=case, code=code, cleared_at__isnull=True).first()  # type: ignore[no-any-return]


def some_set(case: Any) -> bool:
    """a marker is set by hand"""
    if "marker_set" in vars(case):  # the case page has asked already, with the case itself
        return bool(case.marker_set)
    return bool(SetMarker.objects.standing().filter(case=case, cleared_at__isnull=True).exists())


def set_marker(case: Any, said: dict[str, Any], by: User, at: datetime) -> None:
    """Set once; a second time changes nothing of who set it first, and why. One of honour shuts the case at once (A.3)."""
    if standing(case, said["code"]) is None:
        SetMarker.objects.create(case=case, code=said["code"], why=said["reason"], recorded_by=by, recorded_at=at)
    if said["code"] in MARKS:
        restrict_for_honour(case.pk, by=by, at=at)


def clear_marker(case: Any, said: dict[str, Any], by: User, at: datetime) -> None:
    """What somebody set is cleared; what follows from facts changes only with the facts."""
    row = standing(case, said["code"])
    if row is None:
        raise Refused(
            Refusal.GUARD, _("Nobody has set that marker. One that follows from facts changes only with the facts.")
        )
    row.cleared_at, row.cleared_by, row.cleared_why = at, by, said["reason"]
    row.version += 1
    row.save(update_fields=["cleared_at", "cleared_by", "cleared_why", "version"])


# fmt: off
MARKER_STEPS: tuple[Step, ...] = (
    Step("set-marker",   "Set a marker",   S.OPEN, STAYS, MARKING, MarkerSet,     effect=set_marker,   done="Marker set"),
    Step("clear-marker", "Clear a marker", S.OPEN, STAYS, MARKING, MarkerCleared, when=some_set, effect=clear_marker, done="Marker cleared"),
)
# fmt: on
