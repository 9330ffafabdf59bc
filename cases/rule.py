"""A rule about cases that is put in SQL once and kept: only who asks, and when, is put in each time (docs/adr/0022).

Django would otherwise build and compile the rule of visibility anew for every question, several times for a page.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, Exists, Expression, F, Func, OuterRef, Q

#: What stands in the kept words for the person's id and for two moments; no row has them.
SOMEBODY = -720_199_822
NOW, LATELY = datetime(1, 1, 1, 1, tzinfo=UTC), datetime(1, 1, 1, 2, tzinfo=UTC)

#: Django's own short names of tables within subqueries; ours must be others, or they would hide those of the question.
ALIAS = re.compile(r"\b([A-Z]{1,2}[0-9]+)\b")

Words = tuple[str, tuple[Any, ...]]


class Rule(Expression):
    """The kept words as a condition on the case that a question is about, under whatever name it has there.

    `person`: a column to stand where the kept words have SOMEBODY, for a question about many people at once.
    """

    def __init__(self, words: str, values: list[Any], case: Any = None, person: Any = None) -> None:
        super().__init__(output_field=BooleanField())
        self.words, self.values, self.case, self.person = words, values, case or F("pk"), person

    def get_source_expressions(self) -> list[Any]:
        return [self.case] if self.person is None else [self.case, self.person]

    def set_source_expressions(self, exprs: Any) -> None:
        self.case, *rest = exprs
        self.person = rest[0] if rest else None

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        case, _ = compiler.compile(self.case)
        words, values = self.words.replace(_own(), case.removesuffix(_quoted("id"))), list(self.values)
        if self.person is not None:
            words, values = self._of_each(words, values, *compiler.compile(self.person))
        return f"({words})", values

    def _of_each(self, words: str, values: list[Any], column: str, more: Any) -> tuple[str, list[Any]]:
        """With the column wherever SOMEBODY was to be put in."""
        first, *rest = words.split("%s")
        said: list[str] = [first]
        kept: list[Any] = []
        for value, piece in zip(values, rest, strict=True):
            here = value == SOMEBODY
            said += [column if here else "%s", piece]
            kept += more if here else [value]
        return "".join(said), kept


def put_in_words(condition: Q) -> Words:
    """The condition on a case as SQL and its values. It joins nothing: what is asked of other tables is a subquery."""
    query = apps.get_model("cases", "Case").objects.filter(condition).query
    words, values = query.where.as_sql(query.get_compiler(DEFAULT_DB_ALIAS), connections[DEFAULT_DB_ALIAS])
    if sum(1 for used in query.alias_refcount.values() if used) > 1:
        raise LookupError("A rule that is kept may not join another table.")
    return ALIAS.sub(r"rule_\1", words), tuple(values)


def among(column: str, ids: Any) -> Func:
    """`column = ANY(ARRAY(question))`: the question is answered once, and an index on the column serves.

    An IN would be planned as a join or as a table to look up in, at a cost that the planner counts for every row.
    """
    found = Func(ArraySubquery(ids), template="ANY(%(expressions)s)")
    return Func(F(column), found, template="%(expressions)s", arg_joiner=" = ", output_field=BooleanField())


def here_or_in(case: int, cases: Any) -> Q:
    """Rows that carry `case`: of this one (id), or of one of the queryset's.

    Asked row by row. An IN beside an OR makes PostgreSQL list every case of the force first, at each asking.
    """
    return Q(case=case) | Q(Exists(cases.filter(pk=OuterRef("case"))))


def asked_by(words: Words, person: int, now: datetime, lately: datetime) -> Rule:
    """The rule for one person (id) at a moment (UTC)."""
    said = {SOMEBODY: person, NOW: now, LATELY: lately}
    return Rule(
        words[0], [said.get(value, value) if isinstance(value, int | datetime) else value for value in words[1]]
    )


def asked_by_each(words: Words, person: Any, now: datetime, lately: datetime) -> Rule:
    """The same for whoever stands in a column of the question round it, each row its own (`person`: an OuterRef)."""
    said = {NOW: now, LATELY: lately}
    values = [said.get(value, value) if isinstance(value, datetime) else value for value in words[1]]
    return Rule(words[0], values, person=person)


def _own() -> str:
    return f"{_quoted(apps.get_model('cases', 'Case')._meta.db_table)}."


def _quoted(name: str) -> str:
    return f'"{name}"'
