"""Who reads what of feedback that lies in no case folder: the force its own, a partner what was put before partners."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import Posting, User
from accounts.roles import PARTNERS, TABLE

#: Whoever works in the force, in whatever role.
OF_THE_FORCE = frozenset(role.code for role in TABLE if role.police)


def agencies_units(user: User) -> Any:
    """The units of the agencies that the person works for now."""
    return Posting.objects.current().filter(user=user, role__in=PARTNERS).order_by().values("unit_id")


class OfTheForce(models.QuerySet[Any]):
    """Rows that anybody who works in the force may read. `for_partners` says which of them partners read too."""

    def visible_to(self, user: User) -> Self:
        if user.username == user.SYSTEM:
            return self.all()
        if not user.is_active:
            return self.none()
        return self.all() if user.holds(OF_THE_FORCE, None) else self.filter(self.for_partners(user))

    def for_partners(self, user: User) -> Q:
        """Nothing, unless a noun says otherwise."""
        return Q(pk__in=[])
