"""The telling itself, one record for each recipient (D5), and the visit that says that nothing is to be told (D6)."""

from __future__ import annotations

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.models.answers import YesOrNo
from dvds.models.answers import Outcome, Pack
from dvds.models.application import Application
from dvds.models.deciding import ForumDecision
from workflow.models import CaseRecord, StatefulRecord


class Advised(models.TextChoices):
    """The three advisories of S727-729."""

    SAFETY = "safety", "It is only to be used to keep her, and her children, safe"
    CONFIDENTIAL = "confidential", "It must not be passed on"
    LAW = "law", "To pass it on may lead to legal action"


class Undertaking(models.TextChoices):
    SIGNED = "signed", "Signed"
    REFUSED = "refused", "Refused"


class Reconsidered(models.TextChoices):
    """What the police decided when the promise was refused: never a veto (S3-247)."""

    TELL = "tell", "Tell all the same: it is necessary for safety"
    HOLD = "hold", "Hold it back, for the supervisor to decide"


@pghistory.track(exclude=["text", "signature"])
class Telling(StatefulRecord):
    """One recipient: chosen by the forum, and what became of it. The words said are kept verbatim and signed, never handed
    over, never printed for anybody outside (I2, S735); they stand in no history and in no record of acts.
    """

    never_audited: ClassVar[frozenset[str]] = frozenset({"text", "signature"})

    class State(models.TextChoices):
        PLANNED = "planned", "To be told"
        HELD_BACK = "held_back", "Held back: the promise was refused, with the supervisor"
        TOLD = "told", "Told"
        DECLINED = "declined", "Did not want to hear it"
        UNREACHABLE = "unreachable", "Could not be reached safely"
        WITHHELD = "withheld", "Not told, the promise being refused"
        OVERTAKEN = "overtaken", "Overtaken by another decision"

    application = models.ForeignKey(Application, models.PROTECT, related_name="tellings")
    decision = models.ForeignKey(ForumDecision, models.PROTECT, null=True, related_name="tellings", editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    called = models.CharField("who, where they are no party", max_length=200, blank=True)
    role = models.CharField("what they are to the person at risk", max_length=120)
    why = models.TextField("why they are best placed, and whether they can keep it safely", max_length=2000)
    emergency = models.BooleanField(default=False, editable=False)
    at = models.DateTimeField("when it was told", null=True)
    place = models.CharField(max_length=200, blank=True)
    by_whom = models.CharField("who told it", max_length=200, blank=True)
    identity = models.CharField("how it was made sure who they are", max_length=300, blank=True)
    plan = models.ForeignKey(
        "cases.SafeContact", models.PROTECT, null=True, related_name="+", verbose_name="the plan for safe contact"
    )
    safety_plan = models.ForeignKey("risk.SafetyPlan", models.PROTECT, null=True, related_name="+")
    text = models.TextField("the words, exactly as they were said", max_length=4000, blank=True)
    advised = ArrayField(
        models.CharField(max_length=14, choices=Advised), default=list, blank=True, verbose_name="what was said before"
    )
    undertaking = models.CharField(max_length=8, choices=Undertaking, blank=True)
    signature = models.TextField("the signature, as drawn or as where the paper is kept", blank=True)
    refused_because = models.TextField("why the promise was refused", max_length=2000, blank=True)
    reconsidered = models.CharField(
        "what was decided after the refusal", max_length=8, choices=Reconsidered, blank=True
    )
    reconsidered_because = models.TextField("why so", max_length=2000, blank=True)
    reconsidered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="who decided so"
    )
    response = models.TextField("how they took it, and what they want", max_length=2000, blank=True)
    nothing_left = models.CharField("nothing was left in writing", max_length=3, choices=YesOrNo, blank=True)
    pack = models.CharField("the pack with support", max_length=8, choices=Pack, blank=True)
    follow_up = models.CharField("who follows it up, and when", max_length=300, blank=True)
    why_not = models.TextField("why it was not told", max_length=2000, blank=True)
    outcome = models.CharField(max_length=14, choices=Outcome, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="told")
                | (
                    Q(at__isnull=False, plan__isnull=False, safety_plan__isnull=False, nothing_left="yes")
                    & ~Q(text="") & ~Q(undertaking="") & ~Q(identity="")
                ),
                name="telling_told_whole",
            ),
            models.CheckConstraint(
                condition=~Q(undertaking="refused") | ~Q(state="told") | (Q(reconsidered="tell") & ~Q(reconsidered_because="")),
                name="telling_refusal_reconsidered",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(called=""), name="telling_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(decision__isnull=False) | Q(emergency=True), name="telling_decided_or_in_danger"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "unreachable", "withheld"]) | ~Q(why_not=""),
                name="telling_not_told_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="held_back") | Q(undertaking="refused", reconsidered="hold"),
                name="telling_held_back_when_refused",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["application", "id"], name="telling_of_application")]
        triggers = [
            pgtrigger.Protect(
                name="told_words_stand", operation=pgtrigger.Update, condition=pgtrigger.Condition(
                    "OLD.state" " = 'told' AND (OLD.text IS DISTINCT FROM NEW.text OR OLD.signature IS DISTINCT FROM NEW.signature)"
                ),
            ),
            pgtrigger.Protect(name="telling_is_kept", operation=pgtrigger.Delete),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_state_display()

    def get_absolute_url(self) -> str:
        return reverse("telling", args=[self.pk])


@pghistory.track()
class NothingToTell(CaseRecord):
    """The applicant was told in person that nothing is to be told: always the same words, so that they betray nothing (D6)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="nothing_told")
    at = models.DateTimeField()
    place = models.CharField(max_length=200)
    by_whom = models.CharField("who was there for us", max_length=200)
    plan = models.ForeignKey(
        "cases.SafeContact", models.PROTECT, related_name="+", verbose_name="the plan for safe contact"
    )
    words_used = models.TextField("the words that were said", max_length=2000)
    no_absence = models.CharField("said that nothing told is not no risk", max_length=3, choices=YesOrNo)
    again = models.CharField("said to tell us again, and to ring 999 in danger", max_length=3, choices=YesOrNo)
    subject_not_told = models.CharField("the subject was not informed", max_length=3, choices=YesOrNo)
    pack = models.CharField("the pack with support", max_length=8, choices=Pack)
    concerns = models.TextField("what the applicant said of it", max_length=2000, blank=True)
    support = models.CharField("to whom they were referred for support", max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(no_absence="yes", again="yes", subject_not_told="yes"),
                name="nothing_told_with_its_warnings",
            ),
        ]
        indexes = [models.Index(fields=["application", "-id"], name="nothing_told_of")]

    def __str__(self) -> str:
        return "nothing to tell"
