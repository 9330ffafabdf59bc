"""A referral as the agency that received it reads it: its own words, frozen when it was sent, and nothing of the case."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Kept, Posting, User
from accounts.roles import PARTNERS
from cases.models import Case
from cases.models.answers import YesOrNo
from cases.visibility import shut_out_of
from safeguarding.models.agency import Agency
from safeguarding.models.referral import Answered, OnwardReferral, ReferralKind


class ReceivedQuerySet(models.QuerySet["ReferralReceived"]):
    def visible_to(self, user: User) -> Self:
        """Those sent to an agency that the person works for now, and to no other; nobody of the force reads them here, and
        nobody who is shut out of the case that one came from.
        """
        if user.username == user.SYSTEM:
            return self.all()
        if not user.is_active:
            return self.none()
        own = Posting.objects.current().filter(user=user, role__in=PARTNERS).order_by().values("unit_id")
        return self.filter(unit__in=own).exclude(
            referral__case__in=shut_out_of(Case.objects.order_by(), user).values("pk")
        )

    def waiting(self) -> Self:
        """Not answered, or accepted and not ended."""
        return self.exclude(state__in=[ReferralReceived.State.DECLINED, ReferralReceived.State.ENDED])


@pghistory.track()
class ReferralReceived(Answered, Kept):
    """The agency's own row of one referral. It lies in no case folder: who reads it can follow nothing back to the case."""

    class State(models.TextChoices):
        NEW = "new", "New"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        ENDED = "ended", "Ended"

    referral = models.OneToOneField(OnwardReferral, models.PROTECT, related_name="received")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ReferralKind)
    urgent = models.BooleanField("somebody is in danger now", default=False)
    about = models.TextField("whom it is about", max_length=4000)
    words = models.TextField("what the police tell", max_length=8000)
    because = models.TextField("on what basis, and whether the person knows", max_length=2000)
    reach = models.TextField("how the person is reached safely", max_length=2000, blank=True)
    contact = models.CharField("whom to ask at the police", max_length=200)
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    danger = models.TextField("what they tell of a danger now", max_length=2000, blank=True)
    closed_because = models.CharField("why it waits no longer", max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=30, choices=State, default=State.NEW, editable=False)

    objects: ClassVar[Any] = ReceivedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decision_words=""), name="received_declined_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "-id"], name="received_by_agency"),
            models.Index(fields=["adviser"], condition=Q(state="accepted"), name="received_case_load"),
        ]

    def __str__(self) -> str:
        return "referral received"

    def get_absolute_url(self) -> str:
        return reverse("received-referral", args=[self.pk])


class Attempt(models.Model):
    """One attempt of an adviser to speak to somebody: when, by which way, whether that was safe, whether it reached them."""

    class Channel(models.TextChoices):
        CALL = "call", "Call"
        TEXT = "text", "Text"
        EMAIL = "email", "Email"
        IN_PERSON = "in_person", "In person"
        THROUGH = "through", "Through somebody else"

    received = models.ForeignKey(ReferralReceived, models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    channel = models.CharField(max_length=10, choices=Channel)
    safe = models.CharField("whether it was safe", max_length=3, choices=YesOrNo)
    reached = models.CharField("whether it reached them", max_length=3, choices=YesOrNo)
    words = models.TextField(max_length=2000, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        indexes = [models.Index(fields=["received", "-at"], name="attempt_of_referral")]

    def __str__(self) -> str:
        return "attempt"
