"""A referral to a forum: a case of its own, of which partners see what stands here and nothing of the police file."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.models.answers import YesOrNo
from marac.models.forum import Forum
from marac.models.own import OfReferral, OwnQuerySet
from workflow.models import CaseRecord, StatefulRecord


class Ground(models.TextChoices):
    """Why somebody is referred (D.2); any one is enough."""

    VISIBLE = "visible", "Visible high risk: the count of the Dash"
    JUDGEMENT = "judgement", "Professional judgement"
    ESCALATION = "escalation", "Potential escalation"
    REPEAT = "repeat", "Repeat: further abuse after an earlier referral"


class Consent(models.TextChoices):
    GIVEN = "given", "Yes, she agrees"
    REFUSED = "refused", "No, she was asked and does not agree"
    NOT_ASKED = "not_asked", "She was not asked"


class LawfulBasis(models.TextChoices):
    """Consent is not the basis (D.5 [K])."""

    PUBLIC_TASK = "public_task", "Public task: UK GDPR Article 6(1)(e) and 9(2)(g), DPA 2018 Schedule 1 paragraph 18"
    VITAL = "vital", "Vital interests: UK GDPR Article 6(1)(d) and 9(2)(c)"
    POLICE = "police", "Law enforcement: DPA 2018 Part 3"
    CRIME_DISORDER = "s115", "Crime and Disorder Act 1998 section 115"


class ReferralQuerySet(OwnQuerySet):
    """An agency reads the referrals that it wrote; of others what it is told (`marac.packs`)."""

    def before_forum(self) -> Self:
        """Sent, and not yet heard."""
        return self.standing().filter(
            state__in=[Referral.State.SUBMITTED, Referral.State.ACCEPTED, Referral.State.LISTED]
        )

    def counted(self) -> Self:
        """Those that ever reached a forum: what a repeat runs from."""
        return self.standing().filter(submitted_at__isnull=False).exclude(state=Referral.State.WITHDRAWN)


@pghistory.track()
class Referral(StatefulRecord):
    """`case` is the conference, one to a referral. `origin` is the unit that wrote it: the police team, or an agency's own.

    Roles are held over the origin until it is sent and while it is returned, over the forum's unit afterwards.
    """

    class State(models.TextChoices):
        DRAFTED = "drafted", "Being written"
        SUBMITTED = "submitted", "With the coordinator"
        RETURNED = "returned", "Returned with what is missing"
        ACCEPTED = "accepted", "Accepted, waiting for a meeting"
        LISTED = "listed", "On an agenda"
        HEARD = "heard", "Heard"
        TRANSFERRED = "transferred", "With another forum"
        WITHDRAWN = "withdrawn", "Withdrawn"
        CLOSED = "closed", "Closed"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="referrals")
    origin = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    agency = models.ForeignKey("safeguarding.Agency", models.PROTECT, null=True, blank=True, related_name="referrals")
    investigation = models.ForeignKey(
        settings.FOLDER_MODEL, models.PROTECT, null=True, blank=True, related_name="referred"
    )
    assessment = models.ForeignKey("risk.Assessment", models.PROTECT, null=True, blank=True, related_name="referred")
    contact = models.CharField("who is asked about it", max_length=200, blank=True)
    # why
    grounds = ArrayField(models.CharField(max_length=12, choices=Ground), default=list, blank=True)
    score = models.PositiveSmallIntegerField("yes answers of the 24", null=True, blank=True)
    incidents = models.PositiveSmallIntegerField("incidents in the period", null=True, blank=True)
    judgement = models.TextField("what the professional judgement rests on", max_length=4000, blank=True)
    latest = models.TextField("what happened last", max_length=6000, blank=True)
    history = models.TextField("what happened before", max_length=6000, blank=True)
    changed = models.TextField("what has changed, and what may set it off", max_length=4000, blank=True)
    # her
    afraid_of = models.TextField("of whom she is afraid", max_length=2000, blank=True)
    safe_to_tell = models.TextField("with whom it is safe to talk", max_length=2000, blank=True)
    not_to_tell = models.TextField("with whom it is not", max_length=2000, blank=True)
    safe_contact = models.TextField("how she is reached safely", max_length=2000, blank=True)
    aware = models.CharField("whether she knows of the referral", max_length=3, choices=YesOrNo, blank=True)
    not_aware_because = models.TextField(max_length=2000, blank=True)
    consent = models.CharField(max_length=10, choices=Consent, blank=True)
    no_consent_because = models.TextField("why it is shared without her consent", max_length=2000, blank=True)
    basis = models.CharField(max_length=12, choices=LawfulBasis, blank=True)
    necessity = models.TextField("why it is necessary and in proportion", max_length=2000, blank=True)
    wishes = models.TextField("what she wishes, of the police too", max_length=2000, blank=True)
    support = models.TextField("support that is there", max_length=2000, blank=True)
    done_already = models.TextField("what was done already (R-31)", max_length=4000, blank=True)
    home = models.CharField("housing and landlord", max_length=300, blank=True)
    # how they are counted in the return (D.9); what nobody has said stays empty
    ethnic_minority = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    lgbt = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    disabled = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    male = models.CharField("whether the person harmed is a man", max_length=3, choices=YesOrNo, blank=True)
    age = models.PositiveSmallIntegerField("age of the person harmed when referred", null=True, blank=True)
    youngest_suspect = models.PositiveSmallIntegerField("age of the youngest said to harm", null=True, blank=True)
    employer = models.ForeignKey(
        "safeguarding.Agency", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="agency of the forum for which she or he works",
    )  # fmt: skip
    # what became of it
    submitted_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    accepted_at = models.DateTimeField(null=True, editable=False)
    returned_because = models.TextField(max_length=4000, blank=True, editable=False)
    repeat_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeats", editable=False)
    repeat_because = models.TextField("how it was found to be a repeat", max_length=1000, blank=True, editable=False)
    flag_until = models.DateField("files are flagged until", null=True, editable=False)
    closed_because = models.TextField(max_length=2000, blank=True, editable=False)
    state = models.CharField(
        max_length=30, choices=State, default=State.DRAFTED, editable=False
    )  # rows name it at once

    objects: ClassVar[Any] = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="referral_one_to_a_conference"),
            models.CheckConstraint(
                condition=Q(state="drafted") | Q(submitted_at__isnull=False) | Q(state="withdrawn"),
                name="referral_sent_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(returned_because=""), name="referral_returned_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["forum", "state", "submitted_at", "id"], name="referral_of_forum"
            ),  # the coordinator's list
            models.Index(
                fields=["investigation", "-id"], name="referral_of_investigation"
            ),  # the panel, the unreferred
            models.Index(fields=["agency", "-id"], condition=Q(agency__isnull=False), name="referral_of_agency"),
            models.Index(fields=["flag_until", "id"], condition=Q(flag_until__isnull=False), name="referral_flagged"),
        ]

    def __str__(self) -> str:
        return "MARAC referral"

    @property
    def scope(self) -> Any:
        """The unit over which roles are held: whoever wrote it, until it is with the forum."""
        return self.origin if self.origin_id and self.state in BEFORE else self.case.unit

    def get_absolute_url(self) -> str:
        return reverse("record", args=["marac-referral", self.pk])


BEFORE = (Referral.State.DRAFTED, Referral.State.RETURNED)


class Part(models.TextChoices):
    VICTIM = "victim", "Person harmed"
    SUSPECT = "suspect", "Said to harm"
    CHILD = "child", "Child"


@pghistory.track()
class ReferredPerson(CaseRecord):
    """Somebody the referral names. What is known of them are facts of the conference, learned from the referral."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="people")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="referred")
    part = models.CharField(max_length=10, choices=Part)
    connection = models.CharField("how they are connected", max_length=200, blank=True)
    lives_with = models.CharField("with whom they live", max_length=200, blank=True)
    school = models.CharField("school or nursery", max_length=200, blank=True)
    standing = models.TextField("custody, bail, orders, licence", max_length=2000, blank=True)
    mappa = models.CharField("MAPPA category and level", max_length=60, blank=True)

    objects: ClassVar[Any] = OfReferral.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "person", "part"],
                condition=Q(struck_out_at__isnull=True),
                name="referred_person_once",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "part"], name="referred_person_of_person"),  # repeat, linkage
            models.Index(fields=["referral", "part", "id"], name="referred_person_of_referral"),
        ]

    def __str__(self) -> str:
        return self.get_part_display()


@pghistory.track()
class NotReferred(StatefulRecord):
    """Why a case over the threshold is not referred, and who allows that (S2-037). `case` is the investigation."""

    class State(models.TextChoices):
        ASKED = "asked", "With the supervisor"
        AGREED = "agreed", "Not referred"
        REFUSED = "refused", "To be referred"
        OVER = "over", "Overtaken"

    class Why(models.TextChoices):
        HEARD_LATELY = "heard", "Heard in the last weeks, nothing new: the actions go on"
        OTHER_AREA = "area", "She lives in the area of another forum, which was told"
        OTHER_ROUTE = "route", "Another route hears her: child protection, MAPPA"
        NOT_DOMESTIC = "other", "It is no domestic abuse after all"

    why = models.CharField(max_length=10, choices=Why)
    words = models.TextField("why", max_length=2000)
    seen_decision = models.ForeignKey("risk.RiskDecision", models.PROTECT, null=True, related_name="+", editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_why = models.TextField(max_length=2000, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="asked", struck_out_at__isnull=True), name="not_referred_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("recorded_by")),
                name="not_referred_decided_by_another",
            ),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="not_referred_of_case")]  # the panel, the unreferred

    def __str__(self) -> str:
        return "not referred"

    def get_absolute_url(self) -> str:
        return reverse("record", args=["not-referred", self.pk])


@pghistory.track()
class Transfer(StatefulRecord):
    """A referral handed to another forum, here or elsewhere. Both stay linked until the other accepts (R-34)."""

    class State(models.TextChoices):
        SENT = "sent", "Sent, not yet accepted"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Not accepted"

    class Way(models.TextChoices):
        OUT = "out", "To another forum"
        IN = "in", "From another forum"

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="transfers")
    way = models.CharField(max_length=3, choices=Way)
    to_forum = models.ForeignKey(Forum, models.PROTECT, null=True, blank=True, related_name="+")
    elsewhere = models.CharField("forum outside the force, and its coordinator", max_length=300, blank=True)
    heard_there_on = models.DateField("last referred or heard there on", null=True, blank=True)
    received = models.ForeignKey(Referral, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    why = models.TextField("why she moves, without where to", max_length=2000)
    adviser = models.CharField("adviser who takes over", max_length=200, blank=True)
    papers = models.BooleanField("referral, minutes and actions went with it", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_forum__isnull=False) | ~Q(elsewhere="") | Q(way="in"), name="transfer_goes_somewhere"
            ),
        ]
        indexes = [models.Index(fields=["referral", "-id"], name="transfer_of_referral")]

    def __str__(self) -> str:
        return "transfer"

    def get_absolute_url(self) -> str:
        return reverse("record", args=["marac-transfer", self.pk])
