"""Who took part in an incident, and how; and what was asked again of what was known already."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop

from cases.models.answers import Answer, Partnership
from cases.models.child import ChildSaid
from cases.models.equality import InvolvementQuerySet
from cases.models.harmed import HarmedSaid
from cases.models.incident import Incident
from cases.models.relationship import CHOICES, RELATIONSHIPS, Relationship, kind_of
from workflow.models import CaseRecord


@pghistory.track()
class Involvement(ChildSaid, HarmedSaid, CaseRecord):
    """One person's part in one incident. What is known about the person is not here: it is facts of the case."""

    called = gettext_noop("Part in an incident")

    class Part(models.TextChoices):
        VICTIM = "victim", "Person harmed"
        SUSPECT = "suspect", "Suspect"
        CHILD = "child", "Child"
        WITNESS = "witness", "Witness"

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="involvements")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="involvements")
    part = models.CharField(max_length=10, choices=Part)

    # The suspect is the ___ of the person harmed
    relationship = models.CharField(max_length=3, choices=CHOICES, blank=True)
    carer = models.BooleanField("is also their carer", default=False)
    cohabiting = models.CharField(max_length=10, choices=Answer, blank=True)
    separated_on = models.DateField(null=True, blank=True)
    partnership = models.CharField(max_length=10, choices=Partnership, blank=True)

    own_words = models.TextField(max_length=4000, blank=True)

    objects: ClassVar[Any] = InvolvementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(part="victim", struck_out_at__isnull=True),
                name="involvement_one_harmed",
            ),
            models.UniqueConstraint(
                fields=["incident", "person"], condition=Q(struck_out_at__isnull=True), name="involvement_one_part_each"
            ),
            models.CheckConstraint(
                condition=Q(part="suspect") | Q(relationship="", separated_on__isnull=True),
                name="involvement_relationship_of_a_suspect",
            ),
            models.CheckConstraint(
                condition=Q(part="victim") | Q(wants="", fears="", unheard=""), name="involvement_view_of_the_harmed"
            ),
            models.CheckConstraint(condition=Q(unheard="") | Q(wants="", fears=""), name="involvement_view_or_why_not"),
        ]
        indexes = [
            models.Index(fields=["person", "part"], name="involvement_of_person"),  # history of a person, a pair
            GinIndex(SearchVector("own_words", config="english"), name="involvement_own_words"),  # the one search
        ]

    def __str__(self) -> str:
        return self.get_part_display()

    @property
    def kind(self) -> str:
        """Partner or family: derived from the connection."""
        return kind_of(self.relationship, self.partnership)

    @property
    def connection(self) -> Relationship | None:
        """The row of the relationship table: its class and legal ground are read there."""
        return RELATIONSHIPS.get(self.relationship)


@pghistory.track()
class FactAsked(CaseRecord):
    """A fact that another case had learned was offered again with "Still true?", and this is the answer."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="facts_asked")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    fact = models.CharField(max_length=60, help_text="The fact's model and id")
    still_true = models.BooleanField()

    class Meta:
        verbose_name_plural = "facts asked"
        constraints = [models.UniqueConstraint(fields=["incident", "fact"], name="fact_asked_once")]

    def __str__(self) -> str:
        return "still true" if self.still_true else "no longer true"
