"""Until when an agency sees a conference: whoever has taken something upon themselves sees it until that has ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from cases.models import UnitGrant
from cases.services import name_unit
from marac.models import ForumAction, Referral
from marac.services.due import terms_on
from safeguarding.models import Agency
from workflow.clock import LONDON


def works_there(referral: Referral, agency: Agency) -> bool:
    """Whether a party works for the agency: then it sees nothing of the case but by people whom the chair names (D.5)."""
    return referral.employer_id == agency.pk


def keep_sight(action: ForumAction, at: datetime) -> None:
    """While an action is open its agency sees the case, however late it is: otherwise nobody there could answer for it.

    Not without an agreement that counts on the day (R-35): then the forum's coordinator asks by telephone. `at` is UTC.
    Nor where a party works there: of that agency the chair names who sees it.
    """
    if works_there(action.referral, action.agency):
        return
    agreed = Agency.objects.all().agreed(at.astimezone(LONDON).date()).filter(pk=action.agency_id)
    if agreed.exists():
        name_unit(case=action.case, unit=action.agency.unit, at=begun(action, at), until=None)


def begun(action: ForumAction, at: datetime) -> datetime:
    """Since when the agency has seen the case, as far as that goes on; else now."""
    standing: Any = UnitGrant.objects.filter(case=action.case_id, unit=action.agency.unit_id, from_at__lte=at)
    since = standing.values_list("from_at", flat=True).first()
    return since or at


def see_until(case: Any, agency: Agency, *, at: datetime, until: datetime) -> None:
    """The agency sees the case until a moment (UTC), or for longer where it does already: nothing is shortened by it."""
    standing = UnitGrant.objects.filter(case=case, unit=agency.unit, from_at__lte=at)
    if not standing.filter(Q(until__isnull=True) | Q(until__gte=until)).exists():
        name_unit(case=case, unit=agency.unit, at=at, until=until)


def let_sight_end(action: ForumAction, at: datetime) -> None:
    """The last open action of an agency has ended: it sees the case for as long as after a meeting, and then no more."""
    others = ForumAction.objects.open().filter(case=action.case_id, agency=action.agency_id).exclude(pk=action.pk)
    grant = UnitGrant.objects.filter(case=action.case_id, unit=action.agency.unit_id, until__isnull=True).first()
    if grant is None or others.exists():
        return
    until = at + timedelta(days=terms_on(action.referral.forum, at).sight_days)
    name_unit(case=action.case, unit=action.agency.unit, at=grant.from_at, until=until)
