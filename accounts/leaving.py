"""Leaving: at the moment somebody leaves, nothing of theirs opens anything any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from accounts.models import Posting, Session, User
from accounts.models.token import Token

SMALLEST = timedelta(microseconds=1)


@transaction.atomic
def disable(user: User, *, at: datetime) -> None:
    """Close the account at the moment (UTC): postings end, every session ends, and the very next request is a stranger's.

    What they hold stays theirs on paper, so that it is found and given to others; no rung reaches a closed account.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    locked.is_active = user.is_active = False
    locked.save(update_fields=["is_active"])
    running = Posting.objects.filter(Q(to_at__isnull=True) | Q(to_at__gt=at), user=locked)
    running.filter(from_at__lt=at).update(to_at=at)
    # one that had not begun never does: it ends as it begins, by the smallest length the table allows
    running.filter(from_at__gte=at).update(to_at=F("from_at") + SMALLEST)
    Token.objects.filter(account__user=locked, revoked_at__isnull=True).update(revoked_at=at)
    end_sessions(locked)


def end_sessions(user: User, keep: str | None = None) -> int:
    """End every session of this person at once, but for the one whose key is given; returns how many."""
    ended, _ = Session.objects.filter(user=user).exclude(session_key=keep).delete()
    return ended
