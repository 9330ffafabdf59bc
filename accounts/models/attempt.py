"""Attempts to sign in: the wrong ones are counted here, in the database, so that no flush of a cache forgets them."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Attempt(models.Model):
    """One attempt. It counts as wrong until it is forgiven: by the right answer, or by an administrator.

    What was typed as a name is kept as a digest only: people type passwords into the box of the name.
    """

    class Kind(models.TextChoices):
        PASSWORD = "password"  # noqa: S105
        CODE = "code"
        FIRST = "first", "Code for a first password"

    kind = models.CharField(max_length=10, choices=Kind)
    login = models.CharField(max_length=64, help_text="Digest of the name as typed")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="attempts")
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()
    forgiven_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # served: how often was this name tried from here, how many names were tried from here, who is locked
            models.Index(fields=["login", "address", "at"], name="attempt_of_name"),
            models.Index(fields=["address", "at"], name="attempt_from_address"),
            models.Index(fields=["person", "at"], name="attempt_on_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
