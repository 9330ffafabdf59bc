"""What our own records know besides of whoever is looked for: other names, spellings and birth dates, to be searched too.

“Nothing found” is worth as much as what was searched (H2): a force told somebody that nothing was held, and had looked for
one spelling. Everything here is within what the person who looks may see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models.systems import as_typed
from people.models import Birth, PartialDay, PersonName
from people.models.search import Sought
from people.services.finding import Match, look_for

ALIKE = 6  # people who may be the same: more are more likely to be namesakes
MOST_NAMES, MOST_BIRTHS = 12, 6


@dataclass(frozen=True, slots=True)
class Alternatives:
    """`names` as they are written; `births` as 1988-01-30 or 1988."""

    names: tuple[str, ...] = ()
    births: tuple[str, ...] = ()

    def besides(self, searched: Iterable[str]) -> Alternatives:
        """What is left when these names and dates were searched; case and spaces make no other name."""
        done = {plain(text) for text in searched}
        return Alternatives(
            tuple(name for name in self.names if plain(name) not in done),
            tuple(birth for birth in self.births if plain(birth) not in done),
        )

    @property
    def terms(self) -> list[str]:
        """Names, then dates, as a page and a record show them."""
        return [*self.names, *(as_typed(birth) for birth in self.births)]

    def __bool__(self) -> bool:
        return bool(self.names or self.births)


def plain(text: str) -> str:
    return " ".join(text.casefold().split())


def alternatives(person: int | None, user: User) -> Alternatives:
    """Every name and birth date recorded of somebody in any case, day and month swapped, and those of people in our records
    who may be the same: alike in name and in birth date. Five queries; nobody, none.
    """
    if person is None:
        return Alternatives()
    rows = PersonName.objects.known_to(user).of([person]).exclude(kind=PersonName.Kind.NOT_KNOWN)
    known = list(rows.order_by("-recorded_at", "-pk"))
    births = list(Birth.objects.known_to(user).of([person]).order_by("-recorded_at", "-pk"))
    names = [f"{row.forename} {row.surname}".strip() for row in known]
    dates = [written(birth) for birth in births if birth.born_on]
    for match in alike(known, births, person, user):
        names.append(match.name)
        dates += [match.born_on.isoformat()] if match.born_on else []
    dates += [other for birth in births if (other := swapped(birth))]
    return Alternatives(each_once(names)[:MOST_NAMES], each_once(dates)[:MOST_BIRTHS])


def alike(names: list[PersonName], births: list[Birth], person: int, user: User) -> list[Match]:
    """People who may be the same: their name and their birth date both speak for it. No search of the reader: the program asks."""
    born = next((birth.born_on for birth in births if birth.born_on and not birth.approximate), None)
    if not names or born is None:
        return []
    sought = Sought(names[0].forename, names[0].surname, PartialDay(born.year, born.month, born.day))
    found = look_for(sought, user=user, limit=ALIKE, heard=False).matches
    return [match for match in found if match.person_id != person and speaks_twice(match)]


def speaks_twice(match: Match) -> bool:
    parts = {reason.part for reason in match.reasons if not reason.weak}
    return {_("Name"), _("Birth date")} <= parts


def written(birth: Birth) -> str:
    exact: str = birth.born_on.isoformat() if birth.born_on else ""
    return exact[:4] if birth.approximate else exact


def swapped(birth: Birth) -> str:
    """Day and month the other way round, where that is a day too; "" where it is none, or the same."""
    day = birth.born_on
    if day is None or birth.approximate or day.day > 12 or day.day == day.month:
        return ""
    return date(day.year, day.day, day.month).isoformat()


def each_once(texts: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text in texts:
        if text:
            found.setdefault(plain(text), text)
    return tuple(found.values())
