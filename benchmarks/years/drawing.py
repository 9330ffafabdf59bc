"""Chance in SQL: numbers that look drawn and are worked out from the number of a row, so that they can be drawn again."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models
from psycopg import sql

from benchmarks.seeding import run

MANY = 1 << 52  # as many different draws as fit exactly
# Both are one expression, which the planner puts in the place of the call
CHANCE = f"""
    CREATE OR REPLACE FUNCTION pg_temp.chance(row_number bigint, salt bigint) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (hashint8extended(row_number, salt) & {MANY - 1})::double precision / {MANY}
"""
NORMAL = """
    CREATE OR REPLACE FUNCTION pg_temp.normal(row_number bigint, salt bigint) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sqrt(-2 * ln(1 - pg_temp.chance(row_number, salt))) * cos(2 * pi() * pg_temp.chance(row_number, salt + 1))
"""


def prepare() -> None:
    """Make the two functions; they are gone with the connection."""
    run(CHANCE)
    run(NORMAL)


def draw(what: str, of: str = "r.n") -> str:
    """A number from 0 to below 1, another for each `what` and each row (`of`: SQL of a whole number)."""
    return f"pg_temp.chance({of}, {salt(what)})"


def spread(median: float, wide: float, what: str, of: str = "r.n") -> str:
    """A length with this median, half of all within a factor of exp(0.67 * wide) of it (log-normal)."""
    return f"({median} * exp({wide} * pg_temp.normal({of}, {salt(what)})))"


def salt(what: str) -> int:
    return zlib.crc32(f"{what}".encode()) & 0x7FFFFFFF


def one_of(values: Iterable[Any], number: str) -> str:
    """One of the values, each as likely; `number` is a draw."""
    listed = list(values)
    said = ", ".join(literal(value) for value in listed)
    return f"(ARRAY[{said}])[1 + floor(({number}) * {len(listed)})::int]"


def weighted(shares: Mapping[str, float], number: str) -> str:
    """One of the words by its share of the whole, which need not be 1; the last takes what is left."""
    total, sofar, parts = sum(shares.values()), 0.0, []
    for word, share in list(shares.items())[:-1]:
        sofar += share / total
        parts.append(f"WHEN {number} < {sofar:.6f} THEN {literal(word)}")
    return f"CASE {' '.join(parts)} ELSE {literal(list(shares)[-1])} END"


def among(column: str, words: Iterable[str]) -> str:
    return f"{column} IN ({', '.join(literal(word) for word in words)})"


def hours(length: str) -> str:
    return f"make_interval(secs => 3600 * ({length}))"


def days(length: str) -> str:
    return f"make_interval(secs => 86400 * ({length}))"


def literal(value: Any) -> str:
    return sql.Literal(value).as_string(None)


def pour(model: Any, source: str, /, **said: str) -> int:
    """Rows of a model from what stands behind FROM; `said` gives a column (by the field's name) as SQL. Returns how many.

    What is not said is what the model itself would write: its default, nothing, an empty word. A column that can be none
    of these must be said: LookupError; so is one that the model does not have. An id is counted on where none is said.
    """
    given, columns = dict(said), {}
    for field in model._meta.concrete_fields:
        said_here = given.pop(field.name, None)
        if getattr(field, "generated", False) or (field.primary_key and said_here is None):
            continue
        columns[field.column] = said_here if said_here is not None else _unsaid(model, field)
    if given:
        raise LookupError(f"{model.__name__} has no {', '.join(sorted(given))}.")
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"INSERT INTO {table} ({names}) SELECT {', '.join(columns.values())} FROM {source}"  # noqa: S608 - ours
    with connection.cursor() as cursor:
        cursor.execute(statement)  # no values: a per cent sign is the remainder here
        return int(cursor.rowcount)


def _unsaid(model: Any, field: Any) -> str:
    if field.has_default():
        value = field.get_default()
        if isinstance(value, list) and not value:
            return "'{}'"
        if isinstance(value, dict):
            return "'{}'::jsonb"
        if not isinstance(field, (models.DateTimeField, models.ForeignKey)):
            return literal(getattr(value, "value", value))
    if field.null:
        return "NULL"
    if isinstance(field, (models.CharField, models.TextField)) and field.blank:
        return "''"
    raise LookupError(f"What stands in {model.__name__}.{field.name}?")


class Ids:
    """Where the ids of each model begin: behind what is there already. `ids[Model]` is the first free one."""

    def __init__(self) -> None:
        self.found: dict[Any, int] = {}

    def __getitem__(self, model: Any) -> int:
        if model not in self.found:
            last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
            self.found[model] = (last or 0) + 1
        return self.found[model]

    def move_sequences(self, models_written: Iterable[Any]) -> None:
        """Let the next ids follow what was written."""
        for model in models_written:
            table = connection.ops.quote_name(model._meta.db_table)
            run(
                f"SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest(1, (SELECT max(id) FROM {table})))",  # noqa: S608
                [model._meta.db_table],
            )
