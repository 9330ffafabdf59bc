"""What keeps people safe, kept on the case so that it stands on every page of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from workflow.models import CaseRecord, RecordQuerySet


@pghistory.track()
class UnsafeReport(CaseRecord):
    """Somebody is unsafe now: a red band on every page of the case until somebody says that everyone is safe."""

    what = models.TextField(max_length=2000)
    since_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(answered_at__isnull=True), name="unsafe_one_open"),
        ]

    def __str__(self) -> str:
        return "answered" if self.answered_at else "unsafe now"


@pghistory.track()
class SafetyWarning(CaseRecord):
    """What whoever goes to the door must know: weapons, dogs, a threat to officers."""

    what = models.CharField(max_length=300)

    def __str__(self) -> str:
        return "safety warning"


@pghistory.track()
class Safeguarding(CaseRecord):
    """Something done at once to keep somebody safe, and what came of it."""

    what = models.TextField(max_length=2000)
    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-done_at", "-pk"]

    def __str__(self) -> str:
        return "safeguarding"


class ShutOutQuerySet(RecordQuerySet):
    def in_force(self, at: datetime | None = None) -> Self:
        """Not lifted by the moment (UTC; now if none)."""
        moment: Any = at or timezone.now()
        return self.standing().filter(Q(lifted_at__isnull=True) | Q(lifted_at__gt=moment))


@pghistory.track()
class ShutOut(CaseRecord):
    """Somebody who may not see the case whatever they hold: the suspect, a relative, a colleague. Beats every grant."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="shut_outs")
    reason = models.TextField(max_length=2000)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ShutOutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(lifted_at__isnull=True), name="shut_out_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "case"], name="shut_out_of_person")]  # visible_to

    def __str__(self) -> str:
        return "shut out"
