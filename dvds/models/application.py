"""One Clare’s Law consideration: who is at risk from whom, who asked, and how far it has come. Its case holds nothing else."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.models.answers import YesOrNo
from cases.models.relationship import CHOICES
from dvds.models.answers import (
    Asks,
    Aware,
    Channel,
    Danger,
    Feared,
    Outcome,
    Pack,
    PoliceSubject,
    Profile,
    Route,
    SharingConsent,
    Source,
    Together,
)
from risk.models import Grade
from workflow.models import CaseRecord, RecordQuerySet, StatefulRecord

#: Something was recorded since the risk was judged last (I7). `Application.renewed` says it of one.
RENEWED = Q(renewed_at__isnull=False) & (Q(looked_at__isnull=True) | Q(renewed_at__gt=F("looked_at")))


class ApplicationQuerySet(RecordQuerySet):
    def open(self) -> Self:
        return self.standing().exclude(state__in=OVER)

    def to_judge_again(self) -> Self:
        """Open, and something was recorded since the risk was judged last. Index: application_to_judge_again."""
        return self.open().filter(RENEWED)


@pghistory.track()
class Application(StatefulRecord):
    """`route` is how it goes on now, `origin_route` how it began; the limits run from the first contact in either (part C).

    The safe-contact plan, checks of systems, safety plan and unsafe reports are those of its case.
    """

    class State(models.TextChoices):
        OPENED = "opened", "Being taken down"
        CHECKS = "checks", "Initial checks"
        CHECKED = "checked", "Checked, to be decided"
        STOPPING = "stopping", "Not to go on: with the supervisor"
        MEETING = "meeting", "Meeting to be held"
        MET = "met", "Met, to be assessed"
        TRIAGED = "triaged", "Triaged, to be assessed"
        ASSESSED = "assessed", "Assessed, to be categorised"
        SIGNING = "signing", "Categorised: with the supervisor"
        REFERRED = "referred", "With the forum"
        DEFERRED = "deferred", "Put off by the forum"
        TO_TELL = "to_tell", "To be told"
        TOLD = "told", "Told"
        DECLINED = "declined", "The recipient did not want to hear it"
        UNREACHABLE = "unreachable", "The recipient could not be reached"
        NOT_TO_TELL = "not_to_tell", "Nothing is to be told"
        INFORMED = "informed", "The applicant has been informed"
        WITHDRAWN = "withdrawn", "Withdrawn: the risk to be reviewed"
        CONCLUDING = "concluding", "Concluding"
        FROZEN = "frozen", "Frozen: the person at risk has died"
        TRANSFERRED = "transferred", "With another force"
        MERGED = "merged", "Merged with another"
        CLOSED = "closed", "Closed"

    route = models.CharField(max_length=4, choices=Route)
    origin_route = models.CharField(max_length=4, choices=Route, editable=False)
    profile = models.CharField(max_length=10, choices=Profile, editable=False)
    channel = models.CharField(max_length=14, choices=Channel)
    first_contact_at = models.DateTimeField("when the police first heard of it")
    # a request
    asks_as = models.CharField("who the applicant is to the person at risk", max_length=14, choices=Asks, blank=True)
    aware = models.CharField(
        "whether the person at risk knows of the request", max_length=10, choices=Aware, blank=True
    )
    prompted = models.TextField("why it is asked, and what prompted it", max_length=4000, blank=True)
    feared = ArrayField(models.CharField(max_length=12, choices=Feared), default=list, blank=True)
    feared_words = models.TextField("what was seen or feared", max_length=4000, blank=True)
    sharing_explained = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    sharing_consent = models.CharField(max_length=10, choices=SharingConsent, blank=True)
    # information without a request
    source = models.CharField(max_length=14, choices=Source, blank=True)
    source_words = models.TextField("what we were told, and by whom", max_length=4000, blank=True)
    source_grade = models.CharField("source evaluation", max_length=1, blank=True)
    information_grade = models.CharField("intelligence assessment", max_length=1, blank=True)
    # both
    subject_staff = models.CharField(max_length=12, choices=PoliceSubject, blank=True)
    relationship = models.CharField(
        "what the subject is to the person at risk", max_length=3, choices=CHOICES, blank=True
    )
    together = models.CharField("whether they are together now", max_length=12, choices=Together, blank=True)
    living_together = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    children_affected = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    danger = models.CharField("in danger now", max_length=10, choices=Danger, blank=True)
    danger_words = models.TextField("what was done about it", max_length=4000, blank=True)
    child_scheme = models.CharField(
        "whether telling under the child sex offender scheme was asked for too",
        max_length=3,
        choices=YesOrNo,
        blank=True,
    )
    child_scheme_reference = models.CharField("its reference", max_length=40, blank=True)
    crime_alleged = models.CharField(max_length=3, choices=YesOrNo, blank=True)
    crime_reference = models.CharField("crime or incident number", max_length=40, blank=True)
    investigation = models.ForeignKey(settings.FOLDER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    support_given = models.CharField(
        "whether support and the helpline were given", max_length=3, choices=YesOrNo, blank=True
    )
    support_words = models.CharField("which", max_length=300, blank=True)
    # how far it has come
    visor_marker = models.CharField(
        "whether PNC shows a ViSOR marker of the subject", max_length=3, choices=YesOrNo, blank=True, editable=False
    )
    risk = models.CharField("risk as it was judged last", max_length=10, choices=Grade, blank=True, editable=False)
    looked_at = models.DateTimeField("when the risk was judged last", null=True, editable=False)
    renewed_at = models.DateTimeField("when something new was recorded since", null=True, editable=False)
    stopped_as = models.CharField("why it is not to go on", max_length=14, choices=Outcome, blank=True, editable=False)
    stop_pack = models.CharField(
        "what became of the support pack where it did not go on", max_length=8, choices=Pack, blank=True, editable=False
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", editable=False)
    subject_told_at = models.DateTimeField("when the subject was informed", null=True, editable=False)
    subject_told_because = models.TextField("why the forum allowed it", max_length=2000, blank=True, editable=False)
    told_at = models.DateTimeField("when somebody was first told", null=True, editable=False)
    ended_at = models.DateTimeField("when it came to its end, before closing", null=True, editable=False)
    outcome = models.CharField(max_length=14, choices=Outcome, blank=True, editable=False)
    intelligence_ref = models.CharField(
        "reference of the final intelligence report", max_length=80, blank=True, editable=False
    )
    state = models.CharField(max_length=30, choices=State, default=State.OPENED, editable=False)

    objects: ClassVar[Any] = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(child_scheme_reference="") | Q(child_scheme="yes"),
                name="application_child_scheme_referenced",
            ),
            models.UniqueConstraint(fields=["case"], name="application_one_to_a_case"),
            models.CheckConstraint(
                condition=Q(first_contact_at__lte=F("recorded_at")), name="application_heard_before_written"
            ),
            models.CheckConstraint(  # I10
                condition=~Q(state="closed") | (~Q(intelligence_ref="") & ~Q(outcome="")),
                name="application_closed_with_its_report",
            ),
            models.CheckConstraint(  # I5
                condition=Q(subject_told_at__isnull=True)
                | (Q(told_at__isnull=False, subject_told_at__gte=F("told_at")) & ~Q(subject_told_because="")),
                name="application_subject_told_after_her",
            ),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False), name="application_merged_into_one"
            ),
            models.CheckConstraint(condition=~Q(route="know") | ~Q(source=""), name="application_told_by_a_source"),
            models.CheckConstraint(  # I9
                condition=Q(stopped_as="") | (Q(support_given="yes") & ~Q(stop_pack="")),
                name="application_stopped_with_support",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "first_contact_at", "id"], name="application_on_the_board"
            ),  # board, forecast
            models.Index(fields=["investigation", "-id"], name="application_beside_case"),
            models.Index(
                fields=["renewed_at", "id"],
                name="application_to_judge_again",
                condition=Q(looked_at__isnull=True) | Q(renewed_at__gt=F("looked_at")),
            ),
        ]

    def __str__(self) -> str:
        return "consideration"

    @property
    def renewed(self) -> bool:
        """Whether something was recorded since the risk was judged last (I7); `RENEWED` says it of many."""
        looked = self.looked_at
        return self.renewed_at is not None and (looked is None or self.renewed_at > looked)

    @property
    def asked(self) -> bool:
        return self.route == Route.ASK

    def get_absolute_url(self) -> str:
        return reverse("consideration", args=[self.case.reference])


S = Application.State
OVER = (S.CLOSED, S.TRANSFERRED, S.MERGED)


class Part(models.TextChoices):
    """Never the letters of the guidance: other papers use them the other way round (dvds.md, trap 1)."""

    APPLICANT = "applicant", "Applicant"
    AT_RISK = "at_risk", "Person at risk"
    SUBJECT = "subject", "Subject"
    CHILD = "child", "Child"


@pghistory.track()
class Party(CaseRecord):
    """Somebody’s part in a consideration; what is known of them are facts of its case. An applicant is also at risk by a row
    of each part.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="parties")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="considered")
    part = models.CharField(max_length=10, choices=Part)
    connection = models.CharField("how they are connected", max_length=200, blank=True)
    lives_with = models.CharField("with whom they live", max_length=200, blank=True)
    school = models.CharField("school or nursery", max_length=200, blank=True)
    past_addresses = models.TextField("addresses of the last five years", max_length=2000, blank=True)
    work = models.CharField("work, and where", max_length=200, blank=True)
    marks = models.CharField("vehicle, accounts on social media", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person", "part"], condition=Q(struck_out_at__isnull=True),
                name="considered_once_in_a_part",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["person", "part"], name="considered_person"),  # marker, patterns, duplicates
            models.Index(fields=["application", "part", "id"], name="considered_of_application"),
        ]

    def __str__(self) -> str:
        return self.get_part_display()
