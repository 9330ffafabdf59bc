"""When people are on duty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from accounts.models.person import User

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Duty(models.Model):
    """A rostered turn of duty. A person without any row near the moment has no roster and counts as on duty."""

    user = models.ForeignKey(User, models.PROTECT, related_name="duties")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="duty_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["user", "from_at", "to_at"], name="duty_of_person")]

    def __str__(self) -> str:
        return f"{self.from_at:%Y-%m-%d %H:%M} to {self.to_at:%H:%M}"


def on_duty(users: QuerySet[User] | Iterable[int], at: datetime) -> set[int]:
    """The ids among the given people who are on duty at the moment (UTC).

    A roster is "known" for a person when any turn of theirs lies within seven days of the moment; without one they
    count as on duty, so that a force which keeps no roster here loses no escalation.
    """
    ids = {user if isinstance(user, int) else user.pk for user in users}
    week = timedelta(days=7)
    near = Duty.objects.filter(user_id__in=ids, from_at__lt=at + week, to_at__gt=at - week)
    turns = list(near.values_list("user_id", "from_at", "to_at"))
    rostered = {user for user, _, _ in turns}
    working = {user for user, start, end in turns if start <= at < end}
    return (ids - rostered) | working
