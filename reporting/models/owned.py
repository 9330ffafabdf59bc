"""Whose a measure is, what it should come to, and what they say of it month by month (S3-047, S3-158)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Kept, Posting
from accounts.roles import roles

#: Whoever reads the figures of a unit reads whose they are and what was said of them.
READS_OWNED = roles("analyst", "command", "chief_officer", "auditor", "sergeant", "inspector", "superintendent")

if TYPE_CHECKING:
    from accounts.models import User


class OfUnits(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Of the units whose figures somebody reads; and their own."""
        if user.username == user.SYSTEM:
            return self.all()
        if not user.is_active:
            return self.none()
        seen = Q(owner=user) if self.model is MeasureOwner else Q(does=user)
        for unit in Posting.objects.current().filter(user=user, role__in=READS_OWNED).values_list("unit", flat=True):
            seen |= Q(unit__lineage__contains=[unit])
        return self.filter(seen)


@pghistory.track()
class MeasureOwner(Kept):
    """Who answers for one measure in one unit, and its target or threshold with the authority that set it."""

    class State(models.TextChoices):
        STANDING = "standing", "Owner"
        ENDED = "ended", "No longer the owner"

    class Way(models.TextChoices):
        LEAST = "least", "At least"
        MOST = "most", "At most"

    state = models.CharField(max_length=30, choices=State, editable=False)
    measure = models.CharField(max_length=80)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    way = models.CharField("which way", max_length=10, choices=Way, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    authority = models.CharField("who set it, where and when", max_length=300, blank=True)

    SHOWN_WITH: ClassVar[tuple[str, ...]] = ("owner",)

    objects: ClassVar[Any] = OfUnits.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "unit"], condition=Q(state="standing"), name="measure_has_one_owner_in_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True, way="") | Q(target__isnull=False) & ~Q(way="") & ~Q(authority=""),
                name="measure_target_has_an_authority",
            ),
        ]
        indexes = [models.Index(fields=["measure", "-id"], name="owner_of_measure")]

    def __str__(self) -> str:
        return f"Owner of {self.measure}, {self.unit}"

    def get_absolute_url(self) -> str:
        return reverse("figure-owner", args=[self.measure.lower()])

    @property
    def aim(self) -> str:
        """At least 40; "" where there is no target."""
        return f"{self.get_way_display()} {self.target.normalize():f}" if self.target is not None else ""


@pghistory.track()
class MeasureComment(Kept):
    """What is said of one measure in one month of one unit, and what is done about it, by whom, by when."""

    class State(models.TextChoices):
        SAID = "said", "Said"
        ACTING = "acting", "Something is done about it"
        DONE = "done", "Done"

    state = models.CharField(max_length=30, choices=State, editable=False)
    measure = models.CharField(max_length=80)
    month = models.DateField("first day of the month it is of")
    words = models.TextField("what is said of it", max_length=2000)
    action = models.TextField("what is done about it", max_length=1000, blank=True)
    does = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    did = models.TextField("what was done", max_length=1000, blank=True)
    done_at = models.DateTimeField(null=True, editable=False)

    SHOWN_WITH: ClassVar[tuple[str, ...]] = ("does", "recorded_by")

    objects: ClassVar[Any] = OfUnits.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="comment_of_a_month"),
            models.CheckConstraint(
                condition=~Q(state__in=["acting", "done"]) | Q(does__isnull=False, due_on__isnull=False) & ~Q(action=""),
                name="comment_action_has_an_owner_and_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False) & ~Q(did=""), name="comment_done_says_what"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["measure", "-month", "-id"], name="comment_of_measure")]

    def __str__(self) -> str:
        return f"{self.measure}, {self.month:%B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("figure-said", args=[self.measure.lower()])
