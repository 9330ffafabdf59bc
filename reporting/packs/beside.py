"""What stands beside the figures of every pack: how good the data is, and what happened that a reader must know.

Both are asked through one seam each, so that whoever keeps a scorecard or notes of context says so once (`use_quality`,
`use_notes`) and every pack has them.
"""

# ruff: noqa: E501 - sentences and headings stay whole

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from reporting.charts.series import Note
from reporting.measures.breakdowns import BREAKDOWNS
from reporting.measures.declare import MEASURES
from reporting.measures.reckon import Question, Value, ask
from reporting.packs.declare import Asking, Told

#: A sentence and its figure, such as ("Ethnicity of the person harmed not known", "4.2 for every 100 (21 of 500)").
Line = tuple[str, str]
Quality = Callable[[Asking], Sequence[Line]]
Notes = Callable[[str, Asking], Sequence[Note]]
ASKED = ("gender", "ethnicity", "disability", "age", "relationship", "risk")
UNKNOWN = ("", -1, None)


def unknowns(asking: Asking) -> list[Line]:
    """Of the reports of the window: of how many it is not known, for each thing that figures are broken down by."""
    measure = MEASURES["M01"]
    found = []
    for by in ASKED:
        answer = ask(Question(measure, asking.window, by, asking.unit))
        counts = {group: answer.value("reports", None, group).some for group, _ in answer.groups}
        missing = sum(count for group, count in counts.items() if group in UNKNOWN)
        found.append((f"{BREAKDOWNS[by].label}: not known", rate(Value(missing, sum(counts.values())))))
    late = MEASURES["M05"]
    value = ask(Question(late, asking.window, "", asking.unit)).value("in-time")
    return [
        *found,
        (
            "Crimes recorded more than 24 hours after the report",
            rate(Value((value.whole or 0) - value.some, value.whole)),
        ),
    ]


def rate(value: Value) -> str:
    return f"{value.shown} for every 100 ({value.some:,} of {value.whole:,})" if value.whole else "n/a"


def no_notes(measure: str, asking: Asking) -> Sequence[Note]:
    return ()


_QUALITY: list[Quality] = [unknowns]
_NOTES: list[Notes] = [no_notes]


def use_quality(box: Quality) -> None:
    """What the data-quality box of every pack says, from now on: said once, in the panels of whoever keeps it."""
    _QUALITY[:] = [box]


def use_notes(notes: Notes) -> None:
    """The notes of context of a measure's chart, from now on."""
    _NOTES[:] = [notes]


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
    told.said = [("Data quality", ("What", "Figure"), [tuple(line) for line in _QUALITY[0](asking)])]
    return told


def notes_of(measure: str, asking: Asking) -> list[tuple[date, str]]:
    return [(note.day, note.words) for note in _NOTES[0](measure, asking)]
