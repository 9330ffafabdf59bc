"""The rows of the files side by side in the database, so that each may be checked against the others and nothing is half in.

The tables are temporary: they live as long as the connection of the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection

from cases.services.importing.columns import FILES
from cases.services.importing.reading import Row

NAMES = {"people.csv": "import_people", "incidents.csv": "import_incidents", "involvements.csv": "import_involvements"}
TOLD = 10_000  # rows read between two movements of the bar
# Millions of rows are compared and sorted; what goes into an index of words is gathered, and put in by the thousand.
ROOM = """
SET work_mem = '128MB'; SET maintenance_work_mem = '256MB'; SET gin_pending_list_limit = '64MB'; SET jit = off
"""
AS_BEFORE = """
RESET work_mem; RESET maintenance_work_mem; RESET gin_pending_list_limit; RESET jit; RESET random_page_cost
"""
INDEXES = """
CREATE INDEX ON import_people (external_id);
CREATE INDEX ON import_incidents (external_id);
CREATE INDEX ON import_involvements (incident);
CREATE INDEX ON import_involvements (person);
ANALYZE import_people, import_incidents, import_involvements;
"""
Reject = Callable[[str, int, str, str], None]  # file, row, field, reason

#: What a row may lack beside the others, in the order in which one follows from another: (file, field, reason, which rows).
FOLLOWS: tuple[tuple[str, str, str, str], ...] = (
    ("people.csv", "external_id", "An earlier row has this id.",
     "EXISTS (SELECT FROM import_people e WHERE e.external_id = r.external_id AND e.line < r.line)"),
    ("incidents.csv", "external_id", "An earlier row has this id.",
     "EXISTS (SELECT FROM import_incidents e WHERE e.external_id = r.external_id AND e.line < r.line)"),
    ("involvements.csv", "person", "There is no such row in people.csv, or it was rejected.",
     "NOT EXISTS (SELECT FROM import_people p WHERE p.external_id = r.person)"),
    ("involvements.csv", "person", "An earlier row gives this person a part in it.",
     "EXISTS (SELECT FROM import_involvements e WHERE e.incident = r.incident AND e.person = r.person AND e.line < r.line)"),
    ("involvements.csv", "part", "An earlier row names another person harmed: one incident is of one.",
     "r.part = 'victim' AND EXISTS (SELECT FROM import_involvements e"
     " WHERE e.incident = r.incident AND e.part = 'victim' AND e.line < r.line)"),
)  # fmt: skip
BROKEN = "EXISTS (SELECT FROM import_broken b WHERE b.incident = r.external_id)"
NO_VICTIM = "NOT EXISTS (SELECT FROM import_involvements i WHERE i.incident = r.external_id AND i.part = 'victim')"
NO_INCIDENT = "NOT EXISTS (SELECT FROM import_incidents i WHERE i.external_id = r.incident)"
NO_PART = "NOT EXISTS (SELECT FROM import_involvements i WHERE i.person = r.external_id)"


def run(words: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """One statement; its rows where it gives any."""
    with connection.cursor() as cursor:
        cursor.execute(words, values)
        return list(cursor.fetchall()) if cursor.description else []


def make_tables() -> None:
    """One for each file, of its columns as text; and the incidents of which a row was rejected."""
    run(ROOM)
    for file, table in NAMES.items():
        columns = ", ".join(f"{column.name} text" for column in FILES[file])
        run(f"DROP TABLE IF EXISTS {table}")
        run(f"CREATE TEMP TABLE {table} (line int, {columns})")
    run("DROP TABLE IF EXISTS import_broken")
    run("CREATE TEMP TABLE import_broken (incident text)")


def stage(file: str, rows: Iterable[Row], reject: Reject, broken: set[str]) -> Iterator[int]:
    """Put the rows that are right by themselves beside the others; says now and then how many were read. Incidents of which
    a row is rejected are noted in `broken`.
    """
    names, read = [column.name for column in FILES[file]], 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {NAMES[file]} FROM STDIN") as copy:
        for row in rows:
            read += 1
            if row.reason:
                reject(file, row.line, row.field, row.reason)
                broken.add(row.incident)
            else:
                copy.write_row([row.line, *map(row.said.__getitem__, names)])
            if read % TOLD == 0:
                yield TOLD
    yield read % TOLD


def cross_check(broken: set[str], reject: Reject) -> None:
    """Take out what does not stand beside the others: an incident goes in whole, or none of it does.

    `broken`: incidents of which a row was rejected before it was staged.
    """
    run(INDEXES)
    for file, field, reason, condition in FOLLOWS:
        broken |= taken_out(file, field, reason, condition, reject)
    with connection.cursor() as cursor, cursor.copy("COPY import_broken FROM STDIN") as copy:
        for incident in broken:
            copy.write_row([incident])
    taken_out("incidents.csv", "", "A row of involvements.csv for it was rejected.", BROKEN, reject)
    taken_out("incidents.csv", "external_id", "Nobody is said to be harmed in it.", NO_VICTIM, reject)
    gone = "There is no such row in incidents.csv, or it was rejected."
    taken_out("involvements.csv", "incident", gone, NO_INCIDENT, reject)
    taken_out("people.csv", "external_id", "They have no part in any incident that was taken.", NO_PART, reject)


def taken_out(file: str, field: str, reason: str, condition: str, reject: Reject) -> set[str]:
    """Reject the rows of a file for which the condition holds; the incidents whose involvements they were."""
    table = NAMES[file]
    of = "t.incident" if file == "involvements.csv" else "''"
    gone = run(
        f"WITH found AS MATERIALIZED (SELECT r.ctid AS place FROM {table} r WHERE {condition})"  # noqa: S608 - ours alone
        f" DELETE FROM {table} t USING found WHERE t.ctid = found.place RETURNING t.line, {of}"
    )
    for line, _incident in sorted(gone):
        reject(file, line, field, reason)
    return {incident for _line, incident in gone if incident}
