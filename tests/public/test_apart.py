"""The public page is apart: no address of the staff's answers there, and its role can read and change nothing."""

from __future__ import annotations

import subprocess
import uuid
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from config.local.paths import PYTHON, ROOT
from dvds.models import PublicRequest
from dvds.models.asked import SAID
from public.letterbox import NotTaken, put_in
from tests.doors.addresses import routes
from tests.public.conftest import Visitor

Line = psycopg.Connection[Any]
REFUSED = psycopg.errors.InsufficientPrivilege


def test_no_address_of_the_staffs_answers_there(visitor: Visitor, served: str) -> None:
    paths = {"/" + route.replace("<", "").replace(">", "").replace(":", "-").lstrip("/") for route in routes()}
    paths |= {
        "/sign-in/",
        "/api/v1/",
        "/admin/",
        "/metrics",
        "/readyz",
        "/static/css/app.css",
        "/static/../config/urls.py",
    }
    wrong = []
    for path in sorted(paths - {"/", "/livez"}):
        visitor.take(path)
        if visitor.status != 404 or "tel:999" not in visitor.html:
            wrong.append((path, visitor.status))
    assert len(paths) > 100
    assert wrong == [("/static/css/app.css", 404)] or wrong == []


def test_its_program_loads_nothing_of_the_staffs() -> None:
    ask = (
        "import sys, config.public\n"
        "ours = 'accounts audit workflow people cases orders risk safeguarding marac dvds supervision reporting'.split()\n"
        "print([name for name in sys.modules if name.split('.')[0] in ours or name.startswith('config.settings')])"
    )
    surroundings = {"PATH": "/usr/bin:/bin", "DJANGO_ENV": "local"}
    done = subprocess.run(
        [str(PYTHON), "-c", ask], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_its_role_puts_in_and_reads_nothing_back(put: Line) -> None:
    put.execute("INSERT INTO dvds_publicrequest (key, subject) VALUES (%s, 'Kurt Vane')", [uuid.uuid4()])
    assert PublicRequest.objects.get().subject == "Kurt Vane"
    for question in (
        "SELECT * FROM dvds_publicrequest",
        "SELECT count(*) FROM dvds_publicrequest",
        "SELECT key FROM dvds_publicrequest",
        "INSERT INTO dvds_publicrequest (key) VALUES (gen_random_uuid()) RETURNING id",
        "UPDATE dvds_publicrequest SET subject = ''",
        "DELETE FROM dvds_publicrequest",
        "TRUNCATE dvds_publicrequest",
        "COPY dvds_publicrequest TO STDOUT",
        "DROP TABLE dvds_publicrequest",
        "INSERT INTO dvds_publicrequest (key, received_at) VALUES (gen_random_uuid(), now() - interval '9 days')",
        "INSERT INTO dvds_publicrequest (key, taken_at) VALUES (gen_random_uuid(), now())",
        "INSERT INTO dvds_publicrequest (key, intake_id) VALUES (gen_random_uuid(), 1)",
    ):
        with pytest.raises(REFUSED):
            put.execute(question)


def test_its_role_may_do_nothing_with_any_other_table(put: Line) -> None:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    assert len(tables) > 200
    may = []
    for table in tables:
        asked = put.execute(
            "SELECT has_table_privilege(%(t)s, 'SELECT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'),"
            " has_any_column_privilege(%(t)s, 'SELECT, UPDATE, REFERENCES'),"
            " has_table_privilege(%(t)s, 'INSERT') OR has_any_column_privilege(%(t)s, 'INSERT')",
            {"t": f'public."{table}"'},
        ).fetchone()
        may += [table] if asked is not None and any(asked) else []
    assert may == ["dvds_publicrequest"]
    for table in tables[::20]:
        with pytest.raises(REFUSED):
            put.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table)))


def test_its_role_may_fill_only_the_columns_of_a_request(put: Line) -> None:
    columns = [field.column for field in PublicRequest._meta.concrete_fields]
    allowed = {
        column
        for column in columns
        if put.execute("SELECT has_column_privilege('dvds_publicrequest', %s, 'INSERT')", [column]).fetchone()
        == (True,)
    }
    assert allowed == set(SAID)


def test_its_role_makes_no_table_and_becomes_nobody_else(put: Line) -> None:
    for attempt in ("CREATE TABLE public.kept (words text)", "SET ROLE da_owner", "SET ROLE da_app"):
        with pytest.raises(psycopg.Error):
            put.execute(attempt)


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("danger", "very"),
        ("asks_as", "police"),
        ("feared", ["everything"]),
        ("subject", "x" * 301),
        ("why", "x" * 4001),
    ],
)
def test_a_page_that_was_taken_over_could_put_in_only_what_a_request_may_be(put: Line, column: str, words: Any) -> None:
    statement = sql.SQL("INSERT INTO dvds_publicrequest (key, {}) VALUES (gen_random_uuid(), %s)")
    with pytest.raises((psycopg.errors.CheckViolation, psycopg.errors.StringDataRightTruncation)):
        put.execute(statement.format(sql.Identifier(column)), [words])


def test_what_the_letterbox_does_not_take_is_said_without_the_words(letterbox: str, caplog: Any) -> None:
    said = {"subject_name": "Kurt Vane", "danger": "very"}
    with pytest.raises(NotTaken) as refused:
        put_in(said, key=uuid.uuid4().hex, language="en", letterbox=letterbox)
    assert refused.value.__cause__ is None
    assert "Kurt" not in str(refused.value) + caplog.text
