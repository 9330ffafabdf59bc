"""An access that professional standards look into: an emergency opening, a refused one, a search for what is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Kept
from cases import visibility
from cases.models.case import Case

if TYPE_CHECKING:
    from accounts.models import User


class ConcernQuerySet(models.QuerySet["AccessConcern"]):
    def visible_to(self, user: User) -> Self:
        """For professional standards: never about oneself, nor about a case that one is shut out of."""
        rows: Self = visibility.looked_into_by(self, user)
        return rows

    def waiting(self) -> Self:
        return self.filter(state=AccessConcern.State.WAITING)


class AccessConcern(Kept):
    """Outside the folder: whoever looks into it need not be able to open the case, and sees its reference alone.

    `until` is when an emergency opening ends by itself; `proved`: whether they proved who they were, for the second time.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        REVIEWED = "reviewed", "Looked into"

    class Kind(models.TextChoices):
        EMERGENCY = "emergency", "Opened a restricted case in an emergency"
        REFUSED = "refused", "Was refused an emergency opening: shut out of the case"
        SEARCHED = "searched", "Searched for what is hidden from them"
        WATCHED = "watched", "Looked at, or asked for, a case whose suspect is police or staff"
        UNUSUAL = "unusual", "Looked in a way that is unusual"

    kind = models.CharField(max_length=20, choices=Kind)
    concerning = models.ForeignKey(Case, models.PROTECT, related_name="access_concerns")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    code = models.CharField(max_length=30, blank=True)
    words = models.TextField(max_length=1000, blank=True)
    proved = models.BooleanField(default=False)
    until = models.DateTimeField(null=True)
    known_at = models.DateTimeField(null=True, help_text="When somebody who holds the case said that they know")
    known_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    known_words = models.TextField(max_length=4000, blank=True)
    verdict = models.CharField(max_length=20, blank=True)
    finding = models.TextField(max_length=4000, blank=True)
    state = models.CharField(max_length=30, choices=State, editable=False)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concerning", "person", "kind", "code"],
                condition=Q(state="waiting") & ~Q(kind="emergency"),
                name="concern_raised_once",  # a name searched for ten times is one thing to look into
            ),
            models.CheckConstraint(
                condition=~Q(kind="emergency") | Q(until__isnull=False), name="concern_emergency_ends"
            ),
        ]
        indexes = [models.Index(fields=["state", "-recorded_at", "-id"], name="concern_by_state")]  # the page of them

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.concerning}"

    def get_absolute_url(self) -> str:
        return reverse("concerns")
