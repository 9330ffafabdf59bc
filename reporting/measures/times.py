"""How long it took: half, nine in ten, the mean, and how many have not come to it yet. In days, reckoned by the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import DurationField, ExpressionWrapper, F, FloatField, Value
from django.db.models.functions import Cast, Extract
from django.utils import timezone

from reporting.measures.declare import Took
from reporting.measures.reckon import WHOLE, Question, group_of, rows_of

DAY = 86_400.0  # seconds
FENCE = 1_000_000_000  # rows: more than there are


@dataclass(frozen=True, slots=True)
class Spread:
    """Of `began` rows `reached` have come to it, in days; the others are censored: they count as not yet. None of none."""

    began: int
    reached: int
    half: float | None = None
    mean: float | None = None
    nine: float | None = None

    @property
    def waiting(self) -> int:
        return self.began - self.reached


def measured(took: Took, question: Question, now: datetime) -> tuple[str, Any] | None:
    """The rows of the window as SQL: their group, `days` (None where it has not happened) and `since` it began until `now`.

    Each is reckoned once: the limit is a fence, without which the planner asks anew wherever a column is used. None where
    what is counted has no such group.
    """
    group = group_of(took.counted, question.by)
    if group is None and question.by:
        return None
    rows = rows_of(took.counted, question.window, question.unit).annotate(
        x_group=Value(WHOLE) if group is None else group,
        x_days=days_between(F(took.counted.at), took.until),
        x_since=days_between(F(took.counted.at), Value(now)),
    )
    sql, values = rows.values_list("x_group", "x_days", "x_since")[:FENCE].query.sql_with_params()
    return sql, values


def days_between(begins: Any, ends: Any) -> Any:
    lasted = ExpressionWrapper(ends - begins, output_field=DurationField())
    return Cast(Extract(lasted, "epoch"), FloatField()) / Value(DAY)


def told(columns: str, after: str, took: Took, question: Question, now: datetime) -> list[tuple[Any, ...]]:
    """Some columns of the rows. One statement."""
    rows = measured(took, question, now)
    if rows is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM ({rows[0]}) AS told (grouped, days, since) {after}", rows[1])  # noqa: S608 - ours
        return list(cursor.fetchall())


#: What is said to have happened before it began is left out.
COUNTED = """grouped, count(*) FILTER (WHERE days IS NULL OR days >= 0), count(*) FILTER (WHERE days >= 0),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE days >= 0), avg(days) FILTER (WHERE days >= 0),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY days) FILTER (WHERE days >= 0)"""


def spreads(took: Took, question: Question) -> dict[Any, Spread]:
    """{group: how long it took}. One statement."""
    found = {row[0]: Spread(*row[1:]) for row in told(COUNTED, "GROUP BY grouped", took, question, timezone.now())}
    return found or ({} if question.by else {WHOLE: Spread(0, 0)})


Days = list[tuple[int, int, int]]


def by_day(took: Took, question: Question, now: datetime) -> dict[Any, Days]:
    """{group: [(whole days, how many came to it on that day, how many were last seen waiting then)]}, the fewest days first.

    Whoever has not come to it was last seen `now` (UTC). One statement.
    """
    columns = "grouped, floor(coalesce(days, since))::int AS day, count(days), count(*) - count(days)"
    after = "WHERE coalesce(days, since) >= 0 GROUP BY grouped, day ORDER BY day"
    found: dict[Any, Days] = {}
    for group, *day in told(columns, after, took, question, now):
        found.setdefault(group, []).append((day[0], day[1], day[2]))
    return found
