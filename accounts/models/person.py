"""Who signs in, and the roles they are posted to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Protocol, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Exists, F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models.unit import Unit
from accounts.roles import CHOICES, KEEPERS_OF_PEOPLE, ROLES, SYSTEM


class Scoped(Protocol):
    """Anything over which a role is held."""

    lineage: list[int]


class Officers(UserManager["User"]):
    def visible_to(self, user: User) -> models.QuerySet[User]:
        """The records of people, for whoever keeps them; a colleague's name needs no leave and is not asked here."""
        keeps = Posting.objects.current().filter(user=user, role__in=KEEPERS_OF_PEOPLE)
        return self.filter(Exists(keeps), is_system=False)

    def system(self) -> User:
        """The named user that acts when no person does; `by` is never nobody."""
        return self.get(username=User.SYSTEM)


class User(AbstractUser):
    """A person who signs in, or a named system account."""

    SYSTEM = "system"

    class State(models.TextChoices):
        WORKING = "working", "Works here"
        LEFT = "left", "Has left"

    collar_number = models.CharField(max_length=12, blank=True)
    rank = models.CharField("rank or title", max_length=20, blank=True, help_text="As it is said: PC, PS, DC, Insp")
    is_system = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="en-gb", choices=[("en-gb", "English"), ("cy", "Cymraeg")])
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="people", help_text="Where they belong; gives no role"
    )
    state = models.CharField(max_length=30, choices=State, default=State.WORKING, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    folder = None
    never_audited = frozenset({"password"})

    objects: ClassVar[Any] = Officers()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(state="left") | Q(is_active=False), name="user_who_left_is_shut_out"),
        ]
        indexes = [models.Index(fields=["last_name", "id"], name="user_by_name")]  # the list of people

    @property
    def scope(self) -> Unit:
        """The unit over which this person's record is kept: where they belong, else the whole force."""
        return self.unit or Unit.objects.root()

    def get_absolute_url(self) -> str:
        return reverse("administration-person", args=[self.pk])

    def title(self) -> str:
        """How colleagues name this person: "PC 2877 Ellen Marsh"."""
        return " ".join(part for part in (self.rank, self.collar_number, self.get_full_name()) if part) or self.username

    def short_title(self) -> str:
        """The same without the forename, for narrow places: "PC 2877 Marsh"."""
        return " ".join(part for part in (self.rank, self.collar_number, self.last_name) if part) or self.username

    def __str__(self) -> str:
        return self.title()

    def holds(self, roles: Iterable[str], scope: Scoped | None, at: datetime | None = None) -> bool:
        """Whether this person holds one of the roles over the unit or an ancestor of it at the moment (UTC; now if none).

        `scope=None` asks whether the role is held anywhere. The one seam through which roles are asked.
        """
        return bool(self.roles_over(scope, at) & set(roles))

    def roles_over(self, scope: Scoped | None, at: datetime | None = None) -> frozenset[str]:
        """Every role held over the unit or an ancestor of it at the moment (UTC; now if none). One query."""
        if not self.is_active:
            return frozenset()
        if self.username == User.SYSTEM:
            return SYSTEM  # by nature, everywhere: what reactions do, it does
        held = Posting.objects.current(at).filter(user=self)
        if scope is not None:
            held = held.filter(unit_id__in=scope.lineage)
        return frozenset(held.values_list("role", flat=True))


def current(from_field: str, to_field: str, at: datetime | None) -> Q:
    """The filter for rows in force at a moment (UTC; now if none): the start belongs to them, the end does not."""
    moment = at or timezone.now()
    return Q(**{f"{from_field}__lte": moment}) & (Q(**{f"{to_field}__isnull": True}) | Q(**{f"{to_field}__gt": moment}))


class PostingQuerySet(models.QuerySet["Posting"]):
    def current(self, at: datetime | None = None) -> Self:
        """Postings in force at the moment (UTC; now if none) of people who have not left."""
        return self.filter(current("from_at", "to_at", at), user__is_active=True)


class Posting(models.Model):
    """A role held over a unit and all beneath it, from one moment to another: an acting sergeant from 22:00 to 06:00."""

    user = models.ForeignKey(User, models.PROTECT, related_name="postings")
    role = models.CharField(max_length=30, choices=CHOICES)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings")
    from_at = models.DateTimeField(default=timezone.now)
    to_at = models.DateTimeField(null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gt=F("from_at")), name="posting_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="posting_role_is_in_the_table"),
        ]
        indexes = [
            models.Index(fields=["user", "role", "unit"], name="posting_of_person"),  # holds(), visible_to()
            models.Index(fields=["unit", "role", "user"], name="posting_of_unit"),  # who is the sergeant here
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit}"
