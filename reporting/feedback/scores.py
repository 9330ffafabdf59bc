"""THE COUNTS of M38: very and fairly satisfied of those who answered on the scale, by stage, month, unit and risk; and the
response rate. Counted by the database from the answers; who sees which is said by the pages.

An answer counts in the month in which it was given. A survey counts in the month in which it was drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from accounts.models import Unit
from reporting.equality.small import small
from reporting.models import PartnerAnswer, Survey, SurveyAnswer
from reporting.models.feedback import SATISFIED, VALID, Stage
from workflow.clock import LONDON

IS_SATISFIED = Q(value__in=SATISFIED)
S = Survey.State
#: By what the answers are broken down: the name of a breakdown, and its expression over the answers.
BREAKDOWNS: Mapping[str, Any] = {
    "stage": F("survey__stage"), "month": TruncMonth("survey__asked_at", tzinfo=LONDON), "unit": F("survey__case__unit"),
    "grade": F("survey__grade"), "way": F("survey__way"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """How many were satisfied, of how many valid answers. `key` says of what: a stage, a month, a unit."""

    key: tuple[Any, ...]
    satisfied: int
    valid: int

    @property
    def rate(self) -> float | None:
        """Satisfied for every 100 valid answers; None where nobody answered."""
        return 100 * self.satisfied / self.valid if self.valid else None

    @property
    def can_be_told(self) -> bool:
        """Whether it may leave the force: one to four people would be known by their answer, whichever way it went (R)."""
        return not small(self.valid) and not small(self.satisfied) and not small(self.valid - self.satisfied)


def scored(since: datetime, until: datetime, unit: Unit | None = None) -> Any:
    """The valid answers to the scored question of each stage, given from one moment until another (UTC), in a unit and all
    beneath it. The base of M38: its moment is `survey__asked_at`, its unit `survey__case__unit`. Index: survey_answered.
    """
    rows = SurveyAnswer.objects.standing().filter(
        question__scored=True, value__in=VALID, survey__state=S.ANSWERED, survey__asked_at__gte=since,
        survey__asked_at__lt=until,
    )  # fmt: skip
    return rows if unit is None else rows.filter(survey__case__unit__lineage__contains=[unit.pk])


def satisfaction(since: datetime, until: datetime, *by: str, unit: Unit | None = None) -> list[Score]:
    """One score for each group of the breakdowns named (`BREAKDOWNS`), in their order; one statement."""
    named = {f"by_{name}": BREAKDOWNS[name] for name in by}
    rows = scored(since, until, unit).annotate(**named).order_by(*named).values(*named)
    rows = rows.annotate(satisfied=Count("pk", filter=IS_SATISFIED), valid=Count("pk"))
    return [Score(tuple(row[name] for name in named), row["satisfied"], row["valid"]) for row in rows]


@dataclass(frozen=True, slots=True)
class Response:
    """What became of those who were drawn for a stage."""

    stage: str
    drawn: int
    answered: int
    declined: int
    not_reached: int
    not_safe: int
    called_off: int
    waiting: int

    @property
    def could_answer(self) -> int:
        """Those who were, or could have been, asked: without who was not safe to ask, who was called off, who waits."""
        return self.answered + self.declined + self.not_reached

    @property
    def rate(self) -> float | None:
        """Answered for every 100 who could; None where nobody could."""
        return 100 * self.answered / self.could_answer if self.could_answer else None


def responses(since: datetime, until: datetime, unit: Unit | None = None) -> list[Response]:
    """For each stage what became of those drawn from one moment until another (UTC). One statement. Index: survey_by_stage."""
    rows = Survey.objects.standing().filter(recorded_at__gte=since, recorded_at__lt=until)
    if unit is not None:
        rows = rows.filter(case__unit__lineage__contains=[unit.pk])
    states = {"answered": S.ANSWERED, "declined": S.DECLINED, "not_reached": S.NOT_REACHED, "not_safe": S.NOT_SAFE,
              "called_off": S.CALLED_OFF, "waiting": S.DRAWN}  # fmt: skip
    counts: dict[str, Any] = {name: Count("pk", filter=Q(state=state)) for name, state in states.items()}
    found = rows.order_by("stage").values("stage").annotate(drawn=Count("pk"), **counts)
    return sorted((Response(**row) for row in found), key=lambda one: list(Stage).index(Stage(one.stage)))


def partners_say(since: datetime, until: datetime) -> list[Score]:
    """What representatives of partners said to the scored question, by quarter (its first day). One statement."""
    rows = PartnerAnswer.objects.filter(
        question__scored=True, value__in=VALID, feedback__recorded_at__gte=since, feedback__recorded_at__lt=until
    )
    found = rows.order_by("feedback__quarter").values("feedback__quarter")
    found = found.annotate(satisfied=Count("pk", filter=IS_SATISFIED), valid=Count("pk"))
    return [Score((row["feedback__quarter"],), row["satisfied"], row["valid"]) for row in found]
