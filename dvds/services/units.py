"""Which unit works Clare’s Law: the one at which its people are posted, the nearest where there are several."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import Posting, Unit
from dvds.models.intake import UNIT_STAFF

SUPERVISOR = "disclosure_supervisor"


def disclosure_unit(near: Unit | None = None) -> Unit:
    """The unit that a request goes to: of several the one closest to `near` in the tree, one with a supervisor before one
    without. While nobody is posted to any it is the force itself: the control room sees it there, so nothing is lost. Two
    queries.
    """
    posts = Posting.objects.current().filter(role__in=sorted(UNIT_STAFF)).order_by("unit_id")
    supervised = {unit: False for unit in posts.values_list("unit_id", flat=True)}
    supervised |= dict.fromkeys(posts.filter(role=SUPERVISOR).values_list("unit_id", flat=True), True)
    units = list(Unit.objects.filter(pk__in=supervised, state=Unit.State.OPEN).order_by("pk"))
    if not units:
        return Unit.objects.root()
    line = near.lineage if near is not None else []
    return max(units, key=lambda unit: (shared(unit.lineage, line), supervised[unit.pk], -unit.pk))


def shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many ancestors two units have in common."""
    return len(set(one) & set(other))
