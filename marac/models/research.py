"""What one agency knows of one referral. Its own until its representative releases it, line by line."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from cases.models.answers import YesOrNo
from marac.models.meeting import Sort
from marac.models.own import own_units
from marac.models.referral import Referral
from workflow.models import CaseRecord, RecordQuerySet, StatefulRecord, folder_model


class ResearchQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> Self:
        """The agency's own people only, of a case they may open: not the forum's staff, not the police, before or after.

        What was released is read through `released()`, never through the return itself.
        """
        if user.username == user.SYSTEM:
            return self.all()
        return self.filter(
            agency__unit__in=own_units(user), case__in=folder_model().objects.visible_to(user).values("pk")
        )


@pghistory.track()
class Research(StatefulRecord):
    """The return of one agency on one referral. A nil return is an answer; silence is not."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        RETURNED = "returned", "Returned"
        NIL = "nil", "Nothing known"

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="research")
    agency = models.ForeignKey("safeguarding.Agency", models.PROTECT, related_name="+")
    meeting = models.ForeignKey("marac.Meeting", models.PROTECT, null=True, related_name="research")
    due_at = models.DateTimeField(null=True)
    known = models.CharField(
        "whether anybody of the case is known to the agency", max_length=3, choices=YesOrNo, blank=True
    )
    last_contact_on = models.DateField(null=True, blank=True)
    involved = models.TextField("how the agency is involved now", max_length=4000, blank=True)
    attends = models.TextField("attendance and engagement", max_length=2000, blank=True)
    staff_safety = models.TextField("dangers to staff", max_length=2000, blank=True)
    protects = models.TextField("what protects her", max_length=2000, blank=True)
    suggests = models.TextField("actions it suggests", max_length=2000, blank=True)
    searched = models.TextField("where the agency has looked, for a nil return", max_length=1000, blank=True)
    returned_at = models.DateTimeField(null=True, editable=False)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects: ClassVar[Any] = ResearchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "agency", "meeting"], name="research_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=~Q(state="nil") | ~Q(searched=""), name="research_nil_says_where"),
        ]
        indexes = [models.Index(fields=["agency", "state", "due_at", "id"], name="research_of_agency")]

    def __str__(self) -> str:
        return "research"

    @property
    def scope(self) -> Any:
        """The agency's own unit; of one that is only being asked for, whoever runs the forum."""
        return self.agency.unit if self.agency_id else self.case.unit

    def get_absolute_url(self) -> str:
        return reverse("record", args=["research", self.pk])


class ResearchLineQuerySet(RecordQuerySet):
    def released(self) -> Self:
        """What everybody at the forum may read. The one way in which a line leaves its agency."""
        return self.standing().filter(released_at__isnull=False)

    def visible_to(self, user: User) -> Self:
        """Those of the person's own agency, and of other agencies what was released, of cases they may open."""
        seen = self.filter(case__in=folder_model().objects.visible_to(user).values("pk"))
        if user.username == user.SYSTEM:
            return seen
        return seen.filter(Q(released_at__isnull=False) | Q(research__agency__unit__in=own_units(user)))


@pghistory.track()
class ResearchLine(CaseRecord):
    """One thing the agency knows: fact or opinion, about whom, from where; released, or held back and why."""

    class About(models.TextChoices):
        VICTIM = "victim", "The person harmed"
        SUSPECT = "suspect", "Whoever is said to harm"
        CHILD = "child", "A child"

    research = models.ForeignKey(Research, models.PROTECT, related_name="lines")
    about = models.CharField(max_length=10, choices=About)
    sort = models.CharField(max_length=8, choices=Sort)
    words = models.TextField(max_length=4000)
    source = models.CharField("from where it is known", max_length=200, blank=True)
    on = models.DateField("day of the contact or event", null=True, blank=True)
    held_because = models.TextField("why it is held and not shared", max_length=1000, blank=True)
    released_at = models.DateTimeField(null=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects: ClassVar[Any] = ResearchLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(held_because=""), name="research_line_shared_or_held"
            ),
        ]
        indexes = [models.Index(fields=["research", "id"], name="research_line_of_return")]

    def __str__(self) -> str:
        return self.get_sort_display()
