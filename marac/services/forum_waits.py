"""What waits for whoever runs a forum: read by their lists, and counted on My work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import Posting, User
from marac.models import ForumAction, Meeting, Referral
from marac.models.meeting import FORUM_STAFF

MOST = 500  # nobody counts further


def referrals_run_by(user: User) -> Any:
    """Referrals to the forums that somebody runs, in whatever state. Index: referral_of_forum."""
    posts = Posting.objects.current().filter(user=user, role__in=FORUM_STAFF).order_by()
    rows = Referral.objects.standing().visible_to(user)
    return rows.filter(forum__unit__lineage__overlap=ArraySubquery(posts.values("unit_id")))


def waits_in_forums(user: User, now: datetime) -> list[tuple[str, str]]:
    """(what waits and how much of it, the page of it), of what waits at all. `now` is UTC; three queries, each up to MOST.

    Indexes: referral_of_forum, forum_action_open, meeting_of_forum.
    """
    new = counted(referrals_run_by(user).filter(state=Referral.State.SUBMITTED))
    late = counted(ForumAction.objects.visible_to(user).standing().open().filter(due_at__lt=now))
    held = counted(Meeting.objects.visible_to(user).filter(state=Meeting.State.HELD))
    said = [
        (new, ngettext("%s referral to accept or return", "%s referrals to accept or return", new), "marac-referrals"),
        (late, ngettext("%s action that is late", "%s actions that are late", late), "forum-actions"),
        (held, ngettext("%s meeting without minutes", "%s meetings without minutes", held), "meetings"),
    ]
    return [(words % (f"{count}+" if count == MOST else count), reverse(page)) for count, words, page in said if count]


def counted(rows: Any) -> int:
    return int(rows.order_by()[:MOST].count())
