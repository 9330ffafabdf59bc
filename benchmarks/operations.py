"""THE TABLE of what is measured: who does it, the request, and what it may cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from benchmarks.force import PASSWORD
from benchmarks.seeding import Seeded

Request = tuple[str, str, dict[str, str] | None]  # method, path, fields
_TOKENS = count(1)


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that people do. `asks` gives the requests, each once; `p50`, `p95`: at most so many floors (0: none set).

    `queries` is the ceiling of statements, sessions and sign-in included; `anew` signs in itself, in a new session.
    """

    name: str
    label: str
    who: str
    asks: Callable[[Seeded], Iterator[Request]]
    p50: float
    p95: float
    queries: int
    expects: int = 200
    anew: bool = False
    grows: float = 0.2


def page(path: str) -> Callable[[Seeded], Iterator[Request]]:
    def asks(seeded: Seeded) -> Iterator[Request]:
        while True:
            yield "GET", path.format(case=seeded.case), None

    return asks


def writing(seeded: Seeded) -> Iterator[Request]:
    said = {"place": "11 Sample Street", "postcode": "NR7 9ZZ", "place_kind": "other_home"}
    for pk in seeded.to_write:
        yield "POST", f"/work/incident/{pk}/sections/place/", {**said, **_hidden(seeded, pk)}


def sending(seeded: Seeded) -> Iterator[Request]:
    for pk in seeded.to_send:
        yield "POST", f"/work/incident/{pk}/submit/", {"note": "", **_hidden(seeded, pk)}


def approving(seeded: Seeded) -> Iterator[Request]:
    said = {"decision": "incident-approve", "incident-approve-reason": "Read with the log. Agreed."}
    for pk in seeded.to_approve:
        yield "POST", f"/work/incident/{pk}/decide/record/", {**said, **_hidden(seeded, pk)}


def signing_in(seeded: Seeded) -> Iterator[Request]:
    while True:
        yield "POST", "/sign-in/", {"login": seeded.officer, "password": PASSWORD}


def _hidden(seeded: Seeded, pk: int) -> dict[str, str]:
    return {"seen": str(seeded.versions[pk]), "token": f"benchmark-{next(_TOKENS)}"}


# fmt: off
OPERATIONS = (
    #         name       label                                     who         asks                 p50 p95 queries
    Operation("queue",   "queue page (the team's)",                "sergeant", page("/team/"),            6,  10, 10),
    Operation("mine",    "queue page (my work)",                   "officer",  page("/"),                 6,  10, 10),
    Operation("case",    "case page",                              "officer",  page("/cases/{case}/"),    8,  12, 24),
    Operation("section", "save a section of a record",             "officer",  writing,                   3,   5, 16, 302),
    Operation("submit",  "submit: an officer sends a record",      "officer",  sending,                   5,   8, 25, 302),
    Operation("approve", "approve: a sergeant decides",            "sergeant", approving,                 4,   6, 18, 302),
    Operation("sign-in", "sign-in (argon2, slow on purpose)",      "",         signing_in,                0,   0,  0, 302, True),
)
# fmt: on


@dataclass
class Asked:
    """The requests of one operation, handed out one by one."""

    operation: Operation
    requests: Iterator[Request]
    spent: int = field(default=0)

    def next(self) -> Request:
        self.spent += 1
        try:
            return next(self.requests)
        except StopIteration:
            raise RuntimeError(f"No record is left for {self.operation.name}: seed more or repeat less.") from None
