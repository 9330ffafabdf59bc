"""Which people it may be: the two questions put to the names, each answered by an index whatever was mistyped.

`by_name` asks for names of which one word is spelt like, sounds like or stands for a typed forename and one a typed surname,
in any order; the spelling is looked up among the distinct words, so its cost does not grow with the number of people.
`by_birth` asks for people born on the day, or on one that is easily taken for it. Neither looks at a name, a birth or an
address that the reader may not see, so what is hidden is found, counted, suggested and put first nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from functools import reduce
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import TrigramDistance
from django.db.models import (
    BooleanField,
    Case,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, ExtractYear, Least, NullIf

from people.models.birth import Birth, PartialDay
from people.models.name import NO_FORENAME, NO_SURNAME, NameWord, PersonName
from people.models.nickname import stands_for
from people.models.street import plain_letters, street_of
from people.models.whereabouts import Address

#: The best so many names of each question are compared. Who has more namesakes must say more.
CANDIDATES = 120
MOST_WORDS = 4  # of a forename or a surname; the first ones count
LONGEST = 60  # letters of a word: what is longer is no name, and is like none (the sound of a word is of its beginning)
MOST_READINGS = 4  # of the name as a whole, by which the nearest are chosen; all are looked for
SWITCHED_YEARS = (-1, 1, -2, 2, -10, 10)
YEARS_OUT = 2
WORDS = ArrayField(TextField())
#: What brings a name nearer than its spelling: somebody of about that age, who lived there, of that initial. Two of them
#: weigh no more than an exact name against one that is nothing like it.
RIGHT_AGE, RIGHT_PLACE, RIGHT_INITIAL = 0.5, 0.4, 0.4


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom somebody is looking for, as far as they can say. `placed`: they said which is forename and which surname.

    `where` is a place as it was said. It brings nearer who was ever there, and keeps nobody out.
    """

    forename: str = ""
    surname: str = ""
    born: PartialDay | None = None
    placed: bool = True
    where: str = ""

    @property
    def named(self) -> bool:
        return bool(words_of(self.forename) or words_of(self.surname))

    @property
    def answerable(self) -> bool:
        """Whether there is enough to look for: two letters of a name, or a whole birth date."""
        return self.named or bool(self.born and self.born.whole)

    @property
    def years(self) -> tuple[int, int] | None:
        """The years in which somebody of about that age was born."""
        return (
            (max(self.born.year - YEARS_OUT, MINYEAR), min(self.born.year + YEARS_OUT, MAXYEAR)) if self.born else None
        )

    def __str__(self) -> str:
        name = f"{self.forename} {self.surname}".strip()
        born = f"born {self.born}" if self.born else ""
        return ", ".join(part for part in (name, born, f"at {self.where}" if self.where else "") if part)


def in_one_box(typed: str, born: PartialDay | None = None, where: str = "") -> Sought:
    """As people type it: "Gary Pollitt", "Pollitt, Gary" or "Pollitt"."""
    surname, comma, forename = (part.strip() for part in typed.partition(","))
    if comma:
        return Sought(forename, surname, born, where=where)
    *first, last = typed.split() or [""]
    return Sought(" ".join(first), last, born, placed=False, where=where)


def tokens(typed: str) -> list[str]:
    """The words of a name as they were typed: letters, marks and numbers; apostrophes join, all else parts."""
    if typed.isascii():  # nearly every name
        return re.findall("[a-zA-Z0-9]+", typed.replace("'", "").replace("`", ""))
    text = unicodedata.normalize("NFKC", re.sub(r"['’‘`´]", "", typed))
    return "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in text).split()


def words_of(typed: str) -> list[str]:
    """The words to look for: of two letters or more, or one that is a word. `people_spelt` reduces them further."""
    return [word for word in tokens(typed) if len(word) > 1 or word > "\u2e80"][:MOST_WORDS]


def candidates(sought: Sought, cases: Any, open_cases: Any = None) -> QuerySet[PersonName, Any]:
    """The names to compare, as rows of ROW, from both questions in one statement. A name may come twice.

    `cases` are the ids of those that the reader may open, `open_cases` of those whose addresses they may read now.
    """
    asked = [nearest(by_name(sought, cases), sought, supports(sought, cases, open_cases))] if sought.named else []
    if sought.born and sought.born.whole:
        asked.append(nearest(by_birth(sought.born.whole, cases), sought, []))
    return reduce(lambda one, other: one.union(other, all=True), asked)


def by_name(sought: Sought, cases: Any) -> QuerySet[PersonName]:
    """Names like it. Indexes: nameword_letters, nameword_stubs, then personname_words and personname_sounds.

    Where both parts were asked for, a name of which one part was never said, or only its initial, is like it as well.
    """
    names = PersonName.objects.within(cases)
    parts = [(words_of(sought.forename), NO_FORENAME), (words_of(sought.surname), NO_SURNAME)]
    both = all(words for words, _ in parts)
    for words, missing in parts:
        if words:
            others = [other for word in words for other in stands_for(plain_letters(word))]
            initials = [plain_letters(word)[:1] for word in words] if both else []
            spelt = Q(words_plain__overlap=ArraySubquery(spellings(words)))
            spelt |= Q(words_plain__overlap=[*others, *filter(None, initials)] or [""])
            names = names.filter(spelt | Q(sounds__overlap=sounds(words, [missing] if both else [])))
    return names.filter(begins(sought)) if not both else names


def begins(sought: Sought) -> Q:
    """That a name has a word of each initial that was said, or one part of it was never said. Of a common surname there
    are tens of thousands: what is nearer is asked of these only.
    """
    asked = Q()
    for letter in initials_of(sought):
        there = Q(forename_plain__startswith=letter) | Q(forename_plain__contains=f" {letter}")
        there |= Q(surname_plain__startswith=letter) | Q(forename_plain="") | Q(surname_plain="")
        asked &= there
    return asked


def initials_of(sought: Sought) -> set[str]:
    """The single letters that were said."""
    words = (word for part in (sought.forename, sought.surname) for word in tokens(plain_letters(part)))
    return {word for word in words if len(word) == 1}


def by_birth(day: date, cases: Any) -> QuerySet[PersonName]:
    """Names of people born on such a day. Indexes: birth_day, then personname_of_person.

    The people are found first, as an array: joined, they would be looked for beneath every name there is.
    """
    born = Birth.objects.within(cases).filter(born_on__in=easily_taken_for(day))
    people = Func(ArraySubquery(born.values("person_id")), function="ANY")
    theirs = Func("person_id", people, template="%(expressions)s", arg_joiner=" = ", output_field=BooleanField())
    return PersonName.objects.within(cases).filter(theirs)


def nearest(names: QuerySet[PersonName], sought: Sought, nearer: list[Any]) -> QuerySet[PersonName, Any]:
    """The nearest of the names, as rows with what was asked beside them in the same plain words."""
    order: list[Any] = []
    if sought.named:
        full = Concat("forename_plain", Value(" "), "surname_plain", output_field=TextField())
        distances = [TrigramDistance(full, plain(said)) for said in wholes(sought)]
        far = Least(*distances) if len(distances) > 1 else distances[0]
        order = [reduce(lambda one, other: one - other, nearer, far)]
    asked = {
        "asked_forename": plain(sought.forename), "asked_surname": plain(sought.surname),
        "asked_sounds": Func(
            Value(sought.forename), Value(sought.surname), function="people_heard", output_field=WORDS
        ),
    }  # fmt: skip
    return names.annotate(**asked).order_by(*order, "-recorded_at", "-pk").values_list(*ROW, named=True)[:CANDIDATES]


ROW = (
    "person_id", "forename", "surname", "kind", "forename_plain", "surname_plain", "words_plain", "sounds", "recorded_at",
    "case__reference", "asked_forename", "asked_surname", "asked_sounds",
)  # fmt: skip


def wholes(sought: Sought) -> list[str]:
    """The name as it was said, and with the names its first word stands for."""
    first, *rest = words_of(sought.forename) or [""]
    others = [" ".join([other, *rest, sought.surname]) for other in stands_for(plain_letters(first))]
    return [f"{sought.forename} {sought.surname}", *others][: MOST_READINGS + 1]


def supports(sought: Sought, cases: Any, open_cases: Any) -> list[Any]:
    """What brings a name nearer, as numbers to be taken off its distance. Indexes: birth_of_person, address_of_person."""
    found: list[Any] = []
    if sought.years:
        first, last = date(sought.years[0], 1, 1), date(sought.years[1], 12, 31)
        about = Q(born_on__range=(first, last)) | Q(said__range=sought.years)
        births = Birth.objects.within(cases).alias(said=ExtractYear("recorded_at") - Coalesce("age_said", 9999))
        found.append(_once(births.filter(about), RIGHT_AGE))
    place = street_of(sought.where)
    if place and open_cases is not None:
        code = Func("postcode", Value(" "), Value(""), function="replace", output_field=TextField())
        there = Q(code__iexact=place.postcode) if place.postcode else Q(line__icontains=place.telling[0])
        found.append(_once(Address.objects.within(open_cases).alias(code=code).filter(there), RIGHT_PLACE))
    if initials := initials_of(sought):
        begins = reduce(lambda one, other: one | other, (Q(forename_plain__startswith=letter) for letter in initials))
        found.append(Case(When(begins, then=Value(RIGHT_INITIAL)), default=Value(0.0), output_field=FloatField()))
    return found


def _once(facts: Any, weight: float) -> Any:
    """The weight, where the person has such a fact. A number and no EXISTS: that might be asked of everybody at once."""
    theirs = facts.filter(person=OuterRef("person")).order_by().values_list(Value(weight, FloatField()))
    return Coalesce(Subquery(theirs[:1]), Value(0.0), output_field=FloatField())


def spellings(words: list[str]) -> QuerySet[NameWord, Any]:
    """The words that occur in names and are spelt like one of these."""
    near = [NameWord.objects.spelt_like(plain(word)) for word in words]
    near += [NameWord.objects.one_slip_from(plain(word)) for word in words]
    return reduce(lambda one, other: one.union(other), near)


def sounds(words: list[str], besides: list[str]) -> Func:
    """How these words sound, each in two ways, and neighbours as one word; one without a sound is like nothing."""
    ways = ("dmetaphone", "dmetaphone_alt")
    said = [*words, *(one + other for one, other in zip(words, words[1:], strict=False))]
    said += ["".join(words)] if len(words) > 2 else []
    said = [word if len(word) <= LONGEST else "" for word in said]
    codes = [Func(plain(word), function=way, output_field=TextField()) for word in said for way in ways]
    known = [*(NullIf(code, Value("")) for code in codes), *map(Value, besides)]
    return Func(*known, template="ARRAY[%(expressions)s]", output_field=WORDS)


def plain(text: str) -> Any:
    """The text as the plain columns have it; constant, so that PostgreSQL works it out once."""
    return Func(Value(text), function="people_spelt", output_field=TextField())


def easily_taken_for(day: date) -> list[date]:
    """The day itself, with day and month swapped, a year or two or ten out."""
    near = [(day.year, day.month, day.day), (day.year, day.day, day.month)]
    near += [(day.year + years, day.month, day.day) for years in SWITCHED_YEARS]
    return [found for parts in near if (found := real_day(*parts))]


def real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
