"""So-called honour, forced marriage, mutilation: from the first word of it the case is shut and a specialist is asked (A.3).

There may be one chance to speak with somebody. Relatives may work here or know who does, so that only people named read it.
"""

from __future__ import annotations

from datetime import datetime

from accounts.models import Posting, User
from accounts.roles import SPECIALISTS, SUPERVISORS
from cases.models import Case, Incident
from cases.services.holding import name_person
from cases.services.tasks import raise_task
from workflow import engine

MARKS = frozenset({"honour", "forced_marriage", "fgm"})
WHY = "So-called honour, forced marriage or mutilation was said or seen."


def close_for_honour(incident: Incident, *, by: User, at: datetime) -> None:
    """Restrict the case of an incident at once, and ask a specialist the same day. Once: again it changes nothing.

    `at` is UTC. Called where a verb holds the case locked.
    """
    restrict_for_honour(incident.case_id, by=by, at=at)
    raise_task(case=incident.case, kind="honour", why=WHY, by=by, at=at, about=incident, once=True)


def restrict_for_honour(case_id: int, *, by: User, at: datetime) -> None:
    """Close the case to all but whoever wrote it, whoever holds a part, and those who must act on it: the supervisors and
    the specialists of its unit and of those above it. Nothing where it is restricted already.
    """
    case = Case.objects.select_related("unit").get(pk=case_id)
    if case.restricted:
        return
    engine.perform(case, "restrict", by=User.objects.system(), evidence={"reason": WHY}, at=at)
    if by.username != User.SYSTEM:
        name_person(case=case, person=by)
    for person in those_who_must_act(case):
        name_person(case=case, person=person)


def those_who_must_act(case: Case) -> list[User]:
    """Supervisors and specialists posted now to the unit of the case or to one above it."""
    posted = Posting.objects.current().filter(unit__in=case.unit.lineage, role__in=SUPERVISORS | SPECIALISTS)
    return list(User.objects.filter(pk__in=posted.values("user"), is_active=True).order_by("pk"))
