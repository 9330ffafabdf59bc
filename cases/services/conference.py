"""The case of a conference: opened beside an investigation, or by itself where the police hold none."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Unit, User, current
from cases.models import Case, LinkedCase, NamedGrant, ShutOut
from cases.services.beside import SHUT_OUT
from cases.services.holding import name_person, name_unit
from cases.services.linking import link


def open_conference(*, unit: Unit, by: User, at: datetime, beside: Case | None = None) -> Case:
    """A new conference of the unit that runs it. `at` is UTC.

    Beside an investigation, the team that works it sees the conference too, and what keeps people out of the one keeps them
    out of the other: shut-outs are taken over, and a restricted case has a restricted conference for the same people named.
    """
    case = Case.begin(Case.Kind.CONFERENCE, unit, at)
    if beside is not None:
        link(case=beside, other=case, kind=LinkedCase.Kind.CONFERENCE, by=by, at=at)
        name_unit(case=case, unit=beside.unit, at=at)
        keep_alike(case, beside, by, at)
    return case


def keep_alike(case: Case, beside: Case, by: User, at: datetime) -> None:
    """Who is kept out of the one case, and who is named where it is restricted."""
    for shut in ShutOut.objects.in_force(at).filter(case=beside).exclude(person=by):
        ShutOut.objects.create(case=case, person=shut.person, reason=SHUT_OUT, recorded_by=by, recorded_at=at)
    if not beside.restricted:
        return
    case.restricted = True
    case.save(update_fields=["restricted"])
    named = NamedGrant.objects.filter(current("from_at", "until", at), content_object=beside).select_related("user")
    for grant in named:
        name_person(case=case, person=grant.user, until=grant.until)
