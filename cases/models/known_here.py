"""What a case itself has learned of the names and birth dates of its people: what is searched in other systems."""

from __future__ import annotations

from dataclasses import dataclass, field

from cases.models.involvement import Involvement
from cases.models.taking_part import parts_in
from people.models import Birth, PersonName


@dataclass(slots=True)
class KnownHere:
    """By person id; names the newest first, births as 1988-01-30."""

    parts: dict[int, str] = field(default_factory=dict)
    names: dict[int, list[str]] = field(default_factory=dict)
    births: dict[int, list[str]] = field(default_factory=dict)

    @property
    def choices(self) -> list[tuple[int, str]]:
        """Everybody with a part in the case: "Daniel Reeve (suspect)"."""
        return [
            (person, f"{next(iter(self.names.get(person, [])), part)} ({part.lower()})")
            for person, part in self.parts.items()
        ]

    @property
    def looked_for_first(self) -> int | None:
        """The suspect, where there is one only: most checks are about him."""
        suspect = str(Involvement.Part.SUSPECT.label)
        suspects = [person for person, part in self.parts.items() if part == suspect]
        return suspects[0] if len(suspects) == 1 else None


def known_here(case: int | None) -> KnownHere:
    """Three queries, one more where no incident names anybody. Whoever may open the case may read what it learned."""
    here = KnownHere()
    if case is None:
        return here
    for part in parts_in(case):
        here.parts.setdefault(part.person_id, part.label)
    names = PersonName.objects.standing().filter(case=case, person__in=here.parts)
    for name in names.exclude(kind=PersonName.Kind.NOT_KNOWN).order_by("-recorded_at", "-pk"):
        spelt = here.names.setdefault(name.person_id, [])
        if (words := f"{name.forename} {name.surname}".strip()) not in spelt:
            spelt.append(words)
    births = Birth.objects.standing().filter(case=case, person__in=here.parts, born_on__isnull=False)
    for birth in births.order_by("-recorded_at", "-pk"):
        dates = here.births.setdefault(birth.person_id, [])
        exact = birth.born_on.isoformat()
        if (day := exact[:4] if birth.approximate else exact) not in dates:
            dates.append(day)
    return here
