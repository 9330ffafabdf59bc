"""A safety plan: one version of it, from the first draft to the day on which the next takes its place or it is closed."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from workflow.models import CaseRecord, StatefulRecord
from workflow.models.record import RecordQuerySet


class Agreed(models.TextChoices):
    YES = "yes", "Yes, with all of it"
    PARTLY = "partly", "With a part of it"
    NO = "no", "No: we act without"
    NOT_ASKED = "not_asked", "Not asked: it was not safe, or not possible"


class SafeCopy(models.TextChoices):
    """How the victim has the plan. Nothing in writing unless somebody has said that it is safe (C: seed 003)."""

    NOTHING = "nothing", "Nothing in writing: told face to face"
    BY_HEART = "by_heart", "Gone through until the victim knows it by heart"
    TRUSTED = "trusted", "With somebody whom the victim trusts"
    ADVISER = "adviser", "Kept by the adviser"
    ON_PAPER = "on_paper", "On paper: the victim says that it is safe"


class SafetyPlanQuerySet(RecordQuerySet):
    def in_force(self) -> Self:
        return self.standing().filter(state=SafetyPlan.State.IN_FORCE)

    def ever_in_force(self) -> Self:
        """Approved by somebody once, whether or not it has ended since."""
        states = SafetyPlan.State
        return self.standing().filter(state__in=[states.IN_FORCE, states.SUPERSEDED, states.CLOSED])

    def being_made(self) -> Self:
        """Being written, or waiting for whoever approves it."""
        return self.standing().filter(state__in=[SafetyPlan.State.DRAFT, SafetyPlan.State.SENT])

    def open(self) -> Self:
        return self.standing().filter(state__in=OPEN)

    def worked_by(self, user: User) -> Self:
        """Those of cases in the person's own work: what a list shows without a reason asked."""
        cases: Any = self.model._meta.get_field("case").related_model
        return self.filter(case__in=cases.objects.worked_by(user).order_by().values("pk"))


@pghistory.track()
class SafetyPlan(StatefulRecord):
    """One version for the person harmed of a case. In force once somebody other than its author has approved it.

    `number` counts the versions of the case. What was in force stays readable as it was (C); a review begins the next.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Being written"
        SENT = "sent", "Waiting for approval"
        IN_FORCE = "in_force", "In force"
        SUPERSEDED = "superseded", "Superseded"
        CLOSED = "closed", "Closed"
        DROPPED = "dropped", "Given up"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="safety_plans", editable=False)
    number = models.PositiveSmallIntegerField(default=1, editable=False)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by", editable=False)
    wishes = models.TextField("what the victim wants", max_length=4000, blank=True)
    agreed = models.CharField(max_length=10, choices=Agreed, blank=True)
    agreed_why = models.TextField("why we act without agreement", max_length=2000, blank=True)
    safe_copy = models.CharField(max_length=10, choices=SafeCopy, blank=True)
    safe_copy_words = models.CharField(max_length=500, blank=True)
    out_of_hours = models.CharField("whom the victim rings at night", max_length=500, blank=True)
    returned_parts = ArrayField(models.CharField(max_length=20), default=list, blank=True, editable=False)
    residual = models.TextField("the risk that is left", max_length=4000, blank=True, editable=False)
    ended_because = models.TextField(max_length=4000, blank=True, editable=False)

    objects: ClassVar[Any] = SafetyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="in_force", struck_out_at__isnull=True), name="safety_plan_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["draft", "sent"], struck_out_at__isnull=True),
                name="safety_plan_one_being_made",
            ),
            models.CheckConstraint(condition=~Q(state="closed") | ~Q(residual=""), name="safety_plan_says_what_is_left"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["case", "-id"], name="safety_plan_of_case"),  # the panel, the versions, the brief
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("record", args=["safety-plan", self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


OPEN = frozenset({SafetyPlan.State.DRAFT, SafetyPlan.State.SENT, SafetyPlan.State.IN_FORCE})


@pghistory.track()
class FactorLeft(CaseRecord):
    """A risk that no action of the plan answers, and why (B.8: every critical Yes has an action or "no action because")."""

    plan = models.ForeignKey(SafetyPlan, models.PROTECT, related_name="factors_left")
    factor = models.CharField(max_length=30)
    why = models.TextField(max_length=2000)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "factor"], condition=Q(struck_out_at__isnull=True), name="factor_left_once"
            )
        ]

    def __str__(self) -> str:
        return self.factor


@pghistory.track()
class PlanShare(CaseRecord):
    """What of the plan went to which partner, when, on which lawful basis (D.5); never through this record itself."""

    class Basis(models.TextChoices):
        PUBLIC_TASK = "public_task", "Public task and safeguarding of people at risk"
        VITAL = "vital", "Vital interests: a life is in danger"
        CONSENT = "consent", "The victim asked for it"

    plan = models.ForeignKey(SafetyPlan, models.PROTECT, related_name="shares")
    agency = models.CharField(max_length=120)
    shared_on = models.DateField()
    basis = models.CharField(max_length=12, choices=Basis)
    what = models.TextField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["plan"], name="plan_share_of_plan")]

    def __str__(self) -> str:
        return self.agency


@pghistory.track()
class PlanInput(CaseRecord):
    """What a partner or a voluntary group advised for the plan (S3-114)."""

    plan = models.ForeignKey(SafetyPlan, models.PROTECT, related_name="inputs")
    agency = models.CharField(max_length=120)
    who = models.CharField(max_length=120, blank=True)
    said_on = models.DateField()
    words = models.TextField(max_length=2000)

    class Meta:
        indexes = [models.Index(fields=["plan"], name="plan_input_of_plan")]

    def __str__(self) -> str:
        return self.agency


@pghistory.track()
class PlanReview(CaseRecord):
    """A review that was asked for, with the event that asks it, or one that was made. Written by steps, never changed."""

    class Kind(models.TextChoices):
        ASKED = "asked", "Review asked for"
        REVIEWED = "reviewed", "Reviewed, and kept as it is"

    plan = models.ForeignKey(SafetyPlan, models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    words = models.TextField(max_length=4000)

    class Meta:
        indexes = [models.Index(fields=["plan", "-at"], name="plan_review_of_plan")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
