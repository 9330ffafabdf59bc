"""WHICH FURTHER SETS OF QUESTIONS ARE OPENED, AND BY WHAT: the one table of it (A.2, A.3, A.7).

By the key of a question, which is the same in every version and instrument, or by a marker of the case. What is owed keeps
the assessment from being sent until it is done; what is offered does not. Nothing of it is added to any count.
"""

# ruff: noqa: E501 - the rows of the table stay whole

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop as N_

from cases.services.honour import MARKS as HONOUR_MARKS
from risk.models import Assessment, Row

S_DASH, H_DASH, SCREEN, POLICE, TECHNOLOGY, PPIT = (
    "s-dash", "h-dash", "stalking-screen", "police-suspect", "technology", "ppit",
)  # fmt: skip
#: Yes to any of these asks whether so-called honour is feared.
ASKS_HONOUR: Final = frozenset({"isolation", "control", "others_threaten"})
STALKING_MARKS: Final = frozenset({"stalking", "harassment"})
#: The four indicators of the screening, by key.
FOUR: Final = ("fixated", "obsessive", "unwanted", "repeated")
WOULD_STOP: Final = "would_stop"


@dataclass(frozen=True, slots=True)
class Opening:
    """One row: the set, its name, what opens it, and why in words for whoever is asked to do it."""

    code: str
    name: str
    because: str
    owed: bool
    questions: frozenset[str] = frozenset()  # keys of which Yes opens it
    marks: frozenset[str] = frozenset()  # markers that open it
    honour: bool = False  # opened by the fear of so-called honour

    def holds(self, yes: Collection[str], marks: Collection[str], *, honour: bool) -> bool:
        """`yes`: the keys answered so that the thing happens; `marks`: of the case; `honour`: said to be feared."""
        return bool(self.questions & set(yes) or self.marks & set(marks) or (self.honour and honour))


# fmt: off
TABLE: tuple[Opening, ...] = (
    Opening(S_DASH,     "S-DASH",                  N_("The pattern is one of stalking or harassment"),           owed=True,  questions=frozenset({"stalking"}), marks=STALKING_MARKS),
    Opening(SCREEN,     "Stalking screening",     N_("Five questions that tell stalking from a dispute"),       owed=True,  questions=frozenset({"stalking"})),
    Opening(H_DASH,     "H-DASH",                  N_("So-called honour, forced marriage or mutilation is feared"), owed=True, marks=HONOUR_MARKS, honour=True),
    Opening(POLICE,     "Suspect who works for the police", N_("The suspect is police officer or staff"),        owed=True,  marks=frozenset({"police_suspect"})),
    Opening(TECHNOLOGY, "Technology",              N_("Abuse by telephone, apps, trackers or cameras"),          owed=False, questions=frozenset({"stalking"}), marks=frozenset({"technology", "images", "online"})),
    Opening(PPIT,       "PPIT",                    N_("A suspect marked as serial or of high harm"),             owed=False, marks=frozenset({"serial_suspect", "high_harm"})),
)
# fmt: on
OPENINGS: dict[str, Opening] = {row.code: row for row in TABLE}


def opened(rows: Sequence[Row], marks: Collection[str], *, honour: bool) -> Iterator[Opening]:
    """The rows of the table that hold for these answers and markers."""
    yes = {row.question.key for row in rows if row.says_yes}
    return (row for row in TABLE if row.holds(yes, marks, honour=honour))


def asks_honour(rows: Sequence[Row]) -> list[int]:
    """The numbers of the questions that ask whether so-called honour is feared, being answered Yes."""
    return [row.number for row in rows if row.question.key in ASKS_HONOUR and row.says_yes]


def fears_honour(assessment: Assessment, marks: Collection[str]) -> bool:
    """Said with the assessment, or marked on the case (A.3)."""
    return assessment.honour_concern == Assessment.Concern.YES or bool(HONOUR_MARKS & set(marks))


def indicators(rows: Sequence[Row]) -> int:
    """How many of the four are Yes (S0-002)."""
    return sum(row.question.key in FOUR and row.says_yes for row in rows)


def settles(rows: Sequence[Row]) -> bool:
    """Whether it would stop if the dispute were settled: then it points to harassment and not to stalking."""
    return any(row.question.key == WOULD_STOP and row.says_yes for row in rows)
