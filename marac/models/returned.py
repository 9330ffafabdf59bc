"""Each time a referral came back to whoever wrote it, and what it lacked: counted by agency, so that it is mended."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from marac.models.referral import Referral
from workflow.models import CaseRecord


class Lacks(models.TextChoices):
    """What a coordinator asks for most (G, row 11). [R]: the steering group adds its own in words."""

    WHY = "why", "Why the risk is high is not said"
    HAPPENED = "happened", "What happened is not told"
    PEOPLE = "people", "Names, births or addresses are wanting"
    CHILDREN = "children", "Nothing is said of the children"
    CONTACT = "contact", "It is not said how she is reached safely"
    CONSENT = "consent", "It is not said whether she knows and agrees, or why not"
    AREA = "area", "She lives in the area of another forum"
    THRESHOLD = "threshold", "It does not say which ground is met"
    OTHER = "other", "Something else, said below"


@pghistory.track()
class ReferralReturned(CaseRecord):
    """Written by the step that returns it, never changed."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="returned")
    lacks = ArrayField(models.CharField(max_length=12, choices=Lacks))
    words = models.TextField("what is wanted", max_length=2000)

    class Meta:
        indexes = [models.Index(fields=["referral", "-id"], name="returned_of_referral")]

    def __str__(self) -> str:
        return "returned"

    @property
    def lacks_said(self) -> list[str]:
        return [str(Lacks(code).label) for code in self.lacks]
