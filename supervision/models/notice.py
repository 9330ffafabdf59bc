"""What supervision keeps: who was told what, what the sweep could not read, and that it is alive."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User


def new_message_id() -> str:
    """One for ever: a mail sent twice after a crash carries the same, so that the reader's program shows one."""
    return f"<{uuid.uuid4()}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread_by(self, user: User) -> Self:
        return self.filter(person=user, read_at__isnull=True)

    def to_mail(self, now: datetime) -> Self:
        """Not mailed yet, to somebody who has an address, and not waiting after a failure; oldest first."""
        waiting = self.filter(emailed_at__isnull=True, mail_at__lte=now, person__is_active=True)
        return waiting.exclude(person__email="").order_by("mail_at", "pk")


class Notice(models.Model):
    """One person told once of one rung of one deadline. Its text is neutral: no name, address or allegation."""

    deadline = models.ForeignKey("workflow.Deadline", models.PROTECT, related_name="notices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    rung = models.FloatField(help_text="Hours after the due moment; negative is before")
    role = models.CharField(max_length=30, help_text="Whom the rung names: the holder or a role")
    due_at = models.DateTimeField(help_text="The due moment it was told for: another one is told anew")
    text = models.CharField(max_length=300)
    message_id = models.CharField(max_length=200, default=new_message_id, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(default=timezone.now, help_text="When mailing it is tried next")
    mail_failures = models.PositiveSmallIntegerField(default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["deadline", "person", "rung", "due_at"], name="notice_once_a_rung"),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_of_person"),  # the page of notices
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),  # the counter
            models.Index(fields=["mail_at"], condition=Q(emailed_at__isnull=True), name="notice_to_mail"),
        ]

    def __str__(self) -> str:
        return self.text


class Fault(models.Model):
    """A deadline that the sweep could not read: shown red until a later sweep can."""

    deadline = models.OneToOneField("workflow.Deadline", models.PROTECT, related_name="fault")
    kind = models.CharField(max_length=60, help_text="The kind of fault: never its text, which may hold what was typed")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.kind


class Heartbeat(models.Model):
    """When a thing that must happen each minute last happened."""

    SWEEP = "sweep"

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def beat(cls, name: str, at: datetime) -> None:
        cls.objects.update_or_create(name=name, defaults={"at": at})
