"""What professional standards and auditors look into; and the tripwire, the one sanctioned read past the rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from accounts.models import Posting, User
from accounts.roles import roles
from audit import services as audit
from audit.models import Access
from cases.visibility.rule import GATEKEEPERS, may_open, named, shut_out, shut_out_of


def looked_into_by(concerns: Any, user: User) -> Any:
    """The concerns about accesses that a gatekeeper looks into: never about oneself, nor about a case one is shut out of."""
    if not user.is_active:
        return concerns.none()
    held = Posting.objects.current().filter(user=user, role__in=GATEKEEPERS)
    out = apps.get_model("cases", "ShutOut").objects.in_force().filter(person=user, case=OuterRef("concerning"))
    return concerns.filter(Exists(held), ~Exists(out)).exclude(person=user)


AUDITING = GATEKEEPERS | roles("auditor")


def referred_to(cases: Any, user: User, held: frozenset[str]) -> Any:
    """The cases whose reference may be told to somebody who audits, in words that tell nothing of what is in them.

    Professional standards hear of restricted ones too; nobody of a case they are shut out of. `held`: roles held.
    """
    if not held & AUDITING:
        return cases.none()
    told = cases if held & GATEKEEPERS else cases.filter(Q(restricted=False) | Q(named(user)))
    return told.filter(~Q(shut_out(user)))


TRIPWIRE = "tripwire"  # in the record of consultations; the trigger `watch_looks` names it too
MOST_HITS = 50
#: hidden cases, those of them that the person is shut out of -> the condition that one of the hidden was looked for.
WouldHit = Callable[[Any, Any], Q | None]


def tripwire(user: User, terms: str, would_hit: WouldHit) -> None:
    """Read past the rule once: where a search would have hit what this person may not see, write that down.

    Each hidden case that is hit keeps the consultation in its own record of who has looked, where professional standards
    find it. Nothing is returned, nothing shows, and it is one statement whatever was hit, beside what `would_hit` asks.
    """
    cases = apps.get_model("cases", "Case").objects.order_by()
    hidden = cases.filter(~Q(may_open(user)))
    hit = would_hit(hidden, hidden.filter(shut_out(user)))
    if hit is None or user.username == user.SYSTEM:
        return
    found = hidden.filter(hit).annotate(out=shut_out(user)).order_by("-out", "-restricted").values("pk")
    kind = Access.Kind.SEARCH
    audit.looked_at_each(found[:MOST_HITS], by=user, kind=kind, what=TRIPWIRE, terms=terms[:500])


def heard_at_once(case: Any, user: User) -> bool:
    """Whether professional standards are told of a search by this person that hit the case: it is restricted, or they are
    shut out of it.
    """
    return bool(case.restricted or shut_out_of(type(case).objects.filter(pk=case.pk), user).exists())
