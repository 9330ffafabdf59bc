"""THE TABLE of figures from outside: brought in by one, confirmed by another, taken out of use at once where they are wrong.

A file is taken whole or not at all: a total that lacks one area or one month is a wrong total, and nothing on a chart
would show it. A file with a wrong row is kept with why, so that it can be mended and brought in anew.
"""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from reporting.forms.outside import BroughtIn, Confirmed, NotTaken
from reporting.models import OutsideImport
from reporting.models.outside import CONFIRMS, ENTERS
from reporting.outside import keeping
from supervision.steps.two_people import Said, by_another, by_who_asked, decided, nothing_more
from workflow.declare import ANY, NEW, STAYS, Step, Workflow
from workflow.models import Approval

S = OutsideImport.State


def keep(run: Any, said: Said, by: User, at: datetime) -> None:
    keeping.keep(run, said)


def still_reads(run: Any, user: User) -> str:
    """Guard: every row can still be taken."""
    return keeping.still_reads(run, timezone.now())


def write(run: Any, said: Said, by: User, at: datetime) -> None:
    keeping.write_figures(run, at)


# fmt: off
OUTSIDE = Workflow("outside-import", OutsideImport, S,
    Step("propose",   "Bring figures in",               NEW,        S.WAITING,    ENTERS,   BroughtIn, effect=keep, done="Figures from outside brought in"),
    Step("reject",    "Keep why a file was not taken",  NEW,        S.REJECTED,   ENTERS,   NotTaken,  effect=keep, done="File of figures not taken: rows are wrong"),
    Step("confirm",   "Confirm these figures",          S.WAITING,  S.IN_FORCE,   CONFIRMS, Confirmed, guards=(by_another, still_reads), effect=decided("outside", Approval.Verdict.APPROVED, write), done="Figures from outside confirmed", proof=True),
    Step("refuse",    "Refuse these figures",           S.WAITING,  S.REFUSED,    CONFIRMS, guards=(by_another,), effect=decided("outside", Approval.Verdict.RETURNED), done="Figures from outside refused"),
    Step("take-back", "Take these figures back",        S.WAITING,  S.TAKEN_BACK, ENTERS,   guards=(by_who_asked,), effect=nothing_more, done="Figures from outside taken back"),
    Step("withdraw",  "Take these figures out of use",  S.IN_FORCE, S.OUT,        ENTERS | CONFIRMS, effect=nothing_more, done="Figures from outside taken out of use", proof=True),
    Step("note",      "Note something about it",        ANY,        STAYS,        ENTERS | CONFIRMS, effect=nothing_more, done="Note on figures from outside"),
    finished=(S.IN_FORCE, S.REJECTED, S.REFUSED, S.TAKEN_BACK, S.OUT), label="import of figures from outside",
)
# fmt: on
