"""An emergency meeting: called because the risk cannot wait for the next one, within a day, with the same outputs (D.3)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from marac.models.meeting import Meeting
from marac.models.referral import Referral
from workflow.models import RecordQuerySet, StatefulRecord, folder_model


class EmergencyQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> Self:
        """Whoever may open the conference: the agencies that are named for it are called by this."""
        return self.filter(case__in=folder_model().objects.visible_to(user).values("pk"))

    def to_note(self, forum: Any) -> Any:
        """Held, and not yet noted on an agenda of this forum: what the next agenda says. Index: emergency_to_note."""
        return self.standing().filter(state=EmergencyCall.State.HELD, referral__forum=forum)


@pghistory.track()
class EmergencyCall(StatefulRecord):
    """Who called it and why. `meeting` is an ordinary one, urgent, with this referral alone on its agenda."""

    class State(models.TextChoices):
        CALLED = "called", "Called"
        HELD = "held", "Held, to be noted on the next agenda"
        NOTED = "noted", "Noted on the next agenda"
        OFF = "off", "Called off"

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="emergencies")
    meeting = models.OneToOneField(Meeting, models.PROTECT, null=True, related_name="emergency", editable=False)
    why = models.TextField("why it cannot wait", max_length=2000)
    how = models.CharField("where, or by which telephone conference", max_length=200)
    held_at = models.DateTimeField(null=True, editable=False)
    came_of_it = models.TextField("what came of it, in brief", max_length=2000, blank=True, editable=False)

    objects: ClassVar[Any] = EmergencyQuerySet.as_manager()
    SHOWN_WITH = ("meeting__forum", "referral__forum")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(state="called", struck_out_at__isnull=True),
                name="emergency_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "noted"]) | Q(held_at__isnull=False), name="emergency_held_at_a_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["referral", "-id"], name="emergency_of_referral"),
            models.Index(fields=["id"], condition=Q(state="held"), name="emergency_to_note"),
        ]

    def __str__(self) -> str:
        return "emergency meeting"

    def get_absolute_url(self) -> str:
        return reverse("forum-emergency", args=[self.pk])
