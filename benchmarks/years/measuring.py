"""Each operation in turn, over and over: the floor's SQL, the product's answer, and its page where one is served."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from benchmarks import stage
from benchmarks.addresses import FLOOR
from benchmarks.browser import Browser
from benchmarks.measuring import Times, replay, signed_in
from benchmarks.progress import Progress
from benchmarks.years.operations import OPERATIONS, Operation
from benchmarks.years.seeding import Seeded

WARM = 2  # rounds that are not counted


@dataclass
class Measured:
    """One operation: its floor, its answer and its page; `statements` of the answer, 0 where none is given."""

    operation: Operation
    statements: int = 0
    floor: Times = field(default_factory=Times)
    product: Times = field(default_factory=Times)
    page: Times = field(default_factory=Times)
    bare: Times = field(default_factory=Times)

    @property
    def ratio(self) -> float | None:
        """The product's answer against the floor."""
        return self.product.p50 / self.floor.p50 if self.product.each else None


def measure(seeded: Seeded, rounds: int, operations: Sequence[Operation] = OPERATIONS) -> list[Measured]:
    """Every operation `rounds` times, every round all of them in turn. Served only where there is a page to ask for."""
    analyst = User.objects.get(username=seeded.analyst)
    statements = [sent(one, seeded, analyst) for one in operations]
    progress = Progress((rounds + WARM) * len(operations))
    with ExitStack() as held:
        line = held.enter_context(stage.raw())
        served = any(one.page for one in operations)
        browser = signed_in(held.enter_context(stage.served()), seeded.analyst) if served else None
        for n in range(rounds + WARM):
            if n in (0, WARM):
                found = [Measured(one, count) for one, count in zip(operations, statements, strict=True)]
            for measured in (one for one in found if n < WARM + one.operation.rounds):
                _round(measured, seeded, analyst, line, browser)
                progress.add(1, f"measuring: {measured.operation.name}" if progress.moves else "measuring")
    progress.end()
    return found


def sent(one: Operation, seeded: Seeded, analyst: User) -> int:
    """How many statements the product's answer takes; 0 where it gives none."""
    if one.answers is None:
        return 0
    with CaptureQueriesContext(connection) as found:
        one.answers(analyst, *one.window(seeded))
    return len(found.captured_queries)


def _round(
    measured: Measured, seeded: Seeded, analyst: User, line: psycopg.Connection[Any], browser: Browser | None
) -> None:
    one = measured.operation
    measured.floor.take(lambda: replay(line, one.statements(seeded)))
    if (answers := one.answers) is not None:
        measured.product.take(lambda: answers(analyst, *one.window(seeded)))
    if one.page and browser is not None:
        measured.bare.take(lambda: browser.get(FLOOR))
        status, body = measured.page.take(lambda: browser.get(one.address(seeded)))
        if status != 200:
            raise RuntimeError(f"{one.address(seeded)} answered {status}: {body[-800:].decode(errors='replace')}")
