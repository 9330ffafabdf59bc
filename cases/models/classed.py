"""What an incident says of crime and of the law: columns of the incident, kept together because they are asked together."""

from __future__ import annotations

from django.db import models

from cases.models.answers import Answer, Classed, NonCrimeReason, YesOrNo
from workflow.models import Approval
from workflow.models.record import about


class ClassSaid(models.Model):
    """Crime, or why not; whether it is domestic abuse, as somebody confirmed it and as the law makes it of the facts.

    `in_statute` and `definition_version` are derived, never typed: kept when it is confirmed and again when it is sent.
    """

    classed = models.CharField(max_length=10, choices=Classed, blank=True)
    non_crime_reason = models.CharField(max_length=20, choices=NonCrimeReason, blank=True)
    non_crime_why = models.TextField(max_length=2000, blank=True)
    da_confirmed = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    da_why = models.CharField("why it differs from the law", max_length=500, blank=True)
    in_statute = models.CharField(max_length=10, choices=Answer, blank=True, editable=False)
    definition_version = models.CharField(max_length=10, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def was_sent(self) -> bool:
        """Whether it ever went to a sergeant: what it recorded until then is the force's record from then on."""
        return Approval.objects.filter(**about(self), of="record").exists()
