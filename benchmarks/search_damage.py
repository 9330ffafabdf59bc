"""THE TABLE of what goes wrong when a name is heard, typed or remembered: each a way to ask wrongly for somebody known."""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from benchmarks.search_names import CYRILLIC, MEN, SHORT_FOR, SURNAMES, WOMEN
from benchmarks.search_people import SHORTS, Truth
from people.models import PartialDay
from people.models.nickname import SPELLING, rows
from people.models.search import Sought, real_day

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SPELLINGS = {row.name: row.others for row in rows() if row.how == SPELLING}
#: Pairs of spellings that sound alike in English, as they are confused over a telephone.
ALIKE = (
    ("ph", "f"), ("ck", "k"), ("ie", "y"), ("ee", "ea"), ("ai", "ay"), ("ou", "u"), ("tt", "t"), ("ll", "l"), ("ss", "s"),
    ("nn", "n"), ("rr", "r"), ("th", "t"), ("c", "k"), ("z", "s"), ("y", "i"), ("sh", "ch"), ("w", "wh"), ("j", "g"),
    ("mm", "m"), ("oo", "u"), ("er", "or"), ("en", "an"), ("on", "en"), ("el", "le"), ("ow", "oe"), ("v", "f"),
)  # fmt: skip
Damage = Callable[[Truth, random.Random], Sought | str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One damage. `asks` gives what is typed: a Sought, the piece of a number, or None where it cannot befall that person.

    `namesakes`: neither birth date nor address is asked, so somebody else of the very same recorded name is as good an
    answer: nobody could tell them apart. `own`: asked only of people whose address stands in a folder of the reader's team.
    """

    name: str
    label: str
    asks: Damage
    namesakes: bool = False
    own: bool = False
    target: float = 0.98


def whole(truth: Truth) -> Sought:
    """As it is recorded."""
    return Sought(truth.forename, truth.surname, day_of(truth.born))


def as_recorded(truth: Truth, chance: random.Random) -> Sought:
    return whole(truth)


def day_of(born: date | None) -> PartialDay | None:
    return PartialDay(born.year, born.month, born.day) if born else None


def slip(word: str, chance: random.Random) -> str:
    """One letter dropped, doubled, other, or swapped with its neighbour; never the word as it was."""
    made = word
    while made.lower() == word.lower():
        made = one_slip(word, chance)
    return made


def one_slip(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    return chance.choice([
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
        word[:place] + chance.choice(LETTERS) + word[place + 1 :],
        word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :] if place else word[1:2] + word[:1] + word[2:],
    ])  # fmt: skip


def typo(truth: Truth, chance: random.Random) -> Sought | None:
    """One slip, in either part."""
    sought = whole(truth)
    if chance.random() < 0.5 and len(truth.forename) > 3:
        return replace(sought, forename=slip(truth.forename, chance))
    return replace(sought, surname=slip(truth.surname, chance)) if len(truth.surname) > 3 else None


def two_typos(truth: Truth, chance: random.Random) -> Sought | None:
    """One in each part, or two in the surname."""
    if len(truth.surname) < 5 or len(truth.forename) < 4:
        return None
    if chance.random() < 0.5:
        return replace(whole(truth), forename=slip(truth.forename, chance), surname=slip(truth.surname, chance))
    return replace(whole(truth), surname=slip(slip(truth.surname, chance), chance))


def typo_and_swap(truth: Truth, chance: random.Random) -> Sought | None:
    """What the journeys do: a misspelt name and a swapped birth date."""
    sought, swapped_day = typo(truth, chance), day_month(truth, chance)
    return replace(sought, born=swapped_day.born) if sought and swapped_day else None


def without_date(asks: Damage) -> Damage:
    def asked(truth: Truth, chance: random.Random) -> Sought | str | None:
        sought = asks(truth, chance)
        return replace(sought, born=None) if isinstance(sought, Sought) else None

    return asked


def sounded(word: str, chance: random.Random) -> str:
    ways = [(one, other) for pair in ALIKE for one, other in (pair, pair[::-1]) if one in word.lower()]
    if not ways:
        return word
    one, other = chance.choice(ways)
    place = word.lower().rindex(one)
    return word[:place] + other + word[place + len(one) :]


def sound_alike(truth: Truth, chance: random.Random) -> Sought | None:
    surname, forename = sounded(truth.surname, chance), sounded(truth.forename, chance)
    sought = replace(whole(truth), surname=surname, forename=forename)
    return sought if (surname, forename) != (truth.surname, truth.forename) else None


def swapped(truth: Truth, chance: random.Random) -> Sought:
    return replace(whole(truth), forename=truth.surname, surname=truth.forename)


def nickname(truth: Truth, chance: random.Random) -> Sought | None:
    others = SHORTS.get(truth.forename.split()[0].lower())
    return replace(whole(truth), forename=chance.choice(others).capitalize()) if others else None


def short_name(truth: Truth, chance: random.Random) -> Sought | None:
    """One that this program knows by itself, not from the table by which the product finds them."""
    others = SHORT_FOR.get(truth.forename.split()[0], "").split()
    return replace(whole(truth), forename=chance.choice(others)) if others else None


def popular(asks: Damage) -> Damage:
    """Of people with one of the commonest names alone: those who have the most namesakes."""
    common = frozenset(SURNAMES[:30]), frozenset((*WOMEN[:40], *MEN[:40]))

    def asked(truth: Truth, chance: random.Random) -> Sought | str | None:
        return asks(truth, chance) if truth.surname in common[0] and truth.forename in common[1] else None

    return asked


def other_spelling(truth: Truth, chance: random.Random) -> Sought | None:
    others = SPELLINGS.get(truth.forename.split()[0].lower())
    return replace(whole(truth), forename=chance.choice(others).capitalize()) if others else None


def maiden(truth: Truth, chance: random.Random) -> Sought | None:
    return replace(whole(truth), surname=truth.maiden) if truth.maiden else None


def other_surname(truth: Truth, chance: random.Random) -> Sought | None:
    """A name nobody recorded: the forename and the birth date are what is left."""
    return replace(whole(truth), surname="Quillfeather")


def initials(truth: Truth, chance: random.Random) -> Sought:
    return replace(whole(truth), forename=truth.forename[0])


def first_word(truth: Truth, chance: random.Random) -> Sought | None:
    """One half of a double-barrelled surname, without middle names."""
    halves = truth.surname.split("-")
    return replace(whole(truth), forename=truth.forename.split()[0], surname=halves[-1]) if len(halves) > 1 else None


def beginning(truth: Truth, chance: random.Random) -> Sought | None:
    """As much of each as was on the torn paper."""
    if len(truth.forename) < 5 or len(truth.surname) < 6:
        return None
    return replace(whole(truth), forename=truth.forename[:4], surname=truth.surname[:5])


def other_letters(truth: Truth, chance: random.Random) -> Sought | None:
    latin = dict(CYRILLIC).get(truth.forename.split()[0])
    return replace(whole(truth), forename=latin) if latin else None


def day_month(truth: Truth, chance: random.Random) -> Sought | None:
    day = truth.born and truth.exactly and real_day(truth.born.year, truth.born.day, truth.born.month)
    return replace(whole(truth), born=day_of(day)) if day and day != truth.born else None


def years_out(years: int) -> Damage:
    def asks(truth: Truth, chance: random.Random) -> Sought | None:
        if truth.born is None or not truth.exactly:
            return None
        year = truth.born.year + chance.choice([-years, years])
        day = min(truth.born.day, monthrange(year, truth.born.month)[1])
        return replace(whole(truth), born=PartialDay(year, truth.born.month, day))

    return asks


def year_alone(truth: Truth, chance: random.Random) -> Sought | None:
    return replace(whole(truth), born=PartialDay(truth.born.year)) if truth.born else None


def about(truth: Truth, chance: random.Random) -> Sought | None:
    """The whole date is asked, and only about the year is recorded."""
    return whole(truth) if truth.born and not truth.exactly else None


def with_place(truth: Truth, chance: random.Random) -> Sought | None:
    """No birth date, a misspelt name, and the street."""
    sought = typo(truth, chance)
    return replace(sought, born=None, where=truth.street.replace("Street", "st").lower()) if sought else None


def fragment(truth: Truth, chance: random.Random) -> str | None:
    """Seven digits out of a telephone number."""
    start = chance.randrange(1, 4)
    return truth.telephone[start : start + 7] if truth.telephone else None


def dated(asks: Damage) -> Damage:
    """Only of people whose whole birth date is recorded."""
    return lambda truth, chance: asks(truth, chance) if truth.born and truth.exactly else None


# fmt: off
DAMAGES = (
    Row("none",        "nothing: as it is recorded",               dated(as_recorded)),
    Row("typo",        "a typo",                                   dated(typo)),
    Row("two typos",   "two typos",                                dated(two_typos)),
    Row("sound",       "sounds alike",                             dated(sound_alike)),
    Row("swapped",     "forename and surname swapped",             dated(swapped)),
    Row("nickname",    "a short name, of the product's table",     dated(nickname)),
    Row("short",       "a short name, of a list of its own",       dated(short_name)),
    Row("spelling",    "another spelling of the forename",         dated(other_spelling)),
    Row("maiden",      "the maiden name",                          dated(maiden)),
    Row("surname",     "a surname nobody recorded",                dated(other_surname)),
    Row("initials",    "an initial for the forename",              dated(initials)),
    Row("half",        "half of a double-barrelled surname",       dated(first_word)),
    Row("beginning",   "the beginnings of both",                   dated(beginning)),
    Row("letters",     "Latin letters for Cyrillic ones",          dated(other_letters)),
    Row("day month",   "day and month swapped",                    day_month),
    Row("year one",    "year one out",                             years_out(1)),
    Row("year two",    "year two out",                             years_out(2)),
    Row("both",        "a typo, and day and month swapped",        dated(typo_and_swap)),
    Row("year alone",  "the year alone, of a whole date",          year_alone, namesakes=True),
    Row("popular",     "one of the commonest names, a typo in it", dated(popular(typo))),
    Row("popular day", "the same, and day and month swapped",      dated(popular(typo_and_swap))),
    Row("about",       "a whole date, where the year alone is known", about, namesakes=True),
    Row("no date",     "no birth date",                            without_date(as_recorded), namesakes=True),
    Row("typo alone",  "a typo, no birth date",                    without_date(typo), namesakes=True),
    Row("place",       "a typo, no birth date, the street",        with_place, own=True),
    Row("number",      "seven digits of a telephone number",       fragment),
)
# fmt: on
