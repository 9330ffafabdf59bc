"""The code with which somebody sets a first password: told once, kept only as a hash, good once and for a few days."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.person import User

GOOD_FOR = timedelta(hours=72)
ALPHABET = "ABCDEFGHJKLMNPQRTUVWXY346789"  # read aloud over a telephone: nothing that looks like something else
LENGTH = 20  # 96 bits: guessing is hopeless, so a fast hash is enough


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def invite(self, user: User, by: User, at: datetime) -> str:
        """Make a code for the person; any code before it is good no longer. Returns it: it is kept nowhere."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        self.filter(user=user, used_at__isnull=True, until__gt=at).update(until=at)
        self.create(user=user, made_by=by, made_at=at, until=at + GOOD_FOR, digest=digest_of(code))
        return "-".join(code[start : start + 5] for start in range(0, LENGTH, 5))

    def redeem(self, username: str, code: str, at: datetime) -> User | None:
        """The person whose code this is, if it is good; the code is used up. Call inside a transaction."""
        waiting = self.filter(user__username__iexact=username, user__is_active=True, used_at__isnull=True, until__gt=at)
        row = waiting.select_for_update(of=("self",)).select_related("user").order_by("-pk").first()
        if row is None or not hmac.compare_digest(row.digest, digest_of(code)):
            return None
        row.used_at = at
        row.save(update_fields=["used_at"])
        return row.user


class Invitation(models.Model):
    """One code for one person."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(user=F("made_by")), name="invitation_by_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"A code until {self.until:%Y-%m-%d %H:%M}"


def digest_of(code: str) -> str:
    """Of the code as it was meant: dashes, spaces and small letters make no difference."""
    meant = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(f"invitation:{meant}".encode()).hexdigest()
