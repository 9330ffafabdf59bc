"""From which day of first contact which guidance sets the limits: rows with their authority, never a constant (part C)."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.db import models

from dvds.models.answers import Profile


class ProfileFromQuerySet(models.QuerySet["ProfileFrom"]):
    def on(self, day: date) -> str:
        """The profile of a first contact on a day (London's). Before the first of them: the oldest there is. One query."""
        rows = list(self.order_by("profile", "-pk").distinct("profile").values_list("from_on", "profile"))
        if not rows:
            raise LookupError("No guidance is set from any day.")
        return str(max([row for row in rows if row[0] <= day] or [min(rows)])[1])


class ProfileFrom(models.Model):
    """The first day of one guidance. A day that was wrong is put right by a newer row: it holds for what is opened afterwards,
    for a consideration keeps for life the profile that it was opened with.
    """

    profile = models.CharField(max_length=10, choices=Profile)
    from_on = models.DateField("its first day")
    authority = models.CharField(max_length=300)

    objects = ProfileFromQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["profile", "-id"], name="profile_from_in_force")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.profile} from {self.from_on}"
