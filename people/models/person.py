"""The hub that facts about one human being hang on."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from people.models.fact import Fact

if TYPE_CHECKING:
    from accounts.models import User


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: User) -> Self:
        """The people about whom the person may see at least one fact; for others they do not exist."""
        known = (Exists(kind.objects.known_to(user).filter(person=OuterRef("pk"))) for kind in Fact.kinds())
        return self.filter(reduce(or_, known, Q(pk__in=[])))

    def all_visible_to(self, user: User, *people: int) -> bool:
        """Whether the person may know of every one of these (ids), each another. One query; any number is no error."""
        either = reduce(or_, (Q(pk=one) for one in people), Q(pk__in=[]))
        return self.visible_to(user).filter(either).count() == len(people)


class Person(models.Model):
    """A bare hub: nothing is said of anybody here. What is known are the facts, each with the case that learned it.

    `kept_as`: merged with another hub, which has its facts now; as the one merge that is open says (`Merge`).
    """

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    kept_as = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+", db_index=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return f"person {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk])
