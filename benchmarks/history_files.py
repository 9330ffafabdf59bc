"""Ten years of records as a force brings them: three files for `import_history`, with bad rows among them that are known.

One person in two was harmed, four times on average and a few some hundred times; most by one partner, now and then by
somebody else, and one in four suspects has harmed two. One person in ten stands by as a child. Seeded: the same each time.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.search_people import Town, Truth
from cases.services.importing.columns import FILES

BAD = 0.01  # of the rows of each file
BATCH = 20_000
OTHERS = 0.1  # of incidents with another suspect than the usual one
SAID = (
    "She said they argued about money and he took her telephone from her hand.",
    "Neighbours heard shouting and a door being slammed; he had left before we came.",
    "He pushed her against the wall of the kitchen and held her by the arms.",
    "He has been waiting outside her work and follows her home in the car.",
    "Messages through the night, forty of them, saying what he would do if she went.",
    "She has red marks on her neck; says she could not breathe and saw stars.",
    "They are separated. He came for the children and would not leave the house.",
    "He controls what she spends and whom she sees; her sister rang us, not she.",
    "No offences were disclosed; both had been drinking; words of advice were given.",
    "She would not give a statement today and asked that we come back tomorrow.",
)
RELATIONS = ("XBG", "")


@dataclass
class Planted:
    """What was written, and what must come of it: {(file, row): field} of the planted rows, incidents and people that can
    go in, and rows in all.
    """

    folder: Path
    rows: Counter[str] = field(default_factory=Counter)
    bad: dict[tuple[str, int], str] = field(default_factory=dict)
    incidents: int = 0
    people: int = 0


class Bad:
    """Which rows are bad, and in which way: each the column that is wrong and what stands in it."""

    WAYS: dict[str, tuple[tuple[str, str], ...]] = {
        "people.csv": (
            ("born_on", "31/02/1988"), ("born_on", "1988-02-30"), ("born_on", "2988-01-01"), ("external_id", ""),
            ("surname", "?" * 101), ("postcode", "NR1 1AA or NR1 1AB"), ("forename", "J\ufffdan"), ("external_id", "P0"),
        ),
        "incidents.csv": (
            ("unit", "NOWHERE"), ("unit", ""), ("reported_at", "yesterday"), ("reported_at", "2988-01-01T10:00"),
            ("abuse_types", "shouting"), ("weapon", "perhaps"), ("external_id", ""), ("occurred_from", "2035-01-01T00:00"),
        ),
        "involvements.csv": (("part", "burglar"), ("person", "P-nobody"), ("relationship", "friend"), ("person", "")),
    }  # fmt: skip

    def __init__(self, planted: Planted) -> None:
        self.planted = planted
        self.chance = random.Random(411)  # noqa: S311 - to be repeated, not secret

    def row(self, file: str, row: int, said: dict[str, Any]) -> bool:
        """Perhaps make it bad; whether it is."""
        if row == 2 or self.chance.random() >= BAD:  # the first of each is the one whose id another has
            return False
        column, cell = self.chance.choice(self.WAYS[file])
        said[column] = cell
        self.planted.bad[file, row] = column
        return True


@dataclass
class Writer:
    """Writes the three files. `units`: codes of the teams; `remember`: of how many people the truth is kept."""

    folder: Path
    units: list[str]
    remember: int
    chance: random.Random = field(default_factory=lambda: random.Random(5))  # noqa: S311 - to be repeated

    def __post_init__(self) -> None:
        self.planted = Planted(self.folder)
        self.bad = Bad(self.planted)
        self.truths: list[Truth] = []

    def write(self, people: int) -> Iterator[int]:
        """Says now and then how many rows were written."""
        self.good, self.taken = bytearray(people), bytearray(people)
        self.where: list[tuple[str, str]] = []
        yield from self.write_people(people)
        yield from self.write_incidents(people)
        self.planted.people = sum(self.taken)
        self.truths = [truth for truth in self.truths if self.taken[truth.person]]

    def file(self, name: str) -> Any:
        file = (self.folder / name).open("w", encoding="utf-8", newline="")
        writer = csv.DictWriter(file, [column.name for column in FILES[name]], restval="")
        writer.writeheader()
        return file, writer

    def write_people(self, people: int) -> Iterator[int]:
        town, each = Town(), max(1, people // self.remember)
        file, writer = self.file("people.csv")
        with file:
            for start in range(0, people, BATCH):
                for truth in town.people(start, min(BATCH, people - start), people // 2):
                    said = person_row(truth)
                    self.where.append((said["address"], said["postcode"]))
                    self.good[truth.person] = not self.bad.row("people.csv", truth.person + 2, said)
                    writer.writerow(said)
                    if truth.person % each == 0 and self.good[truth.person]:
                        self.truths.append(truth)
                yield min(BATCH, people - start)
        self.planted.rows["people.csv"] = people

    def write_incidents(self, people: int) -> Iterator[int]:
        incidents, involvements = self.file("incidents.csv"), self.file("involvements.csv")
        line = 1
        with incidents[0], involvements[0]:
            for n in range(2 * people):
                parts = self.parts(n, people)
                said = self.incident_row(n, parts[0][0])
                whole = not self.bad.row("incidents.csv", n + 2, said) and all(self.good[who] for who, *_ in parts)
                incidents[1].writerow(said)
                for who, part, relation in parts:
                    line += 1
                    row = {"incident": f"I{n}", "person": f"P{who}", "part": part, "relationship": relation}
                    whole = not self.bad.row("involvements.csv", line, row) and whole
                    involvements[1].writerow(row)
                if whole:
                    self.planted.incidents += 1
                    for who, *_ in parts:
                        self.taken[who] = 1
                if n % BATCH == BATCH - 1:
                    yield 3 * BATCH
        self.planted.rows |= {"incidents.csv": 2 * people, "involvements.csv": line - 1}

    def parts(self, n: int, people: int) -> list[tuple[int, str, str]]:
        """Who takes part: (number of the person, part, relationship). Everybody does, somewhere."""
        harmed, suspects = people // 2, people * 4 // 10
        victim = n if n < harmed else int(harmed * self.chance.random() ** 1.5)
        other = n >= harmed and self.chance.random() < OTHERS
        suspect = harmed + (self.chance.randrange(suspects) if other else victim % suspects)
        found = [(victim, "victim", ""), (suspect, "suspect", self.chance.choice(RELATIONS))]
        if n < people - harmed - suspects:
            found.append((harmed + suspects + n, "child", ""))
        return found

    def incident_row(self, n: int, victim: int) -> dict[str, Any]:
        at = datetime(2016, 1, 1) + timedelta(minutes=self.chance.randrange(5_000_000))  # noqa: DTZ001 - London's
        line, postcode = self.where[victim] if self.chance.random() < 0.7 else self.chance.choice(self.where)
        return {
            "external_id": f"I{n}", "unit": self.chance.choice(self.units), "reported_at": at.isoformat(timespec="minutes"),
            "occurred_from": (at - timedelta(hours=2)).isoformat(timespec="minutes"), "channel": "999",
            "log_ref": f"BP-{at:%Y%m%d}-{n % 100_000}", "place": line, "postcode": postcode,
            "account": " ".join(self.chance.sample(SAID, 2)), "abuse_types": "physical|controlling", "weapon": "no",
        }  # fmt: skip


def person_row(truth: Truth) -> dict[str, Any]:
    born = "" if truth.born is None else truth.born.isoformat() if truth.exactly else str(truth.born.year)
    return {
        "external_id": f"P{truth.person}", "forename": truth.forename, "surname": truth.surname,
        "known_as": truth.known_as, "maiden_name": truth.maiden, "born_on": born, "address": truth.address,
        "postcode": truth.postcode, "telephone": truth.telephone,
    }  # fmt: skip
