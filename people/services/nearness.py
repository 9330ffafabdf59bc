"""How a birth date and a place stand to what was asked for, said in words. Pure, as `likeness` is, of which it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop as N_

from people.models.birth import MONTHS, Birth, PartialDay
from people.models.street import Street, street_of
from people.services.likeness import DIFFERENT, NEARLY, NOT_SAID, ROUGHLY, SAME, Likeness, edits
from workflow.clock import LONDON


def birth_likeness(asked: PartialDay | None, births: Iterable[Birth]) -> Likeness:
    """The nearest of somebody's recorded births to the one asked for."""
    if asked is None:
        return Likeness(SAME, "")
    found = (one_birth(asked, birth) for birth in births)
    return min(found, key=lambda one: one.nearness, default=Likeness(NOT_SAID, ""))


def one_birth(asked: PartialDay, birth: Birth) -> Likeness:
    """How a birth date stands to the one asked for."""
    if birth.born_on is None or birth.approximate:
        about = abs(birth.year - asked.year) <= (2 if birth.born_on is None else 1)
        return Likeness(NEARLY, N_("About the right age")) if about else Likeness(DIFFERENT, N_("Age differs"))
    born, whole = birth.born_on, asked.whole
    if whole is None:
        return part_of_birth(asked, PartialDay(born.year, born.month, born.day))
    if born == whole:
        return Likeness(SAME, N_("Same birth date"))
    if (born.year, born.month, born.day) == (whole.year, whole.day, whole.month):
        days = {"asked": day_and_month(whole), "other": day_and_month(born)}
        return Likeness(NEARLY, N_("Day and month swapped: %(asked)s, %(other)s"), said=days)
    if (born.month, born.day) == (whole.month, whole.day):
        return years_apart(abs(born.year - whole.year))
    same = (born.year == whole.year) + (born.month == whole.month) + (born.day == whole.day)
    if born.year == whole.year and same == 2:
        return Likeness(ROUGHLY, N_("Birth month differs") if born.day == whole.day else N_("Birth day differs"))
    return Likeness(DIFFERENT, N_("Birth date differs"))


def day_and_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def part_of_birth(asked: PartialDay, born: PartialDay) -> Likeness:
    """When only the year, or the month and year, was asked."""
    apart = abs(asked.year - born.year)
    if apart:
        return years_apart(apart)
    if asked.month is None:
        return Likeness(SAME, N_("Same birth year"))
    if asked.month == born.month:
        return Likeness(SAME, N_("Same birth month and year"))
    return Likeness(ROUGHLY, N_("Same birth year"))


def years_apart(years: int) -> Likeness:
    """The same day of another year."""
    words: dict[Any, Likeness] = {
        1: Likeness(NEARLY, N_("Birth year one out")),
        2: Likeness(ROUGHLY, N_("Birth year two out")),
        10: Likeness(ROUGHLY, N_("Birth year ten out")),
    }
    return words.get(years, Likeness(DIFFERENT, N_("Birth year differs")))


@dataclass(frozen=True, slots=True)
class Lived:
    """An address as the search knows it. `opened`: the reader may read it; the rest is only used where they may. `span`:
    from when to when, as far as it was said; `over`: it has ended.
    """

    line: str
    postcode: str
    recorded_at: datetime
    opened: bool
    span: str = ""
    over: bool = False

    @property
    def words(self) -> str:
        return ", ".join(filter(None, (self.line, self.postcode)))


def place_likeness(place: Street, lived: Sequence[Lived]) -> Likeness:
    """The nearest of somebody's addresses, newest first, to the place asked for. A place that is another says nothing."""
    if not place:
        return Likeness(SAME, "")
    readable = [one for one in lived if one.opened]
    found = [(far, place_of) for place_of, one in enumerate(readable) if (far := place_apart(place, one)) is not None]
    if not found:
        return Likeness(NOT_SAID, "")
    far, first = min(found)
    return Likeness(far, *place_words(far, readable, first))


def place_words(far: int, lived: list[Lived], at: int) -> tuple[str, int, dict[str, str]]:
    """The sentence, and what fills it: which place, and from when to when it was theirs, or the newest that was known."""
    one = lived[at]
    said = {"place": one.words, "span": one.span, "since": month(one.recorded_at)}
    if far == ROUGHLY:
        return N_("%(place)s: a place of the same name"), 0, said
    if one.span:
        return (
            N_("%(place)s was an address, %(span)s") if one.over else N_("%(place)s is an address, %(span)s"),
            0,
            said,
        )
    if at == 0:
        return N_("%(place)s is the newest address, recorded in %(since)s"), 0, said
    said["until"] = month(lived[at - 1].recorded_at)
    return N_("%(place)s was an address, %(since)s to %(until)s"), at, said


def month(moment: datetime) -> str:
    day = moment.astimezone(LONDON)
    return f"{MONTHS[day.month - 1]} {day.year}"


def place_apart(asked: Street, lived: Lived) -> int | None:
    """How far an address is from a place: the same, the same street, a place of that name; None where it is another."""
    known = street_of(lived.line, lived.postcode)
    if asked.postcode and asked.postcode == known.postcode:
        return NEARLY if asked.number and known.number and asked.number != known.number else SAME
    if not asked.telling:
        return None
    alike = [any(alike_words(word, other) for other in known.words) for word in asked.telling]
    if not any(alike):
        return None
    if not alike[0]:  # the street comes first of what people say, then the town
        return ROUGHLY
    other_house = asked.number and known.number and asked.number != known.number
    return NEARLY if other_house or not all(alike) else SAME


def alike_words(one: str, other: str) -> bool:
    return one == other or len(one) > 4 and edits(one, other) <= 1
