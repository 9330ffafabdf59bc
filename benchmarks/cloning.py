"""Copies of a pattern folder, many in one statement: INSERT ... SELECT over a row of numbers.

Every column is taken from the pattern's own row, so a column that is added tomorrow is copied as well. Keys between the
rows of a folder are moved along; whose it is, where, when and who it is about come from the folder's number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models

from accounts.models import Unit, User
from audit.models import Event
from benchmarks.pattern import Pattern
from cases.models import Case, Incident
from people.models import Birth, PersonName
from risk.models import QualityCheck, RiskDecision
from workflow.models import Deadline

HALF_A_YEAR = 15_552_000  # seconds over which the folders of the bulk were opened
YEAR = 31_536_000  # seconds over which their DASHes were checked
Words = dict[tuple[Any, str], str]


@dataclass
class Copier:
    """Writes copies of one pattern. `officers`, `sergeants`, `units` are SQL of the folder's number, `n.n`, from 0."""

    pattern: Pattern
    officers: str
    sergeants: str
    units: str
    instead: Words = field(default_factory=dict)
    ages: str = "interval '0'"
    bases: dict[Any, int] = field(init=False)

    def __post_init__(self) -> None:
        self.bases = {model: _last_id(model) + 1 for model in self.pattern.rows}

    @property
    def rows_each(self) -> int:
        return sum(map(len, self.pattern.rows.values()))

    def copy(self, first: int, last: int, model: Any) -> int:
        """The rows of one model for the folders numbered first to last; returns how many."""
        names, values = zip(*self._columns(model), strict=True)
        ids = self.pattern.rows[model]
        table = connection.ops.quote_name(model._meta.db_table)
        statement = f"""
            INSERT INTO {table} ({", ".join(names)})
            SELECT {", ".join(values)}
            FROM (SELECT *, row_number() OVER (ORDER BY id) - 1 AS nth_here FROM {table} WHERE id = ANY(ARRAY{ids}::bigint[])) AS p
            CROSS JOIN generate_series({first}::bigint, {last}::bigint) AS n (n)
        """  # noqa: S608 - made of our own models' names, numbers, and expressions written here
        with connection.cursor() as cursor:
            cursor.execute(statement)  # no values: a per cent sign is the remainder here
            return int(cursor.rowcount)

    def move_sequences(self) -> None:
        """Let the next ids follow the copies."""
        with connection.cursor() as cursor:
            for model in self.pattern.rows:
                table = model._meta.db_table
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, _last_id(model)])

    def ids(self, model: Any, folders: int) -> list[int]:
        """The ids that so many copies of the first row of the model have."""
        each = len(self.pattern.rows[model])
        return [self.bases[model] + n * each for n in range(folders)]

    def _columns(self, model: Any) -> list[tuple[str, str]]:
        plain = [column for column in model._meta.concrete_fields if not getattr(column, "generated", False)]
        return [(connection.ops.quote_name(column.column), self._value(model, column)) for column in plain]

    def _value(self, model: Any, column: Any) -> str:
        own = f"p.{connection.ops.quote_name(column.column)}"
        if said := self.instead.get((model, column.name)):
            return said
        if column.primary_key:
            return f"{self.bases[model]} + n.n * {len(self.pattern.rows[model])} + p.nth_here"
        if column.related_model:
            return self._key(column.related_model, own)
        if column.name in ("subject_id", "source_id"):
            return self._about(own, column.name.replace("_id", "_type"))
        if (model, column.name) == (Event, "chain"):
            return self._key(Case, own)
        return f"{own} - {self.ages}" if isinstance(column, models.DateTimeField) else own

    def _key(self, target: Any, own: str) -> str:
        """A key to another row: of the same folder, of the people and units of that folder, or left as it is."""
        if target is User:
            held = (
                f"WHEN {self.pattern.officer} THEN {self.officers} WHEN {self.pattern.sergeant} THEN {self.sergeants}"
            )
            return f"CASE {own} {held} ELSE {own} END"
        if target is Unit:
            return f"CASE {own} WHEN {self.pattern.unit} THEN {self.units} ELSE {own} END"
        ids = self.pattern.rows.get(target)
        if ids is None:
            return own
        place = f"array_position(ARRAY{ids}::bigint[], {own}) - 1"
        return f"{self.bases[target]} + n.n * {len(ids)} + {place}"

    def _about(self, own: str, kind: str) -> str:
        """An id whose model is named by the column beside it."""
        ways = [f"WHEN '{model._meta.label_lower}' THEN {self._key(model, own)}" for model in self.pattern.rows]
        return f"CASE p.{kind} {' '.join(ways)} ELSE {own} END"


def _last_id(model: Any) -> int:
    found: int | None = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return found or 0


FORENAMES = "Ada Bel Cai Dov Eda Fay Gil Hal Ida Jem Kit Lia Mab Ned Ola Pia Quin Roz Sal Tam Una Val Wyn Zed".split()
STEMS = "Ash Birch Clay Dun Elm Fern Gorse Hazel Ivy Juniper Kel Larch Moss Nettle Oak Pine Quill Rowan Sedge".split()
ENDS = "bury by combe dale den field ford gate ham hurst ley low mere more ness over ridge shaw ton wick wood".split()


def varied(now: str) -> Words:
    """What differs from folder to folder in the bulk: reference, names, birth dates, and when what is owed is due.

    Three in twenty of the open deadlines are overdue and fully told; no rung of any other is due within three hours, so
    that a sweep finds nothing to do unless the benchmark gives it something.
    """
    chance = "((n.n * 104729 + p.nth_here * 31337) % 1000)"
    late = f"-({chance} + 1) * 5760"  # up to ten days
    ahead = f"10800 + ({chance} - 150) * 2800 + n.n % 2711"  # three hours to four weeks
    due = f"({now} + make_interval(secs => CASE WHEN {chance} < 150 THEN {late} ELSE {ahead} END))"
    age = f"make_interval(secs => (n.n * 7919) % {HALF_A_YEAR})"

    def of_open(said: str, column: str) -> str:
        return f"CASE WHEN p.stopped_at IS NULL THEN {said} ELSE p.{column} - {age} END"

    rung = f"CASE WHEN {due} < {now} THEN NULL ELSE greatest({due}, {now} + interval '3 hours') END"
    return {
        (Case, "reference"): "'DA-2025-' || lpad((n.n + 1)::text, 7, '0')",
        (PersonName, "forename"): _pick(FORENAMES, "n.n * 7 + p.nth_here * 3"),
        (PersonName, "surname"): f"{_pick(STEMS, 'n.n * 5 + p.nth_here')} || {_pick(ENDS, 'n.n / 19 + p.nth_here')}",
        (Incident, "abuse_signs"): "CASE WHEN n.n % 10 = 0 THEN ARRAY['stalking'] ELSE p.abuse_signs END",
        (RiskDecision, "to_grade"): "CASE WHEN n.n % 5 = 0 THEN 'high' ELSE p.to_grade END",
        (QualityCheck, "recorded_at"): f"p.recorded_at - make_interval(secs => (n.n * 7919) % {YEAR})",
        (Birth, "born_on"): "date '1950-01-01' + ((n.n * 7919) % 20000)::int",
        (Deadline, "due_at"): of_open(due, "due_at"),
        (Deadline, "started_at"): of_open(f"{due} - interval '10 days'", "started_at"),
        (Deadline, "critical_at"): of_open(f"{due} + interval '2 days'", "critical_at"),
        (Deadline, "next_rung_at"): of_open(rung, "next_rung_at"),
    }


def aged() -> str:
    """How long before the pattern a folder of the bulk was opened."""
    return f"make_interval(secs => (n.n * 7919) % {HALF_A_YEAR})"


def _pick(words: list[str], number: str) -> str:
    said = ", ".join(f"'{word}'" for word in words)
    return f"(ARRAY[{said}])[1 + ({number}) % {len(words)}]"


def one_of(ids: list[int], number: str) -> str:
    """SQL of the id at that place of the list, round and round."""
    return f"(ARRAY{ids}::bigint[])[1 + ({number}) % {len(ids)}]"
