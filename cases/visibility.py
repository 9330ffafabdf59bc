"""Who may see: asked here and nowhere else. Pages, API, search, counts, exports, PDFs and notices all pass through.

Four questions: `visible_to` (may open), `worked_by` (own work, no reason asked), `markers_for` (the least that must be
known of what may not be opened) and `tripwire` (the one sanctioned read past the rule, which returns nothing).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cache, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Value
from django.utils import timezone

from accounts.models import Posting, Unit, User, current
from accounts.roles import FRONTLINE, PARTNERS, PROFESSIONAL_STANDARDS, roles
from audit import services as audit
from audit.models import Access
from cases.rule import LATELY, NOW, SOMEBODY, Words, among, asked_by, asked_by_each, put_in_words

REASON_LASTS = timedelta(hours=12)  # one turn of duty; a setting of the force


class Sees(Enum):
    WORK = "own work over the unit or its ancestors"
    ON_REASON = "anywhere in the force, once a reason is recorded"


WORK, ON_REASON = Sees.WORK, Sees.ON_REASON

# Police work over the unit. Everybody here may also open any investigation of the force on a reason: a responder must
# be able to see the address next door to the beat.
INVESTIGATING = FRONTLINE | roles(
    "superintendent", "intelligence_officer", "crime_registrar", "cps_liaison", "command", "chief_officer",
)  # fmt: skip
READING = roles(
    "disclosure_officer", "disclosure_supervisor", "marac_coordinator", "nominated_officer", "professional_standards",
    "auditor", "analyst", "records_manager",
)  # fmt: skip

# What (kind, role) sees; a pair that is not here sees nothing. Restricted: people named only. Shut out: nothing at all.
SEES: dict[tuple[str, str], frozenset[Sees]] = {
    **{("investigation", role): frozenset({WORK, ON_REASON}) for role in INVESTIGATING},
    **{("investigation", role): frozenset({ON_REASON}) for role in READING},
    **{("disclosure", role): frozenset({WORK}) for role in ("disclosure_officer", "disclosure_supervisor")},
    **{("conference", role): frozenset({WORK}) for role in ("marac_coordinator", "forum_chair")},
    **{("management", role): frozenset({WORK}) for role in ("offender_manager",)},
}

GATEKEEPERS = PROFESSIONAL_STANDARDS


def kinds() -> list[str]:
    return sorted({kind for kind, _ in SEES})


def roles_that_see(kind: str, how: Sees) -> list[str]:
    return sorted(role for (of, role), ways in SEES.items() if of == kind and how in ways)


def visible_to(cases: Any, user: User) -> Any:
    """The cases of the queryset that the person may open. Costs no query of its own."""
    return _seen(cases, user, Reason.NOT_ASKED)


def worked_by(cases: Any, user: User) -> Any:
    """Those in the person's own work, and those they are named on."""
    return _seen(cases, user, Reason.NO_HELP)


def open_to(cases: Any, user: User) -> Any:
    """Those that stand open to the person now: own work, and what they have said why they open, this turn of duty."""
    return _seen(cases, user, Reason.GIVEN)


def visible_to_each(cases: Any, person: Any) -> Any:
    """Those that whoever a column (an OuterRef) names may open: the rule of `visible_to`, in one statement for many."""
    now = timezone.now()
    return cases.filter(asked_by_each(_rule(Reason.NOT_ASKED), person, now, now - REASON_LASTS))


class Reason(Enum):
    """What a reason has to do with it, where a case is not the person's own work."""

    NOT_ASKED = "seen with a reason or without"
    GIVEN = "seen once a reason was given lately"
    NO_HELP = "not seen"


def _seen(cases: Any, user: User, reason: Reason) -> Any:
    if not user.is_active:
        return cases.none()
    if user.username == user.SYSTEM:  # the system itself; another system's account sees what its roles see
        return cases
    return cases.filter(_may_open(user, reason))


def _may_open(user: User, reason: Reason = Reason.NOT_ASKED) -> Any:
    now = timezone.now()
    return asked_by(_rule(reason), user.pk, now, now - REASON_LASTS)


def near(user: User) -> Q:
    """A sieve for rows that carry `unit` and `case`, coarser than `worked_by`: it lets through all of that, and is never
    asked instead of it. An index on the unit can lead; without it the rows of the whole force are looked at.
    """
    return Q(unit__in=units_near(user).values("pk"))


def units_near(user: User) -> Any:
    """The units of which `worked_by` may let through any case: those beneath a post of the person, and those of cases that
    name them. Whoever asks for the first rows asks unit by unit, so that an index gives them in order and stops.
    """
    if user.username == user.SYSTEM:
        return Unit.objects.all()
    posts = Posting.objects.filter(current("from_at", "to_at", None), user=user).order_by().values("unit_id")
    named = apps.get_model("cases", "NamedGrant").objects.filter(user=user).order_by().values("content_object__unit_id")
    agencies = apps.get_model("cases", "UnitGrant").objects.filter(unit__in=_agencies_of(user)).order_by()
    return Unit.objects.filter(lineage__overlap=ArraySubquery(posts.union(named, agencies.values("case__unit_id"))))


@cache
def _rule(reason: Reason) -> Words:
    """The whole rule, for somebody at some moment: built once in the life of the program."""
    postings = Posting.objects.filter(current("from_at", "to_at", NOW), user=SOMEBODY)
    may = [_by_role(kind, postings, reason) for kind in kinds()]
    here = Exists(User.objects.filter(pk=SOMEBODY, is_active=True))
    may.append(Q(_team_named(SOMEBODY, NOW)))
    open_here = Q(restricted=False) & reduce(or_, may) | Q(_named(SOMEBODY, NOW)) | Q(_agency_named(SOMEBODY, NOW))
    return put_in_words(open_here & ~Q(_shut_out(SOMEBODY, NOW)) & Q(here))


def _by_role(kind: str, postings: Any, reason: Reason) -> Q:
    work = postings.filter(role__in=roles_that_see(kind, WORK)).order_by().values("unit_id")
    seen = Q(among("unit_id", Unit.objects.filter(lineage__overlap=ArraySubquery(work)).values("pk")))
    reason_roles = roles_that_see(kind, ON_REASON)
    if reason_roles and reason is not Reason.NO_HELP:
        given = Access.objects.filter(chain=OuterRef("pk"), by=SOMEBODY, kind=Access.Kind.REASON, at__gt=LATELY)
        anywhere = Q(Exists(postings.filter(role__in=reason_roles)))
        seen |= anywhere & Q(Exists(given)) if reason is Reason.GIVEN else anywhere
    return Q(kind=kind) & seen


def _named(person: User | int, at: datetime | None = None) -> Exists:
    grants = apps.get_model("cases", "NamedGrant").objects.filter(user=person, content_object=OuterRef("pk"))
    return Exists(grants.filter(current("from_at", "until", at)))


def _agencies_of(person: User | int, at: datetime | None = None) -> Any:
    """The units at which the person works for a partner agency: those alone, none beneath or above them."""
    posts = Posting.objects.filter(current("from_at", "to_at", at), user=person, role__in=PARTNERS)
    return posts.order_by().values("unit_id")


def _agency_named(person: User | int, at: datetime | None = None) -> Exists:
    """Whether the person's own partner agency is named on the case now: what else is of a partner, they do not see."""
    grants = apps.get_model("cases", "UnitGrant").objects.filter(case=OuterRef("pk"), unit__in=_agencies_of(person, at))
    return Exists(grants.filter(current("from_at", "until", at)))


def _team_named(person: User | int, at: datetime | None = None) -> Exists:
    """Whether a unit over which the person investigates is named on the case: the team of the investigation beside it."""
    posts = Posting.objects.filter(current("from_at", "to_at", at), user=person, role__in=INVESTIGATING)
    over = ArraySubquery(posts.order_by().values("unit_id"))
    grants = apps.get_model("cases", "UnitGrant").objects.filter(case=OuterRef("pk"), unit__lineage__overlap=over)
    return Exists(grants.filter(current("from_at", "until", at)))


def _shut_out(person: User | int, at: datetime | None = None) -> Exists:
    return Exists(apps.get_model("cases", "ShutOut").objects.in_force(at).filter(person=person, case=OuterRef("pk")))


def reason_needed(case: Any, user: User) -> bool:
    """Whether this person must say why before a case opens: not their work, and no reason given lately."""
    return not type(case).objects.open_to(user).filter(pk=case.pk).exists()


@dataclass(frozen=True, slots=True)
class Hearing:
    """`visible_to` for many cases and people at once, for the sweep: who may be told that something is owed."""

    named: frozenset[tuple[int, int]]
    shut: frozenset[tuple[int, int]]

    def may_hear(self, case: Any, person: int, role: str) -> bool:
        """Whether the person (id) may be told as whoever holds the role over the case's unit, or holds the case.

        `role` is "" for the holder. A shut-out beats everything; a restricted case is for people named only; otherwise
        the role must be one that sees cases of this kind. Professional standards hear of restricted cases in the last
        resort, by their reference alone: they are whom everybody else is sent to.
        """
        if (case.pk, person) in self.shut:
            return False
        if (case.pk, person) in self.named or role in GATEKEEPERS:
            return True
        return not case.restricted and (not role or (case.kind, role) in SEES)


def hearing(cases: Iterable[int], people: Iterable[int], at: datetime) -> Hearing:
    """Who of the people is named on, or shut out of, which of the cases at the moment (UTC). One query for all."""
    folders, heads = set(cases), set(people)
    out = apps.get_model("cases", "ShutOut").objects.in_force(at).filter(case__in=folders, person__in=heads)
    named = apps.get_model("cases", "NamedGrant").objects.filter(content_object__in=folders, user__in=heads)
    granted = named.filter(current("from_at", "until", at))
    posted = current("unit__postings__from_at", "unit__postings__to_at", at)
    agencies = apps.get_model("cases", "UnitGrant").objects.filter(
        current("from_at", "until", at), posted, case__in=folders, unit__postings__user__in=heads,
        unit__postings__role__in=PARTNERS,
    )  # fmt: skip
    shut_rows = out.order_by().values_list(Value(True), "case_id", "person_id")
    rows = set(shut_rows.union(
        granted.order_by().values_list(Value(False), "content_object_id", "user_id"),
        agencies.order_by().values_list(Value(False), "case_id", "unit__postings__user_id"), all=True,
    ))  # fmt: skip
    return Hearing(
        named=frozenset((case, person) for closed, case, person in rows if not closed),
        shut=frozenset((case, person) for closed, case, person in rows if closed),
    )


@dataclass(frozen=True, slots=True)
class Marker:
    """The least that must be known of what may not be opened, of a person (id) or an address (postcode)."""

    about: str
    key: int | str
    sentence: str


MarkerSource = Callable[[Any, frozenset[int], frozenset[str]], Iterable[Marker]]
_SOURCES: dict[str, MarkerSource] = {}


def mark(name: str, source: MarkerSource) -> None:
    """Declare what an app says of hidden cases, in its markers.py. A name used twice stops the program."""
    if name in _SOURCES:
        raise LookupError(f"Two markers are named {name}.")
    _SOURCES[name] = source


def markers_for(user: User, people: Iterable[int], addresses: Iterable[str]) -> list[Marker]:
    """What this person must know of cases that they may not open, about these people (ids) and addresses (postcodes).

    Only for roles that would work an investigation; nothing at all of a case that the person is shut out of. One query
    for each source, and one for the roles.
    """
    if not user.holds(INVESTIGATING, None):
        return []
    asked = frozenset(people), frozenset(plain_postcode(address) for address in addresses)
    found = [marker for source in _SOURCES.values() for marker in source(_hidden(user), *asked)]
    return list(dict.fromkeys(found))


def plain_postcode(text: str) -> str:
    """NG3 2AB, ng32ab and NG3  2AB are one address."""
    return "".join(text.split()).upper()


def _hidden(user: User) -> Any:
    cases = apps.get_model("cases", "Case").objects
    # asked of each case that is looked at: NOT IN would first list every case that the person may see
    seen = cases.visible_to(user).filter(pk=OuterRef("pk"))
    return cases.filter(~Q(Exists(seen)), ~Q(_shut_out(user)))


def closed_to(user: User) -> Any:
    """Restricted investigations that the person may not open, and is not shut out of: what an emergency may open."""
    return _hidden(user).filter(kind="investigation", restricted=True)


def shut_out_of(cases: Any, user: User) -> Any:
    return cases.filter(_shut_out(user))


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
    told = cases if held & GATEKEEPERS else cases.filter(Q(restricted=False) | Q(_named(user)))
    return told.filter(~Q(_shut_out(user)))


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
    hidden = cases.filter(~Q(_may_open(user)))
    hit = would_hit(hidden, hidden.filter(_shut_out(user)))
    if hit is None or user.username == user.SYSTEM:
        return
    found = hidden.filter(hit).annotate(out=_shut_out(user)).order_by("-out", "-restricted").values("pk")
    kind = Access.Kind.SEARCH
    audit.looked_at_each(found[:MOST_HITS], by=user, kind=kind, what=TRIPWIRE, terms=terms[:500])


def heard_at_once(case: Any, user: User) -> bool:
    """Whether professional standards are told of a search by this person that hit the case: it is restricted, or they are
    shut out of it.
    """
    return bool(case.restricted or shut_out_of(type(case).objects.filter(pk=case.pk), user).exists())
