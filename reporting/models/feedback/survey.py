"""Whom the force asks how it did: consent, the monthly sample, each survey, the attempts to ask, and what was said."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Kept, User
from cases.models import Holding
from cases.models.answers import YesOrNo
from cases.models.answers.contact import Means
from reporting.feedback.people import READS_ANSWERS
from reporting.models.feedback.questionnaire import Questionnaire, Satisfaction, Stage, SurveyQuestion
from reporting.models.feedback.reading import OfTheForce
from risk.models import Grade
from workflow.models import CaseRecord, RecordQuerySet, StatefulRecord

WAYS = [(way.value, way.label) for way in Means if way != Means.NONE]


class ConsentQuerySet(RecordQuerySet):
    def newest(self) -> Self:
        """What each person harmed said last, in each case. Index: survey_consent_of_person."""
        return self.standing().order_by("case", "person", "-recorded_at", "-pk").distinct("case", "person")


@pghistory.track()
class SurveyConsent(StatefulRecord):
    """Whether somebody agrees to be asked how the police did. Nobody is asked without it; the newest counts."""

    class State(models.TextChoices):
        GIVEN = "given", "Agrees to be asked"
        REFUSED = "refused", "Does not want to be asked"
        WITHDRAWN = "withdrawn", "Agreed, and took it back"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    said_at = models.DateTimeField("when they said so")
    words = models.TextField("what they said of how and when", max_length=1000, blank=True)

    objects: ClassVar[Any] = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "person", "-recorded_at", "-id"], name="survey_consent_of_person")]

    def __str__(self) -> str:
        return "consent to a survey"


@pghistory.track()
class SampleRule(Kept):
    """How many are drawn each month for a stage, under whose authority. Never edited: ended, and another one set."""

    class State(models.TextChoices):
        WORKING = "working", "Draws each month"
        ENDED = "ended", "Draws no longer"

    stage = models.CharField(max_length=20, choices=Stage)
    most = models.PositiveSmallIntegerField("people drawn in a month, at most")
    after_days = models.PositiveSmallIntegerField("drawn so many days after the month is over")
    not_again_days = models.PositiveSmallIntegerField("nobody is drawn again within so many days")
    youngest = models.PositiveSmallIntegerField("youngest person who is asked")
    ask_within_days = models.PositiveSmallIntegerField("days to ask them, from the draw")
    authority = models.CharField(max_length=300)
    paused_at = models.DateTimeField("draws nobody since", null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    state = models.CharField(max_length=30, choices=State, default=State.WORKING, editable=False)

    objects: ClassVar[Any] = OfTheForce.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "stage"], condition=Q(state="working"), name="sample_rule_one_works"
            ),
            models.CheckConstraint(
                condition=Q(most__gt=0, ask_within_days__gt=0) & ~Q(authority=""), name="sample_rule_is_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"Sample: {self.get_stage_display()}"

    def get_absolute_url(self) -> str:
        return reverse("survey-samples")


class Draw(models.Model):
    """One month's draw: out of how many, who was left out and why (each under the first reason), and the seed of its order.

    Whoever has the seed and the list can draw again and finds the same people.
    """

    rule = models.ForeignKey(SampleRule, models.PROTECT, related_name="draws")
    month = models.DateField("first day of the month in which it happened")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")
    seed = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    reached_stage = models.PositiveIntegerField("people who came to this stage")
    kept_apart = models.PositiveIntegerField("in restricted cases")
    too_young = models.PositiveIntegerField("too young, or of unknown age")
    no_consent = models.PositiveIntegerField("did not agree to be asked, or were not asked whether they agree")
    not_safe = models.PositiveIntegerField("no safe way to ask them")
    lately = models.PositiveIntegerField("drawn already within the days")
    drawn = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "month"], name="draw_once_a_month"),
            models.CheckConstraint(
                condition=Q(
                    reached_stage__gte=F("kept_apart") + F("too_young") + F("no_consent") + F("not_safe") + F("lately")
                    + F("drawn")
                ),
                name="draw_adds_up",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.rule}, {self.month:%Y-%m}"

    @property
    def could_be(self) -> int:
        """How many could be drawn: who was left out for no reason."""
        out = self.kept_apart + self.too_young + self.no_consent + self.not_safe + self.lately
        return int(self.reached_stage - out)


class Unasked(models.TextChoices):
    """Why it is not safe to ask somebody."""

    NO_WAY = "no_way", "No safe way or time is known"
    AT_HOME = "at_home", "The other person lives there, or may hear or read it"
    DANGER = "danger", "They are in danger now"
    UPSET = "upset", "It would harm them to be asked now"
    OTHER = "other", "Another reason"


class SurveyQuerySet(RecordQuerySet):
    def answers_read_by(self, user: User) -> Self:
        """Those whose answers somebody reads: of whoever may open the case, the few who ask and who learn from it, and never
        whoever holds the investigation or its supervision. People are told so before they answer.
        """
        if not user.holds(READS_ANSWERS, None):
            return self.none()
        parts = (Holding.Part.INVESTIGATION, Holding.Part.SUPERVISION)
        own = Holding.objects.filter(person=user, part__in=parts, to_at__isnull=True)
        return self.visible_to(user).exclude(case__in=own.values("case_id"))


@pghistory.track()
class Survey(StatefulRecord):
    """One person drawn for one stage, until they answered, declined, could not be reached, or it was not safe to ask."""

    class State(models.TextChoices):
        DRAWN = "drawn", "To be asked"
        ANSWERED = "answered", "Answered"
        DECLINED = "declined", "Did not want to answer"
        NOT_SAFE = "not_safe", "Not safe to ask"
        NOT_REACHED = "not_reached", "Could not be reached"
        CALLED_OFF = "called_off", "Called off"

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="surveys")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=Stage)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    stage_at = models.DateTimeField("when the stage was reached")
    grade = models.CharField("risk when drawn", max_length=10, choices=Grade, blank=True)
    caller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    way = models.CharField("how they answered", max_length=10, choices=WAYS, blank=True)
    asked_at = models.DateTimeField("when they answered or declined", null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    words = models.TextField("what else they want to say", max_length=4000, blank=True)
    danger = models.CharField("whether they said that somebody is in danger", max_length=3, choices=YesOrNo, blank=True)
    danger_words = models.TextField("what they said of the danger", max_length=2000, blank=True)
    declined_because = models.CharField("why they did not want to answer, if they said so", max_length=300, blank=True)
    unsafe_why = models.CharField("why it is not safe", max_length=10, choices=Unasked, blank=True)
    unsafe_words = models.TextField("why it is not safe, in words", max_length=1000, blank=True)
    ended_because = models.TextField("why it ended without an answer", max_length=1000, blank=True)

    objects: ClassVar[Any] = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "person"], name="survey_once_in_a_draw"),
            models.CheckConstraint(condition=~Q(state="not_safe") | ~Q(unsafe_why=""), name="survey_not_safe_says_why"),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(asked_at__isnull=False), name="survey_answered_says_when"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "state", "id"], name="survey_of_case"),  # the queue, the panel
            models.Index(fields=["person", "-recorded_at"], name="survey_of_person"),  # never twice within the days
            models.Index(fields=["stage", "asked_at"], condition=Q(state="answered"), name="survey_answered"),  # M38
            models.Index(fields=["stage", "recorded_at"], name="survey_by_stage"),  # the response rate
        ]

    def __str__(self) -> str:
        return f"survey: {self.get_stage_display()}"

    def get_absolute_url(self) -> str:
        return reverse("survey", args=[self.pk])


@pghistory.track()
class SurveyAttempt(CaseRecord):
    """One attempt to ask: by which way the plan in force allowed at that moment, and whether it reached the person."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=WAYS)
    reached = models.CharField("whether it reached them", max_length=3, choices=YesOrNo)
    words = models.TextField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["survey", "-at"], name="survey_attempt_of_survey")]

    def __str__(self) -> str:
        return "attempt to ask"


@pghistory.track()
class SurveyAnswer(CaseRecord):
    """What one person said to one question."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="answers")
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="+")
    value = models.CharField(max_length=12, choices=Satisfaction, blank=True)
    words = models.TextField(max_length=4000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "question"], name="survey_answer_once"),
            models.CheckConstraint(condition=~Q(value="", words=""), name="survey_answer_says_something"),
        ]
        indexes = [models.Index(fields=["question", "value"], name="survey_answer_by_question")]

    def __str__(self) -> str:
        return self.get_value_display() if self.value else "in their own words"
