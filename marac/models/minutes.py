"""The minutes of a meeting as they were issued: one copy for each recipient, never changed, added to by addenda (D.6)."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Posting, User
from accounts.roles import PARTNERS
from marac.models.meeting import FORUM_STAFF, AgendaItem, Meeting


class MinutesQuerySet(models.QuerySet["MinutesCopy"]):
    def visible_to(self, user: User) -> Self:
        """An agency’s copy is its own people’s; whoever runs the forum reads them all. Which of the cases in it somebody
        reads is asked of the cases (`marac.services.minutes`).
        """
        posts = Posting.objects.current().filter(user=user).order_by()
        over = ArraySubquery(posts.filter(role__in=FORUM_STAFF).values("unit_id"))
        own = posts.filter(role__in=PARTNERS).values("unit_id")
        return self.filter(Q(meeting__forum__unit__lineage__overlap=over) | Q(agency__unit__in=own))


class MinutesCopy(models.Model):
    """What one recipient was given: `said` holds it whole, each line with whose it is. Without an agency: the forum’s own."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    agency = models.ForeignKey("safeguarding.Agency", models.PROTECT, null=True, related_name="+")
    said = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = MinutesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "agency"], name="minutes_once", nulls_distinct=False),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Minutes for {self.agency or 'the forum'}"

    def get_absolute_url(self) -> str:
        return reverse("minutes", args=[self.pk])


class MinutesPaper(models.Model):
    """A copy as a PDF, addenda of the time included; the newest is handed out."""

    copy = models.ForeignKey(MinutesCopy, models.PROTECT, related_name="papers")
    pdf = models.BinaryField()
    pages = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"paper of {self.copy_id}"


class Addendum(models.Model):
    """What was wrong or missing in minutes that were issued: they stay as they were, and this stands beneath them."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="addenda")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    words = models.TextField(max_length=4000)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return "addendum"
