"""The brief of whoever goes to a call: built when somebody is sent, read, and said to have been read (S1-004, S3-020).

Its words are never kept here: they are asked anew for each reader, within what that reader may see. What is kept is that
it was built, for whom, and who said when that they had read it, as it was then.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, Func, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, TruncMinute
from django.urls import reverse

from accounts.models import Posting
from accounts.roles import CONTROL_ROOM, FRONTLINE
from audit.models import Access
from workflow.models import CaseRecord, RecordQuerySet

MINUTE = timedelta(minutes=1)  # arrivals are said to the minute
ATTENDING = FRONTLINE - CONTROL_ROOM
OPENED = "cases.brief:"  # what the record of consultations says of an opening, before the id of the brief


class BriefQuerySet(RecordQuerySet):
    def unread_on_arrival(self) -> Self:
        """Officers were there, and nobody who went had opened it: a question asked of the facts, never a count that is kept.

        What counts: one of those who were sent opened it, or said that they had read it, by the minute of arrival. Where
        nobody was named as sent, one of the team it was sent to. An opening in the control room counts only where officers
        were then told by radio: what the room knows is not yet what they know.
        """
        arrived = self.standing().filter(call__arrived_at__isnull=False, call__struck_out_at__isnull=True)
        minute = TruncMinute("call__arrived_at") + MINUTE
        ready_by = ExpressionWrapper(minute, output_field=models.DateTimeField())
        return arrived.alias(ready_by=ready_by).exclude(self.read_in_time())

    @staticmethod
    def read_in_time() -> Q:
        """Indexes: brief_read_of_person, access_of_folder, posting_of_person."""
        said = BriefRead.objects.standing().filter(brief=OuterRef("pk"), recorded_at__lt=OuterRef("ready_by"))
        opened = Access.objects.filter(
            chain=OuterRef("case_id"), kind=Access.Kind.VIEW, at__lt=OuterRef("ready_by"),
            what=Concat(Value(OPENED), Cast(OuterRef("pk"), models.CharField())),
        )  # fmt: skip
        inside = opened.filter(Exists(Posting.objects.filter(user=OuterRef("by"), role__in=CONTROL_ROOM)))
        told = Q(call__briefed_at__isnull=False, call__briefed_at__lte=F("call__arrived_at"))
        return Q(Exists(who_went(said, "recorded_by"))) | Q(Exists(who_went(opened, "by"))) | (told & Q(Exists(inside)))


def who_went(rows: Any, column: str) -> Any:
    """Of what was done with a brief, what whoever went did: those named as sent; the team it was sent to where none was."""
    ids = ArrayField(models.BigIntegerField())
    doer = Func(F(column), template="ARRAY[%(expressions)s]", output_field=ids)
    of_team = Posting.objects.filter(user=OuterRef(column), unit=OuterRef(OuterRef("team")), role__in=ATTENDING)
    rows = rows.alias(sent=ExpressionWrapper(OuterRef("sent"), output_field=ids))
    return rows.filter(Q(sent__contains=doer) | Q(sent=[]) & Q(Exists(of_team)))


@pghistory.track()
class Brief(CaseRecord):
    """Built when officers were first sent to a call (`recorded_at`), for whom; one to a call.

    `sent`: the ids of those whom the dispatch names by collar number. `team`: that of the call when it was built.
    """

    call = models.ForeignKey("cases.Call", models.PROTECT, related_name="briefs")
    resource = models.CharField(max_length=300, blank=True)
    sent = ArrayField(models.BigIntegerField(), default=list, blank=True)
    team = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+", db_index=False)

    objects: ClassVar[Any] = BriefQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=Q(struck_out_at__isnull=True), name="brief_one_to_a_call"
            ),
        ]

    def __str__(self) -> str:
        return f"brief {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("brief", args=["call", self.call_id])

    @property
    def opened_as(self) -> str:
        """What the record of consultations says of an opening of this brief."""
        return f"{OPENED}{self.pk}"


@pghistory.track()
class BriefRead(CaseRecord):
    """Somebody who attends says that they have read it, at `recorded_at`. `digest` is that of the words they were shown;
    `told` that of other words since, once they have been told that it says them now. The newest of a person counts.
    """

    brief = models.ForeignKey(Brief, models.PROTECT, related_name="reads", db_index=False)
    digest = models.CharField(max_length=64)
    told = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["recorded_at", "pk"]
        indexes = [models.Index(fields=["brief", "recorded_by", "-recorded_at"], name="brief_read_of_person")]

    def __str__(self) -> str:
        return "brief read"
