"""What two people decide about instruments: that a loaded version is published, and which one a unit uses."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.roles import roles
from risk.models import Instrument, InstrumentUse, InstrumentVersion
from supervision.models.proposal import Proposal

READS_INSTRUMENTS = roles("administrator", "superintendent", "auditor", "da_coordinator")


class VersionPublication(Proposal):
    """A version that was loaded from a file, to be published: from then on nothing in it can be changed."""

    READERS = READS_INSTRUMENTS

    instrument_version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="publications")

    class Meta(Proposal.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Proposal.Meta.constraints,
            models.UniqueConstraint(
                fields=["instrument_version"], condition=Q(state="proposed"), name="publication_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_version}"

    def get_absolute_url(self) -> str:
        return reverse("administration-version", args=[self.instrument_version_id])


class UseChange(Proposal):
    """From a day on the unit assesses with this instrument: becomes an `InstrumentUse` when a second person approved."""

    READERS = READS_INSTRUMENTS

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="use_changes")
    valid_from = models.DateField()
    authority = models.CharField(max_length=300)
    gave = models.ForeignKey(InstrumentUse, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta(Proposal.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [*Proposal.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.instrument} in {self.unit}"

    def get_absolute_url(self) -> str:
        return reverse("administration-instruments")
