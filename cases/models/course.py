"""The course of a case in law: arrest, charge, bail, court, orders, release, each an event with its moment."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from cases.models.arrest import ArrestDecision
from cases.models.involvement import Involvement
from workflow.models import StatefulRecord


@pghistory.track()
class CourseEvent(StatefulRecord):
    """One event. `at` is its moment (UTC): of an event with no time known, the day's first in London (`timed` says so).

    With `arrest` it was taken over from the record of an arrest, where it was said once; it follows that record.
    """

    class State(models.TextChoices):
        STANDING = "standing", "Standing"
        STRUCK = "struck", "Struck out"

    class Kind(models.TextChoices):
        ARREST = "arrest", "Arrested"
        CHARGE = "charge", "Charged"
        BAIL = "bail", "Bailed"
        BAIL_VARIED = "bail_varied", "Bail changed"
        BAIL_ENDS = "bail_ends", "Bail ends"
        INVESTIGATION = "investigation", "Released under investigation"
        NO_ACTION = "no_action", "No further action"
        OUT_OF_COURT = "out_of_court", "Dealt with out of court"
        FIRST_HEARING = "first_hearing", "First court hearing"
        TRIAL = "trial", "Trial"
        VERDICT = "verdict", "Verdict"
        SENTENCE = "sentence", "Sentence"
        CONTACT_HEARING = "contact_hearing", "Hearing about contact with a child"
        BREACH = "breach", "Bail, an order or a licence broken"
        ORDER = "order", "An order begins"
        ORDER_ENDS = "order_ends", "An order ends"
        RELEASE = "release", "Release from prison"
        RELEASE_HDC = "release_hdc", "Release on home detention curfew"
        RELEASE_TEMPORARY = "release_temporary", "Temporary release"

    #: What may lie in the future: it was announced, and the risk is looked at before it comes.
    AHEAD: ClassVar[frozenset[str]] = frozenset(
        {
            Kind.BAIL_ENDS, Kind.FIRST_HEARING, Kind.TRIAL, Kind.VERDICT, Kind.SENTENCE, Kind.CONTACT_HEARING,
            Kind.ORDER, Kind.ORDER_ENDS, Kind.RELEASE, Kind.RELEASE_HDC, Kind.RELEASE_TEMPORARY,
        }
    )  # fmt: skip

    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField("when it happens or happened")
    timed = models.BooleanField("whether its time of day is known", default=True)
    suspect = models.ForeignKey(Involvement, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField("which court, which conditions, which order", max_length=2000, blank=True)
    arrest = models.ForeignKey(ArrestDecision, models.PROTECT, null=True, blank=True, related_name="course")
    moved_because = models.TextField("why its moment was changed", max_length=2000, blank=True)
    struck_because = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["arrest", "kind"], condition=Q(arrest__isnull=False, struck_out_at__isnull=True),
                name="course_event_once_of_an_arrest",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["case", "-at", "-id"], name="course_event_of_case"),  # the panel
            models.Index(
                fields=["at"], condition=Q(struck_out_at__isnull=True), name="course_event_by_day"
            ),  # the sweep
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
