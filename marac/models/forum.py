"""Forums: who meets, where, how often, under which rules. The rules are rows with a day and an authority, never constants."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Kept, NoSecret, Unit


class ForumKind(models.TextChoices):
    """How a forum works (issue, Forums are data)."""

    MARAC = "marac", "MARAC: one meeting for the cases of some weeks"
    DAILY = "daily", "Daily practitioner meeting"
    WRITTEN = "written", "Co-ordination in writing, with a closing date"
    EMERGENCY = "emergency", "Emergency meeting"
    BOARD = "board", "A board or group that hears no case, such as a safeguarding partnership"


@pghistory.track()
class Forum(Kept):
    """One forum of an area. `unit` runs it: conferences are cases of that unit."""

    class State(models.TextChoices):
        WORKING = "working", "Meets"
        CLOSED = "closed", "Meets no longer"

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=ForumKind)
    area = models.CharField("area whose residents it hears", max_length=200)
    venue = models.CharField("where it meets", max_length=200, blank=True)
    women_over_16 = models.PositiveIntegerField("women aged 16 and over who live there", null=True, blank=True)
    women_source = models.CharField("where that number comes from", max_length=200, blank=True)
    state = models.CharField(max_length=30, choices=State, default=State.WORKING, editable=False)

    objects: ClassVar[Any] = NoSecret.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="forum_one_of_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def in_writing(self) -> bool:
        """Nobody sits: what agencies know and take on is sent in by the moment at which it closes."""
        return self.kind == ForumKind.WRITTEN

    def get_absolute_url(self) -> str:
        return reverse("forum", args=[self.pk])

    @property
    def hears(self) -> list[Unit]:
        """The units whose cases it hears now, by name."""
        return list(Unit.objects.filter(forums__forum=self, forums__until__isnull=True).order_by("name", "pk"))


class ForumUnitQuerySet(models.QuerySet["ForumUnit"]):
    def now(self) -> Self:
        return self.filter(until__isnull=True)


@pghistory.track()
class ForumUnit(models.Model):
    """A unit whose cases a forum hears, with all beneath it, since a moment (UTC). Ended, never taken away."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="heard_units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="forums")
    since = models.DateTimeField(default=timezone.now, editable=False)
    until = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = ForumUnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "forum"], condition=Q(until__isnull=True), name="forum_unit_once"
            ),  # also serves "which forums hear this unit or one above it"
        ]

    def __str__(self) -> str:
        return str(self.unit)


class RepeatWords(models.TextChoices):
    """What makes a referral a repeat (D.2, R-30)."""

    ANY_ABUSE = "any_abuse_v2", "Any abuse by the same person, unwanted contact included"
    LISTED = "listed_behaviours_v1", "The listed behaviours only: violence, threats, stalking, sexual abuse"


class RepeatAnchor(models.TextChoices):
    """From when the months of a repeat run."""

    REFERRED = "last_referral_date", "From the last referral"
    HEARD = "last_heard_date", "From the last time it was heard"


class ForumTermsQuerySet(models.QuerySet["ForumTerms"]):
    def of(self, forum: Forum, on: date) -> ForumTerms:
        """The terms of a forum on a day (London). Raises LookupError where none were ever set."""
        found = self.filter(forum=forum, valid_from__lte=on).order_by("-valid_from", "-pk").first()
        if found is None:
            raise LookupError(f"Forum {forum.pk} has no terms on {on}.")
        return found


class ForumTerms(models.Model):
    """The rules of a forum from a day on; never edited, superseded: an old referral is read under the old ones (D.2, D.3).

    Days are working days unless they say otherwise; `slot_minutes` are minutes.
    """

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="terms")
    valid_from = models.DateField()
    authority = models.CharField(max_length=300)
    rhythm_days = models.PositiveSmallIntegerField("calendar days from one meeting to the next", default=14)
    slot_minutes = models.PositiveSmallIntegerField("minutes for a case", default=12)
    slots = models.PositiveSmallIntegerField("cases in a meeting", default=15)
    cutoff_days = models.PositiveSmallIntegerField("referrals close before the meeting", default=10)
    agenda_days = models.PositiveSmallIntegerField("the agenda goes out before the meeting", default=8)
    research_days = models.PositiveSmallIntegerField("research is back before the meeting", default=2)
    minutes_days = models.PositiveSmallIntegerField("minutes are out after the meeting", default=3)
    told_days = models.PositiveSmallIntegerField("the victim is told after the meeting", default=2)
    action_days = models.PositiveSmallIntegerField("an action is due, where nothing else is said", default=10)
    at_once_hours = models.PositiveSmallIntegerField("an action of immediate safety is due, in hours", default=24)
    emergency_hours = models.PositiveSmallIntegerField("an emergency meeting is held, in hours", default=24)
    accept_days = models.PositiveSmallIntegerField("a referral is accepted or queried", default=1)
    transfer_days = models.PositiveSmallIntegerField("a transfer is accepted by the other forum", default=5)
    sight_days = models.PositiveSmallIntegerField("agencies see a case after its meeting, calendar days", default=28)
    visible_score = models.PositiveSmallIntegerField("yes answers of the 24 that make risk visibly high", default=14)
    escalation_incidents = models.PositiveSmallIntegerField("incidents that may show escalation", default=3)
    escalation_months = models.PositiveSmallIntegerField("in so many months", default=12)
    repeat_words = models.CharField(max_length=24, choices=RepeatWords, default=RepeatWords.ANY_ABUSE)
    repeat_anchor = models.CharField(max_length=20, choices=RepeatAnchor, default=RepeatAnchor.REFERRED)
    repeat_months = models.PositiveSmallIntegerField("calendar months of a repeat", default=12)
    counts_transfers = models.BooleanField("a transfer in counts from the other forum’s date", default=True)
    youngest = models.PositiveSmallIntegerField("youngest person harmed who is heard", default=16)
    deferred_most = models.PositiveSmallIntegerField("how often a case may be put off", default=1)

    objects: ClassVar[Any] = ForumTermsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(authority=""), name="forum_terms_have_an_authority"),
            models.CheckConstraint(condition=Q(slot_minutes__gt=0, slots__gt=0), name="forum_terms_have_slots"),
            models.CheckConstraint(
                condition=Q(cutoff_days__gte=F("agenda_days"), agenda_days__gte=F("research_days")),
                name="forum_terms_in_order",
            ),
        ]
        indexes = [models.Index(fields=["forum", "-valid_from", "-id"], name="forum_terms_in_force")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Terms from {self.valid_from}"


class MemberQuerySet(NoSecret):
    def on(self, day: date) -> Self:
        """Members on a day (London)."""
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))


@pghistory.track()
class ForumMember(Kept):
    """An agency that sits in a forum, from a day to a day (S3-127, S3-130)."""

    class State(models.TextChoices):
        SITTING = "sitting", "Sits"
        LEFT = "left", "Has left"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="members")
    agency = models.ForeignKey("safeguarding.Agency", models.PROTECT, related_name="seats")
    core = models.BooleanField("is expected at every meeting", default=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=30, choices=State, editable=False)

    objects: ClassVar[Any] = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "agency"], condition=Q(until__isnull=True), name="forum_member_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.agency)

    def get_absolute_url(self) -> str:
        return reverse("forum", args=[self.forum_id])
