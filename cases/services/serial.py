"""Who is suspected of harming several people: one question, for the prompt on an incident and for the list (S3-041).

Counted are different people harmed within the window of the definition in force, by the day on which it happened, as
`cases.services.repeat` counts them for a flag.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from cases.models import Case, DefinitionSet, Incident, Involvement, SerialPlan
from cases.models.definition_set import LIFETIME, months_before
from cases.rule import here_or_in
from workflow.clock import LONDON

VICTIM, SUSPECT = Involvement.Part.VICTIM, Involvement.Part.SUSPECT
MOMENT = Coalesce("incident__occurred_from", "incident__reported_at")
MOST = 200  # of the list


@dataclass(frozen=True, slots=True)
class Serial:
    """Somebody suspected of harming `harmed` people, with the cases that say so, the newest first; `own`: the reader's."""

    person: int
    harmed: int
    last: datetime
    cases: tuple[int, ...]
    references: tuple[str, ...]
    own: tuple[int, ...]


def in_force(at: datetime) -> DefinitionSet | None:
    found: DefinitionSet | None = DefinitionSet.objects.in_force(at.astimezone(LONDON).date()).get("serial_suspect")
    return found if found is not None and found.at_least is not None else None


def suspected(meant: DefinitionSet, at: datetime) -> Any:
    """Each part as a suspect of what happened in the window up to the moment (UTC), with whoever was harmed in it."""
    harmed = Involvement.objects.standing().filter(incident=OuterRef("incident_id"), part=VICTIM)
    rows = Involvement.objects.standing().filter(part=SUSPECT, incident__struck_out_at__isnull=True)
    rows = rows.exclude(incident__da_confirmed="no").alias(
        harmed=Subquery(harmed.order_by().values("person_id")[:1]), then=MOMENT
    )
    if meant.months < LIFETIME:
        since = datetime.combine(months_before(at.astimezone(LONDON).date(), meant.months), time.min, LONDON)
        rows = rows.filter(incident__reported_at__gte=since, then__gte=since)
    return rows.filter(then__lte=at, harmed__isnull=False).order_by()


def serial_in(incident: Incident) -> dict[str, bool]:
    """Whether a suspect of this incident is serial and nobody has looked at that yet: `plain`, by this case and cases kept
    from nobody; `every`, by what is kept from some too. Asked once of an incident at hand: three
    queries, four where somebody is. Index: involvement_of_person.
    """
    known: dict[str, bool] | None = getattr(incident, "serial_known", None)
    if known is None:
        known = incident.serial_known = count_serial(incident)  # type: ignore[attr-defined]
    return known


def count_serial(incident: Incident) -> dict[str, bool]:
    at = incident.occurred_from or incident.reported_at
    here = list(incident.people(SUSPECT).values_list("person_id", flat=True))
    meant = in_force(at) if here else None
    if meant is None:
        return {"plain": False, "every": False}
    open_to_all = here_or_in(incident.case_id, Case.objects.kept_from_nobody())
    counted = suspected(meant, at).filter(person__in=here).values("person")
    counted = counted.annotate(
        every=Count("harmed", distinct=True), plain=Count("harmed", distinct=True, filter=open_to_all)
    ).filter(every__gte=meant.at_least)
    rows = list(counted)
    done = looked_at([row["person"] for row in rows]) if rows else {}
    left = [row for row in rows if row["every"] > done.get(row["person"], 0)]
    plain = any(row["plain"] >= meant.at_least for row in left)
    return {"plain": plain, "every": bool(left)}


def looked_at(people: list[int]) -> dict[int, int]:
    """{person: how many people harmed somebody has looked at already}; a plan that is open is looked at whatever comes."""
    found: dict[int, int] = {}
    for plan in SerialPlan.objects.standing().filter(person__in=people).order_by("pk"):
        over = plan.state in SerialPlan.OVER
        found[plan.person_id] = max(found.get(plan.person_id, 0), plan.harmed if over else LIFETIME)
    return found


def serial_cohort(user: User, now: datetime, first: int = 0, most: int = 25) -> tuple[list[Serial], bool]:
    """A page of those whom the reader's own work names, who harmed most people first; and whether there is more. Two queries.

    What was done counts wherever it may be seen. Index: incident_by_report where the definition has a window, else
    involvement_of_person.
    """
    meant = in_force(now)
    most = max(0, min(most, MOST - first))
    if meant is None:
        return [], False
    cases = Case.objects.filter(kind=Case.Kind.INVESTIGATION).order_by()
    own = cases.worked_by(user).values("pk")
    mine = Involvement.objects.standing().filter(part=SUSPECT, case__in=own).order_by().values("person")
    rows = suspected(meant, now).filter(person__in=mine, case__in=cases.visible_to(user).values("pk"))
    newest = F("incident_id").desc()
    people = rows.values("person").annotate(
        number=Count("harmed", distinct=True), last=Max(MOMENT), of_cases=ArrayAgg("case_id", order_by=newest),
        of_references=ArrayAgg("case__reference", order_by=newest),
        of_own=ArrayAgg("case_id", order_by=newest, filter=Q(case__in=own)),
    )  # fmt: skip
    people = people.filter(number__gte=meant.at_least).order_by("-number", "-last", "person")
    found = list(people[first : first + most + 1])
    return [as_serial(row) for row in found[:most]], len(found) > most and first + most < MOST


def as_serial(row: dict[str, Any]) -> Serial:
    once = [tuple(dict.fromkeys(row[name] or [])) for name in ("of_cases", "of_references", "of_own")]
    return Serial(row["person"], row["number"], row["last"], *once)


def harmed_by(person: int, user: User, now: datetime) -> int:
    """How many different people somebody is suspected of harming, as far as the reader may see. One query."""
    meant = in_force(now)
    if meant is None:
        return 0
    seen = Case.objects.visible_to(user).order_by().values("pk")
    rows = suspected(meant, now).filter(person=person, case__in=seen)
    found = rows.values("person").annotate(number=Count("harmed", distinct=True))
    return next(iter(found.values_list("number", flat=True)), 0)
