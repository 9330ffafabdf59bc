"""What supervision keeps: who was told what, what the sweep could not read, and that it is alive."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import reduce
from operator import or_
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
        return self._at_once().filter(mail_at__lte=now).order_by("mail_at", "pk")

    def unsent(self, before: datetime) -> Self:
        """Should have been mailed before the moment, and was not."""
        return self._at_once().filter(created_at__lt=before)

    def for_digest(self, person: User) -> Self:
        """What stands in the person's next daily mail: of a kind they want so, not read meanwhile, and not in an earlier one."""
        wanted = (Q(kind=kind, **{f"person__preference__{column}": Mail.DIGEST}) for kind, column in CHOSEN.items())
        return self.unread_by(person).filter(reduce(or_, wanted), emailed_at__isnull=True)

    def _at_once(self) -> Self:
        """What nobody chooses always; anything else unless the person chose a daily mail or none for its kind."""
        found = self.filter(emailed_at__isnull=True, person__is_active=True).exclude(person__email="")
        for kind, column in CHOSEN.items():
            chose_otherwise = Preference.objects.exclude(**{column: Mail.AT_ONCE}).values("person")
            found = found.exclude(kind=kind, person__in=chose_otherwise)
        return found


class Notice(models.Model):
    """One person told one thing once. Its text is neutral: no name, address or allegation.

    An escalation is of one rung of one deadline, for one due moment; any other is of one act: a text in which they were
    named, a look that is watched, the sweep that found something new for their saved search, a dispatch that names them, a
    brief found changed, an agenda that was not sent to their agency.
    """

    class Kind(models.TextChoices):
        ESCALATION = "escalation", "A clock nears its end or has passed it"
        MENTION = "mention", "Somebody names you in what they write"
        ACCESS = "access", "Somebody looks at a case whose suspect is police or staff"
        SEARCH = "search", "A search that you saved has a new result"
        BRIEF = "brief", "You are sent to a call, or its brief has changed since you read it"
        AGREEMENT = "agreement", "Nothing is sent to your agency, because its agreement does not count"

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.ESCALATION)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    case = models.ForeignKey(settings.FOLDER_MODEL, models.PROTECT, null=True, related_name="+")
    deadline = models.ForeignKey("workflow.Deadline", models.PROTECT, null=True, related_name="notices")
    rung = models.FloatField(null=True, help_text="Hours after the due moment; negative is before")
    role = models.CharField(max_length=30, blank=True, help_text="Whom the rung names: the holder or a role")
    due_at = models.DateTimeField(null=True, help_text="The due moment it was told for: another one is told anew")
    event = models.ForeignKey(
        "audit.Event", models.PROTECT, null=True, related_name="+", help_text="The act they are told of"
    )
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
            models.UniqueConstraint(fields=["event", "person"], name="notice_once_an_act"),
            models.CheckConstraint(
                condition=Q(kind="escalation", deadline__isnull=False, rung__isnull=False, due_at__isnull=False)
                | Q(
                    kind__in=["mention", "access", "search", "brief", "agreement"],
                    event__isnull=False,
                    deadline__isnull=True,
                ),
                name="notice_is_about_something",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_of_person"),  # the page of notices
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),  # the counter
            models.Index(fields=["mail_at"], condition=Q(emailed_at__isnull=True), name="notice_to_mail"),
        ]

    def __str__(self) -> str:
        return self.text


class Mail(models.TextChoices):
    """How somebody is told by mail, beside the page of notices, which holds them all."""

    AT_ONCE = "at_once", "At once"
    DIGEST = "digest", "Once a day, together"
    NONE = "none", "Not by mail"


#: The kinds of which somebody chooses how they are mailed, and the column of their choice. Any other is mailed at once: on
#: a clock somebody's safety may hang, and of a watched look professional standards hear within seconds.
CHOSEN: dict[str, str] = {Notice.Kind.MENTION: "mentions", Notice.Kind.SEARCH: "searches"}


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def daily(self) -> Self:
        """Of whoever wants any kind once a day, together. Index: preference_digest."""
        return self.filter(reduce(or_, (Q(**{column: Mail.DIGEST}) for column in CHOSEN.values())))


class Preference(models.Model):
    """What a person wants by mail: a column for each kind of CHOSEN. Nobody can choose not to be told of the others."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="preference")
    mentions = models.CharField(max_length=10, choices=Mail, default=Mail.AT_ONCE)
    searches = models.CharField(max_length=10, choices=Mail, default=Mail.AT_ONCE, db_default=Mail.AT_ONCE)
    digest_hour = models.PositiveSmallIntegerField(default=7, help_text="In London, from this hour of the day on")

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(digest_hour__lte=23), name="preference_hour_of_a_day")]
        indexes = [
            models.Index(
                fields=["digest_hour"], condition=Q(mentions="digest") | Q(searches="digest"), name="preference_digest"
            )
        ]

    def __str__(self) -> str:
        return f"mentions {self.mentions}, searches {self.searches}"


class Digest(models.Model):
    """The daily mail of one person for one London day: one row, so one mail, with one Message-ID."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField()
    message_id = models.CharField(max_length=200, default=new_message_id, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    emailed_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(default=timezone.now, help_text="When mailing it is tried next")
    mail_failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="digest_once_a_day")]
        indexes = [models.Index(fields=["mail_at"], condition=Q(emailed_at__isnull=True), name="digest_to_mail")]

    def __str__(self) -> str:
        return f"digest of {self.on}"


class Fault(models.Model):
    """A deadline that the sweep could not read: shown red until a later sweep can."""

    deadline = models.OneToOneField("workflow.Deadline", models.PROTECT, related_name="fault")
    kind = models.CharField(max_length=60, help_text="The kind of fault: never its text, which may hold what was typed")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.kind


class Heartbeat(models.Model):
    """When a thing that must happen again and again last happened."""

    SWEEP = "sweep"
    MONITORS = "monitors"
    PRUNING = "pruning"

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def beat(cls, name: str, at: datetime) -> None:
        cls.objects.update_or_create(name=name, defaults={"at": at})
