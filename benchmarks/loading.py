"""Many people at once: each signs in, then does one thing about every ten seconds, as a turn of duty goes."""

from __future__ import annotations

import http.client
import random
import statistics
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks import figures, force
from benchmarks.browser import Browser
from benchmarks.cloning import ENDS, FORENAMES, STEMS
from benchmarks.progress import Progress
from cases.models import Case
from workflow.models import Approval

PAUSE = 10.0  # seconds between what one person does and what they do next
SIGNING_IN = 6  # at a time: argon2 takes a tenth of a second of a core on purpose


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a browser, and the work that is theirs."""

    browser: Browser
    sergeant: bool
    cases: list[str]
    waiting: list[tuple[int, int]]  # records that wait for this sergeant, with their versions
    chance: random.Random


@dataclass
class Loaded:
    """What happened: milliseconds by kind, and what went wrong by kind."""

    seconds: float = 0.0
    people: int = 0
    signed_in: float = 0.0
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, took: float, fault: str) -> None:
        with self.lock:
            self.times[kind].append(took * 1000)
            if fault:
                self.errors[f"{kind}: {fault}"] += 1

    @property
    def all(self) -> list[float]:
        return [one for each in self.times.values() for one in each]

    def markdown(self, scale: int) -> str:
        rows = [_row(kind, each, self.seconds) for kind, each in sorted(self.times.items())]
        rows.append(_row("everything", self.all, self.seconds))
        wrong = "; ".join(f"{kind} {count}" for kind, count in self.errors.most_common()) or "none"
        head = f"### {self.people} signed-in people, {self.seconds:.0f} s, {scale:,} open deadlines"
        said = figures.table(("what", "times", "a second", "p50 ms", "p95 ms", "slowest ms"), rows)
        return f"{head}\n\n{said}\n\nErrors: {wrong}. Signing everybody in took {self.signed_in:.0f} s."

    def plain(self) -> dict[str, Any]:
        return {
            "people": self.people, "seconds": self.seconds, "errors": dict(self.errors),
            "times": {kind: _points(each) for kind, each in {**self.times, "everything": self.all}.items()},
        }  # fmt: skip


def _points(each: list[float]) -> dict[str, float]:
    few = len(each) < 2
    p95 = each[0] if few else statistics.quantiles(each, n=20, method="inclusive")[-1]
    return {"count": len(each), "p50": statistics.median(each), "p95": p95, "most": max(each)}


def _row(kind: str, each: list[float], seconds: float) -> tuple[str, ...]:
    points = _points(each)
    rate = len(each) / seconds
    return kind, f"{len(each)}", f"{rate:.1f}", f"{points['p50']:.0f}", f"{points['p95']:.0f}", f"{points['most']:.0f}"


def drive(port: int, people: int, seconds: int) -> Loaded:
    """Let so many people work for so long; returns when the last has finished what they were doing."""
    found = Loaded(people=people)
    crowd = _crowd(port, people, found)
    begun = time.monotonic()
    end = begun + seconds
    each = [threading.Thread(target=_work, args=(person, end, found), daemon=True) for person in crowd]
    progress = Progress(seconds)
    for thread in each:
        thread.start()
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(1.0, left))
        progress.add(1, f"{len(found.all)} things done, {found.errors.total()} errors" if progress.moves else "working")
    for thread in each:
        thread.join(timeout=90)
    found.seconds = time.monotonic() - begun
    return found


def _crowd(port: int, people: int, found: Loaded) -> list[Person]:
    """Everybody signed in by the page of sign-in, a few at a time."""
    who = [user for user in force.people()]
    sergeants = [user for user in who if user.rank == "PS"]
    officers = [user for user in who if user.rank == "PC"]
    chosen = [*sergeants[: max(1, people // 6)], *officers][:people]
    crowd = [_person(port, user, n) for n, user in enumerate(chosen)]
    progress, gate, begun = Progress(people), threading.Semaphore(SIGNING_IN), time.monotonic()

    def enter(person: Person, username: str) -> None:
        with gate:
            person.browser.open_sign_in()
            person.browser.sign_in(username, force.PASSWORD)
        progress.add(1, "signing in")

    threads = [
        threading.Thread(target=enter, args=(person, user.username), daemon=True)
        for person, user in zip(crowd, chosen, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    found.signed_in = time.monotonic() - begun
    return crowd


def _person(port: int, user: Any, n: int) -> Person:
    """Their own cases, or their team's, and for a sergeant what waits there."""
    sergeant = user.rank == "PS"
    cases = Case.objects.worked_by(user).order_by("-pk")
    if not sergeant:
        cases = cases.filter(holdings__person=user)
    waiting = []
    if sergeant:
        asked = Approval.objects.filter(
            verdict="", subject_type="cases.incident", asked_by__postings__unit__in=units_of(user)
        )
        rows = asked.order_by("pk").values_list("subject_id", "seen_version")
        waiting = list(rows)[n % 2 : 60 : 2]  # a team has two sergeants: each takes every other record
    references = list(cases.values_list("reference", flat=True)[:20])
    return Person(Browser(port), sergeant, references, waiting, random.Random(n))  # noqa: S311 - the same each time


def units_of(user: Any) -> Any:
    return user.postings.values("unit")


def _work(person: Person, end: float, found: Loaded) -> None:
    time.sleep(person.chance.random() * PAUSE)  # not all at the same moment
    while time.monotonic() < end:
        kind = _what_next(person)
        begun = time.monotonic()
        fault = _tried(DOES[kind], person)
        found.note(kind, time.monotonic() - begun, fault)
        rest = person.chance.expovariate(1 / PAUSE)
        time.sleep(max(0.0, min(rest, 3 * PAUSE, end - time.monotonic())))


def _tried(act: Callable[[Person], int], person: Person) -> str:
    """What went wrong, "" where nothing did."""
    try:
        status = act(person)
    except (OSError, http.client.HTTPException) as fault:
        person.browser.line.close()
        return type(fault).__name__
    return "" if status in (200, 302) else str(status)


def _what_next(person: Person) -> str:
    kinds, weights = zip(*MIX, strict=True)
    kind = person.chance.choices(kinds, weights)[0]
    return "notices" if kind == "approve" and not person.waiting else kind


def queue(person: Person) -> int:
    return person.browser.get("/team/" if person.sergeant else "/")[0]


def case(person: Person) -> int:
    return person.browser.get(f"/cases/{person.chance.choice(person.cases)}/" if person.cases else "/")[0]


def notices(person: Person) -> int:
    return person.browser.get("/notices/")[0]


def search(person: Person) -> int:
    draw = person.chance.choice
    return person.browser.post("/search/", {"q": f"{draw(FORENAMES)} {draw(STEMS)}{draw(ENDS)}"})[0]


def autosave(person: Person) -> int:
    said = {"kept_path": "/incidents/new/", "log_ref": f"{person.chance.randrange(10_000):04d}", "token": ""}
    return person.browser.post("/kept/", said)[0]


def approve(person: Person) -> int:
    pk, version = person.waiting.pop()
    said = {
        "decision": "incident-approve",
        "incident-approve-reason": "Read with the log. Agreed.",
        "seen": str(version),
    }
    return person.browser.post(f"/work/incident/{pk}/decide/record/", {**said, "token": f"load-{pk}"})[0]


DOES: dict[str, Callable[[Person], int]] = {
    act.__name__: act for act in (queue, case, notices, search, autosave, approve)
}
MIX = (("queue", 40), ("case", 35), ("autosave", 10), ("notices", 6), ("search", 6), ("approve", 3))
