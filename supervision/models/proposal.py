"""What one person proposes and another decides, of the force as a whole or of one unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Q

from accounts.models import Kept, Posting

if TYPE_CHECKING:
    from accounts.models import User


class ProposalQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Those of the units over which the person holds one of the roles that read them."""
        held = Posting.objects.current().filter(user=user, role__in=self.model.READERS)
        return self.filter(unit__lineage__overlap=ArraySubquery(held.values("unit_id")))

    def waiting(self) -> Self:
        return self.filter(state=Proposal.State.PROPOSED)


class Proposal(Kept):
    """Asked by one, decided by another: the database holds to it, whatever the program does."""

    READERS: ClassVar[frozenset[str]]  # the roles that may read such proposals, over the unit

    class State(models.TextChoices):
        PROPOSED = "proposed", "Waiting for a second person"
        APPROVED = "approved", "Approved"
        AT_ONCE = "at-once", "Took effect at once"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Taken back"

    state = models.CharField(max_length=30, choices=State, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)

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
