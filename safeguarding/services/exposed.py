"""Children who lived through abuse again and again (S0-011): who comes first for early help, by what is recorded alone.

Every involvement of a child in an incident counts: there, in the house, or living with somebody who was harmed. No machine
decides anything by it: it puts children in an order, and a person decides what is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Q

from accounts.models import User
from cases.models import Case, Involvement
from cases.models.child import EXPOSED, GROWN_UP
from cases.models.definition_set import TWELVE_MONTHS
from people.services import ages, names_for
from safeguarding.models import OnwardReferral, ReferralKind, ReferralSubject

AGAIN = 2  # incidents, from which a child is on the list [R]
MOST = 100  # of the list: who comes after is no cohort
FOR_CHILDREN = (ReferralKind.CHILDREN, ReferralKind.MASH, ReferralKind.EARLY_HELP, ReferralKind.SCHOOL)
K = OnwardReferral.State


@dataclass(frozen=True, slots=True)
class Exposed:
    """One child: incidents in twelve months and in all, in how many it saw or heard it, and what was asked of others."""

    person: int
    name: str
    age: int | None
    lately: int
    ever: int
    witnessed: int
    plan: bool
    last: datetime
    own: int  # a case of the reader's work in which the child stands
    references: tuple[str, ...]
    referral: OnwardReferral | None


def exposed_children(user: User, now: datetime, first: int = 0, most: int = 25) -> tuple[list[Exposed], bool]:
    """A page of the list, the most exposed first; and whether there is more. Four queries, whatever their number.

    On it is whom the reader's own work tells of; counted is every incident that they may see. Index: involvement_of_person.
    """
    most = max(0, min(most, MOST - first))
    rows = list(counted(user, now)[first : first + most + 1])
    shown = rows[:most]
    people = [row["person_id"] for row in shown]
    names, years, asked = names_for(people, user), ages(people, user, now), newest_referrals(people, user)
    found = [as_exposed(row, names, years, asked) for row in shown if years.get(row["person_id"], 0) < GROWN_UP]
    return found, len(rows) > most and first + most < MOST


def counted(user: User, now: datetime) -> Any:
    cases = Case.objects.filter(kind=Case.Kind.INVESTIGATION).order_by()
    own = cases.worked_by(user).values("pk")
    rows = Involvement.objects.standing().filter(
        part=Involvement.Part.CHILD, unborn=False, incident__struck_out_at__isnull=True
    )
    rows = rows.exclude(incident__da_confirmed="no").filter(incident__reported_at__lte=now)
    mine = rows.filter(case__in=own).order_by().values("person")
    seen = rows.filter(person__in=mine, case__in=cases.visible_to(user).values("pk")).order_by()
    lately = Q(incident__reported_at__gt=now - TWELVE_MONTHS)
    children = seen.values("person_id").annotate(
        ever=Count("incident", distinct=True), lately=Count("incident", distinct=True, filter=lately),
        witnessed=Count("incident", distinct=True, filter=Q(whereabouts__in=EXPOSED)),
        planned=Count("pk", filter=Q(protection_plan="yes")), last=Max("incident__reported_at"),
        of_references=ArrayAgg("case__reference", order_by=F("incident_id").desc()),
        of_own=ArrayAgg("case_id", order_by=F("incident_id").desc(), filter=Q(case__in=own)),
    )  # fmt: skip
    return children.filter(ever__gte=AGAIN).order_by("-lately", "-ever", "-witnessed", "person_id")


def newest_referrals(people: list[int], user: User) -> dict[int, OnwardReferral]:
    """{child: the newest referral about it for help}, of cases that the reader may see. One query."""
    rows = (
        ReferralSubject.objects.visible_to(user).standing().filter(person__in=people, referral__kind__in=FOR_CHILDREN)
    )
    newest = rows.order_by("person", "-referral_id").distinct("person").select_related("referral__case")
    return {row.person_id: row.referral for row in newest}


def as_exposed(
    row: dict[str, Any], names: dict[int, str], years: dict[int, int], asked: dict[int, OnwardReferral]
) -> Exposed:
    person = row["person_id"]
    return Exposed(
        person, names[person], years.get(person), row["lately"], row["ever"], row["witnessed"], bool(row["planned"]),
        row["last"], row["of_own"][0], tuple(dict.fromkeys(row["of_references"])), asked.get(person),
    )  # fmt: skip
