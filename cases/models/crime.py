"""A crime recorded of an incident; and an incident recorded as no crime, which the crime registrar approves."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, ClassVar, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from cases.models.answers import Aggravator, CancelReason, NonCrimeReason
from cases.models.incident import Incident
from cases.models.involvement import Involvement
from cases.models.offence import Offence
from workflow.clock import LONDON
from workflow.models import Refusal, Refused, StatefulRecord
from workflow.models.record import RecordQuerySet

#: From this day (London, of the report) one principal crime counts for each victim and report: a break in every series.
ONE_FOR_EACH_VICTIM = date(2023, 6, 1)  # counting rules of June 2023 [S DAC-17600]
NEVER = Value(datetime(1900, 1, 1, tzinfo=UTC))  # before anything that anybody said


class CrimeQuerySet(RecordQuerySet):
    def live(self) -> Self:
        """Standing and not cancelled."""
        return self.standing().exclude(state=Crime.State.CANCELLED)

    def counted(self) -> Self:
        """The crimes that are counted: live, of a report that was not found to be no domestic abuse; of a report since
        June 2023 the principal one alone, which is the one last said to be, else the first.
        """
        since = datetime.combine(ONE_FOR_EACH_VICTIM, time.min, LONDON)
        abuse = self.live().filter(incident__struck_out_at__isnull=True).exclude(incident__da_confirmed="no")
        others = Crime.objects.live().filter(incident=OuterRef("incident"), incident__reported_at__gte=since)
        said, said_of_it = Coalesce("principal_at", NEVER), Coalesce(OuterRef("principal_at"), NEVER)
        goes_before = Q(said__gt=said_of_it) | Q(said=said_of_it, pk__lt=OuterRef("pk"))
        return abuse.exclude(Exists(others.annotate(said=said).filter(goes_before)))

    def cancelled(self) -> Self:
        """A measure of its own: kept, and out of every other count."""
        return self.standing().filter(state=Crime.State.CANCELLED)


@pghistory.track()
class Crime(StatefulRecord):
    """One notifiable offence against the person harmed of an incident. Recorded at once; cancelled only by the registrar."""

    class State(models.TextChoices):
        RECORDED = "recorded", "Recorded"
        OUTCOME_ASKED = "outcome_asked", "Outcome with an inspector"
        CANCEL_ASKED = "cancel_asked", "Cancellation with the crime registrar"
        CANCELLED = "cancelled", "Transferred or cancelled"

    state = models.CharField(max_length=30, choices=State, default=State.RECORDED, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="crimes")
    offence = models.ForeignKey(Offence, models.PROTECT, related_name="+")
    particulars = models.CharField(max_length=300, blank=True)
    suspect = models.ForeignKey(Involvement, models.PROTECT, null=True, blank=True, related_name="+")
    aggravators = ArrayField(models.CharField(max_length=20, choices=Aggravator), default=list, blank=True)
    principal_at = models.DateTimeField(
        null=True, editable=False, help_text="When it was last said to be the principal one"
    )
    became_known = models.TextField(
        "what became known", max_length=4000, blank=True, editable=False,
        help_text="Where it was first recorded as no crime: what made it one after all",
    )  # fmt: skip
    cancel_code = models.CharField(max_length=20, choices=CancelReason, blank=True, editable=False)
    cancel_why = models.TextField(max_length=2000, blank=True, editable=False)

    objects: ClassVar[Any] = CrimeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="crime_of_case"),  # the panel
            models.Index(fields=["incident"], name="crime_of_incident"),
            models.Index(
                fields=["state", "-id"], condition=~Q(state="recorded"), name="crime_by_state"
            ),  # registrar's lists
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_code="", cancel_why=""), name="crime_cancelled_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.offence.label

    def get_absolute_url(self) -> str:
        return reverse("record", args=["crime", self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to strike out what the force has recorded: only the crime registrar cancels a crime (A.4)."""
        if "struck_out_at" in (kwargs.get("update_fields") or ()) and self.struck_out_at and self.incident.was_sent:
            raise Refused(
                Refusal.GUARD, "Not available. This crime was recorded: ask the crime registrar to cancel it."
            )
        super().save(*args, **kwargs)

    @property
    def suspect_named(self) -> bool:
        return self.suspect_id is not None and self.suspect is not None and self.suspect.struck_out_at is None

    @property
    def outcome(self) -> Any:
        """The outcome in force: the latest that was settled. None while there is none."""
        return self.outcomes.settled().order_by("-settled_at", "-pk").first()


@pghistory.track()
class NonCrime(StatefulRecord):
    """An incident said to be no crime, as it was sent to the crime registrar. Words here are what the registrar reads."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Being recorded"
        WAITING = "waiting", "With the crime registrar"
        APPROVED = "approved", "Approved as no crime"
        RETURNED = "returned", "Returned by the crime registrar"
        TAKEN_BACK = "taken_back", "Taken back to change it"
        DROPPED = "dropped", "Given up"

    state = models.CharField(max_length=30, choices=State, default=State.PROPOSED, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="non_crimes")
    reason = models.CharField(max_length=20, choices=NonCrimeReason)
    why = models.TextField(max_length=2000)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="non_crime_of_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["incident"],
                condition=~Q(state="dropped") & Q(struck_out_at__isnull=True),
                name="non_crime_one_live",
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()

    def get_absolute_url(self) -> str:
        return reverse("record", args=["non-crime", self.pk])
