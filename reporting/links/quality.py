"""How good what is linked is (S3-159): of how many people the birth date, an address, the connection is known, and so on.

Shares of what the reader may see. A share is of everybody in it: whom nobody asked stays in the number divided by.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from cases.models import Incident, Involvement
from people.models import Address, Birth, PersonName
from people.models.fact import read_cases
from people.models.merge import Duplicate
from reporting.equality.small import FEWEST
from workflow.templatetags.words import COUNTED

VICTIM, SUSPECT = Involvement.Part.VICTIM, Involvement.Part.SUSPECT


@dataclass(frozen=True, slots=True)
class Measured:
    """A share: how many of how many, and what stands in it. `share` is None of so few that it would tell of somebody."""

    label: str
    of: str
    good: int
    count: int

    @property
    def share(self) -> int | None:
        return round(100 * self.good / self.count) if self.count >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Quality:
    rows: list[Measured]

    @property
    def score(self) -> int | None:
        """The mean of the shares: a figure to follow from month to month, not a mark for anybody."""
        shares = [row.share for row in self.rows if row.share is not None]
        return round(sum(shares) / len(shares)) if shares else None


Has = Callable[[Any], Exists]  # the ids of cases that may be seen -> whether such a fact is known of the person


def fact(model: Any, **columns: Any) -> Has:
    return lambda cases: Exists(model.objects.within(cases).filter(person=OuterRef("person_id"), **columns))


#: What is asked of each person harmed or suspected.
OF_PEOPLE: tuple[tuple[str, str, Has], ...] = (
    ("named", N_("A name is known"), lambda cases: Exists(
        PersonName.objects.within(cases).filter(person=OuterRef("person_id")).exclude(kind=PersonName.Kind.NOT_KNOWN))),
    ("born", N_("A whole birth date is known"), fact(Birth, born_on__isnull=False, approximate=False)),
    ("lives", N_("An address is known"), fact(Address)),
    ("placed", N_("The address names a house: it can be linked as a place"), lambda cases: Exists(
        Address.objects.within(cases).filter(person=OuterRef("person_id")).exclude(place_key=""))),
)  # fmt: skip


def quality(user: User, since: datetime) -> Quality:
    """Of what was reported since the moment (UTC). Two statements."""
    cases = read_cases(user)
    incidents = (
        Incident.objects.standing().filter(reported_at__gte=since, case__in=cases).exclude(da_confirmed="no").order_by()
    )
    took = (
        Involvement.objects.standing()
        .filter(part__in=(VICTIM, SUSPECT), incident__in=incidents.values("pk"))
        .order_by()
    )
    people = took.values("person_id").distinct().annotate(**{code: has(cases) for code, _label, has in OF_PEOPLE})
    counts = people.aggregate(people=Count("person_id"), **{
        f"{code}_count": Count("person_id", filter=Q(**{code: True})) for code, _label, _has in OF_PEOPLE
    })  # fmt: skip
    connected = Exists(suspects().exclude(relationship__in=("", "NK")))
    of_incidents = incidents.aggregate(
        all=Count("pk"), placed=Count("pk", filter=~Q(place_key="")), timed=Count("pk", filter=Q(occurred_from__isnull=False)),
        suspected=Count("pk", filter=Q(Exists(suspects()))), connected=Count("pk", filter=Q(connected)),
    )  # fmt: skip
    everybody, reports = N_("people harmed or suspected"), N_("incidents reported")
    return Quality([
        *(Measured(label, everybody, counts[f"{code}_count"], counts["people"]) for code, label, _has in OF_PEOPLE),
        Measured(N_("Where it happened names a house"), reports, of_incidents["placed"], of_incidents["all"]),
        Measured(N_("When it happened is known"), reports, of_incidents["timed"], of_incidents["all"]),
        Measured(
            N_("How the two are connected is known"), N_("incidents with a suspect"), of_incidents["connected"],
            of_incidents["suspected"],
        ),
    ])  # fmt: skip


def suspects() -> Any:
    return Involvement.objects.standing().filter(incident=OuterRef("pk"), part=SUSPECT)


def duplicates_waiting(user: User) -> int:
    """How many pairs that may be one person wait to be judged, of those the reader may see: to one past 500. One query."""
    return len(Duplicate.objects.visible_to(user).to_judge().order_by().values_list("pk")[: COUNTED + 1])
