"""Evidence of an incident: body-worn video, what was sought besides the statement, the index of items, safety devices."""

from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from cases.models.answers import Answer, YesOrNo
from cases.models.answers.evidence import DIGITAL, DeviceKind, ExhibitKind, NoVideo, Sought
from workflow.models import CaseRecord, StatefulRecord


def source(words: str) -> Any:
    """The column of one source of evidence; empty: nobody has said."""
    return models.CharField(words, max_length=10, choices=Sought, blank=True)


class EvidenceSaid(models.Model):
    """The columns of an incident in which its evidence is said. What follows from other answers has no column."""

    bwv_used = models.CharField("body-worn video used", max_length=3, choices=YesOrNo, blank=True)
    bwv_why_not = models.CharField(max_length=20, choices=NoVideo, blank=True)
    bwv_why_not_words = models.CharField(max_length=300, blank=True)
    bwv_started_at = models.DateTimeField("time the video starts", null=True, blank=True)
    bwv_stopped_at = models.DateTimeField("time the video stops", null=True, blank=True)
    bwv_ref = models.CharField("reference of the video", max_length=60, blank=True)
    bwv_watched_at = models.DateTimeField(null=True, blank=True)
    bwv_watched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    bwv_watched_words = models.TextField(max_length=2000, blank=True)

    scene_examined = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    scene_why_not = models.CharField(max_length=300, blank=True)
    injured = models.CharField(max_length=10, choices=Answer, blank=True)
    injuries_what = models.TextField(max_length=2000, blank=True)
    injuries_photographed = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    injuries_why_not = models.CharField(max_length=300, blank=True)

    source_999 = source("recording of the 999 call")
    source_medical = source("medical evidence")
    medical_why_not = models.CharField(max_length=300, blank=True)
    source_cctv = source("CCTV or doorbell")
    source_phones = source("telephones and messages")
    source_neighbours = source("neighbours")
    neighbours_why_not = models.CharField(max_length=300, blank=True)
    source_logs = source("previous logs")
    source_character = source("bad character")
    source_res_gestae = source("words said in the heat of it")
    source_forensic = source("forensic")
    source_expert = source("expert")

    class Meta:
        abstract = True


@pghistory.track()
class Footage(CaseRecord):
    """Body-worn video of another officer who attended: one row for each. The first officer says it in the incident."""

    incident = models.ForeignKey("cases.Incident", models.PROTECT, related_name="footage")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="+", help_text="The officer's team at the time"
    )
    used = models.CharField("body-worn video used", max_length=3, choices=YesOrNo)
    why_not = models.CharField(max_length=20, choices=NoVideo, blank=True)
    why_not_words = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField("time the video starts", null=True, blank=True)
    stopped_at = models.DateTimeField("time the video stops", null=True, blank=True)
    ref = models.CharField("reference of the video", max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "footage"
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "officer"], condition=Q(struck_out_at__isnull=True), name="footage_once_each"
            ),
            models.CheckConstraint(
                condition=Q(used="yes", why_not="") | Q(used="no") & ~Q(why_not=""), name="footage_or_why_not"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer.title()}: {self.get_used_display().lower()}"


@pghistory.track()
class Exhibit(StatefulRecord):
    """An item of the evidence index: what it is, its reference, where it is kept. The thing itself lies elsewhere."""

    class State(models.TextChoices):
        LISTED = "listed", "Listed"
        STRUCK = "struck", "Taken out"

    kind = models.CharField(max_length=20, choices=ExhibitKind)
    reference = models.CharField(max_length=80)
    kept_where = models.CharField(max_length=200, blank=True)
    words = models.CharField("what it shows", max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="exhibit_of_case"),
            models.Index(Upper("reference"), name="exhibit_of_reference"),  # the one search
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_digital(self) -> bool:
        return self.kind in DIGITAL


@pghistory.track()
class Device(StatefulRecord):
    """A safety device handed to somebody of the case, until it comes back."""

    class State(models.TextChoices):
        OUT = "out", "With them"
        BACK = "back", "Returned"

    kind = models.CharField(max_length=20, choices=DeviceKind)
    serial = models.CharField(max_length=80, blank=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_words = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="device_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(returned_at__gte=F("issued_at")),
                name="device_returned_after_it_was_issued",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
