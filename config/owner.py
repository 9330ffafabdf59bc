"""The database roles: one owns the tables and migrates, one runs the program and owns nothing, one only puts requests in."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model
from psycopg import sql

from dvds.models.asked import SAID, PublicRequest

#: What may be changed in the append-only record after it was written: which seal covers a consultation.
CHANGEABLE = {"audit_access": ("seal_id",)}


@contextmanager
def as_owner() -> Iterator[None]:
    """Within it, the default connection is the owner's (DATABASE_OWNER_URL); without that setting, nothing changes."""
    if not settings.DATABASE_OWNER_URL:
        yield
        return
    ordinary = dict(connection.settings_dict)
    owner = settings.DATABASE_READER(settings.DATABASE_OWNER_URL)
    owner["OPTIONS"].pop("pool", None)
    connection.close()
    connection.settings_dict.update(owner)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(ordinary)


def append_only(model: type[Model]) -> bool:
    """True of the audit app's tables, of every row history and of every ledger that declares a trigger `append_only` (the
    decisions on risk, its thresholds): the program may add to them and read them, no more.
    """
    kept = any(trigger.name == "append_only" for trigger in getattr(model._meta, "triggers", ()))
    return kept or model._meta.app_label == "audit" or issubclass(model, pghistory.models.Event)


def grant(role: str) -> None:
    """Give the running role what it needs on every table. To be called as the owner; safe to repeat."""
    name = sql.Identifier(role)
    everything = sql.SQL(
        "GRANT USAGE ON SCHEMA public TO {0};"
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {0};"
        "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {0};"
    ).format(name)
    tables = {m._meta.db_table for m in apps.get_models() if m._meta.managed and append_only(m)}
    with connection.cursor() as cursor:
        cursor.execute(everything.as_string(cursor.connection))
        existing = tables & set(connection.introspection.table_names(cursor))
        for table in sorted(existing):
            revoke = sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(table), name)
            cursor.execute(revoke.as_string(cursor.connection))
            for column in CHANGEABLE.get(table, ()):
                allow = sql.SQL("GRANT UPDATE ({}) ON {} TO {}")
                allowed = allow.format(sql.Identifier(column), sql.Identifier(table), name)
                cursor.execute(allowed.as_string(cursor.connection))


def grant_letterbox(role: str) -> None:
    """Let the public page’s role insert the words of a request, and nothing else: read nothing, change nothing, not say when
    it came or what became of it. To be called as the owner, after `grant`; safe to repeat. Where there is no such role, nothing.
    """
    name = sql.Identifier(role)
    words = sql.SQL(", ").join(map(sql.Identifier, SAID))
    statement = sql.SQL(
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {0};"
        "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {0};"
        "GRANT USAGE ON SCHEMA public TO {0};"
        "GRANT INSERT ({1}) ON {2} TO {0};"
    ).format(name, words, sql.Identifier(PublicRequest._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone():
            cursor.execute(statement.as_string(cursor.connection))
