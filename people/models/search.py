"""Which people it may be: the two questions put to the names, each answered by an index whatever was mistyped.

`by_name` asks for names of which one word is spelt or sounds like a typed forename and one like a typed surname, in any
order; the spelling is looked up among the distinct words, so its cost does not grow with the number of people.
`by_birth` asks for people born on the day, or on one that is easily taken for it. Neither looks at a name or a birth
that the reader may not see, so what is hidden is found, counted and suggested nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import TrigramDistance
from django.db.models import BooleanField, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, NullIf

from people.models.birth import Birth, PartialDay
from people.models.name import SHORT, NameWord, PersonName

#: The best so many names of each question are compared. Who has more namesakes must say more.
CANDIDATES = 120
MOST_WORDS = 4  # of a forename or a surname; the first ones count
SWITCHED_YEARS = (-1, 1, -10, 10)
WORDS = ArrayField(TextField())


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom somebody is looking for, as far as they can say. `placed`: they said which is forename and which surname."""

    forename: str = ""
    surname: str = ""
    born: PartialDay | None = None
    placed: bool = True

    @property
    def named(self) -> bool:
        return bool(words_of(self.forename) or words_of(self.surname))

    @property
    def answerable(self) -> bool:
        """Whether there is enough to look for: two letters of a name, or a whole birth date."""
        return self.named or bool(self.born and self.born.whole)

    def __str__(self) -> str:
        name = f"{self.forename} {self.surname}".strip()
        return ", ".join(part for part in (name, f"born {self.born}" if self.born else "") if part)


def in_one_box(typed: str, born: PartialDay | None = None) -> Sought:
    """As people type it: "Gary Pollitt", "Pollitt, Gary" or "Pollitt"."""
    surname, comma, forename = (part.strip() for part in typed.partition(","))
    if comma:
        return Sought(forename, surname, born)
    *first, last = typed.split() or [""]
    return Sought(" ".join(first), last, born, placed=False)


def words_of(typed: str) -> list[str]:
    """The words to look for: of two letters or more, without apostrophes. `people_plain` reduces them further."""
    words = re.split(r"[\W_]+", re.sub(r"['’‘`´]", "", typed))
    return [word for word in words if len(word) > 1][:MOST_WORDS]


def candidates(sought: Sought, cases: Any) -> QuerySet[PersonName, Any]:
    """The names to compare, as rows of ROW, from both questions in one statement. A name may come twice.

    `cases` are the ids of those that the reader may open.
    """
    asked = [by_name(sought, cases)] if sought.named else []
    if sought.born and sought.born.whole:
        asked.append(by_birth(sought.born.whole, cases))
    rows = [nearest(names, sought) for names in asked]
    return reduce(lambda one, other: one.union(other, all=True), rows)


def by_name(sought: Sought, cases: Any) -> QuerySet[PersonName]:
    """Names like it. Indexes: nameword_letters, nameword_length, then personname_words and personname_sounds."""
    names = PersonName.objects.within(cases)
    for words in filter(None, (words_of(sought.forename), words_of(sought.surname))):
        spelt = Q(words_plain__overlap=ArraySubquery(spellings(words)))
        names = names.filter(spelt | Q(sounds__overlap=sounds(words)))
    return names


def by_birth(day: date, cases: Any) -> QuerySet[PersonName]:
    """Names of people born on such a day. Indexes: birth_day, then personname_of_person.

    The people are found first, as an array: joined, they would be looked for beneath every name there is.
    """
    born = Birth.objects.within(cases).filter(born_on__in=easily_taken_for(day))
    people = Func(ArraySubquery(born.values("person_id")), function="ANY")
    theirs = Func("person_id", people, template="%(expressions)s", arg_joiner=" = ", output_field=BooleanField())
    return PersonName.objects.within(cases).filter(theirs)


def nearest(names: QuerySet[PersonName], sought: Sought) -> QuerySet[PersonName, Any]:
    """The nearest of the names, as rows with what was asked beside them in the same plain words."""
    full = Concat("forename_plain", Value(" "), "surname_plain", output_field=TextField())
    nearness = [TrigramDistance(full, plain(f"{sought.forename} {sought.surname}"))] if sought.named else []
    asked = {
        "asked_forename": Func(Value(sought.forename), Value(""), function="people_words", output_field=WORDS),
        "asked_surname": Func(Value(""), Value(sought.surname), function="people_words", output_field=WORDS),
        "asked_sounds": Func(
            Value(sought.forename), Value(sought.surname), function="people_sounds", output_field=WORDS
        ),
    }
    return names.annotate(**asked).order_by(*nearness, "-recorded_at", "-pk").values_list(*ROW, named=True)[:CANDIDATES]


ROW = (
    "person_id", "forename", "surname", "kind", "forename_plain", "words_plain", "sounds", "recorded_at",
    "case__reference", "asked_forename", "asked_surname", "asked_sounds",
)  # fmt: skip


def spellings(words: list[str]) -> QuerySet[NameWord, Any]:
    """The words that occur in names and are spelt like one of these."""
    near = [NameWord.objects.spelt_like(plain(word)) for word in words]
    near += [NameWord.objects.one_letter_from(plain(word), len(word)) for word in words if len(word) <= SHORT]
    return reduce(lambda one, other: one.union(other), near)


def sounds(words: list[str]) -> Func:
    """How these words sound, each in two ways; one without a sound (not Latin letters) is like nothing."""
    ways = ("dmetaphone", "dmetaphone_alt")
    codes = [Func(plain(word), function=way, output_field=TextField()) for word in words for way in ways]
    return Func(*(NullIf(code, Value("")) for code in codes), template="ARRAY[%(expressions)s]", output_field=WORDS)


def plain(text: str) -> Any:
    """The text as the plain columns have it; constant, so that PostgreSQL works it out once."""
    return Func(Value(text), function="people_plain", output_field=TextField())


def easily_taken_for(day: date) -> list[date]:
    """The day itself, with day and month swapped, a year or ten out."""
    near = [(day.year, day.month, day.day), (day.year, day.day, day.month)]
    near += [(day.year + years, day.month, day.day) for years in SWITCHED_YEARS]
    return [found for parts in near if (found := real_day(*parts))]


def real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
