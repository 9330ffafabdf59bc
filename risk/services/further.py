"""The further sets of an assessment: which are owed or offered, which are begun, and beginning one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from cases.models import Case, SetMarker
from risk.further import Opening, fears_honour, opened
from risk.models import Assessment, OnRecord, Row, rows_with
from risk.models.answer import questions_of


@dataclass(frozen=True, slots=True)
class FurtherSet:
    """One set: why it is asked for ("" where only an earlier answer did), and the assessment, once it is begun."""

    code: str
    name: str
    because: str
    owed: bool
    assessment: Assessment | None = None
    answered: int = 0
    of: int = 0

    @property
    def is_done(self) -> bool:
        return self.assessment is not None and self.answered == self.of


def further_sets(assessment: Assessment, rows: Sequence[Row], marks: Collection[str]) -> list[FurtherSet]:
    """Those that the answers and markers open, then those that are begun and nothing opens any longer. One statement,
    beside the questions of each version, which are asked once for the life of the process.
    """
    return _sets(assessment, rows, marks, begun_beside(assessment)) if assessment.is_graded else []


def _sets(
    assessment: Assessment, rows: Sequence[Row], marks: Collection[str], beside: Sequence[Any]
) -> list[FurtherSet]:
    begun = {row.instrument.code: row for row in beside}
    wanted = list(opened(rows, marks, honour=fears_honour(assessment, marks)))
    sets = [_set(row.code, row.name, row.because, row.owed, begun.pop(row.code, None)) for row in wanted]
    return sets + [_set(code, found.instrument.name, "", False, found) for code, found in begun.items()]


def owed_in(case: Case) -> list[str]:
    """The names of the sets that the assessments of a case ask for and that are not done: for the minimum standards.

    Three statements, however many assessments there are. Index: assessment_of_case.
    """
    by_hand = SetMarker.objects.standing().filter(case=case, cleared_at__isnull=True).values_list("code", flat=True)
    marks, found = set(by_hand), []
    every = list(_with_answered(Assessment.objects.standing().filter(case=case)).prefetch_related("answers"))
    for row in every:
        if row.is_graded:
            beside = [one for one in every if one.incident_id == row.incident_id and not one.is_graded]
            signs = marks | set(row.incident.abuse_signs)
            sets = _sets(row, rows_with(row, row.answers.all()), signs, beside)
            found += [one.name for one in sets if one.owed and not one.is_done]
    return list(dict.fromkeys(found))


def begun_beside(assessment: Assessment) -> list[Any]:
    """The standing sets of the same incident that follow a DASH, each with how many questions are answered."""
    return list(
        _with_answered(Assessment.objects.standing().filter(incident=assessment.incident_id, follows__isnull=False))
    )


def _with_answered(rows: Any) -> Any:
    related = rows.select_related("incident", "instrument_version__instrument").order_by("pk")
    return related.annotate(answered=Count("answers", filter=~Q(answers__value="")))


def _set(code: str, name: str, because: str, owed: bool, found: Any) -> FurtherSet:
    if found is None:
        return FurtherSet(code, name, because, owed)
    of = len(questions_of([found.instrument_version_id]))
    return FurtherSet(code, found.instrument.name, because, owed, found, found.answered, of)


def not_begun(rows: Sequence[Row], assessment: Assessment, known: OnRecord) -> list[Opening]:
    """The sets that are owed and that nobody has begun."""
    wanted = opened(rows, known.marks, honour=fears_honour(assessment, known.marks))
    return [row for row in wanted if row.owed and row.code not in known.begun]


def done_in(case_ids: Collection[int], code: str) -> set[int]:
    """The cases in which a standing set of this instrument has an answer to every question. One query."""
    rows = Assessment.objects.standing().filter(case__in=case_ids, instrument_version__instrument__code=code)
    counted = rows.annotate(
        answered=Count("answers", filter=~Q(answers__value=""), distinct=True),
        of=Count("instrument_version__questions", distinct=True),
    )
    return set(counted.filter(answered=F("of")).values_list("case_id", flat=True))
