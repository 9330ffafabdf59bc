"""What stands of a special case: who withdrew and what was made of it, why it went on unasked, who died, who was told (B4)."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.answers import Answer, YesOrNo
from dvds.models.application import Application
from workflow.models import CaseRecord


@pghistory.track()
class Withdrawal(CaseRecord):
    """The applicant took the request back. That ends the request, never the duty: a supervisor reviews the risk (A12)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="withdrawals")
    said_at = models.DateTimeField("when they said so")
    said_to = models.CharField("to whom, and how they spoke", max_length=200)
    safe_to_ask = models.CharField("whether it was safe to ask why", max_length=3, choices=YesOrNo)
    why = models.TextField("why they withdrew", max_length=2000, blank=True)
    pressed = models.CharField("whether somebody may have made them", max_length=10, choices=Answer)
    pressed_words = models.TextField("what speaks for it", max_length=2000, blank=True)
    reviewed_at = models.DateTimeField("when the risk was reviewed", null=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="who reviewed it",
    )
    review = models.TextField("what was found when the risk was reviewed", max_length=4000, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(pressed="yes") | ~Q(pressed_words=""), name="withdrawal_pressed_says_what"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True) | (Q(reviewed_by__isnull=False) & ~Q(review="")),
                name="withdrawal_reviewed_with_words",
            ),
        ]
        indexes = [models.Index(fields=["application", "-id"], name="withdrawal_of_application")]

    def __str__(self) -> str:
        return "withdrawal"


class UnaskedWhy(models.TextChoices):
    """Why a request goes on as a right to know (B2). That the two have parted is no reason and is not offered (H9)."""

    WITHDREW = "withdrew", "The applicant withdrew, and there is a risk"
    UNREACHABLE = "unreachable", "The applicant cannot be reached safely"
    MALICIOUS = "malicious", "The request was malicious, and there is a risk"
    UNSUITABLE = "unsuitable", "Whoever asked is not the right person to go on with"


@pghistory.track()
class Conversion(CaseRecord):
    """A request that went on without its applicant. The clocks keep their first start."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="conversions")
    because = models.CharField(max_length=12, choices=UnaskedWhy)
    words = models.TextField("what the risk is", max_length=4000)

    class Meta:
        indexes = [models.Index(fields=["application", "-id"], name="conversion_of_application")]

    def __str__(self) -> str:
        return self.get_because_display()


@pghistory.track()
class Death(CaseRecord):
    """Somebody of a consideration has died: the subject, which ends it; or the person at risk, which freezes it."""

    class Whose(models.TextChoices):
        SUBJECT = "subject", "The subject"
        AT_RISK = "at_risk", "The person at risk"

    application = models.ForeignKey(Application, models.PROTECT, related_name="deaths")
    whose = models.CharField("who died", max_length=8, choices=Whose)
    died_on = models.DateField("when they died", null=True, blank=True)
    source = models.CharField("who says so", max_length=300)
    told = models.TextField("who was told for a review of the death, and when", max_length=2000, blank=True)
    family = models.TextField("what the family is spared or told, and by whom", max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(whose="at_risk") | ~Q(told=""), name="death_review_was_told"),
        ]
        indexes = [models.Index(fields=["application", "-id"], name="death_of_application")]

    def __str__(self) -> str:
        return self.get_whose_display()


class ToldWho(models.TextChoices):
    """Who hears that a subject works for the police (S337-354), each in turn."""

    INSPECTOR = "inspector", "An inspector or above"
    COMMANDER = "commander", "The area commander"
    NOMINATED = "nominated", "The nominated chief officer"
    COORDINATOR = "coordinator", "The domestic abuse coordinator"
    STANDARDS = "standards", "Professional standards"
    EMPLOYER = "employer", "The other force, or the agency that employs them"


@pghistory.track()
class StaffTold(CaseRecord):
    """Somebody who had to hear that the subject works for the police or a partner agency: told in person, never in a list."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="staff_told")
    who = models.CharField("who was told", max_length=12, choices=ToldWho)
    name = models.CharField("their name", max_length=200)
    told_at = models.DateTimeField(
        "when they were told",
    )
    words = models.TextField("what was agreed", max_length=2000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["application", "id"], name="staff_told_of_application")]

    def __str__(self) -> str:
        return self.get_who_display()
