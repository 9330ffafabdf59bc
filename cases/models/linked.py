"""Cases that belong beside each other and stay apart: above all two people who accuse each other."""

from __future__ import annotations

from typing import ClassVar, Self

import pghistory
from django.db import models
from django.db.models import F, Q

from workflow.models import CaseRecord, RecordQuerySet


class LinkedCaseQuerySet(RecordQuerySet):
    def counter(self) -> Self:
        """Those that make both cases a counter-allegation (marker of `recording_and_clocks` A.3), for counts."""
        return self.standing().filter(kind=LinkedCase.Kind.COUNTER)

    def kept_alike(self) -> Self:
        """Those about the same people, so that what keeps somebody out of one keeps them out of the other."""
        return self.standing().filter(kind__in=[LinkedCase.Kind.COUNTER, LinkedCase.Kind.CONFERENCE])


@pghistory.track()
class LinkedCase(CaseRecord):
    """One case's own note of another. Each of the two has one, written together, so that each is as visible as its case.

    It says that the other is there, and of what kind the link is; never anything that stands in the other.
    """

    class Kind(models.TextChoices):
        COUNTER = "counter", "counter-allegation"
        SAME_EVENT = "same_event", "same event"
        RELATED = "related", "related"
        CONFERENCE = "conference", "case conference"

    other = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)

    objects: ClassVar[LinkedCaseQuerySet] = LinkedCaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "other", "kind"], condition=Q(struck_out_at__isnull=True), name="linked_case_once"
            ),
            models.CheckConstraint(condition=~Q(case=F("other")), name="linked_case_to_another"),
        ]

    def __str__(self) -> str:
        return f"linked: {self.get_kind_display()}"
