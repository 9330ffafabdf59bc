"""What a search says of somebody's part in cases."""

from __future__ import annotations

from accounts.models import User
from cases.models import Involvement
from cases.services import hear_search
from people.panels import Line, say_in_search
from people.services import hears_searches


def parts_in_cases(person_ids: list[int], user: User) -> dict[int, list[Line]]:
    """By person, each part they have in each case that the reader may see. One query. Index: involvement_of_person."""
    rows = Involvement.objects.standing().visible_to(user).filter(person__in=person_ids).select_related("case")
    once = ("case_id", "part", "person_id")
    said: dict[int, list[Line]] = {}
    for row in rows.order_by(*once).distinct(*once):
        words = f"{row.get_part_display()} in {row.case.reference}"
        said.setdefault(row.person_id, []).append(Line(words, row.case.get_absolute_url()))
    return said


say_in_search("parts", parts_in_cases)
hears_searches(hear_search)
