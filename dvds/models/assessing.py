"""How the risk was judged: at triage and whenever something is new, at the meeting, in the full assessment, by the category."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.models.answers import YesOrNo
from dvds.models.answers import SPEAK_FOR_CONCERN, Asks, Category, Factor, Malice, Pack, Representations
from dvds.models.application import Application
from risk.models import Grade
from safeguarding.models.agency import AgencyKind
from workflow.models import CaseRecord


@pghistory.track()
class Triage(CaseRecord):
    """One judgement of the risk by the National Decision Model, never changed: what is new makes another (I7, S3-219)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="triages")
    grade = models.CharField(max_length=10, choices=Grade)
    immediate = models.CharField("whether somebody is in danger now", max_length=3, choices=YesOrNo)
    information = models.TextField("what is known, and what is new", max_length=4000)
    judged = models.TextField("what the danger is, and why this grade", max_length=4000)
    options = models.TextField("what was considered, and what is done", max_length=4000)
    serial = models.CharField("linked to somebody who abuses one partner after another", max_length=3, choices=YesOrNo)
    reach_how = models.TextField("how the applicant is reached for the next step", max_length=1000, blank=True)
    because_of = models.CharField("what was new", max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["application", "-id"], name="triage_of_application")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.get_grade_display()


class Warned(models.TextChoices):
    """What is said at the meeting. The exact list of the annex was not seen (D3 [K]): these are ours, shown as such."""

    PURPOSE = "purpose", "What it is for, and that it is for nothing else"
    CRIME = "crime", "We act on a crime or danger that is told to us"
    FALSE = "false", "To say what one knows to be false may be an offence"
    NO_PROMISE = "no_promise", "Nothing is promised: there may be nothing to tell"
    CONFIDENTIAL = "confidential", "What is told is told in confidence, and a promise is asked for"


class IdentitySeen(models.TextChoices):
    PASSPORT = "passport", "Passport"
    LICENCE = "licence", "Driving licence"
    OTHER_PHOTO = "other_photo", "Other document with a photograph"
    BIRTH = "birth", "Birth certificate"
    BILL = "bill", "Letter or bill with the address"
    KNOWN = "known", "Known to a professional who is named"


@pghistory.track()
class FaceToFace(CaseRecord):
    """The meeting with the applicant (D3): held, not booked. Kept as it was; the state follows the step."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="meetings_held")
    held_at = models.DateTimeField(
        "when it was held",
    )
    place = models.CharField(max_length=200)
    attended = models.CharField("who was there", max_length=300)
    interpreter = models.CharField(max_length=120, blank=True)
    by_expert = models.CharField("held by somebody trained in domestic abuse", max_length=3, choices=YesOrNo)
    plan = models.ForeignKey(
        "cases.SafeContact", models.PROTECT, related_name="+", verbose_name="the plan for safe contact"
    )
    warned = ArrayField(
        models.CharField(max_length=14, choices=Warned), default=list, verbose_name="what was said to them"
    )
    identity = ArrayField(
        models.CharField(max_length=12, choices=IdentitySeen),
        default=list,
        blank=True,
        verbose_name="what showed who they are",
    )
    identity_words = models.CharField("what was seen of it", max_length=300, blank=True)
    not_identified_because = models.TextField("why a supervisor allowed it", max_length=1000, blank=True)
    allowed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="who allowed it without proof of identity",
    )
    further = models.TextField("what more was said", max_length=6000)
    wishes = models.TextField("what the person at risk wants", max_length=2000, blank=True)
    malice = models.CharField(max_length=12, choices=Malice)
    malice_because = models.TextField("why it may be malicious", max_length=2000)
    undertaking_explained = models.CharField("whether the promise was explained", max_length=3, choices=YesOrNo)
    pack = models.CharField("the pack with support", max_length=8, choices=Pack)
    interim = models.TextField("what keeps her safe until it is decided", max_length=2000, blank=True)
    wants_idva = models.CharField("whether they want an independent adviser", max_length=3, choices=YesOrNo)
    asked_as = models.CharField("who asked", max_length=14, choices=Asks, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(identity=[]) | (~Q(not_identified_because="") & Q(allowed_by__isnull=False)),
                name="meeting_identity_seen_or_allowed",
            ),
        ]
        indexes = [models.Index(fields=["application", "-id"], name="meeting_of_application")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return "meeting"


@pghistory.track()
class AgencyAsked(CaseRecord):
    """What a partner agency was asked for the full assessment, on what basis, and what it said; or why it was not asked (I6)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="agencies_asked")
    agency_kind = models.CharField("the agency", max_length=20, choices=AgencyKind)
    who = models.CharField("whom, and where", max_length=200, blank=True)
    basis = models.CharField("why it is lawful, necessary and in proportion", max_length=1000, blank=True)
    asked_at = models.DateTimeField("when it was asked", null=True, blank=True)
    answered_at = models.DateTimeField("when it answered", null=True, blank=True)
    answer = models.TextField("what it said", max_length=4000, blank=True)
    not_asked_because = models.TextField("why it was not asked", max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_at__isnull=False) | ~Q(not_asked_because=""), name="agency_asked_or_why_not"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="agency_answered_with_words"
            ),
            models.CheckConstraint(condition=Q(asked_at__isnull=True) | ~Q(basis=""), name="agency_asked_on_a_basis"),
        ]
        indexes = [models.Index(fields=["application", "id"], name="agency_asked_of")]

    def __str__(self) -> str:
        return "agency asked"


@pghistory.track()
class FullAssessment(CaseRecord):
    """The full assessment (A5, N4), signed by whoever records it: a DASH where the applicant is at risk, else judgement."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="assessments")
    assessment = models.ForeignKey("risk.Assessment", models.PROTECT, null=True, blank=True, related_name="+")
    no_dash_because = models.TextField("why there is no DASH", max_length=1000, blank=True)
    done_at = models.DateTimeField(
        "when it was done",
    )
    grade = models.CharField(max_length=10, choices=Grade)
    judgement = models.TextField(max_length=6000)
    gaps = models.TextField("what is still not known", max_length=2000, blank=True)
    children = models.TextField("what it means for the children", max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(assessment__isnull=False) | ~Q(no_dash_because=""), name="full_assessment_dash_or_why_not"
            ),
        ]
        indexes = [models.Index(fields=["application", "-id"], name="full_assessment_of")]

    def __str__(self) -> str:
        return "full assessment"


@pghistory.track(exclude=["wording"])
class Categorised(CaseRecord):
    """Concern or no concern as the police see it, with its factors, and what they propose (A6). The forum decides (S707)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="categorised")
    category = models.CharField(max_length=10, choices=Category)
    factors = ArrayField(models.CharField(max_length=14, choices=Factor), default=list, blank=True)
    reasons = models.TextField(max_length=4000)
    despite = models.TextField("why no concern, although a factor speaks for it", max_length=2000, blank=True)
    malice = models.CharField(max_length=12, choices=Malice, blank=True)
    representations = models.CharField(max_length=10, choices=Representations)
    representations_because = models.TextField("why they were sought, or were not", max_length=2000)
    recipient = models.TextField("whom it is proposed to tell, and why", max_length=1000, blank=True)
    wording = models.TextField("what it is proposed to say", max_length=4000, blank=True)
    safety_plan = models.ForeignKey("risk.SafetyPlan", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(category="concern") | (~Q(recipient="") & ~Q(wording="") & Q(safety_plan__isnull=False)),
                name="concern_says_whom_what_and_how_safe",
            ),
            models.CheckConstraint(
                condition=Q(category="concern") | ~Q(factors__overlap=sorted(SPEAK_FOR_CONCERN)) | ~Q(despite=""),
                name="no_concern_despite_a_factor_says_why",
            ),
        ]
        indexes = [models.Index(fields=["application", "-id"], name="categorised_of_application")]

    def __str__(self) -> str:
        return self.get_category_display()
