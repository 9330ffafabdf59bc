"""PATTERNS: what several considerations say together that none says alone (F, S762). Each is a task for a person, never a
decision, and tells nothing of who asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from cases.models import Incident, Involvement
from cases.models.definition_set import months_before
from cases.services.tasks import raise_task
from dvds.models import Application, Outcome, Part, Party
from dvds.models.young import numbers
from dvds.services.alike import alike
from workflow.clock import LONDON

#: What ended as one with another, or is with another force, is no second consideration.
SAME = (Outcome.MERGED, Outcome.TRANSFERRED)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern: its code, and the sentence that the task says. `others`: considerations (ids) beside this one."""

    code: str
    words: str
    others: frozenset[int]


# fmt: off
SENTENCES = {
    "serial":     "%s considerations within %s months are about this subject, with different people at risk.",
    "pair":       "%s considerations within %s months are about the same two people.",
    "one_asks":   "%s considerations within %s months were asked for by the same person, about different people. Think of malice.",
    "many_ask":   "%s considerations within %s months about this subject came from different people. Think of danger and malice.",
    "incident":   "An incident between the two stands within %s days of the request.",
}
# fmt: on


def patterns_of(application: Application, at: datetime) -> list[Pattern]:
    """What this consideration and those of the months before say together, as at the moment (UTC)."""
    limits = numbers(at)
    months, least = limits["pattern_months"], limits["pattern_least"]
    mine = my_sides(application)
    groups = groups_of(mine, others_of(application, mine, months, at))
    found = [
        Pattern(code, SENTENCES[code] % (len(others) + 1, months), frozenset(others))
        for code, others in groups.items()
        if len(others) + 1 >= least
    ]
    near = incidents_near(application, mine, limits["incident_days"])
    return found + ([Pattern("incident", SENTENCES["incident"] % limits["incident_days"], frozenset())] if near else [])


@dataclass(slots=True)
class Sides:
    """Who has which part in a consideration, by hub."""

    application: int
    at_risk: set[int]
    subject: set[int]
    applicant: set[int]


def sides_of(rows: Iterable[Party]) -> dict[int, Sides]:
    found: dict[int, Sides] = {}
    for row in rows:
        sides = found.setdefault(row.application_id, Sides(row.application_id, set(), set(), set()))
        if row.part != Part.CHILD:
            getattr(sides, row.part).add(row.person_id)
    return found


def others_of(application: Application, mine: Sides, months: int, at: datetime) -> list[Sides]:
    """The other considerations since so many months that name somebody alike, each with hubs written as this one's where
    they may be the same. Index: considered_person.
    """
    same = {part: alike(getattr(mine, part)) for part in ("at_risk", "subject", "applicant")}
    since = months_before(at.astimezone(LONDON).date(), months)
    everybody = set().union(*same.values())
    named = Party.objects.standing().filter(person__in=everybody).values("application")
    others = Application.objects.standing().filter(pk__in=named, first_contact_at__date__gte=since)
    others = others.exclude(pk=application.pk).exclude(outcome__in=SAME)
    others = others.exclude(merged_into__isnull=False).exclude(state=Application.State.TRANSFERRED)
    rows = Party.objects.standing().filter(application__in=others.values("pk"))
    found = list(sides_of(rows).values())
    for sides in found:
        for part, hubs in same.items():
            theirs = getattr(sides, part)
            if theirs & hubs:
                setattr(sides, part, theirs | getattr(mine, part))
    return found


def my_sides(application: Application) -> Sides:
    rows = Party.objects.standing().filter(application=application)
    return sides_of(rows).get(application.pk) or Sides(application.pk, set(), set(), set())


def groups_of(mine: Sides, others: list[Sides]) -> dict[str, set[int]]:
    """{code: the other considerations that make the pattern}."""
    found: dict[str, set[int]] = {code: set() for code in ("serial", "pair", "one_asks", "many_ask")}
    for other in others:
        subject, at_risk = bool(mine.subject & other.subject), bool(mine.at_risk & other.at_risk)
        asker = bool(mine.applicant & other.applicant)
        if subject:
            found["pair" if at_risk else "serial"].add(other.application)
        for_others = bool((mine.applicant - mine.at_risk) | (other.applicant - other.at_risk))  # not each for herself
        if subject and mine.applicant and other.applicant and not asker and for_others:
            found["many_ask"].add(other.application)
        if asker and not subject:
            found["one_asks"].add(other.application)
    return found


def incidents_near(application: Application, mine: Sides, days: int) -> bool:
    """Whether the two stand in an incident as suspect and harmed within so many days of the first contact. One query.

    Index: involvement_of_person.
    """
    span = timedelta(days=days)
    within = (application.first_contact_at - span, application.first_contact_at + span)
    harmed = Involvement.objects.standing().filter(person__in=mine.at_risk, part=Involvement.Part.VICTIM)
    rows = Involvement.objects.standing().filter(person__in=mine.subject, part=Involvement.Part.SUSPECT)
    rows = rows.filter(incident__in=harmed.values("incident"), incident__struck_out_at__isnull=True)
    return bool(Incident.objects.filter(pk__in=rows.values("incident"), reported_at__range=within).exists())


def raise_patterns(application: Application, at: datetime) -> list[Any]:
    """A task for each pattern that has none to do: one for each, with what it says. `at` is UTC."""
    found = patterns_of(application, at)
    if not found:
        return []
    words = " ".join(pattern.words for pattern in found)
    system = User.objects.system()
    return [raise_task(case=application.case, kind="pattern", why=words, by=system, at=at, about=application)]
