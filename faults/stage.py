"""One whole system for faults: PostgreSQL, Redis, clock and mail of its own; nothing else of this checkout is touched."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import psycopg

from config.local.postgres import OWNER, Cluster
from config.local.redis import Redis
from config.local.rehearsal import System, folder, free_port

DATABASE = "cases"
PATIENCE = 180.0  # seconds of true time until everything must be quiet
# A paper whose worker is gone is taken up again after ten minutes (reporting.models.STUCK); what was written under a clock
# an hour ahead waits to be mailed until the right clock gets there.
WAITS = "+71m"

#: What is still to be done, as of a moment. Nothing of it may be left when the system is quiet.
UNDONE = {
    "rungs not told": """SELECT count(*) FROM workflow_deadline
        WHERE stopped_at IS NULL AND next_rung_at <= %(now)s""",
    "notices not mailed": """SELECT count(*) FROM supervision_notice n JOIN accounts_user u ON u.id = n.person_id
        WHERE n.emailed_at IS NULL AND u.email <> '' AND u.is_active""",
    "reactions not run": "SELECT count(*) FROM workflow_outbox WHERE done_at IS NULL",
    "papers not printed": "SELECT count(*) FROM reporting_document WHERE stage IN ('queued', 'making')",
}


class Stage:
    """The system, and everything with which to break it, mend it and look at it."""

    def __init__(self, name: str) -> None:
        self.cluster = Cluster(name)
        self.redis = Redis(name)
        self.system: System

    def start(self) -> None:
        """An empty server, the tables, a small force, every process."""
        self.cluster.ensure()
        self.cluster.create(DATABASE)
        app, owner = self.cluster.url(DATABASE), self.cluster.url(DATABASE, OWNER)
        self.system = System(app, self.redis, free_port(), folder() / "clock", owner=owner, beat_seconds=1)
        self.system.set_up()
        self.system.manage("shell", "-c", "from faults.force import fill; fill()")
        self.system.supervisor.start()
        self.system.wait()

    def stop(self) -> None:
        """End every process and forget the servers; logs and mail stay in the system's folder."""
        if hasattr(self, "system"):
            self.system.stop()
        self.cluster.remove()

    def ask(self, question: str, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a question put straight to the database, past the program."""
        with psycopg.connect(self.cluster.url(DATABASE, "postgres"), autocommit=True) as line:
            return line.execute(question, values).fetchall()

    def tell(self, statement: str, **values: Any) -> None:
        """Change the database past the program: how a test makes what the program itself would never write."""
        with psycopg.connect(self.cluster.url(DATABASE, "postgres"), autocommit=True) as line:
            line.execute(statement, values)

    def number(self, question: str, **values: Any) -> int:
        return int(self.ask(question, **values)[0][0])

    def mend(self) -> None:
        """Whatever is down comes up again, as an operator or the machine's own supervisor would do it."""
        self.cluster.ensure()
        self.redis.ensure()
        self.system.supervisor.revive()
        self.system.wait()

    def undone(self, but: Sequence[str] = ()) -> dict[str, int]:
        """What is still to be done now by the system's clock."""
        now = self.system.clock.now()
        counts = {name: self.number(question, now=now) for name, question in UNDONE.items() if name not in but}
        return {name: count for name, count in counts.items() if count}

    def settle(self, but: Sequence[str] = ()) -> None:
        """Let the wait pass after which lost tasks are found again; return when nothing is left to be done."""
        self.system.clock.move(WAITS)
        self.until(lambda: not self.undone(but), lambda: str(self.undone(but)))

    def until(self, holds: Callable[[], bool], said: Callable[[], str] = str, seconds: float = PATIENCE) -> None:
        """Wait until it holds, restarting what falls; RuntimeError with what is `said` when it does not in time."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise RuntimeError(f"Not quiet after {seconds:.0f} s: {said()}. Logs: {self.system.folder}")
            self.system.supervisor.tend()
            time.sleep(0.2)

    def verify_audit(self) -> str:
        """What `manage.py verify_audit` says; RuntimeError when the record is not whole."""
        return self.system.manage("verify_audit").strip()
