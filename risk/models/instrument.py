"""Instruments as data. A published version never changes: a mended typing error is a new version.

Refused twice: by `save()` with a sentence, and by the database itself for whoever goes round it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from risk.models.scale import AnswerType

PUBLISHED_IS_FIXED = "RAISE EXCEPTION 'A published instrument cannot be changed; make a new version.'; END IF;"
GO_ON = "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
#: A version may be retired, and the last day it was used may be said; nothing else once it is published.
VERSION_FIXED = f"""
    IF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR NEW.status NOT IN (OLD.status, 'retired')
        OR to_jsonb(NEW) - ARRAY['status', 'valid_to'] <> to_jsonb(OLD) - ARRAY['status', 'valid_to'])
    THEN {PUBLISHED_IS_FIXED} {GO_ON}
"""
PART_FIXED = f"""
    IF EXISTS (SELECT 1 FROM risk_instrumentversion version
        WHERE version.id IN (OLD.version_id, NEW.version_id) AND version.status <> 'draft')
    THEN {PUBLISHED_IS_FIXED} {GO_ON}
"""  # noqa: S608 - made of constants of this file
#: The name stands over every assessment made with it, so it is as fixed as the wording.
NAME_FIXED = f"""
    IF EXISTS (SELECT 1 FROM risk_instrumentversion version
        WHERE version.instrument_id = OLD.id AND version.status <> 'draft')
    THEN {PUBLISHED_IS_FIXED} {GO_ON}
"""  # noqa: S608 - made of constants of this file


def fixed(name: str, func: str, *, insert: bool) -> pgtrigger.Trigger:
    operation = pgtrigger.Update | pgtrigger.Delete
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.Before, operation=operation | pgtrigger.Insert if insert else operation, func=func
    )


class Fixed(Exception):
    """What is published cannot be changed."""


class Instrument(models.Model):
    """A list of questions that has a name: DASH, S-DASH, RIC. Its wording is in its versions.

    A primary one is graded. A follow-on is opened by an answer of a primary one, an add-on by a fact of the case; neither
    is ever added to the count of a primary one (A.2).
    """

    class Kind(models.TextChoices):
        PRIMARY = "primary", "Assessed and graded with"
        FOLLOW_ON = "follow_on", "Opened by an answer"
        ADD_ON = "add_on", "Asked besides"

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PRIMARY)

    class Meta:
        triggers = [fixed("published_is_fixed", NAME_FIXED, insert=False)]

    def __str__(self) -> str:
        return self.name


class InstrumentVersionQuerySet(models.QuerySet["InstrumentVersion"]):
    def in_force(self, code: str, on: date) -> InstrumentVersion:
        """The published version of the instrument for a day (London). Raises InstrumentVersion.DoesNotExist."""
        ends = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
        rows = self.filter(ends, instrument__code=code, status=InstrumentVersion.Status.PUBLISHED, valid_from__lte=on)
        found = rows.select_related("instrument").order_by("-valid_from", "-number").first()
        if found is None:
            raise InstrumentVersion.DoesNotExist(f"No version of {code} was published for {on}.")
        return found


class InstrumentVersion(models.Model):
    """One wording of an instrument, from a day on. `sha256` is of its whole content, taken when it was published."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        RETIRED = "retired", "Retired"

    class Scoring(models.TextChoices):
        COUNT = "count", "Yes answers are counted"
        NONE = "none", "No number exists"
        WEIGHTED = "weighted", "Points are added up"

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    scoring = models.CharField(max_length=10, choices=Scoring, default=Scoring.COUNT)
    source = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, blank=True)
    bands = models.JSONField(default=list, blank=True, help_text="Of points: from how many, and what it is called")
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Nobody: it came with the product",
    )
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = InstrumentVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="instrument_version_once"),
            models.CheckConstraint(
                condition=Q(status="draft") | ~Q(sha256=""), name="instrument_published_is_digested"
            ),
            models.CheckConstraint(
                condition=Q(loaded_by__isnull=True) | Q(published_by__isnull=True) | ~Q(loaded_by=F("published_by")),
                name="instrument_published_by_another",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(loaded_by__isnull=True) | Q(published_by__isnull=False),
                name="instrument_published_by_somebody",
            ),
        ]
        triggers = [fixed("published_is_fixed", VERSION_FIXED, insert=False)]

    def __str__(self) -> str:
        return f"{self.instrument} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raise Fixed for a published version, unless only its end is said."""
        if set(kwargs.get("update_fields") or ["all"]) - {"status", "valid_to"}:
            refuse_published(self.pk)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        refuse_published(self.pk)
        return super().delete(*args, **kwargs)


class PartOfVersion(models.Model):
    """What belongs to a version and is fixed with it."""

    version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raise Fixed where the version is published."""
        refuse_published(self.version_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        refuse_published(self.version_id)
        return super().delete(*args, **kwargs)


class Section(PartOfVersion):
    """A part of the page with a heading of its own."""

    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=30)
    label = models.CharField(max_length=100)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="section_once_a_version")]
        triggers = [fixed("published_is_fixed", PART_FIXED, insert=True)]

    def __str__(self) -> str:
        return self.label


class Question(PartOfVersion):
    """One question as it is worded in one version. `key` is the same through all versions and instruments."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=30)
    label = models.CharField(max_length=200)
    help = models.CharField(max_length=200, blank=True, help_text="What to say in the words beneath Yes")
    prompt = models.CharField(max_length=200, blank=True, help_text="What Yes asks of the officer")
    answer_type = models.CharField(max_length=10, choices=AnswerType, default=AnswerType.YES_NO)
    options = models.JSONField(
        default=list, blank=True, help_text="Of a rating: code, label and points, the least first"
    )
    weight = models.PositiveSmallIntegerField(default=1, help_text="Points of a Yes, where points are added up")
    is_critical = models.BooleanField(default=False)
    counts_toward = ArrayField(models.SlugField(max_length=20), default=list)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="question_one_of_each_number"),
            models.UniqueConstraint(fields=["version", "key"], name="question_one_of_each_key"),
        ]
        triggers = [fixed("published_is_fixed", PART_FIXED, insert=True)]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"


def refuse_published(version_id: int | None) -> None:
    """Raise Fixed if the version is no longer a draft."""
    if version_id is None:
        return
    standing = InstrumentVersion.objects.filter(pk=version_id).exclude(status=InstrumentVersion.Status.DRAFT)
    if standing.exists():
        raise Fixed("A published instrument cannot be changed; make a new version.")
