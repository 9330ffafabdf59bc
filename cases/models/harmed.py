"""What is said of the person harmed in one incident: their view, how they were spoken with, what would help them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.models.answers.common import YesOrNo
from cases.models.answers.harmed import (
    NEVER_TO_INTERPRET,
    Barrier,
    BarriersAsked,
    Interpreted,
    Interviewer,
    SpecialMeasure,
    Unheard,
    UpdatesEvery,
)
from people.models.language import LANGUAGES


class HarmedSaid(models.Model):
    """Columns of an involvement that only the person harmed has. Empty: nobody has said."""

    # Their view, in their own words. It is weighed; the decision remains the police's.
    wants = models.TextField("what they want", max_length=2000, blank=True)
    fears = models.TextField("what they fear", max_length=2000, blank=True)
    unheard = models.CharField("why their view was not learned", max_length=12, choices=Unheard, blank=True)

    # How they were spoken with this time. What is said of the language is learned as a fact about them too.
    interpreter_needed = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    language = models.CharField("language they prefer", max_length=10, choices=LANGUAGES, blank=True)
    interpreted = models.CharField("who interpreted", max_length=12, choices=Interpreted, blank=True)
    interpreter_service = models.CharField("name of the service", max_length=100, blank=True)
    interpreted_by_family = models.BooleanField("it has happened already", default=False)
    translated = models.CharField("translated material given", max_length=3, choices=YesOrNo, blank=True)

    # What stood in the way of telling, and what would help
    barriers_asked = models.CharField(max_length=10, choices=BarriersAsked, blank=True)
    barriers = ArrayField(models.CharField(max_length=15, choices=Barrier), default=list, blank=True)
    barriers_words = models.TextField("barriers in their own words", max_length=2000, blank=True)
    interviewer = models.CharField("who may interview them", max_length=10, choices=Interviewer, blank=True)
    support_person = models.CharField("who may be with them", max_length=200, blank=True)
    special_measures = ArrayField(models.CharField(max_length=15, choices=SpecialMeasure), default=list, blank=True)
    updates_every = models.CharField("how often they are told", max_length=10, choices=UpdatesEvery, blank=True)

    class Meta:
        abstract = True

    @property
    def see_again(self) -> bool:
        """Nobody interpreted, or somebody who never may: what was said is not safe to rest on, perhaps not safe to say."""
        return self.interpreted == Interpreted.NOBODY or self.interpreted in NEVER_TO_INTERPRET
