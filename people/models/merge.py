"""Two hubs that may be one human being: what speaks for it, what a person decided, and which rows were moved for it.

Nothing is ever merged by itself. A merge copies nothing and deletes nothing: rows are pointed at another hub, each move
is a row here, and so it can be taken back months later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.models import Kept
from workflow.models import folder_model

if TYPE_CHECKING:
    from accounts.models import User


class DuplicateQuerySet(models.QuerySet["Duplicate"]):
    def visible_to(self, user: User) -> Self:
        """Pairs for which something speaks that the person may see on both sides; for others they do not exist.

        Index: duplicate_sign_once.
        """
        seen = folder_model().objects.visible_to(user).order_by().values("pk")
        signs = DuplicateSign.objects.filter(duplicate=OuterRef("pk"), case_one__in=seen, case_two__in=seen)
        return self.filter(Exists(signs))

    def likeliest_first(self, user: User) -> Self:
        """By `seen_score`: what speaks for each pair in the cases that the person may see, and in no other. What is hidden
        puts no pair before another. Index: duplicate_sign_once.
        """
        seen = folder_model().objects.visible_to(user).order_by().values("pk")
        signs = DuplicateSign.objects.filter(duplicate=OuterRef("pk"), case_one__in=seen, case_two__in=seen)
        best = Coalesce(Subquery(signs.order_by("-score").values("score")[:1]), 0)
        return self.annotate(seen_score=best).order_by("-seen_score", "-pk")

    def to_judge(self) -> Self:
        """Suggested, both hubs still in use, and nobody has said that they are to be kept apart."""
        open_pairs = self.filter(state=Duplicate.State.SUGGESTED, apart_at__isnull=True)
        return open_pairs.filter(one__kept_as__isnull=True, two__kept_as__isnull=True)

    def of(self, one: int, two: int) -> Self:
        """The row of two hubs, whichever of them is named first."""
        return self.filter(one=min(one, two), two=max(one, two))


class Duplicate(Kept):
    """A pair of hubs to be judged by a person. `one` is the older hub: it stays when the two are merged.

    `score` is of everything, whoever may see it, and is never shown: a list asks `likeliest_first`. `judged_score` is what
    it was when somebody last judged the pair: it is suggested again only when more than that speaks for it. `unit`: of
    whoever suggested it, or where it was learned.
    """

    class State(models.TextChoices):
        SUGGESTED = "suggested", "To be judged"
        DISMISSED = "dismissed", "Not the same person"
        MERGED = "merged", "Merged"
        PARTED = "parted", "Merged once, and two again"

    one = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    two = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    state = models.CharField(max_length=30, choices=State, editable=False)
    score = models.PositiveSmallIntegerField(default=0, editable=False)
    judged_score = models.PositiveSmallIntegerField(null=True, editable=False)
    judged_at = models.DateTimeField(null=True, editable=False)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    apart_at = models.DateTimeField("kept apart since", null=True, editable=False)

    stays_in_a_merge = True

    objects = DuplicateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "two"], name="duplicate_once"),
            models.CheckConstraint(condition=Q(one__lt=F("two")), name="duplicate_of_two"),
        ]
        indexes = [
            models.Index(fields=["state", "-score", "-id"], name="duplicate_queue"),  # the queue, and its page by page
            models.Index(fields=["two", "one"], name="duplicate_of_second"),  # the pairs of a hub
        ]

    def __str__(self) -> str:
        return f"person {self.one_id} and person {self.two_id}"

    def get_absolute_url(self) -> str:
        return reverse("duplicate", args=[self.pk])

    @property
    def hubs(self) -> tuple[int, int]:
        return self.one_id, self.two_id


class DuplicateSign(models.Model):
    """Two cases whose facts speak for a pair: that of `one` and that of `two`. Whoever may not see both sees no sign."""

    duplicate = models.ForeignKey(Duplicate, models.PROTECT, related_name="signs", db_index=False)
    case_one = models.ForeignKey(settings.FOLDER_MODEL, models.PROTECT, related_name="+", db_index=False)
    case_two = models.ForeignKey(settings.FOLDER_MODEL, models.PROTECT, related_name="+", db_index=False)
    score = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duplicate", "case_one", "case_two"], name="duplicate_sign_once"),
        ]

    def __str__(self) -> str:
        return f"sign for {self.duplicate_id}"


class Merge(models.Model):
    """Everything that hung on `gone` was pointed at `kept`, from `at` until it was undone.

    `parted_at` is the database's own clock when it was undone; `home`, the cases that had known `gone` alone: what one of
    them writes in that very moment belongs to `gone`, although its page still showed `kept`.
    """

    duplicate = models.ForeignKey(Duplicate, models.PROTECT, related_name="merges")
    kept = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    gone = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(max_length=4000)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_reason = models.TextField(max_length=4000, blank=True)
    parted_at = models.DateTimeField(null=True)
    home = ArrayField(models.BigIntegerField(), default=list)

    stays_in_a_merge = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at__isnull=True), name="merge_gone_once"),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_reason="")
                | Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_reason=""),
                name="merge_undone_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.gone_id} into person {self.kept_id}"


class MovedRow(models.Model):
    """A row that hung on one of the hubs when they were merged: `moved` from the gone one, or stayed with the kept one.

    `table` and `column` name where it points at a person. What is in neither list was learned since.
    """

    merge = models.ForeignKey(Merge, models.PROTECT, related_name="rows", db_index=False)
    table = models.CharField(max_length=60)
    column = models.CharField(max_length=40)
    row = models.BigIntegerField()
    moved = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merge", "table", "column", "row"], name="moved_row_once")]

    def __str__(self) -> str:
        return f"{self.table}.{self.column} {self.row}"


class UnweighedQuerySet(models.QuerySet["Unweighed"]):
    def live(self) -> Self:
        """Of people at work, not of an import."""
        return self.filter(pk__gt=0)

    def imported(self) -> Self:
        return self.filter(pk__lt=0)


class Unweighed(models.Model):
    """A person of whom a case has learned something new, until the sweep has looked for others it may be. Kept by
    triggers of the facts; says nothing of anybody and is never shown. Numbers, not keys: a history import writes millions,
    under ids below zero, so that whatever is learned at work comes before all of them.
    """

    person_number = models.BigIntegerField()
    case_number = models.BigIntegerField()

    objects = UnweighedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"person {self.person_number} in {self.case_number}"
