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
PUBLIC = "da_public"  # what the public page is; may only put a request in
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "log_min_duration_statement": "-1",
    "log_statement": "none",
    "log_min_error_statement": "panic",  # a failing statement would put what somebody typed into the log
    "timezone": "UTC",
    "archive_mode": "on",  # what is archived, and whether, says `_start`
    "archive_timeout": "300",  # so at most five minutes of a quiet system are in no archive
    "wal_compression": "on",
}
#: In the data folder, made by the first backup: without a backup to begin from, archived WAL would be of no use.
ARCHIVE_WANTED = "archive.wanted"
STANDBY = "standby.signal"  # PostgreSQL's own names: a server that follows another, and one that is being restored
RECOVERY = "recovery.signal"


def _account() -> str | None:
    """The account to run as when we are root, else None (we run as ourselves)."""
    if os.getuid() != 0:
        return None
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        stop("PostgreSQL refuses to run as root, and there is no user postgres. Run: adduser --system postgres")
    return "postgres"


def archive_command(archive: Path) -> str:
    """Keep one finished piece of WAL: whole or not at all, and what was kept before must be the same."""
    kept, half = f'"{archive}/%f.gz"', f'"{archive}/.%f.half"'
    keep = f'gzip -1 < "%p" > {half} && sync {half} && mv {half} {kept}'
    return f'if test -e {kept}; then gzip -dc {kept} | cmp -s - "%p"; else {keep}; fi'


def lay(base: Path, place: Path, settings: dict[str, str], signal_file: str) -> None:
    """Copy a base backup and say what a server started on it shall do first (recover, or follow another)."""
    shutil.copytree(base, place, dirs_exist_ok=True)
    place.chmod(0o700)
    with (place / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
        file.writelines(f"{key} = '{value}'\n" for key, value in settings.items())
    (place / signal_file).touch(mode=0o600)


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
        self.archive_link = LOCAL / f"archive{name}"
        self.log = self.socket / "server.log"

    @property
    def data(self) -> Path:
        """Where the data is: `.local/pgdata`, or what that name points to."""
        return self.link.resolve()

    @property
    def archive(self) -> Path:
        """Where finished WAL goes, compressed: `.local/archive`, or what that name points to."""
        return self.archive_link.resolve()

    @property
    def is_empty(self) -> bool:
        """Whether there is no data at all in its place."""
        return not self.data.exists() or not any(self.data.iterdir())

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
            if not (self.data / STANDBY).exists():
                self._wait_for_recovery()
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

    def want_archive(self) -> None:
        """From now on keep every finished piece of WAL."""
        marker = self.data / ARCHIVE_WANTED
        marker.touch()
        self._own(marker)

    def fill(self, base: Path, settings: dict[str, str], signal_file: str) -> None:
        """Put a base backup where the data goes; what the server makes of it, `settings` and `signal_file` say."""
        with locked(self.name):
            self._folders()
            if not self.is_empty:
                stop(f"There is data in {self.data} already. Nothing was changed.")
            lay(base, self.data, settings, signal_file)
            if self.account:
                for path in self.data.rglob("*"):
                    self._own(path)

    def checksums(self) -> None:
        """Read every page of a stopped server's data against its checksum; RuntimeError when one is not as written."""
        self._as_account("pg_checksums", "--check", "-D", str(self.data))

    def remove_data(self) -> None:
        """Take away data that cannot be started, so that another attempt finds the place empty."""
        self.stop()
        for remains in self.data.iterdir():
            shutil.rmtree(remains) if remains.is_dir() else remains.unlink()

    def remove(self) -> None:
        """Stop it and forget everything it held. For a test's own server."""
        places = (self.data, self.archive, self.socket)
        self.stop()
        for place in places:
            shutil.rmtree(place, ignore_errors=True)
        for link in (self.link, self.archive_link):
            link.unlink(missing_ok=True)
        for lock in (LOCAL / f"{self.name}.lock", *LOCAL.glob(f"{self.name}-*.lock")):
            lock.unlink(missing_ok=True)

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
        for link, name in ((self.link, self.socket.name), (self.archive_link, f"{self.socket.name}-archive")):
            if link.is_symlink() and not link.exists():
                link.unlink()  # what it pointed to is gone
            if not link.exists():
                place = link if self._reachable(LOCAL) else Path("/var/tmp") / name  # noqa: S108
                private_folder(place, *servers)
                if place != link:
                    link.symlink_to(place)
        for folder in (self.socket, self.data, self.archive):
            self._own(folder)

    def _own(self, path: Path) -> None:
        """Root makes files for the account that the server runs as."""
        if self.account:
            shutil.chown(path, self.account, self.account)

    def _reachable(self, folder: Path) -> bool:
        if not self.account:
            return True
        command = ["runuser", "-u", self.account, "--", "test", "-x", str(folder)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def _initialise(self) -> None:
        self.remove_data()  # an initdb that was interrupted before it wrote PG_VERSION's siblings
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
        settings = SETTINGS | {
            "archive_command": f"test -e {ARCHIVE_WANTED} || exit 0; {archive_command(self.archive)}"
        }
        options = " ".join(f"-c {key}='{value}'" for key, value in settings.items())
        options += f" -c unix_socket_directories='{self.socket}'"
        for attempt in range(20):  # children of a killed server hold its memory for a moment
            try:
                self._as_account(
                    "pg_ctl", "-D", str(self.data), "-l", str(self.log), "-w", "-t", "600", "-o", options, "start"
                )
                return
            except RuntimeError as problem:
                if attempt == 19:
                    stop(f"The private PostgreSQL does not start: {problem} Its own words are in {self.log}.")
                time.sleep(0.25)

    def _wait_for_recovery(self) -> None:
        """A restored server answers while it still reads the archive; it may be written to only afterwards."""
        while self.sql("SELECT pg_is_in_recovery()").strip() == "t":
            time.sleep(0.1)

    def _roles(self) -> None:
        for role, rights in ((OWNER, "LOGIN CREATEDB"), (APP, "LOGIN"), (PUBLIC, "LOGIN CONNECTION LIMIT 20")):
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
