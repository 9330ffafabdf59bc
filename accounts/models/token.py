"""System accounts: other systems that are let in by name, and the tokens they show. Of a token only its digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models.kept import Kept
from accounts.models.person import User
from accounts.models.unit import Unit
from accounts.roles import roles

PREFIX = "mdac_"  # so that a scanner of code and logs knows one when it sees one
SECRET_BYTES = 32
LONGEST = timedelta(days=366)
KEEPERS_OF_ACCOUNTS = roles("administrator", "superintendent")


class AccountsQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """For those who keep the accounts of other systems, and nobody else."""
        return self.all() if user.holds(KEEPERS_OF_ACCOUNTS, None) else self.none()

    def standing(self) -> Self:
        return self.all()


class SystemAccount(Kept):
    """Another system, by name. Its user holds its roles and is who it is said to have been; nobody signs in as it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Waiting for a second person"
        OPEN = "open", "Open"
        REFUSED = "refused", "Refused"
        CLOSED = "closed", "Closed"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="system_account")
    purpose = models.CharField(max_length=300)
    contact = models.CharField(max_length=200, help_text="Who answers for it: a team or a post, never a person alone")
    roles = ArrayField(models.CharField(max_length=30))
    over = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="The unit over which it holds them")
    state = models.CharField(max_length=30, choices=State, editable=False)

    objects: ClassVar[Any] = AccountsQuerySet.as_manager()

    def __str__(self) -> str:
        return self.user.last_name

    def get_absolute_url(self) -> str:
        return reverse("system-account", args=[self.pk])


class TokenQuerySet(AccountsQuerySet):
    def good(self, secret: str, now: datetime) -> Any:
        """The token that this is, if it is one that opens now (UTC); None for any other, and no word why."""
        found = self.filter(digest=digest_of(secret), revoked_at__isnull=True, expires_at__gt=now)
        standing = found.filter(account__state=SystemAccount.State.OPEN, account__user__is_active=True)
        return standing.select_related("account__user").first()


class Token(Kept):
    """What a system shows to be let in. Its scope is what its account's roles are; it ends by itself within a year."""

    class State(models.TextChoices):
        ISSUED = "issued", "Issued"

    account = models.ForeignKey(SystemAccount, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    ends_with = models.CharField(max_length=4, editable=False, help_text="So that two can be told apart")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False, help_text="To the hour")
    state = models.CharField(max_length=30, choices=State, editable=False)

    never_audited = frozenset({"digest"})
    secret = ""  # only on the object that has just been issued, to be shown once
    objects: ClassVar[Any] = TokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__lte=F("recorded_at") + LONGEST), name="token_ends_within_a_year"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.account.get_absolute_url()

    def draw(self) -> None:
        """Make the secret. It stays on this object and is nowhere else; the row keeps what recognises it."""
        self.secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
        self.digest, self.ends_with = digest_of(self.secret), self.secret[-4:]

    def said(self, now: datetime) -> str:
        """In words: good, revoked, expired."""
        if self.revoked_at:
            return "Revoked"
        return "Expired" if self.expires_at <= now else "Good"

    def used(self, now: datetime) -> None:
        """Note the hour of the last use: a write for each request would be a query for nothing."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self.last_used_at is None or self.last_used_at < hour:
            Token.objects.filter(pk=self.pk).update(last_used_at=hour)


def digest_of(secret: str) -> str:
    """SHA-256: the secret is 32 random bytes, so nothing slower is needed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
