"""What is referred to somebody else on a case: about whom, on what basis, what was shared, and what came of it."""

from __future__ import annotations

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.models.answers import YesOrNo
from safeguarding.models.agency import Agency
from safeguarding.models.service import Service
from safeguarding.models.sharing import Basis, SentHow
from workflow.models import CaseRecord, StatefulRecord


class ReferralKind(models.TextChoices):
    """What a referral asks for. The forms, clocks and words of each follow from it."""

    CHILDREN = "children", "Children’s social care"
    ADULT = "adult", "Adult safeguarding"
    IDVA = "idva", "Independent adviser (IDVA)"
    PROGRAMME = "programme", "Programme for people who harm"
    HOUSING = "housing", "Housing"
    HEALTH = "health", "Health"
    EARLY_HELP = "early_help", "Early help for a family"
    SCHOOL = "school", "School"
    MASH = "mash", "Multi-agency safeguarding hub (MASH)"
    SERVICE = "service", "Another service"


class Consent(models.TextChoices):
    """What whoever is referred says to it. Without consent the reason stands beside it."""

    GIVEN = "given", "Yes, and agreed"
    REFUSED = "refused", "Yes, and did not agree"
    NOT_ASKED = "not_asked", "Not asked"


class Threshold(models.TextChoices):
    """Children Act 1989: in need (section 17), or suspected of suffering significant harm (section 47)."""

    NEED = "s17", "Child in need (section 17)"
    HARM = "s47", "Suspected significant harm (section 47)"


class Capacity(models.TextChoices):
    """Whether the person can decide about this referral; a view, not an assessment."""

    HAS = "has", "Seems able to decide"
    DOUBT = "doubt", "In doubt"
    LACKS = "lacks", "Seems not able to decide"


class Outcome(models.TextChoices):
    """What came of a referral in the end."""

    HELPED = "helped", "Helped, and finished"
    CHILD_NEED = "child_need", "Plan for a child in need"
    CHILD_PLAN = "child_plan", "Child-protection plan"
    ADULT_PLAN = "adult_plan", "Plan to protect the adult"
    EARLY_HELP = "early_help", "Early help"
    COMPLETED = "completed", "Programme completed"
    LEFT = "left", "Left before it was finished"
    NOT_REACHED = "not_reached", "Could not be reached"
    NOT_WANTED = "not_wanted", "The person did not want it"
    NOTHING = "nothing", "No further action by them"
    OTHER = "other", "Something else"


class Answered(models.Model):
    """What whoever received it has done so far. Moments are UTC; people at an agency are named as they call themselves."""

    acknowledged_at = models.DateTimeField(null=True, editable=False)
    acknowledged_by = models.CharField(max_length=120, blank=True, editable=False)
    decided_at = models.DateTimeField("when it was accepted or declined", null=True, editable=False)
    decision_words = models.TextField("what they do, or why they decline", max_length=4000, blank=True)
    caseworker = models.CharField(max_length=120, blank=True)
    strategy_at = models.DateTimeField("when the strategy discussion was held", null=True, editable=False)
    strategy_words = models.TextField("what was decided there", max_length=4000, blank=True)
    contact_at = models.DateTimeField("when they first spoke to the person", null=True, editable=False)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    outcome_words = models.TextField("what came of it", max_length=4000, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


@pghistory.track()
class OnwardReferral(Answered, StatefulRecord):
    """One referral, as the force keeps it. What the agency itself reads of it is `ReferralReceived`, and nothing else."""

    class State(models.TextChoices):
        PREPARED = "prepared", "Prepared, not sent"
        NOT_SENT = "not_sent", "Not referred, for a reason"
        SIGNPOSTED = "signposted", "Told how to find it"
        SENT = "sent", "Sent, waiting for an answer"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"
        ENDED = "ended", "Ended"

    kind = models.CharField(max_length=12, choices=ReferralKind)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    people = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)  # as chosen; rows: subjects
    about = models.TextField("whom it is about, in the words that were sent", max_length=4000, blank=True)
    basis = models.CharField("lawful basis", max_length=12, choices=Basis, blank=True)
    consent = models.CharField(max_length=10, choices=Consent, blank=True)
    consent_because = models.TextField(
        "why it was not asked, or why it is sent all the same", max_length=2000, blank=True
    )
    told = models.CharField("whether the person knows", max_length=3, choices=YesOrNo, blank=True)
    untold_because = models.CharField("why the person does not know", max_length=300, blank=True)
    shared = models.TextField("what was shared", max_length=8000, blank=True)
    vital_because = models.TextField("why it could not wait for an agreement", max_length=2000, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_how = models.CharField(max_length=10, choices=SentHow, blank=True)

    # Children (E.6, R-42)
    threshold = models.CharField(max_length=3, choices=Threshold, blank=True)
    danger_now = models.CharField("whether a child is in danger now", max_length=3, choices=YesOrNo, blank=True)
    phoned_at = models.DateTimeField("when they were rung", null=True, blank=True)
    phoned_whom = models.CharField("who took the call", max_length=120, blank=True)
    police_protection = models.CharField(max_length=3, choices=YesOrNo, blank=True)

    # Adults (Care Act 2014 s42, E.8)
    has_needs = models.CharField("needs care and support", max_length=3, choices=YesOrNo, blank=True)
    at_risk = models.CharField("is abused, or at risk of it", max_length=3, choices=YesOrNo, blank=True)
    cannot_protect = models.CharField(
        "cannot protect themselves because of it", max_length=3, choices=YesOrNo, blank=True
    )
    capacity = models.CharField(max_length=6, choices=Capacity, blank=True)
    capacity_words = models.TextField("why it seems so", max_length=2000, blank=True)
    wishes = models.TextField("what the person wants to come of it", max_length=2000, blank=True)

    told_at = models.DateTimeField("when the officer was told what came of it", null=True, editable=False)
    not_sent_because = models.TextField("why nobody was referred, or why it was withdrawn", max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "acknowledged", "accepted"])
                | Q(agency__isnull=False, sent_at__isnull=False) & ~Q(basis="") & ~Q(shared=""),
                name="onward_referral_says_what_went",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_sent") | ~Q(not_sent_because=""), name="onward_referral_not_sent_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decision_words=""), name="onward_referral_declined_says_why"
            ),
            models.CheckConstraint(condition=~Q(state="ended") | ~Q(outcome=""), name="onward_referral_ends_in_something"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["case", "-id"], name="onward_referral_of_case"),  # the panel
            models.Index(fields=["agency", "sent_at"], name="onward_referral_of_agency"),  # how they are used
            models.Index(fields=["service", "recorded_at"], name="onward_referral_of_service"),
        ]

    def __str__(self) -> str:
        return "referral"

    def get_absolute_url(self) -> str:
        return reverse("onward-referrals", args=[self.case.reference])

    @property
    def to_whom(self) -> str:
        """The service where one is named, else the agency; "" where nobody is chosen yet."""
        return str(self.service or self.agency or "")


@pghistory.track()
class ReferralSubject(CaseRecord):
    """Somebody whom a referral is about: one adult, or one or several children. Written when it goes out, never changed."""

    referral = models.ForeignKey(OnwardReferral, models.PROTECT, related_name="subjects")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["referral", "id"], name="referral_subject_of")]

    def __str__(self) -> str:
        return "who is referred"


@pghistory.track()
class ProgrammeLook(CaseRecord):
    """Whether somebody who completed a programme is said to have harmed again: counted from incidents, six and twelve months on."""

    referral = models.ForeignKey(OnwardReferral, models.PROTECT, related_name="looks")
    looked_at = models.DateTimeField()
    incidents = models.PositiveSmallIntegerField("incidents since the programme ended")
    words = models.TextField(max_length=4000)

    class Meta:
        indexes = [models.Index(fields=["referral", "id"], name="programme_look_of")]

    def __str__(self) -> str:
        return "look after a programme"


def open_states() -> list[Any]:
    """In which something is still owed by somebody."""
    state = OnwardReferral.State
    return [state.PREPARED, state.SENT, state.ACKNOWLEDGED, state.ACCEPTED]
