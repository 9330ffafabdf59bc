"""THE TABLE of what a supervisor looks at in a piece of work about risk (B.8), and who finds where answers and records differ."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as N_

from risk.models import QualityCheck


@dataclass(frozen=True, slots=True)
class Look:
    """One row of a checklist: its code in the record, and what is looked at."""

    code: str
    words: str


# fmt: off
DASH = (
    Look("answered",  N_("Every question answered, or why not")),
    Look("narrative", N_("Words for every Yes")),
    Look("consistent", N_("Agrees with the call log, video, crime record and history")),
    Look("alone",     N_("The victim was seen alone")),
    Look("interpreter", N_("Any interpreter was independent")),
    Look("children",  N_("Children were seen, or spoken to")),
    Look("followed",  N_("Stalking and honour questions asked where called for")),
    Look("judgement", N_("The reasons show judgement, not only a count")),
    Look("crimes",    N_("Crimes told in answers are recorded")),
    Look("own",       N_("Not copied from an earlier form")),
)
PLAN = (
    Look("critical",  N_("Every critical Yes is answered")),
    Look("smart",     N_("Each action can be checked, with who and by when")),
    Look("agreed",    N_("The victim agrees, and has the plan in a safe way")),
    Look("marker",    N_("Markers are set")),
    Look("children",  N_("The children are covered")),
    Look("suspect",   N_("Something faces the suspect")),
    Look("review",    N_("The day of the review follows from the grade")),
    Look("night",     N_("Somebody to ring out of hours")),
    Look("immediate", N_("What was to be done at once is shown to be done")),
)
# fmt: on
#: Another kind of work is another line here, and a step of its table that takes `quality_form` (B.8).
CHECKLISTS: dict[str, tuple[Look, ...]] = {QualityCheck.Kind.DASH: DASH, QualityCheck.Kind.PLAN: PLAN}


#: Each gives for an assessment and a reader what differs: things with `sentence`, `question_number` and `explained`.
DIFFERENCES: list[Callable[[Any, Any], Sequence[Any]]] = []


def differs(*finders: Callable[[Any, Any], Sequence[Any]]) -> None:
    """Say who finds where answers and records differ; said in an app's panels.py. `explained` is "" until it is."""
    DIFFERENCES.extend(finders)


def differences_of(assessment: Any, user: Any) -> list[Any]:
    """What differs, as every finder says it, in their order."""
    return [found for finder in DIFFERENCES for found in finder(assessment, user)]
