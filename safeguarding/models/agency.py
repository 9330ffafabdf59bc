"""Partner agencies: whom the force works with, who answers for them, and how they are reached."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import Kept, NoSecret, Posting
from accounts.roles import PARTNERS


class AgencyKind(models.TextChoices):
    """What an agency is, in the words of the SafeLives data return (D.9): each referral counts under one of them."""

    POLICE = "police", "Police"
    IDVA = "idva", "Independent domestic violence advisers (IDVA)"
    CHILDREN = "children", "Children’s social care"
    ADULTS = "adults", "Adult social care"
    PRIMARY = "primary", "Primary care"
    ACUTE = "acute", "Acute or secondary care"
    MENTAL = "mental", "Mental health"
    MIDWIFERY = "midwifery", "Midwifery and health visiting"
    EDUCATION = "education", "Education"
    HOUSING = "housing", "Housing"
    PROBATION = "probation", "Probation"
    SUBSTANCE = "substance", "Substance misuse"
    VOLUNTARY = "voluntary", "Voluntary or specialist service"
    MASH = "mash", "Multi-agency safeguarding hub (MASH)"
    OTHER = "other", "Other"


#: What is asked when a case has children: they are heard first, and these leave afterwards (D.6).
OF_CHILDREN = frozenset({AgencyKind.CHILDREN, AgencyKind.MIDWIFERY, AgencyKind.EDUCATION})


class AgencyQuerySet(NoSecret):
    def working(self) -> Self:
        return self.filter(state=Agency.State.WORKING)

    def agreed(self, on: date) -> Self:
        """Those with an information-sharing agreement that counts on a day (R-35). Index: agreement_of_agency."""
        from_then = Agreement.objects.current(on).filter(agency=OuterRef("pk"))
        return self.working().filter(Exists(from_then))

    def of(self, user: Any) -> Self:
        """The agencies that this person works for now."""
        posts = Posting.objects.current().filter(user=user, role__in=PARTNERS)
        return self.filter(unit__in=posts.order_by().values("unit_id"))


@pghistory.track()
class Agency(Kept):
    """One partner. Its `unit` is its own: whoever is posted there as a representative signs in for it, and for it alone."""

    class State(models.TextChoices):
        WORKING = "working", "Works with us"
        CLOSED = "closed", "Works with us no longer"

    unit = models.OneToOneField("accounts.Unit", models.PROTECT, related_name="agency")
    kind = models.CharField("what it is", max_length=12, choices=AgencyKind)
    area = models.CharField("area it serves", max_length=200, blank=True)
    pathway = models.TextField("how somebody is referred to it", max_length=4000, blank=True)
    email = models.EmailField("secure mailbox", blank=True)
    telephone = models.CharField("telephone", max_length=40, blank=True)
    out_of_hours = models.CharField("out of hours", max_length=200, blank=True)
    state = models.CharField(max_length=30, choices=State, default=State.WORKING, editable=False)

    objects: ClassVar[Any] = AgencyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.unit.name

    @property
    def scope(self) -> Any:
        return self.unit

    def get_absolute_url(self) -> str:
        return reverse("agency", args=[self.pk])


class AgreementQuerySet(NoSecret):
    def current(self, on: date) -> Self:
        """What counts on a day: signed by then, not past its review, not withdrawn by then."""
        return self.filter(signed_on__lte=on, review_on__gte=on).filter(
            models.Q(ended_on__isnull=True) | models.Q(ended_on__gt=on)
        )


@pghistory.track()
class Agreement(Kept):
    """An agency's signature under the information-sharing agreement. Without one that counts, nothing is sent to it (R-35)."""

    class State(models.TextChoices):
        SIGNED = "signed", "Signed"
        ENDED = "ended", "Ended"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="agreements")
    edition = models.CharField("version of the agreement", max_length=60)
    signed_on = models.DateField("day on which it was signed")
    review_on = models.DateField("last day before it must be looked at again")
    signatory = models.CharField("who signed for the agency", max_length=120)
    protection_officer = models.CharField("the agency’s data protection officer", max_length=200)
    purpose = models.TextField("what is shared, for what purpose", max_length=4000)
    basis = models.TextField("lawful bases", max_length=2000)
    ended_on = models.DateField("day from which it does not count", null=True, blank=True)
    state = models.CharField(max_length=30, choices=State, editable=False)

    objects: ClassVar[Any] = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(review_on__gte=models.F("signed_on")),
                name="agreement_is_reviewed_after_it_is_signed",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-signed_on"], name="agreement_of_agency")]

    def __str__(self) -> str:
        return f"Information-sharing agreement {self.edition}"

    @property
    def scope(self) -> Any:
        return self.unit

    def get_absolute_url(self) -> str:
        return reverse("agency", args=[self.agency_id])
