"""Opening what is closed, and telling professional standards of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from accounts.models import User
from audit import services as audit
from audit.models import Access
from cases import visibility
from cases.models import AccessConcern, Case
from cases.services.hits import would_hit
from people.kinds import Asked
from workflow import engine


def break_glass(*, cases: Any, by: User, said: Any, proved: bool) -> list[Case]:
    """Open restricted investigations in an emergency; returns those that opened. Raises Refused where the role may not.

    Nothing else keeps anybody out but a shut-out: whoever is shut out of one of `cases` finds nothing, it is written down
    as denied, and professional standards are told. `proved` is kept, never asked for.
    """
    for case in visibility.shut_out_of(cases, by):
        audit.looked(by=by, kind=Access.Kind.DENIED, what="emergency", folder=case)
        raise_concern(case=case, person=by, kind=AccessConcern.Kind.REFUSED)
    opened = list(cases.filter(pk__in=visibility.closed_to(by).values("pk")).select_related("unit"))
    for case in opened:
        engine.perform(AccessConcern(concerning=case, proved=proved), "emergency", by=by, evidence=said)
    return opened


def raise_concern(*, case: Case, person: User, kind: str, code: str = "") -> None:
    """Tell professional standards of an access, once while they have not looked into it. `code`: what was unusual."""
    about = {"concerning": case, "person": person, "kind": kind, "code": code}
    if AccessConcern.objects.waiting().filter(**about).exists():
        return
    system = User.objects.system()
    engine.perform(AccessConcern(**about), "raise", by=system, evidence={"reason": "Noticed by the program itself."})


def hear_search(user: User, asked: Asked) -> None:
    """Whatever is searched for passes here. What would have hit a hidden case is written down, and heard by the worker within
    seconds (`cases.services.watch`): the search itself asks and writes the same whether or not there is such a case.
    """
    visibility.tripwire(user, str(asked), partial(would_hit, asked))
