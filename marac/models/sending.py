"""What of an agenda went to which agency: one copy to an agency, one pack for each case, and what was held back and why."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Kept, NoSecret, Posting, User
from accounts.roles import PARTNERS
from marac.models.meeting import FORUM_STAFF, Meeting
from marac.models.referral import Referral
from workflow.models import CaseRecord, RecordQuerySet, folder_model


class CopyQuerySet(NoSecret):
    def visible_to(self, user: User) -> Self:
        """Those of the person's own agency, and of forums that they run: no agency counts what another was sent."""
        if user.username == user.SYSTEM:
            return self.all()
        posts = Posting.objects.current().filter(user=user).order_by()
        over = ArraySubquery(posts.filter(role__in=FORUM_STAFF).values("unit_id"))
        own = posts.filter(role__in=PARTNERS).values("unit_id")
        return self.filter(Q(meeting__forum__unit__lineage__overlap=over) | Q(agency__unit__in=own))


@pghistory.track()
class AgendaCopy(Kept):
    """An agenda as it went to one agency, or did not because no agreement counted (R-35). `unit` is the agency's own."""

    class State(models.TextChoices):
        SENT = "sent", "Sent, research asked for"
        ANSWERED = "answered", "All research returned"
        NOT_SENT = "not_sent", "Not sent: no agreement counts"
        CALLED_OFF = "called_off", "Called off"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="copies")
    agency = models.ForeignKey("safeguarding.Agency", models.PROTECT, related_name="+")
    due_at = models.DateTimeField("when its research is due", null=True, editable=False)
    state = models.CharField(max_length=30, choices=State, editable=False)

    objects: ClassVar[Any] = CopyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "agency"], name="agenda_copy_once")]

    def __str__(self) -> str:
        return str(self.agency)

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.meeting_id])


class PackQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> Self:
        """Those for the person's own agency, and of forums that they run, of cases that they may open."""
        seen = self.filter(case__in=folder_model().objects.visible_to(user).values("pk"))
        if user.username == user.SYSTEM:
            return seen
        posts = Posting.objects.current().filter(user=user).order_by()
        over = ArraySubquery(posts.filter(role__in=FORUM_STAFF).values("unit_id"))
        own = posts.filter(role__in=PARTNERS).values("unit_id")
        return seen.filter(Q(case__unit__lineage__overlap=over) | Q(agency__unit__in=own))


@pghistory.track()
class Pack(CaseRecord):
    """One referral as one agency was sent it, word for word, with the proof of what was withheld from it and why.

    `said`: [[code, label, words], ...]; `withheld`: [[code, label, why], ...], which is kept here and sent to nobody.
    """

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="packs")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="packs")
    agency = models.ForeignKey("safeguarding.Agency", models.PROTECT, related_name="+")
    said = models.JSONField(encoder=DjangoJSONEncoder)
    withheld = models.JSONField(encoder=DjangoJSONEncoder, default=list)

    objects: ClassVar[Any] = PackQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "referral", "agency"], name="pack_once")]
        indexes = [models.Index(fields=["agency", "meeting", "id"], name="pack_of_agency")]

    def __str__(self) -> str:
        return "pack"

    def get_absolute_url(self) -> str:
        return reverse("pack", args=[self.pk])
