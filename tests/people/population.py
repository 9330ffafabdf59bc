"""A small town: people as a force's records have them, and the verbs to put one in a case."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from people.models import Address, Birth, Person, PersonName, Telephone

FORENAMES = (
    "Hannah Daniel Gareth Garry Leanne Kerry Donna Priya Samuel Zoe Amina Mohammed Liam Siobhan Catherine Kathryn"
    " Stephen Steven Geoffrey Jeffrey Ann Anne-Marie Lee Leigh Ian Amy Joseph Thomas Rebecca Chloe Oluwaseun Grzegorz"
    " Agnieszka Muhammad Fatima Jacqueline Nicola Wayne Darren Tracey"
).split()
SURNAMES = (
    "Okoro Reed Pollitt Pollard Ashdown Dunmore Leigh Farrow Smith Smyth Brown Browne Whitlock O'Brien MacDonald"
    " McDonald Nair Kowalski Hughes Clarke Clark Evans Taylor Thompson Thomson Wójcik Begum Khan Patel Jones Williams"
    " Bennett Shaw Wright Green Hall Wood Harris Turner Cooper Ward"
).split()


def learned(fact: Any, case: Any, person: Person, by: User, at: datetime | None = None, **said: Any) -> Any:
    """A fact as the engine's verbs leave it, without a record that may be edited above it."""
    return fact.objects.create(case=case, person=person, recorded_by=by, recorded_at=at or timezone.now(), **said)


def known(
    case: Any, by: User, forename: str, surname: str, born_on: date | None = None, *, address: str = "",
    telephone: str = "", kind: str = "legal", at: datetime | None = None,
) -> Person:  # fmt: skip
    """Somebody about whom the case has learned these facts."""
    person = Person.objects.create()
    learned(PersonName, case, person, by, at, forename=forename, surname=surname, kind=kind)
    if born_on:
        learned(Birth, case, person, by, at, born_on=born_on)
    if address:
        learned(Address, case, person, by, at, line=address, postcode="NG5 2AB")
    if telephone:
        learned(Telephone, case, person, by, at, number=telephone)
    return person


def town(case: Any, by: User, size: int = 120) -> list[Person]:
    """So many people, the same each time, none of whom is called Gareth Pollitt or Hannah Okoro."""
    chosen = random.Random(2026)
    pairs = [(forename, surname) for forename in FORENAMES for surname in SURNAMES]
    pairs = [pair for pair in pairs if pair not in {("Gareth", "Pollitt"), ("Hannah", "Okoro")}]
    people = Person.objects.bulk_create(Person() for _ in range(size))
    common = {"case": case, "recorded_by": by}
    PersonName.objects.bulk_create(
        PersonName(person=person, forename=forename, surname=surname, **common)
        for person, (forename, surname) in zip(people, chosen.sample(pairs, size), strict=True)
    )
    days = [date(1950, 1, 1) + timedelta(days=chosen.randrange(20_000)) for _ in people]
    Birth.objects.bulk_create(
        Birth(person=person, born_on=day, **common) for person, day in zip(people, days, strict=True)
    )
    return people
