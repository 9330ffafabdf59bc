"""An assessment: one set of questions answered about one incident. The grade is not here; it is in the ledger."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from risk.models.instrument import Instrument, InstrumentVersion
from workflow.models import StatefulRecord


@pghistory.track()
class Assessment(StatefulRecord):
    """Begun on the version of its instrument in force that day, and finished on the same."""

    SHOWN_WITH = ("incident", "instrument_version__instrument", "recorded_by", "reasons_by")

    class State(models.TextChoices):
        STANDING = "standing", "Standing"
        VOID = "void", "Void"

    class Asked(models.TextChoices):
        FACE_TO_FACE = "face_to_face", "Face to face"
        VIDEO = "video", "By video"
        TELEPHONE = "telephone", "By telephone"
        THIRD_PARTY = "third_party", "Through a third party"
        NOT_ASKED = "not_asked", "Not asked: from what is seen and on record"

    class Stopped(models.TextChoices):
        REFUSED_ALL = "refused_all", "Refused all questions"
        REFUSED_SOME = "refused_some", "Refused some questions"
        UNFIT = "unfit", "Intoxicated, unconscious or in hospital"
        SUSPECT_PRESENT = "suspect_present", "The suspect was there, so it was not safe"
        LANGUAGE = "language", "Needs an interpreter"
        CHILD = "child", "The victim is a child"
        NOT_FOUND = "not_found", "The victim was not found"
        TELEPHONE_ONLY = "telephone_only", "Only reached by telephone"
        THIRD_PARTY = "third_party", "Reported by a third party"

    REFUSED = frozenset({Stopped.REFUSED_ALL, Stopped.REFUSED_SOME})

    class Concern(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        DONT_KNOW = "dont_know", "Don’t know"

    incident = models.ForeignKey("cases.Incident", models.PROTECT, related_name="assessments")
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="further",
        help_text="The one whose answers opened it",
    )
    instrument_version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="+")
    asked_how = models.CharField(max_length=20, choices=Asked)
    asked_at = models.DateTimeField()
    stopped_code = models.CharField(max_length=20, choices=Stopped, blank=True)
    stopped_words = models.TextField(max_length=2000, blank=True)
    stopped_at = models.DateTimeField(null=True)
    recheck_at = models.DateTimeField(null=True, help_text="When the victim may be fit to be asked")
    honour_concern = models.CharField(
        "so-called honour, forced marriage or mutilation feared",
        max_length=10,
        choices=Concern,
        blank=True,
        db_default="",
    )
    honour_words = models.TextField("what is feared, and from whom", max_length=2000, blank=True, db_default="")
    reasons = models.TextField(max_length=4000, blank=True)
    reasons_at = models.DateTimeField(null=True, help_text="The count is shown from here on, not before")
    reasons_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "instrument_version"], condition=Q(struck_out_at__isnull=True),
                name="assessment_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(reasons_at__isnull=True) | ~Q(reasons=""), name="assessment_reasons_are_words"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["case", "-recorded_at"], name="assessment_of_case")]

    def __str__(self) -> str:
        return f"{self.instrument} of {self.asked_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("dash", args=[self.pk])

    @property
    def instrument(self) -> Instrument:
        return self.instrument_version.instrument

    @property
    def is_graded(self) -> bool:
        """Whether a grade is set on it; a further set is read with the one that it follows."""
        return self.follows_id is None

    @property
    def part_name(self) -> str:
        """What it is called among the parts of its incident: the name of its instrument, DASH or another. One query."""
        return Instrument.objects.values_list("name", flat=True).get(versions=self.instrument_version_id)

    @property
    def was_refused(self) -> bool:
        """Whether the victim would not answer; the officer completes it from what is seen and on record."""
        return self.stopped_code in self.REFUSED

    @property
    def is_counted(self) -> bool:
        """Whether a number exists for this instrument at all."""
        return self.instrument_version.scoring == InstrumentVersion.Scoring.COUNT
