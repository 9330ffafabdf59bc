"""Schools and other establishments: who tells them apart, who answers there, and on which days they are open."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Upper
from django.urls import reverse

from accounts.models import Kept, NoSecret

LIKE_ENOUGH = 0.2  # of 1: below it nothing that is offered helps


class Profile(models.TextChoices):
    """How much a school is told (E.7): as the statutory guidance says, or what some authorities have agreed on."""

    FULL = "full", "In full, as the statutory guidance says"
    MINIMAL = "minimal", "The least: that the child was there, or that its welfare was looked at"


@pghistory.track()
class LocalAuthority(Kept):
    """A local authority whose schools are told, and its scheme: each setting stands with the authority for it."""

    class State(models.TextChoices):
        WORKING = "working", "Schools here are told"
        CLOSED = "closed", "No longer"

    name = models.CharField(max_length=80)
    profile = models.CharField("how much its schools are told", max_length=8, choices=Profile, default=Profile.FULL)
    early_years = models.BooleanField("nurseries and childminders are told too", default=False)
    basis = models.CharField("authority for these settings", max_length=300)
    state = models.CharField(max_length=30, choices=State, default=State.WORKING, editable=False)

    objects: ClassVar[Any] = NoSecret.as_manager()

    class Meta:
        verbose_name_plural = "local authorities"
        constraints = [
            models.UniqueConstraint(fields=["name"], name="local_authority_one_of_a_name"),
            models.CheckConstraint(condition=~Q(basis=""), name="local_authority_settings_have_an_authority"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('establishments')}?authority={self.pk}"


class EstablishmentKind(models.TextChoices):
    SCHOOL = "school", "School"
    INDEPENDENT = "independent", "Independent school"
    COLLEGE = "college", "College or sixth form"
    ALTERNATIVE = "alternative", "Alternative provision"
    NURSERY = "nursery", "Nursery or childminder"
    HOME = "home", "Education officer for children educated at home"
    TRACKING = "tracking", "Education tracking: finds the school of a child"


class EstablishmentQuerySet(NoSecret):
    def working(self) -> Self:
        return self.filter(state=Establishment.State.WORKING)

    def named(self, words: str) -> Self:
        """The open ones that are meant by these very words: the name, the name with its town, or the URN."""
        plain = " ".join(words.split())
        in_full = Concat("name", Value(", "), "town")
        rows = self.working().annotate(in_full=in_full)
        return rows.filter(Q(name__iexact=plain) | Q(in_full__iexact=plain) | Q(urn=plain) & ~Q(urn=""))

    def like(self, words: str, most: int = 6) -> Self:
        """The open ones whose names are nearest to what somebody typed, the nearest first. Reads the names of one force."""
        near = TrigramSimilarity(Concat("name", Value(" "), "town"), words)
        rows = self.working().annotate(near=near).filter(near__gte=LIKE_ENOUGH)
        return rows.order_by("-near", "name", "pk")[:most]


@pghistory.track()
class Establishment(Kept):
    """One place that is told of a child. `agency`: where its people sign in to read, if they do."""

    class State(models.TextChoices):
        WORKING = "working", "Open"
        CLOSED = "closed", "Closed for good"

    name = models.CharField(max_length=120)
    kind = models.CharField("what it is", max_length=12, choices=EstablishmentKind)
    authority = models.ForeignKey(LocalAuthority, models.PROTECT, related_name="establishments")
    town = models.CharField(max_length=80, blank=True)
    urn = models.CharField("unique reference number (URN)", max_length=10, blank=True)
    email = models.EmailField("secure mailbox", blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    agency = models.ForeignKey("safeguarding.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    verified_on = models.DateField("day on which this was last confirmed with it")
    state = models.CharField(max_length=30, choices=State, default=State.WORKING, editable=False)

    objects: ClassVar[Any] = EstablishmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["urn"], condition=~Q(urn=""), name="establishment_one_of_a_urn"),
            models.UniqueConstraint(fields=["authority", "name", "town"], name="establishment_one_of_a_name"),
        ]
        indexes = [
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="establishment_fragment"),  # the search
            models.Index(fields=["name", "id"], name="establishment_by_name"),  # the list
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.town)))

    def get_absolute_url(self) -> str:
        return reverse("establishment", args=[self.pk])


class KeyAdultQuerySet(NoSecret):
    def on(self, day: date) -> Self:
        """Who answers on a day (London), the safeguarding lead first."""
        rows = self.filter(state=KeyAdult.State.HOLDS, since__lte=day).filter(Q(until__isnull=True) | Q(until__gte=day))
        return rows.order_by("establishment", "order", "pk")


@pghistory.track()
class KeyAdult(Kept):
    """Who is told at an establishment, from a day to a day, and since when they are trained (E.7)."""

    class State(models.TextChoices):
        HOLDS = "holds", "Answers there"
        ENDED = "ended", "No longer"

    class Post(models.TextChoices):
        LEAD = "lead", "Designated safeguarding lead"
        DEPUTY = "deputy", "Deputy safeguarding lead"
        HEAD = "head", "Head teacher or manager"
        OFFICER = "officer", "Officer of the local authority"

    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="key_adults")
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=10, choices=Post)
    order = models.PositiveSmallIntegerField("who is told first", default=1)
    email = models.EmailField("secure mailbox", blank=True)
    telephone = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField("last day", null=True, blank=True)
    trained_on = models.DateField("trained on", null=True, blank=True)
    state = models.CharField(max_length=30, choices=State, default=State.HOLDS, editable=False)

    objects: ClassVar[Any] = KeyAdultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="key_adult_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["establishment", "order", "id"], name="key_adult_of_establishment")]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_post_display()}"

    def get_absolute_url(self) -> str:
        return self.establishment.get_absolute_url()


class SchoolDatesQuerySet(NoSecret):
    def standing(self) -> Self:
        return self.filter(state=SchoolDates.State.STANDS)

    def of(self, establishment: Establishment) -> Self:
        """Its own days, and those of every school of its authority. Index: school_dates_of_authority."""
        own = Q(establishment=establishment) | Q(establishment__isnull=True)
        return self.standing().filter(own, authority=establishment.authority_id)


@pghistory.track()
class SchoolDates(Kept):
    """A term, or days on which it is closed within one: of one establishment, or of every school of an authority."""

    class State(models.TextChoices):
        STANDS = "stands", "Stands"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Kind(models.TextChoices):
        TERM = "term", "Term"
        CLOSED = "closed", "Closed: half-term, a training day (INSET), anything else"

    authority = models.ForeignKey(LocalAuthority, models.PROTECT, related_name="dates")
    establishment = models.ForeignKey(Establishment, models.PROTECT, null=True, related_name="dates")
    kind = models.CharField(max_length=8, choices=Kind)
    from_on = models.DateField("first day")
    to_on = models.DateField("last day")
    words = models.CharField("what it is called", max_length=120)
    state = models.CharField(max_length=30, choices=State, default=State.STANDS, editable=False)

    objects: ClassVar[Any] = SchoolDatesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "school dates"
        constraints = [models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="school_dates_in_order")]
        indexes = [models.Index(fields=["authority", "establishment", "from_on"], name="school_dates_of_authority")]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        return self.establishment.get_absolute_url() if self.establishment else self.authority.get_absolute_url()
