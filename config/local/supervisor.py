"""Keeps the program's processes up: start, restart with a growing pause, and one orderly end."""

import ctypes
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from config.local.paths import LOCAL, PYTHON, ROOT, say, stop

LOGS = LOCAL / "logs"
LONGEST_PAUSE = 30.0  # seconds between two attempts
STEADY = 60.0  # seconds up after which a failure counts as the first again
PATIENCE = 20.0  # seconds that a process has to finish what it is doing
ROTATE_AT = 10_000_000  # bytes


#: What the public page is told, and nothing else: no secret, no database, no broker of the staff’s pages.
TOLD_IN_PUBLIC = ("PATH", "HOME", "LANG", "TZ", "DJANGO_ENV", "BEHIND_PROXY", "LOG_LEVEL", "LD_PRELOAD")


def commands(
    port: int, state: Path, metrics: int = 0, host: str = "127.0.0.1", public: int = 0
) -> dict[str, list[str]]:
    """The processes, by name. `state` is a folder for what beat remembers; `metrics` the private port of metrics, if any;
    `public` the port of the public page, if it is served.
    """
    python = str(PYTHON)
    celery = [python, "-m", "celery", "-A", "config.celery:app"]
    quiet = ["--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    listener = {"metrics": [python, "manage.py", "metrics", "--port", str(metrics)]} if metrics else {}
    # one process, for what it counts and what it forgets is in its memory; its requests wait for nothing but one insert
    page = [python, "-m", "gunicorn", "config.public:application", "--bind", f"{host}:{public}", "--workers", "1",
            "--worker-class", "gthread", "--threads", "16", "--timeout", "30", "--limit-request-line", "1024",
            "--log-level", "warning", "--no-control-socket"]  # fmt: skip
    return listener | ({"public": page} if public else {}) | {
        "web": [
            python, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{host}:{port}", "--workers", "2",
            "--worker-class", "gthread", "--threads", "4", "--timeout", "60", "--graceful-timeout", "15",
            "--log-level", "warning", "--no-control-socket",
        ],
        "worker": [*celery, "worker", "-Q", "default", "-c", "2", "-n", f"worker-{port}@%h", *quiet],
        "documents": [*celery, "worker", "-Q", "documents", "-c", "1", "-n", f"documents-{port}@%h", *quiet],
        "beat": [*celery, "beat", "--schedule", str(state / "beat"), "--pidfile", "", "--loglevel", "WARNING"],
    }  # fmt: skip


def become(arguments: list[str]) -> NoReturn:
    """Turn into one of the processes, for whoever supervises containers: the commands are written down once."""
    wanted = os.environ
    port, metrics = int(wanted.get("PORT", "8000")), int(wanted.get("METRICS_PORT", "9102"))
    known = commands(port, Path(wanted.get("STATE", str(LOCAL))), metrics, wanted.get("HOST", "127.0.0.1"), port)
    if len(arguments) != 1 or arguments[0] not in known:
        stop(f"Say which process: {', '.join(known)}.")
    os.chdir(ROOT)
    os.execv(known[arguments[0]][0], known[arguments[0]])  # noqa: S606


def told(name: str, environment: dict[str, str]) -> dict[str, str]:
    """What a process is told: all, but the public page only what is its own."""
    if name != "public":
        return environment
    return {key: value for key, value in environment.items() if key in TOLD_IN_PUBLIC or key.startswith("PUBLIC_")}


@dataclass
class Child:
    """One process that should be up."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float = field(default=0.0)

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > ROTATE_AT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=_end_with_the_parent,
            )  # fmt: skip
        self.started = time.monotonic()

    def clear(self) -> None:
        """End whoever a killed parent left behind: they would hold its port and its tasks. Call it once it is seen down."""
        self.signal(signal.SIGKILL, group=True)

    def up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: signal.Signals, group: bool = False) -> None:
        """Tell the process (a pool's parent passes it on in order) or its whole group."""
        if self.process is None or (not group and not self.up()):
            return
        try:
            (os.killpg if group else os.kill)(self.process.pid, number)
        except ProcessLookupError:
            pass


def _end_with_the_parent() -> None:
    """Linux: if the supervisor is killed, its children are told to go (PR_SET_PDEATHSIG). Elsewhere nothing."""
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
    except (AttributeError, OSError):
        return


class Supervisor:
    """All processes of one system."""

    def __init__(self, wanted: dict[str, list[str]], environment: dict[str, str], logs: Path) -> None:
        self.children = {
            name: Child(name, command, told(name, environment), logs / f"{name}.log")
            for name, command in wanted.items()
        }

    def start(self) -> None:
        """Start every process."""
        for child in self.children.values():
            child.start()

    def tend(self) -> None:
        """Look once at every process; start again the ones that have gone, each after its pause."""
        now = time.monotonic()
        for child in self.children.values():
            if child.up():
                continue
            if not child.again_at:
                child.clear()
                child.failures = 1 if now - child.started > STEADY else child.failures + 1
                pause = min(2.0 ** (child.failures - 1), LONGEST_PAUSE)
                child.again_at = now + pause
                say(f"{child.name} stopped; starting it again in {pause:.0f} s (why: {child.log})")
            elif now >= child.again_at:
                child.again_at = 0.0
                child.start()

    def revive(self) -> None:
        """Start again at once whatever is down, as if it had never failed. For tests that killed it themselves."""
        for child in self.children.values():
            child.again_at, child.failures = 0.0, 0
            if not child.up():
                child.clear()
                child.start()

    def forever(self) -> None:
        """Tend until interrupted."""
        while True:
            self.tend()
            time.sleep(0.5)

    def stop(self) -> None:
        """Ask all to finish; after PATIENCE, end whoever is left."""
        for child in self.children.values():
            child.signal(signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        for child in self.children.values():
            while child.up() and time.monotonic() < end:
                time.sleep(0.05)
            child.signal(signal.SIGKILL, group=True)
            if child.process is not None:
                child.process.wait()
