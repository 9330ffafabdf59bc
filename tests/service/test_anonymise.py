"""The training copy: in a database of its own, whole enough to work in, and with nobody left in it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models
from psycopg import sql
from psycopg.conninfo import make_conninfo

from accounts.models import User
from audit import services as audit
from cases.models import Case
from cases.services import honour
from config.anonymise import Replacer, _django_at
from config.personal import Kind, kind_of, tables, undeclared
from people.models import Birth, Person, PersonName
from tests import databases

COPY = f"da_training_{os.getpid()}"
#: Kinds of which every word is looked for in the copy.
SOUGHT = {
    Kind.FORENAME, Kind.SURNAME, Kind.ADDRESS, Kind.POSTCODE, Kind.TELEPHONE, Kind.EMAIL, Kind.REFERENCE,
    Kind.WORDS,
}  # fmt: skip
WORDS, OURS = Kind.WORDS, (Kind.CODE, None)


def fragments() -> dict[str, set[str]]:
    """Everything about anybody that stands in this database, and the columns it stands in.

    Names whole, of a text its first 24 letters. Not what the product itself writes in a column of
    free text: its own sentence says nothing of anybody.
    """
    found: dict[str, set[str]] = {}
    for model in tables():
        for field in model._meta.concrete_fields:
            if kind_of(model, field.name) in SOUGHT:
                said = model._default_manager.values_list(field.name, flat=True).distinct()
                for word in {str(value).lower()[:24] for value in said if value and len(str(value)) > 2}:
                    found.setdefault(word, set()).add(f"{model._meta.db_table}.{field.column}")
    ours = {"system", "none known", honour.WHY.lower()[:24]}
    return {word: places for word, places in found.items() if word not in ours}


#: The list of schools, and of the agencies that sign in, is public. That a child goes to one, or one knows of somebody, is not.
LISTS = {"safeguarding_establishment.name", "accounts_unit.name"}
LISTED = (".school", ".agencies")
#: Made by the framework from the names of our tables, among them one whose name is a surname too.
OF_TABLES = {"auth_permission.name"}


def columns(wanted: Callable[[Kind | None], bool]) -> set[str]:
    """table.column of each column of ours whose kind is one of those."""
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in tables()
        for field in model._meta.concrete_fields
        if wanted(kind_of(model, field.name))
    }


def would_tell(word: str, place: str, stood_in: set[str]) -> bool:
    """Whether the word, found there, is somebody's: a log's short number may elsewhere be the year of an Act, the school of
    a child stands in the list of schools, and a short answer such as "arrested" is a label of ours as well.
    """
    now = place.replace("event.", ".")  # what a table of the past is of
    if place in OF_TABLES or (now in LISTS and all(column.endswith(LISTED) for column in stood_in)):
        return False
    if len(word) < 24 and stood_in <= columns(WORDS.__eq__) and now in columns(OURS.__contains__):
        return False
    return place in stood_in or not (word.isdecimal() and len(word) < 6)


def whole(word: str, text: str) -> bool:
    """Whether it stands there as a word of its own; what was cut to 24 letters may go on."""
    end = "" if len(word) == 24 else r"(?!\w)"
    return re.search(rf"(?<!\w){re.escape(word)}{end}", text) is not None


def every_text(line: psycopg.Connection[Any]) -> Iterator[tuple[str, str]]:
    """(table.column, everything in it, lower case) for each column of the database that can hold a word."""
    columns = line.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND data_type IN ('text', 'character varying', 'character', 'jsonb', 'json', 'ARRAY', 'bytea', 'inet')"
    ).fetchall()
    for table, column in columns:
        query = sql.SQL("SELECT coalesce(string_agg(DISTINCT {0}::text, E'\\n'), '') FROM {1}")
        row = line.execute(query.format(sql.Identifier(column), sql.Identifier(table))).fetchone()
        yield f"{table}.{column}", str(row[0]).lower() if row else ""


@pytest.fixture
def training(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    """The demonstration force, and its training copy."""
    call_command("seed", verbosity=0)
    try:
        call_command("anonymise", into=COPY, verbosity=0)
        with psycopg.connect(make_conninfo(os.environ["DATABASE_URL"], dbname=COPY)) as line:
            yield line
    finally:
        with databases.maintenance() as line:
            databases.drop(line, COPY)


@pytest.mark.long
def test_the_copy_is_whole_with_nobody_left_in_it_and_the_live_one_is_untouched(
    training: psycopg.Connection[Any], tmp_path: Path
) -> None:
    nobody_is_left(training)
    all_is_there(tmp_path)


def nobody_is_left(training: psycopg.Connection[Any]) -> None:
    sought = fragments()
    assert len(sought) > 250, "the demonstration holds names, addresses, telephones and stories"
    leaks = []
    for place, text in every_text(training):
        leaks += [
            (place, word)
            for word, stood_in in sought.items()
            if word in text and whole(word, text) and would_tell(word, place, stood_in)
        ]
    assert leaks == [], leaks
    signed_in = {row[0] for row in training.execute("SELECT username FROM accounts_user").fetchall()}
    assert signed_in & set(User.objects.values_list("username", flat=True)) == {"system"}
    born = set(Birth.objects.exclude(born_on=None).values_list("born_on", flat=True))
    copied = training.execute("SELECT count(*) FROM people_birth WHERE born_on IS NOT NULL").fetchone()
    same = training.execute("SELECT born_on FROM people_birth WHERE born_on = ANY(%s)", [list(born)]).fetchall()
    assert copied and copied[0] == Birth.objects.exclude(born_on=None).count()
    assert len(same) < len(born) / 4, "a shifted day may fall on somebody else's, but not most of them"


def all_is_there(tmp_path: Path) -> None:
    before = {"cases": Case.objects.count(), "people": Person.objects.count(), "names": PersonName.objects.count()}
    known = Case.objects.order_by("pk")[0].reference
    with _django_at(COPY):
        assert {
            "cases": Case.objects.count(),
            "people": Person.objects.count(),
            "names": PersonName.objects.count(),
        } == before
        assert not any(user.has_usable_password() for user in User.objects.exclude(password=""))
        assert User.objects.system().username == "system"
        assert [line for line in audit.verify(tmp_path / "none") if line.startswith("Chain")] == []
        assert not Case.objects.filter(reference=known).exists()
        newest = Case.begin(
            Case.Kind.INVESTIGATION, Case.objects.order_by("pk")[0].unit, Case.objects.order_by("pk")[0].opened_at
        )
        assert newest.pk > 0
    assert Case.objects.filter(reference=known).exists()


def test_every_column_of_text_is_declared() -> None:
    assert undeclared() == [], "Say in config/personal.py what stands in these."


def test_a_new_column_without_a_declaration_is_found(monkeypatch: Any) -> None:
    field = models.TextField(name="diary")
    field.set_attributes_from_name("diary")
    monkeypatch.setitem(Person._meta.__dict__, "concrete_fields", (*Person._meta.concrete_fields, field))
    assert undeclared() == ["people.Person.diary"]


@pytest.mark.parametrize("name", ["", "postgres", "Cases", "a;b", "template1"])
def test_it_refuses_a_database_that_is_none_of_its_own(name: str, db: None, settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("anonymise", into=name)


def test_it_refuses_the_live_one(db: None) -> None:
    with pytest.raises(CommandError, match="in use"):
        call_command("anonymise", into=str(connection.settings_dict["NAME"]))


def test_one_word_becomes_one_other_within_a_copy_and_another_in_the_next() -> None:
    one, next_one = Replacer(), Replacer()
    assert one.name("Hannah") == one.name("hannah") != "Hannah"
    assert one.day(date(1991, 5, 4)) == one.day(date(1991, 5, 4))
    assert {one.name(f"name {n}") for n in range(50)} != {next_one.name(f"name {n}") for n in range(50)}
