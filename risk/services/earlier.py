"""What was answered before about the same two people: offered with its date, never taken over by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from cases.models import Case, Involvement
from cases.rule import here_or_in
from risk.models import UNKNOWN, Answer, Assessment, Row, option_of

PART = Involvement.Part


def earlier_answers(assessment: Assessment, rows: Sequence[Row], user: User) -> dict[int, Answer]:
    """By number, the newest answer to each question that is not answered yet: of this incident, or of an earlier one with
    the same person harmed and the same suspect, in cases that stand open to the reader. Whatever the instrument: the key of
    a question is the same in all. One statement; none where everything is answered. Index: involvement_of_person.
    """
    blank = {row.question.key: row for row in rows if not row.value}
    if not blank:
        return {}
    found: dict[int, Answer] = {}
    kinds = ("question__key", "question__answer_type")
    newest = _known(assessment, user).filter(question__key__in=blank).order_by(*kinds, "-answered_at", "-pk")
    for answer in newest.distinct(*kinds):
        row = blank[answer.question.key]
        held = found.get(row.number)
        if option_of(row.question, answer.value) and (held is None or answer.answered_at > held.answered_at):
            found[row.number] = answer
    return found


def _known(assessment: Assessment, user: User) -> Any:
    """Answers that say something, the newest of each key first; of this incident also those that were made void."""
    here = Q(assessment__incident=assessment.incident_id)
    open_here = here_or_in(assessment.case_id, Case.objects.open_to(user))
    rows = Answer.objects.filter(open_here, here | Q(assessment__struck_out_at__isnull=True) & _same_two(assessment))
    said = rows.exclude(assessment=assessment).exclude(value__in=["", *UNKNOWN])
    return said.select_related("question", "answered_by", "assessment__instrument_version__instrument")


def _same_two(assessment: Assessment) -> Q:
    """In another incident the same person was harmed and the same suspect is said to have done it."""
    both = [_part_in(assessment, part) for part in (PART.VICTIM, PART.SUSPECT)]
    return Q(Exists(both[0])) & Q(Exists(both[1])) & Q(assessment__incident__struck_out_at__isnull=True)


def _part_in(assessment: Assessment, part: str) -> Any:
    people = Involvement.objects.standing().filter(incident=assessment.incident_id, part=part).order_by()
    rows = Involvement.objects.standing().filter(incident=OuterRef("assessment__incident"), part=part)
    return rows.filter(person__in=people.values("person"))
