"""Who lives in the measured town: what they are called, when they were born, where they live. The same each time."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.search_names import CYRILLIC, MEN, ROADS, STREETS, TOWNS, WOMEN, Drawn, forenames, surnames
from people.models.nickname import SHORT, rows

SHORTS = {row.name: row.others for row in rows() if row.how == SHORT}
POSTCODES, HOUSES = 40_000, 40  # of one street each, and the highest number in it
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class Truth:
    """Somebody who is there, and what is recorded of them. `exactly`: the whole birth date; else the year alone."""

    person: int
    forename: str
    surname: str
    born: date | None
    exactly: bool
    telephone: str = ""
    street: str = ""
    maiden: str = ""
    known_as: str = ""
    house: int = 1
    postcode: str = ""

    @property
    def address(self) -> str:
        return f"{self.house} {self.street}"


@dataclass
class Town:
    """Draws people."""

    chance: random.Random = field(default_factory=lambda: random.Random(2026))  # noqa: S311 - to be repeated, not secret
    women: Drawn = field(init=False)
    men: Drawn = field(init=False)
    families: Drawn = field(init=False)

    def __post_init__(self) -> None:
        self.women, self.men = forenames(self.chance, WOMEN), forenames(self.chance, MEN)
        self.families = surnames(self.chance)

    def people(self, first: int, count: int, women: int) -> list[Truth]:
        """Those with the numbers from `first` on; who has a number below `women` is one."""
        half = min(max(women - first, 0), count)
        called = [*self.women.some(self.chance, half), *self.men.some(self.chance, count - half)]
        families = self.families.some(self.chance, count)
        return [self._one(first + n, called[n], families[n], n < half) for n in range(count)]

    def _one(self, person: int, forename: str, surname: str, woman: bool) -> Truth:
        luck, same = self.chance.random, self.women if woman else self.men
        if luck() < 0.2:
            forename = f"{forename} {same.some(self.chance, 1)[0]}"
        if luck() < 0.03:
            surname = f"{surname}-{self.families.some(self.chance, 1)[0]}"
        if luck() < 0.003:
            forename = self.chance.choice(CYRILLIC)[0]
        born = date(1935, 1, 1) + timedelta(days=int(27_000 * (luck() + luck()) / 2 + 2_500)) if luck() < 0.95 else None
        shorts = SHORTS.get(forename.split()[0].lower())
        code = self.chance.randrange(POSTCODES)
        return Truth(
            person, forename, surname, born, luck() < 0.93,
            telephone=f"07{self.chance.randrange(10**9):09d}" if luck() < 0.6 else "",
            street=street_of(code), house=self.chance.randrange(HOUSES) + 1, postcode=postcode_of(code),
            maiden=self.families.some(self.chance, 1)[0] if woman and luck() < 0.2 else "",
            known_as=self.chance.choice(shorts).capitalize() if shorts and luck() < 0.06 else "",
        )  # fmt: skip


def street_of(code: int) -> str:
    """The street of a postcode: of one name there are several, in several towns."""
    name, rest = code % len(STREETS), code // len(STREETS)
    road, town = rest % len(ROADS), rest // len(ROADS)
    return f"{STREETS[name]} {ROADS[road]}, {TOWNS[town % len(TOWNS)]}"


def postcode_of(code: int) -> str:
    inner, outer = code % 4_000, code // 4_000
    return f"NR{outer + 1} {inner // 400}{LETTERS[inner // 20 % 20]}{LETTERS[inner % 20]}"
