"""What one person proposes and another decides, of the force as a whole or of one unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Posting, Unit

if TYPE_CHECKING:
    from accounts.models import User


class ProposalQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Those of the units over which the person holds one of the roles that read them."""
        held = Posting.objects.current().filter(user=user, role__in=self.model.READERS)
        return self.filter(unit__lineage__overlap=ArraySubquery(held.values("unit_id")))

    def waiting(self) -> Self:
        return self.filter(state=Proposal.State.PROPOSED)


class Proposal(models.Model):
    """Asked by one, decided by another: the database holds to it, whatever the program does."""

    READERS: ClassVar[frozenset[str]]  # the roles that may read such proposals, over the unit

    class State(models.TextChoices):
        PROPOSED = "proposed", "Waiting for a second person"
        APPROVED = "approved", "Approved"
        AT_ONCE = "at-once", "Took effect at once"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Taken back"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=30, choices=State, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    folder = None

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("recorded_by")), name="%(class)s_by_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused"]) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="%(class)s_decision_has_decider",
            ),
        ]

    @property
    def scope(self) -> Unit:
        return self.unit

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse a whole-row update: it would write back columns that somebody else has changed meanwhile."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            raise TypeError("Save a proposal with update_fields.")
        super().save(*args, **kwargs)
