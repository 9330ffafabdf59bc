"""Keeping what the page of questions says: answers and what goes with them in one event, then the reasons, then the grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from risk.models import Answer, Assessment, Row, option_of, rows_of
from risk.models.answer import history_of_answers
from risk.services.earlier import earlier_answers
from risk.services.following import what_follows
from workflow import engine
from workflow.engine.allowed import STALE
from workflow.models import Refusal, Refused

Words = tuple[str, str]  # an answer's value and its text


@dataclass(frozen=True, slots=True)
class Said:
    """What one sending of the page says. Questions that it does not mention stay as they are; so does None."""

    answers: Mapping[int, Words] = field(default_factory=dict)  # by the number of the question
    honour: Words | None = None  # whether so-called honour is feared, and what
    explained: Mapping[str, str] = field(default_factory=dict)  # by the key of the contradiction
    reasons: str | None = None
    grade: str = ""
    why_below: str = ""


def keep_page(assessment: Assessment, said: Said, *, by: User, seen: int, at: datetime | None = None) -> Assessment:
    """Keep all that was said. What comes first stays kept where a later part is refused. Raises Refused."""
    moved = assessment.version != seen
    fresh = keep_answers(assessment, said.answers, by=by, seen=seen, at=at, besides=said)
    fresh = _keep_reasons(fresh, said, by=by, seen=seen, at=at)
    return _keep_grade(fresh, said, by=by, moved=moved, at=at)


def keep_answers(
    assessment: Assessment, said: Mapping[int, Words], *, by: User, seen: int, at: datetime | None = None,
    besides: Said | None = None,
) -> Assessment:  # fmt: skip
    """Save the answers in one event. Refused as stale only where somebody else changed the same question since `seen`;
    the refusal's errors are the numbers of those questions. `besides`: what is said of honour and of contradictions.
    """

    def effect(fresh: Assessment, by: User, at: datetime) -> dict[str, list[Any]]:
        changed = write_answers(fresh, _changed(rows_of(fresh), said, by, seen), by, at)
        return changed | what_follows(fresh, changed, besides.explained if besides else {}, by, at)

    kept: Assessment = engine.amend(assessment, _honour(assessment, besides), by=by, seen=seen, at=at, effect=effect)
    return kept


def _honour(assessment: Assessment, said: Said | None) -> dict[str, Any]:
    """The two fields that say whether honour is feared, where they are said otherwise than they stand."""
    if said is None or said.honour is None:
        return {}
    answer, words = said.honour
    wanted = {"honour_concern": answer or assessment.honour_concern, "honour_words": words}
    return {name: value for name, value in wanted.items() if getattr(assessment, name) != value}


def copy_answer(assessment: Assessment, number: int, *, by: User, at: datetime | None = None) -> Assessment:
    """Take over the earlier answer that is offered for a question, once it is said to be still true. Its source and its
    date stay with it. Changes nothing where none is offered any longer, or the question has an answer.
    """

    def effect(fresh: Assessment, by: User, at: datetime) -> dict[str, list[Any]]:
        rows = rows_of(fresh)
        offered = earlier_answers(fresh, [row for row in rows if row.question.number == number], by)
        taken = [(row, offered[row.number]) for row in rows if row.number in offered]
        changed = write_answers(
            fresh, [(row, (one.value, one.text)) for row, one in taken], by, at,
            copied={row.number: one for row, one in taken},
        )  # fmt: skip
        return changed | what_follows(fresh, changed, {}, by, at)

    kept: Assessment = engine.amend(assessment, {}, by=by, seen=assessment.version, at=at, effect=effect)
    return kept


def write_answers(
    assessment: Assessment, changed: Sequence[tuple[Row, Words]], by: User, at: datetime,
    copied: Mapping[int, Answer] | None = None,
) -> dict[str, list[Any]]:  # fmt: skip
    """Write answers beneath an assessment that a verb holds locked; {question: [before, after]} for the audit.

    `copied`: by number, the earlier answer that was said to be still true.
    """
    new: list[Answer] = []
    old: list[Answer] = []
    differences = {}
    for row, (value, text) in changed:
        answer = row.answer or _blank(assessment, row, by, at)
        differences[f"question {row.number}"] = [[answer.value, answer.text], [value, text]]
        answer.value, answer.text, answer.source = value, text, source_of(assessment)
        option, source = option_of(row.question, value), (copied or {}).get(row.number)
        answer.said_as = option.label if option else ""
        answer.copied_from, answer.copied_said_at = source, source.answered_at if source else None
        answer.answered_by, answer.answered_at, answer.said_in = by, at, assessment.version + 1
        (old if answer.pk else new).append(answer)
    Answer.objects.bulk_create(new)
    Answer.objects.bulk_update(old, WRITTEN)
    return differences


WRITTEN = (
    "value", "said_as", "text", "source", "answered_by", "answered_at", "said_in", "copied_from", "copied_said_at",
)  # fmt: skip


def source_of(assessment: Assessment) -> str:
    """Whose answer it is: the officer's own, once the victim has stopped answering or was never asked."""
    asked = assessment.asked_how != Assessment.Asked.NOT_ASKED and not assessment.stopped_code
    return Answer.Source.VICTIM if asked else Answer.Source.OFFICER


def _blank(assessment: Assessment, row: Row, by: User, at: datetime) -> Answer:
    return Answer(
        case_id=assessment.case_id, assessment=assessment, question=row.question, number=row.question.number,
        label=row.question.label, recorded_by=by, recorded_at=at,
    )  # fmt: skip


def _changed(rows: Sequence[Row], said: Mapping[int, Words], by: User, seen: int) -> list[tuple[Row, Words]]:
    """The questions that this person changed since the version seen. Raises Refused where somebody else did too."""
    sent = [(row, said[row.question.number]) for row in rows if row.question.number in said]
    moved = [row for row, _ in sent if row.answer and row.answer.said_in > seen]
    was = as_seen(moved, seen)
    wanted = []
    for row, words in sent:
        mine = standing(words, (row.value, row.words))
        untouched = row in moved and standing(words, was[row.number]) == was[row.number]
        if mine != (row.value, row.words) and not untouched:
            wanted.append((row, mine))
    clashes = [row.number for row, _ in wanted if row in moved and row.answer.answered_by_id != by.pk]
    if clashes:
        raise Refused(Refusal.STALE, STALE, errors=clashes)
    return wanted


def standing(sent: Words, before: Words) -> Words:
    """What stands after a sending: a form cannot take an answer back, so without one the answer before it stays."""
    return (sent[0] or before[0], sent[1])


def as_seen(rows: Sequence[Row], seen: int) -> dict[int, Words]:
    """By number, what the answers of the rows were in a version of the assessment. One query, none for no rows."""
    if not rows:
        return {}
    found = history_of_answers().filter(pgh_obj__in=[row.answer.pk for row in rows], said_in__lte=seen)
    said = {row.number: (row.value, row.text) for row in found.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")}
    return {row.number: said.get(row.number, ("", "")) for row in rows}


def _keep_reasons(fresh: Assessment, said: Said, *, by: User, seen: int, at: datetime | None) -> Assessment:
    if said.reasons is None or (fresh.reasons_at and said.reasons == fresh.reasons):
        return fresh
    if engine.stale_fields(fresh, {"reasons": said.reasons}, seen):
        original = engine.version_seen(fresh, seen)
        if original is not None and said.reasons == original.reasons:
            return fresh
        raise Refused(Refusal.STALE, STALE, errors=["reasons"])
    kept: Assessment = engine.perform(
        fresh, "reasons", by=by, evidence={"reasons": said.reasons}, seen=fresh.version, at=at
    )
    return kept


def _keep_grade(fresh: Assessment, said: Said, *, by: User, moved: bool, at: datetime | None) -> Assessment:
    """Grade it, unless the same was decided already. A grade is decided on what was seen: an older page is refused."""
    last = fresh.decisions.order_by("-at", "-pk").values_list("to_grade", "why_below").first()
    if not said.grade or last == (said.grade, said.why_below):
        return fresh
    if moved:
        raise Refused(Refusal.STALE, STALE, errors=["grade"])
    evidence = {"grade": said.grade, "why_below": said.why_below}
    graded: Assessment = engine.perform(fresh, "grade", by=by, evidence=evidence, seen=fresh.version, at=at)
    return graded
