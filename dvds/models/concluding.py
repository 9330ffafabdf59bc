"""How a consideration ends: the subject’s management, the final report, and what made it late on the way."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.models.answers import YesOrNo
from dvds.models.answers import Outcome, Pack
from dvds.models.application import Application
from workflow.models import CaseRecord, StatefulRecord


class ManagedBy(models.TextChoices):
    MAPPA = "mappa", "MAPPA"
    IOM = "iom", "Integrated offender management"
    MATAC = "matac", "MATAC or other serial-perpetrator work"
    LOCAL = "local", "The local policing team"
    NOBODY = "nobody", "Nobody: considered, and not needed"


@pghistory.track()
class Management(CaseRecord):
    """Whether the subject is to be managed, whatever was decided (S756), and who watches from now on (S758)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="managements")
    routes = ArrayField(
        models.CharField(max_length=8, choices=ManagedBy), default=list, verbose_name="the ways of managing"
    )
    reasons = models.TextField(max_length=2000)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    owner_words = models.CharField("who watches, where they are no user", max_length=200, blank=True)
    review_on = models.DateField(
        "looked at again on",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | ~Q(owner_words=""), name="management_somebody_watches"
            ),
        ]
        indexes = [models.Index(fields=["application", "-id"], name="management_of_application")]

    def __str__(self) -> str:
        return "management"

    @property
    def routes_said(self) -> str:
        return ", ".join(str(ManagedBy(route).label) for route in self.routes)


@pghistory.track()
class Conclusion(CaseRecord):
    """What stands at the end of every one, of one that was not progressed too: support, helpline, what became of the pack."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="conclusion")
    outcome = models.CharField(max_length=14, choices=Outcome)
    support = models.CharField("which support was offered", max_length=300)
    helpline = models.CharField("the helpline was given", max_length=3, choices=YesOrNo)
    pack = models.CharField("the pack with support", max_length=8, choices=Pack)
    words = models.TextField("what else", max_length=2000, blank=True)
    retention_group = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(support=""), name="conclusion_support_was_offered"),
            models.CheckConstraint(condition=Q(helpline="yes"), name="conclusion_helpline_was_given"),  # I9
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


@pghistory.track()
class FinalReport(StatefulRecord):
    """The final intelligence report of every consideration (I10): its payload is made from the record, sent within 24 hours,
    uploaded within 72 (S3-212).
    """

    class State(models.TextChoices):
        DRAFTED = "drafted", "To be submitted"
        SUBMITTED = "submitted", "Submitted, not yet uploaded"
        UPLOADED = "uploaded", "To be found through PND"

    application = models.OneToOneField(Application, models.PROTECT, related_name="final_report")
    payload = models.JSONField(default=dict, editable=False)
    submitted_at = models.DateTimeField("when it was submitted", null=True, editable=False)
    reference = models.CharField("its reference", max_length=80, blank=True, editable=False)
    uploaded_at = models.DateTimeField("when it could be found", null=True, editable=False)
    agencies = models.CharField("agencies that have it in their systems", max_length=500, blank=True)
    review_on = models.DateField("to be reviewed on", null=True, blank=True)

    never_audited: ClassVar[frozenset[str]] = frozenset({"payload"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="drafted") | (Q(submitted_at__isnull=False) & ~Q(reference="")),
                name="final_report_submitted_under_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="uploaded")
                | (
                    Q(uploaded_at__isnull=False, uploaded_at__gte=models.F("submitted_at"), review_on__isnull=False)
                    & ~Q(agencies="")
                ),
                name="final_report_uploaded_where_and_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="final_report_to_upload")]  # the queue

    def __str__(self) -> str:
        return "final intelligence report"

    @property
    def hours_to_submit(self) -> int | None:
        """Whole hours from the end of the consideration until it was submitted (S3-212); None until then. Never below none."""
        since = self.application.ended_at or self.recorded_at
        return max(int((self.submitted_at - since).total_seconds() // 3600), 0) if self.submitted_at else None

    def get_absolute_url(self) -> str:
        return reverse("final-report", args=[self.pk])


class DelayWhy(models.TextChoices):
    APPLICANT = "applicant", "The applicant is not available"
    UNSAFE = "unsafe", "It is not safe to make contact"
    FORCE = "force", "Another force has not answered"
    AGENCY = "agency", "An agency has not answered"
    FORUM = "forum", "The forum does not sit before"
    CAPACITY = "capacity", "Nobody is free to do it"


@pghistory.track()
class Delay(CaseRecord):
    """Why a stage is late, or will be. A date never moves for it (C, 7)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="delays")
    policy = models.CharField("which limit", max_length=60)
    why = models.CharField("what holds it up", max_length=10, choices=DelayWhy)
    words = models.TextField("in words", max_length=1000)
    holding_plan = models.TextField("what keeps her safe meanwhile", max_length=2000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["application", "-id"], name="delay_of_application")]

    def __str__(self) -> str:
        return self.get_why_display()


@pghistory.track()
class Exceptional(StatefulRecord):
    """Exceptional circumstances, authorised by a supervisor: the breach is reported gross, and net of these days (C, 7)."""

    class State(models.TextChoices):
        ASKED = "asked", "With the supervisor"
        AUTHORISED = "authorised", "Authorised"
        REFUSED = "refused", "Refused"

    application = models.ForeignKey(Application, models.PROTECT, related_name="exceptional")
    from_on = models.DateField(
        "from",
    )
    to_on = models.DateField(
        "until",
    )
    words = models.TextField("why they are exceptional", max_length=2000)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="who decided",
    )
    decided_why = models.TextField("why so", max_length=2000, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=models.F("from_on")), name="exceptional_ends_later"),
            models.CheckConstraint(
                condition=~Q(state="authorised")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=models.F("recorded_by"))),
                name="exceptional_authorised_by_another",
            ),
        ]
        indexes = [models.Index(fields=["application", "-id"], name="exceptional_of_application")]

    def __str__(self) -> str:
        return self.get_state_display()

    def get_absolute_url(self) -> str:
        return self.application.get_absolute_url()


@pghistory.track()
class ForceTransfer(StatefulRecord):
    """An offer to another force and its answer: the clocks stay here until it accepts (B4)."""

    class State(models.TextChoices):
        OFFERED = "offered", "Offered"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Not taken"
        TAKEN_BACK = "taken_back", "Taken back"

    class Way(models.TextChoices):
        OUT = "out", "To another force"
        IN = "in", "From another force"

    application = models.ForeignKey(Application, models.PROTECT, related_name="transfers")
    way = models.CharField(max_length=3, choices=Way, default=Way.OUT)
    force = models.CharField(max_length=120)
    contact = models.CharField("who there", max_length=200)
    why = models.TextField(max_length=2000)
    offered_at = models.DateTimeField("when it was offered", null=True, editable=False)
    answered_at = models.DateTimeField("when they answered", null=True, editable=False)
    answered_by = models.CharField("who answered there", max_length=200, blank=True)
    their_reference = models.CharField(max_length=80, blank=True)
    answer_words = models.TextField("what they said", max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="offered", struck_out_at__isnull=True), name="force_transfer_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | (Q(answered_at__isnull=False) & ~Q(answered_by="")),
                name="force_transfer_accepted_by_somebody",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_state_display()
