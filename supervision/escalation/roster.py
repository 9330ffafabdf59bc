"""Who holds which role where, and who of them is on duty, asked once for many deadlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import Posting, User, on_duty

NAMED_BY = ("rank", "collar_number", "last_name", "username")


@dataclass(frozen=True, slots=True)
class Roster:
    """Postings of some roles over some lines of units at a moment, with the people of them who are on duty."""

    posted: dict[tuple[str, int], tuple[int, ...]]
    working: frozenset[int]
    titles: dict[int, str] = field(default_factory=dict)  # of everybody posted: "PS 4471 Nair"

    def nearest_first(self, role: str, lineage: list[int]) -> Iterator[list[int]]:
        """People (ids) on duty in the role: over the unit itself, then over each ancestor up to the force."""
        for unit in reversed(lineage):
            yield [person for person in self.posted.get((role, unit), ()) if person in self.working]

    def people(self) -> set[int]:
        return {person for posted in self.posted.values() for person in posted}


def roster_of(roles: Iterable[str], units: Iterable[int], also: Iterable[int], at: datetime) -> Roster:
    """The roster for these roles over these units (ids) at the moment (UTC); `also` are people whose duty is asked too.

    Two queries, however many roles, units and people.
    """
    posted: dict[tuple[str, int], list[int]] = defaultdict(list)
    titles: dict[int, str] = {}
    # another system in a role hears nothing: it would count as told, and nobody would know
    people_posted = Posting.objects.current(at).filter(user__is_system=False)
    rows: Any = people_posted.filter(role__in=set(roles), unit_id__in=set(units)).order_by("pk")
    for role, unit, person, *names in rows.values_list("role", "unit_id", "user_id", *(f"user__{n}" for n in NAMED_BY)):
        if person not in posted[role, unit]:
            posted[role, unit].append(person)
        titles[person] = User(**dict(zip(NAMED_BY, names, strict=True))).short_title()
    people = {person for found in posted.values() for person in found} | set(also)
    return Roster({key: tuple(found) for key, found in posted.items()}, frozenset(on_duty(people, at)), titles)
