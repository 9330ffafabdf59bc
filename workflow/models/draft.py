"""What somebody has typed and not yet said, and which forms have been sent once already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User


class Draft(models.Model):
    """The raw fields of one form as one person left them, problems included. No audit, no version; theirs alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    path = models.CharField(max_length=200, help_text="The page the form is on: it names its subject by id")
    data = models.JSONField(default=dict, help_text="Field: list of values")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "path"], name="draft_one_a_page")]

    def __str__(self) -> str:
        return self.path


class OnceQuerySet(models.QuerySet["Once"]):
    def claim(self, *, by: User, key: str, answer: str) -> bool:
        """Write the key down as sent; False where it was sent before. Waits for another who is sending it now."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO workflow_once (by_id, key, answer, at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                [by.pk, key, answer, timezone.now()],
            )
            return bool(cursor.rowcount)


class Once(models.Model):
    """A form or request already sent: the same key by the same person gets the same answer, and makes nothing new."""

    key = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    answer = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = OnceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "once"
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="once_for_each_person")]

    def __str__(self) -> str:
        return self.key
