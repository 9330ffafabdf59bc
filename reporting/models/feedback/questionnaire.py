"""What is asked: editions of a questionnaire, their questions by stage, and how somebody may answer one."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Kept, Versioned
from reporting.models.feedback.reading import OfTheForce


class Audience(models.TextChoices):
    """Who answers."""

    HARMED = "harmed", "People harmed"
    PARTNER = "partner", "Partner agencies"


class Stage(models.TextChoices):
    """The part of the way that a question is about (S0-029: results by stage)."""

    FIRST_RESPONSE = "first_response", "First response"
    INVESTIGATION = "investigation", "Investigation"
    OUTCOME = "outcome", "Outcome"
    COURT = "court", "Court"
    TOGETHER = "together", "Working together"


#: The stages of which people harmed are asked; working together is for partners.
OF_THE_HARMED = tuple(stage for stage in Stage if stage != Stage.TOGETHER)


class Satisfaction(models.TextChoices):
    """One scale for every question that is scored. The last three are answers, and count in no score."""

    VERY = "very", "Very satisfied"
    FAIRLY = "fairly", "Fairly satisfied"
    NEITHER = "neither", "Neither satisfied nor dissatisfied"
    FAIRLY_DIS = "fairly_dis", "Fairly dissatisfied"
    VERY_DIS = "very_dis", "Very dissatisfied"
    NOT_MINE = "not_mine", "Does not apply to me"
    UNKNOWN = "unknown", "Does not know"
    NOT_SAID = "not_said", "Would rather not say"


#: M38: very and fairly satisfied, of those who answered on the scale itself.
SATISFIED = (Satisfaction.VERY, Satisfaction.FAIRLY)
VALID = (*SATISFIED, Satisfaction.NEITHER, Satisfaction.FAIRLY_DIS, Satisfaction.VERY_DIS)


class Asks(models.TextChoices):
    """How a question is answered."""

    SCALE = "scale", "How satisfied"
    WORDS = "words", "In their own words"


class QuestionnaireQuerySet(OfTheForce):
    def in_use(self, audience: str) -> Self:
        """The edition that is asked now; none while it is held."""
        return self.filter(audience=audience, state=Questionnaire.State.IN_USE, held_at__isnull=True)

    def for_partners(self, user: Any) -> Q:
        return Q(audience=Audience.PARTNER) & ~Q(state=Questionnaire.State.DRAFT)


@pghistory.track()
class Questionnaire(Kept):
    """One edition. Its questions are written while it is a draft and never changed afterwards: an answer is read with them."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being written"
        IN_USE = "in_use", "In use"
        ENDED = "ended", "Used no longer"

    audience = models.CharField(max_length=10, choices=Audience)
    edition = models.PositiveSmallIntegerField(editable=False)
    name = models.CharField(max_length=120)
    introduction = models.TextField("what is said before the first question", max_length=2000)
    used_from = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    held_at = models.DateTimeField("nobody is asked with it since", null=True, editable=False)
    state = models.CharField(max_length=30, choices=State, default=State.DRAFT, editable=False)

    objects: ClassVar[Any] = QuestionnaireQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audience", "edition"], name="questionnaire_one_of_an_edition"),
            models.UniqueConstraint(fields=["audience"], condition=Q(state="in_use"), name="questionnaire_one_in_use"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, edition {self.edition}"

    def asked_of(self, stage: str) -> Any:
        """The questions of one stage, in order. Index: survey_question_in_order."""
        return self.questions.filter(stage=stage, dropped_at__isnull=True).order_by("place", "pk")

    def get_absolute_url(self) -> str:
        return reverse("questionnaire", args=[self.pk])


@pghistory.track()
class SurveyQuestion(Versioned):
    """One question. Each stage of an edition has one that is scored: the answer to it is the answer of M38."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="questions")
    stage = models.CharField(max_length=20, choices=Stage)
    place = models.PositiveSmallIntegerField()
    asks = models.CharField(max_length=10, choices=Asks)
    words = models.CharField(max_length=300)
    scored = models.BooleanField(default=False)
    dropped_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(scored=False) | Q(asks="scale"), name="survey_question_scored_is_a_scale"),
            models.UniqueConstraint(
                fields=["questionnaire", "stage"], condition=Q(scored=True, dropped_at__isnull=True),
                name="survey_question_one_scored_for_a_stage",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["questionnaire", "stage", "place"], name="survey_question_in_order")]

    def __str__(self) -> str:
        return self.words
