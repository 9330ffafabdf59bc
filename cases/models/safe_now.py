"""What the first section of an incident says, and how serious the incident is: columns of `Incident`."""

from __future__ import annotations

from django.db import models

from cases.models.answers import Answer, YesOrNo
from cases.models.severity import Severity


class SafetySaid(models.Model):
    """Who else lives there, whether a life is threatened, and the class that somebody has given it."""

    household = models.CharField("does anybody else live there", max_length=10, choices=Answer, blank=True)
    threat_to_life = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    threat_what = models.TextField("whose life is threatened", max_length=1500, blank=True)
    severity = models.CharField("how serious it is", max_length=10, choices=Severity, blank=True)
    severity_why = models.TextField("why it is that serious", max_length=1000, blank=True)

    class Meta:
        abstract = True
