"""Repeat, serial and vulnerable, on a person and on a case: each flag with what made it, now and at the time; and plans."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from cases.models import Case, Incident, Involvement, PlanVisit, RepeatPlan
from cases.panels.registry import Panel, show
from cases.panels.timeline import Words, decided, tell
from cases.services.repeat import Flag, Flags, flags_at_the_time, flags_of, flags_of_two
from cases.visibility import INVESTIGATING, READING
from people.panels import PersonPanel, show_on_person
from people.services import names_for
from people.services.reading import Reading

MOST_INCIDENTS = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A flag on a page: with the name of the other person, and the incidents that made it."""

    flag: Flag
    other: str
    events: list[tuple[str, datetime, str]]  # reference, when it happened, where it is read

    @property
    def definition_url(self) -> str:
        return f"{reverse('definitions')}#{self.flag.code}"


def shown(flags: Flags, names: dict[int, str]) -> list[Shown]:
    return [
        Shown(
            flag, names.get(flag.other, "") if flag.other else "",
            [(event.reference, event.at, reverse("case", args=[event.reference])) for event in flag.events[:10]],
        )
        for flag in flags
    ]  # fmt: skip


def of_person(reading: Reading) -> list[Shown]:
    """The flags of somebody as of the moment. Three queries, and one for the names of others."""
    person, user = reading.person, reading.user
    flags = flags_of([person.pk], user, reading.at)[person.pk]
    others = {flag.other for flag in flags if flag.other}
    return shown(flags, names_for(others, user) if others else {})


@dataclass(frozen=True, slots=True)
class OfTwo:
    """The flags of one of two people, or of what one is said to have done to the other."""

    name: str
    rows: list[Shown]
    by: str = ""


def of_two(names: Mapping[int, str], user: User, at: datetime, within: Collection[int]) -> list[OfTwo]:
    """The flags of two people (id: name), each way and of each alone, of what these cases tell. Three queries."""
    one, other = names
    pairs, each = flags_of_two(one, other, user, at, within)
    found = [OfTwo(names[harmed], shown([flag], {}), names[by]) for (harmed, by), flag in pairs.items()]
    found += [OfTwo(names[who], shown([flag for flag in each[who] if flag.code != "repeat_pair"], {})) for who in names]
    return [one for one in found if one.rows]


@dataclass(frozen=True, slots=True)
class OneParty:
    """Somebody in an incident: the flags they had when it was recorded, and those they have now."""

    name: str
    then: Flags
    now: Flags


@dataclass(frozen=True, slots=True)
class OneTime:
    incident: Incident
    parties: list[OneParty]


def of_case(case: Case, user: User, at: datetime) -> list[OneTime]:
    """The newest incidents with the flags of each party, at the time and now. Thirteen queries, however many."""
    rows = Incident.objects.visible_to(user).as_at(at).filter(case=case).order_by("-reported_at", "-pk")
    incidents = list(rows[:MOST_INCIDENTS])
    if not incidents:
        return []
    took = Involvement.objects.as_at(at).filter(incident__in=incidents, part__in=("victim", "suspect")).order_by("pk")
    parties = list(took.values_list("incident_id", "person_id"))
    people = {person for _incident, person in parties}
    names, now = names_for(people, user), flags_of(people, user, at)
    then = flags_at_the_time([one.pk for one in incidents], user)
    found = [
        OneTime(one, [
            OneParty(names[person], then.get(one.pk, {}).get(person, []), now[person])
            for incident, person in parties if incident == one.pk
        ])
        for one in incidents
    ]  # fmt: skip
    return [one for one in found if any(party.then or party.now for party in one.parties)]


@dataclass(frozen=True, slots=True)
class OnePlan:
    plan: RepeatPlan
    visits: list[PlanVisit]


def plans(case: Case, user: User, at: datetime) -> list[OnePlan]:
    """The plans of the case, the newest first, each with its visits and reviews. Two queries; one where there is none."""
    rows = list(RepeatPlan.objects.as_at(at).filter(case=case).select_related("owner", "recorded_by").order_by("-pk"))
    visits: dict[int, list[PlanVisit]] = {plan.pk: [] for plan in rows}
    for visit in (
        PlanVisit.objects.as_at(at).filter(plan__in=rows).select_related("recorded_by").order_by("-at") if rows else ()
    ):
        visits[visit.plan_id].append(visit)
    return [OnePlan(plan, visits[plan.pk]) for plan in rows]


SEES_FLAGS = INVESTIGATING | READING
show_on_person(
    PersonPanel(
        "repeat", "Repeat and vulnerable", of_person, "cases/panels/repeat.html", who=SEES_FLAGS, order=3, side=True
    )
)
show(
    Panel("repeat", "Repeat and vulnerable", of_case, "cases/panels/repeat_case.html", order=33, side=True),
    Panel(
        "repeat-plan", "Repeat-victim plan", plans, "cases/panels/repeat_plan.html", "cases/paper/repeat_plan.html",
        order=27, side=True,
    ),
)  # fmt: skip
tell(
    *(Words(f"repeat-plan.{step}", decided(RepeatPlan), "decided_at", "reason") for step in ("approve", "return")),
    Words("repeat-plan.visit", lambda case: PlanVisit.objects.filter(case=case), "recorded_at", "words", happened="at"),
    Words("repeat-plan.review", lambda case: PlanVisit.objects.filter(case=case), "recorded_at", "words"),
)
