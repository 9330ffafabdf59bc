"""The search measured: whether it finds who was meant, and what it costs beside the bare view and beside its own SQL."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from accounts.models import User
from benchmarks import stage
from benchmarks.measuring import Measured, replay, signed_in, statements_of, take_round
from benchmarks.operations import Asked, Operation, Request
from benchmarks.progress import Progress
from benchmarks.search_damage import DAMAGES, Row
from benchmarks.search_people import Truth
from benchmarks.search_seeding import SearchSeeded
from people import kinds
from people.models import PersonName
from people.models.search import Sought
from people.services import look_for

FIRST = 10  # the first page
WARM = 5
SEARCH = Operation("search", "person search", "officer", lambda seeded: iter(()), 8, 12, 10, grows=0.5)


@dataclass
class Recalled:
    """One damage: of so many questions so many found whom they meant in the first ten; milliseconds of the engine."""

    row: Row
    asked: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)
    each: list[float] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class SearchScale:
    """Everything measured at one number of people."""

    seeded: SearchSeeded
    recalled: list[Recalled]
    measured: Measured


def measure_search(seeded: SearchSeeded, questions: int, rounds: int) -> SearchScale:
    user = User.objects.get(username=seeded.officer)
    progress = Progress(len(DAMAGES) * questions)
    recalled = [recall(row, seeded, user, questions, progress) for row in DAMAGES]
    progress.end()
    return SearchScale(seeded, recalled, timed(seeded, rounds))


def questions_of(row: Row, seeded: SearchSeeded, count: int) -> Iterator[tuple[Truth, Sought | str]]:
    """So many people whom it can befall, and what is asked; the same each time."""
    chance = random.Random(f"{row.name} 2026")  # noqa: S311 - to be repeated, not secret
    truths = list(seeded.truths)
    chance.shuffle(truths)
    asked = ((truth, row.asks(truth, chance)) for truth in truths if not row.own or truth.person in seeded.own)
    told = ((truth, said) for truth, said in asked if said is not None)
    for _, one in zip(range(count), told, strict=False):
        yield one


def recall(row: Row, seeded: SearchSeeded, user: User, questions: int, progress: Progress) -> Recalled:
    found = Recalled(row)
    for truth, said in questions_of(row, seeded, questions):
        start = time.perf_counter()
        people = shown_for(said, user)
        found.each.append((time.perf_counter() - start) * 1000)
        found.asked += 1
        if truth.person in people or row.namesakes and namesake(truth, people):
            found.found += 1
        else:
            found.missed.append(f"{said} / {truth.forename} {truth.surname} {truth.born}")
        progress.add(1, f"looking for people: {row.name}")
    return found


def shown_for(said: Sought | str, user: User) -> list[int]:
    """The people of the first page."""
    if isinstance(said, Sought):
        return [match.person_id for match in look_for(said, user=user, limit=FIRST).matches]
    hits = kinds.KINDS["numbers"].find(kinds.Asked(q=said), user, "").hits
    return [int(hit.url.strip("/").split("/")[-1]) for hit in hits]


def namesake(truth: Truth, people: list[int]) -> bool:
    """Whether somebody shown has the very name that is recorded of whom was meant."""
    names = PersonName.objects.filter(person__in=people, forename=truth.forename, surname=truth.surname)
    return bool(people) and names.exists()


def requests(seeded: SearchSeeded, count: int) -> list[Request]:
    """The pages that are timed: every damage in turn, each question of somebody else."""
    ways = [iter(list(questions_of(row, seeded, count))) for row in DAMAGES]
    found: list[Request] = []
    while ways and len(found) < count:
        for way in list(ways):
            one = next(way, None)
            if one is None:
                ways.remove(way)
            else:
                found.append(("POST", "/search/", typed(one[1])))
    return found[:count]


def typed(said: Sought | str) -> dict[str, str]:
    """The boxes of the search page."""
    if isinstance(said, str):
        return {"q": said}
    born: Any = said.born
    parts = {"day": born.day, "month": born.month, "year": born.year} if born else {}
    name = f"{said.surname}, {said.forename}" if said.placed else f"{said.forename} {said.surname}"
    return {"q": name, "where": said.where, **{f"born_{part}": str(value or "") for part, value in parts.items()}}


def timed(seeded: SearchSeeded, rounds: int) -> Measured:
    """Floor, page and raw SQL of one question after the other; each question's own statements."""
    asked = requests(seeded, rounds + WARM)
    sent = [statements_of(Asked(SEARCH, iter([request])), seeded) for request in asked]
    measured = Measured(SEARCH, max(sent, key=len))
    progress = Progress(len(asked))
    with stage.served() as port, stage.raw() as line:
        browser = signed_in(port, seeded.officer)
        for place, (request, statements) in enumerate(zip(asked, sent, strict=True)):
            if place == WARM:
                measured = Measured(SEARCH, measured.statements)
            take_round(measured, request, browser, browser)
            measured.raw.take(partial(replay, line, statements))
            progress.add(1, "measuring: the search page")
    progress.end()
    return measured
