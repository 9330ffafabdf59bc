"""Which hub a row hangs on: where anything points at a person, and which hub has the facts after a merge."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

import pghistory.models
from django.apps import apps
from django.db import connection
from django.db.models import BigIntegerField, F, Value

from people.models import Person

#: How long after an un-merge an act that began before it is put right. Longer than any request may last.
IN_FLIGHT = "1 minute"
# Locked as a foreign key locks it: a merge, which takes the hub for itself, is waited for, and its outcome is read. The
# second answer is read anew after the folder was locked, so an un-merge that held the folder is over and seen.
STANDS_ON = f"""
SELECT hub.kept_as_id, (
  SELECT gone_id FROM people_merge
  WHERE kept_id = hub.id AND parted_at > now() - interval '{IN_FLIGHT}' AND %s = ANY(home)
  ORDER BY parted_at DESC LIMIT 1)
FROM people_person hub WHERE hub.id = %s FOR KEY SHARE OF hub
"""  # noqa: S608 - the interval is ours


class Column(NamedTuple):
    """One column that points at a person: the model, its name as it is kept, the field."""

    model: Any
    table: str
    name: str

    @property
    def in_a_case(self) -> bool:
        return hasattr(self.model, "case_id")


class Row(NamedTuple):
    """One row that hangs on a hub; `case` is 0 where it lies in none."""

    column: int
    pk: int
    case: int
    hub: int

    @property
    def key(self) -> tuple[str, str, int]:
        column = columns()[self.column]
        return column.table, column.name, self.pk


@cache
def columns() -> list[Column]:
    """Every column of every model that points at a person: facts, involvements, calls, whatever any app has declared.

    Asked of the models themselves, so that a new one is moved too. Their history is written by their own triggers. A model
    with `stays_in_a_merge` is left where it is: it says which hubs were meant (a pair, a merge, a paper that was made).
    """
    found = []
    for model in apps.get_models():
        if issubclass(model, pghistory.models.Event) or model is Person or getattr(model, "stays_in_a_merge", False):
            continue
        fields = [field for field in model._meta.local_concrete_fields if field.related_model is Person]
        found += [Column(model, model._meta.label_lower, field.name) for field in fields]
    return found


def columns_of(record: Any) -> list[str]:
    """The columns of a record that point at a person, by the name of the attribute that holds the number."""
    return [f"{column.name}_id" for column in columns() if column.model is type(record)]


def rows_of(hubs: Collection[int]) -> list[Row]:
    """Everything that hangs on the hubs, struck-out rows too, whoever may see it. One statement."""
    asked = [
        column.model._base_manager.filter(**{f"{column.name}__in": hubs})
        .order_by()
        .values_list(
            Value(number, output_field=BigIntegerField()), "pk",
            F("case_id") if column.in_a_case else Value(0, output_field=BigIntegerField()), f"{column.name}_id",
        )
        for number, column in enumerate(columns())
    ]  # fmt: skip
    return sorted(Row(*found) for found in asked[0].union(*asked[1:], all=True))


def point_at(rows: list[Row], hub: int) -> None:
    """Make the rows hang on a hub. One statement for each column."""
    for number, group in groupby(sorted(rows), key=lambda row: row.column):
        column = columns()[number]
        column.model._base_manager.filter(pk__in=[row.pk for row in group]).update(**{column.name: hub})


def chain_of(person_id: int) -> list[int]:
    """The hub and those it was merged into, one after another; the last has the facts now."""
    chain = [person_id]
    while kept := Person.objects.filter(pk=chain[-1]).values_list("kept_as", flat=True).first():
        chain.append(kept)
    return chain


def living(person_id: int) -> int:
    """The hub that has the facts now: itself, or the one it was merged into, however often that was merged since."""
    return chain_of(person_id)[-1]


def settle(record: Any, before: dict[str, Any]) -> None:
    """What is about to be written hangs on the hub that has the facts now, under the lock of its folder.

    Whoever writes chose the person before, perhaps before a merge or an un-merge that ran at the same moment. One query
    for each person that the record newly names.
    """
    for column in columns_of(record):
        named = getattr(record, column)
        if named is not None and named != before.get(column):
            stands = _stands_on(named, getattr(record, "case_id", None))
            if stands != named:
                setattr(record, column, stands)


def _stands_on(person_id: int, case_id: int | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(STANDS_ON, [case_id, person_id])
        kept, gone_home = cursor.fetchone() or (None, None)
    return _stands_on(kept, case_id) if kept else gone_home or person_id
