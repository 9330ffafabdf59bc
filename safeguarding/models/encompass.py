"""Operation Encompass: a school is told of a child before the bell, and what it was told stands (E.7, RC2, RC3)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Kept, Posting, User
from accounts.roles import PARTNERS
from cases.models import Incident
from cases.models.answers import AbuseType, Answer
from safeguarding.models.establishment import Establishment, KeyAdult
from workflow.forms.field import lower_first
from workflow.models import RecordQuerySet, StatefulRecord, folder_model


class TermsQuerySet(models.QuerySet["EncompassTerms"]):
    def on(self, day: date) -> EncompassTerms:
        """The terms of the duty on a day (London): the first ever, before any began."""
        rows = self.order_by("-valid_from", "-pk")
        found = rows.filter(valid_from__lte=day).first() or rows.last()
        if found is None:
            raise LookupError("Operation Encompass has no terms.")
        return found


class EncompassTerms(models.Model):
    """The duty and its numbers from a day on, each edition with its authority. Never edited, superseded."""

    valid_from = models.DateField()
    authority = models.CharField(max_length=300)
    statutory = models.BooleanField("a duty in law, not a voluntary scheme")
    bell = models.TimeField("a school day begins (London)", default=time(8))
    ring_from = models.TimeField("unread by then, somebody rings (London)", default=time(7, 30))
    youngest = models.PositiveSmallIntegerField("youngest child at a school, years", default=4)
    grown = models.PositiveSmallIntegerField("from this age on nobody is a child", default=18)

    objects = TermsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "encompass terms"
        constraints = [
            models.UniqueConstraint(fields=["valid_from"], name="encompass_terms_once_a_day"),
            models.CheckConstraint(condition=~Q(authority=""), name="encompass_terms_have_an_authority"),
            models.CheckConstraint(condition=Q(ring_from__lt=F("bell")), name="encompass_terms_ring_before_the_bell"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Terms from {self.valid_from}"


class Held(models.TextChoices):
    """Why a person decides before a school is told."""

    RESTRICTED = "restricted", "The case is restricted to people named"
    POLICE = "police", "The suspect is police officer or staff"
    WORKS_THERE = "works_there", "The suspect works at the school"
    RELATED = "related", "Nobody knows whether the child is related to either of them"
    ASKED = "asked", "Somebody asked for a decision"


class Late(models.TextChoices):
    """Why a school was told after the bell (M33). [R]: a force adds its own in words."""

    RECORDED = "recorded", "The record was written late"
    SCHOOL = "school", "The school was not known"
    NOBODY = "nobody", "Nobody could be reached there"
    DECISION = "decision", "A decision was waited for"
    SYSTEM = "system", "The system or the line was down"
    MISSED = "missed", "It was missed"
    OTHER = "other", "Another reason"


class EncompassQuerySet(RecordQuerySet):
    def to_send(self) -> Self:
        """Not told yet: to be sent, or waiting for a decision."""
        return self.standing().filter(state__in=TO_SEND)

    def worked_by(self, user: User) -> Self:
        """Those of cases in the person's own work: what a list shows without a reason asked."""
        return self.filter(case__in=folder_model().objects.worked_by(user).order_by().values("pk"))

    def late(self, now: datetime) -> Self:
        """The breach list: told after the bell, or not told and the bell has gone (UTC)."""
        rows = self.standing().exclude(state=Encompass.State.NOT_SENT)
        return rows.filter(Q(told_at__gt=F("bell_at")) | Q(told_at__isnull=True, bell_at__lt=now))


@pghistory.track()
class Encompass(StatefulRecord):
    """One notification: one child, one establishment, one incident. Moments are UTC.

    `bell_at` is 08:00 in London on the next day on which that establishment is open, from `grounds_at`. `told_at` is when
    it was first told: a correction does not move it. Nothing here is shown to a school: that is `EncompassLetter`.
    """

    class State(models.TextChoices):
        HELD = "held", "A person decides first"
        DRAFTED = "drafted", "To be sent"
        SENT = "sent", "Sent, receipt not confirmed"
        RECEIVED = "received", "Received"
        NOT_SENT = "not_sent", "Not sent, for a reason"

    class How(models.TextChoices):
        HERE = "here", "Read here after signing in"
        TELEPHONE = "telephone", "By telephone"
        ELSEWHERE = "elsewhere", "In another system"

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="encompass")
    child = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    involvement = models.ForeignKey("cases.Involvement", models.PROTECT, related_name="+")
    establishment = models.ForeignKey(Establishment, models.PROTECT, null=True, related_name="+")
    recipient = models.ForeignKey(KeyAdult, models.PROTECT, null=True, related_name="+")
    works_there = models.CharField("whether the suspect works there", max_length=10, choices=Answer, blank=True)
    held_for = ArrayField(models.CharField(max_length=12, choices=Held), default=list, blank=True)
    decided_because = models.TextField("why it is sent all the same", max_length=2000, blank=True)

    grounds_at = models.DateTimeField("reasonable grounds to believe")
    bell_at = models.DateTimeField("told before")
    calendar_missing = models.BooleanField("no calendar knows that day", default=False)
    tracking_asked_at = models.DateTimeField("education tracking was asked", null=True, editable=False)
    told_at = models.DateTimeField("first told", null=True, editable=False)
    facts_changed_at = models.DateTimeField("facts changed after it was sent", null=True, editable=False)
    failed_at = models.DateTimeField("the message came back", null=True, editable=False)
    received_at = models.DateTimeField(null=True, editable=False)
    received_by = models.CharField("who received it", max_length=120, blank=True, editable=False)
    how = models.CharField(max_length=10, choices=How, blank=True, editable=False)
    reference = models.CharField("reference in another system", max_length=60, blank=True, editable=False)
    late_code = models.CharField(max_length=10, choices=Late, blank=True, editable=False)
    late_words = models.TextField("why it was late", max_length=1000, blank=True, editable=False)
    not_sent_because = models.TextField(max_length=2000, blank=True, editable=False)

    objects: ClassVar[Any] = EncompassQuerySet.as_manager()

    class Meta:
        verbose_name = "notification to a school"
        verbose_name_plural = "notifications to schools"
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "child", "establishment"], condition=Q(struck_out_at__isnull=True),
                nulls_distinct=False, name="encompass_once_for_a_child_and_school",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "received"]) | Q(told_at__isnull=False), name="encompass_sent_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="received") | Q(received_at__isnull=False) & ~Q(received_by=""),
                name="encompass_receipt_says_who",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_sent") | ~Q(not_sent_because=""), name="encompass_not_sent_for_a_reason"
            ),
            models.CheckConstraint(condition=Q(late_code="") | ~Q(late_words=""), name="encompass_late_in_words"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["case", "id"], name="encompass_of_case"),  # the panel
            models.Index(fields=["incident", "child"], name="encompass_of_child"),  # what was found already
            models.Index(fields=["-bell_at", "-id"], name="encompass_by_bell"),  # the list, newest bell first
            models.Index(fields=["establishment", "-bell_at"], name="encompass_of_establishment"),  # of one school
        ]

    def __str__(self) -> str:
        return "notification to a school"

    def get_absolute_url(self) -> str:
        return reverse("encompass-one", args=[self.pk])

    @property
    def in_brief(self) -> str:
        """What a school is told of the incident in brief, drafted from the record; whoever sends it may say more."""
        kinds = [lower_first(AbuseType(code).label) for code in self.incident.abuse_types]
        said = "Police were told of domestic abuse at the child’s home or in its family."
        return f"{said} What was reported: {', '.join(kinds)}." if kinds else said

    @property
    def in_time(self) -> bool | None:
        """Told before the bell; None while it was not told."""
        return None if self.told_at is None else self.told_at <= self.bell_at

    def is_late(self, now: datetime) -> bool:
        """Told after the bell, or not told and the bell has gone (UTC)."""
        return self.state != self.State.NOT_SENT and (self.told_at or now) > self.bell_at


TO_SEND = (Encompass.State.HELD, Encompass.State.DRAFTED)


class LetterQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """What their own establishment was sent and was not taken back; for the police, those of cases they may open."""
        if not user.is_active:
            return self.none()
        if user.username == user.SYSTEM:
            return self.all()
        own = Posting.objects.current().filter(user=user, role__in=PARTNERS).order_by().values("unit_id")
        cases = folder_model().objects.visible_to(user).values("pk")
        sent = Q(unit__in=own) & ~Q(state=EncompassLetter.State.TAKEN_BACK)
        return self.filter(sent | Q(notice__case__in=cases))

    def to_read(self, user: User) -> Self:
        """What the person's own establishment may read: an agency's page asks no more."""
        own = Posting.objects.current().filter(user=user, role__in=PARTNERS).order_by().values("unit_id")
        return self.filter(unit__in=own).exclude(state=EncompassLetter.State.TAKEN_BACK)

    def to_mail(self, now: datetime) -> Self:
        """Whose mailbox has not been told yet that one waits. Index: encompass_letter_to_mail."""
        return self.filter(mailed_at__isnull=True, mail_at__lte=now)


@pghistory.track()
class EncompassLetter(Kept):
    """What a school was told, frozen as it was sent. It lies in no case: whoever reads it sees nothing else of ours.

    `unit` is that of the establishment's agency; without one nobody signs in for it, and it is told by telephone. A
    correction is another letter. `content` is [[heading, words], ...].
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Not read yet"
        READ = "read", "Read"
        TAKEN_BACK = "taken_back", "Taken back"

    notice = models.ForeignKey(Encompass, models.PROTECT, related_name="letters")
    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="letters")
    recipient = models.ForeignKey(KeyAdult, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("1: the first; later ones correct it")
    content = models.JSONField()
    changed = models.TextField("what is corrected", max_length=2000, blank=True)
    bell_at = models.DateTimeField("the school day begins")
    while_closed = models.BooleanField("sent while the school was closed", default=False)
    state = models.CharField(max_length=30, choices=State, default=State.WAITING, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    seen_again_at = models.DateTimeField("looked at again on the first day back", null=True, editable=False)
    asks = models.TextField("what the school asks", max_length=1000, blank=True, editable=False)
    mail_to = models.EmailField("mailbox told that one waits", blank=True)
    mail_at = models.DateTimeField("when the mailbox is told, or tried again", null=True)
    mailed_at = models.DateTimeField(null=True)
    mail_failures = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[Any] = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "letter to a school"
        verbose_name_plural = "letters to schools"
        constraints = [models.UniqueConstraint(fields=["notice", "number"], name="encompass_letter_numbered")]
        indexes = [
            models.Index(fields=["unit", "-id"], name="encompass_letter_of_school"),  # the school's own list
            models.Index(
                fields=["mail_at"], condition=Q(mailed_at__isnull=True, mail_at__isnull=False),
                name="encompass_letter_to_mail",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return "letter to a school"

    def get_absolute_url(self) -> str:
        return reverse("encompass-letter", args=[self.pk])

    @property
    def message_id(self) -> str:
        """The same however often the mailbox is told: a mail server throws the second away."""
        return f"<encompass-letter-{self.pk}@{settings.SITE_ADDRESS.partition('://')[2] or 'here'}>"
