"""Intelligence learned in a case: graded 3x5x2, sent to the bureau, and read by few. S3-190.

WHO READS WHAT is declared here, once. Whoever may open the case may know that intelligence is held, and no more. The
sanitised text is for `SANITISED` over the case's unit and for whoever holds the case. The original, and where it came
from, is for `ORIGINAL` and for whoever wrote it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.urls import reverse

from accounts.models import Posting, Unit
from accounts.roles import COMMAND, SPECIALISTS, SUPERVISORS, roles
from cases.models.answers.intelligence import Handling, InformationGrade, Provenance, SourceGrade
from cases.models.case import Holding
from people.models.place import place_key_of
from workflow.models import CaseRecord, RecordQuerySet, StatefulRecord

if TYPE_CHECKING:
    from accounts.models import User

ORIGINAL = roles("intelligence_officer")
SANITISED = (
    ORIGINAL | SUPERVISORS | COMMAND | SPECIALISTS
    | roles("investigator", "offender_manager", "disclosure_officer", "disclosure_supervisor", "marac_coordinator")
)  # fmt: skip
HELD = "Intelligence is held: ask the intelligence bureau."


def over(user: User, who: frozenset[str]) -> Q:
    """The records of cases over whose unit the person holds one of the roles now."""
    posts = Posting.objects.current().filter(user=user, role__in=sorted(who)).order_by().values("unit_id")
    return Q(case__unit__in=Unit.objects.filter(lineage__overlap=ArraySubquery(posts)).values("pk"))


def reads_original(user: User) -> Q:
    return Q() if user.username == user.SYSTEM else over(user, ORIGINAL) | Q(recorded_by=user)


def reads_sanitised(user: User) -> Q:
    if user.username == user.SYSTEM:
        return Q()
    part = Holding.Part.INVESTIGATION
    holds = Holding.objects.filter(case=OuterRef("case_id"), person=user, part=part, to_at__isnull=True)
    return over(user, SANITISED) | Q(recorded_by=user) | Q(Exists(holds))


class IntelligenceQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> Self:
        """What the person may read, the sanitised text at least: narrower than the case."""
        return super().visible_to(user).filter(reads_sanitised(user))

    def held_of(self, case: Any) -> Self:
        """What is held of a case (or of an outer question), for whoever may open it: that there is some, and no more."""
        return self.standing().filter(case=case).exclude(state=Intelligence.State.STRUCK)

    def known_to(self, user: User) -> Self:
        """What the person may know to be held: `reads` and `reads_whole` say of each what else they may."""
        rows = RecordQuerySet.visible_to(self, user)
        return rows.with_reading(user)

    def with_reading(self, user: User) -> Self:
        return self.annotate(reads=_truth(reads_sanitised(user)), reads_whole=_truth(reads_original(user)))

    def about(self, person: Any) -> Self:
        """About this person (a Person, an id, or an outer reference to one)."""
        named = IntelligenceAbout.objects.standing().filter(intelligence=OuterRef("pk"), person=person)
        return self.filter(Q(person=person) | Q(Exists(named)))

    def to_review(self, on: date) -> Self:
        """Taken in by the bureau, and to be looked at again by a day (London). Index: intelligence_to_review."""
        return self.standing().filter(state=Intelligence.State.ACCEPTED, review_on__lte=on)


def _truth(question: Q) -> Any:
    return ExpressionWrapper(question if question else Q(pk__isnull=False), output_field=BooleanField())


@pghistory.track(exclude=["original", "provenance_words", "place_key"])
class Intelligence(StatefulRecord):
    """One entry. The original never changes, and stands in no history and in no record of acts: what is wrong is struck out.

    `person` is whom it is about, first of all; others are rows of their own (`IntelligenceAbout`).
    """

    class State(models.TextChoices):
        RECORDED = "recorded", "To be sent to the bureau"
        SENT = "sent", "With the bureau"
        ACCEPTED = "accepted", "Taken in by the bureau"
        STRUCK = "struck", "Struck out"

    never_audited: ClassVar[frozenset[str]] = frozenset({"original", "provenance_words"})

    known_at = models.DateTimeField("when it was learned")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="intelligence")
    place = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    place_key = place_key_of("place", "postcode")
    provenance = models.CharField("where it came from", max_length=10, choices=Provenance)
    provenance_words = models.CharField("who or what, exactly", max_length=300, blank=True)
    source = models.CharField("source evaluation", max_length=1, choices=SourceGrade)
    assessment = models.CharField("intelligence assessment", max_length=1, choices=InformationGrade)
    handling = models.CharField("handling code", max_length=1, choices=Handling)
    conditions = models.TextField("conditions of handling", max_length=1000, blank=True)
    original = models.TextField("as it was learned", max_length=4000)
    sanitised = models.TextField("sanitised: nothing in it tells the source", max_length=4000, blank=True)
    review_on = models.DateField("to be reviewed on")

    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    note = models.TextField("for the bureau", max_length=1000, blank=True)
    returned_at = models.DateTimeField(null=True, editable=False)
    returned_because = models.TextField(max_length=4000, blank=True)
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    bureau_ref = models.CharField("reference of the bureau", max_length=80, blank=True)
    struck_because = models.TextField(max_length=4000, blank=True)

    objects: ClassVar[Any] = IntelligenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "intelligence"
        constraints = [
            models.CheckConstraint(
                condition=~Q(handling="C") | ~Q(conditions=""), name="intelligence_conditions_are_said"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | (~Q(sanitised="") & ~Q(bureau_ref="")),
                name="intelligence_taken_in_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-known_at"], name="intelligence_of_case"),  # the panel, the head of the case
            models.Index(fields=["person", "-known_at"], name="intelligence_of_person"),
            models.Index(fields=["place_key", "-known_at"], name="intelligence_of_place"),
            models.Index(fields=["review_on"], condition=Q(state="accepted"), name="intelligence_to_review"),
            GinIndex(SearchVector("sanitised", config="english"), name="intelligence_sanitised_words"),  # the search
            GinIndex(SearchVector("original", config="english"), name="intelligence_original_words"),
        ]

    def __str__(self) -> str:
        return "intelligence"

    def get_absolute_url(self) -> str:
        return reverse("intelligence", args=[self.pk])

    @property
    def grade(self) -> str:
        """ "2 B P", as the three codes are said."""
        return f"{self.source} {self.assessment} {self.handling}"

    @property
    def may_be_printed(self) -> bool:
        """Paper goes where nobody can say who reads it: only what may be shared without conditions, and sanitised."""
        return self.handling == Handling.PERMITTED and bool(self.sanitised) and self.state != self.State.STRUCK


@pghistory.track()
class IntelligenceAbout(CaseRecord):
    """Somebody else whom an entry is about, beside the first."""

    intelligence = models.ForeignKey(Intelligence, models.PROTECT, related_name="others")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "intelligence about"
        indexes = [models.Index(fields=["person", "intelligence"], name="intelligence_about_person")]

    def __str__(self) -> str:
        return "about"
