"""Who else lives where it happened, and whether they are safe."""

from __future__ import annotations

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models

from cases.models.answers import SafeOrNot
from cases.models.incident import Incident
from workflow.models import CaseRecord

OLDEST, ADULT = 120, 18


@pghistory.track()
class HouseholdMember(CaseRecord):
    """One person of the household, as they were found: in words, for the name may not be known yet (S3-071)."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="household_members")
    who = models.CharField(max_length=200)
    relation = models.CharField("who they are to the person harmed", max_length=200, blank=True)
    age = models.PositiveSmallIntegerField("age, about", null=True, blank=True, validators=[MaxValueValidator(OLDEST)])
    safe = models.CharField(max_length=10, choices=SafeOrNot, blank=True)
    done = models.CharField("what was done for them", max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        age = f", about {self.age}" if self.age is not None else ""
        safe = f": {SafeOrNot(self.safe).label.lower()}" if self.safe else ""
        return f"{self.who}{age}{safe}"

    @property
    def child_unsafe(self) -> bool:
        """A child of the household who is not safe: it points to child abuse whoever was meant."""
        return self.safe == SafeOrNot.NOT_SAFE and self.age is not None and self.age < ADULT
