"""A plan for somebody who is harmed again and again: how they are reached, what is done, who owns it, when it is looked at."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from cases.models.answers import YesOrNo
from workflow.models import CaseRecord, StatefulRecord
from workflow.models.record import RecordQuerySet


class Tactic(models.TextChoices):
    """What targeted policing may do with partners (S3-113). [R]: a force adds its own in words."""

    VISITS = "visits", "Visits by the neighbourhood team"
    PATROL = "patrol", "Patrols near the home"
    SUSPECT = "suspect", "Work on the suspect: arrest, conditions, orders"
    HARDEN = "harden", "Locks, doors, alarm"
    ADVISER = "adviser", "An IDVA or a specialist service"
    HOUSING = "housing", "Housing"
    HEALTH = "health", "Health: mental health, drink, drugs"
    CHILDREN = "children", "Children’s services"
    ADULTS = "adults", "Adult social care"
    MARAC = "marac", "MARAC"
    OTHER = "other", "Something else, said below"


class PlanQuerySet(RecordQuerySet):
    def open(self) -> Self:
        """Not ended: being written, with the coordinator, or in force."""
        return self.standing().exclude(state=RepeatPlan.State.ENDED)

    def worked_by(self, user: User) -> Self:
        """Those of cases in the person's own work: what a list shows without a reason asked."""
        cases: Any = self.model._meta.get_field("case").related_model
        return self.filter(case__in=cases.objects.worked_by(user).order_by().values("pk"))


@pghistory.track()
class RepeatPlan(StatefulRecord):
    """The one plan for a person harmed, in one of their cases. Approved by a coordinator who did not write it."""

    class State(models.TextChoices):
        WRITING = "writing", "Being written"
        WAITING = "waiting", "With the coordinator"
        IN_FORCE = "in_force", "In force"
        ENDED = "ended", "Ended"

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="repeat_plans")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reach = models.TextField("how the person is reached", max_length=2000, blank=True)
    tactics = ArrayField(models.CharField(max_length=20, choices=Tactic), default=list, blank=True)
    what = models.TextField("what is done, by whom", max_length=4000, blank=True)
    visit_days = models.PositiveSmallIntegerField("visited every so many days", null=True, blank=True)
    ended_because = models.TextField(max_length=4000, blank=True)

    objects: ClassVar[Any] = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=~Q(state="ended") & Q(struck_out_at__isnull=True),
                name="repeat_plan_one_open",
            ),
            models.CheckConstraint(condition=~Q(state="ended") | ~Q(ended_because=""), name="repeat_plan_ends_for_a_reason"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["person", "-id"], name="repeat_plan_of_person"),  # the cohort
            models.Index(fields=["case", "-id"], name="repeat_plan_of_case"),  # the panel
        ]

    def __str__(self) -> str:
        return "repeat-victim plan"

    def get_absolute_url(self) -> str:
        return reverse("record", args=["repeat-plan", self.pk])

    @property
    def tactics_said(self) -> list[str]:
        return [str(Tactic(code).label) for code in self.tactics]


@pghistory.track()
class PlanVisit(CaseRecord):
    """A visit, or a look at the plan: when, and what came of it. Beneath a plan; written by its steps, never changed."""

    class Kind(models.TextChoices):
        VISIT = "visit", "Visit"
        REVIEW = "review", "Review"

    plan = models.ForeignKey(RepeatPlan, models.PROTECT, related_name="visits")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    seen = models.CharField("whether the person was seen", max_length=3, choices=YesOrNo, blank=True)
    words = models.TextField(max_length=4000)

    class Meta:
        indexes = [models.Index(fields=["plan", "-at"], name="plan_visit_of_plan")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
