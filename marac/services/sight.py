"""Until when an agency sees a conference: whoever has taken something upon themselves sees it until that has ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from cases.models import UnitGrant
from cases.services import end_unit, name_unit, name_units
from marac.models import EmergencyCall, ForumAction, Meeting, Pack
from marac.models.planning import days_of, terms_of
from marac.services.due import terms_on
from safeguarding.models import Agency
from workflow.clock import LONDON


def keep_sight(action: ForumAction, at: datetime) -> None:
    """While an action is open its agency sees the case, however late it is: otherwise nobody there could answer for it.

    Not without an agreement that counts on the day (R-35): then the forum's coordinator asks by telephone. `at` is UTC.
    """
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
    name_units(cases=[case.pk], units=[agency.unit_id], at=at, until=until)


def stop_seeing(packs: Iterable[Pack], at: datetime) -> None:
    """What a meeting let agencies see of a case ends: not for whoever wrote the referral, owes something of it still, or
    waits for an emergency meeting about it. Three queries, and one for each sight that ends.
    """
    rows = list(packs)
    cases = {pack.case_id for pack in rows}
    owing = set(ForumAction.objects.open().filter(case__in=cases).values_list("case", "agency"))
    urgent = EmergencyCall.objects.standing().filter(case__in=cases, state=EmergencyCall.State.CALLED)
    waiting = set(urgent.values_list("case", flat=True))
    for pack in rows:
        writes = pack.referral.agency_id == pack.agency_id
        if not writes and pack.case_id not in waiting and (pack.case_id, pack.agency_id) not in owing:
            end_unit(case=pack.case, unit=pack.agency.unit, at=at)


def let_sight_end(action: ForumAction, at: datetime) -> None:
    """The last open action of an agency has ended: it sees the case for as long as after a meeting, and then no more."""
    others = ForumAction.objects.open().filter(case=action.case_id, agency=action.agency_id).exclude(pk=action.pk)
    grant = UnitGrant.objects.filter(case=action.case_id, unit=action.agency.unit_id, until__isnull=True).first()
    if grant is None or others.exists():
        return
    after = at + timedelta(days=terms_on(action.referral.forum, at).sight_days)
    until = max([after, *sights_of_meetings(action)])
    name_unit(case=action.case, unit=action.agency.unit, at=grant.from_at, until=until)


def sights_of_meetings(action: ForumAction) -> list[datetime]:
    """Until when meetings to come let the agency see the case, as their agendas said (UTC)."""
    sent = Pack.objects.filter(case=action.case_id, agency=action.agency_id, meeting__in=Meeting.objects.to_come())
    meetings = Meeting.objects.filter(pk__in=sent.order_by().values("meeting")).select_related("forum")
    return [days_of(one.starts_at, terms_of(one)).sight_ends for one in meetings]
