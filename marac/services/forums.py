"""Which forum hears whom, and by which rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import Unit
from marac.models import Forum, ForumKind, ForumTerms
from workflow.clock import LONDON


def working_forums() -> Any:
    """Forums that meet and hear cases, by name."""
    rows = Forum.objects.filter(state=Forum.State.WORKING).exclude(kind=ForumKind.BOARD)
    return rows.select_related("unit").order_by("name", "pk")


def forum_for(unit: Unit) -> Forum | None:
    """The forum that hears cases of a police unit: a MARAC whose area names the unit or one above it, the nearest first;
    else the only or first MARAC there is. A person may choose another. None where no forum meets. Two queries.
    """
    forums = list(working_forums().exclude(kind=ForumKind.EMERGENCY))
    forums.sort(key=lambda forum: forum.kind != ForumKind.MARAC)
    if not forums:
        return None
    above = Unit.objects.filter(pk__in=unit.lineage).values_list("pk", "name")
    names = dict(above)
    for pk in reversed(unit.lineage):
        name = names.get(pk, "").casefold()
        for forum in forums:
            if name and name in forum.area.casefold():
                return forum
    return forums[0]


def terms_of(forum: Forum, at: datetime) -> ForumTerms:
    """The rules in force at a moment (UTC)."""
    return ForumTerms.objects.of(forum, at.astimezone(LONDON).date())
