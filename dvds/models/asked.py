"""What somebody put through the public page’s letterbox, until the program has taken it in.

The public page is a program of its own (`public/`) whose database role may only insert here, and only these words: not the
moment, not what became of it. It reads nothing back. Once there is an `Intake` of it the words are wiped and the key alone
stays, so that the same request, sent twice, is one.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Now

from dvds.models.answers import Asks, Danger, Feared
from dvds.models.intake import Intake

#: The columns that the public page fills, and the only ones that its role may insert (`config/owner.py`).
SAID = (
    "key", "danger", "asks_as", "at_risk", "subject", "why", "feared", "safe_means", "safe_place", "safe_times", "never",
    "asker", "language",
)  # fmt: skip
WORDS = tuple(name for name in SAID if name not in {"key", "feared"})


class PublicRequestQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Those that the program has not taken in yet, in the order in which they came."""
        return self.filter(taken_at__isnull=True).order_by("id")


def among(column: str, choices: list[str]) -> Q:
    """What is in the column is one of the choices, or nothing."""
    return Q(**{f"{column}__in": ["", *choices]})


class PublicRequest(models.Model):
    """One request through the letterbox. `received_at` is the database’s own clock: the start of every time limit."""

    key = models.UUIDField("made by the page, so that a second sending is none", unique=True)
    received_at = models.DateTimeField(db_default=Now(), editable=False)
    danger = models.CharField("in danger now", max_length=10, db_default="", blank=True)
    asks_as = models.CharField(max_length=14, db_default="", blank=True)
    at_risk = models.CharField("who is at risk", max_length=200, db_default="", blank=True)
    subject = models.CharField("about whom", max_length=300, db_default="", blank=True)
    why = models.CharField("why, and what prompted it", max_length=4000, db_default="", blank=True)
    feared = ArrayField(
        models.CharField(max_length=12), db_default=Value([], ArrayField(models.CharField(max_length=12))), blank=True
    )
    safe_means = models.CharField("by what means they may be reached", max_length=300, db_default="", blank=True)
    safe_place = models.CharField("where", max_length=300, db_default="", blank=True)
    safe_times = models.CharField("when", max_length=300, db_default="", blank=True)
    never = models.CharField("what must never be done", max_length=300, db_default="", blank=True)
    asker = models.CharField("who asks", max_length=200, db_default="", blank=True)
    language = models.CharField(max_length=60, db_default="", blank=True)
    taken_at = models.DateTimeField("when there was an intake of it", null=True, editable=False)
    intake = models.OneToOneField(Intake, models.PROTECT, null=True, related_name="asked", editable=False)

    objects: ClassVar[Any] = PublicRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=among("danger", Danger.values), name="asked_danger_known"),
            models.CheckConstraint(condition=among("asks_as", Asks.values), name="asked_as_known"),
            models.CheckConstraint(condition=Q(feared__contained_by=Feared.values), name="asked_feared_known"),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, intake__isnull=True)
                | Q(taken_at__isnull=False, intake__isnull=False, feared=[], **dict.fromkeys(WORDS, "")),
                name="asked_wiped_once_taken",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(taken_at__isnull=True), name="asked_waiting")]

    def __str__(self) -> str:
        return "request"
