"""What was shared with whom on a case, at any grade: given or received, on which basis, acknowledged or chased (S3-125)."""

from __future__ import annotations

from datetime import datetime, time

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from safeguarding.models.agency import Agency
from workflow.clock import LONDON
from workflow.models import StatefulRecord


class Basis(models.TextChoices):
    """On what ground the law lets it be shared (UK GDPR Article 6; for the police DPA 2018 Part 3)."""

    SAFEGUARDING = "safeguarding", "Safeguarding of children and of people at risk"
    PUBLIC_TASK = "public_task", "Public task: to prevent crime and protect people"
    LEGAL_DUTY = "legal_duty", "The law requires it"
    VITAL = "vital", "Vital interests: a life is in danger"
    CONSENT = "consent", "The person asked for it, or agreed"


class SentHow(models.TextChoices):
    SYSTEM = "system", "Here: they sign in and read it"
    CALL = "call", "By telephone"
    MAIL = "mail", "By secure mail"
    THEIRS = "theirs", "In their system"
    SPOKEN = "spoken", "In person"


@pghistory.track()
class Exchange(StatefulRecord):
    """One piece of information that went to somebody, or came from them. What went is acknowledged, or chased (S3-126)."""

    class State(models.TextChoices):
        WAITING = "waiting", "Not acknowledged"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        RECEIVED = "received", "Received"
        LOGGED = "logged", "Logged by itself"

    class Way(models.TextChoices):
        GIVEN = "given", "Given to them"
        RECEIVED = "received", "Received from them"

    way = models.CharField(max_length=10, choices=Way)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    whom = models.CharField("who there, or which team", max_length=120, blank=True)
    what = models.TextField(max_length=8000)
    basis = models.CharField("lawful basis", max_length=12, choices=Basis)
    at = models.DateTimeField("when")
    how = models.CharField(max_length=10, choices=SentHow)
    vital_because = models.TextField("why it could not wait for an agreement", max_length=2000, blank=True)
    referral = models.OneToOneField(
        "safeguarding.OnwardReferral", models.PROTECT, null=True, blank=True, editable=False, related_name="exchange"
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField("who said that they have it", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(agency__isnull=False) | ~Q(whom=""), name="exchange_names_somebody"),
            models.CheckConstraint(
                condition=~Q(state="acknowledged") | Q(acknowledged_at__isnull=False), name="exchange_acknowledged_says_when"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["case", "-at", "-id"], name="exchange_of_case")]

    def __str__(self) -> str:
        return "exchange of information"

    @property
    def other_side(self) -> str:
        """Easterby housing (Cleo Banner)."""
        if self.agency is None:
            return self.whom
        return f"{self.agency} ({self.whom})" if self.whom else str(self.agency)

    def get_absolute_url(self) -> str:
        return reverse("exchanges", args=[self.case.reference])


@pghistory.track()
class JointAction(StatefulRecord):
    """What a partner does beside us outside any conference: who, what, by which day, and what came of it (S2-041)."""

    class State(models.TextChoices):
        AGREED = "agreed", "Agreed, to be done"
        DONE = "done", "Done"
        NOT_DONE = "not_done", "Not done"
        NOT_POSSIBLE = "not_possible", "Not possible"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    whom = models.CharField("who there does it", max_length=120)
    what = models.TextField(max_length=2000)
    ours = models.TextField("what we do with them", max_length=2000, blank=True)
    due_on = models.DateField("by which day")
    outcome = models.TextField("what came of it", max_length=4000, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state="agreed") | ~Q(outcome=""), name="joint_action_ends_in_something"),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="joint_action_of_case")]

    def __str__(self) -> str:
        return "joint action"

    @property
    def due_at(self) -> datetime:
        """The end of its day in London."""
        return datetime.combine(self.due_on, time(23, 59, 59), LONDON)

    def get_absolute_url(self) -> str:
        return reverse("exchanges", args=[self.case.reference])
