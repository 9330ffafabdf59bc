"""A question that every page of a kind asks: built once, put in words once, planned once by each connection.

Building and compiling a queue's statements took most of its page's time, and planning them most of its SQL's; only who
asks, or which case it is about, and when, differs from one time to the next (docs/adr/0022, 0025).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection
from django.db.models import Model
from psycopg import ClientCursor

from cases.rule import SOMEBODY

Build = Callable[[Any], Any]  # a queryset of values(), for the person or about the case

MOMENT = re.compile(r"'(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^']*)'::timestamptz")
NEAR = timedelta(
    seconds=20
)  # how long building may take, on a busy machine too: moments are told apart by whole minutes
FARTHEST = timedelta(days=31)

_KEPT: dict[str, Question] = {}
_PLANNED: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Question:
    """A question in words, with the places of one id and of the moment in them."""

    words: str
    converters: tuple[tuple[int, Any, Any], ...]  # (column, its converters, its expression)

    @cached_property
    def name(self) -> str:
        return f"kept_{sha256(self.words.encode()).hexdigest()[:24]}"

    def rows(self, about: int, now: datetime) -> list[dict[str, Any]]:
        """The answer for somebody, or about a case (id), at a moment (UTC), as dictionaries. One statement."""
        with connection.cursor() as cursor:
            if settings.DATABASE_KEEPS_PLANS:
                self._plan()
                cursor.execute(f"EXECUTE {self.name}(%s, %s)", [about, now])
            else:
                cursor.execute(self.words, {"about": about, "now": now})
            names = [column.name for column in cursor.description]
            return [dict(zip(names, self._converted(row), strict=True)) for row in cursor.fetchall()]

    def _plan(self) -> None:
        """Hand the words to this connection's server once; it keeps the plan as long as the connection lasts."""
        planned = _PLANNED.setdefault(connection.connection, set())
        if self.name in planned:
            return
        words = self.words.replace("%(about)s", "$1").replace("%(now)s", "$2").replace("%%", "%")
        connection.connection.execute(f"PREPARE {self.name} (bigint, timestamptz) AS {words}", prepare=False)
        planned.add(self.name)

    def _converted(self, row: tuple[Any, ...]) -> list[Any]:
        said = list(row)
        for place, converters, expression in self.converters:
            for convert in converters:
                said[place] = convert(said[place], expression, connection)
        return said


def kept(shape: str, build: Build, about: Model, now: datetime) -> list[dict[str, Any]]:
    """The answer to a question of this shape for this person, or about this case, at this moment (UTC).

    `build` makes its queryset, of values() only, the first time that the shape is asked in the life of the program. All
    that differs from one asking to the next must be that id and moments counted from now.
    """
    if shape not in _KEPT:
        _KEPT[shape] = question_of(build, about._meta.model, now)
    return _KEPT[shape].rows(about.pk, now)


def question_of(build: Build, kind: type[Model], now: datetime) -> Question:
    """The question about nobody in particular. Raises LookupError where a moment is not counted from now."""
    compiler = build(kind(pk=SOMEBODY)).query.get_compiler(connection=connection)
    words, values = compiler.as_sql()
    connection.ensure_connection()
    said = ClientCursor(connection.connection).mogrify(words, values).replace("%", "%%")
    columns = [column for column, _, _ in compiler.select[: compiler.col_count]]
    converters = ((place, *found) for place, found in compiler.get_converters(columns).items())
    return Question(
        MOMENT.sub(lambda found: _from_now(found[1], now), said).replace(str(SOMEBODY), "%(about)s::bigint"),
        tuple(converters),
    )


def _from_now(text: str, now: datetime) -> str:
    """A moment of the words as its distance from now: a tour of duty ago, in eight hours."""
    apart = datetime.fromisoformat(text) - now
    minutes = round(apart / timedelta(minutes=1))
    if abs(apart - timedelta(minutes=minutes)) > NEAR or abs(apart) > FARTHEST:
        raise LookupError(f"A question with the moment {text} in it cannot be kept.")
    return f"(%(now)s::timestamptz + interval '{minutes} minutes')" if minutes else "%(now)s::timestamptz"
