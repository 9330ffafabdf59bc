"""Which forum hears whom, and by which rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import Unit
from marac.models import Forum, ForumKind, ForumTerms, ForumUnit
from workflow.clock import LONDON


def working_forums() -> Any:
    """Forums that meet and hear cases, by name."""
    rows = Forum.objects.filter(state=Forum.State.WORKING).exclude(kind=ForumKind.BOARD)
    return rows.select_related("unit").order_by("name", "pk")


def forum_for(unit: Unit) -> Forum | None:
    """The forum that hears cases of a police unit: that of the nearest unit at or above it that a forum names, a MARAC
    before others. Where none names any, the first MARAC by name: a referral goes somewhere, and its coordinator hands it on. A
    person may choose another. None where no forum meets. Two queries. Index: forum_unit_once.
    """
    forums = list(working_forums().exclude(kind=ForumKind.EMERGENCY))
    forums.sort(key=lambda forum: forum.kind != ForumKind.MARAC)
    named = ForumUnit.objects.now().filter(unit__in=unit.lineage).values_list("unit_id", "forum_id")
    heard_by = {pk: {forum for unit_id, forum in named if unit_id == pk} for pk, _forum in named}
    for pk in reversed(unit.lineage):
        found = next((forum for forum in forums if forum.pk in heard_by.get(pk, ())), None)
        if found is not None:
            return found
    return forums[0] if forums else None


def terms_of(forum: Forum, at: datetime) -> ForumTerms:
    """The rules in force at a moment (UTC)."""
    return ForumTerms.objects.of(forum, at.astimezone(LONDON).date())
