"""A referral to the team that works a linked matter: child abuse, sexual offences, stalking, exploitation (S3-082)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from dataclasses import dataclass

import pghistory
from django.db import models
from django.db.models import Q

from cases.models.incident import Incident
from cases.models.strand import Strand
from workflow.models import StatefulRecord


@dataclass(frozen=True, slots=True)
class LinkedTeam:
    """One row: the matter, the team that works it, and the task that asks for the referral."""

    strand: str
    team: str
    task: str
    authority: str


# fmt: off
TEAMS: tuple[LinkedTeam, ...] = (
    LinkedTeam(Strand.CHILD,        "Child abuse investigation",                        "child_abuse",     "S3-082: working links with child abuse investigators"),
    LinkedTeam(Strand.SEXUAL,       "Rape and serious sexual offences (RASSO)",         "sexual_offences", "S3-082: working links with adult sexual-offence investigators"),
    LinkedTeam(Strand.HARASSMENT,   "Stalking and harassment",                          "stalking",        "S3-082, S3-087 [R]"),
    LinkedTeam(Strand.HONOUR,       "So-called honour, forced marriage and mutilation", "honour",          "S3-087 [R]"),
    LinkedTeam(Strand.EXPLOITATION, "Exploitation and modern slavery",                  "exploitation",    "S3-087 [R]"),
    LinkedTeam(Strand.ADULT,        "Adults at risk",                                   "",                "S3-087: no fact of the record asks for it by itself; a person does [R]"),
)
# fmt: on
BY_STRAND: dict[str, LinkedTeam] = {row.strand: row for row in TEAMS}
ASKED_BY_TASK: dict[str, LinkedTeam] = {row.task: row for row in TEAMS if row.task}


class SentHow(models.TextChoices):
    SYSTEM = "system", "In their system"
    CALL = "call", "By telephone"
    MAIL = "mail", "By secure mail"
    SPOKEN = "spoken", "In person"


class TheirAnswer(models.TextChoices):
    TAKEN = "taken", "They take it on"
    JOINT = "joint", "We work it together"
    ADVICE = "advice", "Advice only: it stays with us"
    REFUSED = "refused", "They do not take it"


@pghistory.track()
class LinkedReferral(StatefulRecord):
    """What was asked of another team, under which reference, and what they answered."""

    class State(models.TextChoices):
        SENT = "sent", "Waiting for their answer"
        ANSWERED = "answered", "Answered"

    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="linked_referrals")
    strand = models.CharField("the matter", max_length=20, choices=Strand)
    sent_at = models.DateTimeField("when it was sent")
    sent_how = models.CharField(max_length=10, choices=SentHow)
    to_whom = models.CharField("who took it there", max_length=100, blank=True)
    reference = models.CharField("its reference there", max_length=60)
    asked = models.TextField("what was asked, and why", max_length=4000)
    answer = models.CharField(max_length=10, choices=TheirAnswer, blank=True)
    answered_at = models.DateTimeField("when they answered", null=True, blank=True)
    answered_by = models.CharField("who answered", max_length=100, blank=True)
    answer_words = models.TextField("what they said", max_length=4000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "strand"], condition=Q(state="sent", struck_out_at__isnull=True),
                name="linked_referral_one_waiting",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="linked_referral_answer_is_said",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["case", "-id"], name="linked_referral_of_case")]  # the panel

    def __str__(self) -> str:
        return "referral to a linked team"

    @property
    def team(self) -> str:
        row = BY_STRAND.get(self.strand)
        return row.team if row else str(self.get_strand_display())
