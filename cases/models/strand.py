"""Other matters that domestic abuse is linked with, by their reference in the system that keeps them."""

from __future__ import annotations

import pghistory
from django.db import models

from workflow.models import CaseRecord


class Strand(models.TextChoices):
    """S3-087."""

    CHILD = "child", "Child abuse"
    ADULT = "adult", "Vulnerable adult"
    MISSING = "missing", "Missing person"
    HOMICIDE = "homicide", "Homicide"
    HONOUR = "honour", "So-called honour"
    IMMIGRATION = "immigration", "Immigration"
    SEXUAL = "sexual", "Sexual offences"
    HARASSMENT = "harassment", "Harassment or stalking"
    OFFENDER = "offender", "Management of violent or sex offenders"
    EXPLOITATION = "exploitation", "Prostitution or exploitation"


@pghistory.track()
class LinkedStrand(CaseRecord):
    """This case is linked with a matter kept elsewhere."""

    strand = models.CharField(max_length=20, choices=Strand)
    system = models.CharField("which system keeps it", max_length=100)
    reference = models.CharField("its reference there", max_length=60)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return self.get_strand_display()
