"""Until when an agency sees a conference: whoever has taken something upon themselves sees it until that has ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from accounts.models import Posting
from cases.models import NamedGrant, UnitGrant
from cases.services import end_unit, name_unit, name_units
from marac.models import EmergencyCall, ForumAction, Meeting, Pack, Referral
from marac.models.planning import days_of, terms_of
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
    name_units(cases=[case.pk], units=[agency.unit_id], at=at, until=until)


def stop_seeing(packs: Iterable[Pack], at: datetime) -> None:
    """What a meeting let agencies see of a case ends: not for whoever wrote the referral, owes something of it still, or has
    it from another meeting to come. Whom the chair let in alone sees it no longer either. `at` is UTC.
    """
    rows = list(packs)
    keep = seeing_otherwise(rows)
    for pack in rows:
        if pack.referral.agency_id != pack.agency_id and (pack.case_id, pack.agency_id) not in keep:
            end_unit(case=pack.case, unit=pack.agency.unit, at=at)
        people = Posting.objects.current(at).filter(unit=pack.agency.unit).order_by().values("user")
        NamedGrant.objects.filter(content_object=pack.case, user__in=people, until__gt=at).update(until=at)


def seeing_otherwise(packs: list[Pack]) -> set[tuple[int, int]]:
    """(case, agency) of those that see a case for another reason than these packs: an action of it is open, another agenda
    sent it, an emergency meeting was called about it. Three queries.
    """
    cases, meetings = {pack.case_id for pack in packs}, {pack.meeting_id for pack in packs}
    found = set(ForumAction.objects.open().filter(case__in=cases).values_list("case", "agency"))
    others = Pack.objects.filter(case__in=cases, meeting__in=Meeting.objects.to_come().exclude(pk__in=meetings))
    found |= set(others.filter(referral__state=Referral.State.LISTED).values_list("case", "agency"))
    called = EmergencyCall.objects.standing().filter(case__in=cases, state=EmergencyCall.State.CALLED)
    waiting = set(called.exclude(meeting__in=meetings).values_list("case", flat=True))
    return found | {(pack.case_id, pack.agency_id) for pack in packs if pack.case_id in waiting}


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
