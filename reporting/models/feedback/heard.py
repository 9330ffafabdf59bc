"""What partners, groups and reviews say, and what came of it: feedback, consultations, findings, minutes of reviews."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Kept
from reporting.models.feedback.questionnaire import Questionnaire, Satisfaction, Stage, SurveyQuestion
from reporting.models.feedback.reading import OfTheForce, agencies_units
from safeguarding.models import Agency


def measure_codes() -> ArrayField[Any, Any]:
    """The measures that something touches, by their codes (M38)."""
    return ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name="measures that it touches"
    )


class PartnerFeedbackQuerySet(OfTheForce):
    def for_partners(self, user: Any) -> Q:
        """What their own agency said."""
        return Q(unit__in=agencies_units(user))


@pghistory.track()
class PartnerFeedback(Kept):
    """What a partner's representative says of the force in a quarter (S3-168). Its `unit` is the agency's."""

    class State(models.TextChoices):
        GIVEN = "given", "Given"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")
    quarter = models.DateField("first day of the quarter it is about")
    words = models.TextField("what else they want to say", max_length=4000, blank=True)
    state = models.CharField(max_length=30, choices=State, default=State.GIVEN, editable=False)

    objects: ClassVar[Any] = PartnerFeedbackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "recorded_by", "quarter"], name="partner_feedback_once_a_quarter"
            ),
        ]
        indexes = [models.Index(fields=["-quarter", "-id"], name="partner_feedback_newest")]

    def __str__(self) -> str:
        return "feedback of a partner"

    def get_absolute_url(self) -> str:
        return reverse("partner-feedback-one", args=[self.pk])


@pghistory.track()
class PartnerAnswer(models.Model):
    """What one representative said to one question."""

    feedback = models.ForeignKey(PartnerFeedback, models.PROTECT, related_name="answers")
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="+")
    value = models.CharField(max_length=12, choices=Satisfaction, blank=True)
    words = models.TextField(max_length=4000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feedback", "question"], name="partner_answer_once"),
            models.CheckConstraint(condition=~Q(value="", words=""), name="partner_answer_says_something"),
        ]

    def __str__(self) -> str:
        return self.get_value_display() if self.value else "in their own words"


class Purpose(models.TextChoices):
    """What service users were consulted for (S1-011, S3-134)."""

    PERFORMANCE = "performance", "How well we do"
    AUDIT = "audit", "An audit"
    STRATEGY = "strategy", "A strategy or plan"
    SERVICE = "service", "A service that is designed or changed"
    POLICY = "policy", "A policy or procedure"


@pghistory.track()
class Consultation(Kept):
    """Who was listened to, about what, what they said. Nobody is named in it."""

    class State(models.TextChoices):
        LOGGED = "logged", "Logged"

    class Kind(models.TextChoices):
        MEETING = "meeting", "A meeting or group discussion"
        PANEL = "panel", "A standing group of survivors"
        INTERVIEWS = "interviews", "Talks with one person at a time"
        WRITTEN = "written", "In writing or online"
        BY_ITSELF = "by_itself", "Feedback that came by itself"

    kind = models.CharField(max_length=12, choices=Kind)
    held_on = models.DateField()
    who = models.CharField("who was listened to", max_length=300)
    how_many = models.PositiveIntegerField("how many people", null=True, blank=True)
    purposes = ArrayField(models.CharField(max_length=12, choices=Purpose), default=list)
    about = models.TextField("about what", max_length=2000)
    said = models.TextField("what they said", max_length=8000)
    measures = measure_codes()
    state = models.CharField(max_length=30, choices=State, default=State.LOGGED, editable=False)

    objects: ClassVar[Any] = OfTheForce.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-held_on", "-id"], name="consultation_newest")]

    def __str__(self) -> str:
        return f"consultation of {self.held_on:%d %B %Y}"

    @property
    def purposes_said(self) -> list[str]:
        return [str(Purpose(code).label) for code in self.purposes]

    def get_absolute_url(self) -> str:
        return reverse("consultation", args=[self.pk])


class OutcomeReviewQuerySet(OfTheForce):
    def for_partners(self, user: Any) -> Q:
        """Minutes that were issued, of reviews at which their agency was present."""
        present = ReviewPresence.objects.filter(agency__unit__in=agencies_units(user), struck_out_at__isnull=True)
        return Q(state=OutcomeReview.State.ISSUED, pk__in=present.values("review_id"))


@pghistory.track()
class OutcomeReview(Kept):
    """The minutes of a review of outcomes with partners (S2-016): what was looked at, who was there, what was decided."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being written"
        ISSUED = "issued", "Issued to those who were there"

    held_on = models.DateField()
    title = models.CharField(max_length=120)
    also_there = models.CharField("who else was there, by role", max_length=500, blank=True)
    reviewed = models.TextField("what was looked at", max_length=4000)
    measures = measure_codes()
    said = models.TextField("what was said", max_length=8000)
    decided = models.TextField("what was decided", max_length=4000)
    issued_at = models.DateTimeField(null=True, editable=False)
    state = models.CharField(max_length=30, choices=State, default=State.DRAFT, editable=False)

    objects: ClassVar[Any] = OutcomeReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(issued_at__isnull=False), name="outcome_review_issued_says_when"
            ),
        ]
        indexes = [models.Index(fields=["-held_on", "-id"], name="outcome_review_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("outcome-review", args=[self.pk])


class ReviewPresence(models.Model):
    """An agency that was at a review; struck out where it was said by mistake."""

    review = models.ForeignKey(OutcomeReview, models.PROTECT, related_name="presences")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    struck_out_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "agency"], condition=Q(struck_out_at__isnull=True), name="review_presence_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.agency)


class Source(models.TextChoices):
    """Where a finding came from."""

    SURVEY = "survey", "Surveys of people harmed"
    PARTNERS = "partners", "Feedback of partners"
    CONSULTATION = "consultation", "A consultation"
    REVIEW = "review", "A review of outcomes with partners"
    AUDIT = "audit", "An audit or inspection"


class FeedbackFindingQuerySet(OfTheForce):
    def for_partners(self, user: Any) -> Q:
        """What was put on the page that partners read, and what was decided at a review at which they were."""
        reviews = OutcomeReview.objects.filter(OutcomeReview.objects.all().for_partners(user))
        return Q(published_at__isnull=False) | Q(review__in=reviews.values("pk"))


@pghistory.track()
class FeedbackFinding(Kept):
    """You said, we did: what was heard, who does what about it by when, and what was done (S2-006, S3-015). Nobody is named."""

    class State(models.TextChoices):
        FOUND = "found", "To be decided on"
        ACTING = "acting", "Being done"
        DONE = "done", "Done"
        NOT_DONE = "not_done", "Not done, for a reason"

    source = models.CharField(max_length=12, choices=Source)
    consultation = models.ForeignKey(Consultation, models.PROTECT, null=True, blank=True, related_name="findings")
    review = models.ForeignKey(OutcomeReview, models.PROTECT, null=True, blank=True, related_name="findings")
    stage = models.CharField(max_length=20, choices=Stage, blank=True)
    heard_on = models.DateField("day on which it was heard")
    heard = models.TextField("what was said", max_length=2000)
    measures = measure_codes()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    plan = models.TextField("what is to be done", max_length=2000, blank=True)
    due_on = models.DateField("by when", null=True, blank=True)
    did = models.TextField("what was done", max_length=2000, blank=True)
    why_not = models.TextField("why nothing is done", max_length=2000, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField("partners read it since", null=True, editable=False)
    state = models.CharField(max_length=30, choices=State, default=State.FOUND, editable=False)

    objects: ClassVar[Any] = FeedbackFindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="acting") | Q(owner__isnull=False, due_on__isnull=False),
                name="feedback_finding_acting_has_an_owner_and_a_day",
            ),
            models.CheckConstraint(condition=~Q(state="done") | ~Q(did=""), name="feedback_finding_done_says_what"),
            models.CheckConstraint(
                condition=~Q(state="not_done") | ~Q(why_not=""), name="feedback_finding_not_done_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="feedback_finding_by_state"),
            models.Index(fields=["-id"], condition=Q(published_at__isnull=False), name="feedback_finding_published"),
        ]

    def __str__(self) -> str:
        return "finding of feedback"

    def get_absolute_url(self) -> str:
        return reverse("feedback-finding", args=[self.pk])
