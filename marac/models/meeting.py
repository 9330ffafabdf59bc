"""A meeting of a forum: who is here, what is heard in which order, and what was said of each case."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Kept, NoSecret, Posting, User, Versioned
from accounts.roles import PARTNERS, roles
from marac.models.forum import Forum, ForumMember
from marac.models.own import OwnQuerySet
from marac.models.referral import Referral
from workflow.models import CaseRecord, RecordQuerySet, StatefulRecord
from workflow.models.record import About

#: Who runs a forum: its coordinator and its chair.
FORUM_STAFF = roles("marac_coordinator", "forum_chair")


class MeetingQuerySet(NoSecret):
    def to_come(self) -> Self:
        return self.filter(state__in=[Meeting.State.PLANNED, Meeting.State.PUBLISHED])

    def visible_to(self, user: User) -> Self:
        """Meetings of forums that the person runs or their agency sits in; nobody else counts them."""
        if user.username == user.SYSTEM:
            return self.all()
        posts = Posting.objects.current().filter(user=user).order_by()
        over = ArraySubquery(posts.filter(role__in=FORUM_STAFF).values("unit_id"))
        own = ForumMember.objects.filter(agency__unit__in=posts.filter(role__in=PARTNERS).values("unit_id"))
        return self.filter(Q(forum__unit__lineage__overlap=over) | Q(forum__in=own.values("forum_id")))


@pghistory.track()
class Meeting(Kept):
    """`starts_at` is UTC; for a forum in writing it is the moment at which it closes."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        PUBLISHED = "published", "Agenda sent"
        SITTING = "sitting", "Sitting"
        HELD = "held", "Held, minutes to be issued"
        MINUTED = "minuted", "Minutes issued"
        CANCELLED = "cancelled", "Cancelled"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    venue = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField("called because the risk cannot wait", default=False)
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="coordinator"
    )
    published_at = models.DateTimeField(null=True, editable=False)
    promise_read_at = models.DateTimeField("when the promise of confidentiality was read", null=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    minuted_at = models.DateTimeField(null=True, editable=False)
    cancelled_because = models.TextField(max_length=1000, blank=True, editable=False)
    state = models.CharField(max_length=30, choices=State, default=State.PLANNED, editable=False)

    objects: ClassVar[Any] = MeetingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["forum", "-starts_at", "-id"], name="meeting_of_forum"),
            models.Index(fields=["state", "starts_at", "id"], name="meeting_to_come"),
        ]

    def __str__(self) -> str:
        return f"{self.forum}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: User) -> Self:
        """Whoever sees the meeting sees who was there."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))


@pghistory.track()
class Attendance(Versioned):
    """Who was here, who signed the promise, who sent word. Kept as it was said, name and all: people leave agencies."""

    class Standing(models.TextChoices):
        HERE = "here", "Here"
        APOLOGY = "apology", "Apology"
        OBSERVER = "observer", "Observes"
        ABSENT = "absent", "Not here"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    agency = models.ForeignKey("safeguarding.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    standing = models.CharField(max_length=10, choices=Standing)
    sent_word = models.BooleanField("sent its information in writing", default=False)
    signed_at = models.DateTimeField("when the promise was signed", null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    folder = None
    objects: ClassVar[Any] = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "agency", "name"], name="attendance_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return self.name


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def standing(self) -> Self:
        return self.filter(taken_off_at__isnull=True)

    def of_referrals(self) -> Self:
        """The cases of this forum itself; what other apps bring is heard by their own rules."""
        return self.filter(kind="referral", subject_type=Referral._meta.label_lower)

    def in_order(self) -> Self:
        """Index: agenda_item_in_order."""
        return self.order_by("part", "place", "pk")


class AgendaItem(About):
    """One thing to be heard: what it is about is a record of any app that declared its kind (`marac.items`)."""

    class Part(models.TextChoices):
        """The order of an agenda (D.6)."""

        ACTIONS = "1actions", "Incomplete actions"
        CHILDREN = "2children", "With children"
        ADULTS = "3adults", "Adults only"
        OTHER = "4other", "For another purpose"
        ENDED = "5ended", "Twelve months ended"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=20)
    case = models.ForeignKey(settings.FOLDER_MODEL, models.PROTECT, null=True, related_name="+")
    part = models.CharField(max_length=10, choices=Part)
    place = models.PositiveSmallIntegerField("order within its part", default=0)
    moved_to = models.PositiveSmallIntegerField("where in its part the chair has put it", null=True, blank=True)
    moved_because = models.TextField(max_length=1000, blank=True)
    late_because = models.TextField("why it was added late, with the chair’s leave", max_length=1000, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_off_at = models.DateTimeField(null=True, blank=True)
    taken_off_because = models.TextField(max_length=1000, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "subject_type", "subject_id"],
                condition=Q(taken_off_at__isnull=True),
                name="agenda_item_once",
            ),
        ]
        indexes = [
            models.Index(fields=["meeting", "part", "place", "id"], name="agenda_item_in_order"),
            models.Index(fields=["subject_type", "subject_id"], name="agenda_item_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Outcome(models.TextChoices):
    """How a case ends at a meeting (R-33)."""

    ACTIONS = "actions", "Actions agreed"
    NO_FORUM = "no_forum", "Not enough risk for this forum"
    EMERGENCY = "emergency", "Emergency meeting"
    TRANSFERRED = "transferred", "Transferred"
    DEFERRED = "deferred", "Put off: the referrer is absent without a brief"


class HearingQuerySet(OwnQuerySet):
    """Of agencies whoever tells her reads what was said of her; the others have the minutes."""

    OF = "tells__unit"


@pghistory.track()
class Hearing(StatefulRecord):
    """What a meeting made of one referral. Begun when the case is called; a box that two people write at once is refused to
    the second with both texts, so no edit is lost. Times are UTC, `seconds` what the timer had used when it last stopped.
    """

    class State(models.TextChoices):
        HEARING = "hearing", "Being heard"
        HEARD = "heard", "Heard"

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="hearing")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="hearings")
    began_at = models.DateTimeField(null=True)
    running_since = models.DateTimeField("the timer runs since", null=True)
    seconds = models.PositiveIntegerField("seconds used before that", default=0)
    ended_at = models.DateTimeField(null=True)
    harm = models.TextField("harm to whom, by what", max_length=4000, blank=True)
    likely = models.TextField("how likely, and when", max_length=4000, blank=True)
    worse = models.TextField("what makes it worse, what protects", max_length=4000, blank=True)
    risks = models.TextField("the risks to be answered, one on a line", max_length=2000, blank=True)
    recommends = models.CharField("grade the meeting recommends", max_length=10, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    outcome_because = models.TextField(max_length=2000, blank=True)
    tells = models.ForeignKey("safeguarding.Agency", models.PROTECT, null=True, related_name="+")
    tells_who = models.CharField("who tells her", max_length=120, blank=True)
    tells_where = models.CharField("where, and when it is safe", max_length=200, blank=True)
    tells_by = models.DateField(null=True)
    told_at = models.DateTimeField(null=True)
    #: Without a moment in `told_at`: why the last try failed; with nobody in `tells` either, why she is not to be told.
    told_words = models.TextField("what she said of it", max_length=2000, blank=True)
    flag_until = models.DateField(null=True)

    objects: ClassVar[Any] = HearingQuerySet.as_manager()
    SHOWN_WITH = ("item__meeting__forum", "referral", "tells__unit")

    class Meta:
        indexes = [models.Index(fields=["referral", "-id"], name="hearing_of_referral")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | Q(ended_at__isnull=False), name="hearing_ends_with_its_outcome"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")), name="hearing_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return "hearing"

    @property
    def scope(self) -> Any:
        """The forum’s unit while it is heard; afterwards that of whoever tells her, who owes that."""
        return self.tells.unit if self.state == self.State.HEARD and self.tells else self.case.unit

    @property
    def not_told_because(self) -> str:
        """Why the last try to tell her failed: it is owed still."""
        return self.told_words if self.told_at is None and self.tells_id else ""

    @property
    def not_to_tell_because(self) -> str:
        """Why the chair has decided that she is not to be told."""
        return self.told_words if self.told_at is None and not self.tells_id else ""

    def used(self, now: datetime) -> int:
        """Seconds that the case has taken so far."""
        running = int((now - self.running_since).total_seconds()) if self.running_since else 0
        return self.seconds + max(running, 0)

    def named_risks(self) -> list[str]:
        """The risks that the chair named, in their order, each once."""
        return list(dict.fromkeys(line.strip() for line in self.risks.splitlines() if line.strip()))

    def get_absolute_url(self) -> str:
        return f"{reverse('meeting-room', args=[self.item.meeting_id])}?item={self.item_id}"


class Sort(models.TextChoices):
    FACT = "fact", "Fact"
    OPINION = "opinion", "Opinion"


@pghistory.track()
class Shared(CaseRecord):
    """One line that an agency shared in the room, or released beforehand: fact or opinion, and whose (provenance, D.6)."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="shared")
    hearing = models.ForeignKey(Hearing, models.PROTECT, null=True, related_name="shared")
    agency = models.ForeignKey("safeguarding.Agency", models.PROTECT, null=True, related_name="+")
    said_by = models.CharField(max_length=120, blank=True)
    sort = models.CharField(max_length=8, choices=Sort)
    words = models.TextField(max_length=4000)
    her_views = models.BooleanField("said for the person harmed", default=False)

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["referral", "id"], name="shared_of_referral")]

    def __str__(self) -> str:
        return self.get_sort_display()
