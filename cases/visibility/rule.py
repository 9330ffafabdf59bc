"""THE RULE of who may see a case, as one table and one condition: own work, on a reason, named, shut out."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from functools import cache, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Posting, Unit, User, current
from accounts.roles import FRONTLINE, PARTNERS, PROFESSIONAL_STANDARDS, roles
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


def read_by(cases: Any, user: User) -> Any:
    """Those whose file the person reads: all they may open, but a conference that they see for a partner agency alone.

    Of that they learn who its people are and what their agency was told, said and took on (`marac`): nothing else that
    stands in the case, by page, paper, search or another system. Every record and fact asks this unless it says otherwise.
    """
    return _seen(cases, user, Reason.NOT_ASKED, Depth.FILE)


def read_by_each(cases: Any, person: Any) -> Any:
    """The rule of `read_by` for whoever a column (an OuterRef) names, in one statement for many."""
    now = timezone.now()
    return cases.filter(asked_by_each(_rule(Reason.NOT_ASKED, Depth.FILE), person, now, now - REASON_LASTS))


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


class Depth(Enum):
    """How far into a case a question goes."""

    CASE = "that it is there, and who is in it"
    FILE = "what stands in it"


def _seen(cases: Any, user: User, reason: Reason, depth: Depth = Depth.CASE) -> Any:
    if not user.is_active:
        return cases.none()
    if user.username == user.SYSTEM:  # the system itself; another system's account sees what its roles see
        return cases
    return cases.filter(may_open(user, reason, depth))


def may_open(user: User, reason: Reason = Reason.NOT_ASKED, depth: Depth = Depth.CASE) -> Any:
    now = timezone.now()
    return asked_by(_rule(reason, depth), user.pk, now, now - REASON_LASTS)


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
    over = ArraySubquery(posts.filter(role__in=INVESTIGATING))
    granted = Q(unit__in=_agencies_of(user)) | Q(unit__lineage__overlap=over)
    beside = apps.get_model("cases", "UnitGrant").objects.filter(granted).order_by().values("case__unit_id")
    return Unit.objects.filter(lineage__overlap=ArraySubquery(posts.union(named, beside)))


@cache
def _rule(reason: Reason, depth: Depth = Depth.CASE) -> Words:
    """The whole rule, for somebody at some moment: built once in the life of the program."""
    postings = Posting.objects.filter(current("from_at", "to_at", NOW), user=SOMEBODY)
    may = [_by_role(kind, postings, reason) for kind in kinds()]
    here = Exists(User.objects.filter(pk=SOMEBODY, is_active=True))
    may.append(Q(_team_named(SOMEBODY, NOW)))
    partner = Q(Exists(_posts_at_agencies(SOMEBODY, NOW)))
    open_here = Q(restricted=False) & reduce(or_, may) | Q(named(SOMEBODY, NOW)) & ~partner
    if depth is Depth.CASE:
        # a partner who is named, by name or with their agency, is named on a conference: never on a file of the police
        open_here |= Q(kind="conference") & (Q(_agency_named(SOMEBODY, NOW)) | partner & Q(named(SOMEBODY, NOW)))
    return put_in_words(open_here & ~Q(shut_out(SOMEBODY, NOW)) & Q(here))


def _by_role(kind: str, postings: Any, reason: Reason) -> Q:
    work = postings.filter(role__in=roles_that_see(kind, WORK)).order_by().values("unit_id")
    seen = Q(among("unit_id", Unit.objects.filter(lineage__overlap=ArraySubquery(work)).values("pk")))
    reason_roles = roles_that_see(kind, ON_REASON)
    if reason_roles and reason is not Reason.NO_HELP:
        given = Access.objects.filter(chain=OuterRef("pk"), by=SOMEBODY, kind=Access.Kind.REASON, at__gt=LATELY)
        anywhere = Q(Exists(postings.filter(role__in=reason_roles)))
        seen |= anywhere & Q(Exists(given)) if reason is Reason.GIVEN else anywhere
    return Q(kind=kind) & seen


def named(person: User | int, at: datetime | None = None) -> Exists:
    grants = apps.get_model("cases", "NamedGrant").objects.filter(user=person, content_object=OuterRef("pk"))
    return Exists(grants.filter(current("from_at", "until", at)))


def _posts_at_agencies(person: User | int, at: datetime | None = None) -> Any:
    return Posting.objects.filter(current("from_at", "to_at", at), user=person, role__in=PARTNERS).order_by()


def _agencies_of(person: User | int, at: datetime | None = None) -> Any:
    """The units at which the person works for a partner agency: those alone, none beneath or above them."""
    return _posts_at_agencies(person, at).values("unit_id")


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


def shut_out(person: User | int, at: datetime | None = None) -> Exists:
    return Exists(apps.get_model("cases", "ShutOut").objects.in_force(at).filter(person=person, case=OuterRef("pk")))


def reason_needed(case: Any, user: User) -> bool:
    """Whether this person must say why before a case opens: not their work, and no reason given lately."""
    return not type(case).objects.open_to(user).filter(pk=case.pk).exists()


def may_hold(case: Any, person: User) -> bool:
    """Whether a part of the case can be theirs: they may open it, and hold a role that works cases of its kind."""
    works = frozenset(roles_that_see(case.kind, WORK))
    return person.holds(works, None) and type(case).objects.visible_to(person).filter(pk=case.pk).exists()


def hidden_from(user: User) -> Any:
    cases = apps.get_model("cases", "Case").objects
    # asked of each case that is looked at: NOT IN would first list every case that the person may see
    seen = cases.visible_to(user).filter(pk=OuterRef("pk"))
    return cases.filter(~Q(Exists(seen)), ~Q(shut_out(user)))


def closed_to(user: User) -> Any:
    """Restricted investigations that the person may not open, and is not shut out of: what an emergency may open."""
    return hidden_from(user).filter(kind="investigation", restricted=True)


def shut_out_of(cases: Any, user: User) -> Any:
    return cases.filter(shut_out(user))
