"""Who is told at once of a look at a case whose suspect is police or staff: professional standards, and its supervisor."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Posting, User
from accounts.roles import COMMAND, PROFESSIONAL_STANDARDS, SUPERVISORS
from audit.models import Event
from cases.models import AccessConcern, Holding
from cases.visibility import hearing
from supervision.escalation.roster import roster_of
from supervision.models import Notice
from workflow.policies import HOLDER

STANDARDS = "professional_standards"
HEAR_OF_LOOKS = PROFESSIONAL_STANDARDS | SUPERVISORS | COMMAND
TO_STANDARDS = "Somebody looked at a case whose suspect is police or staff."
TO_STANDARDS_UNUSUAL = "Somebody looked or searched in a way that is unusual. It stands on the list of the day."
FOUND = "access.unusual"  # the act of the program that found it
TO_SUPERVISOR = "An access to %s is being looked into by professional standards. Say nothing of it to anybody."


def of_a_watched_case(event: Event, concern: Any) -> bool:
    return isinstance(concern, AccessConcern) and concern.kind == AccessConcern.Kind.WATCHED


def tell_of_look(event: Event) -> None:
    """One notice to each of them, never to whoever looked, nor to anybody shut out of the case."""
    concern = AccessConcern.objects.select_related("concerning__unit", "person").get(pk=event.subject_id)
    case, now = concern.concerning, timezone.now()
    common: dict[str, Any] = {"kind": Notice.Kind.ACCESS, "event": event, "created_at": now, "mail_at": now}
    notices = [
        Notice(**common, person_id=person, role=STANDARDS, text=TO_STANDARDS) for person in standards_of(concern, now)
    ]
    told = {notice.person_id for notice in notices}
    words = TO_SUPERVISOR % case.reference
    notices += [
        Notice(**common, person_id=person, role=role, case=case, text=words)
        for person, role in supervisors_of(concern, now)
        if person not in told
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def tell_of_unusual(event: Event) -> None:
    """One notice to everybody of professional standards but whoever it is about. It is about no one case."""
    held = Posting.objects.current().filter(
        role__in=PROFESSIONAL_STANDARDS, user__is_system=False, user__is_active=True
    )
    people = set(held.values_list("user_id", flat=True)) - {event.subject_id}
    now, text = timezone.now(), TO_STANDARDS_UNUSUAL
    common: dict[str, Any] = {"kind": Notice.Kind.ACCESS, "event": event, "created_at": now, "mail_at": now}
    notices = [Notice(**common, person_id=person, role=STANDARDS, text=text) for person in sorted(people)]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def may_be_told(concern: AccessConcern, people: set[int], role: str, now: datetime) -> list[int]:
    """Those of the people who may hear of the case in this role; the looker is never among them."""
    heard = hearing({concern.concerning_id}, people, now)
    others = people - {concern.person_id}
    return sorted(person for person in others if heard.may_hear(concern.concerning, person, role))


def standards_of(concern: AccessConcern, now: datetime) -> list[int]:
    """Everybody of professional standards over the case's unit, on duty or not: it is not for the next day."""
    held = Posting.objects.current(now).filter(role__in=PROFESSIONAL_STANDARDS, user__is_system=False)
    held = held.filter(unit__in=concern.concerning.unit.lineage, user__is_active=True)
    return may_be_told(concern, set(held.values_list("user_id", flat=True)), STANDARDS, now)


def supervisors_of(concern: AccessConcern, now: datetime) -> list[tuple[int, str]]:
    """Whoever holds the supervision of the case; if nobody who may hear does, the nearest sergeant or rank above on duty."""
    case = concern.concerning
    holder = case.holder_of(Holding.Part.SUPERVISION)
    if (
        holder
        and User.objects.filter(pk=holder, is_active=True).exists()
        and (found := may_be_told(concern, {holder}, "", now))
    ):
        return [(person, HOLDER) for person in found]
    wanted = sorted(SUPERVISORS | COMMAND)
    roster = roster_of(wanted, case.unit.lineage, set(), now)
    for role in ("sergeant", "inspector", "superintendent"):
        for here in roster.nearest_first(role, case.unit.lineage):
            if found := may_be_told(concern, set(here), role, now):
                return [(person, role) for person in found]
    return []
