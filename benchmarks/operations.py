"""THE TABLE of what is measured: who does it, the request, and what it may cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from accounts.models import User
from benchmarks.force import PASSWORD
from benchmarks.seeding import Seeded
from supervision.queues import TEAM
from workflow.models import Deadline

Request = tuple[str, str, dict[str, Any] | None]  # method, path, fields
PICKED = 25  # rows given to somebody at once: one page of a group
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


def checking(seeded: Seeded) -> Iterator[Request]:
    """The page of a decision with its quality check and its place in the queue: of the one record nobody decides."""
    owed = Deadline.objects.open().get(case__reference=seeded.case, policy="dash-checked")
    path = f"/work/incident/{owed.subject_id}/decide/record/?queue=team&item={owed.pk}&wanted=dash-checked"
    while True:
        yield "GET", path, None


def allocating(seeded: Seeded) -> Iterator[Request]:
    """Cases of the sergeant's team given to the measured officer, with a reason, each by the ordinary verb."""
    sergeant, officer = (User.objects.get(username=name) for name in (seeded.sergeant, seeded.officer))
    first = TEAM.rows(sergeant).order_by("case_id", "pk").distinct("case_id")
    picked = [str(pk) for pk in first.values_list("pk", flat=True)[:PICKED]]
    said = {
        "act": "allocate",
        "part": "investigation",
        "person": officer.collar_number,
        "reason": "Shared out at briefing.",
    }
    while True:
        yield "POST", "/team/several/", {**said, "pick": picked, "token": f"benchmark-{next(_TOKENS)}"}


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
    Operation("narrowed", "queue page, narrowed by grade",         "sergeant", page("/team/?grade=high&group=overdue"), 6, 10, 10),
    Operation("decide",  "page of a decision, with quality check", "sergeant", checking,                12,  18, 58),
    Operation("several", "allocate 25 cases at once",              "sergeant", allocating,              60,  90, 600, 302),
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
