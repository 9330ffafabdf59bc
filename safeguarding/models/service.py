"""The directory of services: what each partner offers, for whom, in which languages, and how somebody comes to it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from accounts.models import Kept, NoSecret
from people.models.language import LANGUAGES
from safeguarding.models.agency import Agency


class Serves(models.TextChoices):
    """For whom a service is there; one that says nothing is there for everybody."""

    WOMEN = "women", "Women"
    MEN = "men", "Men"
    CHILDREN = "children", "Children"
    YOUNG = "young", "Young people from 13 to 24"
    OLDER = "older", "Older people"
    LGBT = "lgbt", "LGBT+ people"
    DISABLED = "disabled", "Disabled people"
    COMMUNITIES = "communities", "Faith and ethnic communities"
    MIGRANTS = "migrants", "People without recourse to public funds"
    HARMING = "harming", "People who harm others"


class Need(models.TextChoices):
    """What somebody needs, in the words of whoever stands in front of them."""

    ADVICE = "advice", "Advice, and somebody at their side"
    REFUGE = "refuge", "A safe place to live"
    HOME = "home", "Housing, locks and alarms"
    COUNSELLING = "counselling", "Counselling"
    CHILDREN = "children", "Help for a child"
    LEGAL = "legal", "Legal advice and court orders"
    MONEY = "money", "Money, debt and benefits"
    IMMIGRATION = "immigration", "Immigration"
    SUBSTANCE = "substance", "Drink and drugs"
    MENTAL = "mental", "Mental health"
    HONOUR = "honour", "So-called honour and forced marriage"
    STALKING = "stalking", "Stalking"
    SEXUAL = "sexual", "Sexual violence"
    CHANGE = "change", "Change for people who harm"


class ServiceQuerySet(NoSecret):
    def offered(self) -> Self:
        """Of agencies that work with us, and not ended."""
        return self.exclude(state=Service.State.ENDED).filter(agency__state=Agency.State.WORKING)


@pghistory.track()
class Service(Kept):
    """One thing that an agency offers. Whether it takes referrals now is its state; when that was last true, `verified_on`."""

    class State(models.TextChoices):
        OPEN = "open", "Takes referrals"
        PAUSED = "paused", "Takes nobody now"
        ENDED = "ended", "Offered no longer"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="services")
    name = models.CharField(max_length=120)
    what = models.TextField("what it does", max_length=2000)
    needs = ArrayField(models.CharField(max_length=12, choices=Need), default=list)
    serves = ArrayField(models.CharField(max_length=12, choices=Serves), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=5, choices=LANGUAGES), default=list, blank=True)
    area = models.CharField("area it serves", max_length=200)
    how = models.TextField("how somebody comes to it", max_length=2000)
    telephone = models.CharField(max_length=40, blank=True)
    opening = models.CharField("when it is open", max_length=200, blank=True)
    places = models.PositiveSmallIntegerField("people it can help at once", null=True, blank=True)
    verified_on = models.DateField("day on which the agency last said that this is right")
    state = models.CharField(max_length=30, choices=State, default=State.OPEN, editable=False)

    objects: ClassVar[Any] = ServiceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name", "id"], name="service_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def needs_said(self) -> list[str]:
        return [str(Need(code).label) for code in self.needs]

    @property
    def serves_said(self) -> list[str]:
        return [str(Serves(code).label) for code in self.serves]

    @property
    def languages_said(self) -> list[str]:
        return [words for code, words in LANGUAGES if code in self.languages]

    def get_absolute_url(self) -> str:
        return reverse("service", args=[self.pk])
