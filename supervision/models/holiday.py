"""A bank holiday to be added or struck out, and how far its replay over the open deadlines has come."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.roles import roles
from supervision.models.proposal import Proposal, ProposalQuerySet
from workflow.models.holiday import Division


class HolidayQuerySet(ProposalQuerySet):
    def to_replay(self) -> models.QuerySet[HolidayChange]:
        """Decided, and not yet gone over every open deadline; the oldest first."""
        found = self.filter(state=Proposal.State.APPROVED, replayed_at__isnull=True, halted_at__isnull=True)
        return found.order_by("pk")


class HolidayChange(Proposal):
    """Decided by two people; then the open deadlines are gone over once, in batches, from `replay_after` on."""

    READERS = roles("administrator", "superintendent", "auditor")

    class Act(models.TextChoices):
        ADD = "add", "Add a bank holiday"
        STRIKE = "strike", "Strike out a bank holiday"

    act = models.CharField(max_length=10, choices=Act)
    division = models.CharField(max_length=20, choices=Division)
    on = models.DateField()
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=200, help_text="Where it was published")
    replay_after = models.BigIntegerField(default=0, editable=False, help_text="The deadline gone over last")
    replay_seen = models.PositiveIntegerField(default=0, editable=False)
    replay_moved = models.PositiveIntegerField(default=0, editable=False)
    replay_of = models.PositiveIntegerField(default=0, editable=False, help_text="Deadlines to go over, when it began")
    replayed_at = models.DateTimeField(null=True, editable=False)
    halted_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = HolidayQuerySet.as_manager()

    class Meta(Proposal.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Proposal.Meta.constraints,
            models.CheckConstraint(condition=Q(division__in=Division.values), name="holiday_change_in_a_division"),
            models.UniqueConstraint(
                fields=["division", "on"], condition=Q(state="proposed"), name="holiday_change_one_open_a_day"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["id"], condition=Q(state="approved", replayed_at__isnull=True), name="holiday_change_to_replay"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}, {self.on:%d %B %Y}"

    @property
    def is_replaying(self) -> bool:
        return self.state == self.State.APPROVED and self.replayed_at is None and self.halted_at is None

    @property
    def percent(self) -> int:
        """How far the replay has come."""
        done = self.replayed_at is not None or not self.replay_of
        return 100 if done else min(99, self.replay_seen * 100 // self.replay_of)

    def get_absolute_url(self) -> str:
        return reverse("administration-holiday", args=[self.pk])
