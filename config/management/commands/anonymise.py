"""`manage.py anonymise`: a copy for training, in a database of its own, in which nobody is left."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg.errors import DuplicateDatabase

from config.anonymise import make_copy
from config.owner import as_owner
from config.personal import undeclared


class Command(BaseCommand):
    help = "Make a copy for training in a new database on the same server, with every word about anybody replaced."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--into", default="", help="the name of the new database; must be given in production")

    def handle(self, *args: Any, **options: Any) -> None:
        live = str(connection.settings_dict["NAME"])
        target = options["into"] or ("" if settings.PRODUCTION else f"{live}_training")
        self.refuse_unless_safe(live, target)
        with as_owner():
            connection.settings_dict["NAME"] = live  # as the owner, but of the database that we are in
            connection.ensure_connection()
            parameters = connection.get_connection_params()
            where = {name: parameters[name] for name in ("host", "port", "user", "password") if parameters.get(name)}
            with psycopg.connect(**where, dbname=live) as source:
                source.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
                source.read_only = True
                try:
                    make_copy(source, target, self.stdout.write)
                except DuplicateDatabase:
                    raise CommandError(
                        f"There is a database {target} already. Choose another name, or drop it."
                    ) from None
        self.stdout.write(f"The copy is in {target}. Nobody can sign in there until passwords are set.")

    def refuse_unless_safe(self, live: str, target: str) -> None:
        """Never the live one, never a name that nobody chose, never with a column of which nobody said what it holds."""
        if missing := undeclared():
            raise CommandError(f"Say in config/personal.py what stands in: {', '.join(missing)}.")
        if not re.fullmatch(r"[a-z][a-z0-9_]{2,50}", target):
            raise CommandError("Name the new database with --into: small letters, digits and _, like cases_training.")
        if target in {live, "postgres", "template0", "template1"}:
            raise CommandError("That is a database in use. The copy must be one of its own.")
