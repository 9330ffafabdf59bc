"""A private PostgreSQL of this checkout: its data in `.local`, its socket in a 0700 folder, no TCP.

With DATABASE_URL in the environment nothing here is ever called. PostgreSQL refuses to run as root; root therefore
starts it as Debian's user `postgres`, and keeps the data elsewhere when that user cannot reach the checkout.
"""

import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

from config.local.paths import LOCAL, locked, private_folder, socket_folder, stop
from config.local.system import postgres_binaries

OWNER = "da_owner"  # owns the database and every table; migrates
APP = "da_app"  # what web and workers are; owns nothing
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "log_min_duration_statement": "-1",
    "log_statement": "none",
    "log_min_error_statement": "panic",  # a failing statement would put what somebody typed into the log
    "timezone": "UTC",
}


def _account() -> str | None:
    """The account to run as when we are root, else None (we run as ourselves)."""
    if os.getuid() != 0:
        return None
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        stop("PostgreSQL refuses to run as root, and there is no user postgres. Run: adduser --system postgres")
    return "postgres"


class Cluster:
    """One PostgreSQL server. `name` tells a test's own server from the checkout's."""

    def __init__(self, name: str = "") -> None:
        binaries = postgres_binaries()
        if binaries is None:
            stop("PostgreSQL is not on this machine. Run: apt-get install postgresql (or set DATABASE_URL).")
        self.binaries = binaries
        self.account = _account()
        self.name = f"pg{name}"
        self.socket = socket_folder(self.name)
        self.link = LOCAL / f"pgdata{name}"
        self.log = self.socket / "server.log"

    @property
    def data(self) -> Path:
        """Where the data is: `.local/pgdata`, or what that name points to."""
        return self.link.resolve()

    def url(self, database: str, role: str = APP) -> str:
        """The address of a database for a role, as Django and PostgreSQL's own tools both read it."""
        return f"postgresql://{role}@/{database}?host={self.socket}"

    def ensure(self) -> None:
        """Start the server unless one answers. Safe to call from several processes, and after kill -9."""
        with locked(self.name):
            self._folders()
            if self._answers():
                return
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            self._same_version()
            self._clear_remains()
            self._start()
            self._roles()

    def create(self, database: str, template: str = "template0") -> None:
        """Make a database, owned by the owning role, unless it is there."""
        with locked(f"{self.name}-{database}"):
            if not self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{database}'").strip():
                self.sql(f'CREATE DATABASE "{database}" OWNER {OWNER} TEMPLATE "{template}"')

    def drop(self, database: str) -> None:
        """Remove a database and whoever is connected to it."""
        self.sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def stop(self) -> None:
        """Stop at once but tidily (what is under way is rolled back)."""
        if self._answers():
            self._as_account("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-t", "30", "stop")

    def kill(self) -> None:
        """What a power cut does: SIGKILL, no warning. For tests of exactly that."""
        os.kill(self._pid(), signal.SIGKILL)

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run one statement as the superuser and return what it printed; RuntimeError with the server's reason."""
        flags = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self.socket), "-U", "postgres"]
        done = subprocess.run(
            [str(self.binaries / "psql"), *flags, "-d", database, "-f", "-"],
            input=statement, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stderr.strip())
        return done.stdout

    def _answers(self) -> bool:
        command = [str(self.binaries / "pg_isready"), "-q", "-h", str(self.socket)]
        while (code := subprocess.run(command, check=False).returncode) == 1:  # 1: starting up
            time.sleep(0.1)
        return code == 0

    def _folders(self) -> None:
        LOCAL.mkdir(parents=True, exist_ok=True)
        servers = [pwd.getpwnam(self.account).pw_uid] if self.account else []
        private_folder(self.socket, *servers)
        if self.link.is_symlink() and not self.link.exists():
            self.link.unlink()  # what it pointed to is gone
        if not self.link.exists():
            place = self.link if self._reachable(LOCAL) else Path("/var/tmp") / self.socket.name  # noqa: S108
            private_folder(place, *servers)
            if place != self.link:
                self.link.symlink_to(place)
        if self.account:
            for folder in (self.socket, self.data):
                shutil.chown(folder, self.account, self.account)

    def _reachable(self, folder: Path) -> bool:
        if not self.account:
            return True
        command = ["runuser", "-u", self.account, "--", "test", "-x", str(folder)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def _initialise(self) -> None:
        for remains in self.data.iterdir():  # an initdb that was interrupted before it wrote PG_VERSION's siblings
            shutil.rmtree(remains) if remains.is_dir() else remains.unlink()
        self._as_account(
            "initdb", "-D", str(self.data), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
            "--locale=C.UTF-8", "--data-checksums",
        )  # fmt: skip

    def _same_version(self) -> None:
        made = (self.data / "PG_VERSION").read_text().strip()
        here = (
            subprocess.check_output([self.binaries / "postgres", "--version"], text=True).split()[2].partition(".")[0]
        )
        if made != here:
            stop(
                f"The data in {self.link} was made by PostgreSQL {made}; this machine has {here}. Install "
                f"postgresql-{made}, or point PG_BINDIR at it, or move that folder away to begin with an empty one."
            )

    def _pid(self) -> int:
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def _clear_remains(self) -> None:
        """Remove what a killed server left, but never from under a living one."""
        try:
            state = Path(f"/proc/{self._pid()}/stat").read_text().rpartition(")")[2].split()[0]
        except (OSError, ValueError, IndexError):
            state = "gone"
        if state in {"gone", "Z", "X"}:
            for remains in (self.data / "postmaster.pid", *self.socket.glob(".s.PGSQL.*")):
                remains.unlink(missing_ok=True)

    def _start(self) -> None:
        options = " ".join(f"-c {key}='{value}'" for key, value in SETTINGS.items())
        options += f" -c unix_socket_directories='{self.socket}'"
        for attempt in range(20):  # children of a killed server hold its memory for a moment
            try:
                self._as_account("pg_ctl", "-D", str(self.data), "-l", str(self.log), "-w", "-o", options, "start")
                return
            except RuntimeError as problem:
                if attempt == 19:
                    stop(f"The private PostgreSQL does not start: {problem} Its own words are in {self.log}.")
                time.sleep(0.25)

    def _roles(self) -> None:
        for role, rights in ((OWNER, "LOGIN CREATEDB"), (APP, "LOGIN")):
            if not self.sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'").strip():
                self.sql(f"CREATE ROLE {role} {rights}")
        if int((self.data / "PG_VERSION").read_text()) >= 15:
            # the audit's tests change rows behind its triggers' back; an owner of tables could switch those off anyway
            self.sql(f"GRANT SET ON PARAMETER session_replication_role TO {OWNER}")
        self.sql(f"GRANT {APP} TO {OWNER}")  # so that the owner may drop a database that the program is still using

    def _as_account(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as the right account; RuntimeError with its last words."""
        command = [str(self.binaries / program), *arguments]
        if self.account:
            command = ["runuser", "-u", self.account, "--", *command]
        clean = {key: value for key, value in os.environ.items() if key not in {"LD_PRELOAD", "PGHOST", "PGDATA"}}
        done = subprocess.run(
            command, cwd="/", env=clean, capture_output=True, text=True, check=False, start_new_session=True
        )
        if done.returncode:
            raise RuntimeError(" ".join((done.stderr or done.stdout).strip().splitlines()[-1:]))
