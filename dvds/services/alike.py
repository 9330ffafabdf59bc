"""Under which other hubs somebody of a consideration may stand: by name, birth and numbers, as for duplicates, never by one
name alone (F, Patterns: fuzzy on name, alias and birth date). The program asks; what it finds is a task for a person.
"""

from __future__ import annotations

from collections.abc import Collection

from dvds.models import Party
from people.models import Birth, PersonName
from people.services.weighing import WORTH, near, score_of, sides


def alike(people: Collection[int]) -> set[int]:
    """The ids of these people and of everybody they may be. A few queries for each case that knows of one of them.

    Indexes: personname_of_person, birth_day, telephone_digits, personname_sounds.
    """
    found = set(people)
    named = PersonName.objects.standing().filter(person__in=found).values_list("person_id", "case_id").distinct()
    for mine in sides(list(named)).values():
        if mine.names:
            found |= {side.person for side in sides(near(mine)).values() if score_of(mine, side) >= WORTH}
    return found | namesakes(people)


def namesakes(people: Collection[int]) -> set[int]:
    """Parties of considerations of whom no birth is known on one side, and the whole name is the same. Two queries."""
    names = PersonName.objects.standing().filter(person__in=people).exclude(kind=PersonName.Kind.NOT_KNOWN)
    asked = {(row.forename_plain, row.surname_plain) for row in names if row.forename_plain and row.surname_plain}
    if not asked:
        return set()
    parties = Party.objects.standing().order_by().values("person_id")
    others = PersonName.objects.standing().filter(
        person__in=parties, surname_plain__in={surname for _, surname in asked}
    )
    same = {row.person_id for row in others if (row.forename_plain, row.surname_plain) in asked} - set(people)
    born = set(Birth.objects.standing().filter(person__in=[*people, *same]).values_list("person_id", flat=True))
    unborn_here = not born & set(people)
    return {person for person in same if unborn_here or person not in born}
