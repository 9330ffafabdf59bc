"""What of a conference is an agency's own: read by its people, and by whoever reads the file; by no other agency."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db.models import Q

from accounts.models import Posting, User
from accounts.roles import PARTNERS
from workflow.models import RecordQuerySet, folder_model


def own_units(user: User) -> Any:
    """The ids of the units of the agencies for which somebody signs in now. No query of its own."""
    return Posting.objects.current().filter(user=user, role__in=PARTNERS).order_by().values("unit_id")


class OwnQuerySet(RecordQuerySet):
    """`OF`: the way from the record to the unit of the agency whose it is."""

    OF: ClassVar[str] = "agency__unit"

    def visible_to(self, user: User) -> Self:
        """Those of files that the person reads; and their own agency's, of conferences that they may open."""
        cases = folder_model().objects
        own = Q(**{f"{self.OF}__in": own_units(user)}, case__in=cases.visible_to(user).values("pk"))
        return self.filter(Q(case__in=cases.read_by(user).values("pk")) | own)


class OfReferral(OwnQuerySet):
    """What lies beneath a referral is its own agency's."""

    OF = "referral__agency__unit"
