"""What the demonstration says beside the answers of an assessment: further sets, explanations, whether honour is feared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from accounts.models import User
from risk.further import HONOUR_MARKS
from risk.models import Assessment, rows_of
from risk.services import Said, contradictions_of, keep_answers, keep_page, on_record
from risk.services.further import not_begun
from workflow import engine

EXPLAINED = "She was asked again and stands by her answer; the record is older than what she speaks of."
FEARED = "Her brothers have said that she will be taken abroad in the summer."
TOLD = "As she told it, and as the messages on her phone show."


def say_the_rest(assessment: Assessment, by: User, moments: Iterator[datetime]) -> None:
    """Whatever the answers and the records still ask for, so that the assessment can be sent."""
    fresh = Assessment.objects.get(pk=assessment.pk)
    feared = bool(HONOUR_MARKS & on_record(fresh).marks)
    explained = {one.key: EXPLAINED for one in contradictions_of(fresh, by)}
    honour = ("yes", FEARED) if feared else ("no", "")
    keep_page(fresh, Said(honour=honour, explained=explained), by=by, seen=fresh.version, at=next(moments))
    fresh = Assessment.objects.get(pk=assessment.pk)
    for opening in not_begun(rows_of(fresh), fresh, on_record(fresh)):
        blank = Assessment(incident=fresh.incident, case=fresh.case)
        begun = engine.perform(blank, "follow", by=by, evidence={"code": opening.code}, at=next(moments))
        numbers = [row.number for row in rows_of(begun)]
        said = {number: ("yes", TOLD) if number in (1, 4) else ("no", "") for number in numbers}
        keep_answers(begun, said, by=by, seen=begun.version, at=next(moments))
