"""The case: a confidential folder, and only that. Work has its own states on its own records."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from guardian.models import UserObjectPermissionBase

from accounts.models import Versioned
from cases import visibility

if TYPE_CHECKING:
    from accounts.models import Unit, User


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> Self:
        """The cases the person may open; some of them only once they have said why (`visibility.reason_needed`)."""
        return visibility.visible_to(self, user)

    def read_by(self, user: User) -> Self:
        """The cases whose file the person reads. A subset of `visible_to`: without what they see for an agency alone."""
        return visibility.read_by(self, user)

    def read_by_each(self, person: Any) -> Self:
        """The same for many people in one statement: `person` is an OuterRef to the column that names each."""
        return visibility.read_by_each(self, person)

    def visible_to_each(self, person: Any) -> Self:
        """The same for many people in one statement: `person` is an OuterRef to the column that names each."""
        return visibility.visible_to_each(self, person)

    def worked_by(self, user: User) -> Self:
        """The cases in the person's own work, no reason asked: what queues show. A subset of `visible_to`."""
        return visibility.worked_by(self, user)

    def open_to(self, user: User) -> Self:
        """The cases that stand open to the person now: own work, or a reason given this turn of duty."""
        return visibility.open_to(self, user)

    def kept_from_nobody(self) -> Self:
        """Neither restricted nor with anybody shut out now: what is said of them may stand where many read it."""
        shut = apps.get_model("cases", "ShutOut").objects.in_force().order_by()
        return self.filter(restricted=False).exclude(pk__in=shut.values("case_id"))


class Case(Versioned):
    """A folder of secrecy about one person harmed (or one consideration, referral or plan)."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"
        DISPOSED = "disposed", "Disposed"

    class Kind(models.TextChoices):
        INVESTIGATION = "investigation", "Investigation"
        DISCLOSURE = "disclosure", "Disclosure"
        CONFERENCE = "conference", "Conference"
        MANAGEMENT = "management", "Management"

    reference = models.CharField(max_length=20, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="cases")
    state = models.CharField(max_length=30, choices=State, default=State.OPEN, editable=False)
    restricted = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=timezone.now)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "kind", "id"], name="case_of_unit")]  # visible_to, worked_by

    def __str__(self) -> str:
        return self.reference

    @classmethod
    def begin(cls, kind: str, unit: Unit, at: datetime) -> Case:
        """A new folder with the next reference. Called by the effect of a first step, never alone."""
        return cls.objects.create(reference=next_reference(at), kind=kind, unit=unit, opened_at=at)

    @property
    def folder(self) -> Case:
        return self

    @property
    def case(self) -> Case:
        return self

    @property
    def case_id(self) -> int:
        return self.pk

    @property
    def scope(self) -> Unit:
        return self.unit

    def get_absolute_url(self) -> str:
        return reverse("case", args=[self.reference])

    def door(self, user: User) -> str:
        """Where this person must first say why they open the case; "" when the door is open to them."""
        return reverse("case-reason", args=[self.reference]) if visibility.reason_needed(self, user) else ""

    def holder_of(self, part: str) -> int | None:
        """The id of whoever holds the part now, if anybody does."""
        return self.holdings.filter(part=part, to_at__isnull=True).values_list("person_id", flat=True).first()


def next_reference(at: datetime) -> str:
    """DA-2026-000123: the London year and the next number of one series for every kind; gaps are allowed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_reference')")
        number = cursor.fetchone()[0]
    return f"DA-{timezone.localtime(at).year}-{number:06d}"


class Holding(models.Model):
    """Who holds a part of a case, from one moment to another."""

    class Part(models.TextChoices):
        INVESTIGATION = "investigation", "Investigation"
        VICTIM_CARE = "victim_care", "Victim care"
        RISK = "risk", "Risk"
        SUPERVISION = "supervision", "Supervision"

    case = models.ForeignKey(Case, models.PROTECT, related_name="holdings")
    part = models.CharField(max_length=20, choices=Part)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="holdings")
    from_at = models.DateTimeField(default=timezone.now)
    to_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "part"], condition=Q(to_at__isnull=True), name="holding_one_holder"
            ),
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")), name="holding_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["person", "case"], condition=Q(to_at__isnull=True), name="holding_of_person")]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.person}"


@pghistory.track()
class NamedGrant(UserObjectPermissionBase):
    """A person named on a case, until a moment or for good. Kept by django-guardian in a table of its own."""

    content_object = models.ForeignKey(Case, models.PROTECT, related_name="grants")
    from_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta(UserObjectPermissionBase.Meta):
        indexes = [models.Index(fields=["user", "content_object"], name="grant_of_person")]  # visible_to

    def __str__(self) -> str:
        return f"{self.user} on {self.content_object}"


@pghistory.track()
class UnitGrant(models.Model):
    """A unit named on a case, until a moment or until it is ended. A partner agency's: its representatives see this case, and
    no other. One of the police: whoever investigates over it sees the case too, unless it is restricted.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="unit_grants")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    from_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "unit"], name="unit_grant_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("from_at")), name="unit_grant_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["unit", "case"], name="unit_grant_of_unit")]  # units_near, what a partner sees

    def __str__(self) -> str:
        return f"{self.unit} on {self.case}"


pghistory.track()(Case)
