"""THE TABLE of what is measured: who does it, the request, and what it may cost."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from benchmarks.requests import (
    Request,
    allocating,
    answering,
    approving,
    checking,
    finishing,
    next_page,
    page,
    sending,
    signing_in,
    writing,
)
from benchmarks.seeding import Seeded

__all__ = ["OPERATIONS", "Asked", "Operation", "Request"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that people do. `asks` gives the requests, each once; `p50`, `p95`: at most so many floors (0: none set).

    `queries` is the ceiling of statements, sessions and sign-in included; `anew` signs in itself, in a new session. What
    is `told_once` writes what its own statements could not write a second time: it has no raw SQL beside it.
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
    told_once: bool = False
    grows: float = 0.2


# fmt: off
OPERATIONS = (
    #         name       label                                     who         asks                 p50 p95 queries
    Operation("queue",   "queue page (the team's)",                "sergeant", page("/team/"),            6,  10, 10),
    Operation("mine",    "queue page (my work)",                   "officer",  page("/"),                 6,  10, 10),
    Operation("all",     "queue of everything open",               "head",     page("/team/"),            6,  10, 10),
    Operation("next",    "queue of everything, from its middle on", "head",    next_page,                 6,  10, 10),
    Operation("graded",  "queue of everything, one grade",         "head",     page("/team/?grade=high&group=overdue"), 6, 10, 10),
    Operation("wanted",  "queue of everything, one thing wanted",  "head",     page("/team/?wanted=dash-checked"), 6, 10, 10),
    Operation("stalking", "list of stalking cases",                "head",     page("/stalking/"),        6,  10, 10),
    Operation("case",    "case page",                              "officer",  page("/cases/{case}/"),    8,  12, 24),
    Operation("judged",  "case page, with plan, looks, decisions", "officer",  page("/cases/{judged}/"),  8,  12, 24),
    Operation("plan",    "page of a safety plan",                  "officer",  page("/work/safety-plan/{plan}/"), 8, 12, 34),
    Operation("section", "save a section of a record",             "officer",  writing,                   3,   5, 16, 302),
    Operation("dash",    "DASH page, all answered",                "officer",  page("/dash/{dash}/"),     8,  12, 24),
    Operation("answer",  "DASH page, an answer saved",             "officer",  answering,                 5,   8, 26, 302),
    Operation("finish",  "DASH page, sent",                        "officer",  finishing,                 5,   8, 24, 302),
    Operation("submit",  "submit: an officer sends a record",      "officer",  sending,                   5,   8, 27, 302),
    Operation("decide",  "page of a decision, with quality check", "sergeant", checking,                  8,  12, 66),
    Operation("approve", "approve: a sergeant decides",            "sergeant", approving,                 4,   6, 18, 302),
    Operation("several", "allocate 50 cases at once",              "sergeant", allocating,                0,   0, 750, 302, told_once=True),
    Operation("checks",  "quality checks of the team, a year",     "sergeant", page("/quality-checks/?days=365"), 3, 5, 12),
    Operation("checks-all", "quality checks of the force, a year", "head",     page("/quality-checks/?days=365"), 3, 5, 12),
    Operation("agenda",  "agenda of 40 cases",                     "coordinator", page("/marac/meetings/{meeting}/"), 8, 12, 24),
    Operation("room",    "meeting room, 12 agencies, 40 cases",    "coordinator", page("/marac/meetings/{meeting}/room/?item={item}"), 8, 12, 29),
    Operation("fresh",   "meeting room, asked again",              "coordinator", page("/marac/meetings/{meeting}/room/fresh/?item={item}"), 8, 12, 22),
    Operation("return",  "return of a forum, five years",          "coordinator", page("/marac/forums/{forum}/returns/"), 8, 12, 17),
    Operation("board",   "board of Clare's Law, 5,000 open",       "discloser", page("/considerations/"),      8,  12, 30),
    Operation("consideration", "page of a consideration",          "discloser", page("/considerations/{consideration}/"), 8, 12, 46),
    Operation("sign-in", "sign-in (argon2, slow on purpose)",      "",         signing_in,                0,   0,  0, 302, anew=True, told_once=True),
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
