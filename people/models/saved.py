"""Searches that somebody keeps, to be told when there is a new answer that they may see."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from people.models.birth import PartialDay
from people.models.name import derived

if TYPE_CHECKING:
    from accounts.models import User

#: A search is kept so long unless it is saved again: nobody is watched for ever because a page was once open.
KEPT = timedelta(days=90)
#: How many one person may keep: what is watched must stay a list that a human being reads.
MOST = 50
WORDS: Any = ArrayField(models.TextField())


def until_then() -> datetime:
    return timezone.now() + KEPT


def sounds_of(column: str) -> models.GeneratedField:
    """How the words of a column sound, in both ways, as the names are kept (`people_heard`), without what it marks."""
    said = Func(Func(F(column), function="people_spelt"), Value(""), function="people_sounds")
    return models.GeneratedField(expression=said, output_field=WORDS, db_persist=True)


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def kept_by(self, user: User) -> Self:
        """The person's own; nobody sees another's."""
        return self.live().filter(owner=user)

    def live(self, at: datetime | None = None) -> Self:
        """Not ended, and not run out at the moment (UTC; now if none)."""
        return self.filter(ended_at__isnull=True, until__gt=at or timezone.now())


class SavedSearch(models.Model):
    """What one person looks for again and again: the terms as they were typed, why, and until when.

    Ended, never deleted: whoever audits must see what somebody was watching for. `new_at`: the newest answer since;
    `looked_at`: when the owner last looked at the answers.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_searches")
    name = models.CharField(max_length=100)
    q = models.CharField("what was typed", max_length=200, blank=True)
    forename = models.CharField(max_length=200, blank=True)
    surname = models.CharField(max_length=200, blank=True)
    born = models.CharField("birth date, as far as it is known", max_length=10, blank=True)
    place = models.CharField("where", max_length=200, blank=True)
    kinds = ArrayField(models.CharField(max_length=20), default=list)
    why = models.CharField(max_length=500)
    saved_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=until_then)
    ended_at = models.DateTimeField(null=True)
    new_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(default=timezone.now)

    forename_plain = derived("people_spelt", models.TextField(), "forename")
    surname_plain = derived("people_spelt", models.TextField(), "surname")
    sounds = derived("people_heard", WORDS, "forename", "surname")
    forename_sounds = sounds_of("forename")
    surname_sounds = sounds_of("surname")
    #: The digits of what was typed, without what a number begins with at home or from abroad
    digits = models.GeneratedField(
        expression=Func(
            Func(F("q"), Value("[^0-9]"), Value(""), Value("g"), function="regexp_replace"),
            Value("^(0044|44|0)"), Value(""), function="regexp_replace",
        ),
        output_field=models.TextField(), db_persist=True,
    )  # fmt: skip

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "saved searches"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(q="", born="", place=""), name="saved_search_says_something"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(why=""), name="saved_search_named_with_why"),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], condition=Q(ended_at__isnull=True), name="saved_search_of_owner"),
            # Serves the sweep: who looks for a name that sounds like this new one.
            GinIndex(fields=["surname_sounds"], condition=Q(ended_at__isnull=True), name="saved_search_sounds"),
        ]

    def __str__(self) -> str:
        return f"saved search {self.pk}"

    @property
    def is_new(self) -> bool:
        return self.new_at is not None and self.new_at > self.looked_at

    @property
    def partial_day(self) -> PartialDay | None:
        parts = self.born.split("-") if self.born else []
        return PartialDay(*map(int, parts)) if all(map(str.isdecimal, parts)) and parts else None


def as_text(born: PartialDay | date | None) -> str:
    """1988, 1988-04 or 1988-04-11."""
    if born is None:
        return ""
    parts = [f"{born.year:04d}", f"{born.month:02d}" if born.month else "", f"{born.day:02d}" if born.day else ""]
    return "-".join(filter(None, parts))


class SavedHit(models.Model):
    """An answer that a saved search had when it was saved, or that its owner was told of: told once. Shown nowhere."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="hits")
    kind = models.CharField(max_length=20)
    key = models.BigIntegerField(help_text="Of whatever the kind finds: a person, a number, an account")
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "kind", "key"], name="saved_hit_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.search_id}"


class SearchWatch(models.Model):
    """How far the sweep has come through the rows of one kind."""

    kind = models.CharField(max_length=20, unique=True)
    upto = models.BigIntegerField(help_text="Id of the newest row looked at")
    swept_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.kind
