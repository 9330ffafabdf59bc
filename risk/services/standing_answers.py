"""R-18: which answers keep a grade up. What was answered holds until it is answered otherwise, whatever the set it is asked in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop as N_

from risk.models import UNKNOWN, Answer, InstrumentVersion, Limits, Row
from risk.models.answer import questions_of
from risk.models.grading import LOWEST_OF_ALL, PARTNERS, Floor, floor_of_yes

COUNTED = InstrumentVersion.Scoring.COUNT
#: No number is shown where a set without one has its say (R-03).
WITHOUT_A_NUMBER = N_("of what was answered before, too much was not answered otherwise since")


def floor_of_answers(case_id: int, graded: Collection[int], limits: Limits) -> Floor:
    """The floor of the count over the newest that is known of each of the 24, from all assessments of the case.

    A Yes holds until a newer assessment that stands and was graded (`graded`: ids) says No to the same question: neither
    one that is empty, nor "Don't know", nor one that nobody graded takes it away. One statement.
    """
    said = newest_known(case_id, graded)
    counted = [row for row in said.values() if PARTNERS in row.question.counts_toward]
    if not counted:
        return LOWEST_OF_ALL
    asked = max((row.answer.assessment for row in counted), key=lambda one: one.pk)
    of = [row for row in questions_of([asked.instrument_version_id]) if PARTNERS in row.counts_toward]
    plain = all(row.answer.assessment.is_counted for row in said.values())
    yes = sum(said[question.key].says_yes for question in of if question.key in said)
    found = floor_of_yes(yes, len(of), limits)
    return found if plain or found is LOWEST_OF_ALL else Floor(found.grade, WITHOUT_A_NUMBER)


def newest_known(case_id: int, graded: Collection[int]) -> dict[str, Row]:
    """By the key of the question, the newest answer that holds."""
    stands = Q(assessment__struck_out_at__isnull=True) | Q(assessment__in=graded)
    rows: Any = Answer.objects.standing().filter(stands, case=case_id, assessment__follows__isnull=True)
    rows = rows.exclude(value__in=["", *UNKNOWN]).select_related("question", "assessment__instrument_version")
    found: dict[str, Row] = {}
    for answer in rows.order_by("answered_at", "pk"):
        row = Row(answer.question, answer)
        takes_away = answer.assessment_id in graded and answer.assessment.struck_out_at is None
        if row.says_yes or takes_away or row.question.key not in found:
            found[row.question.key] = row
    return found
