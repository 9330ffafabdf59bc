"""Figures that others publish, brought in for months and areas."""

# ruff: noqa: E501 - the tables stay whole

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from accounts.models import Unit
from reporting.models import OutsideFigure, OutsideImport
from reporting.models.outside import OutsideFile
from tests.reporting.measures.around.planter import Planter
from tests.reporting.measures.generated import NOW

FIGURES = (
    "recorded",
    "referred",
    "charged",
    "no_action",
    "out_of_court",
    "action_plan",
    "completed",
    "convicted",
    "guilty_plea",
    "evidence_led",
    "evidence_led_convicted",
    "people",
)
GIVEN = st.lists(
    st.fixed_dictionaries({
        "figure": st.sampled_from(FIGURES), "month": st.integers(0, 3), "area": st.sampled_from((0, 0, 1, 2, 3)), "value": st.integers(0, 60),
        "violence": st.booleans(), "standing": st.integers(0, 5).map(lambda n: n > 0),
    }),
    max_size=24, unique_by=lambda one: (one["figure"], one["month"], one["area"], one["violence"]),
)  # fmt: skip


def outside(planter: Planter, rows: list[dict[str, Any]], months: list[date], areas: list[Unit]) -> None:
    """Each figure in an import of its own, in force or taken out of use."""
    for row in rows:
        figure = row["figure"]
        kind = {"recorded": "crime", "people": "population"}.get(figure, "prosecution")
        file = OutsideFile.objects.create(kind=kind, digest=f"{next(planter.numbers):064d}", content="x")
        state = "in_force" if row["standing"] else "out"
        run = OutsideImport.objects.create(
            unit=areas[0],
            recorded_by=planter.by,
            state=state,
            kind=kind,
            file=file,
            source="x",
            rows=1,
            decided_by=planter.other,
            decided_at=NOW,
        )
        more: dict[str, Any] = {"group": "violence" if row["violence"] else "all"} if kind == "crime" else {}
        if kind == "population":
            more = {"age": "16+", "sex": "M" if row["violence"] else "F", "months": 12}
        OutsideFigure.objects.create(
            run=run,
            kind=kind,
            figure=figure,
            begins_on=months[row["month"]],
            unit=areas[row["area"]],
            value=row["value"],
            **more,
        )
