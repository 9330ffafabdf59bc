"""The flags of an incident are counted twice, in the database for reports and in words for people: both say the same."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Unit, User
from cases.models import Case, DefinitionSet, Incident, Involvement
from cases.models.marker import with_derived
from cases.services.repeat import counted, definitions_on, flag_of_pair, serial
from cases.services.repeat_events import Event, events_of
from people.models import Person
from tests.cases.lives import a_case
from tests.cast import shut_out

pytestmark = pytest.mark.django_db
CODES = ("repeat_victim", "repeat_pair", "repeat_suspect", "serial_suspect")
PEOPLE, INCIDENTS, YEARS = 5, 90, 4


def moment_of(dice: random.Random, made: list[Incident]) -> datetime:
    """Any hour of five years; one in four a whole number of years before or after another, where windows end."""
    if made and dice.random() < 0.25:
        near = dice.choice(made).reported_at
        return min(near + timedelta(days=365 * dice.choice((-3, -1, 1, 3)), hours=dice.randint(-1, 1)), timezone.now())
    return timezone.now() - timedelta(days=dice.random() * 365 * YEARS)


def some_incident(dice: random.Random, case: Case, by: User, people: list[Person], at: datetime) -> Incident:
    """Some are told years after they happened, struck out, or no domestic abuse; some have two suspects, or nobody harmed."""
    kept: dict[str, Any] = {"case": case, "recorded_by": by}
    gone = at if dice.random() < 0.1 else None
    incident = Incident.objects.create(
        **kept, state="checked", reported_at=at, channel="999", struck_out_at=gone,
        occurred_from=at - timedelta(days=dice.choice((0, 1, 400))) if dice.random() < 0.5 else None,
        da_confirmed=dice.choice(("yes", "yes", "", "no")),
    )  # fmt: skip
    harmed, first, second = dice.sample(people, 3)
    parts = [("victim", harmed)] * (dice.random() < 0.95) + [("suspect", first)] * (dice.random() < 0.9)
    parts += [("suspect", second)] * (dice.random() < 0.2)
    for part, person in parts:
        struck = at if dice.random() < 0.05 else None
        Involvement.objects.create(**kept, incident=incident, person=person, part=part, struck_out_at=struck)
    return incident


def in_words(incident: Incident, events: dict[int, list[Event]]) -> set[str]:
    """What the service says of those in the incident, as of its moment, by the definitions of its day."""
    at = incident.occurred_from or incident.reported_at
    meant, said = definitions_on(at), set()
    harmed = next((row.person_id for row in incident.people("victim")), None)
    if harmed and counted("repeat_victim", [e for e in events.get(harmed, []) if e.harmed == harmed], meant, at):
        said.add("repeat_victim")
    for suspect in incident.people("suspect").values_list("person_id", flat=True):
        theirs = [event for event in events.get(suspect, []) if suspect in event.suspects]
        if serial(theirs, meant, at):
            said.add("serial_suspect")
        if harmed and flag_of_pair(harmed, suspect, theirs, meant, at):
            said.add("repeat_pair")
        if harmed and counted("repeat_suspect", [e for e in theirs if e.harmed == harmed], meant, at):
            said.add("repeat_suspect")
    return said


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_database_and_the_words_agree_on_every_flag(
    seed: int, nr3: Unit, ellen: User, tom: User, priya: User
) -> None:
    dice, made = random.Random(seed), list[Incident]()  # noqa: S311 - a population, no secret
    cases, people = [a_case(nr3) for _ in range(12)], [Person.objects.create() for _ in range(PEOPLE)]
    for _ in range(INCIDENTS):
        made.append(some_incident(dice, dice.choice(cases), ellen, people, moment_of(dice, made)))
    change = timezone.localdate() - timedelta(days=500)
    for code, months, least in (("repeat_victim", 6, 3), ("serial_suspect", 24, 3), ("repeat_pair", 18, 3)):
        DefinitionSet.objects.create(code=code, text="As the force has it.", window_months=months, at_least=least,
                                     valid_from=change, authority="Force order", state="approved")  # fmt: skip
    for hidden in cases[:2]:
        shut_out(hidden, tom, priya)
    held = Counter[str]()
    for reader in (ellen, tom):
        events = events_of([person.pk for person in people], reader)
        marked = {row.pk: row for row in with_derived(Incident.objects.visible_to(reader), reader)}
        for row in marked.values():
            by_sql = {code for code in CODES if getattr(row, f"marker_{code}")}
            assert by_sql == in_words(row, events), (seed, row.pk, reader.username)
            held.update(by_sql)
    assert all(5 < held[code] < 2 * INCIDENTS - 10 for code in CODES), held  # neither all nor nothing
