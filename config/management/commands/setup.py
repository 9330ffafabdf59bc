"""Everything between an empty database and a program that can serve, in one call and safe to repeat."""

import fcntl
import hashlib
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from config.owner import as_owner, grant, grant_letterbox
from config.words import compile_catalogues

LOCK = 7_201_999  # any number, the same in every installation: two set-ups of one database wait for each other


class Command(BaseCommand):
    help = "Migrate, grant, seed an empty local database, collect static files. Safe to repeat and to interrupt."
    requires_system_checks: list[str] = []  # the tables that some checks ask for are made here

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-seed", action="store_true", help="leave an empty database empty")

    def handle(self, *args: Any, **options: Any) -> None:
        role = connection.settings_dict["USER"]
        with as_owner(), alone(), impatient():
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            if settings.DATABASE_OWNER_URL:
                grant(role)
            grant_letterbox(settings.PUBLIC_ROLE)
        compile_catalogues()
        self.collect()
        if settings.ENVIRONMENT == "local" and not options["no_seed"]:
            self.seed()

    def seed(self) -> None:
        """Fill a database without users or cases. One transaction: an interrupted seed leaves nothing behind."""
        if "seed" not in get_commands() or apps.get_model(settings.FOLDER_MODEL)._default_manager.exists():
            return
        self.stdout.write("Seeding a small force …")
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            if not apps.get_model(settings.FOLDER_MODEL)._default_manager.exists():
                call_command("seed", verbosity=0)

    def collect(self) -> None:
        """Collect static files when one of them has changed since the last time; one process at a time."""
        root = Path(settings.STATIC_ROOT)
        root.mkdir(parents=True, exist_ok=True)
        with root.with_name(f"{root.name}.digest").open("a+") as stamp:  # beside it: what is in it is served
            fcntl.flock(stamp, fcntl.LOCK_EX)
            stamp.seek(0)
            digest = _digest_of_static_files()
            if stamp.read() == digest:
                return
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.truncate(0)
            stamp.write(digest)


@contextmanager
def alone() -> Iterator[None]:
    """Hold the set-up lock of this database; the server lets go of it when the connection ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


@contextmanager
def impatient() -> Iterator[None]:
    """Give up on a table that somebody keeps busy: a change that waits makes every page wait behind it."""
    seconds = settings.MIGRATION_LOCK_SECONDS
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{seconds}s"])
    try:
        yield
    except OperationalError as problem:
        if isinstance(problem.__cause__, LockNotAvailable):
            raise CommandError(
                f"A table was in use for more than {seconds} seconds, so the change was given up; nothing of it is "
                "left. The service goes on as before. Run setup again when it is quieter."
            ) from problem
        raise
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")


def _digest_of_static_files() -> str:
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            fact = Path(storage.path(path)).stat()
            digest.update(f"{path} {fact.st_size} {fact.st_mtime_ns}\n".encode())
    return digest.hexdigest()
