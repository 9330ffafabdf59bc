"""Naming somebody in a consideration: a person who is known, by who they are alone, or somebody new."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from dvds.forms.party import HERSELF
from dvds.models import Application, Part, Party
from people.models import Birth, Person
from people.services import affirm, births_for, create, learn, still_true
from workflow import engine
from workflow.models import Refusal, Refused

HIDDEN = "There is no such person, or you may not see them."


@transaction.atomic
def name_party(
    application: Application, part: str, by: User, *, person: int | None = None, born_on: date | None = None,
    age: int | None = None, connection: str = "", **said: Any,
) -> Party:  # fmt: skip
    """Somebody in a part (or in both, where the applicant is the person at risk); the last row that was made. `person` is
    the id of somebody known; else a new person is made of what was said. Raises Refused.
    """
    age = None if born_on else age
    if person:
        one = known(application, person, by, born_on, age)
    else:
        one = create(beneath=application, by=by, born_on=born_on, age_said=age, **said)
    for each in parts_of(part):
        row = Party(application=application, person=one, part=each, connection=connection)
        made: Party = standing(application, one, each) or engine.add(row, beneath=application, by=by)
    return made


def parts_of(part: str) -> tuple[str, ...]:
    return (Part.APPLICANT, Part.AT_RISK) if part == HERSELF else (part,)


def standing(application: Application, person: Person, part: str) -> Party | None:
    """Named in that part already: once is enough. Index: considered_of_application."""
    row: Party | None = Party.objects.standing().filter(application=application, person=person, part=part).first()
    return row


def known(application: Application, number: int, by: User, born_on: date | None, age: int | None) -> Person:
    """Somebody recorded: this case learns the names and birth by which they were found, and nothing else."""
    person = Person.objects.visible_to(by).filter(pk=number).first()
    if person is None:
        raise Refused(Refusal.HIDDEN, HIDDEN)
    for offered in still_true(person, by, case=application.case):
        if offered.fact.tells_who:
            affirm(offered.fact, beneath=application, by=by)
    if (born_on or age is not None) and not births_for([person.pk], by):
        learn(Birth(person=person, born_on=born_on, age_said=age), beneath=application, by=by)
    return person
