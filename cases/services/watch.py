"""Hearing looks at cases whose suspect is police or staff, and searches for what is hidden: professional standards know
within seconds, the looker never.

The rows are written by the database itself, in the transaction of the look (`watch_looks`); what is done here may be done
twice, at once, or after any loss.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cases.models import AccessConcern, SetMarker, WatchedLook
from cases.models.watch import WATCHED
from cases.services.access import raise_concern
from cases.visibility import TRIPWIRE, heard_at_once

BATCH = 200


def hear_looks(now: datetime) -> int:
    """Raise a concern for each look that waits (once for a person and a case while nobody has looked into it); returns how
    many were heard. Each is a transaction of its own: one that cannot be heard keeps no other waiting, and is raised.
    """
    faults: list[Exception] = []
    heard = 0
    for pk in list(WatchedLook.objects.waiting().values_list("pk", flat=True)[:BATCH]):
        try:
            heard += hear(pk, now)
        except Exception as fault:  # noqa: BLE001 - the others are heard first; then it is raised
            faults.append(fault)
    if faults:
        raise faults[0]
    return heard


@transaction.atomic
def hear(pk: int, now: datetime) -> bool:
    """One look; False where another worker has it."""
    rows = WatchedLook.objects.waiting().select_for_update(skip_locked=True, of=("self",))
    look = rows.select_related("access__by", "case__unit").filter(pk=pk).first()
    if look is None:
        return False
    looker = look.access.by
    for kind in kinds_of(look) if looker.username != looker.SYSTEM else ():
        raise_concern(case=look.case, person=looker, kind=kind)
    look.heard_at = now
    look.save(update_fields=["heard_at"])
    return True


def kinds_of(look: WatchedLook) -> list[str]:
    """What professional standards hear of it as: a look at a case that is watched, a search for what is hidden, or both."""
    if look.access.what != TRIPWIRE:
        return [AccessConcern.Kind.WATCHED]
    marked = SetMarker.objects.standing().filter(case=look.case_id, code=WATCHED, cleared_at__isnull=True).exists()
    told = heard_at_once(look.case, look.access.by)
    said = ((AccessConcern.Kind.SEARCHED, told), (AccessConcern.Kind.WATCHED, marked))
    return [kind for kind, so in said if so]
