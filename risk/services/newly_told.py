"""What is told after a grade and was not known when it was decided: a Yes, a marker, a day of separation (B.7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cases.models import Case, Involvement, SetMarker
from risk.models import SAYS_YES, Answer, Assessment, RiskDecision, answers_as_at
from risk.services.causes import owe
from risk.triggers import TABLE, Trigger

SEPARATION = "separation"
FIRST = (RiskDecision.Kind.INITIAL, RiskDecision.Kind.REGRADE)


def last_graded(case: Case) -> RiskDecision | None:
    """The newest grade that was decided on answers. Index: risk_decision_of_case."""
    rows = RiskDecision.objects.filter(case=case, kind__in=FIRST)
    found: RiskDecision | None = rows.order_by("-at", "-pk").first()
    return found


def of_answers(assessment: Assessment, at: datetime) -> None:
    """Raise what a Yes asks for that no assessment of the case had said when the risk was last graded: once for that grade."""
    graded = last_graded(assessment.case)
    if graded is None:
        return
    for row, label in newly_said(assessment, graded):
        occasion = f"answer:{row.code}:after:{graded.pk}"
        owe(assessment.case, row.code, occasion, at, assessment, f"New since the last grade: {label}")


def newly_said(assessment: Assessment, graded: RiskDecision) -> Iterator[tuple[Trigger, str]]:
    """The rows of the table that a new Yes holds for, with the question. Two statements, one where no such Yes is there."""
    wanted = {key: row for row in TABLE for key in row.answers}
    said = Answer.objects.standing().filter(assessment=assessment, question__key__in=wanted, value__in=SAYS_YES)
    later = list(said.filter(answered_at__gt=graded.at).select_related("question").order_by("number"))
    if not later:
        return
    every = Assessment.objects.standing().filter(case=assessment.case_id)
    before = answers_as_at(every, graded.at)
    questions = {row.question_id for rows in before.values() for row in rows.values() if row.value in SAYS_YES}
    known = set(
        Answer.objects.filter(question__in=questions, case=assessment.case_id).values_list("question__key", flat=True)
    )
    for answer in later:
        if answer.question.key not in known:
            yield wanted[answer.question.key], answer.label


def of_markers(case: Case, at: datetime) -> None:
    """Raise what a marker asks for that somebody set after the risk was graded: once for the marker."""
    graded = last_graded(case)
    if graded is None:
        return
    wanted = {code: row for row in TABLE for code in row.marks}
    rows = SetMarker.objects.standing().filter(case=case, code__in=wanted, cleared_at__isnull=True)
    for one in rows.filter(recorded_at__gt=graded.at).order_by("pk"):
        owe(case, wanted[one.code].code, f"marker:{one.pk}", at, one, "A marker was set since the last grade.")


def of_separation(row: Involvement, at: datetime) -> None:
    """Raise the look that a separation asks for which is told after the risk was graded: once for the day said."""
    if row.separated_on is not None and row.struck_out_at is None and last_graded(row.case) is not None:
        occasion = f"involvement:{row.pk}:separated:{row.separated_on:%Y%m%d}"
        owe(row.case, SEPARATION, occasion, at, row, "A separation was told since the last grade.")
