"""An action of a safety plan: who does what, by when, which risk it answers, and what came of that risk."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from risk.models.plan_kind import PlanActionKind
from risk.models.safety_plan import SafetyPlan
from workflow.models import StatefulRecord
from workflow.models.record import RecordQuerySet


class Result(models.TextChoices):
    """What each action does to the risk that it answers (S2-001)."""

    REMOVED = "removed", "The risk is removed"
    REDUCED = "reduced", "The risk is reduced"
    UNCHANGED = "unchanged", "The risk is unchanged"


class Priority(models.TextChoices):
    NOW = "now", "Now"
    SOON = "soon", "Soon"
    ORDINARY = "ordinary", "In the ordinary course"


class PlanActionQuerySet(RecordQuerySet):
    def open(self) -> Self:
        """Still to be done, or to be decided whether it can be."""
        return self.standing().filter(state__in=OPEN_STATES)


@pghistory.track()
class PlanAction(StatefulRecord):
    """Overdue is never a state: it is `is_overdue` of a moment. What is open when a version is superseded goes on in the
    next one as a row of its own (`carried_from`), so that the old version stays as it was.
    """

    class State(models.TextChoices):
        OPEN = "open", "To do"
        IN_PROGRESS = "in_progress", "In hand"
        DONE = "done", "Done"
        ASKED = "asked", "Said not to be possible"
        NOT_POSSIBLE = "not_possible", "Not possible"
        SUPERSEDED = "superseded", "Superseded"

    state = models.CharField(max_length=30, choices=State, default=State.OPEN, editable=False)
    plan = models.ForeignKey(SafetyPlan, models.PROTECT, related_name="actions")
    kind = models.ForeignKey(PlanActionKind, models.PROTECT, related_name="+")
    what = models.TextField(max_length=1000)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.CharField(max_length=120, blank=True)
    due_at = models.DateTimeField()
    priority = models.CharField(max_length=10, choices=Priority, default=Priority.SOON)
    factors = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    forum = models.CharField("the forum that set it", max_length=120, blank=True)
    evidence = models.TextField("what shows that it was done", max_length=2000, blank=True, editable=False)
    result = models.CharField(max_length=10, choices=Result, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    why_not = models.TextField("why it is not possible", max_length=2000, blank=True, editable=False)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", editable=False)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried_to", editable=False)

    objects: ClassVar[Any] = PlanActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | ~Q(agency=""), name="plan_action_has_an_owner"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | (~Q(result="") & ~Q(evidence="")), name="plan_action_ends_with_its_result"
            ),
            models.CheckConstraint(
                condition=~Q(state="not_possible") | ~Q(why_not=""), name="plan_action_not_possible_for_a_reason"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["plan", "due_at", "id"], name="plan_action_of_plan"),
            models.Index(fields=["case", "-id"], name="plan_action_of_case"),  # closing a case asks
        ]

    def __str__(self) -> str:
        return self.kind.label

    def get_absolute_url(self) -> str:
        return self.plan.get_absolute_url()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def is_overdue(self, now: datetime) -> bool:
        """Whether it is still open after its time (UTC)."""
        return self.is_open and self.due_at < now

    @property
    def owned_by(self) -> str:
        """Who does it, in words: a colleague, a partner, or a colleague for a partner."""
        mine = self.owner.short_title() if self.owner else ""
        return f"{self.agency} ({mine})" if mine and self.agency else mine or self.agency

    @property
    def record_url(self) -> str:
        return reverse("record", args=["plan-action", self.pk])


OPEN_STATES = frozenset({PlanAction.State.OPEN, PlanAction.State.IN_PROGRESS, PlanAction.State.ASKED})
