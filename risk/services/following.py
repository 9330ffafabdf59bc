"""What follows at once from answers that were just written: the case is closed for honour, the flag of stalking is set,
contradictions are explained. Called in the transaction of a verb that holds the case locked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from cases.models import Case, SetMarker
from cases.services.honour import close_for_honour
from risk.further import FOUR, H_DASH, SCREEN, WOULD_STOP, indicators, settles
from risk.models import Assessment, RiskThreshold, rows_of
from risk.services.contradictions import contradictions_in, write_explanations
from risk.services.history import day_of
from risk.services.records import on_record
from workflow import engine

Differences = dict[str, list[Any]]


def what_follows(
    assessment: Assessment, changed: Differences, explained: Mapping[str, str], by: User, at: datetime
) -> Differences:
    """Do it, and say what of it belongs to the record of this change. Costs nothing where nothing follows."""
    told = changed and assessment.instrument.code == H_DASH and any(row.says_yes for row in rows_of(assessment))
    if assessment.honour_concern == Assessment.Concern.YES or told:
        close_for_honour(assessment.incident, by=by, at=at)
    if changed and assessment.instrument.code == SCREEN:
        flag_stalking(assessment, by, at)
    said = {key: words for key, words in explained.items() if words.strip()}
    return _explained(assessment, said, by, at) if said else {}


def _explained(assessment: Assessment, said: Mapping[str, str], by: User, at: datetime) -> Differences:
    often = RiskThreshold.objects.in_force(day_of(assessment.asked_at))["recorded_often"]
    standing = contradictions_in(assessment, rows_of(assessment), on_record(assessment, by), often)
    return write_explanations(assessment, said, standing, by, at)


def flag_stalking(assessment: Assessment, by: User, at: datetime) -> None:
    """Once the screening is whole: enough of the four indicators set the flag, once (S0-002). A case that bears it stands
    in the queue of stalking. One that would stop with its dispute points to harassment: the flag is of both.
    """
    rows = [row for row in rows_of(assessment) if row.question.key in (*FOUR, WOULD_STOP)]
    least = RiskThreshold.objects.in_force(day_of(at))["four_least"]
    found = indicators(rows)
    if not all(row.value for row in rows) or found < least:
        return
    if SetMarker.objects.standing().filter(case=assessment.case_id, code="stalking", cleared_at__isnull=True).exists():
        return
    case = Case.objects.get(pk=assessment.case_id)
    if case.state != Case.State.OPEN:
        return
    points = "harassment about a dispute" if settles(rows) else "stalking"
    why = f"The screening points to {points}: {found} of the four indicators are Yes."
    said = {"code": "stalking", "reason": why}
    engine.perform(case, "set-marker", by=by, evidence=said, seen=case.version, at=at)
