"""What happened: one report of domestic abuse, recorded section by section, sent once, checked by a sergeant."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from cases.models.answers import (
    AbuseSign,
    AbuseType,
    Answer,
    Channel,
    CodeG,
    NoArrest,
    PlaceKind,
    PositiveAction,
    YesOrNo,
)
from cases.models.classed import ClassSaid
from cases.models.counting import IncidentQuerySet
from cases.models.evidence import EvidenceSaid
from cases.models.safe_now import SafetySaid
from people.models.place import AtPlace, keep_place, place_key_of
from workflow.models import StatefulRecord


@pghistory.track(exclude=["place_key"])
class Incident(ClassSaid, EvidenceSaid, SafetySaid, AtPlace, StatefulRecord):
    """One report, of one person harmed. Moments are UTC; what nobody has said yet is empty."""

    class State(models.TextChoices):
        RECORDING = "recording", "Being recorded"
        SUBMITTED = "submitted", "With the sergeant"
        CHECKED = "checked", "Checked"

    # The call it was begun from, if there was one
    call = models.ForeignKey("cases.Call", models.PROTECT, null=True, blank=True, related_name="incidents")

    # How it was reported
    reported_at = models.DateTimeField("time of the report")
    channel = models.CharField("how the report came", max_length=20, choices=Channel)
    log_ref = models.CharField("log reference", max_length=40, blank=True)

    # Immediate safeguarding
    everyone_safe = models.CharField(max_length=10, choices=Answer, blank=True)
    unsafe_what = models.TextField(max_length=1500, blank=True)
    made_safe = models.TextField(max_length=2000, blank=True)

    # Where it happened
    place = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    place_kind = models.CharField(max_length=20, choices=PlaceKind, blank=True)
    place_key = place_key_of("place", "postcode")

    # What happened
    occurred_from = models.DateTimeField("time it happened", null=True, blank=True)
    occurred_to = models.DateTimeField("time it ended", null=True, blank=True)
    account = models.TextField(max_length=8000, blank=True)
    weapon = models.CharField(max_length=10, choices=Answer, blank=True)
    weapon_what = models.CharField(max_length=300, blank=True)

    # Kinds of abuse
    abuse_types = ArrayField(models.CharField(max_length=20, choices=AbuseType), default=list, blank=True)
    abuse_signs = ArrayField(models.CharField(max_length=20, choices=AbuseSign), default=list, blank=True)

    # Who is involved, beside the people themselves
    suspect_known = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    children_present = models.CharField(max_length=10, choices=Answer, blank=True)
    witnesses_seen = models.CharField(max_length=3, choices=YesOrNo, blank=True)

    # Kept for a release and read by nothing, a later one drops them: each suspect has an ArrestDecision, each action an
    # ActionTaken (0006, 0007)
    arrested = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    arrested_at = models.DateTimeField("time of the arrest", null=True, blank=True)
    arrested_for = models.CharField(max_length=300, blank=True)
    no_arrest_code = models.CharField(max_length=3, choices=NoArrest, blank=True)
    code_g = ArrayField(models.CharField(max_length=20, choices=CodeG), default=list, blank=True)
    attends_on = models.DateField(null=True, blank=True)
    no_arrest_reason = models.TextField(max_length=2000, blank=True)
    positive_actions = ArrayField(models.CharField(max_length=20, choices=PositiveAction), default=list, blank=True)
    no_action_reason = models.TextField(max_length=2000, blank=True)

    objects: ClassVar[Any] = IncidentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(occurred_to__isnull=True)
                | Q(occurred_from__isnull=True)
                | Q(occurred_to__gte=F("occurred_from")),
                name="incident_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(occurred_from__isnull=True) | Q(occurred_from__lte=F("reported_at")),
                name="incident_starts_before_its_report",
            ),
            models.CheckConstraint(condition=~Q(no_arrest_code="N12"), name="incident_wish_is_no_reason_not_to_arrest"),
            models.CheckConstraint(
                condition=~Q(arrested="yes") | Q(no_arrest_code="", no_arrest_reason=""),
                name="incident_arrest_or_why_not",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-reported_at"], name="incident_of_case"),
            models.Index(
                fields=["reported_at"], name="incident_by_report"
            ),  # repeat victims, links: what happened since
            models.Index(fields=["postcode", "-reported_at"], name="incident_of_postcode"),  # the check at entry
            # The one search. What makes somebody safe, and where they were taken, is read there and searched by nobody.
            GinIndex(SearchVector("account", config="english"), name="incident_account_words"),
            models.Index(Upper("log_ref"), condition=~Q(log_ref=""), name="incident_of_log"),
            GinIndex(OpClass(Upper("place"), name="gin_trgm_ops"), name="incident_place_fragment"),
            models.Index(fields=["place_key", "-reported_at", "-id"], name="incident_of_place"),  # the page of a place
        ]
        triggers = keep_place("place", "postcode")

    def __str__(self) -> str:
        return f"incident {self.pk}"

    @property
    def first_said(self) -> bool:
        """Whether the first question was answered: nothing else opens before it was."""
        return bool(self.everyone_safe)

    def people(self, part: str) -> Any:
        """The involvements of one part that were not struck out, in the order in which they were added."""
        return self.involvements.filter(part=part, struck_out_at__isnull=True).order_by("pk")
