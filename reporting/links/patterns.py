"""THE TABLE of patterns: each a question of what the reader may see, answered by how many, and by which cases.

A pattern gives rows of (what it is about, how many, its newest case). The page prints how many of them fall in each group,
small numbers kept back; a group leads to its cases, where the door of each asks as it always does.
"""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, DateTimeField, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_noop as N_

from accounts.models import User
from cases.models import Incident, Involvement
from cases.services.cohort import GRAVITY, MOMENT
from people.models import Address
from workflow.models import folder_model

VICTIM, SUSPECT = Involvement.Part.VICTIM, Involvement.Part.SUSPECT
Rows = Callable[[User, datetime, datetime], Any]
#: From when somebody was at an address: as it was said; else the day of what happened, where an import wrote a case and all
#: that it knows in one moment; else when it was learned.
BEGAN = Coalesce(
    Cast("since", DateTimeField()),
    Subquery(
        Incident.objects.filter(case=OuterRef("case"), recorded_at=OuterRef("recorded_at"))
        .order_by("-reported_at")
        .values(then=Coalesce("occurred_from", "reported_at"))[:1]
    ),
    "recorded_at",
)


@dataclass(frozen=True, slots=True)
class Group:
    """A line of a pattern: those whose number is from `least` to `most`."""

    code: str
    label: str
    least: int
    most: int = 10**6


@dataclass(frozen=True, slots=True)
class Pattern:
    """One question. `rows(user, since, now)` is a queryset of values with `number` and `newest`, the id of a case."""

    code: str
    label: str
    what: str
    groups: tuple[Group, ...]
    rows: Rows

    def group(self, code: str) -> Group | None:
        return next((group for group in self.groups if group.code == code), None)


def took_part(user: User, since: datetime, now: datetime, part: str) -> Any:
    """Who had this part in what happened in the time, counted by the day of the event. Index: incident_by_report."""
    rows = Involvement.objects.standing().visible_to(user).filter(part=part, incident__struck_out_at__isnull=True)
    rows = rows.exclude(incident__da_confirmed="no").filter(incident__reported_at__gte=since).alias(then=MOMENT)
    return rows.filter(then__gte=since, then__lte=now).order_by()


def with_harmed(rows: Any) -> Any:
    harmed = Involvement.objects.standing().filter(incident=OuterRef("incident_id"), part=VICTIM).order_by()
    return rows.annotate(harmed=Subquery(harmed.values("person_id")[:1])).filter(harmed__isnull=False)


def suspects_of_several(user: User, since: datetime, now: datetime) -> Any:
    """Suspects, by how many different people they are suspected of harming."""
    rows = with_harmed(took_part(user, since, now, SUSPECT)).values("person_id")
    return rows.annotate(number=Count("harmed", distinct=True), newest=Max("case_id")).filter(number__gte=2)


def harmed_by_several(user: User, since: datetime, now: datetime) -> Any:
    """People harmed, by how many different suspects there were: whoever shares a victim may know of one another."""
    rows = with_harmed(took_part(user, since, now, SUSPECT)).values("harmed")
    return rows.annotate(number=Count("person_id", distinct=True), newest=Max("case_id")).filter(number__gte=2)


def harm_that_rises(user: User, since: datetime, now: datetime) -> Any:
    """Pairs with two incidents or more, by how many points the gravest of the later half is above the earlier half."""
    middle = since + (now - since) / 2
    rows = with_harmed(took_part(user, since, now, SUSPECT)).values("person_id", "harmed")
    later, earlier = Q(then__gt=middle), Q(then__lte=middle)
    found = rows.annotate(
        times=Count("pk"), newest=Max("case_id"), late=Max(GRAVITY, filter=later), before=Max(GRAVITY, filter=earlier),
    )  # fmt: skip
    both = found.filter(times__gte=2, late__isnull=False, before__isnull=False)
    return both.annotate(number=F("late") - F("before")).filter(number__gt=0)


def at_many_addresses(user: User, since: datetime, now: datetime) -> Any:
    """Suspects to whom several different places came in the time: moving on, or moving in with somebody new."""
    people = took_part(user, since, now, SUSPECT).values("person_id")
    rows: Any = Address.objects.standing().visible_to(user).filter(person__in=people).exclude(place_key="")
    rows = rows.alias(began=BEGAN).filter(began__range=(since, now)).order_by().values("person_id")
    return rows.annotate(number=Count("place_key", distinct=True), newest=Max("case_id")).filter(number__gte=2)


def places_again(user: User, since: datetime, now: datetime) -> Any:
    """Places, by how many incidents happened there."""
    rows = Incident.objects.standing().visible_to(user).exclude(da_confirmed="no").exclude(place_key="").order_by()
    rows = (
        rows.filter(reported_at__gte=since)
        .alias(then=Coalesce("occurred_from", "reported_at"))
        .filter(then__gte=since, then__lte=now)
    )
    return rows.values("place_key").annotate(number=Count("pk"), newest=Max("case_id")).filter(number__gte=3)


def upwards(least: int) -> tuple[Group, ...]:
    """So many, one more, and all beyond."""
    last = least + 2
    return (
        Group(str(least), str(least), least, least),
        Group(str(least + 1), str(least + 1), least + 1, least + 1),
        Group("more", f"{last} or more", last),
    )


RISES = (
    Group("some", N_("somewhat graver (up to 10 points)"), 1, 10),
    Group("much", N_("much graver (more than 10 points)"), 11),
)

# fmt: off
TABLE: tuple[Pattern, ...] = (
    Pattern("shared-suspects", N_("Suspects of harming several people"),    N_("Different people harmed by one suspect"),     upwards(2), suspects_of_several),
    Pattern("shared-victims",  N_("People harmed by several suspects"),     N_("Different suspects of one person harmed"),    upwards(2), harmed_by_several),
    Pattern("rising",          N_("Harm that rises between two people"),    N_("The later half of the time against the earlier"), RISES,  harm_that_rises),
    Pattern("addresses",       N_("Suspects at many addresses"),            N_("Different places to which one suspect came"),    upwards(2), at_many_addresses),
    Pattern("places",          N_("Places where it happens again"),         N_("Incidents at one place"),                     upwards(3), places_again),
)
# fmt: on
PATTERNS: dict[str, Pattern] = {row.code: row for row in TABLE}


def how_many(pattern: Pattern, user: User, since: datetime, now: datetime) -> dict[str, int]:
    """{group: how many}. One query."""
    wanted = {
        group.code: Count("number", filter=Q(number__gte=group.least, number__lte=group.most))
        for group in pattern.groups
    }
    found: dict[str, int] = pattern.rows(user, since, now).aggregate(**wanted)
    return found


def cases_of(pattern: Pattern, group: Group, user: User, since: datetime, now: datetime) -> Any:
    """The newest case of each that falls in the group, each once, newest first: to be paged by its id."""
    rows = pattern.rows(user, since, now).filter(number__gte=group.least, number__lte=group.most)
    cases = folder_model().objects.read_by(user)
    return cases.filter(pk__in=Subquery(rows.values("newest"))).order_by("-pk")
