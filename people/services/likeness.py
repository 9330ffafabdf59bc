"""How alike a name is to what was asked for, said in words. Pure: no database, no numbers shown.

Every likeness carries its sentence and how near it is; the nearness orders the answers and is never shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from people.models.nickname import SPELLING, TONGUE, is_short_for, reading
from people.models.search import LONGEST, tokens

SAME, NEARLY, ROUGHLY, NOT_SAID, DIFFERENT = 0, 1, 2, 2, 4
FORENAME, SURNAME = "forename", "surname"
MANY = 3  # edits; two words are alike by their letters only below it
NOBODY: Mapping[str, str] = MappingProxyType({})


class Likeness(NamedTuple):
    """How near (0 is the same), how many letters are between them, in which words; no words where there is nothing to say.

    `words` is a whole sentence with gaps, so that it can be translated where it is shown; `said` fills them.
    """

    far: int
    words: str
    off: int = 0
    said: Mapping[str, str] = NOBODY

    @property
    def sentence(self) -> str:
        return _(self.words) % self.said if self.words else ""

    @property
    def nearness(self) -> tuple[int, int]:
        return self.far, self.off

    @property
    def speaks(self) -> bool:
        """Whether it is a reason to think that it is the same person."""
        return self.far < DIFFERENT and bool(self.words) and self.words not in NONE_OF.values()


SAME_OF = {FORENAME: N_("Same forename"), SURNAME: N_("Same surname")}
DIFFERS_OF = {FORENAME: N_("Forename differs: %(other)s"), SURNAME: N_("Surname differs: %(other)s")}
#: These speak for nobody: the part of the name is not recorded.
NONE_OF = {FORENAME: N_("No forename is known"), SURNAME: N_("No surname is known")}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: as it was written, in plain letters, which part of the name it is in, and how it sounds."""

    text: str
    side: str
    sounds: frozenset[str]
    written: str = ""

    @property
    def shown(self) -> str:
        return self.written or self.text.capitalize()

    @property
    def in_latin(self) -> bool:
        return all(letter < "\u0250" for letter in self.written)


class Pair(NamedTuple):
    """A word that was asked for, the recorded word nearest to it, and how near that is; none where nothing is like it."""

    asked: Word
    found: Word | None
    likeness: Likeness | None


def words_in(forename_plain: str, surname_plain: str, sounds: Sequence[str], written: tuple[str, str]) -> list[Word]:
    """The words of a name, from what the database worked out: sounds are given twice over, in order, then others."""
    plain = [(word, FORENAME) for word in forename_plain.split()] + [(word, SURNAME) for word in surname_plain.split()]
    count = len(plain)
    as_written = [*_written(written[0], forename_plain), *_written(written[1], surname_plain)]
    return [
        Word(word, side, frozenset(filter(None, (sounds[place], sounds[place + count]))), as_written[place])
        for place, (word, side) in enumerate(plain)
    ]


def _written(text: str, plain: str) -> list[str]:
    """The words as they were written, where each became one plain word; as a heading has them."""
    words, count = tokens(text), len(plain.split())
    said = [word.capitalize() if word.islower() or word.isupper() else word for word in words]
    return said if len(said) == count else [""] * count


def name_likeness(asked: list[Word], recorded: list[Word], *, placed: bool) -> list[Likeness]:
    """How each part of the name that was asked for stands to a recorded name. Nothing asked: nothing to say."""
    if not asked:
        return []
    sides = {word.side for word in asked}
    pairs = [best_of(word, recorded) for word in asked]
    crossed = len(sides) == 2 and all(pair.found is None or pair.found.side != pair.asked.side for pair in pairs)
    if crossed and any(pair.found for pair in pairs):
        turned = [Likeness(SAME if not placed else NEARLY, N_("Names the other way round"))]
        return turned + [part for part in parts(pairs, recorded) if part.far]
    if len(sides) == 2 and all(pair.found and pair.found.text == pair.asked.text for pair in pairs):
        return [whole_name(pairs, recorded)]
    return parts(pairs, recorded)


def whole_name(pairs: list[Pair], recorded: list[Word]) -> Likeness:
    """Every word that was asked for is there."""
    if len(pairs) != len(recorded):
        return Likeness(NEARLY, N_("Part of the name"))
    if all(pair.found and pair.asked.in_latin == pair.found.in_latin for pair in pairs):
        return Likeness(SAME, N_("Same name"))
    name = " ".join(word.shown for word in recorded)
    return Likeness(SAME, N_("Same name in other letters: %(other)s"), said={"other": name})


def parts(pairs: list[Pair], recorded: list[Word]) -> list[Likeness]:
    """One likeness for each part of the name; the part is named as it was recorded."""
    found = []
    for side in (FORENAME, SURNAME):
        mine = [pair for pair in pairs if (pair.found or pair.asked).side == side]
        if not mine:
            continue
        words = [pair.likeness or differs(pair.asked, recorded) for pair in mine]
        one = of_forenames(words) if side == FORENAME else of_surname(words, recorded)
        together = written_together([pair.asked for pair in mine], [word for word in recorded if word.side == side])
        found.append(min(filter(None, (one, together)), key=lambda word: word.nearness))
    return found


def of_forenames(words: list[Likeness]) -> Likeness:
    """The nearest of them: not everybody says their middle name."""
    best = min(words, key=lambda word: word.nearness)
    apart = best.far == SAME and any(word.far >= DIFFERENT for word in words)
    return best._replace(far=NEARLY) if apart else best


def of_surname(words: list[Likeness], recorded: list[Word]) -> Likeness:
    """The farthest of them, unless one half of it is there: not everybody says both."""
    best, worst = min(words, key=lambda word: word.nearness), max(words, key=lambda word: word.nearness)
    if worst.far < DIFFERENT or best.far > NEARLY:
        return worst
    name = " ".join(word.shown for word in recorded if word.side == SURNAME)
    return Likeness(ROUGHLY, N_("Part of the surname: %(other)s"), best.off, {"other": name})


def written_together(asked: list[Word], recorded: list[Word]) -> Likeness | None:
    """Jo Anne and Joanne, van der Steen and Vandersteen."""
    if not recorded or len(asked) == len(recorded) == 1:
        return None
    one, other = ("".join(word.text for word in words) for words in (asked, recorded))
    letters = edits(one, other)
    if letters > 1 or len(one) < 4:
        return None
    name = " ".join(word.shown for word in recorded)
    return Likeness(NEARLY if letters else SAME, N_("Written together or apart: %(other)s"), letters, {"other": name})


def best_of(asked: Word, recorded: list[Word]) -> Pair:
    """The recorded word nearest to the one asked for; one on the same side where two are equally near."""
    near = [(word_likeness(asked, word), word) for word in recorded]
    alike = [(found.nearness, word.side != asked.side, place) for place, (found, word) in enumerate(near) if found]
    if not alike:
        return Pair(asked, None, None)
    found, word = near[min(alike)[2]]
    return Pair(asked, word, found)


def differs(asked: Word, recorded: list[Word]) -> Likeness:
    """Nothing in the recorded name is like the word."""
    other = " ".join(word.shown for word in recorded if word.side == asked.side)
    if not other:
        return Likeness(NOT_SAID, NONE_OF[asked.side])
    return Likeness(DIFFERENT, DIFFERS_OF[asked.side], said={"other": other})


def word_likeness(asked: Word, recorded: Word) -> Likeness | None:
    """How one word stands to another; None where it does not."""
    said = {"asked": asked.shown, "other": recorded.shown}
    if asked.text == recorded.text:
        alike = asked.in_latin == recorded.in_latin
        return Likeness(
            SAME, SAME_OF[recorded.side] if alike else N_("%(other)s is %(asked)s in other letters"), 0, said
        )
    if len(asked.text) > LONGEST:
        return None
    if len(asked.text) == 1 or len(recorded.text) == 1:
        one_part = recorded.side == asked.side or len(asked.text) == 1 and recorded.side == FORENAME
        same = asked.text[0] == recorded.text[0] and one_part
        return Likeness(NEARLY, N_("Same initial: %(asked)s, %(other)s"), 2, said) if same else None
    if recorded.side == FORENAME and (nick := nickname(asked, recorded)):
        return nick
    return by_letters(asked, recorded, said)


def nickname(asked: Word, recorded: Word) -> Likeness | None:
    """A short name, another spelling, or the same name in another language."""
    found = reading(asked.text, recorded.text)
    if found is None:
        return None
    said = {"asked": asked.shown, "other": recorded.shown, "full": found.both_of.capitalize()}
    if found.how == TONGUE:
        return Likeness(ROUGHLY, N_("%(asked)s is %(other)s in another language"), 2, said)
    if found.how == SPELLING:
        return Likeness(NEARLY, N_("%(asked)s is another spelling of %(other)s"), 0, said)
    if is_short_for(asked.text, recorded.text):
        return Likeness(NEARLY, N_("%(asked)s is short for %(other)s"), 1, said)
    if is_short_for(recorded.text, asked.text):
        return Likeness(NEARLY, N_("%(other)s is short for %(asked)s"), 1, said)
    return Likeness(ROUGHLY, N_("%(asked)s and %(other)s are both short for %(full)s"), 1, said)


def by_letters(asked: Word, recorded: Word, said: dict[str, str]) -> Likeness | None:
    """How two words stand to each other that are spelt differently."""
    one, other = asked.text, recorded.text
    letters = edits(one, other)
    if asked.sounds & recorded.sounds and letters <= max(MANY, len(other) // 2):
        return Likeness(NEARLY if letters < 3 else ROUGHLY, N_("%(asked)s sounds like %(other)s"), letters, said)
    if letters == 1 and sorted(one) == sorted(other):
        return Likeness(NEARLY, N_("Two letters are swapped: %(asked)s, %(other)s"), letters, said)
    if letters == 1:
        return Likeness(NEARLY, N_("One letter differs: %(asked)s, %(other)s"), letters, said)
    if other.startswith(one) or one.startswith(other):
        return Likeness(ROUGHLY, N_("Begins alike: %(asked)s, %(other)s"), letters, said)
    if letters == 2 or letters == 3 and len(one) > 7:
        return Likeness(ROUGHLY, N_("%(asked)s is spelt nearly like %(other)s"), letters, said)
    return None


@lru_cache(maxsize=20_000)  # the same few names are compared again and again
def edits(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour to make one word of the other: at least so many, where
    it is many, since those are not alike, however many it is."""
    letters, others = set(one), set(other)
    least = max(abs(len(one) - len(other)), len(letters - others), len(others - letters))
    if least > max(MANY, len(other) // 2):
        return least
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


def asked_words(row: Any, forename: str, surname: str) -> list[Word]:
    """The words that were asked for, as the row carries them."""
    return words_in(row.asked_forename, row.asked_surname, row.asked_sounds, (forename, surname))


def recorded_words(row: Any) -> list[Word]:
    """The words of the recorded name of the row."""
    return words_in(row.forename_plain, row.surname_plain, row.sounds, (row.forename, row.surname))
