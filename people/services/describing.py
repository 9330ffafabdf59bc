"""What somebody says of themselves, topic by topic: said once, changed by saying it again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from people.models import Description, Person
from people.models.ethnicity import MOVED, from_sixteen
from people.services.recording import learn

Said = Mapping[str, tuple[str, str]]  # topic -> (answer, words)


def described(person_ids: Collection[int], *, case: Any) -> dict[int, dict[str, Description]]:
    """{id: {topic: the newest answer that this very case has}}. One query. Index: description_of_person."""
    found: dict[int, dict[str, Description]] = {person: {} for person in person_ids}
    rows = Description.objects.standing().filter(case=case).of(person_ids)
    for row in rows.order_by("recorded_at", "pk"):
        found[row.person_id][row.topic] = row
    return found


@transaction.atomic
def describe(*, person: Person, said: Said, beneath: Any, by: User, at: datetime | None = None) -> list[Description]:
    """Learn each answer that is new to the case; the same answer said again is no second fact. Raises Refused.

    An ethnicity in a code of the older list is kept as the newer list has it, with the code that was sent.
    """
    known = described([person.pk], case=beneath.case_id)[person.pk]
    learned = []
    for topic, (answer, words) in said.items():
        source = ""
        if topic == "ethnicity" and answer in MOVED:
            answer, source = from_sixteen(answer)
        before = known.get(topic)
        if not answer or (before and (before.answer, before.said_words) == (answer, words)):
            continue
        fact = Description(person=person, topic=topic, answer=answer, said_words=words, source_code=source)
        learned.append(learn(fact, beneath=beneath, by=by, at=at))
    return learned
