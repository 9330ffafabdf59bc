"""People take part in an incident, and what is known of them is asked again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cases.models import Case, FactAsked, Incident, Involvement
from cases.services.consequences import RAISES, raise_what_follows
from people.models import Birth, Person
from people.services import Known, affirm, births_for, create, learn, still_true, still_true_of, take_out
from workflow import engine


@transaction.atomic
def involve_known(
    *, incident: Incident, part: str, person: Person, by: User, born_on: date | None = None, age_said: int | None = None
) -> Involvement:
    """Somebody already recorded takes part in an incident: this case learns the name and birth date they were found by.

    A birth said now is learned only where none was known. Other facts are asked again first ("Still true?").
    """
    row = _take_part(incident, person, part, by)
    offered = still_true(person, by, case=incident.case)
    for known in offered:
        if known.fact.tells_who:
            affirm(known.fact, beneath=incident, by=by)
    said = born_on is not None or age_said is not None
    if said and not births_for([person.pk], by):
        learn(Birth(person=person, born_on=born_on, age_said=age_said), beneath=incident, by=by)
    return row


@transaction.atomic
def involve_new(*, incident: Incident, part: str, by: User, **said: Any) -> Involvement:
    """Somebody nobody has recorded before takes part in an incident; `said` is what `people.services.create` takes."""
    return _take_part(incident, create(beneath=incident, by=by, **said), part, by)


# Adding somebody answers the question whether there is anybody: it is not asked twice.
SAID_BY_ADDING = {
    Involvement.Part.SUSPECT: "suspect_known",
    Involvement.Part.CHILD: "children_present",
    Involvement.Part.WITNESS: "witnesses_seen",
}


def _take_part(incident: Incident, person: Person, part: str, by: User) -> Involvement:
    row: Involvement = engine.add(Involvement(incident=incident, person=person, part=part), beneath=incident, by=by)
    question = SAID_BY_ADDING.get(Involvement.Part(part))
    now = Incident.objects.get(pk=incident.pk)
    if question and not getattr(now, question):
        engine.amend(now, {question: "yes"}, by=by, seen=now.version)
    if part in RAISES:
        raise_what_follows(now, part, by, timezone.now())
    return row


@transaction.atomic
def answer_still_true(*, incident: Incident, person: Person, fact: Any, still: bool, by: User) -> None:
    """A fact of another case was asked again: kept as this case's own where it is still true, noted where not. A way to
    reach them that is theirs no longer is struck out here, and so is gone from every list of every case.
    """
    asked = FactAsked(incident=incident, person=person, fact=key_of(fact), still_true=still)
    engine.add(asked, beneath=incident, by=by)
    if still:
        affirm(fact, beneath=incident, by=by)
    elif fact.reaches:
        take_out(fact, beneath=incident, by=by, reason="Asked again, and no longer true")


def to_ask(*, incident: Incident, people: Collection[int], by: User) -> dict[int, list[Known]]:
    """{person: the facts about them that are still to be asked again}: all but who they are, each once in an incident."""
    answered = set(incident.facts_asked.filter(person__in=people).values_list("person", "fact"))
    return {
        person: [
            known for known in offered if not known.fact.tells_who and (person, key_of(known.fact)) not in answered
        ]
        for person, offered in still_true_of(people, by, case=incident.case).items()
    }


def key_of(fact: Any) -> str:
    """What a fact is called where it is asked again: people.telephone:17."""
    return f"{fact._meta.label_lower}:{fact.pk}"


def open_elsewhere(*, incident: Incident, people: Collection[int], part: str, by: User) -> dict[int, list[Case]]:
    """{person: the other open cases in which they have this part}, as far as the reader may see them, newest first."""
    visible = Case.objects.visible_to(by).filter(state=Case.State.OPEN).order_by().values("pk")
    rows = Involvement.objects.standing().filter(person__in=people, part=part, case__in=visible)
    found: dict[int, dict[int, Case]] = {person: {} for person in people}
    for row in rows.exclude(case=incident.case_id).select_related("case").order_by("-case"):
        found[row.person_id][row.case_id] = row.case
    return {person: list(cases.values()) for person, cases in found.items()}
