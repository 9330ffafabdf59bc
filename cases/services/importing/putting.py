"""Putting whole incidents in, set by set: case by case of one person harmed, some thousands of cases in one transaction,
each row with where it came from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from cases.models import Case, ImportedRow, ImportRun, Incident, Involvement
from cases.services.importing.rows import insert, keep_history_here
from cases.services.importing.staging import run as ask
from people.models import Address, Birth, Person, PersonName, Telephone, Unweighed
from workflow.clock import LONDON

BATCH = 2_000  # people harmed in one transaction: what is lost with it is done again in seconds
WORK = """
DROP TABLE IF EXISTS import_todo, import_cases, import_made, import_hubs, import_known;
CREATE TEMP TABLE import_todo (batch int, harmed text, incident text);
CREATE TEMP TABLE import_cases (harmed text, id bigint, number bigint, unit text, opened_at timestamptz);
CREATE TEMP TABLE import_made (incident text, id bigint, case_id bigint);
CREATE TEMP TABLE import_hubs (person text, id bigint, is_new bool);
CREATE TEMP TABLE import_known (case_id bigint, person_id bigint, person text);
"""
#: What is not in yet, the incidents of one person harmed in one batch.
TODO = """
INSERT INTO import_todo
SELECT (dense_rank() OVER (ORDER BY v.person) - 1) / %s, v.person, i.external_id FROM import_incidents i
JOIN import_involvements v ON v.incident = i.external_id AND v.part = 'victim'
LEFT JOIN cases_importedrow d ON d.source = %s AND d.kind = 'incident' AND d.external_id = i.external_id
WHERE d.id IS NULL
"""
#: One folder for each person harmed, opened with their first report.
CASES = """
INSERT INTO import_cases
SELECT harmed, nextval(pg_get_serial_sequence('cases_case', 'id')), nextval('cases_reference'), unit, at
FROM (SELECT DISTINCT ON (t.harmed) t.harmed, i.unit, i.reported_at::timestamptz AS at
      FROM import_todo t JOIN import_incidents i ON i.external_id = t.incident
      WHERE t.batch = %s ORDER BY t.harmed, i.reported_at, i.unit) first
"""
MADE = """
INSERT INTO import_made
SELECT t.incident, nextval(pg_get_serial_sequence('cases_incident', 'id')), c.id
FROM import_todo t JOIN import_cases c ON c.harmed = t.harmed WHERE t.batch = %s
"""
#: One hub for each person, the one they have where an earlier batch or run put them in: of one that was merged since, the
#: hub that has its facts now.
HUBS = """
WITH RECURSIVE known AS (
  SELECT w.person, d.row_id AS id
  FROM (SELECT DISTINCT v.person FROM import_made m JOIN import_involvements v ON v.incident = m.incident) w
  LEFT JOIN cases_importedrow d ON d.source = %s AND d.kind = 'person' AND d.external_id = w.person
), hub AS (
  SELECT k.person, p.id, p.kept_as_id FROM known k JOIN people_person p ON p.id = k.id
  UNION ALL
  SELECT h.person, p.id, p.kept_as_id FROM hub h JOIN people_person p ON p.id = h.kept_as_id
)
INSERT INTO import_hubs
SELECT k.person, coalesce(h.id, nextval(pg_get_serial_sequence('people_person', 'id'))), h.id IS NULL
FROM known k LEFT JOIN hub h ON h.person = k.person AND h.kept_as_id IS NULL
"""
#: Locked as a foreign key locks them: a merge that is under way is waited for, and which hubs it has emptied is read.
EMPTIED = """
SELECT count(*) FROM (
  SELECT kept_as_id FROM people_person WHERE id IN (SELECT id FROM import_hubs) ORDER BY id FOR KEY SHARE
) hub WHERE kept_as_id IS NOT NULL
"""
#: What is known of each person stands once in each case that knows of them: a fact is as visible as its case.
KNOWN = """
INSERT INTO import_known SELECT DISTINCT m.case_id, h.id, v.person
FROM import_made m JOIN import_involvements v ON v.incident = m.incident JOIN import_hubs h ON h.person = v.person
"""
NEXT_WORD = "nextval(pg_get_serial_sequence('people_unweighed', 'id'))"
LEFT_WORD = "DELETE FROM people_unweighed u USING import_cases c WHERE u.id > %s AND u.case_number = c.id"
REFERENCE = (
    f"'DA-' || extract(year FROM c.opened_at AT TIME ZONE '{LONDON.key}')::int || '-'"
    " || lpad(c.number::text, greatest(6, length(c.number::text)), '0')"
)
OF_KNOWN = "import_known k JOIN import_people p ON p.external_id = k.person"
#: name of the fact's model, its columns, and of whom it is known.
FACTS: tuple[tuple[Any, dict[str, str], str], ...] = (
    (PersonName, {"forename": "p.forename", "surname": "p.surname"}, "true"),
    (PersonName, {"forename": "p.known_as", "surname": "p.surname", "kind": "'known_as'"}, "p.known_as <> ''"),
    (PersonName, {"forename": "p.forename", "surname": "p.maiden_name", "kind": "'maiden'"}, "p.maiden_name <> ''"),
    (Birth, {"born_on": "rpad(p.born_on, 10, '-01-01')::date", "approximate": "length(p.born_on) = 4"}, "p.born_on <> ''"),
    (Address, {"line": "p.address", "postcode": "p.postcode"}, "p.address <> '' OR p.postcode <> ''"),
    (Telephone, {"number": "p.telephone"}, "p.telephone <> ''"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Putting:
    """One run's work: whose it is, and when it is written down."""

    run: ImportRun
    by: User
    at: datetime

    @property
    def record(self) -> dict[str, Any]:
        return {"recorded_by_id": self.by.pk, "recorded_at": self.at}


def lay_out(source: str) -> int:
    """Part what is not in yet into batches; how many incidents that is."""
    ask(WORK)
    ask(TODO, [BATCH, source])
    ask("CREATE INDEX ON import_todo (batch); ANALYZE import_todo, cases_importedrow")
    # each batch looks up its own rows by index: they are in memory, and reading whole tables instead is what takes long
    ask("SET random_page_cost = 0.7")
    return int(ask("SELECT count(*) FROM import_todo")[0][0])


def put_in(run: ImportRun, by: User) -> Iterator[int]:
    """Batch after batch until nothing is left; says after each how many incidents went in."""
    for batch, incidents in ask("SELECT batch, count(*) FROM import_todo GROUP BY batch ORDER BY batch"):
        with transaction.atomic():
            put_batch(Putting(run, by, timezone.now()), batch)
        yield incidents


def put_batch(putting: Putting, batch: int) -> None:
    keep_history_here(Case, Incident, Involvement, *{model for model, *_ in FACTS})
    before = ask(f"SELECT {NEXT_WORD}")[0][0]
    ask("TRUNCATE import_cases, import_made, import_hubs, import_known")
    ask(CASES, [batch])
    ask(MADE, [batch])
    find_hubs(putting)
    ask(KNOWN)
    ask("ANALYZE import_cases, import_made, import_hubs, import_known")
    put_hubs_and_cases(putting)
    put_incidents(putting)
    for model, said, where in FACTS:
        of = {"case_id": "k.case_id", "person_id": "k.person_id"} | said
        insert(model, f"{OF_KNOWN} WHERE {where}", of, putting.record)
    weigh_last(before)


def weigh_last(before: int) -> None:
    """One word for the sweep of each person of each case, behind whatever is live (`Unweighed`). The cases are this
    transaction's own, so every word of them that the triggers left is too, with an id past `before`.
    """
    ask(LEFT_WORD, [before])
    of = {"id": f"-{NEXT_WORD}", "person_number": "k.person_id", "case_number": "k.case_id"}
    insert(Unweighed, "import_known k", of, {})


def brought_in() -> Q:
    """That a row of a case was put in here: by whoever runs imports, in the very moment in which its case got an incident
    that was checked at once. Index: that of the incidents of a case.
    """
    told = Incident._base_manager.filter(
        case_id=OuterRef("case_id"), recorded_at=OuterRef("recorded_at"), state=Incident.State.CHECKED
    )  # fmt: skip
    return Q(recorded_by__in=ImportRun.objects.values("by")) & Q(Exists(told))


def find_hubs(putting: Putting) -> None:
    """Whose hub is merged while it is being found is looked for again."""
    ask(HUBS, [putting.run.source])
    while ask(EMPTIED)[0][0]:
        ask("TRUNCATE import_hubs")
        ask(HUBS, [putting.run.source])


def put_hubs_and_cases(putting: Putting) -> None:
    insert(Person, "import_hubs h WHERE h.is_new", {"id": "h.id"}, {"created_at": putting.at})
    remember(putting, "person", "import_hubs h WHERE h.is_new", "h.person", "h.id")
    insert(
        Case,
        "import_cases c JOIN accounts_unit u ON u.code = c.unit",
        {"id": "c.id", "reference": REFERENCE, "unit_id": "u.id", "opened_at": "c.opened_at"},
        # closed: what is alive is worked anew
        {"kind": Case.Kind.INVESTIGATION, "state": Case.State.CLOSED},
    )


def put_incidents(putting: Putting) -> None:
    moments = {name: f"nullif(i.{name}, '')::timestamptz" for name in ("reported_at", "occurred_from")}
    words = {name: f"i.{name}" for name in ("log_ref", "place", "postcode", "account", "weapon")}
    others = {
        "channel": "coalesce(nullif(i.channel, ''), 'other')",
        "abuse_types": "coalesce(nullif(i.abuse_types, ''), '{}')::varchar[]",
    }
    insert(
        Incident,
        "import_made m JOIN import_incidents i ON i.external_id = m.incident",
        {"id": "m.id", "case_id": "m.case_id", **moments, **words, **others},
        {"state": Incident.State.CHECKED, **putting.record},
    )
    remember(putting, "incident", "import_made m", "m.incident", "m.id")
    insert(
        Involvement,
        "import_made m JOIN import_involvements v ON v.incident = m.incident JOIN import_hubs h ON h.person = v.person",
        {
            "incident_id": "m.id", "case_id": "m.case_id", "person_id": "h.id", "part": "v.part",
            "relationship": "v.relationship",
        },
        putting.record,
    )  # fmt: skip


def remember(putting: Putting, kind: str, source: str, external: str, row: str) -> None:
    """Where each row came from, so that a second run knows it."""
    of = {"run_id": putting.run.pk, "source": putting.run.source, "kind": kind}
    insert(ImportedRow, source, {"external_id": external, "row_id": row}, of)
