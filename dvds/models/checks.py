"""What the systems say of subject and person at risk. The looks themselves are `cases.SystemCheck` of the case (D2).

No trace is a decision: what was searched is listed, and a second person confirms it.
"""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from dvds.models.application import Application
from workflow.models import CaseRecord, StatefulRecord

#: PNC by its code, and what is asked besides where it shows a marker of the subject.
PNC, VISOR = "pnc", "visor"


class TraceSort(models.TextChoices):
    """What one trace is. Whether a conviction is spent stands beside it."""

    CONVICTION = "conviction", "Conviction"
    CAUTION = "caution", "Caution or other out-of-court disposal"
    NO_ACTION = "no_action", "Arrest or charge with no further action"
    INCIDENT = "incident", "Incident"
    INTELLIGENCE = "intelligence", "Intelligence"
    ORDER = "order", "Order or injunction"
    BAIL = "bail", "Bail"
    WARRANT = "warrant", "Warrant"
    EARLIER = "earlier", "Earlier Clare’s Law consideration"


class Spent(models.TextChoices):
    UNSPENT = "unspent", "Unspent"
    SPENT = "spent", "Spent"
    NOT_SPENDABLE = "no", "Nothing to be spent"


@pghistory.track()
class Trace(CaseRecord):
    """One thing that a system holds. What is spent informs the risk and can never be chosen to be told (S3-216, E.5)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="traces")
    check_made = models.ForeignKey(
        "cases.SystemCheck", models.PROTECT, related_name="traces", verbose_name="the look that found it"
    )
    sort = models.CharField("what it is", max_length=12, choices=TraceSort)
    happened_on = models.DateField("when it happened", null=True, blank=True)
    force = models.CharField("force or area", max_length=80, blank=True)
    of_whom = models.CharField("what the person harmed was to them", max_length=120, blank=True)
    words = models.TextField("what it is", max_length=4000)
    spent = models.CharField("whether it is spent", max_length=8, choices=Spent)
    spent_on = models.DateField("when it becomes spent", null=True, blank=True)
    violent = models.BooleanField("violent, or behaviour that shows risk (S3-218)", default=False)
    source = models.CharField("source evaluation", max_length=1, blank=True)
    assessment = models.CharField("intelligence assessment", max_length=1, blank=True)
    handling = models.CharField("handling code", max_length=1, blank=True)
    may_be_told = models.CharField("whether it may be told, and why", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(sort="conviction") | ~Q(spent="no"), name="trace_conviction_is_spent_or_not"
            ),
        ]
        indexes = [models.Index(fields=["application", "-id"], name="trace_of_application")]

    def __str__(self) -> str:
        return self.get_sort_display()


@pghistory.track()
class Unavailable(CaseRecord):
    """A system that could not be asked: why, and when it is tried again. Never a result."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="unavailable")
    system = models.ForeignKey("cases.CheckedSystem", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("when it was tried")
    why = models.CharField("why it could not be asked", max_length=500)
    retry_at = models.DateTimeField("when it is tried again")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(retry_at__gt=models.F("at")), name="unavailable_tried_again")]
        indexes = [models.Index(fields=["application", "-at"], name="unavailable_of_application")]

    def __str__(self) -> str:
        return "not available"


@pghistory.track()
class NoTrace(StatefulRecord):
    """Nothing was found of somebody in a system: everything searched, what our own records propose, and who agreed."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "To be confirmed by a second person"
        AGREED = "agreed", "Confirmed"
        RETURNED = "returned", "To be searched again"

    application = models.ForeignKey(Application, models.PROTECT, related_name="no_traces")
    check_made = models.OneToOneField(
        "cases.SystemCheck", models.PROTECT, related_name="no_trace", verbose_name="the look"
    )
    tried = ArrayField(
        models.CharField(max_length=160),
        default=list,
        blank=True,
        help_text="Every name, date and spelling",
        verbose_name="what was searched",
    )
    not_tried = ArrayField(
        models.CharField(max_length=160),
        default=list,
        blank=True,
        help_text="Proposed by our own records and left",
        verbose_name="what was not searched",
    )
    not_tried_because = models.TextField("why that was not searched", max_length=1000, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="who agreed"
    )
    agreed_at = models.DateTimeField("when that was agreed", null=True, editable=False)
    returned_because = models.TextField("why it was given back", max_length=1000, blank=True, editable=False)

    WROTE: ClassVar[str] = "recorded_by"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="agreed") | (Q(agreed_by__isnull=False) & ~Q(agreed_by=models.F("recorded_by"))),
                name="no_trace_agreed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(not_tried=[]) | ~Q(not_tried_because=""), name="no_trace_left_for_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["application", "-id"], name="no_trace_of_application")]

    def __str__(self) -> str:
        return "no trace"

    def get_absolute_url(self) -> str:
        return reverse("considered-checks", args=[self.case.reference])
