"""The contradictions of an assessment, and their explanations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from accounts.models import User
from risk.contradictions import Contradiction, contradictions
from risk.models import Assessment, Explanation, OnRecord, RiskThreshold, Row, rows_of
from risk.services.history import day_of
from risk.services.records import on_record


def contradictions_of(assessment: Assessment, user: User) -> list[Contradiction]:
    """Where answers and records differ, as this person may read them, in the order of the questions (B.8).

    Four statements: the answers, what is on record, the numbers in force, the explanations.
    """
    often = RiskThreshold.objects.in_force(day_of(assessment.asked_at))["recorded_often"]
    return contradictions_in(assessment, rows_of(assessment), on_record(assessment, user), often)


def contradictions_in(assessment: Assessment, rows: Sequence[Row], known: OnRecord, often: int) -> list[Contradiction]:
    """The same from what was fetched already: one statement, for the explanations."""
    if not assessment.is_graded:
        return []
    told = explanations_of(assessment)
    return contradictions(rows, known, often, told, gettext)


def explanations_of(assessment: Assessment) -> Collection[Explanation]:
    return list(Explanation.objects.standing().filter(assessment=assessment))


def write_explanations(
    assessment: Assessment, said: Mapping[str, str], standing: Collection[Contradiction], by: User, at: datetime
) -> dict[str, list[Any]]:
    """Write what was said of contradictions that stand, beneath an assessment that a verb holds locked; what was changed,
    for the audit. Words left empty leave what was said before.
    """
    differences: dict[str, list[Any]] = {}
    held = {row.key: row for row in explanations_of(assessment)}
    for one in standing:
        words = said.get(one.key, "").strip()
        if not words or words == one.explained:
            continue
        differences[f"explained {one.key}"] = [one.explained, words]
        row = held.get(one.key) or Explanation(
            case_id=assessment.case_id, assessment=assessment, key=one.key, recorded_by=by, recorded_at=at
        )
        row.sentence, row.words, row.explained_by, row.explained_at = one.sentence, words, by, at
        row.save(**({"update_fields": ["sentence", "words", "explained_by", "explained_at"]} if row.pk else {}))
    return differences
