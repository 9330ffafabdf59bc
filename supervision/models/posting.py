"""A change to who holds which role over which unit."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Posting
from accounts.roles import CHOICES, roles
from supervision.models.proposal import Proposal


class PostingChange(Proposal):
    """A role to be granted, covered, lengthened or ended. The posting itself is the row that the rest reads."""

    READERS = roles(
        "administrator", "superintendent", "inspector", "sergeant", "professional_standards", "auditor"
    )  # fmt: skip

    class Kind(models.TextChoices):
        GRANT = "grant", "Posting"
        COVER = "cover", "Cover"
        EXTEND = "extend", "Longer posting"
        END = "end", "End of a posting"

    kind = models.CharField(max_length=10, choices=Kind, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posting_changes")
    role = models.CharField(max_length=30, choices=CHOICES)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)
    why = models.TextField(max_length=1000)
    posting = models.ForeignKey(
        Posting,
        models.PROTECT,
        null=True,
        related_name="posting_changes",
        editable=False,
        help_text="Made or changed by this",
    )

    class Meta(Proposal.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *Proposal.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="end") | ~Q(recorded_by=F("user")), name="posting_change_not_for_oneself"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("user")),
                name="posting_change_not_decided_by_oneself",
            ),
            models.CheckConstraint(
                condition=~Q(state="at-once") | Q(kind__in=["cover", "end"]),
                name="posting_change_at_once_is_cover_or_end",
            ),
            models.CheckConstraint(
                condition=~Q(kind="cover")
                | Q(to_at__isnull=False) & ~Q(role__in=["administrator", "auditor", "professional_standards"]),
                name="posting_change_cover_is_short_and_operational",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["state", "-id"], name="posting_change_by_state"),
            models.Index(fields=["user", "-id"], name="posting_change_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_role_display()}"

    def get_absolute_url(self) -> str:
        return reverse("administration-postings")
