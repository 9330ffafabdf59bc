"""Points of a set whose points are added up, and the band they fall in. No other set has a number (R-03)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from risk.models import AnswerType, Assessment, InstrumentVersion, Row


@dataclass(frozen=True, slots=True)
class Points:
    """What was reached of what can be, and what the band is called; "" where none begins so low."""

    reached: int
    most: int
    band: str


def points_shown(assessment: Assessment, rows: Sequence[Row]) -> Points | None:
    """Once the reasons are saved, as the count is; None for an instrument whose points are not added up."""
    version = assessment.instrument_version
    if version.scoring != InstrumentVersion.Scoring.WEIGHTED or (assessment.is_graded and not assessment.reasons_at):
        return None
    return points_of(version, rows)


def points_of(version: InstrumentVersion, rows: Iterable[Row]) -> Points:
    asked = list(rows)
    reached = sum(_reached(row) for row in asked)
    bands = sorted(version.bands, key=lambda band: int(band["least"]))
    name = next((str(band["name"]) for band in reversed(bands) if reached >= int(band["least"])), "")
    return Points(reached, sum(_most(row) for row in asked), name)


def _reached(row: Row) -> int:
    if row.question.answer_type == AnswerType.RATING:
        return row.option.points if row.option else 0
    return row.question.weight if row.says_yes else 0


def _most(row: Row) -> int:
    if row.question.answer_type == AnswerType.RATING:
        return max(option.points for option in row.options)
    return int(row.question.weight)
