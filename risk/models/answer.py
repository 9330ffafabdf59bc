"""An answer: what was said to one question, with the question as it was shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pghistory
from django.conf import settings
from django.db import models

from risk.models.assessment import Assessment
from risk.models.instrument import InstrumentVersion, Question
from risk.models.scale import SAYS_YES, Option, Value, option_of, options_of
from workflow.models import CaseRecord


@pghistory.track()
class Answer(CaseRecord):
    """One answer. `number` and `label` are what stood on the page, whatever becomes of the question."""

    Value = Value

    class Source(models.TextChoices):
        VICTIM = "victim", "The victim"
        OFFICER = "officer", "What the officer saw and what is on record"

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    value = models.CharField(max_length=20, blank=True)
    said_as = models.CharField("the words of the answer chosen", max_length=60, blank=True, db_default="")
    text = models.TextField(max_length=2000, blank=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.VICTIM)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    said_in = models.PositiveIntegerField(help_text="The version of the assessment that this was said in")
    copied_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="An earlier answer, said to be still true",
    )
    copied_said_at = models.DateTimeField("when the earlier answer was given", null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["assessment", "question"], name="answer_once_a_question")]

    def __str__(self) -> str:
        return f"{self.number}: {self.said_as}"


@dataclass(frozen=True, slots=True)
class Row:
    """A question and what was said to it, if anything. Answered questions are shown as they were asked."""

    question: Question
    answer: Any = None  # an Answer, a row of its history, or None

    @property
    def number(self) -> int:
        return int(self.answer.number) if self.answer else self.question.number

    @property
    def label(self) -> str:
        return str(self.answer.label) if self.answer else self.question.label

    @property
    def value(self) -> str:
        return str(self.answer.value) if self.answer else ""

    @property
    def words(self) -> str:
        return str(self.answer.text) if self.answer else ""

    @property
    def said(self) -> str:
        """The answer as it is read: "Yes", "Don’t know", or "Not answered". In the words in which it was chosen."""
        if not self.value:
            return "Not answered"
        return str(getattr(self.answer, "said_as", "") or self.value_words)

    @property
    def value_words(self) -> str:
        return self.option.label if self.option else self.value

    @property
    def option(self) -> Option | None:
        return option_of(self.question, self.value)

    @property
    def options(self) -> Sequence[Option]:
        return options_of(self.question)

    @property
    def says_yes(self) -> bool:
        """Whether the answer says that the thing happens."""
        return self.value in SAYS_YES or bool(self.option and self.option.says_yes)

    @property
    def was_seen(self) -> bool:
        """Whether it is answered from what was seen or is on record (R-19). What was declined or not asked nobody saw."""
        own = self.answer is not None and self.answer.source == Answer.Source.OFFICER
        return own and self.value not in (Value.DECLINED, Value.NOT_ASKED)

    @property
    def needs(self) -> str:
        """The sentence for words that this answer needs; "" where it needs none (S2-010)."""
        return needed_by(self.question, self.value)

    @property
    def lacks_words(self) -> bool:
        return bool(self.needs) and not self.words.strip()


def needed_by(question: Question, value: str) -> str:
    """The sentence for the words that an answer needs; "" where it needs none or there is no answer."""
    option = option_of(question, value) if value else None
    return option.needs if option else ""


def rows_of(assessment: Assessment) -> list[Row]:
    """Every question of the assessment's version with its answer, in order. Two queries at most."""
    return rows_with(assessment, assessment.answers.select_related("answered_by"))


def rows_with(assessment: Assessment, answers: Iterable[Answer]) -> list[Row]:
    """The same from answers already fetched."""
    said = {answer.question_id: answer for answer in answers}
    return [Row(question, said.get(question.pk)) for question in questions_of([assessment.instrument_version_id])]


DRAFT = InstrumentVersion.Status.DRAFT
_PUBLISHED: dict[int, list[Question]] = {}  # a published version never changes, so its questions are asked once


def questions_of(version_ids: Iterable[int]) -> list[Question]:
    """The questions of these versions, by version and number."""
    wanted = sorted(set(version_ids))
    if unknown := [pk for pk in wanted if pk not in _PUBLISHED]:
        found = _questions(unknown)
        _PUBLISHED.update({pk: rows for pk, rows in found.items() if rows[0].version.status != DRAFT})
        return [row for pk in wanted for row in _PUBLISHED.get(pk) or found.get(pk, [])]
    return [row for pk in wanted for row in _PUBLISHED[pk]]


def _questions(version_ids: list[int]) -> dict[int, list[Question]]:
    found: dict[int, list[Question]] = {}
    asked = Question.objects.filter(version__in=version_ids).select_related("section", "version__instrument")
    for question in asked.order_by("version", "number"):
        found.setdefault(question.version_id, []).append(question)
    return found


def history_of_answers() -> Any:
    """Every value that every answer has had, as rows of its history."""
    history: Any = Answer._meta.get_field("events").related_model
    return history._default_manager.all()


def answers_as_at(assessments: Iterable[Assessment], at: datetime) -> dict[int, dict[int, Any]]:
    """assessment id → question id → the answer as it had been given by the moment (UTC). One query, of the history."""
    rows = history_of_answers().filter(assessment__in=list(assessments), answered_at__lte=at)
    found: dict[int, dict[int, Any]] = {}
    for row in rows.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id"):
        found.setdefault(row.assessment_id, {})[row.question_id] = row
    return found
