"""How long it took: half, nine in ten, the mean, and how many have not come to it yet. In days, reckoned by the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Aggregate, Avg, Count, DurationField, ExpressionWrapper, F, FloatField, Q, Value
from django.db.models.functions import Coalesce, Extract, Floor

from reporting.measures.declare import Took
from reporting.measures.reckon import WHOLE, Question, group_of, rows_of

DAY = 86_400.0  # seconds


class Percentile(Aggregate):
    """The value below which a share lies, between two rows where it falls there (`percentile_cont`); None of no rows."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: Any, share: float, **extra: Any) -> None:
        super().__init__(expression, share=share, **extra)


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


def measured(took: Took, question: Question) -> Any:
    """The rows of the window with `x_days`, None where it has not happened; what is said to have happened before is left out."""
    lasted = ExpressionWrapper(F("x_until") - F(took.counted.at), output_field=DurationField())
    rows = rows_of(took.counted, question.window, question.unit).annotate(x_until=took.until)
    return rows.annotate(x_days=ExpressionWrapper(Extract(lasted, "epoch") / DAY, output_field=FloatField()))


def spreads(took: Took, question: Question) -> dict[Any, Spread]:
    """{group: how long it took}. One statement."""
    rows = measured(took, question)
    group = group_of(took.counted, question.by)
    numbers = {
        "began_": Count("pk", filter=Q(x_days__gte=0) | Q(x_days=None)), "reached_": Count("x_days", filter=Q(x_days__gte=0)),
        "half_": Percentile("x_days", 0.5, filter=Q(x_days__gte=0)), "mean_": Avg("x_days", filter=Q(x_days__gte=0)),
        "nine_": Percentile("x_days", 0.9, filter=Q(x_days__gte=0)),
    }  # fmt: skip
    if group is None:
        return {} if question.by else {WHOLE: Spread(*rows.aggregate(**numbers).values())}
    found = rows.annotate(g_=group).values("g_").annotate(**numbers).values_list("g_", *numbers)
    return {row[0]: Spread(*row[1:]) for row in found}


Days = list[tuple[int, int, int]]


def by_day(took: Took, question: Question, now: datetime) -> dict[Any, Days]:
    """{group: [(whole days, how many came to it on that day, how many were last seen waiting then)]}, the fewest days first.

    Whoever has not come to it was last seen `now` (UTC). One statement.
    """
    rows, group = measured(took, question), group_of(took.counted, question.by)
    if group is None and question.by:
        return {}
    lasted = ExpressionWrapper(Value(now) - F(took.counted.at), output_field=DurationField())
    since = ExpressionWrapper(Extract(lasted, "epoch") / DAY, output_field=FloatField())
    rows = rows.annotate(x_last=Coalesce("x_days", since), g_=Value(WHOLE) if group is None else group)
    days = rows.filter(x_last__gte=0).annotate(d_=Floor("x_last")).values("g_", "d_")
    numbers = days.annotate(came_=Count("x_days"), all_=Count("pk")).order_by("d_")
    found: dict[Any, Days] = {}
    for key, day, came, number in numbers.values_list("g_", "d_", "came_", "all_"):
        found.setdefault(key, []).append((int(day), came, number - came))
    return found
