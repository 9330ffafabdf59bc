"""The measures: each operation over HTTP, the floor over HTTP, and its own SQL in raw psycopg, turn by turn in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from accounts.models import User
from benchmarks import stage
from benchmarks.addresses import FLOOR
from benchmarks.browser import Browser
from benchmarks.force import PASSWORD
from benchmarks.operations import OPERATIONS, Asked, Operation, Request
from benchmarks.progress import Progress
from benchmarks.seeding import Seeded

WARM = 8  # rounds that are not counted
CONTROL = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


@dataclass
class Times:
    """Milliseconds of one thing done over and over."""

    each: list[float] = field(default_factory=list)

    def take(self, act: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        answer = act()
        self.each.append((time.perf_counter() - start) * 1000)
        return answer

    @property
    def p50(self) -> float:
        return statistics.median(self.each)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.each, n=20)[-1]


@dataclass
class Measured:
    """One operation: its own times, those of the floor beside it, and those of its SQL alone."""

    operation: Operation
    statements: list[str]
    product: Times = field(default_factory=Times)
    floor: Times = field(default_factory=Times)
    raw: Times = field(default_factory=Times)

    @property
    def ratio50(self) -> float:
        return self.product.p50 / self.floor.p50

    @property
    def ratio95(self) -> float:
        """The slow end of it against the ordinary floor: the stricter reading of the target."""
        return self.product.p95 / self.floor.p50

    @property
    def to_raw(self) -> float:
        return self.product.p50 / self.raw.p50


def measure(seeded: Seeded, rounds: int) -> list[Measured]:
    """Every operation of the table, `rounds` times each, every round all of them in turn."""
    asked = [Asked(operation, operation.asks(seeded)) for operation in OPERATIONS]
    found = [Measured(one.operation, statements_of(one, seeded)) for one in asked]
    progress = Progress((rounds + WARM) * len(asked))
    with stage.served() as port, stage.raw() as line:
        browsers = {
            who: signed_in(port, getattr(seeded, who))
            for who in ("officer", "sergeant", "head", "coordinator", "discloser")
        }
        for n in range(rounds + WARM):
            if n == WARM:
                found = [Measured(one.operation, one.statements) for one in found]
            for one, measured in zip(asked, found, strict=True):
                _round(measured, one.next(), browsers, port, line)
                progress.add(1, f"measuring: {one.operation.name}" if progress.moves else "measuring")
    progress.end()
    return found


def _round(
    measured: Measured, asked: Request, browsers: dict[str, Browser], port: int, line: psycopg.Connection[Any]
) -> None:
    operation = measured.operation
    beside = browsers[operation.who or "officer"]
    browser = beside
    if operation.anew:
        browser = Browser(port)
        browser.open_sign_in()
    take_round(measured, asked, beside, browser)
    if not operation.told_once:
        measured.raw.take(lambda: replay(line, measured.statements))


def take_round(measured: Measured, asked: Request, beside: Browser, browser: Browser) -> None:
    """The floor by one browser, then the operation's request by the other."""
    status, _ = measured.floor.take(lambda: beside.get(FLOOR))
    _expect(status, 200, FLOOR)
    method, path, fields = asked
    act = (lambda: browser.get(path)) if fields is None else (lambda: browser.post(path, fields))
    status, body = measured.product.take(act)
    _expect(status, measured.operation.expects, path, body)


def replay(line: psycopg.Connection[Any], statements: list[str]) -> None:
    """The statements and nothing else, in one transaction that is taken back: the flush to disk is not in it."""
    with line.transaction(force_rollback=True):
        for statement in statements:
            answer = line.execute(statement.encode())
            if answer.description:
                answer.fetchall()


def statements_of(asked: Asked, seeded: Any) -> list[str]:
    """What one request of the operation sends, with its values, as Django sends it; nothing of it is kept.

    In full, where a connection would only name a plan that it keeps: the line that replays it keeps none.
    """
    client = Client()
    if asked.operation.who:
        client.force_login(
            User.objects.get(username=getattr(seeded, asked.operation.who)),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        client.get(FLOOR)  # the session notes its start, once
    method, path, fields = asked.next()
    in_full = override_settings(DATABASE_KEEPS_PLANS=False)
    with in_full, transaction.atomic(), CaptureQueriesContext(connection) as sent:
        answer: Any = client.get(path) if fields is None else client.post(path, fields)
        _expect(answer.status_code, asked.operation.expects, path, answer.content)
        transaction.set_rollback(True)
    return [query["sql"] for query in sent.captured_queries if not query["sql"].upper().startswith(CONTROL)]


def signed_in(port: int, username: str) -> Browser:
    browser = Browser(port)
    browser.open_sign_in()
    browser.sign_in(username, PASSWORD)
    return browser


def _expect(status: int, wanted: int, path: str, body: bytes = b"") -> None:
    if status != wanted:
        raise RuntimeError(f"{path} answered {status}, not {wanted}: {body[-1500:].decode(errors='replace')}")
