"""A copy of the database for training in which nobody is left: every row, with every word about anybody replaced.

Rows are read here, replaced here, and only then written into the other database: no real word is ever in it. The same
word becomes the same other word throughout one copy, and another in the next: the key is made anew and kept nowhere.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.db.models import Model
from psycopg import sql
from psycopg.types.json import Jsonb

from audit.models import Access, Event
from audit.services import digest_of, event_facts
from config.personal import Kind, kind_of, subject_of

#: Not copied at all: what is typed and not saved, made or sent for somebody, or opens a door.
LEFT_OUT = frozenset(
    {"workflow.Draft", "workflow.Once", "workflow.Outbox", "people.NameWord", "audit.Seal", "reporting.Document"}
    | {"cases.Presence", "people.Place", "people.SavedSearch", "people.SavedHit", "people.SearchWatch"}
    | {"reporting.DocumentContent", "reporting.Export", "supervision.Subscription", "supervision.Delivery"}
    | {"reporting.ExportPart", "reporting.SnapshotFigures", "reporting.SnapshotContent", "reporting.SnapshotWords"}
    | {"reporting.SnapshotJob"}
    | {"supervision.Digest", "supervision.Heartbeat", "supervision.Finding"}
    | {"accounts.Attempt", "accounts.Invitation", "accounts.Session", "accounts.SystemAccount", "accounts.Token"}
)
#: Of libraries: who may what, by row. Everything else of theirs is about doors, or about the real machine.
TAKEN_ALONG = frozenset({"contenttypes.ContentType", "auth.Permission", "cases.NamedGrant"})
#: Where places come from: made anew from the addresses of the copy.
PLACED = ("people_address", "cases_incident", "cases_call")
TRAINING_TEXT = "Made-up words for training stand here. "
SYLLABLES = (
    "bra",
    "dun",
    "fel",
    "gor",
    "hul",
    "jex",
    "kov",
    "lum",
    "miv",
    "nok",
    "pru",
    "quo",
    "ryx",
    "siv",
    "tov",
    "vux",
)
SPREAD = 180  # days
Row = dict[str, Any]


class Replacer:
    """The other word for each word. One to a copy."""

    def __init__(self) -> None:
        self.key = secrets.token_bytes(32)
        self.ways: dict[Kind, Callable[[Any, Row], Any]] = {
            Kind.FORENAME: lambda said, row: self.name(said),
            Kind.SURNAME: lambda said, row: self.name(said),
            Kind.TITLE: lambda said, row: said,
            Kind.USERNAME: lambda said, row: said if said == "system" else f"person{row['id']}",
            Kind.COLLAR: lambda said, row: f"9{row['id']:05d}",
            Kind.EMAIL: lambda said, row: f"person{row['id']}@training.invalid",
            Kind.ADDRESS: lambda said, row: f"{1 + self.number(said) % 200} {self.name(said)} Street",
            Kind.POSTCODE: lambda said, row: f"ZZ{1 + self.number(said) % 99} {self.number(said) % 10}ZZ",
            Kind.TELEPHONE: lambda said, row: f"07700 900{self.number(said) % 1000:03d}",
            Kind.PLATE: lambda said, row: f"ZZ{self.number(said) % 100:02d} ZZZ",
            Kind.HANDLE: lambda said, row: f"training.{self.name(said).lower()}",
            Kind.NUMBER: lambda said, row: f"ZZ/{self.number(said) % 1_000_000:06d}",
            Kind.DAY: lambda said, row: self.day(said),
            Kind.SPAN: lambda said, row: self.day(said, f"row {row['id']}"),  # its beginning stays before its end
            Kind.SPECIAL: lambda said, row: "not_asked",
            Kind.WORDS: lambda said, row: (TRAINING_TEXT * (len(said) // len(TRAINING_TEXT) + 1))[: max(len(said), 12)],
            Kind.DATA: lambda said, row: {},
            Kind.REFERENCE: lambda said, row: f"{said[:8]}{500_000 + row['id']:06d}",
            Kind.SECRET: lambda said, row: "",
        }

    def number(self, said: object) -> int:
        digest = hmac.new(self.key, str(said).casefold().encode(), hashlib.sha256).digest()
        return int.from_bytes(digest[:8], "big")

    def name(self, said: str) -> str:
        """Made of syllables that no name of this country is made of, so that nobody takes it for somebody's."""
        number = self.number(said)
        return "".join(SYLLABLES[(number >> 4 * place) % 16] for place in range(3)).capitalize()

    def day(self, said: date, by: object = None) -> date:
        return said + timedelta(days=self.number(by or said) % (2 * SPREAD) - SPREAD)

    def of(self, model: type[Model], row: Row) -> Row:
        """The row with every declared column replaced; what is empty stays empty, which is a fact of the form alone."""
        own = {**row, "id": row.get("pgh_obj_id", row.get("id"))}
        for field in model._meta.concrete_fields:
            kind, column = kind_of(model, field.name), str(field.column)
            said = row.get(column)  # what the database works out itself is not in it
            if kind in self.ways and said not in (None, "", b""):
                longest = getattr(field, "max_length", None)
                way = self.ways[kind]
                new = [way(one, own) for one in said] if isinstance(said, list) else way(said, own)
                row[column] = new[:longest] if isinstance(new, str) and longest else new
                if field.null and new == "":
                    row[column] = None
        return row


def make_copy(source: psycopg.Connection[Any], target: str, progress: Callable[[str], None]) -> None:
    """Make the database `target` on the same server. On any fault it is dropped again. The caller may create databases."""
    server = source.info
    with psycopg.connect(**_where(server, "postgres"), autocommit=True) as line:
        line.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(target)))
        try:
            with _django_at(target):
                call_command("migrate", interactive=False, verbosity=0)
                call_command("createcachetable", verbosity=0)
            with psycopg.connect(**_where(server, target)) as into:
                fill(source, into, progress)
        except BaseException:
            line.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(target)))
            raise


def _where(info: psycopg.ConnectionInfo, name: str) -> dict[str, Any]:
    return {**info.get_parameters(), "dbname": name, "password": info.password or None}


@contextmanager
def _django_at(name: str) -> Iterator[None]:
    """Within it, Django's own connection leads to the database of that name."""
    settings_dict = connection.settings_dict
    before, options = settings_dict["NAME"], settings_dict["OPTIONS"]
    connection.close()
    # a pool keeps lines to the database that it was made for, whatever the name says now
    settings_dict |= {"NAME": name, "OPTIONS": {key: value for key, value in options.items() if key != "pool"}}
    try:
        yield
    finally:
        connection.close()
        settings_dict |= {"NAME": before, "OPTIONS": options}


def copied() -> list[type[Model]]:
    """The models whose rows are taken along, histories among them."""
    every = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    ours = [m for m in every if m._meta.app_label in settings.OUR_APPS or m._meta.label in TAKEN_ALONG]
    return [m for m in ours if subject_of(m)._meta.label not in LEFT_OUT]


def fill(source: psycopg.Connection[Any], into: psycopg.Connection[Any], progress: Callable[[str], None]) -> None:
    """Copy every table in one transaction, with the triggers of the target asleep: they would write history of the copying."""
    replacer, tables = Replacer(), [sql.Identifier(model._meta.db_table) for model in copied()]
    for table in tables:
        into.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
    into.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(tables)))
    for model in copied():
        progress(f"{model._meta.db_table}: {_copy(model, source, into, replacer)}")
    into.execute("INSERT INTO people_nameword (word) SELECT DISTINCT unnest(words_plain) FROM people_personname")
    for placed in PLACED:
        into.execute(
            sql.SQL(
                "INSERT INTO people_place (key) SELECT DISTINCT place_key FROM {} WHERE place_key <> ''"
                " AND NOT EXISTS (SELECT FROM people_place WHERE key = place_key)"
            ).format(sql.Identifier(placed))
        )
    into.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for model, table in zip(copied(), tables, strict=True):
        into.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))
        _move_sequence(into, model)
    into.execute("SELECT setval('cases_reference', 500000 + (SELECT coalesce(max(id), 0) + 1 FROM cases_case))")


def _copy(
    model: type[Model], source: psycopg.Connection[Any], into: psycopg.Connection[Any], replacer: Replacer
) -> int:
    """Every row of one table, read and written as a stream; returns how many."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.GeneratedField)]
    names = [str(field.column) for field in fields]
    columns, table = sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(model._meta.db_table)
    json = {str(field.column) for field in fields if isinstance(field, models.JSONField)}
    order = sql.SQL("ORDER BY chain, number" if model is Event else "")
    rows = replaced(model, names, source, sql.SQL("SELECT {} FROM {} {}").format(columns, table, order), replacer)
    count = 0
    with into.cursor().copy(sql.SQL("COPY {} ({}) FROM STDIN").format(table, columns)) as out:
        for row in rows:
            out.write_row([Jsonb(row[name]) if name in json and row[name] is not None else row[name] for name in names])
            count += 1
    return count


def replaced(
    model: type[Model], names: list[str], source: psycopg.Connection[Any], query: sql.Composed, replacer: Replacer
) -> Iterator[Row]:
    """The rows of a query with their words replaced. The chain of acts is digested anew, so that the copy proves whole."""
    chain, digest = -1, ""
    with source.cursor(name=f"copy_{model._meta.model_name}") as cursor:
        cursor.execute(query)
        for values in cursor:
            row = replacer.of(model, dict(zip(names, values, strict=True)))
            if model is Event:
                digest = digest if row["chain"] == chain else ""
                chain, row["previous"] = row["chain"], digest
                digest = row["digest"] = digest_of(digest, event_facts(Event(**row)))
            if model is Access:
                row["seal_id"] = None  # the copy seals them itself
            if "pgh_context_id" in row:
                row["pgh_context_id"] = None
            yield row


def _move_sequence(into: psycopg.Connection[Any], model: type[Model]) -> None:
    """The next row gets the next number."""
    key, table = model._meta.pk, model._meta.db_table
    if not isinstance(key, models.AutoField):
        return
    name = sql.Identifier(table)
    move = "SELECT setval(pg_get_serial_sequence({}, {}), coalesce((SELECT max({}) FROM {}), 0) + 1, false)"
    into.execute(
        sql.SQL(move).format(sql.Literal(table), sql.Literal(key.column), sql.Identifier(str(key.column)), name)
    )
