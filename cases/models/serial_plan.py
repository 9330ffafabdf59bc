"""Somebody suspected of harming several people: a person looks at the computed flag, then a plan with a lead (S3-041)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from workflow.models import CaseRecord, RecordQuerySet, StatefulRecord


class SerialTactic(models.TextChoices):
    """What is done about somebody who harms one person after another. [R]: a force adds its own in words."""

    ARREST = "arrest", "Arrest on sight for what is open"
    CONDITIONS = "conditions", "Bail and order conditions, checked"
    ORDERS = "orders", "Protection or stalking orders asked for"
    DISCLOSURE = "disclosure", "Right to know: whoever is with them now"
    MAPPA = "mappa", "MAPPA or MATAC nomination"
    OFFENDER = "offender", "Offender management"
    PROGRAMME = "programme", "A programme to change behaviour"
    INTELLIGENCE = "intelligence", "Intelligence gathered and shared"
    WEAPONS = "weapons", "Firearms licence and weapons"
    PATROL = "patrol", "Visits and patrols"
    OTHER = "other", "Something else, said below"


class SerialPlanQuerySet(RecordQuerySet):
    def open(self) -> Self:
        """A plan that is being written, with the coordinator, or in force."""
        return self.standing().exclude(state__in=SerialPlan.OVER)

    def worked_by(self, user: User) -> Self:
        cases: Any = self.model._meta.get_field("case").related_model
        return self.filter(case__in=cases.objects.worked_by(user).order_by().values("pk"))


@pghistory.track()
class SerialPlan(StatefulRecord):
    """What was made of the flag of a suspect: a plan led by one officer, or why there is none now. Either is looked at again."""

    class State(models.TextChoices):
        WRITING = "writing", "Being written"
        WAITING = "waiting", "With the coordinator"
        IN_FORCE = "in_force", "In force"
        SET_ASIDE = "set_aside", "No plan now"
        ENDED = "ended", "Ended"

    OVER = ("set_aside", "ended")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="serial_plans")
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    harmed = models.PositiveSmallIntegerField("people harmed, as counted when it was looked at", default=0)
    because = models.TextField("what was made of the flag", max_length=4000)
    tactics = ArrayField(models.CharField(max_length=20, choices=SerialTactic), default=list, blank=True)
    what = models.TextField("what is done, by whom", max_length=4000, blank=True)
    protects = models.TextField("how those harmed, and whoever is next, are kept safe", max_length=4000, blank=True)
    review_days = models.PositiveSmallIntegerField("looked at every so many days", null=True, blank=True)
    ended_because = models.TextField(max_length=4000, blank=True)

    objects: ClassVar[Any] = SerialPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=~Q(state__in=["set_aside", "ended"]) & Q(struck_out_at__isnull=True),
                name="serial_plan_one_open",
            ),
            models.CheckConstraint(condition=~Q(state="ended") | ~Q(ended_because=""), name="serial_plan_ends_for_a_reason"),
            models.CheckConstraint(condition=Q(state="set_aside") | Q(lead__isnull=False), name="serial_plan_has_a_lead"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["person", "-id"], name="serial_plan_of_person"),  # the list
            models.Index(fields=["case", "-id"], name="serial_plan_of_case"),  # the panel
        ]

    def __str__(self) -> str:
        return "serial perpetrator plan"

    def get_absolute_url(self) -> str:
        return reverse("record", args=["serial-plan", self.pk])

    @property
    def tactics_said(self) -> list[str]:
        return [str(SerialTactic(code).label) for code in self.tactics]


@pghistory.track()
class SerialLook(CaseRecord):
    """A look at a plan, or at the decision that there is none: what came of it. Never changed."""

    plan = models.ForeignKey(SerialPlan, models.PROTECT, related_name="looks")
    at = models.DateTimeField()
    words = models.TextField(max_length=4000)

    class Meta:
        indexes = [models.Index(fields=["plan", "-at"], name="serial_look_of_plan")]

    def __str__(self) -> str:
        return "review"
