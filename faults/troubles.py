"""The faults, by name. Each is done to a running system; `Stage.mend` and `right` bring it back."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

from faults.stage import Stage

Trouble = Callable[[Stage, random.Random], None]


def _kill(name: str, whole: bool) -> Trouble:
    """kill -9: the parent alone, or with all its children."""

    def trouble(stage: Stage, draw: random.Random) -> None:
        child = stage.system.supervisor.children[name]
        child.signal(signal.SIGKILL, group=whole)
        if child.process is not None:
            child.process.wait()

    return trouble


def kill_web_child(stage: Stage, draw: random.Random) -> None:
    """kill -9 one of gunicorn's workers, with whatever it has in hand; its parent starts another."""
    parent = stage.system.supervisor.children["web"].process
    children = children_of(parent.pid) if parent else []
    if children:
        _end(draw.choice(children))


def kill_pool_child(stage: Stage, draw: random.Random) -> None:
    """kill -9 one of the worker's own processes, with the task it has in hand."""
    parent = stage.system.supervisor.children["worker"].process
    children = children_of(parent.pid) if parent else []
    if children:
        _end(draw.choice(children))


def flush_redis(stage: Stage, draw: random.Random) -> None:
    """Every task that was waiting is forgotten. One that another trouble has just killed is started first, and then forgets."""
    stage.redis.ensure()
    stage.redis.flush()


def kill_redis(stage: Stage, draw: random.Random) -> None:
    stage.redis.kill()


def restart_postgres(stage: Stage, draw: random.Random) -> None:
    """As an upgrade does it: what is under way is rolled back, every connection ends."""
    stage.cluster.stop()
    stage.cluster.ensure()


def kill_postgres(stage: Stage, draw: random.Random) -> None:
    """As a power cut does it; the server recovers from its log when it is started again."""
    stage.cluster.kill()


def clock_ahead(stage: Stage, draw: random.Random) -> None:
    """Every process believes that it is an hour later; then the clock is put right while they run."""
    _wrong(stage, "+1h", "-1h")


def clock_behind(stage: Stage, draw: random.Random) -> None:
    _wrong(stage, "-1h", "+1h")


def no_beat(stage: Stage, draw: random.Random) -> None:
    """Beat is down for half a day, and nobody notices."""
    _kill("beat", whole=True)(stage, draw)
    stage.system.clock.move(f"+{draw.randint(6, 12)}h")


def _wrong(stage: Stage, there: str, back: str) -> None:
    stage.system.clock.move(there)
    time.sleep(1.5)  # a sweep or two under the wrong clock
    stage.system.clock.move(back)


TROUBLES: dict[str, Trouble] = {
    "kill web": _kill("web", whole=True),
    "kill web parent": _kill("web", whole=False),
    "kill web child": kill_web_child,
    "kill worker": _kill("worker", whole=True),
    "kill worker parent": _kill("worker", whole=False),
    "kill worker child": kill_pool_child,
    "kill document worker": _kill("documents", whole=True),
    "kill beat": _kill("beat", whole=True),
    "flush redis": flush_redis,
    "kill redis": kill_redis,
    "restart postgres": restart_postgres,
    "kill postgres": kill_postgres,
    "clock an hour ahead": clock_ahead,
    "clock an hour behind": clock_behind,
    "half a day without beat": no_beat,
}


def children_of(pid: int) -> list[int]:
    """The processes that this one started, eldest first (Linux)."""
    try:
        said = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in said.split()]


def _end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
