"""A call to the police: what was said, how it was graded, who was sent, and whether the grade was right."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper
from django.urls import reverse

from cases.models.answers import Channel, YesOrNo
from cases.models.answers.call import (
    CONNECTED,
    DESK,
    GRADE_CHOICES,
    CallMark,
    CallResult,
    CallRisk,
    Connected,
    CriticalItem,
    CriticalKind,
    Flagged,
    GradeVerdict,
    Thrive,
)
from people.models.place import AtPlace, keep_place, place_key_of
from workflow.models import CaseRecord, RecordQuerySet, StatefulRecord


class CallQuerySet(RecordQuerySet):
    def live(self) -> Self:
        """Not closed, or not yet reviewed by a supervisor: what the board shows. Index: call_live."""
        return self.standing().filter(Q(closed_at__isnull=True) | Q(reviewed_at__isnull=True))

    def unrecorded(self) -> Self:
        """Calls from which no record of an incident was begun."""
        return self.standing().filter(incidents__isnull=True)


@pghistory.track(exclude=["digits", "place_key"])
class Call(AtPlace, StatefulRecord):
    """One call. Moments are UTC; what nobody has said yet is empty.

    `marked` are the flags that a person set, `derived` those that the program found: each is written by itself, so that
    finding again loses nothing that somebody has said (S3-018).
    """

    class State(models.TextChoices):
        TAKEN = "taken", "Nobody sent yet"
        SENT = "sent", "On the way"
        ATTENDED = "attended", "Officers there"
        CLOSED = "closed", "Closed"

    # What came in
    log_ref = models.CharField("log reference", max_length=40, blank=True)
    channel = models.CharField("how the call came", max_length=20, choices=Channel)
    received_at = models.DateTimeField("time of the call")
    caller = models.CharField("who is calling", max_length=200, blank=True)
    telephone = models.CharField("number they call from", max_length=30, blank=True)
    digits = models.GeneratedField(
        expression=Func(F("telephone"), Value("[^0-9]"), Value(""), Value("g"), function="regexp_replace"),
        output_field=models.TextField(), db_persist=True,
    )  # fmt: skip
    place = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    place_key = place_key_of("place", "postcode")
    at_risk = models.CharField("name of the person at risk", max_length=200, blank=True)
    suspect = models.CharField("name of whoever is said to do it", max_length=200, blank=True)
    connected = models.CharField("how they are connected", max_length=10, choices=Connected, blank=True)
    harmed = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="calls")
    said = models.TextField("what was said", max_length=4000)
    risks = ArrayField(models.CharField(max_length=20, choices=CallRisk), default=list, blank=True)

    # How it was judged; every grade it had is kept in CallGrading
    grade = models.CharField(max_length=10, choices=GRADE_CHOICES)
    thrive = ArrayField(models.CharField(max_length=15, choices=Thrive), default=list, blank=True)
    grade_reason = models.CharField(max_length=500, blank=True)
    flagged = models.CharField("domestic abuse, at the call", max_length=10, choices=Flagged)
    confirmed = models.CharField("domestic abuse, as confirmed later", max_length=3, choices=YesOrNo, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_why = models.TextField(max_length=4000, blank=True)
    marked = ArrayField(models.CharField(max_length=10, choices=CallMark), default=list, blank=True)
    marked_why = models.CharField(max_length=500, blank=True)
    derived = ArrayField(models.CharField(max_length=10, choices=CallMark), default=list, blank=True)
    derived_why = ArrayField(models.CharField(max_length=300), default=list, blank=True)

    # Who was sent
    resource = models.CharField(max_length=300, blank=True)
    dispatched_at = models.DateTimeField("time of dispatch", null=True, blank=True)
    briefed_at = models.DateTimeField(null=True, blank=True)
    briefed_who = models.CharField(max_length=200, blank=True)
    arrived_at = models.DateTimeField("time of arrival", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=15, choices=CallResult, blank=True)
    result_why = models.TextField(max_length=2000, blank=True)

    # What the supervisor says
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_grade = models.CharField("the grade that was reviewed", max_length=10, choices=GRADE_CHOICES, blank=True)
    verdict = models.CharField(max_length=10, choices=GradeVerdict, blank=True)
    should_be = models.CharField(max_length=10, choices=GRADE_CHOICES, blank=True)
    review_note = models.TextField(max_length=2000, blank=True)

    # A siege or another critical incident
    critical_at = models.DateTimeField(null=True, blank=True)
    critical_kind = models.CharField(max_length=10, choices=CriticalKind, blank=True)
    critical_what = models.CharField(max_length=300, blank=True)
    commanded_at = models.DateTimeField(null=True, blank=True)
    commanded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stood_down_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(arrived_at__gte=F("received_at")),
                name="call_arrival_after_the_call",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["too_low", "too_high"])
                | (~Q(should_be="") & ~Q(should_be=F("reviewed_grade"))),
                name="call_wrong_grade_has_a_right_one",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(result=""), name="call_closed_with_a_result"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-received_at"], name="call_of_case"),
            models.Index(
                fields=["received_at", "id"],
                condition=Q(closed_at__isnull=True) | Q(reviewed_at__isnull=True),
                name="call_live",
            ),
            models.Index(fields=["-received_at", "-id"], name="call_newest"),  # lists of a period
            # The check at entry: earlier calls from the place, from the number.
            models.Index(fields=["postcode", "-received_at"], name="call_of_postcode"),
            models.Index(fields=["digits", "-received_at"], name="call_of_number"),
            # The one search: what was said, and the reference of the log.
            GinIndex(SearchVector("said", config="english"), name="call_said_words"),
            models.Index(Upper("log_ref"), condition=~Q(log_ref=""), name="call_of_log"),
            GinIndex(OpClass(Upper("place"), name="gin_trgm_ops"), name="call_place_fragment"),
            models.Index(fields=["place_key", "-received_at", "-id"], name="call_of_place"),  # the page of a place
        ]
        triggers = keep_place("place", "postcode")

    def __str__(self) -> str:
        return f"call {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("record", args=["call", self.pk])

    @property
    def needs_officers(self) -> bool:
        """Whether somebody is to be there within a target."""
        return self.grade != DESK

    @property
    def marks(self) -> list[str]:
        """Every flag that stands, whoever set it: repeat first."""
        return [str(mark.label) for mark in CallMark if mark in {*self.marked, *self.derived}]

    @property
    def risks_said(self) -> list[str]:
        return [str(CallRisk(risk).label) for risk in self.risks]

    @property
    def thrive_said(self) -> list[str]:
        return [str(Thrive(part).label) for part in self.thrive]

    @property
    def is_connected(self) -> bool:
        """Said to be personally connected, as far as a call can tell."""
        return self.connected in CONNECTED

    @property
    def is_critical(self) -> bool:
        """Declared a critical incident, and nobody has stood it down."""
        return self.critical_at is not None and self.stood_down_at is None

    @property
    def record(self) -> Any:
        """The record of the incident that was begun from it, or None."""
        return self.incidents.filter(struck_out_at__isnull=True).order_by("pk").first()


@pghistory.track()
class CallGrading(CaseRecord):
    """A grade that a call had, with why: the newest is the one in force."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="gradings")
    grade = models.CharField(max_length=10, choices=GRADE_CHOICES)
    thrive = ArrayField(models.CharField(max_length=15, choices=Thrive), default=list, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return str(self.get_grade_display())


@pghistory.track()
class CallAdvice(CaseRecord):
    """What a supervisor advised whoever deals with the call."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="advice")
    words = models.TextField(max_length=2000)

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        verbose_name_plural = "call advice"

    def __str__(self) -> str:
        return "advice"


@pghistory.track()
class CallTiming(CaseRecord):
    """The times that a call had until they were put right, with why: the newest was said last."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="timings")
    dispatched_at = models.DateTimeField("time of dispatch", null=True, blank=True)
    arrived_at = models.DateTimeField("time of arrival", null=True, blank=True)
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return "times before"


@pghistory.track()
class CriticalCheck(CaseRecord):
    """One line of the checklist of a critical incident, done. What was ticked in one that has ended is struck out when
    the next is declared on the same call: it stays readable, and counts for the one in which it was done.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="checks")
    item = models.CharField(max_length=15, choices=CriticalItem)
    note = models.CharField(max_length=300, blank=True)
    struck_out_because = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "item"], condition=Q(struck_out_at__isnull=True), name="critical_check_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_item_display())
