"""What is printed: a paper that somebody asked for, how far it has got, and its bytes in a table of their own."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from workflow.clock import LONDON

if TYPE_CHECKING:
    from accounts.models import User

MARKING = "OFFICIAL-SENSITIVE"
UNHEARD = timedelta(seconds=30)  # queued for longer: the broker may never have been told
STUCK = timedelta(minutes=10)  # being made for longer: its worker is gone, the time limit of a task is not more
TRIES = 3


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User) -> Self:
        """The papers of cases whose file the person reads: hidden with the case, whoever asked for them. One about people
        draws on many cases and is its asker's alone. A pack is read with the case by whoever it was made for.
        """
        shared = Q(kind=Document.Kind.CASE_FILE) | Q(asked_by=user)
        own = Q(kind=Document.Kind.PACK, asked_by=user, case__in=Case.objects.visible_to(user).values("pk"))
        return self.filter(own | shared & Q(case__in=Case.objects.read_by(user).values("pk")))

    def unfinished(self) -> Self:
        return self.filter(stage__in=[Document.Stage.QUEUED, Document.Stage.MAKING])

    def unheard(self, now: datetime) -> Self:
        """Asked for, and no worker has begun."""
        return self.filter(stage=Document.Stage.QUEUED, asked_at__lt=now - UNHEARD)

    def stuck(self, now: datetime) -> Self:
        """Begun by a worker that must be gone by now."""
        return self.filter(stage=Document.Stage.MAKING, taken_at__lt=now - STUCK)


BRIEF_LASTS = timedelta(hours=12)  # a turn of duty: what is in force may be another thing after it
OF = ("call", "incident", "person", "place")  # what a brief is of
OF_ONE = Func(*(F(f"{name}_id") for name in OF), function="num_nonnulls", output_field=models.IntegerField())


class Document(models.Model):
    """One paper of one case, made by the worker with the eyes of whoever asked. Moments are UTC.

    A paper about people (`person`, and `other` where it is of two) or of a place draws on many cases; `case` is the one it
    is kept with. A merge leaves it where it is: it says of whom it was made, and what was read of them then.

    A pack (`pack`) is what one agency was sent of the case for a meeting.

    A brief is of one of `call`, `incident`, `person` and `place`; of the case where there is neither call nor incident.
    `ahead`: the program made it for somebody as officers were sent; they open it as one that they asked for.

    `as_at` is the moment the case was read, so the moment that the paper shows; empty until then. `run` names the
    attempt that is making it, or made it: a second worker with the same task finds that it is not the one.
    """

    class Kind(models.TextChoices):
        CASE_FILE = "case-file", "case file"
        BRIEF = "brief", "brief"
        NARRATIVE = "narrative", "narrative"
        PAIR = "pair", "history of two people"
        PACK = "pack", "pack for an agency"
        DECISION = "decision", "decision record"

    class Stage(models.TextChoices):
        QUEUED = "queued", "Waiting to be made"
        MAKING = "making", "Being made"
        MADE = "made", "Ready"
        FAILED = "failed", "Could not be made"

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.CASE_FILE)
    # No index of their own: papers are asked for by case, and no person is ever deleted
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    other = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    place = models.ForeignKey("people.Place", models.PROTECT, null=True, related_name="+", db_index=False)
    call = models.ForeignKey("cases.Call", models.PROTECT, null=True, related_name="+", db_index=False)
    incident = models.ForeignKey("cases.Incident", models.PROTECT, null=True, related_name="+", db_index=False)
    pack = models.ForeignKey("marac.Pack", models.PROTECT, null=True, related_name="+", db_index=False)
    ahead = models.BooleanField(default=False, help_text="Made before anybody asked, as officers were sent")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.QUEUED, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, help_text="When the latest attempt began")
    run = models.UUIDField(default=uuid.uuid4, help_text="The latest attempt; printed on the paper")
    progress = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=80, default="Waiting for its turn")
    as_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    pages = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the bytes")
    words_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the words of a brief")
    failed_because = models.CharField(max_length=300, blank=True)
    shows = ArrayField(models.CharField(max_length=60), default=list, help_text="Panels on the paper, by name")
    drawn_from = ArrayField(models.BigIntegerField(), default=list, help_text="Other cases that know of its people")

    stays_in_a_merge = True

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "asked_by", "person", "other", "place", "call", "incident", "pack"],
                condition=Q(stage__in=["queued", "making"]),
                nulls_distinct=False,
                name="document_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(kind="narrative", person__isnull=False, other__isnull=True)
                | Q(kind="pair", person__isnull=False, other__isnull=False) & ~Q(person=F("other"))
                | Q(kind="brief", other__isnull=True)
                | Q(kind__in=["case-file", "pack", "decision"], person__isnull=True, other__isnull=True),
                name="document_about_whom_its_kind_says",
            ),
            models.CheckConstraint(
                condition=Q(kind="pack", pack__isnull=False) | ~Q(kind="pack") & Q(pack__isnull=True),
                name="document_pack_of_a_pack",
            ),
            models.CheckConstraint(
                condition=Q(kind="brief") & LessThanOrEqual(OF_ONE, 1)
                | Q(place__isnull=True, call__isnull=True, incident__isnull=True, ahead=False),
                name="document_brief_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="document_progress_in_hundredths"),
            models.CheckConstraint(
                condition=~Q(stage="made")
                | (Q(as_at__isnull=False, made_at__isnull=False, pages__gt=0) & ~Q(digest="")),
                name="document_made_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(stage="failed") | ~Q(failed_because=""), name="document_failed_says_why"
            ),
        ]
        indexes = [
            models.Index(
                fields=["stage", "asked_at"], condition=Q(stage__in=["queued", "making"]), name="document_unfinished"
            ),
            models.Index(fields=["case", "-asked_at"], name="document_of_case"),
            models.Index(fields=["call", "asked_by", "-id"], condition=Q(ahead=True), name="document_ahead"),
        ]

    def __str__(self) -> str:
        return f"{self.title} of {self.about}"

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])

    @property
    def is_finished(self) -> bool:
        return self.stage in (Document.Stage.MADE, Document.Stage.FAILED)

    @property
    def expires_at(self) -> datetime | None:
        """When it is out of date, so that nobody reads it any longer; None for a paper that stays what it was."""
        return self.as_at + BRIEF_LASTS if self.kind == Document.Kind.BRIEF and self.as_at else None

    @property
    def people(self) -> list[int]:
        """Whom it is about, by id; nobody where it is about a case or a place."""
        return [one for one in (self.person_id, self.other_id) if one is not None]

    @property
    def of_many(self) -> bool:
        """Whether it is of somebody or of a place, of whom many cases may know."""
        return bool(self.people) or self.place_id is not None

    @property
    def of(self) -> str:
        """What a brief is of, as its address says it; of a case where it is of nothing else."""
        return next((name for name in OF if getattr(self, f"{name}_id") is not None), "case")

    @property
    def subject(self) -> Any:
        return getattr(self, self.of)

    @property
    def title(self) -> str:
        """case file; narrative; history of two people."""
        return _(str(self.get_kind_display()))

    @property
    def about(self) -> str:
        """DA-2026-000123, person 12, people 12 and 40, place 7: never a name."""
        if self.place_id is not None:
            return f"place {self.place_id}"
        numbers = [str(person) for person in self.people]
        return (self.case.reference, f"person {' '.join(numbers)}", f"people {' and '.join(numbers)}")[len(numbers)]

    @property
    def home(self) -> str:
        """The page that it prints."""
        people = self.people
        if self.kind == Document.Kind.BRIEF:
            return reverse("brief", args=[self.of, self.subject.pk])
        if self.pack_id is not None:
            return reverse("pack", args=[self.pack_id])
        if not people:
            return self.case.get_absolute_url()
        return reverse("person-narrative" if len(people) == 1 else "pair", args=people)

    @property
    def file_name(self) -> str:
        """Marking, reference, kind and the London moment it shows. No name: file names travel further than files."""
        moment = (self.as_at or self.asked_at).astimezone(LONDON)
        return f"{MARKING} {self.about} {self.title} {moment:%Y-%m-%d %H%M}.pdf"


class DocumentContent(models.Model):
    """The bytes, apart from the row that lists and progress pages read; in the database, backed up with the case."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="content")
    pdf = models.BinaryField()

    def __str__(self) -> str:
        return f"content of {self.document_id}"
