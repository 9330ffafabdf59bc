"""The whole system, started for a test: real web server, workers and beat, under a clock that the test may move.

The clock is moved by libfaketime and one file (docs/adr/0008); the program itself knows nothing of it. Servers are not
under the moved clock, and monotonic time is left alone, so that pauses and time-outs keep their true length.
"""

import os
import re
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.local.paths import LOCAL, PYTHON, ROOT, stop
from config.local.redis import Redis
from config.local.supervisor import Supervisor, commands
from config.local.system import faketime

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass
class Clock:
    """How far ahead of true time the processes are."""

    file: Path
    ahead: timedelta = field(default_factory=timedelta)
    #: The true time when this clock was made, less what had run till then: true even in a test that has travelled.
    zero: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(seconds=time.monotonic()))

    def __post_init__(self) -> None:
        self._write()

    def move(self, by: str) -> None:
        """Move by a length such as "+5h", "+30m" or "-1h" (a clock put right): every process sees it at its next look."""
        read = re.fullmatch(r"([+-]\d+)([smhd])", by)
        if read is None:
            raise ValueError(f"{by!r} is not a length such as +5h, +30m or -1h.")
        self.ahead += timedelta(seconds=int(read[1]) * SECONDS[read[2]])
        self._write()

    def now(self) -> datetime:
        """The moment that the processes believe it is (UTC)."""
        return self.zero + timedelta(seconds=time.monotonic()) + self.ahead

    def environment(self) -> dict[str, str]:
        """What puts a process under this clock."""
        library = faketime()
        if library is None:
            stop("libfaketime is not on this machine. Run: apt-get install libfaketime")
        return {
            "LD_PRELOAD": library,
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",  # a move is seen at once
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",  # with it, threads of a busy Python wait for one another for ever
            "PYTHONPATH": str(ROOT / "config" / "local" / "moved"),
            "NO_FAKE_STAT": "1",  # gunicorn compares the age of a file with monotonic time
        }

    def _write(self) -> None:
        half = self.file.with_suffix(".half")
        half.write_text(f"{int(self.ahead.total_seconds()):+d}\n")
        half.replace(self.file)


class System:
    """Web, two workers and beat over a database and a Redis of their own.

    `database` is the address that the program uses, `owner` the one that migrates (the same if not given).
    """

    def __init__(
        self, database: str, redis: Redis, port: int, clock_file: Path, owner: str = "", beat_seconds: float = 2
    ) -> None:
        self.redis = redis
        self.port = port
        self.clock = Clock(clock_file)
        self.folder = clock_file.parent
        self.environment = dict(os.environ) | {
            "DJANGO_ENV": "local",
            "DATABASE_URL": database,
            "DATABASE_OWNER_URL": owner or database,
            "DATABASE_POOL_SIZE": "6",
            "REDIS_URL": redis.url,
            "PORT": str(port),
            "BEAT_SECONDS": str(beat_seconds),
            "QUIET_BEAT_SECONDS": str(beat_seconds * 5),
            "EMAIL_URL": f"filemail:///{self.outbox}",
            "MEDIA_ROOT": str(self.folder / "documents"),
            # its own: the checkout's anchors speak of another database, and would make that one look rewritten
            "AUDIT_ANCHOR_FILE": str(self.folder / "anchors.jsonl"),
        }
        moved = self.environment | self.clock.environment()
        self.supervisor = Supervisor(commands(port, self.folder), moved, self.folder)

    @property
    def address(self) -> str:
        """Where its pages are, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def outbox(self) -> Path:
        """The folder that mail is written to."""
        return self.folder / "outbox"

    def manage(self, *arguments: str) -> str:
        """Run one `manage.py` command against the system's database, under its clock; what it printed."""
        return self._manage(self.environment | self.clock.environment(), *arguments)

    def _manage(self, environment: dict[str, str], *arguments: str) -> str:
        command = [str(PYTHON), "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout

    def start(self) -> None:
        """Set up and start everything; returns when the web server answers."""
        self.set_up()
        self.supervisor.start()
        self.wait()

    def set_up(self) -> None:
        """The broker, the tables, the static files: everything but the processes. Safe to repeat."""
        self.outbox.mkdir(exist_ok=True)
        self.redis.ensure()
        self._manage(self.environment, "setup", "--no-seed")  # the clock has not moved yet; threads compress faster

    def wait(self, seconds: float = 180) -> None:
        """Return when the web server answers, starting again what is down meanwhile. Long, for a machine that is busy."""
        end = time.monotonic() + seconds
        while not self._answers():
            if time.monotonic() > end:
                raise RuntimeError(f"The web server does not answer; why is in {self.folder / 'web.log'}.")
            self.supervisor.tend()
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop everything that `start` started."""
        self.supervisor.stop()
        self.redis.remove()

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.address}/sign-in/", timeout=5).close()  # noqa: S310  (our own address)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        return True


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def folder() -> Path:
    """A new folder for one system's clock, logs and mail; kept afterwards, so that a failure can be read."""
    home = LOCAL / "rehearsals"
    home.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=home))
