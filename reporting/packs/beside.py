"""What stands beside the figures of every pack: how good the data is, and what happened that a reader must know."""

# ruff: noqa: E501 - sentences and headings stay whole

from __future__ import annotations

from datetime import date

from accounts.models import Unit
from reporting.figures import notes
from reporting.measures.breakdowns import BREAKDOWNS
from reporting.measures.declare import MEASURES, Measure
from reporting.measures.reckon import Question, Value, Window, ask
from reporting.packs.declare import Asking, Told
from reporting.quality.counted import box

#: A sentence and its figure, such as ("Ethnicity of the person harmed not known", "4.2 for every 100 (21 of 500)").
Line = tuple[str, str]
ASKED = ("gender", "ethnicity", "disability", "age", "relationship", "risk")
UNKNOWN = ("", -1, None)


def unknowns(asking: Asking) -> list[Line]:
    """Of the reports of the window: of how many it is not known, for each thing that figures are broken down by."""
    measure = MEASURES["M01"]
    found = []
    for by in ASKED:
        answer = ask(Question(measure, asking.window, by, asking.unit), asking.counts)
        counts = {group: answer.value("reports", None, group).some for group, _ in answer.groups}
        missing = sum(count for group, count in counts.items() if group in UNKNOWN)
        found.append((f"{BREAKDOWNS[by].label}: not known", rate(Value(missing, sum(counts.values())))))
    late = MEASURES["M05"]
    value = ask(Question(late, asking.window, "", asking.unit), asking.counts).value("in-time")
    return [
        *found,
        (
            "Crimes recorded more than 24 hours after the report",
            rate(Value((value.whole or 0) - value.some, value.whole)),
        ),
    ]


def rate(value: Value) -> str:
    return f"{value.shown} for every 100 ({value.some:,} of {value.whole:,})" if value.whole else "n/a"


def quality_box(asking: Asking) -> Told:
    told = Told(
        "How good the data is",
        definition=[
            (
                "Definition",
                "Of what was recorded in the window. Not known is a group of its own in every figure above, never left out.",
            )
        ],
    )
    told.said = [
        ("Data quality", ("What", "Figure"), [*box(asking.window, beneath_force(asking.unit)), *unknowns(asking)])
    ]
    return told


def notes_of(measure: Measure, window: Window, unit: Unit) -> list[tuple[date, str]]:
    """What is noted on the chart of a measure in these months, the earliest first."""
    noted = notes.of_chart(measure, window, beneath_force(unit))
    return [(note.day, note.words) for note in notes.drawn(noted, window)]


def beneath_force(unit: Unit) -> Unit | None:
    return None if unit.parent_id is None else unit
