"""How alike a name or a birth date is to what was asked for, said in words. Pure: no database, no numbers shown.

Every likeness carries its sentence and how near it is; the nearness orders the answers and is never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop as N_

from people.models.birth import Birth, PartialDay

SAME, NEARLY, ROUGHLY, NOT_SAID, DIFFERENT = 0, 1, 2, 2, 4
FORENAME, SURNAME = "forename", "surname"


class Sayings(NamedTuple):
    """What is said of one part of a name. Whole sentences, so that each can be translated where it is shown."""

    same: str
    initial: str
    sounds: str
    swapped: str
    one_letter: str
    begins: str
    nearly: str
    differs: str


OF_PART = {
    FORENAME: Sayings(
        N_("Same forename"), N_("Same initial of the forename"), N_("Forename sounds alike"),
        N_("Two letters swapped in the forename"), N_("One letter differs in the forename"),
        N_("Forename begins alike"), N_("Forename is spelt nearly alike"), N_("Forename differs"),
    ),
    SURNAME: Sayings(
        N_("Same surname"), N_("Same initial of the surname"), N_("Surname sounds alike"),
        N_("Two letters swapped in the surname"), N_("One letter differs in the surname"),
        N_("Surname begins alike"), N_("Surname is spelt nearly alike"), N_("Surname differs"),
    ),
}  # fmt: skip


class Likeness(NamedTuple):
    """How near (0 is the same), in which words; no words where there is nothing to say."""

    far: int
    words: str


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a recorded name: which part of the name it is in, and how it sounds."""

    text: str
    side: str
    sounds: frozenset[str]


def recorded_words(words: Sequence[str], forename_plain: str, sounds: Sequence[str]) -> list[Word]:
    """The words of a recorded name, from the columns the database worked out: sounds are given twice over, in order."""
    forenames, count = len(forename_plain.split()), len(words)
    return [
        Word(word, FORENAME if place < forenames else SURNAME, frozenset(filter(None, sounds[place::count])))
        for place, word in enumerate(words)
    ]


def asked_words(forename: Sequence[str], surname: Sequence[str], sounds: Sequence[str]) -> list[Word]:
    """The same for what was asked."""
    return recorded_words([*forename, *surname], " ".join(forename), sounds)


def name_likeness(asked: list[Word], recorded: list[Word], *, placed: bool) -> list[Likeness]:
    """How each part of the name that was asked for stands to a recorded name. Nothing asked: nothing to say."""
    if not asked:
        return []
    sides = {word.side for word in asked}
    pairs = [(word, best_of(word, recorded)) for word in asked]
    crossed = len(sides) == 2 and all(found is None or found.side != word.side for word, found in pairs)
    if crossed and any(found for _, found in pairs):
        turned = [Likeness(SAME if not placed else NEARLY, N_("Names the other way round"))]
        return turned + [part for part in parts(pairs) if part.far]
    if len(sides) == 2 and all(found and found.text == word.text for word, found in pairs):
        return (
            [Likeness(SAME, N_("Same name"))]
            if len(asked) == len(recorded)
            else [Likeness(NEARLY, N_("Part of the name"))]
        )
    return parts(pairs)


def parts(pairs: list[tuple[Word, Word | None]]) -> list[Likeness]:
    """One likeness for each part of the name, the least alike of its words; the part is named as it was recorded."""
    found = []
    for side in (FORENAME, SURNAME):
        words = [word_likeness(asked, other) for asked, other in pairs if (other or asked).side == side]
        if words:
            found.append(min(words) if side == FORENAME else max(words))
    return found


def best_of(asked: Word, recorded: list[Word]) -> Word | None:
    """The recorded word nearest to the one asked for; one on the same side where two are equally near."""
    near = [(word_likeness(asked, word).far, word.side != asked.side, place) for place, word in enumerate(recorded)]
    best = min(near, default=(DIFFERENT, False, 0))
    return recorded[best[2]] if best[0] < DIFFERENT else None


def word_likeness(asked: Word, recorded: Word | None) -> Likeness:
    """How one word stands to another."""
    words = OF_PART[(recorded or asked).side]
    if recorded is None:
        return Likeness(DIFFERENT, words.differs)
    if asked.text == recorded.text:
        return Likeness(SAME, words.same)
    if len(asked.text) == 1 or len(recorded.text) == 1:
        alike = asked.text[0] == recorded.text[0]
        return Likeness(NEARLY if alike else DIFFERENT, words.initial)
    letters, sounds_alike = edits(asked.text, recorded.text), bool(asked.sounds & recorded.sounds)
    if sounds_alike:
        return Likeness(NEARLY if letters < 3 else ROUGHLY, words.sounds)
    if letters == 1:
        swapped = sorted(asked.text) == sorted(recorded.text)
        return Likeness(NEARLY, words.swapped if swapped else words.one_letter)
    if recorded.text.startswith(asked.text) or asked.text.startswith(recorded.text):
        return Likeness(ROUGHLY, words.begins)
    near = letters == 2 or letters == 3 and len(asked.text) > 7
    return Likeness(ROUGHLY if near else DIFFERENT, words.nearly)


def edits(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour to make one word of the other."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != wanted))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], wanted):
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def birth_likeness(asked: PartialDay | None, births: Iterable[Birth]) -> Likeness:
    """The nearest of somebody's recorded births to the one asked for."""
    if asked is None:
        return Likeness(SAME, "")
    return min((one_birth(asked, birth) for birth in births), default=Likeness(NOT_SAID, ""))


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
        return Likeness(NEARLY, N_("Day and month swapped"))
    if (born.month, born.day) == (whole.month, whole.day):
        return years_apart(abs(born.year - whole.year))
    same = (born.year == whole.year) + (born.month == whole.month) + (born.day == whole.day)
    if born.year == whole.year and same == 2:
        return Likeness(ROUGHLY, N_("Birth month differs") if born.day == whole.day else N_("Birth day differs"))
    return Likeness(DIFFERENT, N_("Birth date differs"))


def part_of_birth(asked: PartialDay, born: PartialDay) -> Likeness:
    """When only the year, or the month and year, was asked."""
    if abs(asked.year - born.year) > 1:
        return Likeness(DIFFERENT, N_("Birth year differs"))
    if asked.year != born.year:
        return Likeness(NEARLY, N_("Birth year one out"))
    if asked.month is None:
        return Likeness(SAME, N_("Same birth year"))
    if asked.month == born.month:
        return Likeness(SAME, N_("Same birth month and year"))
    return Likeness(ROUGHLY, N_("Same birth year"))


def years_apart(years: int) -> Likeness:
    """The same day of another year."""
    words: dict[Any, Likeness] = {
        1: Likeness(NEARLY, N_("Birth year one out")),
        10: Likeness(ROUGHLY, N_("Birth year ten out")),
    }
    return words.get(years, Likeness(DIFFERENT, N_("Birth year differs")))
